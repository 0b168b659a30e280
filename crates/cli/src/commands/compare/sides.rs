//! Sides from the command line: where each program comes from.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use model::contract::{Origin, Side};
use model::{Language, LanguageId, SideName};

use crate::arguments::bounds::Named;
use crate::arguments::compare::{CompareArguments, NAME_LANGUAGE, NAME_TWO, SourceArguments};
use crate::failure::Failure;

/// A side as it was given: a name, and where it is.
struct Given {
    name: SideName,
    text: String,
    language: Option<LanguageId>,
}

/// Every side that the command line names, in its order.
pub(super) fn sides(
    arguments: &CompareArguments,
    languages: &BTreeMap<LanguageId, Language>,
) -> Result<Vec<Side>, Failure> {
    let sources = &arguments.sources;
    let given = given(arguments)?;
    let mut sides = Vec::new();
    for one in &given {
        sides.push(side(one, sources, languages)?);
    }
    if !sources.toolchain.is_empty() {
        return under_toolchains(sides, &sources.toolchain);
    }
    if sides.len() < 2 {
        return Err(Failure::usage("a comparison takes two sides").hint(NAME_TWO));
    }
    require_used(sources, &sides)?;
    Ok(sides)
}

fn given(arguments: &CompareArguments) -> Result<Vec<Given>, Failure> {
    let sources = &arguments.sources;
    let mut given: Vec<Given> = Vec::new();
    for (name, folder) in sources.by_language() {
        let text = folder.to_string_lossy().into_owned();
        given.push(Given { name: slug(name)?, text, language: Some(language(name)?) });
    }
    let names = names(&arguments.sides);
    for (text, name) in arguments.sides.iter().zip(names) {
        given.push(Given { name: slug(&name)?, text: text.clone(), language: None });
    }
    for Named { name, value } in &sources.side {
        given.push(Given { name: slug(name)?, text: value.clone(), language: None });
    }
    for (index, one) in given.iter().enumerate() {
        if given[..index].iter().any(|other| other.name == one.name) {
            return Err(Failure::usage(format!("two sides are named {}", one.name))
                .hint("give one a name of its own: --side NAME=PROGRAM"));
        }
    }
    Ok(given)
}

/// What the programs are called, if that tells them apart; else letters.
fn names(texts: &[String]) -> Vec<String> {
    let name = |text: &String| {
        let first = text.split_whitespace().next().unwrap_or_default();
        let stem = Path::new(first).file_name().unwrap_or_default().to_string_lossy();
        let slug: String = stem
            .to_lowercase()
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
            .collect();
        slug.trim_matches('-').to_owned()
    };
    let names: Vec<String> = texts.iter().map(name).collect();
    let apart = names.iter().enumerate().all(|(i, n)| !n.is_empty() && !names[..i].contains(n));
    match apart {
        true => names,
        false => ('a'..='z').take(texts.len()).map(String::from).collect(),
    }
}

fn slug(name: &str) -> Result<SideName, Failure> {
    name.parse().map_err(|error: model::IdError| Failure::usage(error.to_string()))
}

fn language(name: &str) -> Result<LanguageId, Failure> {
    name.parse().map_err(|error: model::IdError| Failure::usage(error.to_string()))
}

fn side(
    given: &Given,
    sources: &SourceArguments,
    languages: &BTreeMap<LanguageId, Language>,
) -> Result<Side, Failure> {
    let name = given.name.clone();
    let plain = |origin| Side {
        env: BTreeMap::new(),
        name: name.clone(),
        origin,
        args: Vec::new(),
        toolchain: None,
    };
    let path = PathBuf::from(&given.text);
    if let Some(command) = SourceArguments::of(&sources.build, &name) {
        return Ok(plain(built(&name, &path, command, sources)?));
    }
    if given.language.is_some() || path.is_dir() {
        return Ok(plain(project(given, &path, sources, languages)?));
    }
    if sources.shell {
        let origin = Origin::Program { path: "/bin/sh".into() };
        return Ok(Side { args: vec!["-c".to_owned(), given.text.clone()], ..plain(origin) });
    }
    if path.exists() {
        return Ok(plain(Origin::Program { path: absolute(&path)? }));
    }
    let words = words("program", &given.text)?;
    let Some((program, args)) = words.split_first() else {
        return Err(Failure::usage(format!("{name}: there is no program in an empty text")));
    };
    let path = Path::new(program);
    let path = if path.exists() { absolute(path)? } else { path.to_owned() };
    Ok(Side { args: args.to_vec(), ..plain(Origin::Program { path }) })
}

fn built(
    name: &SideName,
    folder: &Path,
    command: &str,
    sources: &SourceArguments,
) -> Result<Origin, Failure> {
    let program = SourceArguments::of(&sources.program, name).ok_or_else(|| {
        Failure::usage(format!("{name}: it is not said what `{command}` leaves"))
            .hint(format!("--program {name}=PATH, relative to {}", folder.display()))
    })?;
    let folder = absolute(folder)?;
    let program = folder.join(program);
    Ok(Origin::Built { folder, command: words("--build", command)?, program })
}

