//! `evenhand decide --new`: a preset made one's own by at most ten questions.
//!
//! Each answer is kept at once, in a file beside the one to be written: whoever
//! stops, or is stopped, goes on with the same command.

use std::fs;
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};

use model::decision::{Answer, Ask, Preset};
use pack::decision::{answered, begun_from, parse, parsed_answer, value_at};
use report::decision::prompt;
use serde_json::{Value, json};

use super::presets;
use crate::arguments::decide::DecideArguments;
use crate::failure::{Exit, Failure};
use crate::output;

pub(super) fn run(arguments: &DecideArguments, preset: &str) -> Result<Exit, Failure> {
    let file = match arguments.files.as_slice() {
        [] => PathBuf::from(super::FILE),
        [file] => file.clone(),
        _ => return Err(Failure::usage("--new writes one file").hint("name one FILE")),
    };
    if file.exists() {
        return Err(Failure::usage(format!("{} is there already", file.display())).hint(format!(
            "evenhand decide {0} decides it; name another file to begin one",
            file.display()
        )));
    }
    let presets = presets::of_pack(arguments)?;
    let mut asking = Asking::begin(&presets, preset, &file)?;
    let text = asking.ask()?;
    output::write_file(&file, &text)?;
    asking.forget();
    output::tell(&format!(
        "\nwrote {}; it is yours to change, and every number says why it is there\n\n",
        file.display()
    ));
    super::one(arguments, &super::ground(arguments)?, &file)
}

/// A preset and what was answered so far.
struct Asking<'a> {
    preset: &'a Preset,
    kept: PathBuf,
    /// As typed, one a question.
    typed: Vec<String>,
}

/// What somebody typed at a question.
enum Typed {
    Line(String),
    Back,
    End,
}

impl<'a> Asking<'a> {
    /// Goes on with what was kept, or begins.
    fn begin(presets: &'a [Preset], named: &str, file: &Path) -> Result<Self, Failure> {
        let mut kept = file.as_os_str().to_owned();
        kept.push(".answers");
        let kept = PathBuf::from(kept);
        let before = read_kept(&kept)?;
        let name = match (&before, named) {
            (Some((name, _)), "") => name.clone(),
            (Some((name, _)), named) if name != named => {
                return Err(Failure::usage(format!(
                    "{} was begun from \"{name}\"",
                    kept.display()
                ))
                .hint(format!(
                    "`evenhand decide --new {name}` continues it; remove that file to begin anew"
                )));
            }
            (_, "") => chosen(presets)?,
            (_, named) => named.to_owned(),
        };
        let preset = presets.iter().find(|preset| preset.id == name).ok_or_else(|| {
            let known = presets.iter().map(|preset| preset.id.as_str());
            Failure::usage(format!("no preset \"{name}\""))
                .hint(pack::choices(&name, "presets", known))
        })?;
        let typed = before.map(|(_, typed)| typed).unwrap_or_default();
        if typed.is_empty() {
            output::tell(&format!("{}\n", preset.title));
        } else {
            output::tell(&format!("going on with {}: {} answered\n", preset.id, typed.len()));
        }
        output::tell("Enter keeps what is there, ? says you don't know, back goes back.\n");
        Ok(Self { preset, kept, typed })
    }

    /// Asks what is not answered yet; the decision's text.
    fn ask(&mut self) -> Result<String, Failure> {
        while self.typed.len() < self.preset.asks.len() {
            let text = self.text()?;
            match self.typed_at(&text)? {
                Typed::Line(line) => self.typed.push(line),
                Typed::Back => {
                    self.typed.pop();
                }
                Typed::End => {
                    return Err(Failure::usage(format!(
                        "stopped at question {} of {}",
                        self.typed.len() + 1,
                        self.preset.asks.len()
                    ))
                    .hint("what was answered is kept: the same command goes on from here"));
                }
            }
            self.keep()?;
        }
        self.text()
    }

