//! Peak memory is the program's own, whoever goes first.

use model::{Activity, MemorySource, Metric, Relation};

use crate::place::{Place, becomes};

const MIB: f64 = 1024.0 * 1024.0;

fn sizes(left: u32, right: u32) -> Place {
    let allocate = |mib: u32| becomes(&format!("allocate {mib}"));
    let mut place = Place::of(&allocate(left), &allocate(right))
        .case(&[], &[Metric::Memory])
        .claim(Metric::Memory, Relation::Above, (1.25, 8.0 * MIB));
    place.most_pairs = Some(12);
    place
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The larger of two figures is at most 5 % above the smaller.
fn alike(one: f64, other: f64) -> bool {
    one.max(other) < one.min(other) * 1.05
}

#[test]
fn the_order_of_subjects_changes_no_figure() {
    let mut by_size = Vec::new();
    for (small, large) in [("left", "right"), ("right", "left")] {
        let place = if small == "left" { sizes(8, 64) } else { sizes(64, 8) };
        let seen = place.run();
        let read = |side: &str, first: bool| {
            let of_side = seen.of_side(side).filter(|trial| (trial.position == 0) == first);
            median(of_side.map(|trial| trial.values[&Metric::Memory]).collect())
        };
        for side in ["left", "right"] {
            let (first, second) = (read(side, true), read(side, false));
            assert!(alike(first, second), "{side}: {first} bytes first, {second} second");
        }
        by_size.push((read(small, true), read(large, true)));
    }
    let (small, large) = (by_size[0].0, by_size[0].1);
    assert!(alike(small, by_size[1].0) && alike(large, by_size[1].1), "{by_size:?}");
    assert!((8.0 * MIB..12.0 * MIB).contains(&small), "{small}");
    assert!((64.0 * MIB..68.0 * MIB).contains(&large), "{large}");
}

#[test]
fn figures_come_from_the_process_itself_at_its_end() {
    let seen = sizes(4, 64).run();
    assert!(seen.trials.iter().all(|trial| trial.series.activity == Activity::Memory));
    assert!(seen.trials.iter().all(|trial| trial.memory_source == Some(MemorySource::VmHwm)));
    assert!(seen.trials.iter().all(|trial| trial.replica == 0));
    assert_eq!(seen.estimate().relation, stats::Relation::Above);
}
