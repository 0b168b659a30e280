//! What makes two trials of a program the same: the program, what it is asked,
//! the tool with its words, and every version.

use std::fs;

use model::{CatchGate, Comparison, CorpusTool, DefectId, Environment};
use sha2::{Digest, Sha256};

use super::{Corpus, Entry, layout};
use crate::input::hex;

/// Raised when programs are laid out or runs are recorded in another way.
const RECORDING: &str = "1";

/// The keys under which an earlier run may hold what is asked of these defects.
pub fn keys(
    comparison: &Comparison,
    defects: &[DefectId],
    environment: &Environment,
) -> Vec<String> {
    let sides = comparison.sides.iter();
    let corpora = sides.filter_map(|side| Corpus::of(comparison, side, defects, environment));
    corpora.flat_map(|corpus| corpus.keys()).collect()
}

impl Corpus<'_> {
    fn keys(&self) -> Vec<String> {
        let of_tool = |tool| self.entries.iter().map(move |entry| self.key(tool, *entry));
        self.form.tools.iter().flat_map(of_tool).collect()
    }

    /// SHA-256, hex.
    pub(super) fn key(&self, tool: &CorpusTool, entry: Entry<'_>) -> String {
        let mut hash = Sha256::new();
        let mut add = |text: &str| {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        };
        add(RECORDING);
        add(self.side.as_str());
        add(self.version);
        add(&format!("{:?} {:?}", self.language.environment, self.form.environment));
        add(&format!("{tool:?}"));
        add(&format!("{:?}", tool.kit.as_ref().and_then(|kit| self.form.kits.get(kit))));
        add(&layout::scaffold_hash(&self.form.scaffold));
        let defect = entry.defect;
        add(&format!("{:?} {:?} {:?}", defect.quiet, defect.trigger, defect.needs));
        if tool.gate >= CatchGate::Quiet {
            add(&format!("{} {}", defect.repeats, defect.budget_seconds));
        }
        add(&entry.name());
        let file = defect.folder.join(entry.program.file(&self.form.extension));
        // What cannot be read is told when the project is laid out.
        add(&fs::read_to_string(file).unwrap_or_default());
        hex(&hash.finalize())
    }
}
