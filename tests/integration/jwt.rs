//! JWTs, held against vectors that others made.

mod wycheproof;
