//! Server reflection as a client: v1 and v1alpha asked at once, everything pipelined.
//!
//! Reflection is an RPC as any other: it can be refused, and then the refusal is the answer. What the
//! server sends is bounded in bytes, files, round trips and time.

pub use asking::listing;

use tokio::time::Instant;

use crate::describe::described::Described;
use crate::describe::described::NotDescribed;
use crate::describe::described::find_method;
use crate::describe::described::unknown_method;
use crate::describe::given::Given;
use crate::describe::method::MethodName;
use crate::describe::reflection::session::Session;
use crate::describe::reflection::session::broken;
use crate::describe::reflection::store::Store;
use crate::describe::reflection::store::flawed;
use crate::invoke::Channel;
use crate::metadata::Metadata;

mod asking;
mod lookup;
mod messages;
mod session;
mod store;
mod stream;
pub mod version;

/// Describes a method by asking the server what the files given lack. One round trip if the service's whole name is given and the
/// server sends its imports along, as Go's and Java's do; one more for each level of imports otherwise.
///
/// # Errors
/// A refusal, also one for lack of a connection, is in [`NotDescribed::Refused`]; the server's faults
/// are [`NotDescribed::Broken`]; what the user named wrongly is one of the `Unknown…` and `Ambiguous`. Or a file
/// given cannot be read.
pub async fn beside_files(
    channel: &Channel,
    metadata: &Metadata,
    given: &Given,
    name: &MethodName,
    deadline: Option<Instant>,
) -> Result<Described, NotDescribed> {
    let mut session = Session::open(channel, metadata, deadline);
    let mut store = Store::with(given)?;
    let found = lookup::service(&mut session, &mut store, name).await?;
    let service = found.service;
    let root = method_file(&store, &service, name.method())?;
    store.complete(&mut session, &[root]).await?;
    let set = store.set()?;
    let linked = set
        .closure_for_method(&service, name.method())
        .map_err(flawed)?;
    let closure = set.closure_of(&service).map_err(flawed)?;
    let method = find_method(&linked.pool, &service, name.method())
        .ok_or_else(|| unknown_method(&service, name.method(), Vec::new()))?;
    Ok(Described {
        full_name_used: format!("{service}/{}", name.method()),
        pool: linked.pool,
        method,
        source: session.source(given),
        resolved_from_suffix: found.from_suffix,
        round_trips: session.round_trips(),
        notes: [linked.notes, set.notes(&closure)].concat(),
        files: store.share(&closure.files),
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
