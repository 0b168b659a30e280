//! docs/pack-format.md: its examples are a pack, and it leaves no key out.

use std::fs;
use std::path::Path;

const DOCUMENT: &str = include_str!("../../../docs/pack-format.md");
const SHAPE: &[&str] = &[
    include_str!("../src/shape/claim.rs"),
    include_str!("../src/shape/comparison.rs"),
    include_str!("../src/shape/experiment.rs"),
    include_str!("../src/shape/language.rs"),
    include_str!("../src/shape/service.rs"),
    include_str!("../src/shape/workload.rs"),
];

/// The fenced examples in a language, such as `toml`.
fn examples(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    let after = DOCUMENT.split(&fence).skip(1);
    after.map(|text| text.split_once("```").expect("the fence is closed").0).collect()
}

fn put(folder: &Path, file: &str, text: &str) {
    let path = folder.join(file);
    fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("ours");
    fs::write(path, text).expect("the folder is ours");
}

#[test]
fn the_examples_are_a_pack() {
    let folder = tempfile::tempdir().unwrap();
    for text in examples("toml") {
        let file = text.lines().next().and_then(|line| line.strip_prefix("# ")).unwrap();
        put(folder.path(), file, text);
    }
    put(folder.path(), "page.md", examples("markdown")[0]);
    let count = "workloads/word-count";
    for (file, text) in [
        ("README.md", "# word count\n"),
        ("poem.txt", "one two\n"),
        ("rust/Cargo.toml", ""),
        ("rust/src/main.rs", "// words\n"),
        ("go/go.mod", ""),
        ("go/main.go", "// words\n"),
        ("go-pooled/go.mod", ""),
        ("go-pooled/main.go", "// words\n"),
    ] {
        put(folder.path(), &format!("{count}/{file}"), text);
    }
    for file in [
        "workloads/packages/README.md",
        "workloads/items/README.md",
        "workloads/items/schema.sql",
        "workloads/items/backend/go.mod",
        "workloads/items/rust/Cargo.toml",
        "workloads/items/go/go.mod",
        "generators/packages/rust/Cargo.toml.jinja",
        "generators/packages/go/go.mod",
        "probes/use-after-move/moved.rs",
        "probes/use-after-move/moved_fixed.rs",
        "probes/use-after-move/moved.go",
        "drills/failing-test/rust/Cargo.toml",
        "defects/ignored-error/bad.go",
        "defects/ignored-error/fixed.go",
    ] {
        put(folder.path(), file, "");
    }
    put(folder.path(), "languages/rust/sees/Cargo.toml", "");
    let languages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../languages");
    let comparison =
        pack::read(folder.path(), Some(&languages)).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(comparison.pack, "words");
    assert_eq!(comparison.claims.len(), 11);
    assert_eq!((comparison.probes.len(), comparison.drills.len()), (1, 1));
    assert_eq!(comparison.defects.len(), 1);
    assert_eq!(comparison.languages.len(), 2);
}

#[test]
fn every_key_is_on_the_page() {
    let fields = SHAPE
        .iter()
        .flat_map(|text| text.lines())
        .filter_map(|line| line.trim().strip_prefix("pub(crate) "))
        // Those of a macro stand for others.
        .filter(|line| !line.contains('$'));
    let keys: Vec<&str> = fields
        .filter_map(|field| field.split_once(": "))
        .map(|(key, _)| if key == "reference" { "ref" } else { key })
        .collect();
    assert!(keys.len() > 200, "the keys are found in shape/");
    let written = |key: &str| {
        DOCUMENT.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == key)
    };
    let missing: Vec<&str> = keys.into_iter().filter(|key| !written(key)).collect();
    assert!(missing.is_empty(), "docs/pack-format.md does not show {missing:?}");
}

#[test]
fn every_word_of_the_model_is_on_the_page() {
    let words = [
        model::Metric::ALL.iter().map(|word| word.name()).collect::<Vec<_>>(),
        model::Profile::ALL.iter().map(|word| word.name()).collect(),
        model::Tier::ALL.iter().map(|word| word.name()).collect(),
        model::Standing::ALL.iter().map(|word| word.name()).collect(),
        model::ClaimKind::ALL.iter().map(|word| word.name()).collect(),
        model::Witness::ALL.iter().map(|word| word.name()).collect(),
        model::FactExpectation::ALL.iter().map(|word| word.name()).collect(),
        model::AnswerRule::ALL.iter().map(|word| word.name()).collect(),
        model::Lint::ALL.iter().map(|word| word.name()).collect(),
        model::Gate::ALL.iter().map(|word| word.name()).collect(),
        model::CheckExpectation::ALL.iter().map(|word| word.name()).collect(),
        model::AtRun::ALL.iter().map(|word| word.name()).collect(),
        model::DefectVariant::ALL.iter().map(|word| word.name()).collect(),
        model::claim::ClassTest::ALL.iter().map(|word| word.name()).collect(),
        model::ToolForm::ALL.iter().map(|word| word.name()).collect(),
        model::StepExpectation::ALL.iter().map(|word| word.name()).collect(),
        model::service::Wire::ALL.iter().map(|word| word.name()).collect(),
        model::service::StopSignal::ALL.iter().map(|word| word.name()).collect(),
        model::service::Arrival::ALL.iter().map(|word| word.name()).collect(),
        model::service::Teller::ALL.iter().map(|word| word.name()).collect(),
        model::DiagnosticForm::ALL.iter().map(|word| word.name()).collect(),
    ];
    let missing: Vec<&str> =
        words.into_iter().flatten().filter(|word| !DOCUMENT.contains(word)).collect();
    assert!(missing.is_empty(), "docs/pack-format.md does not show {missing:?}");
}
