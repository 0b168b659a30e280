//! claims/DIMENSION.toml: sentences and what each rests on.

use std::collections::BTreeMap;
use std::ops::Range;

use model::{CaseId, Claim, ClaimKind, Metric, WorkloadId};

use super::{Ground, predicate};
use crate::document::{Document, Sheet};
use crate::fault::Fault;
use crate::shape::{ClaimEntry, ClaimsFile, Text};

/// The claims of all files so far.
pub(crate) struct Claims<'a> {
    pub(crate) claims: Vec<Claim>,
    /// Every id as written and where it stands, also of claims with faults.
    pub(crate) ids: Vec<(&'a str, &'a Document, Range<usize>)>,
    /// Metrics that some claim looks at: of runs together, of drives a case.
    pub(super) primary: BTreeMap<(WorkloadId, Option<CaseId>), Vec<Metric>>,
    pub(super) ground: &'a Ground,
    references: Vec<String>,
}

impl<'a> Claims<'a> {
    pub(crate) fn new(ground: &'a Ground) -> Self {
        Self {
            claims: Vec::new(),
            ids: Vec::new(),
            primary: BTreeMap::new(),
            ground,
            references: Vec::new(),
        }
    }

    /// Adds the claims of one file; `stem` is its name without `.toml`.
    pub(crate) fn add(
        &mut self,
        document: &'a Document,
        stem: &str,
        file: &'a ClaimsFile,
    ) -> Vec<Fault> {
        let mut sheet = Sheet::new(document);
        if !self.ground.dimensions.iter().any(|dimension| dimension.id.as_str() == stem) {
            sheet.fault_of_file(
                format!("no dimension is called \"{stem}\""),
                format!(
                    "add a `[[dimension]]` with id = \"{stem}\" to comparison.toml, \
                     or rename the file to its claims' dimension"
                ),
            );
        }
        for entry in &file.claim {
            let claim = self.claim(&mut sheet, stem, entry);
            self.claims.extend(claim);
            self.ids.push((entry.id.get_ref(), document, entry.id.span()));
        }
        sheet.finish()
    }

    fn claim(&mut self, sheet: &mut Sheet, stem: &str, entry: &ClaimEntry) -> Option<Claim> {
        let id = sheet.id(&entry.id);
        let kind = sheet.word(&entry.kind);
        let standing = sheet.word(&entry.standing);
        self.names_are_new(sheet, stem, entry);
        for key in &entry.sources {
            if !self.ground.sources.contains_key(key.get_ref()) {
                let known = self.ground.sources.keys().map(String::as_str);
                sheet.unknown(key, "source", "sources", known);
            }
        }
        if let Some(kind) = kind {
            rests_on_something(sheet, entry, kind);
        }
        let predicate = entry.predicate.as_ref();
        let predicate = predicate.and_then(|given| predicate::read(self, sheet, given.get_ref()));
        Some(Claim {
            id: id?,
            reference: entry.reference.get_ref().clone(),
            standing: standing?,
            kind: kind?,
            text: entry.text.clone(),
            suits: self.ground.suits(sheet, entry.suits.as_ref()),
            sources: entry.sources.iter().map(|key| key.get_ref().clone()).collect(),
            feeds: entry.feeds.clone(),
            decisions: self.decisions(sheet, &entry.decisions),
            predicate,
            not_yet: entry.not_yet.as_ref().map(|reason| reason.get_ref().clone()),
        })
    }

    /// Presets and scenarios that there are.
    fn decisions(&self, sheet: &mut Sheet, given: &[Text]) -> Vec<String> {
        let known = &self.ground.decisions;
        for name in given.iter().filter(|name| !known.contains_key(name.get_ref())) {
            sheet.unknown(name, "decision", "decisions", known.keys().map(String::as_str));
        }
        given.iter().map(|name| name.get_ref().clone()).collect()
    }

    fn names_are_new(&mut self, sheet: &mut Sheet, stem: &str, entry: &ClaimEntry) {
        let id = entry.id.get_ref();
        if self.ids.iter().any(|(known, ..)| known == id) {
            sheet.fault(
                entry.id.span(),
                format!("two claims have the id \"{id}\""),
                "give one of them another word after the slash: evidence is kept by this id",
            );
        }
        let reference = entry.reference.get_ref();
        if self.references.contains(reference) {
            sheet.fault(
                entry.reference.span(),
                format!("two claims have the ref \"{reference}\""),
                format!("split the statement into \"{reference}a\" and \"{reference}b\""),
            );
        }
        self.references.push(reference.clone());
        self.dimension_is_the_files(sheet, stem, entry);
    }

    fn dimension_is_the_files(&self, sheet: &mut Sheet, stem: &str, entry: &ClaimEntry) {
        let Some((dimension, slug)) = entry.id.get_ref().split_once('/') else { return };
        if dimension == stem {
            return;
        }
        let span = sheet.within(entry.id.span(), dimension);
        if self.ground.dimensions.iter().any(|known| known.id.as_str() == dimension) {
            sheet.fault(
                span,
                format!("a claim of \"{dimension}\" stands in the file of \"{stem}\""),
                format!("move it to claims/{dimension}.toml, or call it \"{stem}/{slug}\""),
            );
        } else {
            let given = crate::spanned::Spanned::new(span, dimension.to_owned());
            let known = self.ground.dimensions.iter().map(|dimension| dimension.id.as_str());
            sheet.unknown(&given, "dimension", "dimensions", known);
        }
    }
}

/// Each kind of claim rests on what its name says.
fn rests_on_something(sheet: &mut Sheet, entry: &ClaimEntry, kind: ClaimKind) {
    let measured = matches!(kind, ClaimKind::Measured | ClaimKind::Static);
    if let (Some(reason), Some(_)) = (&entry.not_yet, &entry.predicate) {
        sheet.fault(
            reason.span(),
            "not_yet beside a predicate",
            "remove one: a claim with a predicate has its experiment",
        );
    }
    if let (Some(predicate), false) = (&entry.predicate, measured) {
        sheet.fault(
            predicate.get_ref().kind.span(),
            format!("a claim of kind {kind} has a predicate"),
            "remove the predicate, or make the claim measured or static",
        );
    }
    if let (Some(reason), false) = (&entry.not_yet, measured) {
        sheet.fault(
            reason.span(),
            format!("a claim of kind {kind} waits for no experiment"),
            "remove not_yet, or make the claim measured or static",
        );
    }
    if measured && entry.predicate.is_none() && entry.not_yet.is_none() {
        sheet.fault(
            entry.kind.span(),
            format!("a claim of kind {kind} has no predicate"),
            "add [claim.predicate], or say why there is no experiment: not_yet = \"…\"",
        );
    }
    if kind == ClaimKind::Documented && entry.sources.is_empty() {
        sheet.fault(
            entry.kind.span(),
            "a documented claim has no source",
            "add sources = [\"…\"] with keys of sources.toml",
        );
    }
}
