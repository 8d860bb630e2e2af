//! What `list` and `describe` ask a server.

use tokio::time::Instant;

use crate::describe::described::NotDescribed;
use crate::describe::given::Given;
use crate::describe::listing;
use crate::describe::listing::Contents;
use crate::describe::listing::Listing;
use crate::describe::listing::Question;
use crate::describe::method::MethodName;
use crate::describe::reflection::lookup;
use crate::describe::reflection::lookup::MAX_SERVICES_SEARCHED;
use crate::describe::reflection::messages;
use crate::describe::reflection::messages::Reply;
use crate::describe::reflection::session::Session;
use crate::describe::reflection::session::broken;
use crate::describe::reflection::store;
use crate::describe::reflection::store::Store;
use crate::describe::reflection::store::flawed;
use crate::describe::symbol;
use crate::describe::symbol::SymbolName;
use crate::invoke::Channel;
use crate::metadata::Metadata;

/// Answers a question by asking the server for what `given` lacks. `want_files`: the files of listed
/// services too, which listing alone does not need.
///
/// The services take one round trip; a symbol by its full name one on a server that sends imports along.
///
/// # Errors
/// As [`crate::describe::reflection::beside_files`].
pub async fn listing(
    channel: &Channel,
    metadata: &Metadata,
    given: &Given,
    question: &Question,
    want_files: bool,
    deadline: Option<Instant>,
) -> Result<Listing, NotDescribed> {
    let mut session = Session::open(channel, metadata, deadline);
    let mut store = Store::with(given)?;
    let listed = gather(&mut session, &mut store, question, want_files).await?;
    let set = store.set()?;
    let mut found = match &listed {
        // A list of names is told as it was given: not every server describes all that it lists.
        Some(names) if matches!(question, Question::List { .. }) => listing::Found {
            contents: Contents::Services(names.clone()),
            resolved_from_suffix: None,
            roots: names.clone(),
        },
        _ => listing::answer(&set, question, &flawed)?,
    };
    if let (Some(names), Contents::Symbols(symbols)) = (&listed, &mut found.contents) {
        symbols.retain(|symbol| names.binary_search(&symbol.name).is_ok());
    }
    if !want_files && !question.needs_imports() {
        found.roots.clear();
    }
    found.roots.retain(|root| set.file_of(root).is_some());
    let closure = listing::closures(&set, &found.roots).map_err(flawed)?;
    Ok(Listing {
        notes: set.notes(&closure),
        files: match want_files {
            true => store.share(&closure.files),
            false => Vec::new(),
        },
        contents: found.contents,
        source: session.source(given),
        resolved_from_suffix: found.resolved_from_suffix,
        round_trips: session.round_trips(),
    })
}

/// Brings what the answer needs into the store; returns the services if they were listed.
async fn gather(
    session: &mut Session,
    store: &mut Store,
    question: &Question,
    want_files: bool,
) -> Result<Option<Vec<String>>, NotDescribed> {
    match question {
        Question::List { service: None } => {
            let services = all_services(session, store).await?;
            if want_files {
                describe_all(session, store, &services).await?;
            }
            Ok(Some(services))
        }
        Question::List {
            service: Some(name),
        } => {
            list_one(session, store, name, want_files).await?;
            Ok(None)
        }
        Question::Describe { symbol: None, .. } => {
            let services = all_services(session, store).await?;
            describe_all(session, store, &services).await?;
            Ok(Some(services))
        }
        Question::Describe {
            symbol: Some(name), ..
        } => {
            describe_one(session, store, name).await?;
            Ok(None)
        }
    }
}

/// The services that the server lists and those of the files given, sorted.
async fn all_services(session: &mut Session, store: &Store) -> Result<Vec<String>, NotDescribed> {
    let mut replies = session.ask(&[messages::Question::ListServices]).await?;
    let mut services = match replies.pop() {
        Some(Reply::Services(services)) => services,
        Some(Reply::Error { message, .. }) => {
            return Err(broken(format!(
                "it gives no list of services: {}",
                message.quoted(200)
            )));
        }
        _ => return Err(store::odd_reply("the list of services")),
    };
    services.extend(store.services()?);
    services.sort_unstable();
    services.dedup();
    Ok(services)
}

/// The files of all these services, with their imports.
async fn describe_all(
    session: &mut Session,
    store: &mut Store,
    services: &[String],
) -> Result<(), NotDescribed> {
    if services.len() > MAX_SERVICES_SEARCHED {
        return Err(broken(format!(
            "it lists {} services, and at most {MAX_SERVICES_SEARCHED} are described at once: name one",
            services.len()
        )));
    }
    lookup::fetch_all(session, store, services).await?;
    complete(session, store, services).await
}

async fn list_one(
    session: &mut Session,
    store: &mut Store,
    name: &MethodName,
    want_files: bool,
) -> Result<(), NotDescribed> {
    let found = lookup::service(session, store, name).await?;
    if want_files {
        complete(session, store, &[found.service]).await?;
    }
    Ok(())
}

/// A symbol's file with its imports. The server is asked for the name as it was written; if it has none
/// such, for all that it lists, since the end of a name may have been meant.
async fn describe_one(
    session: &mut Session,
    store: &mut Store,
    name: &SymbolName,
) -> Result<(), NotDescribed> {
    let written = name.as_str();
    if symbol::find(&store.set()?, name).is_err() {
        let question = messages::Question::Symbol(written.to_owned());
        let mut denied = false;
        for reply in session.ask(&[question]).await? {
            denied = lookup::take_symbol(store, written, reply)?.is_some();
        }
        if denied {
            let services =
                lookup::services_in_all(session.ask(&[messages::Question::ListServices]).await?);
            let holds = |service: &&String| {
                let rest = written.strip_prefix(service.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            match services.iter().find(holds) {
                Some(service) => lookup::fetch(session, store, service).await?,
                None => search(session, store, name, &services).await?,
            }
        }
    }
    let full_name = match symbol::find(&store.set()?, name) {
        Ok((located, _)) => located.full_name(),
        // The answer will say so, with what there is.
        Err(_) => return Ok(()),
    };
    complete(session, store, &[full_name]).await
}

/// Looks for a name among all services and what they import.
async fn search(
    session: &mut Session,
    store: &mut Store,
    name: &SymbolName,
    services: &[String],
) -> Result<(), NotDescribed> {
    if services.len() > MAX_SERVICES_SEARCHED {
        return Err(NotDescribed::UnknownSymbol {
            name: name.as_str().to_owned(),
            suggestion: None,
            known: services.to_vec(),
        });
    }
    lookup::fetch_all(session, store, services).await?;
    if symbol::find(&store.set()?, name).is_err() {
        complete(session, store, services).await?;
    }
    Ok(())
}

/// Fetches the imports of the files that declare these symbols.
async fn complete(
    session: &mut Session,
    store: &mut Store,
    symbols: &[String],
) -> Result<(), NotDescribed> {
    let roots: Vec<String> = {
        let set = store.set()?;
        let files = symbols.iter().filter_map(|symbol| set.file_of(symbol));
        files.map(|file| file.name.to_owned()).collect()
    };
    store.complete(session, &roots).await
}
