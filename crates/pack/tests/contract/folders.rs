//! Folders of cases: what is passed over, and what cannot be a case.

use insta::assert_snapshot;

use crate::draft::{Draft, SMALL, draft};

fn with_folder(files: &[(&str, &[u8])]) -> Draft {
    let draft = draft(&format!("cases = \"jobs\"\n{SMALL}"));
    std::fs::create_dir_all(draft.path("jobs")).expect("the draft is ours");
    for (file, content) in files {
        draft.put(&format!("jobs/{file}"), content);
    }
    draft
}

#[test]
fn a_case_is_named_by_what_stands_before_the_first_dot() {
    let draft = with_folder(&[("b.tar.gz", b"x"), ("a", b""), (".hidden", b""), ("README", b"")]);
    let contract = draft.contract();
    let ids: Vec<&str> = contract.cases.iter().map(|case| case.id.as_str()).collect();
    assert_eq!(ids, ["a", "b"]);
}

#[test]
fn an_empty_line_of_args_is_an_empty_argument() {
    let draft = with_folder(&[("a/args", b"--x\r\n\r\nlast"), ("a/other", b"passed over")]);
    assert_eq!(draft.contract().cases[0].args, ["--x", "", "last"]);
}

#[test]
fn an_empty_folder() {
    assert_snapshot!(with_folder(&[]).faults());
}

#[test]
fn two_files_with_one_name() {
    assert_snapshot!(with_folder(&[("a.json", b""), ("a.txt", b"")]).faults());
}

#[test]
fn names_that_are_none() {
    assert_snapshot!(
        with_folder(&[("Big File.json", b""), ("-", b""), ("syncs.txt", b"")]).faults()
    );
}

#[test]
fn folders_that_are_no_cases() {
    let draft = with_folder(&[
        ("a/stdin", b""),
        ("b/args", b"\xff"),
        ("c/args", b"a\0b"),
        ("d/args", b""),
        ("d/exit", b"300"),
        ("e/args", b""),
        ("e/stdin.json", b""),
    ]);
    assert_snapshot!(draft.faults());
}

#[test]
fn a_case_declared_and_in_the_folder() {
    let draft = with_folder(&[("a.json", b"")]).append("[[case]]\nname = \"a\"\n");
    assert_snapshot!(draft.faults());
}

#[test]
fn a_folder_alone_is_read_or_told() {
    let draft = with_folder(&[]);
    let told = pack::contract::cases(&draft.path("nowhere")).expect_err("it is not there");
    assert_eq!(told.0.len(), 1);
    assert!(told.0[0].message.starts_with("cannot read the folder of cases"), "{told}");
}
