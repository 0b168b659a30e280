//! What stands beside a program: the same for every side, and counted to none.

use std::path::{Path, PathBuf};
use std::time::Duration;

use launch::{Environment, Running, clean_environment};

use super::ServiceError;
use super::ask::Asker;
use super::cluster::{Cluster, Database};
use super::stand::{GRACE, Grounds, ready};
use super::wait;

/// Something that is ready to be started beside a program.
pub(crate) enum Beside {
    /// A program, built.
    Program { variable: String, path: PathBuf, args: Vec<String> },
    /// PostgreSQL, running; each turn gets a database of its own.
    Postgresql { variable: String, cluster: Box<Cluster> },
}

/// What was started for one turn; ended when dropped.
#[derive(Default)]
pub(super) struct Companions {
    programs: Vec<(Running, u16)>,
    databases: Vec<Database>,
    variables: Vec<(String, String)>,
}

/// How long a companion may take for an answer.
const PATIENCE: Duration = Duration::from_secs(10);

impl Companions {
    pub(super) fn start(grounds: &Grounds<'_>, scratch: &Path) -> Result<Self, ServiceError> {
        let mut companions = Self::default();
        for beside in &grounds.beside {
            match beside {
                Beside::Program { variable, path, args } => {
                    let port = wait::free_port()?;
                    let running = start(grounds, path, args, port, scratch)?;
                    companions.programs.push((running, port));
                    let address = format!("127.0.0.1:{port}");
                    companions.variables.push((variable.clone(), address));
                }
                Beside::Postgresql { variable, cluster } => {
                    let database = cluster.database()?;
                    companions.variables.push((variable.clone(), database.connection()));
                    companions.databases.push(database);
                }
            }
        }
        Ok(companions)
    }

    /// What tells the program where they are.
    pub(super) fn variables(&self) -> impl Iterator<Item = (&str, &str)> {
        self.variables.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Asks the first of them.
    pub(super) fn asker(&self) -> Option<Asker> {
        let (_, port) = self.programs.first()?;
        Some(Asker::new("the companion", *port, PATIENCE))
    }

    pub(super) fn processes(&self) -> Vec<i32> {
        let programs = self.programs.iter().filter_map(|(running, _)| running.pid());
        programs.chain(self.databases.iter().filter_map(Database::server)).collect()
    }
}

fn start(
    grounds: &Grounds<'_>,
    path: &Path,
    args: &[String],
    port: u16,
    scratch: &Path,
) -> Result<Running, ServiceError> {
    let mut variables = clean_environment(scratch);
    variables.push(("PORT".into(), port.to_string().into()));
    let mut trial = launch::Trial::of(path).with_args(args);
    trial.environment = Environment::Exact(variables);
    trial.directory = Some(scratch.to_owned());
    trial.scratch = Some(scratch.to_owned());
    trial.deadline = Duration::from_secs(1800);
    trial.grace = GRACE;
    trial.affinity = Some(vec![grounds.processors.generator]);
    let running = grounds.launcher.start(&trial)?;
    let asker = Asker::new("the companion", port, PATIENCE);
    ready("the companion", &running, || asker.is_ready("/ready"))?;
    Ok(running)
}
