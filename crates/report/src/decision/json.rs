//! The JSON of docs/json.md and its schema, both from the one struct.

use schemars::generate::SchemaSettings;

use super::{DecisionDocument, PresetsDocument, RecordDocument};

macro_rules! json {
    ($document:ty, $file:literal) => {
        impl $document {
            /// The document as JSON, two spaces a level, with a line break at the end.
            ///
            /// # Errors
            /// Only if a value cannot be written as JSON, which none of ours does.
            pub fn json(&self) -> Result<String, serde_json::Error> {
                serde_json::to_string_pretty(self).map(|json| json + "\n")
            }

            #[doc = concat!("The JSON Schema (draft 2020-12): docs/schema/", $file, ".")]
            ///
            /// # Errors
            /// Only if the schema cannot be written as JSON.
            pub fn json_schema() -> Result<String, serde_json::Error> {
                let settings = SchemaSettings::draft2020_12().for_serialize();
                let schema = settings.into_generator().into_root_schema_for::<Self>();
                serde_json::to_string_pretty(&schema).map(|json| json + "\n")
            }
        }
    };
}

json!(DecisionDocument, "decision.json");
json!(PresetsDocument, "presets.json");
json!(RecordDocument, "record.json");
