//! Classes of mistakes that two languages treat otherwise: named lists, both
//! ways. The corpus is chosen and not sampled, so that how long a list is says
//! nothing, and one class is enough to bear a sentence out.

use model::{
    CatchGate, ClassList, ClassTest, DefectId, DefectVariant, SideName, Standing, Verdict,
};

use super::observed::Shows;
use super::{JudgedDefect, JudgedProgram, Word};

/// Classes with something in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedClasses {
    /// What.
    pub test: ClassTest,
    /// The side that it is said of.
    pub side: SideName,
    /// Whether the sentence stands on it; else it is the other direction, shown beside.
    pub claimed: bool,
    /// The classes.
    pub found: Vec<ClassFound>,
}

/// One of them, and what stops it on the other side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassFound {
    /// The class.
    pub defect: DefectId,
    /// What catches it on the side that it is said of.
    pub here: String,
    /// What catches it on the other side.
    pub there: String,
}

/// Verdict, reason and lists.
pub(crate) fn verdict(
    lists: &[ClassList],
    judged: &[JudgedDefect],
    standing: Standing,
) -> (Verdict, String, Vec<NamedClasses>) {
    let tried: Vec<&JudgedDefect> = judged.iter().filter(|defect| defect.is_tried()).collect();
    if tried.is_empty() {
        let why = "no class was tried in this run; `evenhand verify --defects` tries them all";
        return (Verdict::NotRun, why.to_owned(), Vec::new());
    }
    let named = both_ways(lists, &tried);
    let reason = reason(&named, tried.len(), judged.len());
    let is_tried = |id: &DefectId| tried.iter().any(|defect| &defect.id == id);
    let untried = lists.iter().flat_map(|list| &list.of).find(|id| !is_tried(id));
    if let Some(id) = untried {
        let why =
            format!("{id} was not tried in this run; `evenhand verify --defects {id}` tries it");
        return (Verdict::NotRun, why, named);
    }
    let borne_out = |list: &ClassList| {
        let found = named.iter().find(|known| known.test == list.test && known.side == list.side);
        let ids: Vec<&DefectId> = found.iter().flat_map(|l| &l.found).map(|c| &c.defect).collect();
        match list.of.is_empty() {
            true => !ids.is_empty(),
            false => list.of.iter().all(|id| ids.contains(&id)),
        }
    };
    let verdict = match (lists.iter().all(borne_out), standing) {
        (true, Standing::ByDesign) => Verdict::ByDesign,
        (true, _) => Verdict::Holds,
        // Those that were not tried may show it.
        (false, _) if tried.len() < judged.len() => Verdict::Inconclusive,
        (false, _) => Verdict::DoesNotHold,
    };
    (verdict, reason, named)
}

fn both_ways(lists: &[ClassList], tried: &[&JudgedDefect]) -> Vec<NamedClasses> {
    let mut named: Vec<NamedClasses> = Vec::new();
    for list in lists {
        for (side, other, claimed) in
            [(&list.side, &list.other, true), (&list.other, &list.side, false)]
        {
            let known =
                named.iter_mut().find(|known| known.test == list.test && &known.side == side);
            match known {
                Some(known) => known.claimed |= claimed,
                None => named.push(NamedClasses {
                    test: list.test,
                    side: side.clone(),
                    claimed,
                    found: found(list.test, side, other, tried),
                }),
            }
        }
    }
    named
}

fn found(
    test: ClassTest,
    side: &SideName,
    other: &SideName,
    tried: &[&JudgedDefect],
) -> Vec<ClassFound> {
    let one = |defect: &&JudgedDefect| {
        let here = defect.program(side, DefectVariant::Bad)?;
        let there = defect.program(other, DefectVariant::Bad)?;
        passes(test, here, there).then(|| ClassFound {
            defect: defect.id.clone(),
            here: stopped(here),
            there: stopped(there),
        })
    };
    tried.iter().filter_map(one).collect()
}

fn passes(test: ClassTest, here: &JudgedProgram, there: &JudgedProgram) -> bool {
    let refused = |program: &JudgedProgram| program.caught_at == Some(CatchGate::G0);
    match test {
        ClassTest::StoppedOnlyBy => refused(here) && is_mistake(there) && !refused(there),
        ClassTest::EarlierBy => {
            is_mistake(here)
                && is_mistake(there)
                && is_known(here)
                && is_known(there)
                && earlier(here, there)
        }
        ClassTest::LouderBy => shows(here) == Some(Shows::Loud) && is_quiet_at_run(there),
        ClassTest::SilentOnlyOn => {
            !is_said_unasked(here) && is_quiet_at_run(here) && refused(there)
        }
        ClassTest::UnseenBy => is_mistake(here) && is_linted(here) && !is_said_unasked(here),
        ClassTest::HarmlessOn => is_harmless(here) && is_mistake(there),
    }
}

