//! What a target's methods are: from files, or by reflection.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

use bytes::Bytes;
use prost_reflect::MethodDescriptor;
use serde_json::Map;
use serde_json::Value;
use tokio::time::Instant;

use crate::describe::NotDescribed;
use crate::describe::given::Given;
use crate::describe::given::set_of;
use crate::describe::listing;
use crate::describe::listing::Contents;
use crate::describe::listing::ListedMethod;
use crate::describe::listing::Question;
use crate::describe::method::MethodName;
use crate::describe::protoset;
use crate::describe::reflection;
use crate::evidence::Aim;
use crate::evidence::Asked;
use crate::evidence::ConnectionEvidence;
use crate::evidence::Description;
use crate::evidence::Evidence;
use crate::invoke::json::Encoder;
use crate::plan::call::FIRST_ANSWER;
use crate::plan::check::CheckPlan;
use crate::plan::suite::Loaded;
use crate::report::Reporter;
use crate::session::asking::Asking;
use crate::session::caller;
use crate::session::caller::Caller;
use crate::session::channel::OpenChannel;
use crate::suite::expand::Cell;
use crate::suite::expand::Expansion;
use crate::suite::expand::TargetMethods;
use crate::suite::judging::Verdict;
use crate::suite::model::ANONYMOUS;
use crate::suite::result::Line;
use crate::suite::source::Complaint;
use crate::suite::source::Fault;
use crate::target::Address;
use crate::target::Target;
use crate::verdict;
use crate::verdict::Expectation;

/// A target's methods, and their descriptors.
pub(super) struct TargetSchema {
    pub methods: TargetMethods,
    given: Given,
    described: RefCell<HashMap<usize, Rc<Method>>>,
}

/// A method that can be called.
pub(super) struct Method {
    pub descriptor: MethodDescriptor,
    pub encoder: Encoder,
}

impl TargetSchema {
    fn new(given: Given, on_loopback: bool) -> Result<Self, NotDescribed> {
        let all = listing::from_files(&given, &Question::List { service: None }, false)?;
        let mut methods: Vec<ListedMethod> = Vec::new();
        if let Contents::Services(services) = all.contents {
            for service in services {
                let Ok(name) = MethodName::of_service(&service) else {
                    continue;
                };
                let question = Question::List {
                    service: Some(name),
                };
                let listed = listing::from_files(&given, &question, false)?;
                if let Contents::Methods { methods: own, .. } = listed.contents {
                    methods.extend(own);
                }
            }
        }
        Ok(Self {
            methods: TargetMethods::new(methods, on_loopback),
            given,
            described: RefCell::default(),
        })
    }

    pub(super) fn name(&self, method: usize) -> &str {
        &self.methods.methods()[method].name
    }

    /// The method's descriptor, built when it is first asked for.
    pub(super) fn method(&self, method: usize) -> Result<Rc<Method>, String> {
        if let Some(known) = self.described.borrow().get(&method) {
            return Ok(Rc::clone(known));
        }
        let name = MethodName::parse(self.name(method)).map_err(|error| error.to_string())?;
        let described =
            protoset::from_files(&self.given, &name).map_err(|failure| why(&failure))?;
        let built = Rc::new(Method {
            encoder: Encoder::new(described.method.input(), false),
            descriptor: described.method,
        });
        self.described
            .borrow_mut()
            .insert(method, Rc::clone(&built));
        Ok(built)
    }
}

impl Method {
    /// A request's octets; an empty message where there is none.
    pub(super) fn encode(&self, request: Option<&Map<String, Value>>) -> Result<Bytes, String> {
        let Some(request) = request else {
            return Ok(Bytes::new());
        };
        let text = Value::Object(request.clone()).to_string();
        let mut messages = self
            .encoder
            .encode_all(&text)
            .map_err(|bad| match bad.suggestion {
                Some(near) => format!("{}; did you mean `{near}`?", bad.message),
                None => bad.message,
            })?;
        Ok(messages.pop().unwrap_or_default())
    }
}

/// A failure to describe, in the words of its diagnosis.
fn why(failure: &NotDescribed) -> String {
    let mut evidence = Evidence::of_nothing(time::OffsetDateTime::UNIX_EPOCH);
    evidence.asked.aim = Aim::List;
    evidence.call.description = Description::Failed(failure.clone());
    cause(&evidence)
}

fn cause(evidence: &Evidence) -> String {
    let judged = verdict::judge(&Expectation::default(), evidence);
    judged.diagnosis.map_or_else(
        || "the methods could not be listed".to_owned(),
        |own| own.cause,
    )
}

