//! Pages that are one file: their looks, and how their templates are filled in.

pub(crate) mod itself;

use jiff::civil::Date;
use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, Output, State, Value};

use crate::markup::escaped;

/// The looks that all pages share: colours in light and dark, type, tables,
/// plots, the foot.
pub(crate) const LOOKS: &str = include_str!("page.css");

/// A page that could not be made: a fault of Evenhand, not of its input.
#[derive(Debug, thiserror::Error)]
#[error("the page's template cannot be filled in")]
pub struct PageError(#[from] minijinja::Error);

/// An engine with these templates, by name.
pub(crate) fn templates(
    named: &[(&'static str, &'static str)],
) -> Result<Environment<'static>, PageError> {
    let mut templates = Environment::new();
    templates.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    templates.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
    templates.set_formatter(format);
    templates.add_template("head.html", include_str!("head.html"))?;
    templates.add_template("itself.html", include_str!("itself.html"))?;
    for (name, source) in named {
        templates.add_template(name, source)?;
    }
    Ok(templates)
}

/// Escapes what HTML needs escaped and no more: the engine's own way also
/// rewrites every slash, and addresses could not be read in the source.
fn format(
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Value,
) -> Result<(), minijinja::Error> {
    match value.as_str() {
        Some(text) if !value.is_safe() && *state.auto_escape() == AutoEscape::Html => {
            Ok(out.write_str(&escaped(text))?)
        }
        _ => minijinja::escape_formatter(out, state, value),
    }
}

/// A day as people write it: `22 November 2026`.
pub(crate) fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}
