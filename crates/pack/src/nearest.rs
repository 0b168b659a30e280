//! "Did you mean": the known word that an unknown one is nearest to.

/// A longer list is cut down to its nearest words.
const LONGEST_LIST: usize = 16;
const NEAREST: usize = 5;

/// A sentence that offers the nearest known word, if one is near, and lists
/// what is known.
pub fn choices<'a>(given: &str, plural: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    let mut near: Vec<(usize, usize, &str)> = known
        .iter()
        .map(|word| (distance(given, word), strsim::osa_distance(given, word), *word))
        .collect();
    near.sort();
    let list = match known.len() {
        0 => return format!("there are no {plural} yet"),
        count if count > LONGEST_LIST => {
            let words: Vec<&str> = near.iter().take(NEAREST).map(|(.., word)| *word).collect();
            format!("the nearest of {count} {plural}: {}", words.join(", "))
        }
        _ => format!("known {plural}: {}", known.join(", ")),
    };
    // At most a third of the letters may differ.
    match near.first() {
        Some((distance, _, word)) if distance * 3 <= word.chars().count().max(3) => {
            format!("did you mean \"{word}\"? {list}")
        }
        _ => list,
    }
}

/// Letters to change; a word cut short or run on counts as one.
fn distance(given: &str, word: &str) -> usize {
    let prefix = given.len() >= 3 && (word.starts_with(given) || given.starts_with(word));
    match strsim::osa_distance(given, word) {
        far if prefix && !word.is_empty() => far.min(1),
        far => far,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_word_is_offered_and_a_far_one_is_not() {
        let known = ["memory", "wall", "start-up"];
        assert!(choices("memry", "metrics", known).starts_with("did you mean \"memory\"?"));
        assert!(choices("start", "metrics", known).starts_with("did you mean \"start-up\"?"));
        assert_eq!(choices("rss", "metrics", known), "known metrics: memory, wall, start-up");
    }

    #[test]
    fn a_long_list_is_cut_down_to_its_nearest_words() {
        let known: Vec<String> = (0..100).map(|n| format!("claim-{n}")).collect();
        let help = choices("claim-777", "claims", known.iter().map(String::as_str));
        assert!(help.contains("the nearest of 100 claims: claim-77, claim-7, "), "{help}");
        assert_eq!(help.matches(", ").count(), 4);
    }
}
