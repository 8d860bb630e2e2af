//! Server reflection as a client: v1 and v1alpha asked at once, everything pipelined.
//!
//! Reflection is an RPC as any other: it can be refused, and then the refusal is the answer. What the
//! server sends is bounded in bytes, files, round trips and time.

use std::time::Duration;

use tokio::time::Instant;

use crate::describe::Described;
use crate::describe::NotDescribed;
use crate::describe::Source;
use crate::describe::find_method;
use crate::describe::given::Given;
use crate::describe::method::MethodName;
pub use crate::describe::reflection::asking::tell;
use crate::describe::reflection::session::Session;
use crate::describe::reflection::session::broken;
use crate::describe::reflection::store::Store;
use crate::describe::reflection::store::flawed;
use crate::describe::reflection::stream::Allowance;
use crate::describe::reflection::stream::Opening;
use crate::describe::unknown_method;
use crate::invoke::Channel;
use crate::metadata::Metadata;

mod asking;
mod lookup;
mod messages;
mod session;
mod store;
mod stream;

/// All answers together, in bytes.
pub const MAX_BYTES: usize = 32 << 20;
/// Files of one description.
pub const MAX_FILES: usize = 10_000;
/// Flights of questions, and so also levels of imports on a server that sends one file at a time.
pub const MAX_ROUND_TRIPS: u32 = 64;
/// Services searched for a bare method.
pub const MAX_SERVICES_SEARCHED: usize = 1_000;
/// How long a description may take when no deadline is given.
pub const DEFAULT_LIMIT: Duration = Duration::from_secs(30);

/// The two versions of the protocol; their messages are the same on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    V1,
    V1Alpha,
}

impl Version {
    /// `:path` of its one method.
    pub fn path(self) -> &'static str {
        match self {
            Self::V1 => "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
            Self::V1Alpha => "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
        }
    }

    pub(super) fn source(self) -> Source {
        match self {
            Self::V1 => Source::ReflectionV1,
            Self::V1Alpha => Source::ReflectionV1Alpha,
        }
    }
}

/// Describes a method by asking the server. One round trip if the service's whole name is given and the
/// server sends its imports along, as Go's and Java's do; one more for each level of imports otherwise.
///
/// # Errors
/// A refusal, also one for lack of a connection, is in [`NotDescribed::Refused`]; the server's faults
/// are [`NotDescribed::Broken`]; what the user named wrongly is one of the `Unknown…` and `Ambiguous`.
pub async fn by_reflection(
    channel: &Channel,
    metadata: &Metadata,
    name: &MethodName,
    deadline: Option<Instant>,
) -> Result<Described, NotDescribed> {
    beside_files(channel, metadata, &Given::default(), name, deadline).await
}

/// As [`by_reflection`]; only what the files given lack is asked of the server.
///
/// # Errors
/// As [`by_reflection`], and when a file given cannot be read.
pub async fn beside_files(
    channel: &Channel,
    metadata: &Metadata,
    given: &Given,
    name: &MethodName,
    deadline: Option<Instant>,
) -> Result<Described, NotDescribed> {
    let mut session = open(channel, metadata, deadline);
    let mut store = Store::with(given)?;
    let found = lookup::service(&mut session, &mut store, name).await?;
    let service = found.service;
    let root = method_file(&store, &service, name.method())?;
    store.complete(&mut session, &[root]).await?;
    let set = store.set()?;
    let pool = set
        .closure_for_method(&service, name.method())
        .map_err(flawed)?;
    let files = set.files_for_symbol(&service).map_err(flawed)?;
    let method = find_method(&pool, &service, name.method())
        .ok_or_else(|| unknown_method(&service, name.method(), Vec::new()))?;
    Ok(Described {
        full_name_used: format!("{service}/{}", name.method()),
        pool,
        method,
        source: source(given, &session),
        resolved_from_suffix: found.from_suffix,
        round_trips: session.round_trips(),
        files: store.share(&files),
    })
}

fn source(given: &Given, session: &Session) -> Source {
    if given.is_empty() {
        session.version().source()
    } else {
        Source::FilesAndReflection(given.paths.clone(), session.version())
    }
}

fn open(channel: &Channel, metadata: &Metadata, deadline: Option<Instant>) -> Session {
    Session::new(Opening {
        channel: channel.clone(),
        metadata: metadata.clone(),
        deadline: deadline.unwrap_or_else(|| Instant::now() + DEFAULT_LIMIT),
        allowance: Allowance::new(),
    })
}

/// The file of a service that is in the store, if the service has the method.
fn method_file(store: &Store, service: &str, method: &str) -> Result<String, NotDescribed> {
    let set = store.set()?;
    let methods: Vec<String> = set
        .service(service)
        .iter()
        .flat_map(|outline| outline.methods().map(str::to_owned))
        .collect();
    if !methods.iter().any(|known| known == method) {
        return Err(unknown_method(service, method, methods));
    }
    file_name(store, service)
}

fn file_name(store: &Store, symbol: &str) -> Result<String, NotDescribed> {
    let set = store.set()?;
    let file = set.file_of(symbol).map(|file| file.name.to_owned());
    file.ok_or_else(|| broken("it describes nothing".to_owned()))
}

#[cfg(test)]
mod tests;
