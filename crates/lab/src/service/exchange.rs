//! Same answers before any number: what is asked of a fresh program of every
//! side, and the answers that stay the same while it is driven.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use load::Golden;
use model::service::{self, Drive, DriveKind, Load, Wire};
use sha2::{Digest, Sha256};

use super::ask::Asker;
use super::order;
use super::stand::{Grounds, Standing, Subject};
use super::{ServiceError, drive, wait};
use crate::input::hex;

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Numbers for which the answer is learnt beforehand; with more of them, the
/// body is not checked in a drive.
const MOST_LEARNT: u32 = 2000;

/// The answers that stay the same, by request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Goldens {
    bodies: BTreeMap<String, Golden>,
    /// What a companion says of the whole drive.
    pub(super) digest: Option<String>,
}

impl Goldens {
    pub(super) fn of(&self, request: &str) -> Golden {
        self.bodies.get(request).cloned().unwrap_or(Golden::Any)
    }
}

/// What one side answers in one case.
struct Heard {
    /// Each question in words, with its answer.
    answers: Vec<(String, Vec<u8>)>,
    goldens: Goldens,
}

/// What came of asking every side the same.
pub(crate) struct Asked {
    /// The answers of the first side that gave any.
    pub(crate) goldens: Goldens,
    /// For each side in order, what is the matter with it.
    pub(crate) outcomes: Vec<Option<Unlike>>,
}

/// Why a side's answers are not those of the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unlike {
    /// Where they part first.
    Differs(String),
    /// Why there are none.
    Missing(String),
}

/// Asks every side the same and compares with the first.
pub(crate) fn agree(
    grounds: &Grounds<'_>,
    drive: &Drive,
    contestants: &[(String, Subject)],
) -> Asked {
    let mut first: Option<(&String, Heard)> = None;
    let mut outcomes = Vec::new();
    for (label, subject) in contestants {
        let outcome = match (hear(grounds, drive, subject), &first) {
            (Err(error), _) => Some(Unlike::Missing(error.to_string())),
            (Ok(heard), None) => {
                first = Some((label, heard));
                None
            }
            (Ok(heard), Some((name, expected))) => {
                differ((name, expected), (label, &heard)).map(Unlike::Differs)
            }
        };
        outcomes.push(outcome);
    }
    Asked { goldens: first.map(|(_, heard)| heard.goldens).unwrap_or_default(), outcomes }
}

fn hear(grounds: &Grounds<'_>, drive: &Drive, subject: &Subject) -> Result<Heard, ServiceError> {
    if let DriveKind::Companion { deadline_seconds, .. } = drive.kind {
        let standing = grounds.stand(subject, drive)?;
        let told = drive::conduct(&standing, Duration::from_secs_f64(deadline_seconds))?;
        let goldens = Goldens { bodies: BTreeMap::new(), digest: Some(told.digest.clone()) };
        let answers = vec![("the companion's digest".to_owned(), told.digest.into_bytes())];
        return Ok(Heard { answers, goldens });
    }
    // What is learnt must not depend on what the exchanges left behind.
    let mut bodies = BTreeMap::new();
    let mut answers = Vec::new();
    if let Some(load) = load_of(drive) {
        let standing = grounds.stand(subject, drive)?;
        for (id, asked) in order::asked(grounds.service, load) {
            if asked.stable && asked.numbers <= MOST_LEARNT && grounds.service.wire == Wire::Http {
                let learnt = learn(&standing, asked)?;
                bodies.insert(id.to_owned(), golden(asked, &learnt));
                let numbered = learnt.into_iter().zip(0..);
                answers.extend(numbered.map(|(body, n)| (format!("request {id}, n = {n}"), body)));
            }
        }
    }
    let standing = grounds.stand(subject, drive)?;
    answers.extend(exchanges(&standing)?);
    Ok(Heard { answers, goldens: Goldens { bodies, digest: None } })
}

