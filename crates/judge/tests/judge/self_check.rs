//! Each side against itself, in the blocks of the pilot.

use model::{Metric, Relation};

use crate::given::{Given, around, replica, side};

fn given(noise: f64) -> Given {
    let mut given = Given::one(Metric::Cpu, Relation::Below).pairs(0, around(0.6, 8));
    let cell = given.cell(0);
    for block in 0..8 {
        let sign = if block % 2 == 0 { 1.0 } else { -1.0 };
        for name in ["rust", "go"] {
            let own = given.facts.trials.iter().find(|t| t.block == block && t.side == side(name));
            let value = own.unwrap().values[&Metric::Cpu] * (1.0 + sign * noise);
            given.facts.trials.push(replica(&cell, block, &side(name), value));
        }
    }
    given
}

#[test]
fn a_row_a_side_says_what_the_machine_can_tell_apart() {
    let rows = given(0.03).judged().self_check;
    let sides: Vec<&str> = rows.iter().map(|row| row.side.as_str()).collect();
    assert_eq!(sides, ["go", "rust"]);
    for row in &rows {
        assert_eq!((row.workload.as_str(), row.metric), ("search", Metric::Cpu));
        assert!((row.ratio - 1.0).abs() < 0.001, "{}", row.ratio);
        assert!(row.low.unwrap() < 0.98 && row.high.unwrap() > 1.02);
        assert!(row.tells_apart.unwrap() > 1.0);
    }
}

#[test]
fn a_noisier_machine_tells_less_apart() {
    let tells = |noise| given(noise).judged().self_check[0].tells_apart.unwrap();
    assert!(tells(0.10) > tells(0.01));
}

#[test]
fn replicas_do_not_touch_the_pairs() {
    let mut without = given(0.03);
    without.facts.trials.retain(|trial| trial.replica == 0);
    assert_eq!(without.row(), given(0.03).row());
    assert!(without.judged().self_check.is_empty());
}

#[test]
fn memory_and_builds_have_no_row() {
    for metric in [Metric::Memory, Metric::BuildClean, Metric::Size] {
        let pairs = around(0.5, 8).into_iter().map(|(rust, go)| (rust * 1e9, go * 1e9));
        let given = Given::one(metric, Relation::Below).pairs(0, pairs);
        assert!(given.judged().self_check.is_empty(), "{metric}");
    }
}
