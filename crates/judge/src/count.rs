//! A claim on how many items get through on each side.

use std::collections::BTreeMap;

use model::{ItemId, Relation, SideName, Standing, Verdict};

use crate::all::untried;
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

/// Items tried on both sides, in the order of the pack, with whether they got
/// through there: on the side on top, and below.
type Items<'r> = Vec<(&'r ItemId, bool, bool)>;

/// The verdict and its reason.
pub(crate) fn verdict(counted: &Counted, rows: &[Tried], standing: Standing) -> (Verdict, String) {
    let items = match items(counted, rows) {
        Ok(items) if items.is_empty() => {
            return (Verdict::NotRun, "no item is tried on both sides".to_owned());
        }
        Ok(items) => items,
        Err(open) => return (Verdict::NotRun, untried(open)),
    };
    let finding = Finding::Shown(relation(counted, &items));
    let verdict = match (rule::ratio(&[(&finding, counted.expect)]), standing) {
        (Verdict::Holds, Standing::ByDesign) => Verdict::ByDesign,
        (verdict, _) => verdict,
    };
    (verdict, reason(counted, &items))
}

/// An item of several rows on a side gets through if all of them do.
fn items<'r, 'a>(counted: &Counted, rows: &'r [Tried<'a>]) -> Result<Items<'r>, &'r Tried<'a>> {
    let mut found: BTreeMap<&ItemId, [Vec<&Tried>; 2]> = BTreeMap::new();
    let mut order: Vec<&ItemId> = Vec::new();
    for tried in rows {
        let Some(place) =
            [counted.numerator, counted.denominator].iter().position(|s| **s == tried.row.side)
        else {
            continue;
        };
        if !found.contains_key(&tried.row.item) {
            order.push(&tried.row.item);
        }
        found.entry(&tried.row.item).or_default()[place].push(tried);
    }
    found.retain(|_, sides| sides.iter().all(|side| !side.is_empty()));
    let mut items = Items::new();
    for id in order {
        let Some(sides) = found.get(id) else { continue };
        if let Some(open) = rows
            .iter()
            .find(|tried| &tried.row.item == id && tried.works.is_none() && is_of(counted, tried))
        {
            return Err(open);
        }
        let through = |side: &Vec<&Tried>| side.iter().all(|tried| tried.works == Some(true));
        items.push((id, through(&sides[0]), through(&sides[1])));
    }
    Ok(items)
}

fn is_of(counted: &Counted, tried: &Tried) -> bool {
    [counted.numerator, counted.denominator].contains(&&tried.row.side)
}

fn tally(items: &Items) -> (usize, usize) {
    let top = items.iter().filter(|(_, top, _)| *top).count();
    (top, items.iter().filter(|(.., below)| *below).count())
}

fn relation(counted: &Counted, items: &Items) -> Relation {
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

fn reason(counted: &Counted, items: &Items) -> String {
    let (top, below) = tally(items);
    let total = items.len();
    let (numerator, denominator) = (counted.numerator, counted.denominator);
    let mut told = format!("{numerator} {top}, {denominator} {below} of {total}");
    let sides: [(&SideName, fn(bool, bool) -> bool); 2] =
        [(numerator, |top, below| top && !below), (denominator, |top, below| below && !top)];
    let mut mark = ':';
    for (side, wanted) in sides {
        let only: Vec<&str> = items
            .iter()
            .filter(|(_, top, below)| wanted(*top, *below))
            .map(|(id, ..)| id.as_str())
            .collect();
        if !only.is_empty() {
            told.push_str(&format!("{mark} only {side}: {}", names(&only)));
            mark = ';';
        }
    }
    told
}

fn names(only: &[&str]) -> String {
    let shown = only.iter().take(MOST_NAMES).copied().collect::<Vec<_>>().join(", ");
    match only.len().saturating_sub(MOST_NAMES) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
