//! Foreign bytes made fit to be shown: shortened, quoted, and escaped so that
//! neither a terminal nor a page can be led astray by them.

use std::fmt;

/// Bytes shown before the first difference.
const BEFORE: usize = 24;
/// Bytes shown from the first difference on.
const AFTER: usize = 48;

/// A piece of an output, already safe to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt(String);

impl Excerpt {
    /// The surroundings of `at` in `text`; `…` stands for what is left out.
    pub(crate) fn around(text: &[u8], at: usize) -> Self {
        let start = char_start(text, at.min(text.len()).saturating_sub(BEFORE));
        let end = char_start(text, at.saturating_add(AFTER).min(text.len()));
        let mut shown = String::new();
        shown.push_str(if start > 0 { "…\"" } else { "\"" });
        for chunk in text[start..end].utf8_chunks() {
            let quoted = format!("{:?}", chunk.valid());
            shown.push_str(&quoted[1..quoted.len() - 1]);
            for byte in chunk.invalid() {
                shown.push_str(&format!("\\x{byte:02x}"));
            }
        }
        shown.push_str(if end < text.len() { "\"…" } else { "\"" });
        Self(shown)
    }

    /// Words of our own in the place of bytes.
    pub(crate) fn words(words: String) -> Self {
        Self(words)
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// `at`, moved back so as not to cut a UTF-8 character.
pub(crate) fn char_start(text: &[u8], at: usize) -> usize {
    let is_inside = |at: usize| text.get(at).is_some_and(|byte| byte & 0xC0 == 0x80);
    (at.saturating_sub(3)..=at).rev().find(|&at| !is_inside(at)).unwrap_or(at)
}

/// Where two byte strings part, or the length of the shorter.
pub(crate) fn common_prefix(a: &[u8], b: &[u8]) -> usize {
    const STEP: usize = 4096;
    let whole = a.chunks(STEP).zip(b.chunks(STEP)).take_while(|(a, b)| a == b).count() * STEP;
    let start = whole.min(a.len()).min(b.len());
    start + a[start..].iter().zip(&b[start..]).take_while(|(a, b)| a == b).count()
}
