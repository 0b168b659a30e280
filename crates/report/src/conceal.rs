//! Takes out of a text what must not leave the machine.

use model::{Environment, ToolchainState};

/// The place, with what tools said of missing toolchains made open.
pub(crate) fn place(environment: &Environment, conceal: &[(String, String)]) -> Environment {
    let mut environment = environment.clone();
    for toolchain in environment.toolchains.values_mut() {
        match &mut toolchain.state {
            ToolchainState::Ready { .. } => {}
            ToolchainState::Missing { reason } | ToolchainState::TooOld { reason, .. } => {
                *reason = open(reason, conceal);
            }
        }
    }
    environment
}

/// The text with every concealed word replaced by what stands for it.
pub(crate) fn open(text: &str, conceal: &[(String, String)]) -> String {
    let concealed = conceal.iter().filter(|(word, _)| !word.is_empty());
    concealed.fold(text.to_owned(), |text, (word, stand_in)| replace(&text, word, stand_in))
}

/// Replaces the word where it stands by itself: a user called `go` must not
/// rename the language in the middle of another word.
fn replace(text: &str, word: &str, stand_in: &str) -> String {
    let part_of_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut open = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(word) {
        let (before, from) = rest.split_at(at);
        let after = &from[word.len()..];
        let begins = before.chars().next_back().or(open.chars().next_back());
        let alone =
            !begins.is_some_and(part_of_word) && !after.chars().next().is_some_and(part_of_word);
        open.push_str(before);
        open.push_str(if alone { stand_in } else { word });
        rest = after;
    }
    open + rest
}
