//! A terminal of eighty columns, a line at a time: labels in a column of their
//! own, everything else hanging beside or below them.

use crate::Style;
use crate::layout::{WIDTH, columns, plain, wrap};

/// Where text begins beside a label.
const INDENT: usize = 12;

/// What was written so far.
pub(crate) struct Screen<'a> {
    pub(crate) style: &'a Style,
    pub(crate) text: String,
}

impl<'a> Screen<'a> {
    pub(crate) fn new(style: &'a Style) -> Self {
        Self { style, text: String::new() }
    }

    /// A line without its trailing spaces.
    pub(crate) fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// A label in a column of its own, its text hanging beside it.
    pub(crate) fn hanging(&mut self, label: &str, text: &str) {
        for (at, line) in wrap(text, INDENT, INDENT).iter().enumerate() {
            let label = if at == 0 { label } else { "" };
            self.line(&format!("  {label:<9} {line}"));
        }
    }

    /// Items that are kept whole where they can be, three columns apart,
    /// hanging after a label.
    pub(crate) fn items(&mut self, label: &str, items: &[String]) {
        let mut lines: Vec<String> = Vec::new();
        for item in items.iter().map(|item| plain(item)) {
            match lines.last_mut() {
                Some(line) if INDENT + columns(line) + 3 + columns(&item) <= WIDTH => {
                    line.push_str("   ");
                    line.push_str(&item);
                }
                _ => lines.push(item),
            }
        }
        for (at, line) in lines.iter().enumerate() {
            let label = if at == 0 { label } else { "" };
            if INDENT + columns(line) > WIDTH {
                self.hanging(label, line);
            } else {
                self.line(&format!("  {label:<9} {line}"));
            }
        }
    }

    /// A paragraph.
    pub(crate) fn indented(&mut self, text: &str, indent: usize) {
        for line in wrap(text, indent, indent) {
            self.line(&format!("{:indent$}{line}", ""));
        }
    }

    /// An item of a list.
    pub(crate) fn bullet(&mut self, text: &str, indent: usize) {
        for (at, line) in wrap(text, indent + 2, indent + 2).iter().enumerate() {
            let mark = if at == 0 { "-" } else { " " };
            self.line(&format!("{:indent$}{mark} {line}", ""));
        }
    }

    /// A paragraph of less weight.
    pub(crate) fn faintly(&mut self, text: &str) {
        let faint = self.style.faint;
        for (at, line) in wrap(text, 2, 6).iter().enumerate() {
            let indent = if at == 0 { 2 } else { 6 };
            self.line(&format!("{:indent$}{faint}{line}{faint:#}", ""));
        }
    }
}
