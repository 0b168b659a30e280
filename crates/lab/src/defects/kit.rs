//! What a tool needs beside the installed toolchain: fetched or built once a
//! run, and only when a tool asks for it.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::time::Duration;

use model::{CorpusTool, Kit};

use super::{Bench, Site};
use crate::toolchain::fill;

/// How long fetching or building one may take.
const DEADLINE: Duration = Duration::from_secs(900);

/// The kits that were asked for in this run.
#[derive(Debug, Default)]
pub(super) struct Kits {
    ready: HashMap<String, Result<(), String>>,
}

impl Kits {
    /// Makes ready what the tool needs; or why it cannot be had, with the way out.
    pub(super) fn require(
        &mut self,
        bench: &Bench<'_>,
        site: &Site,
        tool: &CorpusTool,
    ) -> Result<(), String> {
        let Some(name) = &tool.kit else { return Ok(()) };
        let Some(kit) = bench.corpus.form.kits.get(name) else { return Ok(()) };
        let made = || made(bench, site, kit).map_err(|why| format!("{why}; {}", kit.hint));
        self.ready.entry(name.clone()).or_insert_with(made).clone()
    }
}

fn made(bench: &Bench<'_>, site: &Site, kit: &Kit) -> Result<(), String> {
    let environment = environment(bench, site, kit);
    let run = |command: &Vec<String>| {
        let filled: Vec<String> =
            command.iter().map(|word| filled(bench, site, kit, word)).collect();
        let shown = filled.iter().take(4).cloned().collect::<Vec<_>>().join(" ");
        match bench.tools.run_for(&filled, &site.kits, &environment, DEADLINE) {
            Ok(outcome) if outcome.ended.is_success() => Ok(()),
            Ok(outcome) => {
                Err(format!("`{shown} …` ended with {}: {}", outcome.ended, outcome.last_lines(1)))
            }
            Err(error) => Err(format!("`{shown} …`: {error}")),
        }
    };
    if !kit.check.is_empty() {
        match run(&kit.check) {
            Ok(()) => return Ok(()),
            Err(why) if bench.settings.offline => return Err(why),
            Err(_) => {}
        }
    }
    kit.make.iter().try_for_each(run)
}

/// The variables of commands that use a kit.
pub(super) fn environment(bench: &Bench<'_>, site: &Site, kit: &Kit) -> BTreeMap<String, String> {
    let variables = kit.environment.iter();
    variables.map(|(name, value)| (name.clone(), filled(bench, site, kit, value))).collect()
}

fn filled(bench: &Bench<'_>, site: &Site, kit: &Kit, word: &str) -> String {
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let (kits, scaffold) = (text(&site.kits), text(&bench.corpus.form.scaffold));
    let cache = text(&bench.settings.cache);
    let words = [
        ("kits", kits.as_str()),
        ("scaffold", scaffold.as_str()),
        ("version", kit.version.as_str()),
        ("cache", cache.as_str()),
        ("arch", std::env::consts::ARCH),
    ];
    fill(word, &words)
}
