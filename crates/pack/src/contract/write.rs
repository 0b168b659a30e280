//! A contract as text: what [`super::read`] reads as the same contract again,
//! with what is usual left out and a sentence before each part.

mod service;

use std::path::Path;

use model::contract::{
    AnswerTerms, Case, CaseUse, EffectTerms, Effort, Guard, GuardLimit, Measure, Origin, OwnMetric,
    Pick, Running, Side, Stream,
};
use model::{AnswerRule, Contract, Margin, Metric, Profile, Scale};
use toml_edit::{Array, InlineTable, Value};

use super::measure::SCALES;
use super::place::relative;
use super::serve::giving;
use super::{MAX_AGE_DAYS, ONLY_CASE, default_measures, folder, written};

/// The text of an evenhand.toml that stands in the contract's folder. A path
/// that is not UTF-8 is written as near as can be, and is missing when it is
/// read.
pub fn write(contract: &Contract) -> String {
    let mut page = Page { text: String::new(), folder: &contract.folder };
    page.head(contract);
    page.say("The programs; every ratio is to the first.");
    for side in &contract.sides {
        page.side(side);
    }
    if let Some(service) = &contract.service {
        page.service(service);
    }
    page.cases(contract);
    page.answers(&contract.answers);
    page.effects(&contract.effects);
    page.measures(contract);
    if !contract.allow.is_empty() {
        page.say("What may differ, and why.");
    }
    for allowance in &contract.allow {
        page.table("[[allow]]");
        page.key("name", allowance.name.as_str());
        page.key("reason", allowance.reason.as_str());
    }
    page.running(&contract.running);
    page.effort(&contract.effort);
    if !contract.guards.is_empty() {
        page.say("What has to hold: `evenhand check` fails beyond the margin.");
    }
    for guard in &contract.guards {
        page.table("[[guard]]");
        let usual = contract.measure(guard.metric).map(|measure| measure.margin);
        for (key, value) in guard_keys(guard, usual) {
            page.key(key, value);
        }
    }
    page.text
}

/// A guard's keys and values, in order; the margin only if it is not the usual one.
pub(super) fn guard_keys(guard: &Guard, usual: Option<Margin>) -> Vec<(&'static str, Value)> {
    let mut keys: Vec<(&'static str, Value)> = vec![
        ("name", guard.name.as_str().into()),
        ("metric", guard.metric.name().into()),
        ("side", guard.side.as_str().into()),
    ];
    match &guard.limit {
        GuardLimit::Of { against, at_most } => {
            keys.push(("against", against.as_str().into()));
            keys.push(("at-most", (*at_most).into()));
        }
        GuardLimit::Value(value) => keys.push(("at-most", in_unit(guard.metric, *value))),
        GuardLimit::Recorded { against } => {
            keys.push(("against", against.as_str().into()));
            keys.push(("recorded", true.into()));
        }
    }
    if let Some(case) = &guard.case {
        keys.push(("case", case.as_str().into()));
    }
    keys.extend(margin_keys(guard.metric, guard.margin, usual));
    if guard.max_age_days != MAX_AGE_DAYS {
        keys.push(("max-age", written::age(guard.max_age_days).into()));
    }
    keys
}

/// As [`super::limit::margin`] reads it.
fn margin_keys(
    metric: Metric,
    margin: Margin,
    usual: Option<Margin>,
) -> Vec<(&'static str, Value)> {
    let mut keys: Vec<(&'static str, Value)> = Vec::new();
    let mut floor = usual.map(|usual| usual.floor);
    if usual.is_none_or(|usual| usual.factor != margin.factor) {
        let none = margin.factor == 1.0 && margin.floor == 0.0;
        keys.push(("margin", if none { 0.into() } else { written::percent(margin.factor).into() }));
        floor = if margin.factor == 1.0 { Some(0.0) } else { floor };
    }
    if floor != Some(margin.floor) {
        keys.push(("floor", in_unit(metric, margin.floor)));
    }
    keys
}

fn in_unit(metric: Metric, value: f64) -> Value {
    match metric.unit() {
        model::Unit::Count | model::Unit::PerSecond => value.into(),
        model::Unit::Seconds | model::Unit::Bytes => written::in_unit(metric, value).into(),
    }
}

fn list(words: &[String]) -> Value {
    words.iter().collect::<Array>().into()
}

struct Page<'a> {
    text: String,
    folder: &'a Path,
}

