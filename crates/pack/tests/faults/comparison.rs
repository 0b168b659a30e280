//! comparison.toml, sources.toml and page.md.

use insta::assert_snapshot;

use crate::draft::draft;

#[test]
fn no_sides() {
    let spoilt = draft().replace("comparison.toml", "[[side]]\nname = \"ash\"\ntitle = \"Ash\"\nlanguage = \"script\"\n\n[[side]]\nname = \"oak\"\ntitle = \"Oak\"\nlanguage = \"script\"\n", "");
    let spoilt = spoilt.without("claims").without("workloads");
    spoilt.write("page.md", "");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn one_side_alone() {
    let spoilt = draft()
        .replace(
            "comparison.toml",
            "[[side]]\nname = \"oak\"\ntitle = \"Oak\"\nlanguage = \"script\"\n",
            "",
        )
        .without("claims")
        .without("workloads");
    spoilt.write("page.md", "");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_language_that_nobody_described() {
    assert_snapshot!(
        draft()
            .replace("comparison.toml", "language = \"script\"", "language = \"scrpt\"")
            .faults()
    );
}

#[test]
fn a_name_with_capitals_a_dimension_twice_and_a_date_with_a_time() {
    let spoilt = draft()
        .append(
            "comparison.toml",
            "\n[[side]]\nname = \"Elm\"\ntitle = \"Elm\"\nlanguage = \"script\"\n",
        )
        .append("comparison.toml", "\n[[dimension]]\nid = \"speed\"\ntitle = \"Again\"\n")
        .replace("comparison.toml", "2026-11-22", "2026-11-22T10:00:00")
        .replace("sources.toml", "2026-11-22", "10:00:00");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn claims_misplaced_on_the_page() {
    let spoilt = draft()
        .replace("page.md", "{{claim:habits/loud}}", "{{claim:habits/lout}}")
        .append("page.md", "{{claim:speed/services}} and {{claim:");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_pack_and_an_input_whose_names_are_paths() {
    let spoilt = draft()
        .replace("comparison.toml", "title", "name = \"../tiny\"\ntitle")
        .replace(crate::COUNT, "[input.poem]", "[input.\"poems/one\"]")
        .replace(crate::COUNT, "stdin = \"poem\"", "stdin = \"poems/one\"");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_class_named_twice() {
    let spoilt =
        draft().replace("comparison.toml", "[\"text tools\"]", "[\"text tools\", \"text tools\"]");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn licences_that_spdx_does_not_know_or_that_stand_there_twice() {
    let licences = "licences = [\"MIT\", \"Apache-2\", \"MIT OR ISC\", \"MIT\"]\ntext_date";
    assert_snapshot!(draft().replace("comparison.toml", "text_date", licences).faults());
}
