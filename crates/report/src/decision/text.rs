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
        some(&mut screen, "musts", &self.words.musts);
        if self.outcome != "by_constraint" {
            some(&mut screen, "for it", &differences(&self.words.gains));
            some(&mut screen, "given up", &differences(&self.words.costs));
        }
        some(&mut screen, "boundary", &self.words.boundaries);
        self.turns(&mut screen);
        some(&mut screen, "not known", &self.words.unknown);
        self.next_steps(&mut screen);
        screen.hanging("evidence", &self.words.evidence);
        screen.hanging("more", &self.more());
        screen.text
    }

    fn turns(&self, screen: &mut Screen<'_>) {
        let weighed = matches!(self.outcome, "choose" | "lean" | "either");
        let of = |kind: &str, most: usize| {
            let flips = self.flips.iter().filter(|flip| flip.kind == kind);
            flips.take(most).map(|flip| flip.words.clone()).collect::<Vec<_>>()
        };
        let (mut said, values, musts) = (of("weight", 2), of("evidence", 2), of("must", 2));
        if weighed && said.is_empty() {
            said.push("no plausible weight turns this".to_owned());
        }
        said.extend(values);
        said.extend(musts);
        some_of(screen, "turns if", &said, said.len());
    }

    fn next_steps(&self, screen: &mut Screen<'_>) {
        let wanted = matches!(self.outcome, "not_settled" | "lean");
        let mut label = "next";
        for next in self.next.iter().filter(|_| wanted).take(2) {
            let place = next.component.as_ref().map(|at| format!(" of {at}")).unwrap_or_default();
            let saves = format!("{}{place} would tell {:.0} %", next.criterion, next.saves * 100.0);
            let how = match next.commands.as_slice() {
                [] => "nothing measures it: narrow your own range".to_owned(),
                commands => commands.join(", then "),
            };
            screen.hanging(label, &format!("{saves}: {how}"));
            label = "";
        }
    }

    fn more(&self) -> String {
        let named = self.choice.clone().or_else(|| self.options.first().map(|option| option.name.clone()));
        let named = shlex_quoted(&named.unwrap_or_default());
        format!("--why {named} · --what-if KEY=VALUE · --adr DIR · --output FILE.html")
    }
}

/// A name with spaces, as a shell takes it.
fn shlex_quoted(name: &str) -> String {
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