fn shows(program: &JudgedProgram) -> Option<Shows> {
    program.ending.map(|ending| ending.shows())
}

fn is_quiet_at_run(program: &JudgedProgram) -> bool {
    matches!(shows(program), Some(Shows::Silent | Shows::Hang))
}

/// Whether compiler or default lints say a word.
fn is_said_unasked(program: &JudgedProgram) -> bool {
    matches!(program.caught_at, Some(CatchGate::G0 | CatchGate::G1))
}

fn is_linted(program: &JudgedProgram) -> bool {
    let at = |tool: &&super::ToolSaid| tool.gate == CatchGate::G1;
    program.tools.iter().filter(at).any(|tool| !matches!(tool.word, Word::NotRun(_)))
}

/// Whether the language has no such mistake, or it does no harm as written.
fn is_harmless(program: &JudgedProgram) -> bool {
    let right = shows(program) == Some(Shows::Right) && program.caught_at.is_none();
    program.cannot_arise.is_some() || right
}

fn is_mistake(program: &JudgedProgram) -> bool {
    !program.tools.is_empty() && !is_harmless(program)
}

/// Whether every gate before the one that caught it had its say.
fn is_known(program: &JudgedProgram) -> bool {
    let before = |gate: CatchGate| program.caught_at.is_none_or(|caught| gate < caught);
    let dark = |tool: &super::ToolSaid| matches!(tool.word, Word::NotRun(_)) && before(tool.gate);
    !program.tools.iter().any(dark)
}

fn earlier(here: &JudgedProgram, there: &JudgedProgram) -> bool {
    match (here.caught_at, there.caught_at) {
        (Some(here), Some(there)) => here < there,
        (Some(_), None) => true,
        (None, _) => false,
    }
}

/// What stops a program, in a few words: `G2 errcheck`, `hangs`.
fn stopped(program: &JudgedProgram) -> String {
    if let Some(gate) = program.caught_at {
        let first =
            program.tools.iter().find(|tool| tool.gate == gate && tool.word == Word::Caught);
        let codes = first.map(|tool| tool.codes.join(", ")).unwrap_or_default();
        return format!("{gate} {codes}");
    }
    let word = match (program.cannot_arise.is_some(), shows(program)) {
        (true, _) => "cannot arise",
        (false, Some(Shows::Silent)) => "never: silent",
        (false, Some(Shows::Hang)) => "never: hangs",
        (false, Some(Shows::Right)) => "harmless as written",
        (false, Some(Shows::Loud)) => "fails at run time",
        (false, None) => "unknown",
    };
    word.to_owned()
}

/// Names told of each list before the rest is counted in words.
const MOST_NAMES: usize = 4;

fn reason(named: &[NamedClasses], tried: usize, all: usize) -> String {
    let told = named.iter().map(|list| {
        let what = wording(list.test, &list.side);
        let names: Vec<&str> = list.found.iter().map(|class| class.defect.as_str()).collect();
        match names.as_slice() {
            [] => format!("{what}: none"),
            few if few.len() <= MOST_NAMES => format!("{what}: {}", few.join(", ")),
            many => format!("{what}: {} and more", many[..MOST_NAMES].join(", ")),
        }
    });
    let told: Vec<String> = told.collect();
    let part =
        if tried < all { format!(" · {tried} of {all} classes tried") } else { String::new() };
    format!("{}{part}", told.join("; "))
}

/// What a list is of, in words.
pub fn wording(test: ClassTest, side: &SideName) -> String {
    match test {
        ClassTest::StoppedOnlyBy => format!("refused by {side}'s compiler alone"),
        ClassTest::EarlierBy => format!("{side} earlier"),
        ClassTest::LouderBy => format!("{side} louder"),
        ClassTest::SilentOnlyOn => format!("silent in {side}, refused by the other's compiler"),
        ClassTest::UnseenBy => format!("unseen by {side}'s compiler and default lints"),
        ClassTest::HarmlessOn => format!("no mistake in {side}"),
    }
}
