//! Where documents go: standard output, and files whose ending names the form.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use report::Style;
use report::verify::VerifyDocument;

use crate::arguments::Format;
use crate::failure::{Failure, Kind};

/// Files to write, each in its form, and where the page is among them.
#[derive(Debug)]
pub(crate) struct Outputs {
    files: Vec<(PathBuf, Format)>,
    page: PathBuf,
}

impl Outputs {
    /// The files named, and the page where it is not among them.
    pub(crate) fn plan(named: &[PathBuf], pack: &str) -> Result<Self, Failure> {
        let mut files = by_ending(named, ENDINGS)?;
        let page = match files.iter().find(|(_, form)| *form == Format::Html) {
            Some((path, _)) => path.clone(),
            None => {
                let path = Path::new("evenhand").join(format!("{pack}.html"));
                files.push((path.clone(), Format::Html));
                path
            }
        };
        Ok(Self { files, page })
    }

    /// Writes every file.
    pub(crate) fn write(&self, document: &VerifyDocument) -> Result<(), Failure> {
        for (path, format) in &self.files {
            write_file(path, &rendered(document, *format, &Style::plain(), None)?)?;
        }
        Ok(())
    }

    /// Where the page is.
    pub(crate) fn page(&self) -> String {
        self.page.display().to_string()
    }
}

/// Forms by the endings of their files, longer endings before those they end in.
pub(crate) type Endings<Form> = [(&'static str, Form)];

const ENDINGS: &Endings<Format> = &[
    (".edition.md", Format::Edition),
    (".html", Format::Html),
    (".json", Format::Json),
    (".md", Format::Markdown),
    (".txt", Format::Text),
];

/// The files of `--output`, each with the form that its ending names. `.htm` and `.markdown` stand for
/// `.html` and `.md` where these are forms.
pub(crate) fn by_ending<Form: Copy>(
    files: &[PathBuf],
    endings: &Endings<Form>,
) -> Result<Vec<(PathBuf, Form)>, Failure> {
    files.iter().map(|path| Ok((path.clone(), form_of(path, endings)?))).collect()
}

fn form_of<Form: Copy>(path: &Path, endings: &Endings<Form>) -> Result<Form, Failure> {
    let name = path.to_string_lossy();
    let name = match (name.strip_suffix(".htm"), name.strip_suffix(".markdown")) {
        (Some(stem), _) => format!("{stem}.html"),
        (_, Some(stem)) => format!("{stem}.md"),
        _ => name.into_owned(),
    };
    let found = endings.iter().find(|(ending, _)| name.ends_with(ending));
    found.map(|(_, form)| *form).ok_or_else(|| {
        let all: Vec<&str> = endings.iter().map(|(ending, _)| *ending).collect();
        let hint = match all.split_last() {
            Some((last, [])) => format!("end the name in {last}"),
            Some((last, others)) => format!("end the name in {} or {last}", others.join(", ")),
            None => String::new(),
        };
        Failure::usage(format!("--output {}: no form has this ending", path.display())).hint(hint)
    })
}

/// Writes a result to a file named by the user.
pub(crate) fn write_file(path: &Path, text: &str) -> Result<(), Failure> {
    write_whole(path, text).map_err(|error| {
        Failure::usage(format!("cannot write {}: {error}", path.display()))
            .hint("name another file with --output; the run itself is stored")
    })
}

/// Old or new, never half.
fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().permissions(readable()).tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.persist(path)?;
    Ok(())
}

fn readable() -> fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o644)
}

fn rendered(
    document: &VerifyDocument,
    format: Format,
    style: &Style,
    page: Option<&str>,
) -> Result<String, Failure> {
    match format {
        Format::Text => Ok(document.text(style, page)),
        Format::Markdown => Ok(document.markdown()),
        Format::Json => document.json().map_err(|error| Failure::new(Kind::Bug, &error)),
        Format::Edition => Ok(document.edition()),
        Format::Html => document.html().map_err(|error| Failure::new(Kind::Bug, &error)),
    }
}

/// Colours on a terminal, unless they are not wanted.
pub(crate) fn style() -> Style {
    let coloured = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    if coloured { Style::coloured() } else { Style::plain() }
}

/// Prints the result in the form asked for; a closed pipe is success.
pub(crate) fn print(
    document: &VerifyDocument,
    format: Format,
    page: Option<&str>,
) -> Result<(), Failure> {
    let mut text = rendered(document, format, &style(), page)?;
    if !text.ends_with('\n') {
        text.push('\n');
    }
    print_text(&text)
}

/// Prints a text; a closed pipe is success.
pub(crate) fn print_text(text: &str) -> Result<(), Failure> {
    match anstream::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

/// Says something beside the result.
pub(crate) fn tell(text: &str) {
    anstream::eprint!("{text}");
}
