//! PostgreSQL beside a program: installed by package, run as a user of its own
//! on a private socket, with a fresh database for each turn.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use launch::tool::{self, Tool, ToolOutcome};
use launch::{Environment, Launcher, Running, Scratch};

use super::ServiceError;
use super::stand::{GRACE, ready};

/// Where Debian and others put each version's programs.
const VERSIONS: &str = "/usr/lib/postgresql";

/// Who it runs as where we are root, which it refuses to be.
const USER: &str = "postgres";

/// The database that each turn's is a copy of.
const TEMPLATE: &str = "evenhand_template";

const MISSING: &str = "PostgreSQL is not installed (looked for initdb in PATH and \
    /usr/lib/postgresql); install it by package, such as `apt install postgresql`";

/// A server that runs until it is dropped.
pub(crate) struct Cluster {
    tools: Tools,
    counter: AtomicU32,
    // Ended before its folder goes.
    server: Running,
    _scratch: Scratch,
}

/// How its programs are started.
#[derive(Clone)]
struct Tools {
    launcher: Launcher,
    programs: PathBuf,
    /// The folder of data and socket.
    folder: PathBuf,
    as_root: bool,
}

/// A database of one turn, removed when dropped.
pub(super) struct Database {
    tools: Tools,
    name: String,
    server: Option<i32>,
}

impl Cluster {
    /// Makes and starts one, with the tables that the SQL in `schema` makes.
    pub(crate) fn start(
        launcher: &Launcher,
        schema: &Path,
        processor: usize,
    ) -> Result<Self, ServiceError> {
        let scratch = Scratch::fresh()?;
        let tools = Tools {
            launcher: launcher.clone(),
            programs: programs().ok_or_else(|| ServiceError::Need(MISSING.to_owned()))?,
            folder: scratch.path().join("postgresql"),
            as_root: rustix::process::geteuid().is_root(),
        };
        tools.make_folder(scratch.path())?;
        let data = tools.data();
        tools.run("initdb", &["-D", &data, "-U", "evenhand", "-A", "trust", "-N", "-E", "UTF8"])?;
        let server = tools.serve(&data, processor)?;
        ready("PostgreSQL", &server, || tools.run("pg_isready", &["-q"]).is_ok())?;
        tools.run("createdb", &[TEMPLATE])?;
        // Read here: its user may not be allowed to.
        let sql = fs::read_to_string(schema).map_err(ServiceError::io(schema))?;
        tools.run("psql", &["-q", "-v", "ON_ERROR_STOP=1", "-d", TEMPLATE, "-c", &sql])?;
        Ok(Self { tools, counter: AtomicU32::new(0), server, _scratch: scratch })
    }

    pub(super) fn database(&self) -> Result<Database, ServiceError> {
        let name = format!("turn_{}", self.counter.fetch_add(1, Ordering::Relaxed));
        self.tools.run("createdb", &["-T", TEMPLATE, &name])?;
        Ok(Database { tools: self.tools.clone(), name, server: self.server.pid() })
    }
}

impl Database {
    /// The process of the server that it is in.
    pub(super) fn server(&self) -> Option<i32> {
        self.server
    }

    /// As libpq and its like read it.
    pub(super) fn connection(&self) -> String {
        let folder = self.tools.folder.display();
        format!("host={folder} user=evenhand dbname={}", self.name)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // One that is left goes with the server.
        let _ = self.tools.run("dropdb", &["--if-exists", "-f", &self.name]);
    }
}

/// The folder of the newest version's programs.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir(VERSIONS).into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| {
            let number = entry.file_name().to_string_lossy().parse().ok()?;
            Some((number, entry.path().join("bin")))
        })
        .filter(|(_, folder)| folder.join("initdb").exists())
        .collect();
    found.sort();
    let in_path = || {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path).find(|folder| folder.join("initdb").exists())
    };
    found.pop().map(|(_, folder)| folder).or_else(in_path)
}

/// Where it is, also for who has no `sbin` in PATH.
fn runuser() -> PathBuf {
    let usual = ["/usr/sbin/runuser", "/sbin/runuser", "/usr/bin/runuser"].map(PathBuf::from);
    usual.into_iter().find(|path| path.exists()).unwrap_or_else(|| PathBuf::from("runuser"))
}

impl Tools {
    fn data(&self) -> String {
        self.folder.join("data").display().to_string()
    }

    /// One that its user owns, below a scratch folder that only we can read.
    fn make_folder(&self, scratch: &Path) -> Result<(), ServiceError> {
        fs::create_dir(&self.folder).map_err(ServiceError::io(&self.folder))?;
        if self.as_root {
            let pass = fs::Permissions::from_mode(0o711);
            fs::set_permissions(scratch, pass).map_err(ServiceError::io(scratch))?;
            let folder = self.folder.display().to_string();
            self.done(&Tool::of("chown", "/").with_args([USER, folder.as_str()]))?;
        }
        Ok(())
    }

    /// A program of PostgreSQL as its user; the client programs find the socket.
    fn words(&self, program: &str, args: &[&str]) -> (PathBuf, Vec<OsString>) {
        let path = self.programs.join(program);
        let args = args.iter().map(OsString::from);
        if !self.as_root {
            return (path, args.collect());
        }
        let before = ["-u", USER, "--"].map(OsString::from).into_iter();
        let all = before.chain([path.into_os_string()]).chain(args);
        (runuser(), all.collect())
    }

    fn variables(&self) -> Vec<(OsString, OsString)> {
        let host = self.folder.clone().into_os_string();
        vec![
            ("PGHOST".into(), host),
            ("PGUSER".into(), "evenhand".into()),
            ("PGDATABASE".into(), "postgres".into()),
            ("LC_ALL".into(), "C.UTF-8".into()),
        ]
    }

    fn run(&self, program: &str, args: &[&str]) -> Result<(), ServiceError> {
        let (program, args) = self.words(program, args);
        let mut tool = Tool::of(program, "/").with_args(args);
        tool.added = self.variables();
        tool.deadline = Duration::from_secs(120);
        self.done(&tool).map(|_| ())
    }

    fn done(&self, tool: &Tool) -> Result<ToolOutcome, ServiceError> {
        let outcome = tool::run(&self.launcher, tool)?;
        if outcome.ended.is_success() {
            return Ok(outcome);
        }
        let words = tool.args.iter().map(|word| word.to_string_lossy().chars().take(60).collect());
        let words: Vec<String> = words.collect();
        Err(ServiceError::Driver {
            command: format!("{} {}", tool.program.display(), words.join(" ")),
            ended: outcome.ended.to_string(),
            said: outcome.last_lines(3),
        })
    }

    fn serve(&self, data: &str, processor: usize) -> Result<Running, ServiceError> {
        let folder = self.folder.display().to_string();
        let (program, args) =
            self.words("postgres", &["-D", data, "-k", &folder, "-c", "listen_addresses="]);
        let mut trial = launch::Trial::of(program).with_args(args);
        trial.environment = Environment::Inherit { added: self.variables(), removed: Vec::new() };
        trial.directory = Some(PathBuf::from("/"));
        trial.deadline = Duration::from_secs(24 * 3600);
        trial.grace = GRACE;
        trial.own_session = true;
        trial.affinity = Some(vec![processor]);
        Ok(self.launcher.start(&trial)?)
    }
}
