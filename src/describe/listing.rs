//! What `list` and `describe` tell, from files or from what a server sent.

use bytes::Bytes;
use prost::Message as _;
use prost_reflect::prost_types::MethodDescriptorProto;
use prost_reflect::prost_types::method_options::IdempotencyLevel;

use crate::describe::census::Census;
use crate::describe::closure;
use crate::describe::closure::Closure;
use crate::describe::described::NotDescribed;
use crate::describe::described::Source;
use crate::describe::descriptor_set::LazySet;
use crate::describe::flaw::Flaw;
use crate::describe::given::Given;
use crate::describe::link;
use crate::describe::method::MethodName;
use crate::describe::outline::Outline;
use crate::describe::outline::SERVICE_METHOD;
use crate::describe::protoset;
use crate::describe::source_text;
use crate::describe::symbol;
use crate::describe::symbol::Located;
use crate::describe::symbol::SymbolKind;
use crate::describe::symbol::SymbolName;
use crate::describe::template;
use crate::describe::undeclared;
use crate::describe::wire::fields;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// The services, or the methods of one ([`MethodName::of_service`]).
    List { service: Option<MethodName> },
    /// A symbol, or every service; `template`: a JSON request for it instead of its source.
    Describe {
        symbol: Option<SymbolName>,
        template: bool,
    },
}

impl Question {
    /// Whether the answer rests on what the files import: names alone do not.
    pub(super) fn needs_imports(&self) -> bool {
        matches!(self, Self::Describe { .. })
    }
}

/// The answer.
#[derive(Clone, Debug)]
pub struct Listing {
    pub contents: Contents,
    pub source: Source,
    /// The full name, where the user wrote less.
    pub resolved_from_suffix: Option<String>,
    /// Flights of reflection requests that were waited for.
    pub round_trips: u32,
    /// What is odd about the descriptors and did no harm: a sentence each, already escaped.
    pub notes: Vec<String>,
    /// The source's own files that the answer rests on, unmodified, dependencies first; none if they
    /// were not wanted.
    pub files: Vec<Bytes>,
}

/// Names and texts. Names are as the source has them: escape before printing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contents {
    /// Sorted.
    Services(Vec<String>),
    Methods {
        service: String,
        methods: Vec<ListedMethod>,
    },
    Symbols(Vec<SymbolText>),
    /// A template was asked for something that is sent in no request.
    NoTemplate {
        name: String,
        kind: SymbolKind,
    },
}

/// One method of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedMethod {
    /// `package.Service/Method`.
    pub name: String,
    /// The messages' full names.
    pub input: String,
    pub output: String,
    pub client_streaming: bool,
    pub server_streaming: bool,
    /// Marked `idempotency_level = NO_SIDE_EFFECTS`.
    pub no_side_effects: bool,
}

/// A symbol and its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SymbolText {
    pub name: String,
    pub kind: SymbolKind,
    /// The file that declares it.
    pub file: String,
    /// Safe to print.
    pub source: String,
    /// A JSON request to fill in, if that was asked for.
    pub template: Option<String>,
    /// The edition of the file and the features that it sets, escaped; none in proto2 and proto3.
    pub edition: Option<String>,
    /// Full names of types that it uses and none of the files declares.
    pub undeclared: Vec<String>,
}

/// Answers from files alone. `want_files`: fill in [`Listing::files`].
///
/// # Errors
/// When a set cannot be read, lacks what is asked for, or does not have it.
pub fn from_files(
    given: &Given,
    question: &Question,
    want_files: bool,
) -> Result<Listing, NotDescribed> {
    let set = given.scan()?;
    let flawed = |flaw| given.bad_file(0, &flaw);
    let found = answer(&set, question, &flawed)?;
    let closure = match question.needs_imports() || want_files {
        true => closures(&set, &found.roots).map_err(flawed)?,
        false => Closure::default(),
    };
    Ok(Listing {
        notes: set.notes(&closure),
        files: match want_files {
            true => given.share(&closure.files),
            false => Vec::new(),
        },
        contents: found.contents,
        source: given.source(),
        resolved_from_suffix: found.resolved_from_suffix,
        round_trips: 0,
    })
}

/// An answer, and the symbols in whose files it stands.
pub(super) struct Found {
    pub contents: Contents,
    pub resolved_from_suffix: Option<String>,
    pub roots: Vec<String>,
}

/// Answers from a set; `flawed` says whose fault a flaw in it is.
pub(super) fn answer(
    set: &LazySet<'_>,
    question: &Question,
    flawed: &dyn Fn(Flaw) -> NotDescribed,
) -> Result<Found, NotDescribed> {
    match question {
        Question::List { service: None } => {
            let services = sorted_services(set);
            Ok(Found {
                roots: services.clone(),
                contents: Contents::Services(services),
                resolved_from_suffix: None,
            })
        }
        Question::List {
            service: Some(name),
        } => {
            let (service, from_suffix) = protoset::find_service(set, name)?;
            Ok(Found {
                contents: Contents::Methods {
                    methods: methods_of(set, &service).map_err(flawed)?,
                    service: service.clone(),
                },
                resolved_from_suffix: from_suffix.then(|| service.clone()),
                roots: vec![service],
            })
        }
        Question::Describe {
            symbol: Some(name),
            template,
        } => {
            let (located, from_suffix) = symbol::find(set, name)?;
            let full_name = located.full_name();
            Ok(Found {
                contents: one_symbol(set, &located, *template).map_err(flawed)?,
                resolved_from_suffix: from_suffix.then(|| full_name.clone()),
                roots: vec![full_name],
            })
        }
        Question::Describe { symbol: None, .. } => {
            let symbols = all_services(set).map_err(flawed)?;
            Ok(Found {
                roots: symbols.iter().map(|symbol| symbol.name.clone()).collect(),
                contents: Contents::Symbols(symbols),
                resolved_from_suffix: None,
            })
        }
    }
}

