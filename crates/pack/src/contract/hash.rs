//! What decides what is measured and compared, as one digest: evidence of
//! another digest is evidence of something else. Margins, guards, efforts and
//! exceptions are left out, and so are the programs' contents, which have
//! digests of their own.

mod service;

use std::path::Path;
use std::{fs, io};

use model::Contract;
use model::contract::{AnswerTerms, Case, Origin, OwnMetric, Pick, Running, Side};

use super::measure::SCALES;
use super::place::relative;
use crate::files::ContentHash;

/// 64 hex digits over sides, cases with the bytes they feed, answers, effects,
/// numbers of the programs' own, how they are run, and the profile. Paths count
/// relative to the contract's folder: another checkout has the same digest.
///
/// # Errors
/// When a file that is fed to standard input cannot be read.
pub fn contract_hash(contract: &Contract) -> io::Result<String> {
    let mut terms = Terms { hash: ContentHash::new(), folder: &contract.folder };
    terms.text("name", contract.name.as_str());
    terms.text("profile", contract.profile.name());
    terms.text("each-case", contract.each_case);
    for side in &contract.sides {
        terms.side(side);
    }
    for case in &contract.cases {
        terms.case(case)?;
    }
    terms.answers(&contract.answers);
    let effects = &contract.effects;
    terms.text("look", effects.look);
    terms.text("effects-factor", effects.factor);
    terms.text("effects-bytes", effects.bytes);
    for own in &contract.own {
        terms.own(own);
    }
    terms.running(&contract.running);
    if let Some(service) = &contract.service {
        terms.service(service)?;
    }
    Ok(terms.hash.finish())
}

struct Terms<'a> {
    hash: ContentHash,
    folder: &'a Path,
}

impl Terms<'_> {
    fn text(&mut self, key: &str, value: impl ToString) {
        self.hash.add(key, value.to_string().as_bytes());
    }

    /// How many there are goes in front, so that no two lists look the same.
    fn list(&mut self, key: &str, values: &[String]) {
        self.text(key, values.len());
        for value in values {
            self.text(key, value);
        }
    }

    fn pairs<'p>(&mut self, key: &str, pairs: impl Iterator<Item = (&'p String, &'p String)>) {
        for (name, value) in pairs {
            self.text(key, name);
            self.text("is", value);
        }
    }

    fn path(&mut self, key: &str, path: &Path) {
        let path = relative(path, self.folder);
        self.hash.add(key, path.as_os_str().as_encoded_bytes());
    }

    fn side(&mut self, side: &Side) {
        self.text("side", &side.name);
        self.text("kind", side.origin.kind());
        match &side.origin {
            Origin::Project { language, folder, package, binary, features } => {
                self.text("language", language);
                self.path("folder", folder);
                self.list("package", package.as_slice());
                self.list("binary", binary.as_slice());
                self.list("features", features);
            }
            Origin::Built { folder, command, program } => {
                self.path("folder", folder);
                self.list("build", command);
                self.path("program", program);
            }
            Origin::Program { path } => self.path("program", path),
        }
        self.list("args", &side.args);
        self.list("toolchain", side.toolchain.as_slice());
        self.pairs("side-variable", side.env.iter());
    }

    fn case(&mut self, case: &Case) -> io::Result<()> {
        self.text("case", &case.id);
        self.text("use", case.used);
        self.list("args", &case.args);
        let exit = case.exit.map(|code| code.to_string());
        self.list("exit", exit.as_slice());
        if let Some(stdin) = &case.stdin {
            self.hash.add("stdin", &fs::read(stdin)?);
        }
        if let Some(drive) = &case.drive {
            self.drive(drive);
        }
        Ok(())
    }

    fn answers(&mut self, answers: &AnswerTerms) {
        self.text("rule", answers.rule);
        if let Some(tolerance) = &answers.tolerance {
            self.text("relative", tolerance.relative);
            self.text("absolute", tolerance.absolute);
        }
        for normalise in &answers.normalise {
            self.text("find", &normalise.pattern);
            self.text("replace", &normalise.replacement);
        }
        self.text("exits", answers.exit);
        self.text("closed-pipe", answers.closed_pipe);
        let within = answers.size_within.map(|factor| factor.to_string());
        self.list("size-within", within.as_slice());
        if let Some(decode) = &answers.cross_decode {
            self.list("decode", &decode.args);
            self.text("gives", decode.gives);
        }
        for file in &answers.files {
            self.hash.add("file", file.as_os_str().as_encoded_bytes());
        }
    }

    fn own(&mut self, own: &OwnMetric) {
        self.text("metric", own.name);
        self.text("from", own.stream);
        match &own.pick {
            Pick::Json(path) => self.text("json", path),
            Pick::Pattern(pattern) => self.text("pattern", pattern),
        }
        let scale = SCALES.iter().find(|(_, scale)| *scale == own.scale);
        self.text("scale", scale.map_or("", |(word, _)| word));
    }

    fn running(&mut self, running: &Running) {
        let folder = self.folder.to_owned();
        self.path("directory", running.directory.as_deref().unwrap_or(&folder));
        for (name, value) in &running.env {
            self.text("variable", name);
            self.text("value", value);
        }
        self.list("prepare", &running.prepare);
        self.list("conclude", &running.conclude);
        let processors = running.processors.map(|share| share.to_string());
        self.list("processors", processors.as_slice());
        let memory = running.memory.map(|bytes| bytes.to_string());
        self.list("memory", memory.as_slice());
        self.text("deadline", running.deadline_seconds);
        self.text("realtime", running.realtime);
        // Left out where they are the usual ones, as they once could be nothing else.
        for number in &running.server_processors {
            self.text("server-processor", number);
        }
        if let Some(number) = running.generator_processor {
            self.text("generator-processor", number);
        }
    }
}
