//! docs/contract-format.md: its examples read, and it leaves no key out.

use crate::draft::{Draft, draft};

const DOCUMENT: &str = include_str!("../../../../docs/contract-format.md");
const SHAPE: &str = include_str!("../../src/shape/contract.rs");
const SERVICE: &str = include_str!("../../src/shape/service.rs");

/// The example that begins with this line.
fn example(name: &str) -> &'static str {
    let head = format!("```toml\n# {name}\n");
    let (_, rest) = DOCUMENT.split_once(&head).expect("the document has the example");
    rest.split_once("```").expect("the fence is closed").0
}

fn with_what_it_names(text: &str) -> Draft {
    let draft = draft(text);
    draft.put("server/go.mod", "module agent\n");
    for program in ["before", "after"] {
        std::fs::copy(draft.path("tool"), draft.path(program)).expect("the draft is ours");
    }
    draft
}

#[test]
fn the_least_is_enough() {
    assert_eq!(with_what_it_names(example("least")).contract().sides.len(), 2);
}

#[test]
fn the_examples_together_are_a_contract() {
    let parts = [
        "head", "sides", "cases", "answers", "effects", "allow", "metrics", "running", "effort",
        "guards",
    ];
    let text: String = parts.map(example).concat()
        + "[[metric]]\nname = \"memory\"\n[[metric]]\nname = \"start-up\"\n"
        + "[[case]]\nname = \"nothing\"\nstdin = \"big.json\"\nuse = \"start-up\"\n";
    let contract = with_what_it_names(&text).contract();
    assert_eq!((contract.sides.len(), contract.guards.len()), (4, 3));
}

#[test]
fn the_examples_of_a_service_are_a_contract() {
    let parts = ["least", "service", "drives", "effort"];
    let text = parts.map(example).concat() + "[[metric]]\nname = \"wasted\"\nunit = \"items\"\n";
    let contract = with_what_it_names(&text).contract();
    assert_eq!((contract.cases.len(), contract.cells().len()), (8, 1));
}

#[test]
fn every_key_is_shown() {
    let contract = SHAPE.split("/// evenhand.lock:").next().expect("there is a first part");
    let lines = contract.lines().chain(SERVICE.lines());
    let fields = lines.filter_map(|line| line.trim().strip_prefix("pub(crate) "));
    // Those of a macro stand for others.
    let fields = fields.filter(|line| !line.contains('$'));
    let fields = fields.filter_map(|line| line.split_once(": ")).map(|(field, _)| field);
    let mut seen = 0;
    for field in fields {
        let key = match field {
            "used" => "use".to_owned(),
            other => other.replace('_', "-"),
        };
        let shown = [format!("{key} = "), format!("[{key}]"), format!(".{key}]")];
        assert!(shown.iter().any(|form| DOCUMENT.contains(form)), "{key} is not shown");
        seen += 1;
    }
    assert!(seen > 100, "{seen}");
}
