//! What makes two trials of a program the same: the program, what it is asked,
//! the tool with its words, and every version.

use model::{Comparison, CorpusTool, DefectId, Environment};
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
    corpora.flat_map(|corpus| corpus.keys.concat()).collect()
}

impl Corpus<'_> {
    /// SHA-256, hex, of every entry under every tool.
    pub(super) fn made_keys(&self) -> Vec<Vec<String>> {
        let scaffold = layout::scaffold_hash(&self.form.scaffold);
        let of_tool = |tool: &CorpusTool| {
            let entries = self.entries.iter().zip(&self.sources);
            entries.map(|(entry, source)| self.made_key(tool, *entry, source, &scaffold)).collect()
        };
        self.form.tools.iter().map(of_tool).collect()
    }

    fn made_key(
        &self,
        tool: &CorpusTool,
        entry: Entry<'_>,
        source: &str,
        scaffold: &str,
    ) -> String {
        let mut hash = Sha256::new();
        let mut add = |text: &str| {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        };
        let form = self.form;
        let defect = entry.defect;
        add(RECORDING);
        add(self.side.as_str());
        add(self.version);
        add(&format!("{:?} {:?}", self.language.environment, form.environment));
        add(&format!("{:?} {:?}", form.each, form.source));
        add(&format!("{tool:?}"));
        add(&format!("{:?}", tool.kit.as_ref().and_then(|kit| form.kits.get(kit))));
        add(scaffold);
        add(&format!("{:?} {:?} {:?}", defect.quiet, defect.trigger, defect.needs));
        if tool.gate.runs() {
            add(&format!("{} {}", defect.repeats, defect.budget_seconds));
        }
        add(&entry.name());
        add(source);
        hex(&hash.finalize())
    }
}
