//! `evenhand decide`: requirements and evidence to a recommendation.

mod evidence;
mod new;
mod presets;
pub(crate) mod record;
mod settled;

use std::path::{Path, PathBuf};

use ::decide::Terms;
use report::decision::{Changed, DecisionDocument};

use crate::arguments::decide::{DecideArguments, DecideFormat};
use crate::failure::{Exit, Failure, Kind};
use crate::{folders, output};

pub(crate) use settled::{Ground, Settled};

/// The file if none is named.
const FILE: &str = "decision.toml";

pub(crate) fn run(arguments: &DecideArguments) -> Result<Exit, Failure> {
    if arguments.presets {
        return presets::list(arguments);
    }
    let files = match arguments.files.as_slice() {
        [] => vec![PathBuf::from(FILE)],
        named => named.to_vec(),
    };
    // Before anything is weighed: a wrong ending is a slip of the hand.
    output::by_ending(&arguments.output, ENDINGS)?;
    if let Some(preset) = &arguments.new {
        return new::run(arguments, preset);
    }
    let ground = ground(arguments)?;
    match files.as_slice() {
        [before, after] => two(arguments, &ground, before, after),
        [file, ..] => one(arguments, &ground, file),
        [] => Ok(Exit::Done),
    }
}

fn ground(arguments: &DecideArguments) -> Result<Ground, Failure> {
    let store = folders::store(arguments.store.as_deref())?;
    Ground::new(store, &arguments.pack.pack, arguments.as_of)
}

/// Decides a file, and says it in every form that is wanted.
pub(super) fn one(
    arguments: &DecideArguments,
    ground: &Ground,
    file: &Path,
) -> Result<Exit, Failure> {
    let text = text_of(file)?;
    let settled = ground.settle(&file.display().to_string(), &text, &Terms::default())?;
    if !arguments.what_if.is_empty() {
        return what_if(arguments, ground, file, &text, &settled);
    }
    if let Some(folder) = &arguments.adr {
        record::write(&settled.document, file, folder)?;
    }
    tell(arguments, &settled.document, file)?;
    Ok(Exit::Done)
}

fn tell(
    arguments: &DecideArguments,
    document: &DecisionDocument,
    file: &Path,
) -> Result<(), Failure> {
    for (path, format) in output::by_ending(&arguments.output, ENDINGS)? {
        let text = match format {
            DecideFormat::Markdown => record::beside(document, file, &path)?,
            format => rendered(document, format, file, &report::Style::plain())?,
        };
        output::write_file(&path, &text)?;
    }
    let text = match &arguments.why {
        Some(option) => why(document, option)?,
        None => rendered(document, arguments.format, file, &output::style())?,
    };
    output::print_text(&text)
}

fn why(document: &DecisionDocument, option: &str) -> Result<String, Failure> {
    document.why(option, &output::style()).ok_or_else(|| {
        let names = document.option_names();
        Failure::usage(format!("no option \"{option}\" in this decision")).hint(pack::choices(
            option,
            "options",
            names.iter().copied(),
        ))
    })
}

fn what_if(
    arguments: &DecideArguments,
    ground: &Ground,
    file: &Path,
    text: &str,
    before: &Settled,
) -> Result<Exit, Failure> {
    if arguments.adr.is_some() {
        return Err(Failure::usage("what might be is not recorded")
            .hint("write it into the file, then record that"));
    }
    let mut changed = text.to_owned();
    for assignment in &arguments.what_if {
        changed = pack::decision::with(&changed, assignment)?;
    }
    let name = format!("{} with {}", file.display(), arguments.what_if.join(", "));
    let after = ground.settle(&name, &changed, &Terms::default())?;
    let other_form = arguments.format != DecideFormat::Text || !arguments.output.is_empty();
    if arguments.why.is_some() || other_form {
        tell(arguments, &after.document, file)?;
        return Ok(Exit::Done);
    }
    let file = file.display().to_string();
    compared((&file, &before.document), (&name, &after.document), (text, &changed))
}

fn two(
    arguments: &DecideArguments,
    ground: &Ground,
    before: &Path,
    after: &Path,
) -> Result<Exit, Failure> {
    let other_form = !matches!(arguments.format, DecideFormat::Text | DecideFormat::Json)
        || !arguments.output.is_empty();
    if other_form {
        return Err(Failure::usage("two files are compared as text or JSON on standard output")
            .hint("leave --output away, and --format but for json"));
    }
    if !arguments.what_if.is_empty() || arguments.adr.is_some() || arguments.why.is_some() {
        return Err(Failure::usage("two files are compared, and nothing else is done with them")
            .hint("name one file with --what-if, --why or --adr"));
    }
    let (one, other) = (before.display().to_string(), after.display().to_string());
    let texts = (text_of(before)?, text_of(after)?);
    let first = ground.settle(&one, &texts.0, &Terms::default())?;
    let second = ground.settle(&other, &texts.1, &Terms::default())?;
    if arguments.format == DecideFormat::Json {
        let both = [&first.document, &second.document].map(DecisionDocument::json);
        let [first, second] =
            both.map(|json| json.map_err(|error| Failure::new(Kind::Bug, &error)));
        output::print_text(&format!("[\n{},\n{}]\n", first?.trim_end(), second?))?;
        return Ok(Exit::Done);
    }
    compared((&one, &first.document), (&other, &second.document), (&texts.0, &texts.1))
}

fn compared(
    before: (&str, &DecisionDocument),
    after: (&str, &DecisionDocument),
    texts: (&str, &str),
) -> Result<Exit, Failure> {
    let keys = pack::decision::differences(texts.0, texts.1)
        .map_err(|error| Failure::new(Kind::Bug, &error))?;
    output::print_text(&Changed { before, after, keys: &keys }.text(&output::style()))?;
    Ok(Exit::Done)
}

/// A decision's text.
pub(crate) fn text_of(file: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(file).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Failure::usage(format!("there is no decision at {}", file.display()))
            .hint("`evenhand decide --new` begins one from a preset, `evenhand decide --presets` lists them"),
        _ => Failure::usage(format!("cannot read {}: {error}", file.display()))
            .hint("name a file in UTF-8 that can be read"),
    })
}

const ENDINGS: &output::Endings<DecideFormat> = &[
    (".html", DecideFormat::Html),
    (".json", DecideFormat::Json),
    (".md", DecideFormat::Markdown),
    (".txt", DecideFormat::Text),
];

fn rendered(
    document: &DecisionDocument,
    format: DecideFormat,
    file: &Path,
    style: &report::Style,
) -> Result<String, Failure> {
    match format {
        DecideFormat::Text => Ok(document.text(style)),
        DecideFormat::Markdown => Ok(document.adr(&file.display().to_string(), "RECORD.md")),
        DecideFormat::Json => document.json().map_err(|error| Failure::new(Kind::Bug, &error)),
        DecideFormat::Html => document.html().map_err(|error| Failure::new(Kind::Bug, &error)),
    }
}
