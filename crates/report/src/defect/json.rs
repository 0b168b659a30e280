//! The JSON of docs/json.md and its schema, both from the one struct.

use schemars::generate::SchemaSettings;

use super::DefectsDocument;

impl DefectsDocument {
    /// The document as JSON, two spaces a level, with a line break at the end.
    ///
    /// # Errors
    /// Only if a value cannot be written as JSON, which none of ours does.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|json| json + "\n")
    }

    /// The JSON Schema (draft 2020-12) of [`DefectsDocument::json`]:
    /// docs/schema/defects.json.
    ///
    /// # Errors
    /// Only if the schema cannot be written as JSON.
    pub fn json_schema() -> Result<String, serde_json::Error> {
        let settings = SchemaSettings::draft2020_12().for_serialize();
        let schema = settings.into_generator().into_root_schema_for::<Self>();
        serde_json::to_string_pretty(&schema).map(|json| json + "\n")
    }
}
