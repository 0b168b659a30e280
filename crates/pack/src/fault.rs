//! What is wrong in a pack's files, where, and what to do about it.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};

/// One thing wrong in one file.
#[derive(Clone, PartialEq, Eq)]
pub struct Fault {
    /// Relative to the pack's folder, or to the folder that holds `languages`;
    /// with forward slashes.
    pub file: String,
    /// Bytes of `source` to point at; `None`: the file as a whole.
    pub span: Option<Range<usize>>,
    /// The file's text; empty if there is none to show.
    pub source: Arc<str>,
    /// What is wrong: a lower-case fragment.
    pub message: String,
    /// The way out.
    pub help: String,
}

/// Everything found wrong in a pack; never empty when handed over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Faults(
    /// In the order of reading.
    pub Vec<Fault>,
);

impl Faults {
    /// All faults as text without colour, an empty line between them.
    pub fn render(&self) -> String {
        self.rendered_by(&Renderer::plain())
    }

    /// The same with ANSI colours.
    pub fn render_coloured(&self) -> String {
        self.rendered_by(&Renderer::styled())
    }

    fn rendered_by(&self, renderer: &Renderer) -> String {
        let mut texts: Vec<String> =
            self.0.iter().map(|fault| fault.rendered_by(renderer)).collect();
        texts.push(match self.0.len() {
            1 => "1 fault\n".to_owned(),
            count => format!("{count} faults\n"),
        });
        texts.join("\n\n")
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render())
    }
}

/// Without the source, which would bury the rest.
impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{:?}: {} ({})", self.file, self.span, self.message, self.help)
    }
}

impl Fault {
    fn rendered_by(&self, renderer: &Renderer) -> String {
        let title = Level::ERROR.primary_title(self.message.as_str());
        let place = match &self.span {
            Some(span) => title.element(
                Snippet::source(self.source.as_ref())
                    .path(self.file.as_str())
                    .annotation(AnnotationKind::Primary.span(self.one_line(span))),
            ),
            None => title.element(Origin::path(self.file.as_str())),
        };
        // The help quotes words of the pack, which may hold anything.
        let help = Level::HELP.secondary_title(normalize_untrusted_str(&self.help));
        renderer.render(&[place, Group::with_title(help)])
    }

    /// The part of the span on its first line, on character borders: a caret
    /// under a whole table tells less than one under its head.
    fn one_line(&self, span: &Range<usize>) -> Range<usize> {
        let text = self.source.as_ref();
        let start = floor_char(text, span.start);
        let line_end = text[start..].find(['\r', '\n']).map_or(text.len(), |at| start + at);
        start..floor_char(text, span.end).clamp(start, line_end)
    }
}

fn floor_char(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
