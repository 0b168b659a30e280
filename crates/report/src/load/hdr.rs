//! The log that HdrHistogram's own tools read: one interval, tagged `response`
//! and `service`, times in microseconds.

use std::fmt::Write as _;

use super::LoadDocument;

impl LoadDocument {
    /// The histograms as a log of HdrHistogram, version 1.3. A histogram that is empty is not in it.
    pub fn hdr_log(&self) -> String {
        let started = self.started.as_duration().as_secs_f64();
        let mut log = format!(
            "#[Logged by evenhand {}: {}]\n\
             #[Histogram log format version 1.3]\n\
             #[StartTime: {started:.3} (seconds since epoch)]\n\
             #[BaseTime: {started:.3} (seconds since epoch)]\n\
             #[Values in microseconds, Interval_Max in milliseconds]\n\
             \"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"\n",
            self.frame.version,
            crate::layout::plain(&self.url),
        );
        let kinds = [
            ("response", &self.response, &self.response_histogram),
            ("service", &self.service, &self.service_histogram),
        ];
        for (tag, quantiles, histogram) in kinds {
            if !histogram.is_empty() {
                let (start, length) = (self.asked.warm_up_seconds, self.asked.seconds);
                let max = quantiles.max_ms;
                let _ = writeln!(log, "Tag={tag},{start:.3},{length:.3},{max:.3},{histogram}");
            }
        }
        log
    }
}
