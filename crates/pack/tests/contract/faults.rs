//! Contracts that are wrong in one way each, and what is said about it.

use insta::assert_snapshot;

use crate::draft::{Draft, FULL, SMALL, draft};

fn small(more: &str) -> Draft {
    draft(SMALL).append(more)
}

#[test]
fn an_unknown_key_offers_the_nearest() {
    assert_snapshot!(small("[answers]\nruel = \"bytes\"\n").faults());
}

#[test]
fn a_folder_of_cases_below_a_case() {
    assert_snapshot!(small("[[case]]\nname = \"a\"\ncases = \"cases\"\n").faults());
}

#[test]
fn a_missing_file() {
    let missing = draft(SMALL);
    std::fs::remove_file(missing.path("evenhand.toml")).expect("it is ours");
    assert_snapshot!(missing.faults());
}

#[test]
fn a_file_that_is_not_utf8() {
    let spoilt = draft(SMALL);
    spoilt.put("evenhand.toml", b"name = \"\xff\"");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn no_sides_and_one_side() {
    assert_snapshot!(draft("name = \"agent\"\n").faults());
    assert_snapshot!(draft("[[side]]\nname = \"a\"\nprogram = \"jq\"\n").faults());
}

#[test]
fn names_that_are_none_offer_one() {
    let spoilt = draft(SMALL)
        .replace("\"agent\"", "\"My Agent\"")
        .replace("\"go\"", "\"Go!\"")
        .append("[[case]]\nname = \"___\"\n");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn sides_cases_metrics_guards_and_exceptions_declared_twice() {
    let twice = "\
[[case]]
name = \"a\"
[[case]]
name = \"a\"
[[metric]]
name = \"build-clean\"
[[metric]]
name = \"build_clean\"
[[allow]]
name = \"syncs\"
reason = \"x\"
[[allow]]
name = \"syncs\"
reason = \"y\"
[[guard]]
name = \"g\"
metric = \"build-clean\"
side = \"go\"
against = \"rust\"
at-most = 1
[[guard]]
name = \"g\"
metric = \"build-clean\"
side = \"go\"
against = \"rust\"
at-most = 1
";
    assert_snapshot!(small(twice).replace("name = \"rust\"", "name = \"go\"").faults());
}

#[test]
fn folders_and_files_that_are_not_there() {
    let spoilt = draft(SMALL)
        .replace("agent-go", "agent-goo")
        .replace("agent-rust", "note.txt")
        .append("[[case]]\nname = \"a\"\nstdin = \"~/big.json\"\n")
        .append("[[case]]\nname = \"b\"\nstdin = \"cases\"\n")
        .append("[running]\ndirectory = \"\"\n");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_folder_without_manifest() {
    assert_snapshot!(draft(SMALL).replace("agent-go", "made").faults());
}

#[test]
fn a_package_instead_of_its_project() {
    let spoilt = draft(SMALL).replace("agent-go", "agent-go/cmd/agent");
    spoilt.put("agent-go/cmd/agent/main.go", "package main\n");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_folder_with_two_manifests() {
    let spoilt = draft(SMALL);
    spoilt.put("agent-go/Cargo.toml", "");
    assert_snapshot!(spoilt.faults());
    let side = spoilt.replace("\"agent-go\"", "\"agent-go\"\nlanguage = \"go\"").contract();
    assert_eq!(side.sides[0].origin.language().map(|id| id.as_str()), Some("go"));
}

#[test]
fn languages_that_are_unknown_or_not_there() {
    let spoilt = draft(SMALL)
        .replace("\"agent-go\"", "\"agent-go\"\nlanguage = \"golang\"")
        .replace("\"agent-rust\"", "\"agent-rust\"\nlanguage = \"go\"");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn toolchains_that_nobody_named() {
    let spoilt = draft(SMALL)
        .replace("\"agent-go\"", "\"agent-go\"\ntoolchain = \"newst\"")
        .replace("\"agent-rust\"", "\"agent-rust\"\ntoolchain = \"v1.90\"");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn sides_that_say_nothing_or_too_much() {
    let sides = "\
[[side]]
name = \"nothing\"

[[side]]
name = \"both\"
project = \"agent-go\"
program = \"jq\"

[[side]]
name = \"leaves-nothing\"
build = [\"make\"]

[[side]]
name = \"empty\"
command = []

[[side]]
name = \"stray\"
program = \"jq\"
package = \"./cmd\"
features = [\"tls\"]
toolchain = \"newest\"
folder = \"made\"
";
    assert_snapshot!(draft(sides).faults());
}

#[test]
fn programs_that_cannot_be_run() {
    let sides = "\
[[side]]
name = \"folder\"
program = \"./made\"

[[side]]
name = \"text\"
command = [\"./note.txt\", \"-c\"]

[[side]]
name = \"gone\"
program = \"out/tool\"

[[side]]
name = \"made\"
build = [\"make\"]
program = \"made\"
";
    assert_snapshot!(draft(sides).faults());
}

#[test]
fn cases_that_cannot_be() {
    let cases = "\
[[case]]
name = \"syncs\"
exit = 256

[[case]]
name = \"b\"
use = \"mesured\"
args = [\"a\\u0000b\"]
";
    assert_snapshot!(small(cases).faults());
}

#[test]
fn expressions_that_do_not_compile_point_at_the_place() {
    let more = "\
[answers]
normalise = [
    { find = 'took (\\d+ms', replace = \"T\" },
    { find = \"\\\\d+[\", replace = \"T\" },
    { find = 'a*', replace = \"T\" },
    { find = 'x{1000}{1000}{100}', replace = \"T\" },
]
[[metric]]
name = \"rows\"
pattern = 'rows: \\d+'
";
    assert_snapshot!(small(more).faults());
}

#[test]
fn groups_that_are_not_there() {
    let more = "\
[answers]
normalise = [
    { find = 'took (\\d+)ms', replace = \"$2 $$3 ${1} $1x\" },
    { find = '(?P<n>\\d)', replace = \"$n ${m}\" },
]
";
    assert_snapshot!(small(more).faults());
}

#[test]
fn answers_that_cannot_be_compared() {
    let more = "\
[answers]
rule = \"sorted\"
tolerance = { relative = -1, absolute = nan }
size-within = 2
files = [\"/tmp/x\", \"../y\", \"\", \"ok\", \"ok\"]
[effects]
margin = \"-3 %\"
bytes = \"1 s\"
";
    assert_snapshot!(small(more).faults());
}

#[test]
fn decoding_to_an_input_that_is_not_fed() {
    let more = "\
[answers]
cross-decode = { args = [\"-d\"], gives = \"input\" }
[[case]]
name = \"fed\"
stdin = \"big.json\"
[[case]]
name = \"unfed\"
[[case]]
name = \"hungry\"
";
    assert_snapshot!(small(more).faults());
}

#[test]
fn exceptions_that_name_nothing_or_say_nothing() {
    let more = "\
[[allow]]
name = \"sync\"
reason = \"x\"
[[allow]]
name = \"connections\"
reason = \"  \"
";
    assert_snapshot!(small(more).faults());
}

#[test]
fn metrics_that_are_unknown_or_read_in_no_way() {
    let more = "\
[[metric]]
name = \"memry\"
[[metric]]
name = \"Rows per second\"
json = \"rows\"
[[metric]]
name = \"rows\"
json = \"stats..rows[x]\"
pattern = '(\\d+)'
[[metric]]
name = \"lines\"
json = \"stats..rows\"
[[metric]]
name = \"own:items\"
json = \"items\"
[[metric]]
name = \"wall\"
pattern = '(\\d+)'
better = \"more\"
";
    assert_snapshot!(small(more).faults());
}

#[test]
fn words_of_a_metric_that_are_in_no_list() {
    let more = "\
[[metric]]
name = \"rows\"
json = \"rows\"
from = \"stdrr\"
better = \"bigger\"
scale = \"ratios\"
";
    assert_snapshot!(small(more).faults());
}

#[test]
fn margins_and_floors_that_cannot_be() {
    let more = "\
[[metric]]
name = \"cpu\"
margin = 0.02
floor = \"1 MiB\"
[[metric]]
name = \"memory\"
margin = \"2 ms\"
floor = 5
[[metric]]
name = \"wall\"
margin = 0
floor = \"-1 ms\"
";
    assert_snapshot!(small(more).faults());
}

#[test]
fn a_fourth_primary_metric() {
    let of = |name: &str| format!("[[metric]]\nname = \"{name}\"\nprimary = true\n");
    let more: String = ["cpu", "wall", "memory", "faults"].map(of).concat();
    assert_snapshot!(small(&more).faults());
}

#[test]
fn metrics_that_these_sides_and_cases_cannot_have() {
    let more = "\
[[side]]
name = \"there\"
program = \"jq\"
[[case]]
name = \"a\"
use = \"compared\"
[[metric]]
name = \"start-up\"
[[metric]]
name = \"cpu\"
[[metric]]
name = \"dependencies\"
[[metric]]
name = \"build-incremental\"
";
    assert_snapshot!(small(more).faults());
}

#[test]
fn instructions_across_languages() {
    assert_snapshot!(small("[[metric]]\nname = \"instructions\"\n").faults());
    let of_one = small("[[metric]]\nname = \"instructions\"\n").replace("agent-rust", "agent-go");
    assert_eq!(of_one.contract().measures.len(), 1);
}

/// A guard on the small contract, with these keys beside its name.
fn guard(keys: &str) -> String {
    small(&format!("[[guard]]\nname = \"g\"\n{keys}")).faults()
}

#[test]
fn guards_on_what_is_not_there() {
    assert_snapshot!(guard(
        "metric = \"memry\"\nside = \"rusty\"\nagainst = \"gone\"\nat-most = 1\n"
    ));
    assert_snapshot!(guard(
        "metric = \"build-clean\"\nside = \"rust\"\nagainst = \"go\"\nat-most = 1\n"
    ));
}

#[test]
fn guards_without_a_limit_or_with_two() {
    assert_snapshot!(guard("metric = \"cpu\"\nside = \"rust\"\n"));
    assert_snapshot!(guard(
        "metric = \"cpu\"\nside = \"rust\"\nagainst = \"go\"\nat-most = 1\nrecorded = true\n"
    ));
    assert_snapshot!(guard("metric = \"cpu\"\nside = \"rust\"\nrecorded = true\n"));
}

#[test]
fn limits_that_cannot_be() {
    let of = |metric: &str, limit: &str| {
        guard(&format!("metric = \"{metric}\"\nside = \"rust\"\n{limit}\n"))
    };
    assert_snapshot!(of("cpu", "at-most = \"10 ms\""));
    assert_snapshot!(of("cpu", "against = \"go\"\nat-most = 0"));
    assert_snapshot!(of("cpu", "against = \"go\"\nat-most = \"80 %\""));
    assert_snapshot!(of("memory", "at-most = 0.8"));
    assert_snapshot!(of("memory", "at-most = \"-1 MiB\""));
    assert_snapshot!(of("cpu", "against = \"rust\"\nat-most = 1\nmax-age = 14"));
}

#[test]
fn sides_that_are_not_compared_with_each_other() {
    let more = "\
[[side]]
name = \"third\"
program = \"jq\"
[[guard]]
name = \"g\"
metric = \"cpu\"
side = \"rust\"
against = \"third\"
at-most = 1
";
    assert_snapshot!(small(more).faults());
}

#[test]
fn guards_on_cases_that_are_not_measured_so() {
    let cases = "\
[[case]]
name = \"a\"
[[case]]
name = \"b\"
[[case]]
name = \"c\"
use = \"compared\"
";
    let guard = |metric: &str, more: &str| {
        let limit = "side = \"rust\"\nagainst = \"go\"\nat-most = 1\n";
        format!("{cases}[[guard]]\nname = \"g\"\nmetric = \"{metric}\"\n{limit}{more}")
    };
    assert_snapshot!(small(&guard("cpu", "case = \"a\"\n")).faults());
    assert_snapshot!(small(&guard("cpu", "case = \"c\"\n")).faults());
    assert_snapshot!(small(&guard("size", "case = \"a\"\n")).faults());
    let one_by_one = small(&guard("cpu", "")).replace("name = \"agent\"", "each-case = true");
    assert_snapshot!(one_by_one.faults());
}

#[test]
fn running_that_cannot_be() {
    let more = "\
[running]
env = { \"A=B\" = \"x\", C = \"a\\u0000\" }
prepare = [\"\"]
cpu = \"0m\"
memory = \"0 B\"
deadline = 60
[effort]
budget = \"0 s\"
pairs = 0
builds = 0
";
    assert_snapshot!(small(more).faults());
}

#[test]
fn faults_are_told_in_the_order_of_the_file() {
    let spoilt = draft(FULL)
        .replace("profile = \"static\"", "profile = \"statc\"")
        .replace("use = \"start-up\"", "use = \"start\"")
        .replace("at-most = 0.8", "at-most = -1");
    assert_snapshot!(spoilt.faults());
}
