//! Reading runs back.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use model::{
    Answered, Attempt, Caught, DefectId, EffectSeen, Fact, Metric, Note, Plan, PlanMode,
    ProgramSeen, Run, RunEnd, RunFacts, RunId, Series, Trial,
};
use rusqlite::{Connection, OpenFlags, Params};

use crate::StoreError;
use crate::column::{Columns, time};
use crate::error::Fault;
use crate::schema;

/// How long to wait for another process's transaction; they take milliseconds.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// A store opened for reading.
#[derive(Debug)]
pub struct Reader {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
}

/// A run as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunSummary {
    /// Its id.
    pub id: RunId,
    /// The pack's name.
    pub pack: String,
    /// The hash of the pack that was run.
    pub pack_hash: String,
    /// Evenhand's version that ran it.
    pub version: String,
    /// How much was planned.
    pub mode: PlanMode,
    /// [`model::Environment::fingerprint`] of the machine.
    pub fingerprint: String,
    /// When it began.
    pub started: Timestamp,
    /// How many trials it has.
    pub trials: u64,
    /// How and when it ended last; `None` while it runs or after it was killed.
    pub end: Option<(RunEnd, Timestamp)>,
}

const RUN: &str = "SELECT id, pack, pack_hash, version, started, plan, environment FROM run";

const SUMMARY: &str = "SELECT id, pack, pack_hash, version, mode, fingerprint, run.started,
        (SELECT count(*) FROM trial WHERE trial.run = run.id) AS trials, run_end.end, run_end.at
    FROM run
    LEFT JOIN run_end ON run_end.ordinal =
        (SELECT max(ordinal) FROM run_end WHERE run_end.run = run.id)
    ORDER BY run.started DESC, run.ordinal DESC";

const UNFINISHED: &str = "WHERE pack_hash = ?1 AND fingerprint = ?2
        AND NOT EXISTS (SELECT 1 FROM run_end WHERE run_end.run = run.id AND run_end.end = ?3)
    ORDER BY started DESC, ordinal DESC";

const EVIDENCE: &str = "WHERE pack = ?1 AND pack_hash = ?2 AND started >= ?3
        AND ?4 = (SELECT end FROM run_end WHERE run_end.run = run.id ORDER BY ordinal DESC LIMIT 1)
    ORDER BY started DESC, ordinal DESC";

