//! Reading offices' tables: bytes to rows, rows to what they mean, and what is wrong with them.
