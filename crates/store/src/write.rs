//! Appending what was seen.

use std::fs;
use std::ops::Deref;
use std::path::Path;

use jiff::Timestamp;
use model::{
    Answered, Attempt, Caught, EffectSeen, Fact, Note, ProgramSeen, Run, RunEnd, RunId, Trial,
};
use rusqlite::{Connection, OpenFlags, Params, Transaction, TransactionBehavior, ffi, params};

use crate::column::time;
use crate::error::Fault;
use crate::lock::WriterLock;
use crate::read::PATIENCE;
use crate::{Reader, StoreError, schema};

/// A store opened for writing by this process alone. Whatever a method has
/// accepted is committed when it returns: killing the process cannot take it
/// back. After a power failure the last trials may be missing, the store is
/// whole (write-ahead log, `synchronous = NORMAL`: a disk flush after every
/// trial would disturb the next one).
#[derive(Debug)]
pub struct Store {
    reader: Reader,
    _lock: WriterLock,
}

/// What can be read from a store can be read while writing to it.
impl Deref for Store {
    type Target = Reader;

    fn deref(&self) -> &Reader {
        &self.reader
    }
}

impl Store {
    /// Opens the file for writing; makes it, and its folders, if need be, and
    /// brings an older one up to date.
    ///
    /// # Errors
    /// If another process is writing to it, the folder cannot be written to,
    /// or the file is not a store or of a newer kind.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)
                .map_err(|source| StoreError::Folder { path: folder.to_owned(), source })?;
        }
        let lock = WriterLock::take(path)?;
        let mut connection = connect(path).map_err(|fault| fault.at(path))?;
        schema::migrate(&mut connection, path)?;
        // Written into the file itself, hence only once it is known to be ours.
        connection
            .pragma_update(None, "journal_mode", "WAL")
            .map_err(|error| Fault::from(error).at(path))?;
        Ok(Self { reader: Reader { connection, path: path.to_owned() }, _lock: lock })
    }

    /// Opens the file for reading, whether or not another process writes to it.
    ///
    /// # Errors
    /// If there is no such file, or it is not a store this version can read.
    pub fn open_for_reading(path: &Path) -> Result<Reader, StoreError> {
        Reader::open(path)
    }

    /// Enters a run; everything else is appended to it.
    ///
    /// # Errors
    /// If the run is there already, or its plan or environment has a number
    /// that is not finite.
    pub fn begin_run(&mut self, run: &Run) -> Result<(), StoreError> {
        let plan = faithful_json("plan", &run.plan)?;
        let environment = faithful_json("environment", &run.environment)?;
        let sql = "INSERT INTO run (id, pack, pack_hash, version, started, plan, environment)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let values = params![
            run.id.as_str(),
            run.pack,
            run.pack_hash,
            run.version,
            time(run.started),
            plan,
            environment,
        ];
        match self.reader.connection.execute(sql, values) {
            Err(error) if is_taken(&error) => Err(StoreError::DuplicateRun { run: run.id.clone() }),
            result => result.map(drop).map_err(|error| self.refused(&run.id, error)),
        }
    }

    /// Appends one trial.
    ///
    /// # Errors
    /// As [`Store::append_block`].
    pub fn append_trial(&mut self, run: &RunId, trial: &Trial) -> Result<(), StoreError> {
        self.append_block(run, std::slice::from_ref(trial))
    }

    /// Appends trials in this order, all or none.
    ///
    /// # Errors
    /// If there is no such run, it has such a trial already (same series,
    /// block, side and replica), or a value is not finite.
    pub fn append_block(&mut self, run: &RunId, trials: &[Trial]) -> Result<(), StoreError> {
        trials.iter().try_for_each(require_finite)?;
        let fault = |error| Fault::from(error).at(&self.reader.path);
        let begin = TransactionBehavior::Immediate;
        let transaction = self.reader.connection.transaction_with_behavior(begin).map_err(fault)?;
        for trial in trials {
            if let Err(error) = insert_trial(&transaction, run, trial) {
                drop(transaction);
                return Err(self.refused_trial(run, trial, error));
            }
        }
        transaction.commit().map_err(fault)
    }

    /// Appends a count.
    ///
    /// # Errors
    /// If there is no such run, or the count is beyond 2⁶³ − 1.
    pub fn append_fact(&mut self, run: &RunId, fact: &Fact) -> Result<(), StoreError> {
        let count = countable("fact", fact.count)?;
        let sql = "INSERT INTO fact (run, workload, fact, side, profile, tier, count, example)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let values = params![
            run.as_str(),
            fact.workload.as_str(),
            fact.fact.as_str(),
            fact.side.as_str(),
            fact.profile.name(),
            fact.tier.name(),
            count,
            fact.example,
        ];
        self.append(run, sql, values)
    }

    /// Appends an attempt. One that could not be made may be followed by one
    /// that was.
    ///
    /// # Errors
    /// If there is no such run, or its time is not finite.
    pub fn append_attempt(&mut self, run: &RunId, attempt: &Attempt) -> Result<(), StoreError> {
        if !attempt.seconds.is_finite() {
            let reason = "its time is not finite".to_owned();
            return Err(StoreError::NotStorable { what: "attempt", reason });
        }
        let diagnostics = faithful_json("diagnostics", &attempt.diagnostics)?;
        let sql =
            "INSERT INTO attempt (run, experiment, item, side, version, started, seconds, end,
                stopped_at, diagnostics, stdout, stderr, made, detail)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
        let values = params![
            run.as_str(),
            attempt.experiment.to_string(),
            attempt.item.as_str(),
            attempt.side.as_str(),
            attempt.version,
            time(attempt.started),
            attempt.seconds,
            attempt.end.name(),
            attempt.stopped_at.map(|gate| gate.name()),
            diagnostics,
            attempt.stdout,
            attempt.stderr,
            attempt.made,
            attempt.detail,
        ];
        self.append(run, sql, values)
    }

    /// Appends what a tool said of a program of a defect.
    ///
    /// # Errors
    /// If there is no such run, or a time is not finite.
    pub fn append_caught(&mut self, run: &RunId, caught: &Caught) -> Result<(), StoreError> {
        if !caught.seconds.is_finite() || !caught.cpu_seconds.is_finite() {
            let reason = "its time is not finite".to_owned();
            return Err(StoreError::NotStorable { what: "program of a defect", reason });
        }
        let sql =
            "INSERT INTO caught (run, defect, side, variant, gate, tool, version, key, started,
                seconds, cpu_seconds, not_run, diagnostics, runs)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
        let values = params![
            run.as_str(),
            caught.defect.as_str(),
            caught.side.as_str(),
            caught.variant.name(),
            caught.gate.name(),
            caught.tool,
            caught.version,
            caught.key,
            time(caught.started),
            caught.seconds,
            caught.cpu_seconds,
            caught.not_run,
            faithful_json("diagnostics", &caught.diagnostics)?,
            faithful_json("runs", &caught.runs)?,
        ];
        self.append(run, sql, values)
    }

    /// Appends what came of one comparison of answers.
    ///
    /// # Errors
    /// If there is no such run.
    pub fn append_answer(&mut self, run: &RunId, answer: &Answered) -> Result<(), StoreError> {
        let sql = "INSERT INTO answer (run, case_id, side, aspect, outcome, told)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let values = params![
            run.as_str(),
            answer.case.as_str(),
            answer.side.as_str(),
            answer.aspect.name(),
            answer.outcome.name(),
            answer.told,
        ];
        self.append(run, sql, values)
    }

    /// Appends a side effect.
    ///
    /// # Errors
    /// If there is no such run, or the count is beyond 2⁶³ − 1.
    pub fn append_effect(&mut self, run: &RunId, effect: &EffectSeen) -> Result<(), StoreError> {
        let count = effect.count.map(|count| countable("side effect", count)).transpose()?;
        let sql = "INSERT INTO effect (run, case_id, side, effect, count, told)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let values = params![
            run.as_str(),
            effect.case.as_str(),
            effect.side.as_str(),
            effect.effect.name(),
            count,
            effect.told,
        ];
        self.append(run, sql, values)
    }

    /// Appends a side's program.
    ///
    /// # Errors
    /// If there is no such run, or its size is beyond 2⁶³ − 1.
    pub fn append_program(&mut self, run: &RunId, program: &ProgramSeen) -> Result<(), StoreError> {
        let sql = "INSERT INTO program (run, side, sha256, bytes, toolchain, content, stripped)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let values = params![
            run.as_str(),
            program.side.as_str(),
            program.sha256,
            countable("program", program.bytes)?,
            program.toolchain,
            program.content,
            program.stripped,
        ];
        self.append(run, sql, values)
    }

    /// Appends a note.
    ///
    /// # Errors
    /// If there is no such run.
    pub fn append_note(&mut self, run: &RunId, note: &Note) -> Result<(), StoreError> {
        let sql = "INSERT INTO note (run, kind, workload, side, profile, text)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let values = params![
            run.as_str(),
            note.kind.name(),
            note.workload.as_ref().map(|workload| workload.as_str()),
            note.side.as_ref().map(|side| side.as_str()),
            note.profile.map(|profile| profile.name()),
            note.text,
        ];
        self.append(run, sql, values)
    }

    /// Enters how a run has ended; one that was resumed ends again.
    ///
    /// # Errors
    /// If there is no such run.
    pub fn end_run(&mut self, run: &RunId, end: RunEnd, at: Timestamp) -> Result<(), StoreError> {
        let sql = "INSERT INTO run_end (run, end, at) VALUES (?1, ?2, ?3)";
        let values = params![run.as_str(), end.name(), time(at)];
        self.append(run, sql, values)
    }

    fn append(&self, run: &RunId, sql: &str, values: impl Params) -> Result<(), StoreError> {
        let result = self.reader.connection.execute(sql, values);
        result.map(drop).map_err(|error| self.refused(run, error))
    }

    fn refused_trial(&self, run: &RunId, trial: &Trial, error: rusqlite::Error) -> StoreError {
        if !is_taken(&error) {
            return self.refused(run, error);
        }
        StoreError::DuplicateTrial {
            run: run.clone(),
            series: Box::new(trial.series.clone()),
            block: trial.block,
            side: trial.side.clone(),
            replica: trial.replica,
        }
    }

    /// Why a row was not taken: that its run is missing is the usual reason.
    fn refused(&self, run: &RunId, error: rusqlite::Error) -> StoreError {
        let path = &self.reader.path;
        if extended_code(&error) == Some(ffi::SQLITE_CONSTRAINT_FOREIGNKEY) {
            return StoreError::NoSuchRun { path: path.clone(), run: run.clone() };
        }
        Fault::from(error).at(path)
    }
}

