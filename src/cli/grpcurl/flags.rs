//! grpcurl's flags, one row each, and what they are here.

use std::ffi::OsStr;
use std::ffi::OsString;

use crate::cli::grpcurl::Refused;

/// What a flag of grpcurl's becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A switch of ours.
    Switch(&'static str),
    /// One switch of ours if it is on, another if it is off.
    Either(&'static str, &'static str),
    /// A switch whose effect is always there.
    Needless,
    Value(&'static str),
    /// A number of seconds; 0 is no limit.
    Seconds(&'static str),
    /// A header, in which `-expand-headers` puts variables.
    Header(&'static str),
    /// Ours, and the verified name.
    Authority,
    ExpandHeaders,
    Format,
    /// The address is the path of a socket.
    Unix,
    /// No counterpart: what to do instead.
    Nothing(&'static str),
}

const ALTS: &str = "ALTS works within Google Cloud alone; connect by TLS, or with --plaintext";

const FLAGS: &[(&str, Meaning)] = &[
    ("H", Meaning::Header("-H")),
    (
        "allow-unknown-fields",
        Meaning::Switch("--allow-unknown-fields"),
    ),
    ("alts", Meaning::Nothing(ALTS)),
    ("alts-handshaker-service", Meaning::Nothing(ALTS)),
    ("alts-target-service-account", Meaning::Nothing(ALTS)),
    ("authority", Meaning::Authority),
    ("cacert", Meaning::Value("--cacert")),
    ("cert", Meaning::Value("--cert")),
    ("connect-timeout", Meaning::Seconds("--connect-timeout")),
    ("d", Meaning::Value("-d")),
    ("emit-defaults", Meaning::Switch("--emit-defaults")),
    ("expand-headers", Meaning::ExpandHeaders),
    ("format", Meaning::Format),
    // A refusal's details are always shown.
    ("format-error", Meaning::Needless),
    ("help", Meaning::Switch("--help")),
    ("import-path", Meaning::Value("--import-path")),
    ("insecure", Meaning::Switch("--insecure")),
    ("keepalive-time", Meaning::Seconds("--keepalive-time")),
    ("key", Meaning::Value("--key")),
    ("max-msg-sz", Meaning::Value("--max-msg-size")),
    ("max-time", Meaning::Seconds("--max-time")),
    ("msg-template", Meaning::Switch("--template")),
    ("plaintext", Meaning::Switch("--plaintext")),
    ("proto", Meaning::Value("--proto")),
    (
        "proto-out-dir",
        Meaning::Nothing(
            "write a descriptor set with --protoset-out FILE; `grpcauth describe` prints a symbol's source",
        ),
    ),
    ("protoset", Meaning::Value("--protoset")),
    ("protoset-out", Meaning::Value("--protoset-out")),
    ("reflect-header", Meaning::Header("--reflect-header")),
    ("rpc-header", Meaning::Header("--rpc-header")),
    ("servername", Meaning::Value("--servername")),
    ("unix", Meaning::Unix),
    (
        "use-reflection",
        Meaning::Either("--use-reflection", "--no-reflection"),
    ),
    ("user-agent", Meaning::Value("--user-agent")),
    ("version", Meaning::Switch("--version")),
];

impl Meaning {
    pub(super) fn takes_value(self) -> bool {
        matches!(
            self,
            Self::Value(_) | Self::Seconds(_) | Self::Header(_) | Self::Authority | Self::Format
        )
    }

    fn is_switch(self) -> bool {
        !self.takes_value() && !matches!(self, Self::Nothing(_))
    }
}

/// grpcurl's flag behind one dash, and the value after its `=`. Behind two dashes a flag is ours, but for
/// `--switch=true`, which Go's flags allow and ours do not.
pub(super) fn find(word: &str) -> Option<(Meaning, Option<&str>)> {
    let (bare, is_double) = match word.strip_prefix("--") {
        Some(bare) => (bare, true),
        None => (word.strip_prefix('-')?, false),
    };
    let (name, value) = match bare.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (bare, None),
    };
    let (_, meaning) = FLAGS.iter().find(|(known, _)| *known == name)?;
    let is_theirs = !is_double || (meaning.is_switch() && value.is_some());
    is_theirs.then_some((*meaning, value))
}

/// The flag without its value, as it was typed.
pub(super) fn name(word: &str) -> &str {
    word.split('=').next().unwrap_or(word)
}

/// A switch's value, as Go's strconv.ParseBool reads it.
pub(in crate::cli) fn switch(word: &str, value: Option<&OsString>) -> Result<bool, Refused> {
    let Some(value) = value else {
        return Ok(true);
    };
    match value.to_str() {
        Some("1" | "t" | "T" | "true" | "TRUE" | "True") => Ok(true),
        Some("0" | "f" | "F" | "false" | "FALSE" | "False") => Ok(false),
        _ => Err(Refused {
            what: format!("{} is a switch: its value is true or false", name(word)),
            hint: format!("write {} or {}=false", name(word), name(word)),
        }),
    }
}

/// `-format json` is what there is.
pub(super) fn format(value: Option<&OsString>) -> Result<(), Refused> {
    match value.and_then(|value| value.to_str()) {
        Some("json") => Ok(()),
        Some("text") => Err(Refused {
            what: "-format text, the protobuf text format, is not read here".to_owned(),
            hint: "write the request as JSON; --format text is how grpcauth reports".to_owned(),
        }),
        _ => Err(Refused {
            what: "-format takes json here".to_owned(),
            hint: "leave it out, or choose the report with --format text, json or ndjson"
                .to_owned(),
        }),
    }
}

/// An authority without its port: what a certificate can be verified for.
pub(super) fn host_of(authority: &OsStr) -> OsString {
    let Some(text) = authority.to_str() else {
        return authority.to_owned();
    };
    let host = match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, _)) => address,
        None => text.split(':').next().unwrap_or(text),
    };
    host.into()
}
