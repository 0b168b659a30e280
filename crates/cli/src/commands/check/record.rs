//! A record of a decision, held against what is known now.

use report::decision::RecordDocument;

use crate::arguments::DEFAULT_PACK;
use crate::arguments::check::{CheckArguments, CheckFormat};
use crate::commands::decide::{Ground, record};
use crate::failure::{Exit, Failure};
use crate::{folders, output};

pub(super) fn run(arguments: &CheckArguments) -> Result<Exit, Failure> {
    let of_contracts = arguments.strict || arguments.seed.is_some() || arguments.max_age.is_some();
    if of_contracts {
        return Err(Failure::usage("--strict, --seed and --max-age are for contracts")
            .hint("how old a run may be stands in the decision, as max-age-days"));
    }
    if arguments.base.is_some() || arguments.fresh || arguments.budget.is_some() {
        return Err(Failure::usage("nothing is measured for a record of a decision")
            .hint("`evenhand compare` measures what it stands on; leave --base, --fresh and --budget away"));
    }
    let files = output::by_ending(&arguments.output, ENDINGS)?;
    let store = folders::store(arguments.store.as_deref())?;
    let ground = Ground::new(store, DEFAULT_PACK, None)?;
    let document = record::check(&arguments.file, &ground)?;
    for (path, format) in &files {
        output::write_file(path, &rendered(&document, *format, &report::Style::plain())?)?;
    }
    output::print_text(&rendered(&document, arguments.format, &output::style())?)?;
    Ok(record::exit(&document))
}

const ENDINGS: &output::Endings<CheckFormat> =
    &[(".json", CheckFormat::Json), (".txt", CheckFormat::Text)];

fn rendered(
    document: &RecordDocument,
    format: CheckFormat,
    style: &report::Style,
) -> Result<String, Failure> {
    match format {
        CheckFormat::Json => record::json(document),
        CheckFormat::Text => Ok(document.text(style)),
        CheckFormat::Markdown | CheckFormat::Junit => {
            Err(Failure::usage("a record is checked as text or JSON")
                .hint("leave --format away, or use --format json"))
        }
    }
}
