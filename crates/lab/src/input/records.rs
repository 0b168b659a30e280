//! Access-log records, the same ones as CSV and as JSON lines: a service mix,
//! routes with parameters, latencies with a long tail, users whose names need
//! quoting in one format and escapes in the other.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use super::vocabulary::Vocabulary;

const SERVICES: [&str; 8] =
    ["gateway", "catalogue", "checkout", "identity", "search", "billing", "media", "mail"];
const LEVELS: [&str; 4] = ["INFO", "DEBUG", "WARN", "ERROR"];
const STATUSES: [u16; 8] = [200, 200, 200, 204, 301, 404, 500, 503];
/// Names that try the quoting of both formats.
const USERS: [&str; 6] = ["anna", "li wei", "O'Brien, Pat", "zoë \"zo\" k", "back\\slash", "søren"];
/// 2026-01-02T00:00:00Z, in seconds since 1970.
const START: i64 = 1_767_312_000;

struct Record<'a> {
    time: jiff::Timestamp,
    level: &'a str,
    service: &'a str,
    route: String,
    status: u16,
    latency_us: u64,
    bytes: u64,
    user: String,
}

struct Records {
    random: ChaCha8Rng,
    routes: Vocabulary,
    services: Vocabulary,
    milliseconds: i64,
}

impl Records {
    fn new(seed: u64) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let words = Vocabulary::made_up(60, &mut random);
        let route = |random: &mut ChaCha8Rng| {
            format!("/api/v{}/{}", random.random_range(1..=2), words.draw(random))
        };
        let mut routes: Vec<String> = (0..400).map(|_| route(&mut random)).collect();
        routes.sort();
        routes.dedup();
        let services = Vocabulary::of(SERVICES.map(str::to_owned).to_vec());
        Self { random, routes: Vocabulary::of(routes), services, milliseconds: 0 }
    }

    fn next(&mut self) -> Record<'_> {
        let random = &mut self.random;
        self.milliseconds += random.random_range(0..400);
        let user = USERS[random.random_range(0..USERS.len())];
        // The product of two uniform draws has a tail without a library.
        let tail = random.random_range(1..=1000u64) * random.random_range(1..=1000u64);
        Record {
            time: jiff::Timestamp::constant(START + self.milliseconds / 1000, 0),
            level: LEVELS
                [(random.random_range(0..100u32) / 60) as usize + random.random_range(0..3usize)],
            status: STATUSES[random.random_range(0..STATUSES.len())],
            latency_us: 200 + tail / 4,
            bytes: random.random_range(0..200_000),
            user: format!("{user} {}", random.random_range(0..5000)),
            route: self.routes.draw(random).to_owned(),
            service: self.services.draw(random),
        }
    }
}

/// Writes `rows` records below a header row.
pub(super) fn write_csv(path: &Path, rows: u64, seed: u64) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    file.write_all(b"ts,level,service,route,status,latency_us,bytes,user\n")?;
    let mut records = Records::new(seed);
    for _ in 0..rows {
        let r = records.next();
        let user = quoted(&r.user);
        writeln!(
            file,
            "{},{},{},{},{},{},{},{user}",
            r.time, r.level, r.service, r.route, r.status, r.latency_us, r.bytes
        )?;
    }
    file.flush()
}

/// RFC 4180: quotes around a field with a comma, quote or line break; quotes
/// within are doubled.
fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

/// Writes `rows` records, a JSON object a line.
pub(super) fn write_json_lines(path: &Path, rows: u64, seed: u64) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    let mut records = Records::new(seed);
    for _ in 0..rows {
        let r = records.next();
        let (route, user) = (serde_json::to_string(&r.route)?, serde_json::to_string(&r.user)?);
        writeln!(
            file,
            r#"{{"ts":"{}","level":"{}","service":"{}","route":{route},"status":{},"latency_us":{},"bytes":{},"user":{user}}}"#,
            r.time, r.level, r.service, r.status, r.latency_us, r.bytes
        )?;
    }
    file.flush()
}
