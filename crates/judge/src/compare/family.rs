//! What several metrics bear out together: of many looked at, some differ by
//! chance.
//!
//! Each cell brings its strongest evidence, beyond the margin or inside it, to
//! one family held by e-BH. That bounds the share of false verdicts, since of a
//! cell's two claims only one can be false, and that one has to pass the bound
//! by itself. *Differs* is a claim without a margin and has a family of its own.
//! Primary cells are judged among themselves, so that looking at more beside
//! them costs nothing, and so are the others. Of a single cell its interval
//! decides. Cells with a declared number of pairs or exact values have no
//! e-values and stand for themselves.

use model::{Cell, Pairs};
use stats::multiplicity::e_bh;
use stats::{EValues, Estimate, Q, Relation};

/// A cell as it stands by itself.
pub(super) struct Weighed<'a> {
    pub(super) cell: &'a Cell,
    pub(super) primary: bool,
    pub(super) estimate: Option<Estimate>,
    /// The evidence that there is any difference at all, whatever the margin.
    pub(super) any: EValues,
}

/// Of each cell, whether its relation is borne out among those of its kind.
pub(super) fn held(cells: &[Weighed<'_>]) -> Vec<bool> {
    let mut held = vec![true; cells.len()];
    for primary in [true, false] {
        let family: Vec<usize> = (0..cells.len())
            .filter(|&i| cells[i].primary == primary && cells[i].cell.pairs == Pairs::Sequential)
            .collect();
        if family.len() < 2 {
            continue;
        }
        let over = |evidence: fn(&Weighed<'_>) -> f64| {
            e_bh(&family.iter().map(|&i| evidence(&cells[i])).collect::<Vec<_>>(), Q)
        };
        let (by_margin, any) = (over(by_margin), over(|cell| cell.any.ln_beyond()));
        for (place, &i) in family.iter().enumerate() {
            held[i] = match cells[i].estimate.as_ref().map(|estimate| estimate.relation) {
                Some(Relation::Below | Relation::Above | Relation::Inside) => by_margin[place],
                Some(Relation::Differs) => any[place],
                Some(Relation::Inconclusive { .. } | Relation::Changed { .. }) | None => true,
            };
        }
    }
    held
}

fn by_margin(cell: &Weighed<'_>) -> f64 {
    let e = cell.estimate.as_ref().and_then(|e| e.e_values).unwrap_or(EValues::NOTHING);
    e.ln_beyond().max(e.ln_inside)
}
