//! Side effects in words: what is alike by name, what is apart with its
//! numbers, what could not be seen with the reason.

use judge::EffectVerdict;
use model::{Effect, Unit};

use super::document::{CompareDocument, EffectRow};
use crate::quantity::quantity;

/// Most characters of what was seen, beside a count.
const SHORT: usize = 60;

/// Effects in as few lines as tell everything.
pub(crate) struct EffectLine {
    pub(crate) verdict: EffectVerdict,
    pub(crate) words: String,
    /// What was seen a side, if it is needed to understand the difference.
    pub(crate) seen: Vec<String>,
}

/// The effect for people.
pub(crate) fn title(effect: Effect) -> &'static str {
    match effect {
        Effect::BytesWritten => "bytes written",
        Effect::BytesSent => "bytes sent",
        Effect::Syncs => "syncs",
        Effect::FilesCreated => "files created",
        Effect::Connections => "connections",
        Effect::Processes => "processes",
    }
}

impl EffectRow {
    /// A count as people read it.
    pub(crate) fn quantity(&self, value: Option<u64>) -> String {
        let unit = if self.effect.is_bytes() { Unit::Bytes } else { Unit::Count };
        value.map_or_else(|| "unseen".to_owned(), |value| quantity(value as f64, unit))
    }

    /// `go 12, rust 0`.
    pub(crate) fn counts(&self) -> String {
        let sides = self.values.0.iter();
        let each = sides.map(|(side, value)| format!("{side} {}", self.quantity(*value)));
        each.collect::<Vec<_>>().join(", ")
    }

    /// What was seen a side: `go: out.bin, out.bin.tmp`.
    pub(crate) fn seen(&self) -> Vec<String> {
        let sides = self.told.0.iter().filter(|(_, told)| !told.is_empty());
        sides.map(|(side, told)| format!("{side}: {}", crate::layout::elide(told, SHORT))).collect()
    }

    fn line(&self) -> EffectLine {
        let (title, counts) = (title(self.effect), self.counts());
        let reason = self.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
        let (words, seen) = match self.verdict {
            EffectVerdict::Same => (title.to_owned(), Vec::new()),
            EffectVerdict::Differs => (format!("{title} differ: {counts}"), self.seen()),
            EffectVerdict::Allowed => {
                (format!("{title} differ and may: {counts}{reason}"), Vec::new())
            }
            EffectVerdict::Unseen => (format!("{title} unseen{reason}"), Vec::new()),
        };
        EffectLine { verdict: self.verdict, words, seen }
    }
}

impl CompareDocument {
    /// Its side effects in lines.
    pub(crate) fn effect_lines(&self) -> Vec<EffectLine> {
        lines(&self.effects)
    }
}

/// Those that are alike on one line, then a line each; unseen ones that share
/// their reason share their line.
pub(crate) fn lines(effects: &[EffectRow]) -> Vec<EffectLine> {
    let of = |verdict| effects.iter().filter(move |row| row.verdict == verdict);
    let alike: Vec<&str> = of(EffectVerdict::Same).map(|row| title(row.effect)).collect();
    let mut lines = Vec::new();
    if !alike.is_empty() {
        let words = format!("same {}", alike.join(", "));
        lines.push(EffectLine { verdict: EffectVerdict::Same, words, seen: Vec::new() });
    }
    lines.extend(of(EffectVerdict::Differs).map(EffectRow::line));
    lines.extend(of(EffectVerdict::Allowed).map(EffectRow::line));
    let mut unseen: Vec<(Option<&str>, Vec<&str>)> = Vec::new();
    for row in of(EffectVerdict::Unseen) {
        let reason = row.reason.as_deref();
        match unseen.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, titles)) => titles.push(title(row.effect)),
            None => unseen.push((reason, vec![title(row.effect)])),
        }
    }
    lines.extend(unseen.into_iter().map(|(reason, titles)| {
        let reason = reason.map(|reason| format!(": {reason}")).unwrap_or_default();
        let words = format!("unseen {}{reason}", titles.join(", "));
        EffectLine { verdict: EffectVerdict::Unseen, words, seen: Vec::new() }
    }));
    lines
}
