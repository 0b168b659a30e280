//! How a program is built, and how much its author was allowed to tune it.

named! {
    /// A way of building, spelled out for each language in `languages/`.
    pub enum Profile ("profile") {
        /// What the toolchain does when asked for a release and nothing else.
        Default = "default",
        /// What careful teams ship: stripped, optimised, baseline CPU level.
        ReleasePractice = "release-practice",
        /// The same, linked static.
        Static = "static",
        /// Each side's own best for a small file.
        Smallest = "smallest",
    }
}

named! {
    /// How far a side's program goes. The headline is `idiomatic`.
    pub enum Tier ("tier") {
        /// Standard library only.
        Std = "std",
        /// What an expert of the language would approve in review.
        Idiomatic = "idiomatic",
        /// The same job with allocator, pools, profile-guided builds and so on.
        Tuned = "tuned",
    }
}
