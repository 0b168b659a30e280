//! Two classes of mistakes as they were seen: one refused by a compiler, one that hangs on one side and
//! is loud on the other, of which a tool was not there.

use std::collections::BTreeMap;

use judge::{
    ClassFound, Ending, GateCost, JudgedDefect, JudgedProgram, NamedClasses, Skipped, TestSeen,
    ToolSaid, Word,
};
use model::{
    AtRun, CatchGate, ClassTest, Defect, DefectId, DefectProgram, DefectVariant, Exchange,
    Expectation, SideName, Suits,
};
use report::defect::DefectTexts;

use super::id;

fn exchange(input: &str, answer: &str) -> Exchange {
    Exchange { input: input.to_owned(), answer: answer.to_owned() }
}

fn program(side: &str, variant: DefectVariant, about: &str) -> DefectProgram {
    let expected = Expectation::Tried {
        caught: BTreeMap::new(),
        at_run: Some(AtRun::Silent),
        beside: Vec::new(),
    };
    DefectProgram { side: id(side), variant, about: about.to_owned(), expected }
}

fn defect(name: &str, title: &str, mistake: &str, suits: &str) -> (DefectId, Defect) {
    let programs = ["rust", "go"].into_iter().flat_map(|side| {
        [
            program(side, DefectVariant::Bad, "the value is used unseen"),
            program(side, DefectVariant::Fixed, "the value is looked at"),
        ]
    });
    let defect = Defect {
        id: id(name),
        title: title.to_owned(),
        family: "nil".to_owned(),
        mistake: mistake.to_owned(),
        suits: Suits::Side(id(suits)),
        sources: vec!["go-site".to_owned()],
        distilled: true,
        needs: Vec::new(),
        repeats: 20,
        budget_seconds: 3.0,
        quiet: exchange("ada", "born 1815"),
        trigger: exchange("bob", "unknown"),
        left: None,
        note: Some("In <Go> the map's zero value is what is missing.".to_owned()),
        quick: true,
        programs: programs.collect(),
        folder: "/pack/defects".into(),
    };
    (id(name), defect)
}

pub(crate) fn all() -> BTreeMap<DefectId, Defect> {
    let nil = "What is not there is used as if it were.";
    let lock = "A lock is taken again by its holder, & nobody goes on.";
    [
        defect("nil-dereference", "nothing used as something", nil, "rust"),
        defect("self-deadlock", "lock taken twice", lock, "go"),
    ]
    .into()
}

pub(crate) fn texts() -> DefectTexts {
    let bad = "fn run(name: &str) -> String {\n    find(name).year.to_string()\n}\n";
    let fixed = "fn run(name: &str) -> String {\n    find(name).map_or_default(year)\n}\n";
    let text = |name: &str, side: &str, variant, text: &str| {
        ((id::<DefectId>(name), id::<SideName>(side), variant), text.to_owned())
    };
    DefectTexts::from([
        text("nil-dereference", "rust", DefectVariant::Bad, bad),
        text("nil-dereference", "rust", DefectVariant::Fixed, fixed),
        text("nil-dereference", "go", DefectVariant::Bad, "return find(name).year\n"),
        text("self-deadlock", "go", DefectVariant::Bad, "mu.Lock()\nmu.Lock()\n"),
        text("self-deadlock", "go", DefectVariant::Fixed, "mu.Lock()\n"),
    ])
}

fn said(gate: CatchGate, tool: &str, word: Word, codes: &[&str]) -> ToolSaid {
    let codes: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
    let (codes, others) =
        if word == Word::Beside { (Vec::new(), codes) } else { (codes, Vec::new()) };
    ToolSaid { gate, tool: tool.to_owned(), word, codes, others }
}

