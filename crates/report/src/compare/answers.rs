//! Answers and side effects that are the same or not, in words.

use judge::AnswersVerdict;
use model::Aspect;

use super::document::{AnswersRow, CaseRow, CompareDocument, WithheldRow};

/// Most names that are spelled out in a row.
const FEW: usize = 4;

impl AnswersRow {
    /// `412 of 412 the same`, `3 of 412 differ`.
    pub(crate) fn summary(&self) -> String {
        let cases = self.cases;
        match self.verdict {
            AnswersVerdict::Same => format!("{cases} of {cases} the same"),
            AnswersVerdict::Allowed => {
                let allowed = self.allowed.len();
                let same = (cases as usize).saturating_sub(allowed);
                format!("{same} of {cases} the same, {allowed} allowed to differ")
            }
            AnswersVerdict::Differ if self.differing == 0 => {
                format!("{cases} of {cases} the same, but not in every timed run")
            }
            AnswersVerdict::Differ if self.differing == 1 => format!("1 of {cases} differs"),
            AnswersVerdict::Differ => format!("{} of {cases} differ", self.differing),
            AnswersVerdict::NotComparable if cases == 0 => "not compared".to_owned(),
            AnswersVerdict::NotComparable => "not comparable".to_owned(),
        }
    }

    /// What is not shown beside the first difference: ` and 2 more`.
    pub(crate) fn more(&self) -> Option<String> {
        let more = self.by_case.len().saturating_sub(1);
        (more > 0).then(|| match more {
            1 => "1 more difference".to_owned(),
            _ => format!("{more} more differences"),
        })
    }
}

impl CaseRow {
    /// `case big, rust: output`.
    pub(crate) fn title(&self) -> String {
        let place = match &self.case {
            Some(case) => format!("case {case}"),
            None => "timed runs".to_owned(),
        };
        format!("{place}, {}: {}", self.side, aspect(self.aspect))
    }

    /// Where they part, a line each: printable, spaces kept, so that columns
    /// stay under each other.
    pub(crate) fn lines(&self) -> Vec<String> {
        lines(&self.told)
    }
}

fn aspect(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Exit => "exit code",
        Aspect::Output => "output",
        Aspect::File => "file",
        Aspect::Size => "size of the output",
        Aspect::Decoded => "decoded output",
        Aspect::ClosedPipe => "end when nobody reads on",
    }
}

fn lines(text: &str) -> Vec<String> {
    let printable = |line: &str| {
        let line = line.replace('\t', "  ");
        let line: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        line.trim_end().to_owned()
    };
    text.lines().map(printable).collect()
}

impl WithheldRow {
    /// How to go on in spite of it.
    pub(crate) fn way_on(&self) -> String {
        let anyway = "--anyway tells the numbers, each marked";
        let (shown, rest) = self.allow.split_at(self.allow.len().min(FEW));
        match (shown, rest.len()) {
            ([], _) => anyway.to_owned(),
            ([name], _) => {
                format!("--allow {name}=REASON lets it pass; {anyway}")
            }
            (names, more) => {
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                format!("--allow NAME=REASON lets one pass ({}{more}); {anyway}", names.join(", "))
            }
        }
    }
}

impl CompareDocument {
    /// `case header: the version differs`, what may differ and why.
    pub(crate) fn allowances(&self) -> Vec<String> {
        let cases = self.answers.allowed.iter();
        cases.map(|allowed| format!("case {}: {}", allowed.case, allowed.reason)).collect()
    }
}
