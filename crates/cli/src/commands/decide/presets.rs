//! `evenhand decide --presets`: what comes with the pack, and what each comes to.

use ::decide::{Terms, decide};
use model::decision::{Found, Preset};
use report::decision::{PresetOption, PresetRow, PresetsDocument};

use super::Ground;
use crate::arguments::decide::{DecideArguments, DecideFormat};
use crate::failure::{Exit, Failure, Kind};
use crate::{folders, output};

pub(super) fn list(arguments: &DecideArguments) -> Result<Exit, Failure> {
    let presets = of_pack(arguments)?;
    let ground = super::ground(arguments)?;
    let document = PresetsDocument {
        schema: 1,
        presets: presets.iter().map(|preset| row(preset, &ground)).collect(),
    };
    let text = match arguments.format {
        DecideFormat::Text => document.text(&output::style()),
        DecideFormat::Json => document.json().map_err(|error| Failure::new(Kind::Bug, &error))?,
        DecideFormat::Markdown | DecideFormat::Html => {
            return Err(Failure::usage("presets have no such form")
                .hint("leave --format away, or use --format json"));
        }
    };
    output::print_text(&text)?;
    Ok(Exit::Done)
}

/// The presets of the pack that is named.
pub(super) fn of_pack(arguments: &DecideArguments) -> Result<Vec<Preset>, Failure> {
    let folder = crate::commands::locate(&arguments.pack.pack, &folders::cache()?)?;
    Ok(pack::decision::presets(&folder)?)
}

/// What it comes to as it stands: without the store, the same everywhere.
fn row(preset: &Preset, ground: &Ground) -> PresetRow {
    let answer = decide(&preset.decision, &Found::default(), &Terms::default());
    let choice = answer.outcome.choice.map(|choice| answer.options[choice].name.clone());
    let options = answer.options.iter();
    PresetRow {
        id: preset.id.clone(),
        outcome: answer.outcome.kind.name(),
        choice_title: choice.as_deref().map(|choice| ground.title(choice)),
        choice,
        options: options
            .map(|option| PresetOption { name: option.name.clone(), safe: option.safe })
            .collect(),
        title: preset.title.clone(),
        reasoning: preset.reasoning.clone(),
    }
}