impl Reader {
    /// Never waits for the lock of a writing process.
    ///
    /// # Errors
    /// If there is no such file, or it is not a store this version can read.
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        if !path.is_file() {
            return Err(StoreError::Missing { path: path.to_owned() });
        }
        match Self::open_with(path, path, OpenFlags::empty()) {
            // SQLite wants to write beside the file to read it; where nothing
            // can be written, no process is writing either.
            Err(StoreError::Folder { .. }) => {
                Self::open_with(path, immutable_uri(path).as_ref(), OpenFlags::SQLITE_OPEN_URI)
            }
            result => result,
        }
    }

    fn open_with(path: &Path, name: &Path, how: OpenFlags) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | how;
        let open = || -> Result<Connection, Fault> {
            let connection = Connection::open_with_flags(name, flags)?;
            connection.busy_timeout(PATIENCE)?;
            Ok(connection)
        };
        let connection = open().map_err(|fault| fault.at(path))?;
        schema::require_present(&connection, path)?;
        Ok(Self { connection, path: path.to_owned() })
    }

    /// Every run, newest first.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn runs(&self) -> Result<Vec<RunSummary>, StoreError> {
        self.all("run", SUMMARY, [], summary).map_err(|fault| fault.at(&self.path))
    }

    /// The newest run of the pack of that name, however it ended.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn latest(&self, pack: &str) -> Result<Option<RunId>, StoreError> {
        let sql = "SELECT id FROM run WHERE pack = ?1 ORDER BY started DESC, ordinal DESC LIMIT 1";
        let ids = self.all("run", sql, [pack], |row| row.parsed("id"));
        Ok(ids.map_err(|fault| fault.at(&self.path))?.pop())
    }

    /// The newest run of that very pack on that machine which is not complete
    /// and whose plan will do: the one to resume.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn unfinished(
        &self,
        pack_hash: &str,
        fingerprint: &str,
        plan_will_do: impl Fn(&Plan) -> bool,
    ) -> Result<Option<Run>, StoreError> {
        let wanted = [pack_hash, fingerprint, RunEnd::Complete.name()];
        let runs = self.readable_runs(UNFINISHED, wanted)?;
        Ok(runs.into_iter().find(|run| plan_will_do(&run.plan)))
    }

    /// The complete runs of that very pack that began at `since` or later,
    /// newest first, on whichever machine.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn evidence(
        &self,
        pack: &str,
        pack_hash: &str,
        since: Timestamp,
    ) -> Result<Vec<Run>, StoreError> {
        let since = time(since);
        self.readable_runs(EVIDENCE, [pack, pack_hash, &since, RunEnd::Complete.name()])
    }

    /// A plan that an older version wrote and this one cannot read is no run
    /// to continue or to rely on, and no reason to refuse a new one.
    fn readable_runs(&self, which: &str, params: impl Params) -> Result<Vec<Run>, StoreError> {
        let readable = |row: &Columns<'_>| match run(row) {
            Err(Fault::Unreadable { column: "plan" | "environment", .. }) => Ok(None),
            result => result.map(Some),
        };
        let runs = self.all("run", &format!("{RUN} {which}"), params, readable);
        Ok(runs.map_err(|fault| fault.at(&self.path))?.into_iter().flatten().collect())
    }

    /// Everything that is stored of one run, as of one moment.
    ///
    /// # Errors
    /// If there is no such run, or the store cannot be read.
    pub fn facts_of(&self, id: &RunId) -> Result<RunFacts, StoreError> {
        self.facts_if_any(id)
            .map_err(|fault| fault.at(&self.path))?
            .ok_or_else(|| StoreError::NoSuchRun { path: self.path.clone(), run: id.clone() })
    }

    /// What any run holds under these keys of [`Caught::key`], the newest of each.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn caught_by_keys(&self, keys: &[String]) -> Result<Vec<Caught>, StoreError> {
        let keys = serde_json::Value::from(keys).to_string();
        let sql = "SELECT * FROM caught WHERE ordinal IN
                (SELECT max(ordinal) FROM caught
                    WHERE key IN (SELECT value FROM json_each(?1)) GROUP BY key)
            ORDER BY ordinal";
        self.all("caught", sql, [keys], caught).map_err(|fault| fault.at(&self.path))
    }

    /// What the newest runs that tried a defect hold of it, a program and tool each.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn caught_of(&self, defect: &DefectId) -> Result<Vec<Caught>, StoreError> {
        let sql = "SELECT * FROM caught WHERE ordinal IN
                (SELECT max(ordinal) FROM caught WHERE defect = ?1
                    GROUP BY side, variant, gate, tool)
            ORDER BY ordinal";
        self.all("caught", sql, [defect.as_str()], caught).map_err(|fault| fault.at(&self.path))
    }

    fn facts_if_any(&self, id: &RunId) -> Result<Option<RunFacts>, Fault> {
        let _one_moment = self.connection.unchecked_transaction()?;
        let id = id.as_str();
        let Some(run) = self.all("run", &format!("{RUN} WHERE id = ?1"), [id], run)?.pop() else {
            return Ok(None);
        };
        Ok(Some(RunFacts {
            run,
            trials: self.trials(id)?,
            facts: self.all_of(id, "fact", fact)?,
            attempts: self.all_of(id, "attempt", attempt)?,
            caught: self.all_of(id, "caught", caught)?,
            answers: self.all_of(id, "answer", answer)?,
            effects: self.all_of(id, "effect", effect)?,
            programs: self.all_of(id, "program", program)?,
            notes: self.all_of(id, "note", note)?,
            end: self.all_of(id, "run_end", |row| row.parsed("end"))?.pop(),
        }))
    }

    /// A run's rows of one table, in the order of their arrival.
    fn all_of<T>(
        &self,
        run: &str,
        table: &'static str,
        read: impl Fn(&Columns<'_>) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        let sql = format!("SELECT * FROM {table} WHERE run = ?1 ORDER BY ordinal");
        self.all(table, &sql, [run], read)
    }

    fn trials(&self, run: &str) -> Result<Vec<Trial>, Fault> {
        let rows =
            self.all_of(run, "trial", |row| Ok((row.plain::<i64>("ordinal")?, trial(row)?)))?;
        let (ordinals, mut trials): (Vec<i64>, Vec<Trial>) = rows.into_iter().unzip();
        let index: HashMap<i64, usize> =
            ordinals.into_iter().enumerate().map(|(index, ordinal)| (ordinal, index)).collect();
        let sql =
            "SELECT observation.* FROM trial JOIN observation ON trial = ordinal WHERE run = ?1";
        let values = self.all("observation", sql, [run], |row| {
            Ok((row.plain::<i64>("trial")?, row.parsed::<Metric>("metric")?, row.plain("value")?))
        })?;
        for (ordinal, metric, value) in values {
            if let Some(&index) = index.get(&ordinal) {
                trials[index].values.insert(metric, value);
            }
        }
        Ok(trials)
    }

    fn all<T>(
        &self,
        table: &'static str,
        sql: &str,
        params: impl Params,
        read: impl Fn(&Columns<'_>) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query(params)?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(read(&Columns { table, row })?);
        }
        Ok(all)
    }
}

