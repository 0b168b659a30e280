//! Charts as inline SVG, made by hand: a forest of intervals, the pairs of a
//! run over time, latency by quantile, a drive second by second, and programs
//! between two costs.
//!
//! The charting crates that could draw these are unkept, or bring a font
//! renderer and a browser engine for what is here a few lines and dots; none
//! of them draws in percent of a column's width, which is what lets one file
//! be read at 390 and at 1280 pixels, in light and dark, and on paper. Colours
//! come from the page's style sheet by class.

pub(crate) mod forest;
pub(crate) mod latency;
pub(crate) mod pairs;
mod plane;
pub(crate) mod scatter;
pub(crate) mod timeline;
