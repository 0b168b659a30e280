//! Projects of the user's own: how a part of one is chosen in the language's
//! commands, what belongs to it, and which settings stay its own.
//!
//! `{project}` in a command stands for the words that choose package and
//! features, `{binary}` for those that choose one program of a package; each is
//! a word by itself and becomes any number of them. For a program of a pack
//! they stand for [`ProjectForm::whole`] and for nothing.

use std::collections::BTreeMap;

use super::Language;

/// What is peculiar to projects in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProjectForm {
    /// What `{project}` stands for where no package is named.
    pub whole: Vec<String>,
    /// Words that name a `{package}`; empty: packages have no names.
    pub package: Vec<String>,
    /// Words that name a `{binary}`; empty: a package has one program.
    pub binary: Vec<String>,
    /// Words that name `{features}`, commas between; empty: there are none.
    pub features: Vec<String>,
    /// Variables over the language's own.
    pub environment: BTreeMap<String, String>,
    /// Variables of the language's own that are left to the project and its user.
    pub leaves: Vec<String>,
    /// Prints files that stand in the uppermost folder of what a project
    /// belongs to, one a line; empty: that is the folder with the manifest.
    pub root: Vec<String>,
    /// The file that fixes the versions of dependencies.
    pub lock: Option<LockFile>,
    /// Names of folders beside a manifest that hold products, such as `target`.
    pub products: Vec<String>,
    /// How packages elsewhere on the disk are found; `None`: there are none.
    pub local: Option<LocalPackages>,
}

/// A file without which a build would choose versions of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockFile {
    /// Its name, in the uppermost folder.
    pub file: String,
    /// How it is made.
    pub hint: String,
}

/// How the folders of packages that a project takes from the disk are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalPackages {
    /// Run in the project's folder.
    pub command: Vec<String>,
    /// A regular expression whose first group is a folder, in a line.
    pub folder: String,
}

/// The part of a project that is wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Part<'a> {
    /// Which package; `None`: the folder's own.
    pub package: Option<&'a str>,
    /// Which program of it; `None`: its only one.
    pub binary: Option<&'a str>,
    /// Features or build tags.
    pub features: &'a [String],
}

/// A part that a language has no word for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PartError {
    /// Packages have no names.
    #[error("its packages have no names; give the folder of the one that is meant")]
    Package,
    /// A package has one program.
    #[error("a package of it has one program; name the package alone")]
    Binary,
    /// There are no features.
    #[error("it has no features to choose")]
    Features,
}

impl Language {
    /// The language as it is used on a part of a project of the user's: its
    /// commands name the part, and the project has a say in its settings.
    ///
    /// # Errors
    /// When the language has no word for the part.
    pub fn of_project(&self, part: Part<'_>) -> Result<Self, PartError> {
        let form = &self.project;
        let chosen = |words: &[String], word: &str, meaning: &str, error: PartError| {
            let named = words.iter().map(|text| text.replace(word, meaning)).collect::<Vec<_>>();
            if named.is_empty() { Err(error) } else { Ok(named) }
        };
        let mut project = Vec::new();
        if !part.features.is_empty() {
            let features = part.features.join(",");
            project.extend(chosen(&form.features, "{features}", &features, PartError::Features)?);
        }
        match part.package {
            Some(package) => {
                project.extend(chosen(&form.package, "{package}", package, PartError::Package)?);
            }
            None => project.extend(form.whole.clone()),
        }
        let binary = match part.binary {
            Some(binary) => chosen(&form.binary, "{binary}", binary, PartError::Binary)?,
            None => Vec::new(),
        };
        let mut language = self.clone();
        language.environment.retain(|name, _| !form.leaves.contains(name));
        language.environment.extend(form.environment.clone());
        for command in language.about_a_project() {
            *command = spelled(command, &project, &binary);
        }
        Ok(language)
    }

    /// The commands in which a part may be named.
    fn about_a_project(&mut self) -> impl Iterator<Item = &mut Vec<String>> {
        let recipes = self.profiles.values_mut().map(|recipe| &mut recipe.command);
        let standard = self.clean_cache.iter_mut().map(|clean| &mut clean.list_standard);
        let local = self.project.local.iter_mut().map(|local| &mut local.command);
        recipes.chain(standard).chain(local).chain([&mut self.dependencies])
    }

    /// A command about a whole project.
    pub fn spelled(&self, command: &[String]) -> Vec<String> {
        spelled(command, &self.project.whole, &[])
    }
}

fn spelled(command: &[String], project: &[String], binary: &[String]) -> Vec<String> {
    let mut words = Vec::new();
    for word in command {
        match word.as_str() {
            "{project}" => words.extend_from_slice(project),
            "{binary}" => words.extend_from_slice(binary),
            _ => words.push(word.clone()),
        }
    }
    words
}