fn load_of(drive: &Drive) -> Option<&Load> {
    match &drive.kind {
        DriveKind::Load(load) | DriveKind::Capacity { load, .. } | DriveKind::Stop { load, .. } => {
            Some(load)
        }
        DriveKind::Hold { .. }
        | DriveKind::ColdStart
        | DriveKind::Companion { .. }
        | DriveKind::External { .. } => None,
    }
}

/// The body for every number that may be drawn; one if none is.
fn learn(standing: &Standing<'_>, asked: &service::Asked) -> Result<Vec<Vec<u8>>, ServiceError> {
    let asker = Asker::new("the program", standing.port, PATIENCE);
    (0..asked.numbers.max(1)).map(|number| Ok(asker.ask(asked, number)?.body)).collect()
}

fn golden(asked: &service::Asked, learnt: &[Vec<u8>]) -> Golden {
    let mut hashes = learnt.iter().map(|body| hex(&Sha256::digest(body)));
    match (asked.numbers, hashes.next()) {
        (0, Some(hash)) => Golden::Same(hash),
        (_, first) => Golden::PerNumber(first.into_iter().chain(hashes).collect()),
    }
}

fn exchanges(standing: &Standing<'_>) -> Result<Vec<(String, Vec<u8>)>, ServiceError> {
    let service = standing.grounds.service;
    let asked = service.exchanges.iter();
    match service.wire {
        Wire::Http => {
            let asker = Asker::new("the program", standing.port, PATIENCE);
            let answer = |asked: &service::Asked| {
                let question = format!("{} {} {}", asked.method, asked.path, asked.body);
                Ok((question.trim_end().to_owned(), asker.ask(asked, 0)?.text()))
            };
            asked.map(answer).collect()
        }
        Wire::Resp => {
            let silent =
                |asked: &service::Asked, reason: &dyn std::fmt::Display| ServiceError::NoAnswer {
                    who: "the program",
                    method: asked.method.clone(),
                    path: String::new(),
                    reason: reason.to_string(),
                };
            let mut stream = None;
            let mut answers = Vec::new();
            for asked in asked {
                let reply = match &mut stream {
                    Some(stream) => command(stream, &asked.method),
                    none => connect(standing.port)
                        .and_then(|fresh| command(none.insert(fresh), &asked.method)),
                };
                let reply = reply.map_err(|error| silent(asked, &error))?;
                answers.push((asked.method.clone(), reply));
            }
            Ok(answers)
        }
        Wire::Other => Ok(Vec::new()),
    }
}

fn connect(port: u16) -> std::io::Result<TcpStream> {
    let stream = TcpStream::connect(wait::loopback(port))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// One command and the bytes of its reply.
fn command(stream: &mut TcpStream, words: &str) -> std::io::Result<Vec<u8>> {
    let mut request = Vec::new();
    let refused = |error: load::OrderError| std::io::Error::other(error.to_string());
    load::resp::Command::new(words).map_err(refused)?.encode(None, &mut request);
    stream.write_all(&request)?;
    let mut reply = Vec::new();
    let mut reader = load::resp::ReplyReader::new();
    let mut buffer = [0; 4096];
    loop {
        let read = stream.read(&mut buffer)?;
        if read == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        reply.extend_from_slice(&buffer[..read]);
        match reader.feed(&buffer[..read]) {
            load::resp::Progress::NeedMore => {}
            load::resp::Progress::Done { .. } => return Ok(reply),
            load::resp::Progress::Invalid(error) => return Err(std::io::Error::other(error)),
        }
    }
}

fn differ((name, expected): (&str, &Heard), (label, heard): (&str, &Heard)) -> Option<String> {
    let pairs = expected.answers.iter().zip(&heard.answers);
    for ((question, wanted), (_, given)) in pairs {
        if wanted != given {
            let answer = |stdout| agree::Answer { stdout, exit: 0 };
            let same = agree::agree(agree::Rule::Bytes, &answer(wanted), &answer(given));
            let agree::Agreement::Differ(difference) = same else { continue };
            return Some(format!("{question}: {}", difference.describe(name, label)));
        }
    }
    (expected.answers.len() != heard.answers.len()).then(|| {
        format!("{label} gives {} answers, {name} {}", heard.answers.len(), expected.answers.len())
    })
}