fn seen(side: &str, variant: DefectVariant, tools: Vec<ToolSaid>) -> JudgedProgram {
    let caught = tools.iter().find(|tool| tool.word == Word::Caught).map(|tool| tool.gate);
    JudgedProgram {
        side: id(side),
        variant,
        cannot_arise: None,
        refused: Some(caught == Some(CatchGate::G0)),
        harmless: false,
        expected: caught,
        caught_at: caught,
        loud: caught == Some(CatchGate::G0),
        rate: caught.map(|_| (1, 1)),
        cost_seconds: caught.map(|_| 0.25),
        ending: None,
        quiet_test: None,
        trigger_test: None,
        tools,
    }
}

const PASSED: TestSeen = TestSeen { passed: 3, failed: 0, hung: 0 };

pub(crate) fn judged() -> Vec<JudgedDefect> {
    let quiet = || said(CatchGate::G1, "go vet", Word::Quiet, &[]);
    let refused = said(CatchGate::G0, "rustc", Word::Caught, &["E0609"]);
    let panicked = said(CatchGate::G4, "run", Word::Caught, &["panic"]);
    let beside = said(CatchGate::G2, "staticcheck", Word::Beside, &["SA4006"]);
    let raced = said(CatchGate::G3, "go build -race", Word::Caught, &["race"]);
    let missing = "there is no `miri` on PATH; rustup component add miri";
    let absent = said(CatchGate::G3, "Miri", Word::NotRun(missing.to_owned()), &[]);
    let ending = |right, silent, loud, hang| Some(Ending { right, silent, loud, hang });
    let nil = JudgedDefect {
        id: id("nil-dereference"),
        suits: Suits::Side(id("rust")),
        programs: vec![
            seen("rust", DefectVariant::Bad, vec![refused]),
            JudgedProgram {
                loud: true,
                ending: ending(0, 0, 1, 0),
                quiet_test: Some(PASSED),
                trigger_test: Some(TestSeen { passed: 0, failed: 3, hung: 0 }),
                ..seen("go", DefectVariant::Bad, vec![quiet(), beside, panicked])
            },
        ],
        surprises: Vec::new(),
        skipped: Vec::new(),
    };
    let deadlock = JudgedDefect {
        id: id("self-deadlock"),
        suits: Suits::Side(id("go")),
        programs: vec![
            JudgedProgram {
                ending: ending(0, 0, 0, 5),
                ..seen("rust", DefectVariant::Bad, vec![absent])
            },
            JudgedProgram {
                rate: Some((13, 20)),
                ending: ending(2, 18, 0, 0),
                ..seen("go", DefectVariant::Bad, vec![quiet(), raced])
            },
        ],
        surprises: vec!["go bad: G3 says race, which the case does not expect".to_owned()],
        skipped: vec![Skipped {
            side: id("rust"),
            gate: CatchGate::G3,
            tool: "Miri".to_owned(),
            reason: missing.to_owned(),
        }],
    };
    vec![nil, deadlock]
}

pub(crate) fn costs() -> Vec<GateCost> {
    let cost = |side: &str, gate, tool: &str, runs, seconds| GateCost {
        side: id(side),
        gate,
        tool: tool.to_owned(),
        version: "1.95.0".to_owned(),
        programs: 4,
        runs,
        seconds,
        cpu_seconds: seconds / 2.0,
    };
    vec![
        cost("rust", CatchGate::G0, "rustc", 0, 3.2),
        cost("go", CatchGate::G1, "go vet", 0, 0.41),
        cost("go", CatchGate::G3, "go build -race", 80, 12.0),
    ]
}

/// What one of the sample's sentences stands on.
pub(crate) fn classes(claim: &str) -> Vec<NamedClasses> {
    if claim != "build/go-builds-fast" {
        return Vec::new();
    }
    let found = ClassFound {
        defect: id("nil-dereference"),
        here: "G0 E0609".to_owned(),
        there: "G4 panic".to_owned(),
    };
    let list = |side, claimed, found| NamedClasses {
        test: ClassTest::StoppedOnlyBy,
        side: id(side),
        claimed,
        found,
    };
    vec![list("rust", true, vec![found]), list("go", false, Vec::new())]
}
