//! The verdicts of claims: one list for code, screens and documents alike.

named! {
    /// What may be said of a claim. Absence of data is never a negative verdict.
    pub enum Verdict ("verdict") {
        /// The measurement bears the sentence out.
        Holds = "holds",
        /// The measurement contradicts the sentence.
        DoesNotHold = "does-not-hold",
        /// Equal within the margin that was fixed before the run.
        NoDifference = "no-difference",
        /// True under some of the conditions, which are listed.
        Depends = "depends",
        /// Different, but the size straddles the margin.
        Differs = "differs",
        /// Too few pairs for this noise.
        Inconclusive = "inconclusive",
        /// True by the language's definition; a probe demonstrates it.
        ByDesign = "by-design",
        /// Rests on a dated source.
        Documented = "documented",
        /// The reader's own range, asked for by `decide`.
        Judgement = "judgement",
        /// The programs do not give the same answers.
        NotComparable = "not-comparable",
        /// No observation, for the reason given.
        NotRun = "not-run",
        /// Written for an older toolchain and refuted by this one.
        OutOfDate = "out-of-date",
    }
}

impl Verdict {
    /// The verdict in words for people.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::DoesNotHold => "does not hold",
            Self::NoDifference => "no difference that matters",
            Self::Depends => "depends",
            Self::Differs => "differs, size unclear",
            Self::Inconclusive => "inconclusive",
            Self::ByDesign => "by design",
            Self::Documented => "documented",
            Self::Judgement => "judgement",
            Self::NotComparable => "not comparable",
            Self::NotRun => "not run",
            Self::OutOfDate => "out of date",
        }
    }
}
