//! Shape: what does not fit the form of its file.

use insta::assert_snapshot;

use crate::draft::draft;
use crate::{COUNT, HABITS, HELLO, SPEED};

#[test]
fn an_unknown_key_offers_the_nearest() {
    assert_snapshot!(draft().replace(COUNT, "deadline_seconds", "deadline_second").faults());
}

#[test]
fn a_missing_key_is_named() {
    assert_snapshot!(draft().replace(HELLO, "id = \"greet\"\n", "").faults());
}

#[test]
fn a_word_where_a_number_belongs() {
    assert_snapshot!(draft().replace(COUNT, "rows = 1000", "rows = \"many\"").faults());
}

#[test]
fn a_string_that_is_not_closed() {
    assert_snapshot!(draft().replace(COUNT, "\"counting lines\"", "\"counting lines").faults());
}

#[test]
fn a_key_given_twice() {
    assert_snapshot!(draft().replace(HELLO, "title", "title = \"hi\"\ntitle").faults());
}

#[test]
fn a_list_where_a_name_belongs() {
    assert_snapshot!(draft().replace(SPEED, "expect = \"below\"", "expect = [\"below\"]").faults());
}

#[test]
fn faults_of_form_are_told_once_a_file_and_before_all_others() {
    let spoilt = draft()
        .replace(HELLO, "title", "titel")
        .replace(HELLO, "about", "abaut")
        .replace(SPEED, "standing", "stand")
        .replace(HABITS, "fact = \"shebang\"", "fact = \"shebag\"");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn missing_files_are_named() {
    assert_snapshot!(draft().without(HELLO).without("page.md").faults());
}

#[test]
fn a_folder_that_is_no_pack() {
    assert_snapshot!(draft().without("comparison.toml").faults());
}
