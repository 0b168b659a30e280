//! Words that must not leave this machine in a file meant to be shared.

use std::env;
use std::fs;

/// Home folder, host name and user name, each with what stands for it.
pub(crate) fn words() -> Vec<(String, String)> {
    let mut words = Vec::new();
    if let Some(home) = env::home_dir() {
        words.push((home.to_string_lossy().into_owned(), "~".to_owned()));
    }
    if let Ok(host) = fs::read_to_string("/proc/sys/kernel/hostname") {
        words.push((host.trim().to_owned(), "HOST".to_owned()));
    }
    if let Ok(user) = env::var("USER") {
        words.push((user, "USER".to_owned()));
    }
    words.retain(|(word, _)| !word.is_empty() && word != "/");
    words
}
