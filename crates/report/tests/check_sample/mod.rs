//! Hand-made checks with every verdict of a guard.

use std::collections::BTreeMap;

use judge::{GuardJudged, GuardVerdict};
use model::{Metric, SideName};
use report::check::{CheckDocument, CheckInput, CheckPart, EvidenceFrom};

use crate::compare_sample as comparisons;
use comparisons::{MIB, conceal, id};

fn ratio(name: &str, seen: f64, limit: f64, verdict: GuardVerdict) -> GuardJudged {
    let (low, high) = (seen * 0.97, seen * 1.03);
    let told = match verdict {
        GuardVerdict::Fails => "beyond the limit and its margin",
        GuardVerdict::Inconclusive => "about 40 more pairs would tell",
        _ => "holds",
    };
    GuardJudged {
        guard: name.to_owned(),
        metric: Metric::Cpu,
        case: None,
        unit: Metric::Cpu.unit(),
        side: id("rust"),
        against: Some(id("go")),
        verdict,
        seen: Some(seen),
        low: Some(low),
        high: Some(high),
        limit: Some(limit),
        margin: 1.02,
        floor: 0.001,
        pairs: 48,
        values: comparisons::sides(0.233, 0.233 * seen),
        why: format!(
            "rust {seen:.3}x of go ({low:.3} to {high:.3}), at most {limit}x and beyond that 2 % \
             and 1 ms: {told}"
        ),
        notice: None,
    }
}

fn value(name: &str, seen: f64, limit: f64, verdict: GuardVerdict) -> GuardJudged {
    GuardJudged {
        metric: Metric::Size,
        unit: Metric::Size.unit(),
        against: None,
        low: None,
        high: None,
        margin: 1.0,
        floor: 0.0,
        pairs: 1,
        values: BTreeMap::from([(id::<SideName>("rust"), seen)]),
        why: format!("rust {seen} B, at most {limit} B"),
        ..ratio(name, seen, limit, verdict)
    }
}

fn guards() -> Vec<GuardJudged> {
    let mut once = ratio("rust-start-up", 0.71, 0.8, GuardVerdict::Holds);
    once.notice =
        Some("beyond its limit once and not seen again; the first set: rust 0.910x".to_owned());
    let mut unknown = ratio("rust-wall-as-recorded", 0.9, 1.0, GuardVerdict::NotJudged);
    (unknown.seen, unknown.low, unknown.high, unknown.limit) = (None, None, None, None);
    unknown.why = "nothing was recorded on this kind of machine".to_owned();
    vec![
        ratio("rust-cpu", 0.61, 0.8, GuardVerdict::Holds),
        value("rust-size", 3.1 * MIB, 4.0 * MIB, GuardVerdict::Holds),
        once,
        ratio("rust-memory-of-the-largest-case", 1.01, 1.0, GuardVerdict::Inconclusive),
        unknown,
    ]
}

fn document(
    compared: &comparisons::Sample,
    guards: &[GuardJudged],
    evidence: EvidenceFrom,
    second_set: bool,
    exit: u8,
) -> CheckDocument {
    let compared = compared.document();
    let part = CheckPart {
        name: "agent",
        compared: &compared,
        guards,
        evidence,
        second_set,
        interrupted: exit == 130,
    };
    CheckDocument::new(&CheckInput {
        parts: &[part],
        base: None,
        exit,
        version: "0.1.0",
        command: "evenhand check /home/ada/agent/evenhand.toml",
        conceal: &conceal(),
    })
}

const TWO_DAYS: EvidenceFrom = EvidenceFrom::Stored { age_seconds: 2 * 86_400 + 5_000 };

pub(crate) fn holds() -> CheckDocument {
    document(&comparisons::typical(), &guards(), TWO_DAYS, false, 0)
}

pub(crate) fn fails() -> CheckDocument {
    let mut guards = guards();
    guards[0] = ratio("rust-cpu", 0.93, 0.8, GuardVerdict::Fails);
    guards[1] = value("rust-size", 5.2 * MIB, 4.0 * MIB, GuardVerdict::Fails);
    document(&comparisons::typical(), &guards, EvidenceFrom::Fresh, true, 1)
}

pub(crate) fn disagrees() -> CheckDocument {
    let not_judged = |guard: GuardJudged| GuardJudged {
        verdict: GuardVerdict::NotJudged,
        seen: None,
        why: "answers differ in 2 of 412 cases".to_owned(),
        ..guard
    };
    let guards: Vec<GuardJudged> = guards().into_iter().take(2).map(not_judged).collect();
    document(&comparisons::other_answers(), &guards, EvidenceFrom::Fresh, false, 4)
}

pub(crate) fn expired() -> CheckDocument {
    let not_judged = |guard: GuardJudged| GuardJudged {
        verdict: GuardVerdict::NotJudged,
        seen: None,
        why: "no evidence of these programs is young enough".to_owned(),
        ..guard
    };
    let guards: Vec<GuardJudged> = guards().into_iter().take(1).map(not_judged).collect();
    document(&comparisons::imported(), &guards, EvidenceFrom::Expired, false, 5)
}

/// Two sides, each against a revision.
pub(crate) fn base() -> CheckDocument {
    let compared = comparisons::typical().document();
    let guards = [ratio("cpu", 1.0, 1.0, GuardVerdict::Holds)];
    let part = |name| CheckPart {
        name,
        compared: &compared,
        guards: &guards,
        evidence: EvidenceFrom::Fresh,
        second_set: false,
        interrupted: false,
    };
    CheckDocument::new(&CheckInput {
        parts: &[part("agent-go"), part("agent-rust")],
        base: Some("main"),
        exit: 0,
        version: "0.1.0",
        command: "evenhand check --base main",
        conceal: &conceal(),
    })
}

/// Words of tools and people that formats must not take for their own.
pub(crate) fn odd_words() -> CheckDocument {
    let odd = "</failure><b>&amp; | `x_y` \u{1b}[31m \u{0} \"quoted\" ]]> --> <!-- evenhand -->";
    let mut guards = guards();
    guards[0].verdict = GuardVerdict::Fails;
    for guard in &mut guards {
        guard.why = format!("{odd} at /home/ada/x\nnext line");
        guard.notice = Some(odd.to_owned());
    }
    guards[1].guard = "a`b|c<d>&\"e\"".to_owned();
    document(&comparisons::odd_words(), &guards, EvidenceFrom::Fresh, false, 1)
}

pub(crate) fn all() -> Vec<(&'static str, CheckDocument)> {
    vec![
        ("holds", holds()),
        ("fails", fails()),
        ("disagrees", disagrees()),
        ("expired", expired()),
        ("base", base()),
        ("odd-words", odd_words()),
    ]
}
