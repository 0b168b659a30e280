//! From the findings of a claim's cells to its verdict: total, and documented in
//! docs/verdicts.md.

use model::{Relation, Verdict, Witness};

use crate::judgement::Finding;

/// What a finding says about what was claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bearing {
    Holds,
    Refutes,
    NoDifference,
    Open,
}

fn bearing(finding: &Finding, expect: Relation) -> Bearing {
    match finding {
        Finding::Shown(shown) if *shown == expect => Bearing::Holds,
        Finding::Shown(Relation::Inside) => Bearing::NoDifference,
        Finding::Shown(_) => Bearing::Refutes,
        _ => Bearing::Open,
    }
}

/// The verdict over all planned cells of a ratio claim: each finding with what
/// the claim says of its cell.
pub(crate) fn ratio(cells: &[(&Finding, Relation)]) -> Verdict {
    if let [(finding, expect)] = cells {
        return single(finding, *expect);
    }
    if let Some(verdict) = unseen(cells.iter().map(|(finding, _)| *finding)) {
        return verdict;
    }
    let bearings: Vec<Bearing> = cells.iter().map(|(f, expect)| bearing(f, *expect)).collect();
    let count = |wanted| bearings.iter().filter(|bearing| **bearing == wanted).count();
    let (h, f) = (count(Bearing::Holds), count(Bearing::Refutes));
    let (n, i) = (count(Bearing::NoDifference), count(Bearing::Open));
    let total = cells.len();
    if 3 * i > total {
        Verdict::Inconclusive
    } else if 3 * h >= 2 * total && f == 0 {
        Verdict::Holds
    } else if 3 * f >= 2 * total && h == 0 {
        Verdict::DoesNotHold
    } else if 3 * n >= 2 * total && h == 0 && f == 0 {
        Verdict::NoDifference
    } else if h > 0 {
        Verdict::Depends
    } else {
        Verdict::DoesNotHold
    }
}

/// The verdict where no cell has an observation.
fn unseen<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Option<Verdict> {
    let mut verdict = Verdict::NotRun;
    for finding in findings {
        match finding {
            Finding::NotRun { .. } => {}
            Finding::NotComparable { .. } => verdict = Verdict::NotComparable,
            _ => return None,
        }
    }
    Some(verdict)
}

fn single(finding: &Finding, expect: Relation) -> Verdict {
    match finding {
        Finding::Differs => Verdict::Differs,
        Finding::NotComparable { .. } => Verdict::NotComparable,
        Finding::NotRun { .. } => Verdict::NotRun,
        other => match bearing(other, expect) {
            Bearing::Holds => Verdict::Holds,
            Bearing::Refutes => Verdict::DoesNotHold,
            Bearing::NoDifference => Verdict::NoDifference,
            Bearing::Open => Verdict::Inconclusive,
        },
    }
}

/// Whether a finding is the witness that an existential claim needs.
pub(crate) fn is_witness(finding: &Finding, witness: Witness) -> bool {
    match (finding, witness) {
        (Finding::Shown(shown), Witness::NotBelow) => *shown != Relation::Below,
        (Finding::Shown(shown), Witness::NotAbove) => *shown != Relation::Above,
        _ => false,
    }
}

/// The verdict of an existential claim: one witness carries it, none refutes it.
pub(crate) fn exists(findings: &[&Finding], witness: Witness) -> Verdict {
    if findings.iter().any(|finding| is_witness(finding, witness)) {
        Verdict::Holds
    } else {
        unseen(findings.iter().copied()).unwrap_or(Verdict::Inconclusive)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BELOW: Finding = Finding::Shown(Relation::Below);
    const ABOVE: Finding = Finding::Shown(Relation::Above);
    const INSIDE: Finding = Finding::Shown(Relation::Inside);

    fn open() -> Finding {
        Finding::Inconclusive { more_pairs: None, why: String::new() }
    }

    fn not_run() -> Finding {
        Finding::NotRun { why: String::new() }
    }

    fn over(findings: &[Finding]) -> Verdict {
        ratio(&findings.iter().map(|finding| (finding, Relation::Below)).collect::<Vec<_>>())
    }

    #[test]
    fn a_claim_on_one_cell_has_its_verdict() {
        assert_eq!(over(&[BELOW]), Verdict::Holds);
        assert_eq!(over(&[ABOVE]), Verdict::DoesNotHold);
        assert_eq!(over(&[INSIDE]), Verdict::NoDifference);
        assert_eq!(over(&[Finding::Differs]), Verdict::Differs);
        assert_eq!(over(&[open()]), Verdict::Inconclusive);
        assert_eq!(over(&[not_run()]), Verdict::NotRun);
    }

    #[test]
    fn two_thirds_carry_a_claim_unless_a_cell_goes_the_wrong_way() {
        assert_eq!(over(&[BELOW, BELOW, INSIDE]), Verdict::Holds);
        assert_eq!(over(&[BELOW, BELOW, ABOVE]), Verdict::Depends);
        assert_eq!(over(&[BELOW, INSIDE, INSIDE]), Verdict::Depends);
        assert_eq!(over(&[INSIDE, INSIDE, ABOVE]), Verdict::DoesNotHold);
        assert_eq!(over(&[ABOVE, ABOVE, INSIDE]), Verdict::DoesNotHold);
        assert_eq!(over(&[INSIDE, INSIDE, INSIDE]), Verdict::NoDifference);
    }

    #[test]
    fn more_than_a_third_undecided_is_inconclusive() {
        assert_eq!(over(&[BELOW, BELOW, open()]), Verdict::Holds);
        assert_eq!(over(&[BELOW, open(), not_run()]), Verdict::Inconclusive);
        assert_eq!(over(&[BELOW, open()]), Verdict::Inconclusive);
    }

    #[test]
    fn absence_of_data_is_never_a_negative_verdict() {
        assert_eq!(over(&[not_run(), not_run()]), Verdict::NotRun);
        let missing = [not_run(), open(), not_run()];
        assert_eq!(over(&missing), Verdict::Inconclusive);
    }

    #[test]
    fn a_claim_of_no_difference_is_carried_by_cells_inside() {
        let inside = |finding| (finding, Relation::Inside);
        assert_eq!(ratio(&[&INSIDE, &INSIDE, &BELOW].map(inside)), Verdict::Depends);
        assert_eq!(ratio(&[&INSIDE, &INSIDE].map(inside)), Verdict::Holds);
    }

    #[test]
    fn each_cell_is_held_against_what_is_said_of_it() {
        let said = [(&BELOW, Relation::Below), (&INSIDE, Relation::Inside)];
        assert_eq!(ratio(&said), Verdict::Holds);
        let exchanged = [(&BELOW, Relation::Inside), (&INSIDE, Relation::Below)];
        assert_eq!(ratio(&exchanged), Verdict::DoesNotHold);
    }

    #[test]
    fn one_witness_carries_an_existential_claim_and_none_leaves_it_open() {
        let exists =
            |findings: &[Finding]| exists(&findings.iter().collect::<Vec<_>>(), Witness::NotBelow);
        assert_eq!(exists(&[BELOW, INSIDE]), Verdict::Holds);
        assert_eq!(exists(&[BELOW, ABOVE]), Verdict::Holds);
        assert_eq!(exists(&[BELOW, BELOW]), Verdict::Inconclusive);
        assert_eq!(exists(&[not_run(), not_run()]), Verdict::NotRun);
    }
}
