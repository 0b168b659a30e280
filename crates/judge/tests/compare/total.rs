//! total
