//! Which service is meant, and the file that declares it.

use crate::describe::described::NotDescribed;
use crate::describe::described::resolved;
use crate::describe::flaw::quote;
use crate::describe::method::MethodName;
use crate::describe::reflection::messages::Question;
use crate::describe::reflection::messages::Reply;
use crate::describe::reflection::session::Session;
use crate::describe::reflection::session::broken;
use crate::describe::reflection::store::Store;
use crate::describe::reflection::store::distinct;
use crate::describe::reflection::store::odd_reply;
use crate::peer_text::PeerText;

/// Services searched for a bare method.
pub(super) const MAX_SERVICES_SEARCHED: usize = 1_000;

/// A service whose file is in the store.
pub(super) struct Found {
    pub service: String,
    pub from_suffix: bool,
}

/// Finds the service of `name`. A qualified name is asked for at once, a shorter one beside the list;
/// the list is otherwise asked for only when the server does not know the name.
pub(super) async fn service(
    session: &mut Session,
    store: &mut Store,
    name: &MethodName,
) -> Result<Found, NotDescribed> {
    let Some(written) = name.service() else {
        return by_method(session, store, name).await;
    };
    if store.set()?.service(written).is_some() {
        return Ok(Found {
            service: written.to_owned(),
            from_suffix: false,
        });
    }
    let mut questions = vec![Question::Symbol(written.to_owned())];
    if !name.is_qualified() {
        questions.insert(0, Question::ListServices);
    }
    let mut replies = session.ask(&questions).await?;
    let denial = match replies.pop() {
        Some(reply) => take_service(store, written, reply)?,
        None => None,
    };
    let Some(denial) = denial else {
        return Ok(Found {
            service: written.to_owned(),
            from_suffix: false,
        });
    };
    let mut known = match replies.pop() {
        Some(reply) => services_in(reply),
        None => services_in_all(session.ask(&[Question::ListServices]).await?),
    };
    known.extend(store.services()?);
    let known = distinct(known);
    let listed = known.clone();
    let resolution = name.among_services(listed.iter().map(String::as_str));
    let (service, from_suffix) = resolved(name, resolution, known)?;
    if !from_suffix {
        return Err(undescribed(&service, &denial));
    }
    if store.set()?.service(&service).is_none() {
        fetch(session, store, &service).await?;
    }
    Ok(Found {
        service,
        from_suffix,
    })
}

/// Searches every service for a bare method: two round trips, the list and all services at once.
async fn by_method(
    session: &mut Session,
    store: &mut Store,
    name: &MethodName,
) -> Result<Found, NotDescribed> {
    let listed = services_in_all(session.ask(&[Question::ListServices]).await?);
    if listed.len() > MAX_SERVICES_SEARCHED {
        return Err(NotDescribed::Ambiguous {
            name: name.to_string(),
            candidates: Vec::new(),
        });
    }
    fetch_all(session, store, &listed).await?;
    let mut known = listed;
    known.extend(store.services()?);
    let known = distinct(known);
    let set = store.set()?;
    let methods: Vec<(&str, &str)> = known
        .iter()
        .filter_map(|service| Some((service, set.service(service)?)))
        .flat_map(|(service, outline)| {
            let methods = outline.methods();
            methods.map(|method| (service.as_str(), method))
        })
        .collect();
    let resolution = name.among_methods(&methods);
    let (service, from_suffix) = resolved(name, resolution, known.clone())?;
    Ok(Found {
        service,
        from_suffix,
    })
}

/// Asks for the files of services that the server has named itself, all at once. What it lists but does
/// not describe is passed over: it may be another that is wanted.
pub(super) async fn fetch_all(
    session: &mut Session,
    store: &mut Store,
    services: &[String],
) -> Result<(), NotDescribed> {
    let questions: Vec<_> = services.iter().cloned().map(Question::Symbol).collect();
    for (service, reply) in services.iter().zip(session.ask(&questions).await?) {
        match reply {
            Reply::Files(files) => drop(store.add(files)?),
            Reply::Services(_) => return Err(odd_reply(service)),
            Reply::Error { .. } => {}
        }
    }
    Ok(())
}

/// Asks for the file of a symbol that the server has named itself.
pub(super) async fn fetch(
    session: &mut Session,
    store: &mut Store,
    symbol: &str,
) -> Result<(), NotDescribed> {
    let question = Question::Symbol(symbol.to_owned());
    for reply in session.ask(&[question]).await? {
        if let Some(denial) = take_service(store, symbol, reply)? {
            return Err(undescribed(symbol, &denial));
        }
    }
    Ok(())
}

/// Stores a symbol's file; returns what the server says if it has none.
pub(super) fn take_symbol(
    store: &mut Store,
    symbol: &str,
    reply: Reply,
) -> Result<Option<PeerText>, NotDescribed> {
    match reply {
        Reply::Files(files) => {
            let names = store.add(files)?;
            if store.set()?.file_of(symbol).is_some() {
                return Ok(None);
            }
            let sent = names
                .first()
                .map_or_else(|| "nothing".to_owned(), |name| quote(name));
            Err(broken(format!(
                "asked for {}, it sends {sent}, which does not declare it",
                quote(symbol)
            )))
        }
        Reply::Services(_) => Err(odd_reply(symbol)),
        Reply::Error { message, .. } => Ok(Some(message)),
    }
}

/// As [`take_symbol`]; a symbol that is something else than a service is denied too.
fn take_service(
    store: &mut Store,
    service: &str,
    reply: Reply,
) -> Result<Option<PeerText>, NotDescribed> {
    let denial = take_symbol(store, service, reply)?;
    if denial.is_none() && store.set()?.service(service).is_none() {
        return Ok(Some("it is not a service".into()));
    }
    Ok(denial)
}

/// Listed, and yet not described.
fn undescribed(service: &str, denial: &PeerText) -> NotDescribed {
    broken(format!(
        "it lists {} but does not describe it: {}",
        quote(service),
        denial.quoted(200)
    ))
}

/// The services of the one reply; none if the server gives no list.
pub(super) fn services_in_all(mut replies: Vec<Reply>) -> Vec<String> {
    replies.pop().map(services_in).unwrap_or_default()
}

fn services_in(reply: Reply) -> Vec<String> {
    match reply {
        Reply::Services(services) => distinct(services),
        Reply::Files(_) | Reply::Error { .. } => Vec::new(),
    }
}
