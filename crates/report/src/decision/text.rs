//! A decision on one screen: the answer, then what it stands on.

use super::document::DecisionDocument;
use super::words::Difference;
use crate::Style;
use crate::screen::Screen;

/// Reasons, turns and open questions that fit a screen.
const MOST: usize = 3;

impl DecisionDocument {
    /// For a terminal of eighty columns.
    pub fn text(&self, style: &Style) -> String {
        let mut screen = Screen::new(style);
        screen.faintly(&self.question);
        screen.line("");
        let tone = match self.outcome {
            "choose" | "by_constraint" | "either" => style.stands,
            "no_option" => style.falls,
            _ => style.partly,
        };
        for line in crate::layout::wrap(&self.summary, 2, 2) {
            screen.line(&format!("  {tone}{line}{tone:#}"));
        }
        screen.line("");
        screen.hanging("answer", &self.answer());
        some(&mut screen, "musts", &self.words.musts);
        self.for_and_against(&mut screen);
        some(&mut screen, "boundary", &self.words.boundaries);
        self.turns(&mut screen);
        some(&mut screen, "not known", &self.words.unknown);
        self.next_steps(&mut screen);
        screen.hanging("evidence", &self.words.evidence);
        screen.items("more", &self.more());
        screen.text
    }

    /// The word for it, which the sentences above only paraphrase.
    fn answer(&self) -> String {
        let nearly = self.options.iter().filter(|option| self.nearly.contains(&option.name));
        let nearly: Vec<&str> = nearly.map(|option| option.title.as_str()).collect();
        match nearly.as_slice() {
            [] => self.words.outcome.clone(),
            nearly => format!("{}; nearly as good: {}", self.words.outcome, nearly.join(", ")),
        }
    }

    fn for_and_against(&self, screen: &mut Screen<'_>) {
        let words = &self.words;
        match (self.outcome, &words.leader, &words.rival) {
            ("by_constraint" | "no_option", ..) => {}
            ("not_settled", Some(leader), Some(rival)) => {
                for (label, who, gains) in
                    [("apart", leader, &words.gains), ("", rival, &words.rival_gains)]
                {
                    let gains = differences(gains);
                    let few = gains.iter().take(MOST).cloned().collect::<Vec<_>>();
                    let said = if few.is_empty() { "nothing".to_owned() } else { few.join(", ") };
                    screen.hanging(label, &format!("for {who}: {said}"));
                }
            }
            _ => {
                some(screen, "for it", &differences(&words.gains));
                some(screen, "given up", &differences(&words.costs));
            }
        }
    }

    fn turns(&self, screen: &mut Screen<'_>) {
        let weighed = matches!(self.outcome, "choose" | "lean" | "either");
        let of = |kind: &str, most: usize| {
            let flips = self.flips.iter().filter(|flip| flip.kind == kind);
            flips.take(most).map(|flip| flip.words.clone()).collect::<Vec<_>>()
        };
        let (mut said, values, musts) = (of("weight", 2), of("evidence", 2), of("must", 2));
        if weighed && said.is_empty() {
            let nor = if values.is_empty() { ", nor any one value" } else { "" };
            said.push(format!("no plausible weight turns this{nor}"));
        }
        said.extend(values);
        said.extend(musts);
        some_of(screen, "turns if", &said, said.len());
    }

    /// Two measurements, and what no measurement tells if that would tell more.
    fn next_steps(&self, screen: &mut Screen<'_>) {
        if !matches!(self.outcome, "not_settled" | "lean") {
            return;
        }
        let mut label = "next";
        let measured = self.next.iter().filter(|next| !next.commands.is_empty()).take(2);
        let judged = self.next.iter().take(1).filter(|next| next.commands.is_empty());
        for next in judged.chain(measured) {
            let place = next.component.as_ref().map(|at| format!(" of {at}")).unwrap_or_default();
            let how = match next.commands.as_slice() {
                [] => "nothing measures it, so narrow your own range".to_owned(),
                commands => commands.join(", then "),
            };
            let share = format!("{:.0} % of what is open", next.saves * 100.0);
            screen.hanging(label, &format!("{}{place}, {share}: {how}", next.criterion));
            label = "";
        }
    }

    fn more(&self) -> Vec<String> {
        let named =
            self.choice.clone().or_else(|| self.options.first().map(|option| option.name.clone()));
        let why = format!("--why {}", quoted(&named.unwrap_or_default()));
        [&why, "--what-if KEY=VALUE", "--adr DIR", "--output FILE.html"].map(str::to_owned).to_vec()
    }
}

/// A name with spaces, as a shell takes it.
fn quoted(name: &str) -> String {
    if name.contains(' ') { format!("'{name}'") } else { name.to_owned() }
}

fn differences(all: &[Difference]) -> Vec<String> {
    all.iter().map(|difference| difference.words.clone()).collect()
}

fn some(screen: &mut Screen<'_>, label: &str, items: &[String]) {
    some_of(screen, label, items, MOST);
}

fn some_of(screen: &mut Screen<'_>, label: &str, items: &[String], most: usize) {
    for (at, item) in items.iter().take(most).enumerate() {
        screen.hanging(if at == 0 { label } else { "" }, item);
    }
    if items.len() > most {
        screen.hanging("", &format!("and {} more: --format markdown", items.len() - most));
    }
}
