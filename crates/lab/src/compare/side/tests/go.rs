use super::{Ground, part};
use crate::compare::side::make_ready;

/// A module with a library and a command, whose program is in a folder of its own.
fn module() -> Ground {
    let ground = Ground::new();
    ground.write(&[
        ("m/go.mod", "module example.org/m\n\ngo 1.24\n"),
        ("m/word/word.go", "package word\n\nconst Word = \"plain\"\n"),
        (
            "m/cmd/say/main.go",
            "package main\n\nimport (\n\t\"fmt\"\n\n\t\"example.org/m/word\"\n)\n\nfunc main() { fmt.Println(word.Word, tag) }\n",
        ),
        ("m/cmd/say/without.go", "//go:build !loud\n\npackage main\n\nconst tag = \"quiet\"\n"),
        ("m/cmd/say/with.go", "//go:build loud\n\npackage main\n\nconst tag = \"loud\"\n"),
    ]);
    ground
}

#[test]
fn a_command_of_a_module_is_named_by_its_folder() {
    let ground = module();
    let module = ground.project("go", "m");
    for folder in ["./cmd/say", "cmd/say"] {
        let side = part(module.clone(), Some(folder), None, &[]);
        assert_eq!(ground.says(&side), "plain quiet");
    }
    assert_eq!(ground.says(&ground.project("go", "m/cmd/say")), "plain quiet", "stood in");
}

#[test]
fn build_tags_are_features() {
    let ground = module();
    let side = part(ground.project("go", "m"), Some("./cmd/say"), None, &["loud"]);
    assert_eq!(ground.says(&side), "plain loud");
}

#[test]
fn the_program_is_called_after_its_folder_and_told_of() {
    let ground = module();
    let cache = ground.cache();
    let side = part(ground.project("go", "m"), Some("./cmd/say"), None, &[]);
    let ready = make_ready(&side, &ground.contract, &ground.means(&cache)).unwrap();
    assert_eq!(ready.program.file_name().unwrap(), "say");
    assert!(ready.seen.toolchain.as_ref().unwrap().starts_with("go 1."), "{:?}", ready.seen);
    assert_eq!(ready.seen.stripped, Some(false));
}

#[test]
fn a_module_that_needs_a_newer_toolchain_says_so() {
    let ground = module();
    ground.write(&[("m/go.mod", "module example.org/m\n\ngo 1.999\n")]);
    let told = ground.refuses(&ground.project("go", "m/cmd/say")).to_string();
    assert!(told.starts_with("mine: `go ") && told.contains("1.999"), "{told}");
}

#[test]
fn a_module_elsewhere_on_the_disk_belongs_to_the_program() {
    let ground = module();
    ground.write(&[
        ("m/go.mod", "module example.org/m\n\ngo 1.24\n\nrequire example.org/n v0.0.0\n\nreplace example.org/n => ../n\n"),
        ("n/go.mod", "module example.org/n\n\ngo 1.24\n"),
        ("n/n.go", "package n\n\nconst Word = \"first\"\n"),
        ("m/word/word.go", "package word\n\nimport \"example.org/n\"\n\nconst Word = n.Word\n"),
    ]);
    let side = ground.project("go", "m/cmd/say");
    assert_eq!(ground.says(&side), "first quiet");
    ground.write(&[("n/n.go", "package n\n\nconst Word = \"second\"\n")]);
    assert_eq!(ground.says(&side), "second quiet");
}

#[test]
fn modules_joined_by_a_workspace_are_built_as_their_user_builds_them() {
    let ground = module();
    ground.write(&[
        ("go.work", "go 1.24\n\nuse (\n\t./m\n\t./n\n)\n"),
        ("n/go.mod", "module example.org/n\n\ngo 1.24\n"),
        ("n/n.go", "package n\n\nconst Word = \"joined\"\n"),
        ("m/word/word.go", "package word\n\nimport \"example.org/n\"\n\nconst Word = n.Word\n"),
    ]);
    assert_eq!(ground.says(&ground.project("go", "m/cmd/say")), "joined quiet");
}
