//! A folder of text files such as a source tree with logs: nested folders,
//! lines of words, now and then a line that a search would look for.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use super::vocabulary::Vocabulary;

/// Files a folder, roughly.
const PER_FOLDER: u64 = 25;
const ENDINGS: [&str; 5] = ["txt", "log", "md", "conf", "src"];
/// One line in so many reports something.
const REPORT_EVERY: u32 = 200;
const REPORTS: [&str; 5] = [
    "error: connection to upstream refused",
    "warning: retrying after timeout",
    "error: unexpected end of input in record",
    "Warning: deprecated option ignored",
    "fatal: out of space on volume",
];

/// Writes about `bytes` bytes in `files` files under `path`.
pub(super) fn write(path: &Path, files: u64, bytes: u64, seed: u64) -> io::Result<()> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let words = Vocabulary::made_up(20_000, &mut random);
    let mean = bytes / files.max(1);
    for number in 0..files {
        let folder = path.join(folder_of(number / PER_FOLDER, &words, &mut random));
        fs::create_dir_all(&folder)?;
        let ending = ENDINGS[random.random_range(0..ENDINGS.len())];
        let name = format!("{}-{number:05}.{ending}", words.draw(&mut random));
        let size = random.random_range(mean / 2..=mean + mean / 2);
        write_file(&folder.join(name), size, &words, &mut random)?;
    }
    Ok(())
}

/// One to three levels deep, the number keeping names apart.
fn folder_of(number: u64, words: &Vocabulary, random: &mut ChaCha8Rng) -> String {
    let depth = 1 + number % 3;
    let levels: Vec<String> = (0..depth)
        .map(|level| format!("{}{}", words.draw(random), number >> (2 * (depth - level - 1))))
        .collect();
    levels.join("/")
}

fn write_file(
    path: &Path,
    size: u64,
    words: &Vocabulary,
    random: &mut ChaCha8Rng,
) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    let mut written = 0;
    let mut line = String::new();
    while written < size {
        line.clear();
        for _ in 0..random.random_range(3..=14) {
            line.push_str(words.draw(random));
            line.push(' ');
        }
        if random.random_ratio(1, REPORT_EVERY) {
            line.push_str(REPORTS[random.random_range(0..REPORTS.len())]);
        }
        line.truncate(line.trim_end().len());
        line.push('\n');
        file.write_all(line.as_bytes())?;
        written += line.len() as u64;
    }
    file.flush()
}
