//! A claim on how many items get through on each side.

use model::{ItemId, Relation, SideName, Standing, Verdict};

use crate::all::{refuted, untried};
use crate::attempt::Tried;
use crate::judgement::Finding;
use crate::rule;

/// Names told of each side before the rest is counted.
const MOST_NAMES: usize = 6;

/// What a claim says of the two counts.
pub(crate) struct Counted<'a> {
    pub(crate) numerator: &'a SideName,
    pub(crate) denominator: &'a SideName,
    pub(crate) expect: Relation,
    /// The least difference that counts as one.
    pub(crate) by: u32,
}

/// An item tried on both sides, and whether it got through there.
struct Both<'r> {
    item: &'r ItemId,
    top: bool,
    below: bool,
}

/// The verdict and its reason.
pub(crate) fn verdict(counted: &Counted, rows: &[Tried], standing: Standing) -> (Verdict, String) {
    let items = match items(counted, rows) {
        Ok(items) if items.is_empty() => {
            return (Verdict::NotRun, "no item is tried on both sides".to_owned());
        }
        Ok(items) => items,
        Err(open) => return (Verdict::NotRun, untried(open)),
    };
    // What was stopped for another reason than the one named, or did not stop,
    // may not be counted as either.
    let wrong: Vec<&Tried> = rows.iter().filter(|row| row.row.as_said == Some(false)).collect();
    if let Some(first) = wrong.first() {
        return (Verdict::DoesNotHold, refuted(first, wrong.len(), rows));
    }
    let finding = Finding::Shown(relation(counted, &items));
    let verdict = match (rule::ratio(&[(&finding, counted.expect)]), standing) {
        (Verdict::Holds, Standing::ByDesign) => Verdict::ByDesign,
        (verdict, _) => verdict,
    };
    (verdict, reason(counted, &items))
}

/// The items in the order of the pack, or the first row that says nothing of one.
fn items<'r, 'a>(counted: &Counted, rows: &'r [Tried<'a>]) -> Result<Vec<Both<'r>>, &'r Tried<'a>> {
    let mut items: Vec<Both> = Vec::new();
    for item in rows.iter().map(|tried| &tried.row.item) {
        if items.iter().any(|known| known.item == item) {
            continue;
        }
        let of_item = rows.iter().filter(|tried| &tried.row.item == item);
        let top = of_item.clone().filter(|tried| &tried.row.side == counted.numerator);
        let below = of_item.filter(|tried| &tried.row.side == counted.denominator);
        if top.clone().next().is_none() || below.clone().next().is_none() {
            continue;
        }
        if let Some(open) = top.clone().chain(below.clone()).find(|tried| tried.works.is_none()) {
            return Err(open);
        }
        // An item that stands in several experiments has to get through in all.
        let works = |tried: &Tried| tried.works == Some(true);
        let (top, below) = (top.clone().all(works), below.clone().all(works));
        items.push(Both { item, top, below });
    }
    Ok(items)
}

fn tally(items: &[Both]) -> (usize, usize) {
    let top = items.iter().filter(|both| both.top).count();
    (top, items.iter().filter(|both| both.below).count())
}

fn relation(counted: &Counted, items: &[Both]) -> Relation {
    let (top, below) = tally(items);
    let by = counted.by.max(1) as usize;
    if top >= below + by {
        Relation::Above
    } else if below >= top + by {
        Relation::Below
    } else {
        Relation::Inside
    }
}

fn reason(counted: &Counted, items: &[Both]) -> String {
    let (top, below) = tally(items);
    let (numerator, denominator) = (counted.numerator, counted.denominator);
    let counts = format!("{numerator} {top}, {denominator} {below} of {}", items.len());
    let only_top = items.iter().filter(|both| both.top && !both.below);
    let only_below = items.iter().filter(|both| both.below && !both.top);
    let only: Vec<String> = [
        only(numerator, only_top.map(|both| both.item)),
        only(denominator, only_below.map(|both| both.item)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if only.is_empty() { counts } else { format!("{counts}: {}", only.join("; ")) }
}

fn only<'r>(side: &SideName, items: impl Iterator<Item = &'r ItemId>) -> Option<String> {
    let names: Vec<&str> = items.map(ItemId::as_str).collect();
    let shown = names.iter().take(MOST_NAMES).copied().collect::<Vec<_>>().join(", ");
    match names.len() {
        0 => None,
        few if few <= MOST_NAMES => Some(format!("only {side}: {shown}")),
        many => Some(format!("only {side}: {shown} and {} more", many - MOST_NAMES)),
    }
}