fn connect(path: &Path) -> Result<Connection, Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(connection)
}

fn insert_trial(to: &Transaction<'_>, run: &RunId, trial: &Trial) -> rusqlite::Result<()> {
    let mut insert = to.prepare_cached(
        "INSERT INTO trial (run, workload, activity, case_id, profile, tier, block, position, side,
            replica, status, started, memory_source, stdout_sha256, detail)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?;
    let ordinal = insert.insert(params![
        run.as_str(),
        trial.series.workload.as_str(),
        trial.series.activity.name(),
        trial.series.case.as_ref().map(|case| case.as_str()),
        trial.series.profile.name(),
        trial.series.tier.name(),
        trial.block,
        trial.position,
        trial.side.as_str(),
        trial.replica,
        trial.status.name(),
        time(trial.started),
        trial.memory_source.map(|source| source.name()),
        trial.stdout_sha256,
        trial.detail,
    ])?;
    let mut insert = to.prepare_cached("INSERT INTO observation VALUES (?1, ?2, ?3)")?;
    for (metric, value) in &trial.values {
        insert.execute(params![ordinal, metric.full_name(), value])?;
    }
    Ok(())
}

fn require_finite(trial: &Trial) -> Result<(), StoreError> {
    match trial.values.iter().find(|(_, value)| !value.is_finite()) {
        None => Ok(()),
        Some((&metric, &value)) => Err(StoreError::NotFinite {
            metric,
            side: trial.side.clone(),
            block: trial.block,
            value,
        }),
    }
}

/// SQLite's integers end where `i64` does.
fn countable(what: &'static str, count: u64) -> Result<i64, StoreError> {
    i64::try_from(count).map_err(|_| StoreError::NotStorable {
        what,
        reason: format!("the count {count} is beyond 2^63 - 1"),
    })
}

/// JSON that reads back as the same value; it has no word for NaN and infinity.
fn faithful_json<T>(what: &'static str, value: &T) -> Result<String, StoreError>
where
    T: serde::Serialize + serde::de::DeserializeOwned + PartialEq,
{
    let lost = |reason: String| StoreError::NotStorable { what, reason };
    let text = serde_json::to_string(value).map_err(|error| lost(error.to_string()))?;
    let back: T = serde_json::from_str(&text)
        .map_err(|error| lost(format!("a number is not finite ({error})")))?;
    if back == *value { Ok(text) } else { Err(lost("a number is not finite".to_owned())) }
}

fn extended_code(error: &rusqlite::Error) -> Option<std::ffi::c_int> {
    error.sqlite_error().map(|error| error.extended_code)
}

fn is_taken(error: &rusqlite::Error) -> bool {
    extended_code(error) == Some(ffi::SQLITE_CONSTRAINT_UNIQUE)
}
