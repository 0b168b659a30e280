//! "Did you mean": the known word that an unknown one is nearest to.

/// A sentence that offers the nearest known word, if one is near, and lists all.
pub(crate) fn choices<'a>(
    given: &str,
    plural: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    if known.is_empty() {
        return format!("there are no {plural} yet");
    }
    let list = format!("known {plural}: {}", known.join(", "));
    match nearest(given, &known) {
        Some(word) => format!("did you mean \"{word}\"? {list}"),
        None => list,
    }
}

/// At most a third of the letters may differ.
fn nearest<'a>(given: &str, known: &[&'a str]) -> Option<&'a str> {
    known
        .iter()
        .map(|word| (strsim::osa_distance(given, word), *word))
        .filter(|(distance, word)| distance * 3 <= word.chars().count().max(3))
        .min()
        .map(|(_, word)| word)
}
