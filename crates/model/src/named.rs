//! One list of names per enum: kebab-case in TOML, on the command line and on
//! screens, snake_case in JSON.

/// A word that is not in the list of names it should come from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown {noun} `{given}` (one of: {known})")]
pub struct UnknownName {
    /// What was being named, such as `metric`.
    pub noun: &'static str,
    /// The word as written.
    pub given: String,
    /// Every word that would have done, joined by commas.
    pub known: String,
}

/// Declares an enum whose variants have one written name each, with
/// `Display`, `FromStr` (kebab- or snake-case), `ALL` and snake_case serde.
macro_rules! named {
    (
        $(#[$meta:meta])*
        pub enum $name:ident ($noun:literal) {
            $( $(#[$vmeta:meta])* $variant:ident = $text:literal ),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize, schemars::JsonSchema,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $( $(#[$vmeta])* $variant ),+
        }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name in TOML, on the command line and on screens.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::UnknownName;

            fn from_str(given: &str) -> Result<Self, Self::Err> {
                let wanted = given.replace('_', "-");
                Self::ALL.iter().copied().find(|value| value.name() == wanted).ok_or_else(|| {
                    $crate::UnknownName {
                        noun: $noun,
                        given: given.to_owned(),
                        known: Self::ALL.iter().map(|v| v.name()).collect::<Vec<_>>().join(", "),
                    }
                })
            }
        }
    };
}
