//! The table reader for the worker's script: bytes in, JSON out, and batches taken as they are made.

use js_sys::Uint8Array;
use serde::Serialize;
use shared::roster::{ImportConfig, Importer, Outcome, Preview, Progress, Refusal};
use wasm_bindgen::prelude::*;

/// Reads one file.
#[wasm_bindgen]
pub struct TableReader {
    importer: Importer,
}

/// An answer: what was asked for, or why the whole file is refused.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Answer {
    Progress(Progress),
    Outcome(Outcome),
    Refusal(Refusal),
}

#[wasm_bindgen]
impl TableReader {
    /// A reader at the beginning of a file, from the JSON of an `ImportConfig`.
    ///
    /// # Errors
    /// What is wrong with the JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(config: &str) -> Result<Self, JsError> {
        let config: ImportConfig = serde_json::from_str(config)?;
        Ok(Self { importer: Importer::new(config) })
    }

    /// Reads the next bytes: JSON of `{"progress": Progress}` or `{"refusal": Refusal}`.
    ///
    /// # Errors
    /// Only where the answer cannot be written.
    pub fn push(&mut self, bytes: &Uint8Array) -> Result<String, JsError> {
        let answer = self.importer.push(&bytes.to_vec()).map_or_else(Answer::Refusal, Answer::Progress);
        Ok(serde_json::to_string(&answer)?)
    }

    /// Ends the file: JSON of `{"outcome": Outcome}` or `{"refusal": Refusal}`. The last batches are then ready.
    ///
    /// # Errors
    /// Only where the answer cannot be written.
    pub fn finish(&mut self) -> Result<String, JsError> {
        let answer = self.importer.finish().map_or_else(Answer::Refusal, Answer::Outcome);
        Ok(serde_json::to_string(&answer)?)
    }

    /// The header, the first rows and the mapping, as JSON of a `Preview`; `null` before the header is read.
    ///
    /// # Errors
    /// Only where the answer cannot be written.
    pub fn preview(&self) -> Result<String, JsError> {
        let preview: Option<&Preview> = self.importer.preview();
        Ok(serde_json::to_string(&preview)?)
    }

    /// The batches made since the last call, as a JSON list of `ImportBatch`; an empty text where there is none.
    ///
    /// # Errors
    /// Only where the answer cannot be written.
    pub fn take_batches(&mut self) -> Result<String, JsError> {
        let batches = self.importer.take_batches();
        if batches.is_empty() {
            return Ok(String::new());
        }
        Ok(serde_json::to_string(&batches)?)
    }
}
