//! Finds out who said no to a gRPC call, and why.
//!
//! ```text
//!  arguments ─ plan ─┬─ connect ──────┬─ describe ─ invoke ─ evidence ─ verdict ─ report
//!                    └─ authenticate ─┘
//! ```
//!
//! One way through. [`plan`] turns flags, environment, files and the clock into one request for each
//! stage and raises every usage error before the first packet. [`connect`] and [`authenticate`] run
//! side by side; a credential is attached once the channel's security is known. What a peer refuses
//! is [`evidence`], not an `Err`. [`verdict`] is pure: expectation and evidence in, outcome and
//! diagnosis out. [`report`] turns both into bytes and decides nothing. [`session`] alone knows the
//! order, and runs everything.
//!
//! # Where to add
//!
//! | what | file | row |
//! |---|---|---|
//! | call credential | `authenticate/call_credentials/<kind>.rs` | [`authenticate::call_credentials::ALL`] |
//! | grant | `authenticate/grants/<grant>.rs` | [`authenticate::grants::ALL`] |
//! | client authentication | `authenticate/client_authentication/<method>.rs` | [`authenticate::client_authentication::ALL`] |
//! | channel credential | `connect/channel_credentials/<kind>.rs` | [`connect::channel_credentials::ChannelCredentials`] |
//! | diagnosis | `verdict/diagnoses/<family>/<id>.rs` and its page, `<id>.md` | the family's table, in [`verdict::diagnoses`] |
//! | output format | `report/formats/<format>.rs` | [`report::formats::ALL`] |
//! | lab door | `lab/doors/<kind>.rs`, if it answers as no other does | its family's, in [`lab::doors`] |
//! | command | `cli/<command>.rs`, `session/<command>.rs` | [`cli::Command`] |
//!
//! Modules stand in the order in which they may use each other: each uses only what stands above
//! it. `tests/architecture.rs` holds the house to that.

pub mod clock;
pub mod exit_status;
pub mod jwt;
pub mod metadata;
pub mod secret;
pub mod status;
pub mod target;
pub mod text;
pub mod whole_file;
pub mod x509;

pub mod connect;
pub mod invoke;

pub mod describe;

pub mod identity;

pub mod authenticate;

pub mod evidence;

pub mod verdict;

pub mod lab;

pub mod report;

pub mod cli;

pub mod plan;

pub mod session;
