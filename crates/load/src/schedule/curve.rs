//! A rate over time, and its inverse: after how long so many requests have been meant.

/// Straight pieces of rate, one after the other.
#[derive(Debug, Clone)]
pub(super) struct Curve {
    pieces: Vec<Piece>,
    /// The piece of the last question: questions come in order.
    at: usize,
}

#[derive(Debug, Clone, Copy)]
struct Piece {
    begins: f64,
    seconds: f64,
    from: f64,
    to: f64,
    /// Requests before it.
    before: f64,
}

impl Piece {
    /// ∫ of a straight line: a·t + (b − a)·t² ∕ 2T.
    fn requests_after(&self, seconds: f64) -> f64 {
        if self.seconds == 0.0 {
            return 0.0;
        }
        let slope = (self.to - self.from) / self.seconds;
        self.from * seconds + slope * seconds * seconds / 2.0
    }

    fn requests(&self) -> f64 {
        (self.from + self.to) / 2.0 * self.seconds
    }

    /// The root of the same in the form that loses no digits when the slope is small.
    fn time_after(&self, requests: f64) -> f64 {
        if requests <= 0.0 {
            return 0.0;
        }
        let slope = (self.to - self.from) / self.seconds;
        let under_root = (self.from * self.from + 2.0 * slope * requests).max(0.0);
        (2.0 * requests / (self.from + under_root.sqrt())).min(self.seconds)
    }
}

impl Curve {
    /// Pieces of (seconds, rate at the beginning, rate at the end).
    pub(super) fn new(pieces: impl IntoIterator<Item = (f64, f64, f64)>) -> Self {
        let (mut begins, mut before) = (0.0, 0.0);
        let mut kept = Vec::new();
        for (seconds, from, to) in pieces {
            let piece = Piece { begins, seconds, from, to, before };
            begins += seconds;
            before += piece.requests();
            kept.push(piece);
        }
        Self { pieces: kept, at: 0 }
    }

    pub(super) fn requests_until(&self, seconds: f64) -> f64 {
        let begun = self.pieces.iter().take_while(|piece| piece.begins < seconds);
        begun.map(|piece| piece.requests_after((seconds - piece.begins).min(piece.seconds))).sum()
    }

    /// When that many requests are over; `None` past the last. Asked for more and more only.
    pub(super) fn time_after(&mut self, requests: f64) -> Option<f64> {
        loop {
            let piece = self.pieces.get(self.at)?;
            let inside = requests - piece.before;
            if inside < piece.requests() {
                return Some(piece.begins + piece.time_after(inside));
            }
            self.at += 1;
        }
    }
}
