//! How text on a terminal is set off: by meaning, not by colour name.

use anstyle::{AnsiColor, Style as Ansi};

/// Styles by meaning. [`Style::plain`] leaves text as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    pub(crate) strong: Ansi,
    pub(crate) faint: Ansi,
    pub(crate) stands: Ansi,
    pub(crate) falls: Ansi,
    pub(crate) partly: Ansi,
}

impl Style {
    /// No escape sequences at all.
    pub fn plain() -> Self {
        Self::default()
    }

    /// For a terminal: the sixteen colours that every theme defines.
    pub fn coloured() -> Self {
        let colour = |colour: AnsiColor| colour.on_default();
        Self {
            strong: Ansi::new().bold(),
            faint: Ansi::new().dimmed(),
            stands: colour(AnsiColor::Green),
            falls: colour(AnsiColor::Red).bold(),
            partly: colour(AnsiColor::Yellow),
        }
    }
}