    /// The preset with what was answered so far.
    fn text(&self) -> Result<String, Failure> {
        let mut text = begun_from(self.preset)?;
        for (ask, typed) in self.preset.asks.iter().zip(&self.typed) {
            let answer = parsed_answer(ask, typed).map_err(|error| {
                Failure::usage(format!("{}: {error}", self.kept.display()))
                    .hint("remove that file to begin anew")
            })?;
            text = answered(&text, ask, &answer)?;
        }
        Ok(text)
    }

    /// Asks one question until the answer will do.
    fn typed_at(&self, text: &str) -> Result<Typed, Failure> {
        let at = self.typed.len();
        let ask = &self.preset.asks[at];
        let there = value_at(text, &ask.set)?;
        output::tell(&prompt(at + 1, self.preset.asks.len(), ask, there.as_deref()));
        loop {
            output::tell("> ");
            let Some(line) = line()? else { return Ok(Typed::End) };
            if line.trim() == "back" {
                return Ok(Typed::Back);
            }
            match will_do(text, ask, &line) {
                Ok(()) => return Ok(Typed::Line(line.trim().to_owned())),
                Err(why) => output::tell(&format!("  {why}\n")),
            }
        }
    }

    fn keep(&self) -> Result<(), Failure> {
        let kept = json!({ "preset": self.preset.id, "answers": self.typed });
        output::write_file(&self.kept, &format!("{kept:#}\n"))
    }

    fn forget(&self) {
        // Where it cannot be removed it says that all is answered, and harms nobody.
        let _ = fs::remove_file(&self.kept);
    }
}

fn read_kept(path: &Path) -> Result<Option<(String, Vec<String>)>, Failure> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let value: Option<Value> = serde_json::from_str(&text).ok();
    let preset = value.as_ref().and_then(|value| value["preset"].as_str()).map(str::to_owned);
    let answers = value.as_ref().and_then(|value| value["answers"].as_array()).map(|answers| {
        answers.iter().filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>()
    });
    match preset.zip(answers) {
        Some(kept) => Ok(Some(kept)),
        None => Err(Failure::usage(format!("{} holds no answers", path.display()))
            .hint("remove it to begin anew")),
    }
}

/// Asks which preset; a number or a name.
fn chosen(presets: &[Preset]) -> Result<String, Failure> {
    let mut text = String::from("What is it most like?\n");
    let widest = presets.iter().map(|preset| preset.id.len()).max().unwrap_or(0);
    for (at, preset) in presets.iter().enumerate() {
        text.push_str(&format!("  {:>2}  {:<widest$}  {}\n", at + 1, preset.id, preset.title));
    }
    output::tell(&text);
    loop {
        output::tell("> ");
        let Some(line) = line()? else {
            return Err(Failure::usage("no preset was named").hint(
                "name one: evenhand decide --new NAME; evenhand decide --presets lists them",
            ));
        };
        let typed = line.trim();
        let by_number = typed.parse::<usize>().ok().and_then(|at| presets.get(at.checked_sub(1)?));
        match by_number.or_else(|| presets.iter().find(|preset| preset.id == typed)) {
            Some(preset) => return Ok(preset.id.clone()),
            None => output::tell("  write a number or a name of the list\n"),
        }
    }
}

/// Whether the decision can be read with this answer.
fn will_do(text: &str, ask: &Ask, line: &str) -> Result<(), String> {
    let answer = parsed_answer(ask, line).map_err(|error| error.to_string())?;
    if matches!(answer, Answer::Unknown | Answer::AsItIs) {
        return Ok(());
    }
    let text = answered(text, ask, &answer).map_err(|error| error.to_string())?;
    match parse("the decision", &text) {
        Ok(_) => Ok(()),
        Err(faults) => Err(faults
            .0
            .first()
            .map(|fault| format!("{}: {}", fault.message, fault.help))
            .unwrap_or_default()),
    }
}

/// What is typed next; none at the end.
fn line() -> Result<Option<String>, Failure> {
    io::stderr().flush()?;
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line)?;
    Ok((read > 0).then_some(line))
}
