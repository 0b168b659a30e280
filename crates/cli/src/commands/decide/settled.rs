//! A decision's text to its document: read, looked up in the store, weighed.

use std::collections::BTreeMap;
use std::path::PathBuf;

use ::decide::{Recommendation, Terms};
use jiff::Zoned;
use jiff::civil::Date;
use model::{Decision, LanguageId, SideName};
use report::decision::{DecisionDocument, DecisionInput};
use sha2::{Digest, Sha256};

use super::evidence::Sought;
use crate::contest::VERSION;
use crate::failure::Failure;
use crate::folders;

/// What decisions are settled on.
pub(crate) struct Ground {
    pub(super) cache: PathBuf,
    pub(super) store: PathBuf,
    pub(super) pack: String,
    titles: BTreeMap<SideName, String>,
    pub(crate) as_of: Date,
}

/// A decision and what came of it.
pub(crate) struct Settled {
    pub(crate) decision: Decision,
    pub(crate) recommendation: Recommendation,
    pub(crate) document: DecisionDocument,
}

impl Ground {
    pub(crate) fn new(store: PathBuf, pack: &str, as_of: Option<Date>) -> Result<Self, Failure> {
        let cache = folders::cache()?;
        let languages = super::super::compare::languages(&cache)?;
        let title = |(id, language): (LanguageId, model::Language)| {
            Some((id.as_str().parse().ok()?, language.name))
        };
        let titles = languages.into_iter().filter_map(title).collect();
        let as_of = as_of.unwrap_or_else(|| Zoned::now().date());
        Ok(Self { cache, store, pack: pack.to_owned(), titles, as_of })
    }

    /// An option as people write it; a split as it is named.
    pub(super) fn title(&self, option: &str) -> String {
        let known =
            option.parse::<SideName>().ok().and_then(|name| self.titles.get(&name).cloned());
        known.unwrap_or_else(|| option.to_owned())
    }

    /// What is decided by a text, which faults call `name`.
    pub(crate) fn settle(&self, name: &str, text: &str, terms: &Terms) -> Result<Settled, Failure> {
        let decision = pack::decision::parse(name, text)?;
        let sought = Sought::of(&decision, self)?;
        let recommendation = ::decide::decide(&decision, &sought.found, terms);
        let document = DecisionDocument::new(&DecisionInput {
            decision: &decision,
            found: &sought.found,
            recommendation: &recommendation,
            terms,
            titles: &self.titles,
            claims: &sought.claims,
            commands: &sought.commands,
            as_of: self.as_of,
            hash: &hash(text),
            file: name,
            version: VERSION,
        });
        Ok(Settled { decision, recommendation, document })
    }
}

/// SHA-256 of what the text says: comments and order do not count.
pub(super) fn hash(text: &str) -> String {
    let canonical = pack::decision::canonical(text).unwrap_or_default();
    Sha256::digest(canonical).iter().map(|byte| format!("{byte:02x}")).collect()
}
