//! Compresses, encodes, hashes and signs, and prints a digest of what came out.
//!
//! A digest, not the output itself: two right compressors write different bytes, and the cost of
//! writing them is none of the codec's. What a compressor wrote is unpacked again before it is
//! hashed. How many bytes it needed is told on stderr if `EVENHAND_SIZES` is set to 1.

mod checksum;
mod gzip;
mod picture;
mod signatures;
mod text;

use std::env;
use std::io::{self, Read, Write};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand};
use sha2::{Digest, Sha256};

use crate::checksum::Hex;

/// What is taken from the input, or written to a buffer, at a time.
const CHUNK: usize = 64 * 1024;

/// Compress, encode, hash or sign, and print a digest of what came out
#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    job: Job,
}

#[derive(Subcommand)]
enum Job {
    /// Compress stdin, unpack it again: the SHA-256 of that
    Gzip(Times),
    /// Unpack stdin: length and CRC-32 of that
    Gunzip(Times),
    /// Write stdin as base64: length and CRC-32 of that
    Base64 {
        /// Read base64 instead
        #[arg(short)]
        decode: bool,
        #[command(flatten)]
        times: Times,
    },
    /// The SHA-256 of stdin
    Sha256(Times),
    /// Draw a picture, write it as PNG, read it again: the SHA-256 of its pixels
    Png {
        /// Width and height in pixels
        #[arg(value_parser = clap::value_parser!(u32).range(2..=8192))]
        side: u32,
        /// What is drawn
        seed: u64,
    },
    /// Sign messages and verify what was signed: the SHA-256 of all signatures
    Ed25519 {
        /// How many
        messages: u64,
    },
}

#[derive(Args)]
struct Times {
    /// Take the input so many times
    #[arg(long, default_value_t = 1)]
    times: u32,
}

fn main() -> ExitCode {
    match run(Cli::parse().job) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("codecs: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(job: Job) -> Result<()> {
    let answer = match job {
        Job::Gzip(Times { times }) => gzip(&stdin()?, times)?,
        Job::Gunzip(Times { times }) => gzip::unpack(&stdin()?, times)?.to_string(),
        Job::Base64 { decode, times } => base64(&stdin()?, decode, times.times)?,
        Job::Sha256(Times { times }) => sha256(&stdin()?, times),
        Job::Png { side, seed } => png(side, seed)?,
        Job::Ed25519 { messages } => signatures::sign_and_verify(messages)?,
    };
    writeln!(io::stdout(), "{answer}").context("stdout")
}

fn stdin() -> Result<Vec<u8>> {
    let mut input = Vec::new();
    io::stdin().read_to_end(&mut input).context("stdin")?;
    Ok(input)
}

fn gzip(input: &[u8], times: u32) -> Result<String> {
    let packed = gzip::pack(input, times)?;
    tell_size(packed.len());
    gzip::sha256_of_unpacked(&packed)
}

fn base64(input: &[u8], decode: bool, times: u32) -> Result<String> {
    let checksum = if decode {
        text::decode(input.trim_ascii_end(), times)?
    } else {
        text::encode(input, times)?
    };
    Ok(checksum.to_string())
}

fn sha256(input: &[u8], times: u32) -> String {
    let mut hasher = Sha256::new();
    for _ in 0..times {
        for chunk in input.chunks(CHUNK) {
            hasher.update(chunk);
        }
    }
    Hex(&hasher.finalize()).to_string()
}

fn png(side: u32, seed: u64) -> Result<String> {
    let pixels = picture::draw(side, seed);
    let file = picture::write(&pixels, side)?;
    tell_size(file.len());
    Ok(Hex(&Sha256::digest(picture::read(&file)?)).to_string())
}

fn tell_size(bytes: usize) {
    if env::var_os("EVENHAND_SIZES").is_some_and(|value| value == "1") {
        eprintln!("compressed-bytes: {bytes}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sha256_is_that_of_the_standard() {
        // FIPS 180-4, "abc".
        assert_eq!(
            sha256(b"abc", 1),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(sha256(b"ab", 2), sha256(b"abab", 1));
    }

    #[test]
    fn a_round_trip_gives_the_input_back() {
        let input = b"to and fro, ".repeat(20_000);
        assert_eq!(gzip(&input, 2).unwrap(), sha256(&input, 2));
    }

    #[test]
    fn base64_may_end_with_a_newline() {
        let answer = base64(b"Zm9vYmFy\n", true, 1).unwrap();
        assert_eq!(answer, base64(b"Zm9vYmFy", true, 1).unwrap());
    }

    #[test]
    fn the_command_line_is_sound() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }
}
