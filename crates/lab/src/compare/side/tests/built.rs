use model::contract::Origin;

use super::{Ground, SideError, side};
use crate::compare::side::make_ready;

fn built(ground: &Ground, script: &str) -> model::contract::Side {
    ground.write(&[("made/source", "#!/bin/sh\necho made\n")]);
    ground.script("made/make.sh", &format!("#!/bin/sh\nset -e\n{script}\n"));
    side(Origin::Built {
        folder: ground.path("made"),
        command: vec!["./make.sh".to_owned(), "out".to_owned()],
        program: ground.path("made/out"),
    })
}

#[test]
fn a_command_of_the_users_builds_in_its_folder_and_environment() {
    let ground = Ground::new();
    let script = "[ -n \"$PATH\" ] && [ \"$HOME\" = \"${HOME#/nowhere}\" ]\ncp source \"$1\"\nchmod +x \"$1\"";
    let side = built(&ground, script);
    assert_eq!(ground.says(&side), "made");
    let cache = ground.cache();
    let ready = make_ready(&side, &ground.contract, &ground.means(&cache)).unwrap();
    assert_eq!((&ready.seen.toolchain, ready.seen.stripped), (&None, None));
    assert!(ready.build_place(ground.contract.profile, &cache).is_none());
}

#[test]
fn a_command_that_fails_says_its_last_lines() {
    let ground = Ground::new();
    let told = ground.refuses(&built(&ground, "echo no rule >&2\nexit 2")).to_string();
    assert_eq!(told, "mine: `./make.sh out` ended with exit code 2:\nno rule");
}

#[test]
fn a_command_that_leaves_nothing_or_nothing_to_start_is_told() {
    let ground = Ground::new();
    let told = ground.refuses(&built(&ground, "true")).to_string();
    assert!(told.starts_with("mine: `./make.sh out` left no program at "), "{told}");
    let refused = ground.refuses(&built(&ground, "echo text >\"$1\""));
    assert!(matches!(refused, SideError::NotExecutable { .. }), "{refused}");
}

#[test]
fn a_command_that_is_not_there_is_told() {
    let ground = Ground::new();
    let mut side = built(&ground, "true");
    if let Origin::Built { command, .. } = &mut side.origin {
        *command = vec!["no-such-tool".to_owned()];
    }
    let told = ground.refuses(&side).to_string();
    assert!(
        told.starts_with("mine: `no-such-tool` could not be run: program no-such-tool not found"),
        "{told}"
    );
}

#[test]
fn a_file_is_started_as_it_is_and_a_bare_name_is_looked_up() {
    let ground = Ground::new();
    let path = ground.script("there", "#!/bin/sh\necho there $1\n");
    let mut there = side(Origin::Program { path: path.clone() });
    there.args = vec!["now".to_owned()];
    assert_eq!(ground.says(&there), "there now");
    let mut named = side(Origin::Program { path: "sh".into() });
    named.args = ["-c", "echo found"].map(str::to_owned).to_vec();
    assert_eq!(ground.says(&named), "found");
}

#[test]
fn what_is_not_there_is_told_with_the_way_out() {
    let ground = Ground::new();
    let program = |path: &str| side(Origin::Program { path: path.into() });
    assert_eq!(
        ground.refuses(&program("no-such-tool")).to_string(),
        "mine: there is no program `no-such-tool` on PATH; install it, or give the path of a file"
    );
    let told = ground.refuses(&program("/no/such/tool")).to_string();
    assert!(told.ends_with("build it first, or correct the path"), "{told}");
    ground.write(&[("text", "words")]);
    let refused = ground.refuses(&side(Origin::Program { path: ground.path("text") }));
    assert!(matches!(refused, SideError::NotExecutable { .. }), "{refused}");
    let refused = ground.refuses(&side(Origin::Program { path: ground.path("") }));
    assert!(matches!(refused, SideError::NotExecutable { .. }), "{refused}");
}
