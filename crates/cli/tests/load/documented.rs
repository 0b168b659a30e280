//! The commands of docs/load.md are run as they stand there, against a server
//! of this test and for a moment only.

use crate::{Scene, Server};

/// Lines of blocks that begin with `evenhand load`.
fn commands() -> Vec<&'static str> {
    let mut block = false;
    let mut found = Vec::new();
    for line in include_str!("../../../../docs/load.md").lines() {
        if line.starts_with("```") {
            block = !block;
        } else if block && line.trim_start_matches("$ ").starts_with("evenhand load ") {
            found.push(line.trim_start_matches("$ "));
        }
    }
    found
}

#[test]
fn documented_commands_run() {
    let commands = commands();
    assert!(commands.len() >= 5, "{commands:?}");
    let server = Server::hello();
    let scene = Scene::new();
    scene.write("item.json", "{}").write("headers.txt", "accept: */*").write("home.html", "hello");
    for line in commands {
        let here = line
            .replace("127.0.0.1:8080", &format!("127.0.0.1:{}", server.port))
            .replace("\"$(pidof shop)\"", &server.pid());
        let mut words = shlex::split(&here).unwrap();
        words.remove(0);
        // What a document takes minutes for is shown in a moment.
        if let Some(at) = words.iter().position(|word| word == "--for") {
            words.drain(at..at + 2);
        }
        words.extend(["--for", "300ms", "--warm-up", "100ms"].map(str::to_owned));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let ran = scene.run(&words);
        let told = format!("{line}\n{}{}", ran.stdout, ran.stderr);
        match (line.contains("redis://"), ran.code) {
            // No server of RESP is here: that is found, and said.
            (true, code) => assert!(code == 3 && ran.stdout.contains("nothing measured"), "{told}"),
            (false, 0) => {}
            // On a busy machine the generator may be late, and says so.
            (false, code) => assert!(code == 3 && ran.stdout.contains("INVALID"), "{told}"),
        }
    }
}
