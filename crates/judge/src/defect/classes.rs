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
    let verdict = match (borne_out(lists, &tried, judged), standing) {
        (Some(true), Standing::ByDesign) => Verdict::ByDesign,
        (Some(true), _) => Verdict::Holds,
        (Some(false), _) => Verdict::DoesNotHold,
        (None, _) => Verdict::Inconclusive,
    };
    (verdict, reason, named)
}

/// `None`: what was not tried, or what a tool that was not there would have said, may bear it out.
fn borne_out(
    lists: &[ClassList],
    tried: &[&JudgedDefect],
    judged: &[JudgedDefect],
) -> Option<bool> {
    let of_list = |list: &ClassList| {
        let named = |defect: &&&JudgedDefect| list.of.is_empty() || list.of.contains(&defect.id);
        let told: Vec<Option<bool>> =
            tried.iter().filter(named).map(|defect| tells(list, defect)).collect();
        let open = told.contains(&None);
        if list.of.is_empty() {
            let some = told.contains(&Some(true));
            return if some {
                Some(true)
            } else {
                (!open && tried.len() == judged.len()).then_some(false)
            };
        }
        if told.contains(&Some(false)) { Some(false) } else { (!open).then_some(true) }
    };
    let all: Vec<Option<bool>> = lists.iter().map(of_list).collect();
    match (all.contains(&Some(false)), all.contains(&None)) {
        (true, _) => Some(false),
        (false, true) => None,
        (false, false) => Some(true),
    }
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
        let (here, there) = programs(defect, side, other)?;
        (passes(test, here, there) == Some(true)).then(|| ClassFound {
            defect: defect.id.clone(),
            here: stopped(here),
            there: stopped(there),
        })
    };
    tried.iter().filter_map(one).collect()
}

fn programs<'d>(
    defect: &'d JudgedDefect,
    side: &SideName,
    other: &SideName,
) -> Option<(&'d JudgedProgram, &'d JudgedProgram)> {
    let bad = |side| defect.program(side, DefectVariant::Bad);
    Some((bad(side)?, bad(other)?))
}

/// Whether a class is such as the test says; `None`: what is known does not tell. Something
/// unexpected on either side is a reason to look, not evidence.
fn tells(list: &ClassList, defect: &JudgedDefect) -> Option<bool> {
    let (here, there) = programs(defect, &list.side, &list.other)?;
    if defect.surprises.is_empty() { passes(list.test, here, there) } else { None }
}

/// The same of two programs.
fn passes(test: ClassTest, here: &JudgedProgram, there: &JudgedProgram) -> Option<bool> {
    match test {
        ClassTest::StoppedOnlyBy => all([refused(here), is_mistake(there), not(refused(there))]),
        ClassTest::EarlierBy => all([is_mistake(here), is_mistake(there), earlier(here, there)]),
        ClassTest::LouderBy => all([at_run(here, is_loud), at_run(there, is_quiet)]),

        ClassTest::SilentOnlyOn => {
            all([not(is_said_unasked(here)), at_run(here, is_quiet), refused(there)])
        }
        ClassTest::UnseenBy => all([is_mistake(here), not(is_said_unasked(here))]),
        ClassTest::LoudOn => at_run(here, is_loud),
        ClassTest::InstrumentOnly => match here.caught_at {
            Some(gate) => Some(rank(gate) == CatchGate::G3),
            None => is_known(here, None).then_some(false),
        },
        ClassTest::HarmlessOn => all([is_harmless(here), is_mistake(there)]),
    }
}

/// Kleene's conjunction: one that is false settles it, else one that is unknown does.
fn all<const N: usize>(parts: [Option<bool>; N]) -> Option<bool> {
    match (parts.contains(&Some(false)), parts.contains(&None)) {
        (true, _) => Some(false),
        (false, true) => None,
        (false, false) => Some(true),
    }
}

fn not(known: Option<bool>) -> Option<bool> {
    known.map(|known| !known)
}

fn refused(program: &JudgedProgram) -> Option<bool> {
    match program.cannot_arise {
        Some(_) => Some(false),
        None => program.refused,
    }
}

/// What a plain run shows; a program that is refused, or that cannot be, never comes to one.
fn shows(program: &JudgedProgram) -> Option<Shows> {
    program.ending.map(|ending| ending.shows())
}

/// Whether a plain run ends so; one that is refused, or cannot be, never does.
fn at_run(program: &JudgedProgram, ends: fn(Shows) -> bool) -> Option<bool> {
    if program.cannot_arise.is_some() || program.refused == Some(true) {
        return Some(false);
    }
    shows(program).map(ends)
}

fn is_loud(shown: Shows) -> bool {
    shown == Shows::Loud
}

fn is_quiet(shown: Shows) -> bool {
    matches!(shown, Shows::Silent | Shows::Hang)
}

/// Whether compiler or default lints say a word.
fn is_said_unasked(program: &JudgedProgram) -> Option<bool> {
    if matches!(program.caught_at, Some(CatchGate::G0 | CatchGate::G1)) {
        return Some(true);
    }
    let linted = |tool: &&super::ToolSaid| tool.gate == CatchGate::G1;
    let heard =
        program.tools.iter().filter(linted).any(|tool| !matches!(tool.word, Word::NotRun(_)));
    heard.then_some(false)
}

/// Whether the language has no such mistake, or it does no harm as written.
fn is_harmless(program: &JudgedProgram) -> Option<bool> {
    if program.cannot_arise.is_some() || program.harmless {
        return Some(true);
    }
    match program.refused {
        Some(true) => Some(false),
        _ => shows(program).map(|_| false),
    }
}

fn is_mistake(program: &JudgedProgram) -> Option<bool> {
    not(is_harmless(program))
}

/// Whether the first gate that catches one comes before that of the other, as far as every gate that
/// would have to be looked at was.
fn earlier(here: &JudgedProgram, there: &JudgedProgram) -> Option<bool> {
    let Some(ours) = here.caught_at else {
        return is_known(here, None).then_some(false);
    };
    if there.caught_at.is_some_and(|theirs| rank(theirs) <= rank(ours)) {
        return Some(false);
    }
    // A gate that was dark might have caught either before.
    is_known(there, Some(ours)).then_some(true)
}

/// Instruments and the leak profile stand beside each other, not one before the other.
fn rank(gate: CatchGate) -> CatchGate {
    if gate == CatchGate::G3L { CatchGate::G3 } else { gate }
}

/// Whether every gate up to this one had its say.
fn is_known(program: &JudgedProgram, to: Option<CatchGate>) -> bool {
    let dark = |tool: &super::ToolSaid| {
        matches!(tool.word, Word::NotRun(_)) && to.is_none_or(|last| tool.gate <= last)
    };
    !program.tools.iter().any(dark)
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
        ClassTest::LoudOn => format!("{side} loud at run time"),
        ClassTest::InstrumentOnly => format!("found in {side} by an instrument first"),
        ClassTest::HarmlessOn => format!("no mistake in {side}"),
    }
}