fn run(row: &Columns<'_>) -> Result<Run, Fault> {
    Ok(Run {
        id: row.parsed("id")?,
        pack: row.plain("pack")?,
        pack_hash: row.plain("pack_hash")?,
        version: row.plain("version")?,
        started: row.parsed("started")?,
        plan: row.json("plan")?,
        environment: row.json("environment")?,
    })
}

fn summary(row: &Columns<'_>) -> Result<RunSummary, Fault> {
    let end = row.parsed_if_any("end")?;
    Ok(RunSummary {
        id: row.parsed("id")?,
        pack: row.plain("pack")?,
        pack_hash: row.plain("pack_hash")?,
        version: row.plain("version")?,
        mode: row.parsed("mode")?,
        fingerprint: row.plain("fingerprint")?,
        started: row.parsed("started")?,
        trials: row.plain::<u32>("trials")?.into(),
        end: end.zip(row.parsed_if_any("at")?),
    })
}

fn trial(row: &Columns<'_>) -> Result<Trial, Fault> {
    Ok(Trial {
        series: Series {
            workload: row.parsed("workload")?,
            activity: row.parsed("activity")?,
            case: row.parsed_if_any("case_id")?,
            profile: row.parsed("profile")?,
            tier: row.parsed("tier")?,
        },
        block: row.plain("block")?,
        position: row.plain("position")?,
        side: row.parsed("side")?,
        replica: row.plain("replica")?,
        status: row.parsed("status")?,
        started: row.parsed("started")?,
        values: BTreeMap::new(),
        memory_source: row.parsed_if_any("memory_source")?,
        stdout_sha256: row.plain("stdout_sha256")?,
        detail: row.plain("detail")?,
    })
}

fn fact(row: &Columns<'_>) -> Result<Fact, Fault> {
    Ok(Fact {
        workload: row.parsed("workload")?,
        fact: row.parsed("fact")?,
        side: row.parsed("side")?,
        profile: row.parsed("profile")?,
        tier: row.parsed("tier")?,
        count: row.plain::<i64>("count")?.unsigned_abs(),
        example: row.plain("example")?,
    })
}

fn attempt(row: &Columns<'_>) -> Result<Attempt, Fault> {
    Ok(Attempt {
        experiment: row.parsed("experiment")?,
        item: row.parsed("item")?,
        side: row.parsed("side")?,
        version: row.plain("version")?,
        started: row.parsed("started")?,
        seconds: row.plain("seconds")?,
        end: row.parsed("end")?,
        stopped_at: row.parsed_if_any("stopped_at")?,
        diagnostics: row.json("diagnostics")?,
        stdout: row.plain("stdout")?,
        stderr: row.plain("stderr")?,
        made: row.plain("made")?,
        detail: row.plain("detail")?,
    })
}

fn caught(row: &Columns<'_>) -> Result<Caught, Fault> {
    Ok(Caught {
        defect: row.parsed("defect")?,
        side: row.parsed("side")?,
        variant: row.parsed("variant")?,
        gate: row.parsed("gate")?,
        tool: row.plain("tool")?,
        version: row.plain("version")?,
        key: row.plain("key")?,
        started: row.parsed("started")?,
        seconds: row.plain("seconds")?,
        cpu_seconds: row.plain("cpu_seconds")?,
        not_run: row.plain("not_run")?,
        diagnostics: row.json("diagnostics")?,
        runs: row.json("runs")?,
    })
}

fn answer(row: &Columns<'_>) -> Result<Answered, Fault> {
    Ok(Answered {
        case: row.parsed("case_id")?,
        side: row.parsed("side")?,
        aspect: row.parsed("aspect")?,
        outcome: row.parsed("outcome")?,
        told: row.plain("told")?,
    })
}

fn effect(row: &Columns<'_>) -> Result<EffectSeen, Fault> {
    Ok(EffectSeen {
        case: row.parsed("case_id")?,
        side: row.parsed("side")?,
        effect: row.parsed("effect")?,
        count: row.plain::<Option<i64>>("count")?.map(i64::unsigned_abs),
        told: row.plain("told")?,
    })
}

fn program(row: &Columns<'_>) -> Result<ProgramSeen, Fault> {
    Ok(ProgramSeen {
        side: row.parsed("side")?,
        sha256: row.plain("sha256")?,
        bytes: row.plain::<i64>("bytes")?.unsigned_abs(),
        toolchain: row.plain("toolchain")?,
        content: row.plain("content")?,
        stripped: row.plain("stripped")?,
    })
}

fn note(row: &Columns<'_>) -> Result<Note, Fault> {
    Ok(Note {
        kind: row.parsed("kind")?,
        workload: row.parsed_if_any("workload")?,
        side: row.parsed_if_any("side")?,
        profile: row.parsed_if_any("profile")?,
        text: row.plain("text")?,
    })
}

/// SQLite's name for a file that nobody changes.
fn immutable_uri(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = text.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let root = if path.is_absolute() { "//" } else { "" };
    format!("file:{root}{text}?immutable=1")
}
