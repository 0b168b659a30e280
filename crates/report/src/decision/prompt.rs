//! A preset's question, as it is asked in a terminal.

use model::decision::{Ask, AskKind};

use crate::layout::wrap;

/// Question `at` of `of`, and below it what may be answered; `there` is what
/// stands in the file until then. Lines of eighty columns at most.
#[must_use]
pub fn prompt(at: usize, of: usize, ask: &Ask, there: Option<&str>) -> String {
    let form = match ask.kind {
        AskKind::Text => String::new(),
        AskKind::Number => " a number;".to_owned(),
        AskKind::Range => " least likely most;".to_owned(),
        AskKind::Choice => format!(" {};", ask.choices.join(", ")),
        AskKind::YesNo => " yes or no;".to_owned(),
    };
    let none = if ask.none_removes.is_some() { " none;" } else { "" };
    let there = there.map(|there| format!(" [{there}]")).unwrap_or_default();
    let head = format!("{at} of {of}  ");
    let indent = format!("{:1$}", "", head.len());
    let hung = |text: &str| wrap(text, head.len(), head.len()).join(&format!("\n{indent}"));
    let (question, answers) = (hung(&ask.question), hung(&format!("{form}{none}{there}")));
    format!("\n{head}{question}\n{indent}{answers}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_question_hangs_under_its_number() {
        let ask = Ask {
            question:
                "How many weeks until the first version has to be in the hands of its users, \
                       counted from today?"
                    .to_owned(),
            set: "criteria.delivery.floor".to_owned(),
            kind: AskKind::Range,
            choices: Vec::new(),
            none_removes: Some("criteria.delivery".to_owned()),
        };
        let asked = "\n2 of 9  How many weeks until the first version has to be in the hands of its\n\
                     \x20       users, counted from today?\n\
                     \x20       least likely most; none; [14]\n";
        assert_eq!(prompt(2, 9, &ask, Some("14")), asked);
    }
}
