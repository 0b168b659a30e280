//! Writes the page of a hand-made judgement, to be looked at in a browser:
//! `cargo run -p report --example sample-page FOLDER`.

#[path = "../tests/sample/mod.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod sample;

use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args_os().nth(1).map_or_else(std::env::temp_dir, PathBuf::from);
    let document = sample::document();
    std::fs::write(folder.join("sample.html"), document.html()?)?;
    std::fs::write(folder.join("list.html"), sample::list().html()?)?;
    std::fs::write(folder.join("sample.md"), document.markdown())?;
    std::fs::write(folder.join("sample.json"), document.json()?)?;
    std::fs::write(
        folder.join("sample.txt"),
        document.text(&report::Style::plain(), Some("sample.html")),
    )?;
    Ok(())
}
