//! All that was weighed of one option, with the numbers that the plain words
//! leave out.

use super::document::DecisionDocument;
use crate::Style;
use crate::layout::columns;
use crate::screen::Screen;

impl DecisionDocument {
    /// More of the option of that name, or of that title; none if there is no such.
    pub fn why(&self, name: &str, style: &Style) -> Option<String> {
        let named = |title: &str| title.eq_ignore_ascii_case(name);
        let at =
            self.options.iter().position(|option| named(&option.name) || named(&option.title))?;
        let option = &self.options[at];
        let mut screen = Screen::new(style);
        let strong = style.strong;
        screen.line(&format!("{strong}{}{strong:#}", option.title));
        screen.hanging("stands", &self.standing_words(at));
        for met in &option.musts {
            let requires = self.musts.iter().find(|must| must.must == met.must);
            let requires = requires.map_or("", |must| must.requires.as_str());
            let share = format!("{:.0} %", met.probability * 100.0);
            let source = self.musts.iter().find(|must| must.must == met.must);
            let source =
                source.and_then(|must| must.source.clone()).map(|source| format!("; {source}"));
            let met = format!("{requires}: met in {share} of the draws ({})", met.standing);
            screen.hanging("must", &format!("{met}{}", source.unwrap_or_default()));
        }
        if option.worth.is_some() {
            self.criteria_table(&mut screen, at);
        }
        for boundary in &option.boundaries {
            let there = if boundary.there_anyway { ", there in one language too" } else { "" };
            screen.hanging(
                "boundary",
                &format!("{} to {} over {}{there}", boundary.from, boundary.to, boundary.over),
            );
        }
        screen.hanging("model", &format!(
            "{} draws with seed {}; nearly as good is within {} of the best of a draw; weights are \
             Dirichlet around the points, concentration {}; docs/decide.md",
            self.draws, self.seed, self.delta, self.concentration
        ));
        screen.hanging(
            "regret",
            &format!(
                "choosing now loses {:.3} on average, of 1, against knowing everything",
                self.regret
            ),
        );
        Some(screen.text)
    }

    /// Names that [`Self::why`] takes.
    pub fn option_names(&self) -> Vec<&str> {
        self.options.iter().map(|option| option.name.as_str()).collect()
    }

    fn standing_words(&self, at: usize) -> String {
        let option = &self.options[at];
        let Some(worth) = option.worth else {
            return "ruled out by what must hold; nothing else was asked".to_owned();
        };
        let interval = match (option.low, option.high) {
            (Some(low), Some(high)) => format!(" ({low:.2} to {high:.2})"),
            _ => String::new(),
        };
        let unproven =
            if option.standing == "unproven" { "; not every must is proven" } else { "" };
        format!(
            "nearly as good as the best in {:.0} % of the draws; worth {worth:.2}{interval} of 1{unproven}",
            option.safe * 100.0
        )
    }

    fn criteria_table(&self, screen: &mut Screen<'_>, at: usize) {
        let option = &self.options[at];
        let widest =
            self.criteria.iter().map(|row| columns(row.criterion.as_str())).max().unwrap_or(0);
        screen.line("");
        screen.line(&format!(
            "  {:<widest$}  points  floor to goal        worth   adds  value",
            "criterion"
        ));
        for (index, row) in self.criteria.iter().enumerate() {
            let of = &option.criteria[index];
            let ends = format!("{} to {}", row.floor, row.goal);
            let line = format!(
                "  {:<widest$}  {:>6}  {ends:<19} {:>6.2} {:>6.3}",
                row.criterion.as_str(),
                row.points,
                of.worth,
                of.contributes
            );
            let value = &self.words.values[index][at];
            if columns(&line) + 2 + columns(value) <= crate::layout::WIDTH {
                screen.line(&format!("{line}  {value}"));
            } else {
                screen.line(&line);
                screen.indented(value, 6);
            }
        }
        screen.line("");
    }
}
