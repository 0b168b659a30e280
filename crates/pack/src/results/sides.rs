//! Names of sides: of commands, of benchmarks, of files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use model::SideName;

use crate::contract::slug;

/// A longer name would not fit beside its numbers.
const LONGEST: usize = 40;

/// After the programs, where each command has another; else after all of each command.
pub(super) fn of_commands(commands: &[&str]) -> Vec<SideName> {
    let programs = commands.iter().map(|command| {
        let program = command.split_whitespace().next().unwrap_or_default();
        Path::new(program).file_name().unwrap_or_default().to_string_lossy().into_owned()
    });
    let programs: Vec<String> = programs.collect();
    match all_differ(&programs) {
        true => distinct(&programs),
        false => of_names(commands),
    }
}

pub(super) fn of_names(names: &[&str]) -> Vec<SideName> {
    distinct(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
}

/// After the files; after their folders, where the files are called alike.
pub(super) fn of_files(files: &[&Path]) -> Vec<SideName> {
    let name = |path: Option<PathBuf>| {
        path.as_deref().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned()
    };
    let stems = files.iter().map(|path| match path.is_dir() {
        true => name(Some(path.to_path_buf())),
        false => path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
    });
    let stems: Vec<String> = stems.collect();
    let folders: Vec<String> =
        files.iter().map(|path| name(path.parent().map(Path::to_path_buf))).collect();
    match !all_differ(&stems) && all_differ(&folders) {
        true => distinct(&folders),
        false => distinct(&stems),
    }
}

fn all_differ(texts: &[String]) -> bool {
    let slugs: BTreeSet<Option<String>> = texts.iter().map(|text| slug(text)).collect();
    slugs.len() == texts.len() && !slugs.contains(&None)
}

/// A name a text; a number is added to what is taken.
fn distinct(texts: &[String]) -> Vec<SideName> {
    let mut taken: Vec<SideName> = Vec::new();
    for text in texts {
        let short = short(text);
        let numbered = (2..).map(|n| format!("{short}-{n}"));
        let free = std::iter::once(short.clone()).chain(numbered);
        let names = free.filter_map(|name| name.parse::<SideName>().ok());
        taken.extend(names.into_iter().find(|name| !taken.contains(name)));
    }
    taken
}

pub(super) fn short(text: &str) -> String {
    let slug = slug(text).unwrap_or_else(|| "side".to_owned());
    let cut: String = slug.chars().take(LONGEST).collect();
    cut.trim_end_matches('-').to_owned()
}
