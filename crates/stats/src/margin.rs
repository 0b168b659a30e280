//! What is too small to matter, fixed before the run.

/// A difference matters only beyond a ratio *and* beyond an absolute floor, in the same direction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Margin {
    factor: f64,
    floor: f64,
}

/// Numbers that are no margin.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum UnusableMargin {
    /// The factor is below one, or not finite.
    #[error("margin factor {0} is not a number of at least 1; for a margin of 10 % write 1.10")]
    Factor(f64),
    /// The floor is negative, or not finite.
    #[error(
        "margin floor {0} is not a number of at least 0, in the unit of the metric; for no floor write 0"
    )]
    Floor(f64),
}

impl Margin {
    /// No margin: above and below say that no difference is excluded, and nothing lies inside.
    pub const NONE: Margin = Margin { factor: 1.0, floor: 0.0 };

    /// `factor`: the ratio from which a difference matters (1.10 reaches from 1/1.10 to 1.10);
    /// `floor`: the absolute difference, in the unit of the metric.
    ///
    /// # Errors
    /// A factor below 1, a floor below 0, or either not finite.
    pub fn new(factor: f64, floor: f64) -> Result<Margin, UnusableMargin> {
        if !(factor.is_finite() && factor >= 1.0) {
            return Err(UnusableMargin::Factor(factor));
        }
        if !(floor.is_finite() && floor >= 0.0) {
            return Err(UnusableMargin::Floor(floor));
        }
        Ok(Margin { factor, floor })
    }

    /// The ratio, at least 1.
    pub fn factor(self) -> f64 {
        self.factor
    }

    /// The absolute difference, at least 0, in the unit of the metric.
    pub fn floor(self) -> f64 {
        self.floor
    }

    pub(crate) fn ln_factor(self) -> f64 {
        self.factor.ln()
    }
}

/// What a claim says of B against A.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Claimed {
    /// B is below A by more than the margin.
    Below,
    /// B is above A by more than the margin.
    Above,
    /// The difference does not matter.
    Inside,
}

impl Claimed {
    /// The two things that B may be instead.
    pub fn others(self) -> [Claimed; 2] {
        match self {
            Claimed::Below => [Claimed::Inside, Claimed::Above],
            Claimed::Above => [Claimed::Inside, Claimed::Below],
            Claimed::Inside => [Claimed::Below, Claimed::Above],
        }
    }
}
