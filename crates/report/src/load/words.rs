//! The sentences of every format: what was asked, what came of it, and why
//! two numbers that look alike are not.

use model::Unit;

use super::document::LoadDocument;
use super::rows::{ErrorsRow, QuantilesRow, RatesRow};
use crate::quantity::{count, quantity};

/// One kind of failure, where there was any.
pub(super) struct ErrorLine {
    /// The key of the JSON.
    pub(super) name: &'static str,
    pub(super) count: u64,
    pub(super) meaning: String,
}

/// Response and service are told apart in words from this factor on, and this many milliseconds.
const APART: (f64, f64) = (1.25, 0.5);

/// `12,345`, or with decimals below a hundred.
pub(super) fn number(value: f64) -> String {
    if value.abs() < 100.0 && value.fract() != 0.0 {
        return format!("{value:.1}").trim_end_matches(".0").to_owned();
    }
    let digits = format!("{:.0}", value.abs());
    let mut grouped = if value < 0.0 { "-".to_owned() } else { String::new() };
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 answer`, `2,000 answers`.
pub(super) fn counted(many: u64, noun: &str) -> String {
    let plural = if many == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", number(many as f64))
}

/// Milliseconds in the unit that people would use.
pub(super) fn time(milliseconds: f64) -> String {
    quantity(milliseconds / 1000.0, Unit::Seconds)
}

pub(super) fn seconds(seconds: f64) -> String {
    quantity(seconds, Unit::Seconds)
}

/// Milliseconds without their unit: three digits that matter.
pub fn cell(milliseconds: f64) -> String {
    let decimals = match milliseconds {
        _ if milliseconds >= 99.95 => 0,
        _ if milliseconds >= 9.995 => 1,
        _ if milliseconds >= 0.9995 => 2,
        _ => 3,
    };
    format!("{milliseconds:.decimals$}")
}

/// The heads of a row of quantiles.
pub(super) const HEADS: [&str; 7] = ["p50", "p90", "p95", "p99", "p99.9", "max", "mean"];

/// A row of quantiles, in the order of [`HEADS`].
pub(super) fn cells(row: &QuantilesRow) -> [String; 7] {
    let QuantilesRow { p50_ms, p90_ms, p95_ms, p99_ms, p999_ms, max_ms, mean_ms } = *row;
    [p50_ms, p90_ms, p95_ms, p99_ms, p999_ms, max_ms, mean_ms].map(cell)
}

impl RatesRow {
    /// `2,000 requests a second as from many users (Poisson)`.
    fn words(&self) -> String {
        let first = self.rates.first().copied().map(number).unwrap_or_default();
        let last = self.rates.last().copied().map(number).unwrap_or_default();
        match self.kind {
            "constant" => format!("{first} requests a second, evenly spaced"),
            "ramp" => format!("from {first} to {last} requests a second"),
            "step" => {
                let rates: Vec<String> = self.rates.iter().map(|rate| number(*rate)).collect();
                format!("{} requests a second, one after the other", rates.join(", "))
            }
            "burst" => format!(
                "{first} requests a second, and {} at once every {}",
                number(f64::from(self.burst_size.unwrap_or_default())),
                seconds(self.burst_every_seconds.unwrap_or_default())
            ),
            _ => format!("{first} requests a second as from many users (Poisson)"),
        }
    }
}

impl LoadDocument {
    /// `highest rate within p99<20ms`, or what was asked.
    pub(super) fn title(&self) -> String {
        match &self.capacity {
            Some(capacity) => format!("{}: the highest rate within {}", self.url, capacity.slo),
            None => format!("{}: {} requests a second", self.url, number(self.rate())),
        }
    }

    /// What was asked for, where that is one number, or what that came to on average.
    fn rate(&self) -> f64 {
        match (self.asked.schedule.kind, self.asked.schedule.rates.as_slice()) {
            ("constant" | "poisson", [rate]) => *rate,
            _ => self.asked_rate,
        }
    }

    pub(super) fn asked_words(&self) -> String {
        let asked = &self.asked;
        let mut parts = vec![format!("{} for {}", asked.schedule.words(), seconds(asked.seconds))];
        if asked.warm_up_seconds > 0.0 {
            parts.push(format!("after {} of warm-up", seconds(asked.warm_up_seconds)));
        }
        let most = u64::from(asked.connections);
        parts.push(match asked.fresh_connections {
            true => format!("a connection each, {} at most", number(most as f64)),
            false => format!("over {} at most", counted(most, "connection")),
        });
        if asked.idle > 0 {
            parts.push(format!("{} idle beside", number(f64::from(asked.idle))));
        }
        if asked.slow > 0 {
            parts.push(format!("{} beside", counted(u64::from(asked.slow), "slow client")));
        }
        parts.join(", ")
    }

    /// What was sent and answered.
    pub(super) fn achieved_words(&self) -> String {
        let mut words = format!("{} a second sent", number(self.achieved_rate));
        if self.asked_rate > 0.0 {
            let share = (self.achieved_rate / self.asked_rate * 100.0).min(100.0);
            words += &format!(" ({} %)", count((share * 10.0).round() / 10.0));
        }
        words += &format!("; {}", counted(self.counts.right, "right answer"));
        let within = time(self.asked.in_time_ms.unwrap_or(self.asked.timeout_ms));
        words += &format!(", {} a second within {within}", number(self.goodput));
        if self.counts.left > 0 {
            let after = self.asked.leave_after_ms.map(time).unwrap_or_default();
            words +=
                &format!("; {} given up after {after}, as asked", number(self.counts.left as f64));
        }
        words
    }

    /// Whether there is anything to believe.
    pub(super) fn measured(&self) -> bool {
        self.counts.right > 0
    }

    /// Whether the generator told all times, not only those of whole seconds.
    pub(super) fn has_times(&self) -> bool {
        self.measured() && !self.response_histogram.is_empty()
    }

    /// The first thing to know, where the figures cannot be taken as they are.
    pub(super) fn alarm(&self) -> Option<String> {
        if !self.measured() {
            return Some(format!("nothing measured: {}", self.silence()));
        }
        (!self.valid).then(|| "INVALID: these figures must not be believed".to_owned())
    }

    /// Why there is no right answer.
    fn silence(&self) -> String {
        let mut lines = self.error_lines();
        lines.sort_by_key(|line| std::cmp::Reverse(line.count));
        match lines.first() {
            Some(line) if line.count >= self.counts.intended && line.count > 0 => {
                format!(
                    "{} of {} requests: {}",
                    number(line.count as f64),
                    line.count_of(self),
                    line.meaning
                )
            }
            Some(line) => format!("no right answer; mostly: {}", line.meaning),
            None => "no request had a right answer before the end".to_owned(),
        }
    }

    /// The generator's account of itself.
    pub(super) fn believed_words(&self) -> String {
        format!(
            "the generator sent within {} of the intended instant (p99), and Little's law \
             holds ({} requests under way, {} by rate times time)",
            time(self.lag.p99_ms),
            small(self.little.under_way),
            small(self.little.rate_times_time)
        )
    }

    /// That it was stopped.
    pub(super) fn partial_words(&self) -> Option<String> {
        self.partial.then(|| "stopped before its end: this is what was known by then".to_owned())
    }

    /// Why response and service differ, where they do.
    pub(super) fn gap_words(&self) -> Option<String> {
        let (response, service) = (&self.response, &self.service);
        let pairs = [
            ("p50", response.p50_ms, service.p50_ms),
            ("p90", response.p90_ms, service.p90_ms),
            ("p95", response.p95_ms, service.p95_ms),
            ("p99", response.p99_ms, service.p99_ms),
            ("p99.9", response.p999_ms, service.p999_ms),
        ];
        let apart = |(_, response, service): &(&str, f64, f64)| {
            *response > service * APART.0 && response - service > APART.1
        };
        let factor = |(_, response, service): &(&str, f64, f64)| response / service;
        let wide = |one: &(&str, f64, f64), other: &(&str, f64, f64)| {
            factor(one).total_cmp(&factor(other))
        };
        let (name, response, service) = pairs.into_iter().filter(apart).max_by(wide)?;
        if self.counts.waited_for_socket == 0 && self.lag.p99_ms > APART.1 {
            return Some(format!(
                "Response and service differ because the generator was late (lag p99 {}), not \
                 because of the server.",
                time(self.lag.p99_ms)
            ));
        }
        let why = match self.counts.waited_for_socket {
            0 => "requests waited before they could be sent".to_owned(),
            waited => format!(
                "{} waited for a connection while the server kept all {} busy",
                counted(waited, "request"),
                number(f64::from(self.asked.connections))
            ),
        };
        Some(format!(
            "A user waits {} where a tool that starts its clock at the send tells {} ({name}): {why}.",
            time(response),
            time(service)
        ))
    }

    pub(super) fn error_lines(&self) -> Vec<ErrorLine> {
        let ErrorsRow {
            refused,
            timeout,
            reset,
            eof,
            parse,
            status,
            body_mismatch,
            starved,
            unsent,
        } = self.errors;
        let protocol = if self.asked.wire == "resp" { "RESP" } else { "HTTP/1.1" };
        let most = counted(u64::from(self.asked.connections), "connection");
        let wait = time(self.asked.timeout_ms);
        let all = [
            ("refused", refused, "the server did not take the connection".to_owned()),
            ("timeout", timeout, format!("no answer within {wait} of the intended instant")),
            ("reset", reset, "the server reset the connection".to_owned()),
            ("eof", eof, "the connection ended before the answer did".to_owned()),
            ("parse", parse, format!("what came is no {protocol}")),
            ("status", status, "another status than expected".to_owned()),
            ("body_mismatch", body_mismatch, "another body than expected".to_owned()),
            ("starved", starved, format!("none of {most} became free in time")),
            ("unsent", unsent, "not sent when the drive ended".to_owned()),
        ];
        let line = |(name, count, meaning)| ErrorLine { name, count, meaning };
        all.into_iter().filter(|(_, count, _)| *count > 0).map(line).collect()
    }

    /// `none`, or how many of how many.
    pub(super) fn errors_summary(&self) -> String {
        let failed: u64 = self.error_lines().iter().map(|line| line.count).sum();
        if failed == 0 {
            return "none".to_owned();
        }
        let of = self.counts.intended.max(1) as f64;
        let share = failed as f64 / of * 100.0;
        let share = if share < 0.1 { "less than 0.1".to_owned() } else { format!("{share:.1}") };
        format!(
            "{} of {}, {share} %",
            number(failed as f64),
            counted(self.counts.intended, "request")
        )
    }

    /// That some had no answer yet.
    pub(super) fn censored_words(&self) -> Option<String> {
        let censored = self.counts.censored;
        (censored > 0).then(|| {
            format!(
                "{} had no answer when the drive ended: in the response times at {} age",
                counted(censored, "request"),
                if censored == 1 { "its" } else { "their" }
            )
        })
    }

    pub(super) fn server_words(&self) -> Option<String> {
        let server = self.server.as_ref()?;
        let bytes = |bytes: u64| quantity(bytes as f64, Unit::Bytes);
        let busy = server.cpu_seconds / self.asked.seconds.max(f64::MIN_POSITIVE);
        Some(format!(
            "{} of CPU a request ({} processors busy), {} at most, {} after, {}",
            quantity(server.cpu_us_per_request / 1e6, Unit::Seconds),
            small(busy),
            bytes(server.peak_memory),
            bytes(server.settled_memory),
            counted(server.threads, "thread")
        ))
    }

    /// Its cost and what it can do; `None`: neither is known.
    pub(super) fn generator_words(&self) -> Option<String> {
        let mut parts = Vec::new();
        let rate = self.generator.requests_per_core_second;
        if rate > 0.0 {
            parts.push(format!("{} requests for each second of its processor", number(rate)));
        }
        if let Some(check) = &self.self_check {
            parts.push(format!(
                "against its own responder {} a second at most, lag p50 {}, p99 {}",
                number(check.ceiling),
                time(check.lag.p50_ms),
                time(check.lag.p99_ms)
            ));
        }
        (!parts.is_empty()).then(|| parts.join("; "))
    }

    pub(super) fn machine_words(&self) -> String {
        let mut parts = Vec::new();
        if let Some(machine) = &self.machine {
            parts.push(counted(u64::from(machine.cores), "core"));
        }
        let other = self.interference.other_processors;
        // One that was ended early has told nothing of it.
        if self.generator.cpu_seconds > 0.0 {
            parts.push(format!("{} processors busy with something else", small(other)));
        }
        if self.interference.steal >= 0.005 {
            parts.push(format!("{} taken by the hypervisor", small(self.interference.steal)));
        }
        parts.join(", ")
    }

    pub(super) fn capacity_words(&self) -> Option<String> {
        let capacity = self.capacity.as_ref()?;
        let tried = counted(self.steps.len() as u64, "rate");
        let words = match (capacity.highest_pass, capacity.lowest_fail) {
            (0.0, Some(fail)) => {
                format!("none: {} requests a second are too many already", number(fail))
            }
            (0.0, None) => "unknown: no rate passed".to_owned(),
            (pass, Some(fail)) => {
                format!("{} requests a second; {} are too many", number(pass), number(fail))
            }
            (pass, None) => format!(
                "{} requests a second at least; the generator reaches no further",
                number(pass)
            ),
        };
        Some(format!("{words} ({}, {tried} tried)", capacity.slo))
    }
}

impl ErrorLine {
    fn count_of(&self, document: &LoadDocument) -> String {
        number(document.counts.intended.max(self.count) as f64)
    }
}

/// Two digits that matter.
pub(super) fn small(value: f64) -> String {
    match value.abs() {
        size if size >= 9.95 => number(value),
        size if size >= 0.995 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_grouped_and_small_ones_keep_a_decimal() {
        let shown = [0.0, 0.5, 99.0, 100.4, 1999.6, 1_234_567.0, -1200.0].map(number);
        assert_eq!(shown, ["0", "0.5", "99", "100", "2,000", "1,234,567", "-1,200"]);
    }

    #[test]
    fn milliseconds_of_a_table_keep_three_digits_that_matter() {
        assert_eq!(
            [0.021, 0.9999, 9.4212, 12.345, 1234.4].map(cell),
            ["0.021", "1.00", "9.42", "12.3", "1234"]
        );
    }
}