/// The files that declare these symbols, and all that those import, each once, dependencies first.
pub(super) fn closures<'a>(set: &LazySet<'a>, roots: &[String]) -> Result<Closure<'a>, Flaw> {
    let mut seen = std::collections::HashSet::new();
    let mut all = Closure::default();
    for root in roots {
        let is_new = |set: &LazySet<'a>| {
            let file = set.file_of(root)?;
            (!seen.contains(file.name)).then_some(())
        };
        if is_new(set).is_none() {
            continue;
        }
        let closure = set.closure_of(root)?;
        for file in closure.files {
            if seen.insert(file.name) {
                all.files.push(file);
            }
        }
        for missing in closure.missing {
            if !all.missing.contains(&missing) {
                all.missing.push(missing);
            }
        }
    }
    Ok(all)
}

fn sorted_services(set: &LazySet<'_>) -> Vec<String> {
    let mut services: Vec<String> = set.services().map(|service| service.full_name()).collect();
    services.sort_unstable();
    services.dedup();
    services
}

fn methods_of(set: &LazySet<'_>, service: &str) -> Result<Vec<ListedMethod>, Flaw> {
    let undeclared = || Flaw::Undeclared {
        symbol: service.to_owned(),
    };
    let outline = set.service(service).ok_or_else(undeclared)?;
    Census::default().service(outline.bytes, service.len(), None)?;
    let mut methods = Vec::new();
    for field in fields(outline.bytes).flatten() {
        if field.number != SERVICE_METHOD {
            continue;
        }
        let decoded = field
            .bytes()
            .ok()
            .and_then(|bytes| MethodDescriptorProto::decode(bytes).ok());
        let Some(method) = decoded else {
            return Err(Flaw::Malformed {
                place: service.to_owned(),
                why: "a method of it cannot be read".to_owned(),
            });
        };
        methods.push(ListedMethod {
            name: format!("{service}/{}", method.name()),
            input: method.input_type().trim_start_matches('.').to_owned(),
            output: method.output_type().trim_start_matches('.').to_owned(),
            client_streaming: method.client_streaming(),
            server_streaming: method.server_streaming(),
            no_side_effects: method.options.as_ref().is_some_and(|options| {
                options.idempotency_level() == IdempotencyLevel::NoSideEffects
            }),
        });
    }
    Ok(methods)
}

/// The source of every service, sorted by name.
fn all_services(set: &LazySet<'_>) -> Result<Vec<SymbolText>, Flaw> {
    let mut symbols = Vec::new();
    for file in set.files() {
        if file.services.is_empty() {
            continue;
        }
        let closure = closure::of(set, file)?;
        for service in &file.services {
            if let Some(located) = symbol::locate(file, &service.full_name()) {
                symbols.push(text_of(&located, &closure.files)?);
            }
        }
    }
    symbols.sort_unstable_by(|one, other| one.name.cmp(&other.name));
    Ok(symbols)
}

fn text_of(located: &Located<'_, '_>, files: &[Outline<'_>]) -> Result<SymbolText, Flaw> {
    Ok(SymbolText {
        name: located.full_name(),
        kind: located.symbol().kind,
        file: located.file.name.to_owned(),
        source: source_text::write(located, files)?,
        template: None,
        edition: source_text::edition(located.file, files),
        undeclared: undeclared::types(located, files)?,
    })
}

fn one_symbol(
    set: &LazySet<'_>,
    located: &Located<'_, '_>,
    template: bool,
) -> Result<Contents, Flaw> {
    let full_name = located.full_name();
    let closure = set.closure_of(&full_name)?;
    let mut text = text_of(located, &closure.files)?;
    if template {
        let written = match text.kind {
            SymbolKind::Message => Some(message_template(&closure.files, &full_name)),
            SymbolKind::Method => Some(method_template(&closure.files, &full_name)),
            _ => None,
        };
        let written = written
            .transpose()
            .map_err(|flaw| flaw.for_lack_of(&closure.missing))?;
        let Some(written) = written else {
            return Ok(Contents::NoTemplate {
                name: full_name,
                kind: text.kind,
            });
        };
        text.template = Some(written);
    }
    Ok(Contents::Symbols(vec![text]))
}

fn message_template(files: &[Outline<'_>], message: &str) -> Result<String, Flaw> {
    let pool = link::of_message(files, message)?.pool;
    let declared = pool.get_message_by_name(message);
    let declared = declared.ok_or_else(|| Flaw::Undeclared {
        symbol: message.to_owned(),
    })?;
    Ok(template::write(&declared))
}

/// A request for the method: its input's template.
fn method_template(files: &[Outline<'_>], full_name: &str) -> Result<String, Flaw> {
    let undeclared = || Flaw::Undeclared {
        symbol: full_name.to_owned(),
    };
    let (service, method) = full_name.rsplit_once('.').ok_or_else(undeclared)?;
    let pool = link::of_method(files, service, method)?.pool;
    let found =
        crate::describe::described::find_method(&pool, service, method).ok_or_else(undeclared)?;
    Ok(template::write(&found.input()))
}