/// The schema of a target; or the line that says why it could not be obtained.
///
/// # Errors
/// A file cannot be used.
pub(super) async fn of_target(
    plan: &CheckPlan<'_>,
    loaded: &Loaded,
    target: usize,
    wait_for: Option<Duration>,
    reporter: &Reporter,
) -> Result<Result<TargetSchema, Line>, Complaint> {
    let own = &loaded.suite.targets[target];
    let at_target =
        |what: String, hint: &str| loaded.source.complaint(&Fault::new(&own.at, what, hint));
    let hint = "correct the target's schema";
    let descriptors = plan.descriptors(loaded, target).map_err(|refusal| {
        let said = crate::plan::suite::complaint(&refusal);
        at_target(said.what, &said.hint)
    })?;
    let given = descriptors
        .given()
        .map_err(|failure| at_target(why(&failure), hint))?;
    if !descriptors.reflection {
        let on_loopback = is_loopback(&own.address);
        let schema = TargetSchema::new(given, on_loopback);
        return schema
            .map(Ok)
            .map_err(|failure| at_target(why(&failure), hint));
    }
    let identity = own.reflect_as.unwrap_or(ANONYMOUS);
    let reach = plan
        .reach(loaded, target, identity)
        .map_err(|refusal| loaded.complain(identity, &refusal))?;
    let started = Instant::now();
    let mut evidence = Evidence::new(
        plan.clock,
        Asked {
            aim: Aim::List,
            wait_for,
            ..Asked::default()
        },
        reach.asked.clone(),
    );
    reach.channel.note_in(&mut evidence);
    let known = ConnectionEvidence::clone(&evidence.connection);
    let opened = OpenChannel::open(&reach.channel, &evidence.asked, known, started, reporter).await;
    let listed = match opened {
        Err(known) => {
            evidence.connection = known.into();
            None
        }
        Ok(channel) => {
            let acquired = caller::acquire(&reach.caller.credentials, None).await;
            let caller = Caller::new(&reach.caller, acquired, reporter);
            let by = Some(Instant::now() + FIRST_ANSWER);
            let listed = match caller.current().evidence.unobtained.is_empty() {
                false => {
                    evidence.caller = caller.current().evidence.clone();
                    None
                }
                true => {
                    let mut asking =
                        Asking::new(&channel, &caller, by, true, &mut evidence, reporter);
                    let question = Question::List { service: None };
                    let listed = asking
                        .reflect(async |channel, metadata, by| {
                            reflection::listing(
                                channel,
                                metadata,
                                &given,
                                &question,
                                true,
                                Some(by),
                            )
                            .await
                        })
                        .await;
                    Some(listed)
                }
            };
            channel.hang_up(&mut evidence).await;
            listed
        }
    };
    let handshake = evidence.connection.handshake.as_ref();
    let on_loopback = handshake.is_some_and(|handshake| handshake.is_loopback());
    let schema = match listed {
        None => Err(cause(&evidence)),
        Some(Err(failure)) => {
            evidence.call.description = Description::Failed(failure);
            Err(cause(&evidence))
        }
        Some(Ok(listing)) => {
            let set = set_of(&listing.files);
            let given = Given::one(PathBuf::from("reflection"), set.into());
            TargetSchema::new(given, on_loopback).map_err(|failure| why(&failure))
        }
    };
    Ok(schema.map_err(|cause| {
        let guarded = match own.reflect_as {
            None => "; an identity that may list the services is named with reflect_as",
            Some(_) => "",
        };
        Line {
            name: "schema".to_owned(),
            target,
            line: loaded.source.line(&own.at),
            expected: "methods listed by reflection".to_owned(),
            found: format!("{cause}{guarded}"),
            verdict: Verdict::Inconclusive,
            waived: None,
            diagnosis: verdict::judge(&Expectation::default(), &evidence).diagnosis,
            duration: started.elapsed(),
        }
    }))
}

/// Whether an address is on this machine as it is written; where nothing was connected to.
fn is_loopback(address: &str) -> bool {
    match Target::parse(address).map(|target| target.address) {
        Ok(Address::Unix(_)) => true,
        Ok(Address::Tcp { host, .. }) => {
            let number = host.parse::<std::net::IpAddr>();
            number.map_or(host == "localhost", |number| {
                number.to_canonical().is_loopback()
            })
        }
        Err(_) => false,
    }
}

/// Each request must be one of its method's before anything is called.
pub(super) fn check_requests(
    loaded: &Loaded,
    schemas: &[TargetSchema],
    expansion: &Expansion,
) -> Result<(), Complaint> {
    for cell in &expansion.cells {
        let Some(row) = cell.row.map(|row| &loaded.suite.rows[row]) else {
            continue;
        };
        let Some(at) = row.request.as_ref().map(|request| &request.at) else {
            continue;
        };
        let schema = &schemas[cell.target];
        let encoded = schema
            .method(cell.method)
            .and_then(|method| check_request(&method, cell));
        encoded.map_err(|why| {
            let what = format!(
                "the request does not fit {}: {why}",
                schema.name(cell.method)
            );
            let hint = format!(
                "see `grpcauth describe … {} --template`",
                schema.name(cell.method)
            );
            loaded.source.complaint(&Fault::new(at, what, hint))
        })?;
    }
    Ok(())
}

fn check_request(method: &Method, cell: &Cell) -> Result<(), String> {
    method.encode(cell.request.as_deref())?;
    method.encode(cell.own_request.as_deref()).map(|_| ())
}
