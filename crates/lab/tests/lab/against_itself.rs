//! A program against itself on this machine, as it is: few differences may be found.

use model::{Metric, Relation};

use crate::place::{Place, fake};

const COMPARISONS: u64 = 40;

#[test]
fn forty_comparisons_of_a_program_with_itself_show_at_most_seven_differences() {
    let mut place = Place::of_binary(&fake()).case(&["spin", "2"], &[Metric::Cpu]).claim(
        Metric::Cpu,
        Relation::Below,
        (1.0, 0.0),
    );
    place.most_pairs = Some(40);
    let mut differ = 0;
    let mut pairs = 0;
    for seed in 0..COMPARISONS {
        place.seed = seed;
        let estimate = place.run().estimate();
        pairs += estimate.pairs;
        let open = matches!(estimate.relation, stats::Relation::Inconclusive { .. });
        differ += u64::from(!open);
    }
    let most = stats::binomial::quantile(0.999, COMPARISONS, stats::ALPHA);
    println!("{differ} of {COMPARISONS} differ, at most {most} may; {pairs} pairs");
    assert!(differ <= most, "{differ} of {COMPARISONS} comparisons with itself differ");
}