fn project(
    given: &Given,
    folder: &Path,
    sources: &SourceArguments,
    languages: &BTreeMap<LanguageId, Language>,
) -> Result<Origin, Failure> {
    let name = &given.name;
    let folder = absolute(folder)?;
    let language = match &given.language {
        Some(language) => language.clone(),
        None => language_of(name, &folder, languages)?,
    };
    let features = SourceArguments::of(&sources.features, name).unwrap_or_default();
    Ok(Origin::Project {
        language,
        folder,
        package: SourceArguments::of(&sources.package, name).map(str::to_owned),
        binary: SourceArguments::of(&sources.bin, name).map(str::to_owned),
        features: features.split(',').filter(|f| !f.is_empty()).map(str::to_owned).collect(),
    })
}

/// The language whose manifest stands in a folder, or nearest above it.
fn language_of(
    name: &SideName,
    folder: &Path,
    languages: &BTreeMap<LanguageId, Language>,
) -> Result<LanguageId, Failure> {
    for place in folder.ancestors() {
        let found: Vec<&Language> =
            languages.values().filter(|l| place.join(&l.manifest).is_file()).collect();
        match found.as_slice() {
            [] => continue,
            [language] => return Ok(language.id.clone()),
            several => {
                let manifests: Vec<&str> = several.iter().map(|l| l.manifest.as_str()).collect();
                return Err(Failure::usage(format!(
                    "{name}: {} holds {}, so that its language cannot be told",
                    place.display(),
                    manifests.join(" and ")
                ))
                .hint(NAME_LANGUAGE));
            }
        }
    }
    let manifests: Vec<&str> = languages.values().map(|l| l.manifest.as_str()).collect();
    Err(Failure::usage(format!(
        "{name}: {} is a folder without {}",
        folder.display(),
        manifests.join(" or ")
    ))
    .hint(format!("name a program in it, or --build {name}=COMMAND with --program {name}=PATH")))
}

/// One project under several toolchains.
fn under_toolchains(sides: Vec<Side>, toolchains: &[String]) -> Result<Vec<Side>, Failure> {
    let [side] = sides.as_slice() else {
        return Err(Failure::usage("--toolchain compares one project under several toolchains")
            .hint(
                "name one folder; to build sides with toolchains of their own write a contract",
            ));
    };
    if side.origin.language().is_none() {
        return Err(Failure::usage(format!(
            "--toolchain: {} is not a folder with a project",
            side.name
        )));
    }
    if toolchains.len() < 2 {
        return Err(Failure::usage("--toolchain takes two versions or more")
            .hint("such as --toolchain previous,newest"));
    }
    let under = |toolchain: &String| {
        let name = slug(&format!("with-{}", toolchain.replace('.', "-")))?;
        Ok(Side { name, toolchain: Some(toolchain.clone()), ..side.clone() })
    };
    toolchains.iter().map(under).collect()
}

/// Nothing is said of a side that is not there.
fn require_used(sources: &SourceArguments, sides: &[Side]) -> Result<(), Failure> {
    let flags = [
        ("--build", &sources.build),
        ("--program", &sources.program),
        ("--package", &sources.package),
        ("--bin", &sources.bin),
        ("--features", &sources.features),
    ];
    for (flag, named) in flags {
        for one in named {
            if !sides.iter().any(|side| side.name.as_str() == one.name) {
                let known: Vec<&str> = sides.iter().map(|side| side.name.as_str()).collect();
                return Err(Failure::usage(format!(
                    "{flag} {}={}: no such side",
                    one.name, one.value
                ))
                .hint(format!("the sides are {}", known.join(" and "))));
            }
        }
    }
    Ok(())
}

/// A command line as words, with quotes as in a shell and nothing else of one.
pub(super) fn words(what: &str, text: &str) -> Result<Vec<String>, Failure> {
    shlex::split(text)
        .ok_or_else(|| Failure::usage(format!("{what}: `{text}` has a quote that is not closed")))
}

pub(super) fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    fs::canonicalize(path)
        .map_err(|error| Failure::usage(format!("cannot find {}: {error}", path.display())))
}

#[cfg(test)]
mod tests {
    use super::names;

    fn named(texts: &[&str]) -> Vec<String> {
        names(&texts.iter().map(ToString::to_string).collect::<Vec<_>>())
    }

    #[test]
    fn sides_are_called_as_their_programs_are_if_that_tells_them_apart() {
        assert_eq!(named(&["jq -c .", "/usr/bin/jaq -c ."]), ["jq", "jaq"]);
        assert_eq!(named(&["./old/agent", "./new/agent"]), ["a", "b"]);
        assert_eq!(named(&["./Agent_v2.bin", "..."]), ["a", "b"]);
        assert_eq!(named(&["./agent_v2.bin", "./x"]), ["agent-v2-bin", "x"]);
    }
}
