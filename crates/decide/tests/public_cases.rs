//! What somebody decided, and what the model makes of what they wrote: no
//! parameter was set by these, and where the two differ the case says why.

use std::path::Path;

use decide::{Terms, decide};
use model::decision::Found;

#[test]
fn where_the_model_differs_from_what_was_done_the_case_says_why() {
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../comparisons/rust-vs-go");
    let scenarios = pack::decision::scenarios(&pack).unwrap_or_else(|faults| panic!("{faults}"));
    let mut told = String::new();
    for scenario in scenarios {
        let Some(happened) = &scenario.happened else { continue };
        let answer = decide(&scenario.decision, &Found::default(), &Terms::default());
        let choice = answer.outcome.choice.map(|choice| answer.options[choice].name.as_str());
        let agrees = choice == Some(happened.chose.as_str());
        assert_eq!(
            agrees,
            happened.differs.is_none(),
            "{}: the model says {choice:?}",
            scenario.id
        );
        assert!(happened.source.contains("https://"), "{}: {}", scenario.id, happened.source);
        told += &format!(
            "{}: they took {}, the model says {} {}{}\n",
            scenario.id,
            happened.chose,
            answer.outcome.kind.name(),
            choice.unwrap_or("nothing"),
            if agrees { "" } else { " (differs)" }
        );
    }
    insta::assert_snapshot!(told);
}
