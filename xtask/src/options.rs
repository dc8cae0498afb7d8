//! Options that are numbers: `--seed 5 --steps 300`.

use anyhow::{Context, Result, bail};

/// Reads the named numbers, each with the value it has if it is not given.
///
/// # Errors
/// Names the word that is no option, lacks its number, or is none.
pub fn numbers<const N: usize>(words: &[&str], known: [(&str, u64); N]) -> Result<[u64; N]> {
    let mut values = known.map(|(_, default)| default);
    let (pairs, rest) = words.as_chunks::<2>();
    if let [odd] = rest {
        bail!("{odd} wants a number");
    }
    for [name, number] in pairs {
        let slot = known.iter().zip(&mut values).find(|((known, _), _)| known == name);
        let Some((_, value)) = slot else { bail!("no such option: {name}") };
        *value = number.parse().with_context(|| format!("{number} is no number"))?;
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_given_keeps_its_value_and_what_is_no_option_is_named() {
        let known = [("--steps", 300), ("--seed", 1)];
        assert_eq!(numbers(&["--seed", "7"], known).unwrap(), [300, 7]);
        for (words, said) in [
            (&["--speed", "7"][..], "no such option: --speed"),
            (&["--seed"], "--seed wants a number"),
            (&["--seed", "x"], "x is no number"),
        ] {
            assert_eq!(numbers(words, known).unwrap_err().to_string(), said);
        }
    }
}
