//! Server reflection as a client: v1 and v1alpha asked at once, everything pipelined.
//!
//! Reflection is an RPC as any other: it can be refused, and then the refusal is the answer. What the
//! server sends is bounded in bytes, files, round trips and time.

use std::time::Duration;

use prost_reflect::DescriptorPool;
use tokio::time::Instant;

use crate::describe::Described;
use crate::describe::NotDescribed;
use crate::describe::Source;
use crate::describe::find_method;
use crate::describe::method::MethodName;
use crate::describe::reflection::messages::Question;
use crate::describe::reflection::messages::Reply;
use crate::describe::reflection::session::Session;
use crate::describe::reflection::session::broken;
use crate::describe::reflection::store::Store;
use crate::describe::reflection::store::flawed;
use crate::describe::reflection::stream::Allowance;
use crate::describe::reflection::stream::Opening;
use crate::describe::unknown_method;
use crate::invoke::Channel;
use crate::metadata::Metadata;
use crate::text::did_you_mean;

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

    fn source(self) -> Source {
        match self {
            Self::V1 => Source::ReflectionV1,
            Self::V1Alpha => Source::ReflectionV1Alpha,
        }
    }
}

/// The services that a server lists, each once, in its order.
#[derive(Clone, Debug)]
pub struct Listed {
    pub services: Vec<String>,
    pub source: Source,
    pub round_trips: u32,
}

/// A symbol's file and all that it imports.
#[derive(Clone, Debug)]
pub struct SymbolDescribed {
    pub pool: DescriptorPool,
    pub source: Source,
    pub round_trips: u32,
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
    let mut session = open(channel, metadata, deadline);
    let mut store = Store::default();
    let found = lookup::service(&mut session, &mut store, name).await?;
    let service = found.service;
    let root = method_file(&store, &service, name.method())?;
    store.complete(&mut session, &root).await?;
    let pool = store
        .set()?
        .closure_for_method(&service, name.method())
        .map_err(flawed)?;
    let method = find_method(&pool, &service, name.method())
        .ok_or_else(|| unknown_method(&service, name.method(), Vec::new()))?;
    Ok(Described {
        full_name_used: format!("{service}/{}", name.method()),
        pool,
        method,
        source: session.version().source(),
        resolved_from_suffix: found.from_suffix,
        round_trips: session.round_trips(),
    })
}

/// The services of a server, in one round trip.
///
/// # Errors
/// As [`by_reflection`].
pub async fn list_services(
    channel: &Channel,
    metadata: &Metadata,
    deadline: Option<Instant>,
) -> Result<Listed, NotDescribed> {
    let mut session = open(channel, metadata, deadline);
    let mut replies = session.ask(&[Question::ListServices]).await?;
    if let Some(Reply::Error { message, .. }) = replies.first() {
        let said = crate::text::shorten(message, 200);
        return Err(broken(format!(
            "it gives no list of services: {}",
            crate::text::escape(&said)
        )));
    }
    let services = match replies.pop() {
        Some(Reply::Services(services)) => store::distinct(services),
        _ => return Err(store::odd_reply("the list of services")),
    };
    Ok(Listed {
        services,
        source: session.version().source(),
        round_trips: session.round_trips(),
    })
}

/// The file that declares `symbol` (a full name of anything) with all its imports.
///
/// # Errors
/// As [`by_reflection`]; an unknown symbol is [`NotDescribed::UnknownService`] with the services known.
pub async fn symbol(
    channel: &Channel,
    metadata: &Metadata,
    symbol: &str,
    deadline: Option<Instant>,
) -> Result<SymbolDescribed, NotDescribed> {
    let mut session = open(channel, metadata, deadline);
    let mut store = Store::default();
    let question = Question::Symbol(symbol.to_owned());
    for reply in session.ask(&[question]).await? {
        if lookup::take_symbol(&mut store, symbol, reply)?.is_some() {
            let known = lookup::services_in_all(session.ask(&[Question::ListServices]).await?);
            let near = did_you_mean(symbol, known.iter().map(String::as_str));
            return Err(NotDescribed::UnknownService {
                name: symbol.to_owned(),
                suggestion: near.map(str::to_owned),
                known,
            });
        }
    }
    let root = file_name(&store, symbol)?;
    store.complete(&mut session, &root).await?;
    let pool = store.set()?.closure_for_symbol(symbol).map_err(flawed)?;
    Ok(SymbolDescribed {
        pool,
        source: session.version().source(),
        round_trips: session.round_trips(),
    })
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
