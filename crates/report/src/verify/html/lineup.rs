//! Programs beside each other on the page: a table of what each costs, a plot of one cost against
//! another, and tables of two by two.

use model::{Metric, SideName};
use serde::Serialize;

use crate::chart::scatter::{self, Dot};
use crate::quantity::quantity;
use crate::verify::document::{ClaimRow, VerifyDocument};
use crate::verify::lineup::{LineupRow, ProgramRow};
use crate::verify::square::Square;
use crate::verify::words::metric_title;

#[derive(Serialize)]
pub(super) struct LineupView {
    title: String,
    turns: String,
    heads: Vec<String>,
    programs: Vec<ProgramView>,
    plots: Vec<PlotView>,
}

#[derive(Serialize)]
struct ProgramView {
    key: String,
    name: String,
    class: &'static str,
    cells: Vec<String>,
}

#[derive(Serialize)]
struct PlotView {
    title: String,
    svg: String,
}

#[derive(Serialize)]
pub(super) struct SquareView {
    title: String,
    heads: [String; 4],
    rows: [[String; 4]; 3],
}

/// What is paid for less memory, in the order of the plots.
const PAID: [Metric; 3] = [Metric::CpuPerRequest, Metric::ResponseP999, Metric::ResponseP99];

/// No more plots than fit beside each other in a reader's mind.
const MOST_PLOTS: usize = 2;

const MIB: f64 = 1024.0 * 1024.0;

/// A line needs as many programs of one side.
const FEWEST_OF_A_SIDE: usize = 3;

/// The line-ups that stand with a claim.
pub(super) fn lineups(document: &VerifyDocument, claim: &ClaimRow) -> Vec<LineupView> {
    let first = document.frame.sides.first().map(|(name, _)| name);
    document.lineups_of(claim).into_iter().map(|lineup| view(lineup, first)).collect()
}

pub(super) fn squares(claim: &ClaimRow) -> Vec<SquareView> {
    let view = |Square { title, heads, rows }| SquareView { title, heads, rows };
    claim.squares().into_iter().map(view).collect()
}

fn view(lineup: &LineupRow, first: Option<&SideName>) -> LineupView {
    let keyed = || ('a'..='z').map(String::from).zip(&lineup.programs);
    let class = |program: &ProgramRow| match first == Some(&program.of) {
        true => "first",
        false => "second",
    };
    let programs = keyed().map(|(key, program)| ProgramView {
        key,
        name: program.side.to_string(),
        class: class(program),
        cells: program.cells(&lineup.metrics),
    });
    let turns = lineup.programs.iter().map(|program| program.turns);
    let (fewest, most) = (turns.clone().min().unwrap_or(0), turns.max().unwrap_or(0));
    LineupView {
        title: lineup.title(),
        turns: if fewest == most { fewest.to_string() } else { format!("{fewest} to {most}") },
        heads: lineup.heads(),
        programs: programs.collect(),
        plots: plots(lineup, |program| class(program)),
    }
}

fn plots(lineup: &LineupRow, class: impl Fn(&ProgramRow) -> &'static str) -> Vec<PlotView> {
    let of = |side: &SideName| lineup.programs.iter().filter(|one| &one.of == side).count();
    if lineup.programs.iter().all(|one| of(&one.of) < FEWEST_OF_A_SIDE) {
        return Vec::new();
    }
    let across = Metric::MemoryUnderLoad;
    let plot = |up: Metric| {
        let keyed = ('a'..='z').map(String::from).zip(&lineup.programs);
        let dots: Vec<Dot> = keyed
            .filter_map(|(key, program)| {
                let (across, up) = (program.median(across)? / MIB, program.median(up)?);
                Some(Dot { key, class: class(program), across, up })
            })
            .collect();
        let title = format!("{} over {}", metric_title(up), metric_title(across));
        let label = |metric: Metric| move |value: f64| quantity(value, metric.unit());
        // In MiB, so that round numbers of them are marked.
        let mib = |value: f64| label(across)(value * MIB);
        let svg = scatter::svg(&dots, mib, label(up), &title);
        (dots.len() >= FEWEST_OF_A_SIDE).then_some(PlotView { title, svg })
    };
    PAID.into_iter().filter_map(plot).take(MOST_PLOTS).collect()
}