impl Page<'_> {
    fn say(&mut self, sentence: &str) {
        self.text.push_str(&format!("\n# {sentence}"));
        // A table begins with an empty line, but not below its sentence.
        self.text.push('\n');
    }

    fn table(&mut self, head: &str) {
        let said = self.text.lines().last().is_some_and(|line| line.starts_with('#'));
        let gap = if said { "" } else { "\n" };
        self.text.push_str(&format!("{gap}{head}\n"));
    }

    fn key(&mut self, key: &str, value: impl Into<Value>) {
        let mut value: Value = value.into();
        value.decor_mut().clear();
        self.text.push_str(&format!("{key} = {value}\n"));
    }

    fn list(&mut self, key: &str, words: &[String]) {
        if !words.is_empty() {
            self.key(key, list(words));
        }
    }

    fn variables<'v>(&mut self, key: &str, pairs: impl Iterator<Item = (&'v String, &'v String)>) {
        let table: InlineTable =
            pairs.map(|(name, value)| (name.as_str(), value.as_str())).collect();
        if !table.is_empty() {
            self.key(key, table);
        }
    }

    fn option(&mut self, key: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.key(key, value);
        }
    }

    fn path(&mut self, key: &str, path: &Path) {
        self.key(key, relative(path, self.folder).to_string_lossy().as_ref());
    }

    fn head(&mut self, contract: &Contract) {
        self.text.push_str(
            "# Programs that do the same job, and what has to hold between them:\n\
             # `evenhand compare` measures it, `evenhand check` looks at the guards.\n\
             # docs/contract-format.md shows every key.\n",
        );
        self.key("name", contract.name.as_str());
        if contract.profile != Profile::ReleasePractice {
            self.key("profile", contract.profile.name());
        }
        if contract.each_case {
            self.key("each-case", true);
        }
        if let Some((folder, _)) = folder_of(&contract.cases) {
            self.path("cases", &folder);
        }
    }

    fn side(&mut self, side: &Side) {
        self.table("[[side]]");
        self.key("name", side.name.as_str());
        match &side.origin {
            Origin::Project { language, folder, package, binary, features } => {
                self.path("project", folder);
                self.key("language", language.as_str());
                self.option("package", package.as_deref());
                self.option("binary", binary.as_deref());
                self.list("features", features);
            }
            Origin::Built { folder, command, program } => {
                if folder != self.folder {
                    self.path("folder", folder);
                }
                self.list("build", command);
                self.path("program", program);
            }
            Origin::Program { path } if path.is_absolute() => self.program(path),
            Origin::Program { path } => self.key("program", path.to_string_lossy().as_ref()),
        }
        self.option("toolchain", side.toolchain.as_deref());
        self.list("args", &side.args);
        self.variables("env", side.env.iter());
    }

    /// A file beside the contract would else be looked up on `PATH`.
    fn program(&mut self, path: &Path) {
        let path = relative(path, self.folder);
        let shown = path.to_string_lossy();
        let bare = !shown.contains('/');
        self.key("program", if bare { format!("./{shown}") } else { shown.into_owned() });
    }

    fn cases(&mut self, contract: &Contract) {
        let cases = match folder_of(&contract.cases) {
            Some((_, found)) => &contract.cases[..contract.cases.len() - found],
            None => &contract.cases,
        };
        if cases.is_empty() || is_only_case(&contract.cases) {
            return;
        }
        self.say("Ways of running them: answers are compared on all, and measured ones are timed.");
        for case in cases {
            self.table("[[case]]");
            self.key("name", case.id.as_str());
            self.list("args", &case.args);
            if let Some(stdin) = &case.stdin {
                self.path("stdin", stdin);
            }
            self.option("exit", case.exit.map(i64::from));
            if case.used != CaseUse::Measured {
                self.key("use", case.used.name());
            }
            if let Some(drive) = &case.drive {
                self.drive(drive);
            }
        }
    }

    fn answers(&mut self, answers: &AnswerTerms) {
        let usual = AnswerTerms::default();
        if *answers == usual {
            return;
        }
        self.say("What makes answers the same.");
        self.table("[answers]");
        if answers.rule != AnswerRule::Bytes {
            self.key("rule", answers.rule.name());
        }
        if let Some(tolerance) = &answers.tolerance {
            let mut table = InlineTable::new();
            table.insert("relative", tolerance.relative.into());
            table.insert("absolute", tolerance.absolute.into());
            self.key("tolerance", table);
        }
        if !answers.normalise.is_empty() {
            let tables = answers.normalise.iter().map(|normalise| {
                let mut table = InlineTable::new();
                table.insert("find", normalise.pattern.as_str().into());
                table.insert("replace", normalise.replacement.as_str().into());
                table
            });
            self.key("normalise", tables.collect::<Array>());
        }
        if answers.exit != usual.exit {
            self.key("exit", answers.exit);
        }
        if answers.closed_pipe != usual.closed_pipe {
            self.key("closed-pipe", answers.closed_pipe);
        }
        self.option("size-within", answers.size_within.map(written::percent));
        let files = answers.files.iter().map(|file| file.to_string_lossy().into_owned());
        self.list("files", &files.collect::<Vec<_>>());
        if let Some(decode) = &answers.cross_decode {
            let mut table = InlineTable::new();
            table.insert("args", list(&decode.args));
            table.insert("gives", decode.gives.name().into());
            self.key("cross-decode", table);
        }
    }

    fn effects(&mut self, effects: &EffectTerms) {
        let usual = EffectTerms::default();
        if *effects == usual {
            return;
        }
        self.say("What makes side effects the same.");
        self.table("[effects]");
        if effects.look != usual.look {
            self.key("look", effects.look);
        }
        if effects.factor != usual.factor {
            self.key("margin", written::percent(effects.factor));
        }
        if effects.bytes != usual.bytes {
            self.key("bytes", written::size(effects.bytes as f64));
        }
    }

    fn measures(&mut self, contract: &Contract) {
        if contract.measures == default_measures(&contract.sides, &contract.cases) {
            return;
        }
        if !contract.measures.is_empty() {
            self.say("What is measured, and from where on a difference matters.");
        }
        for measure in &contract.measures {
            let own = contract.own(measure.metric);
            let told = giving(&contract.cases, measure.metric).next().is_some();
            self.measure(measure, own, told);
        }
    }

    fn measure(&mut self, measure: &Measure, own: Option<&OwnMetric>, told: bool) {
        self.table("[[metric]]");
        self.key("name", measure.metric.name());
        if measure.primary {
            self.key("primary", true);
        }
        let usual = Some(Measure::of(measure.metric).margin);
        for (key, value) in margin_keys(measure.metric, measure.margin, usual) {
            self.key(key, value);
        }
        let Some(own) = own else { return };
        if own.stream != Stream::Stdout {
            self.key("from", own.stream.name());
        }
        match &own.pick {
            // The drive says it already.
            _ if told => {}
            Pick::Pattern(pattern) => self.key("pattern", pattern.as_str()),
            Pick::Json(path) => self.key("json", path.as_str()),
        }
        if !own.unit.is_empty() {
            self.key("unit", own.unit.as_str());
        }
        if own.better != model::contract::Better::Less {
            self.key("better", own.better.name());
        }
        let scale = SCALES.iter().find(|(_, scale)| *scale == own.scale);
        self.option("scale", scale.filter(|_| own.scale != Scale::Ratio).map(|(word, _)| *word));
    }

    fn running(&mut self, running: &Running) {
        let usual = Running::default();
        if *running == usual {
            return;
        }
        self.say("How every run is set up, the same for all.");
        self.table("[running]");
        if let Some(directory) = &running.directory {
            self.path("directory", directory);
        }
        self.variables("env", running.env.iter());
        self.list("prepare", &running.prepare);
        self.list("conclude", &running.conclude);
        self.option("cpu", running.processors);
        self.option("memory", running.memory.map(|bytes| written::size(bytes as f64)));
        if running.deadline_seconds != usual.deadline_seconds {
            self.key("deadline", written::time(running.deadline_seconds));
        }
        if running.realtime {
            self.key("realtime", true);
        }
        if !running.server_processors.is_empty() {
            self.key("server-processors", service::processors(&running.server_processors));
        }
        self.option("generator-processor", running.generator_processor.map(|it| it as i64));
    }

    fn effort(&mut self, effort: &Effort) {
        let usual = Effort::default();
        if *effort == usual {
            return;
        }
        self.say("When measuring ends.");
        self.table("[effort]");
        if effort.budget_seconds != usual.budget_seconds {
            self.key("budget", written::time(effort.budget_seconds));
        }
        if effort.most_pairs != usual.most_pairs {
            self.key("pairs", i64::from(effort.most_pairs));
        }
        if effort.build_pairs != usual.build_pairs {
            self.key("builds", i64::from(effort.build_pairs));
        }
    }
}

fn is_only_case(cases: &[Case]) -> bool {
    let [only] = cases else { return false };
    let Case { id, args, stdin, exit, used, drive } = only;
    id.as_str() == ONLY_CASE
        && args.is_empty()
        && stdin.is_none()
        && exit.is_none()
        && drive.is_none()
        && *used == CaseUse::Measured
}

/// The folder that the last cases are the whole of, and how many those are.
fn folder_of(cases: &[Case]) -> Option<(std::path::PathBuf, usize)> {
    let mut tried: Vec<&Path> = Vec::new();
    let fed = cases.iter().filter_map(|case| case.stdin.as_deref());
    for place in fed.flat_map(|stdin| stdin.ancestors().skip(1).take(2)) {
        if tried.contains(&place) {
            continue;
        }
        tried.push(place);
        let found = folder::cases(place, "");
        if found.faults.is_empty() && cases.ends_with(&found.cases) {
            return Some((place.to_owned(), found.cases.len()));
        }
    }
    None
}
