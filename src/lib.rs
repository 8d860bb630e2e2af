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
//! it. `tests/architecture` holds the house to that.

#![cfg_attr(not(test), warn(unreachable_pub))]

mod clock;
mod exit_status;
mod jwt;
mod secret;

mod metadata;
mod peer_text;
mod runtime;
mod status;
mod target;
mod text;
mod trusted_path;
mod whole_file;
mod x509;

mod connect;
mod invoke;

mod describe;

mod identity;

mod authenticate;

mod evidence;

mod verdict;

mod suite;

mod lab;

mod report;

mod cli;

mod plan;

mod session;

pub use session::run;

/// What the tests and benches of this package call beside [`run`]. No interface for anybody else.
#[doc(hidden)]
pub mod internals {
    pub use crate::describe::descriptor_set::LazySet;
    pub use crate::describe::given::Given;
    pub use crate::describe::method::MethodName;
    pub use crate::describe::protoset::from_files;
    pub use crate::invoke::Answer;
    pub use crate::invoke::Buffered;
    pub use crate::invoke::Channel;
    pub use crate::invoke::Collected;
    pub use crate::invoke::Ended;
    pub use crate::invoke::Flow;
    pub use crate::invoke::Interruption;
    pub use crate::invoke::Requests;
    pub use crate::invoke::Responses;
    pub use crate::invoke::Rpc;
    pub use crate::invoke::Trouble;
    pub use crate::invoke::WireFault;
    pub use crate::invoke::details::decode;
    pub use crate::invoke::invoke;
    pub use crate::invoke::json::Decoder;
    pub use crate::invoke::json::Encoder;
    pub use crate::invoke::json::Layout;
    pub use crate::invoke::json::NoMessage;
    pub use crate::invoke::json::Splitter;
    pub use crate::invoke::json::Stream;
    pub use crate::invoke::json::Transcoder;
    pub use crate::jwt::Jws;
    pub use crate::jwt::Keys;
    pub use crate::jwt::verify::verify;
    pub use crate::report::explanation::markdown;
    pub use crate::report::schema::v1::schema;
    pub use crate::session::completions::script;
    pub use crate::session::demo::scenes::SCENES;
    pub use crate::session::man::pages;
    pub use crate::status::AnsweredBy;
    pub use crate::status::Status;
    pub use crate::suite::document::schema as suite_schema;
    pub use crate::text::is_plain;
    pub use crate::x509::pem::certificates;

    pub mod calling {
        pub use crate::cli::Cli;
        pub use crate::cli::Command;
        pub use crate::describe::Described;
        pub use crate::evidence::Attempt;
        pub use crate::evidence::Evidence;
        pub use crate::evidence::Renewed;
        pub use crate::plan::CallPlan;
        pub use crate::plan::call::plan;
        pub use crate::session::asking::Asking;
        pub use crate::session::call::call;
        pub use crate::session::call::input::prepare;
        pub use crate::session::caller::Caller;
        pub use crate::session::caller::acquire;
        pub use crate::session::channel::OpenChannel;
        pub use crate::session::describing::without_asking;
        pub use crate::session::watched::finish;
        pub use crate::verdict::Expectation;
        pub use crate::verdict::judge;
    }

    /// Parsers of what a peer or a file chooses, for `tests/integration/fuzz`.
    pub mod hostile {
        pub use crate::authenticate::cache::Disk;
        pub use crate::authenticate::cache::Entry as Token;
        pub use crate::authenticate::cache::KeyBuilder;
        pub use crate::authenticate::endpoint_url::EndpointUrl;
        pub use crate::authenticate::exec_output;
        pub use crate::authenticate::http::HttpReply;
        pub use crate::authenticate::login_reply::Places;
        pub use crate::authenticate::token_reply;
        pub use crate::connect::proxy::refusal;
        pub use crate::connect::tap::Tap;
        pub use crate::describe::cache;
        pub use crate::describe::listing;
        pub use crate::describe::proto_files::compile;
        pub use crate::describe::reflection;
        pub use crate::jwt::claims::Expected;
        pub use crate::jwt::examination;
        pub use crate::metadata::Metadata;
        pub use crate::metadata::parse_lines;
        pub use crate::plan::profile::choose;
        pub use crate::secret::Secret;
        pub use crate::x509::anchors;
        pub use crate::x509::crl::Crls;
        pub use crate::x509::facts::Facts;
        pub use crate::x509::pem;
        pub use crate::x509::verify;
        pub use crate::x509::walk;
    }

    pub mod lab {
        pub use crate::lab::Lab;
        pub use crate::lab::OpenDoor;
        pub use crate::lab::Options;
        pub use crate::lab::doors::all as doors;
        pub use crate::lab::start;
    }

    pub mod report {
        pub use crate::report::Detail;
        pub use crate::report::Event;
        pub use crate::report::Origin;
        pub use crate::report::Reporter;
        pub use crate::report::Sink;
        pub use crate::report::console::Console;
        pub use crate::report::formats::ALL as FORMATS;
        pub use crate::report::output::Kept;
        pub use crate::report::redactor::Redactor;
        pub use crate::report::style::Style;
    }

    pub mod diagnoses {
        pub use crate::verdict::diagnoses::Certainty;
        pub use crate::verdict::diagnoses::find;
        pub use crate::verdict::diagnoses::rows;
    }
}
