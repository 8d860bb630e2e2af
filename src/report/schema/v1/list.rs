//! The `list` document.

use schemars::JsonSchema;
use serde::Serialize;

use crate::describe::listing::Contents;
use crate::describe::listing::ListedMethod;
use crate::evidence::Description;
use crate::report::Run;
use crate::report::redactor::Redactor;
use crate::report::schema::v1::describe::AskedDocument;

/// `grpcauth list`: the services of a server or a file, or the methods of one.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ListDocument {
    #[serde(flatten)]
    pub asked: AskedDocument,
    /// The service whose methods are listed; null: the services are.
    pub service: Option<String>,
    /// Full names, sorted.
    pub services: Vec<String>,
    /// In the order in which they are declared.
    pub methods: Vec<MethodDocument>,
}

/// A method of a service.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct MethodDocument {
    /// `package.Service/Method`.
    pub name: String,
    /// Full names of the messages.
    pub input: String,
    pub output: String,
    pub client_streaming: bool,
    pub server_streaming: bool,
}

impl ListDocument {
    pub(crate) fn new(run: &Run<'_>, redactor: &mut Redactor) -> Self {
        let mut document = Self {
            asked: AskedDocument::new(run, redactor),
            service: run.evidence.asked.method.clone(),
            services: Vec::new(),
            methods: Vec::new(),
        };
        if let Description::Listed(listing) = &run.evidence.call.description {
            let shown = |name: &String| redactor.text(name).into_owned();
            match &listing.contents {
                Contents::Services(services) => {
                    document.services = services.iter().map(shown).collect();
                }
                Contents::Methods { service, methods } => {
                    document.service = Some(shown(service));
                    document.methods = methods
                        .iter()
                        .map(|method| method_of(method, redactor))
                        .collect();
                }
                Contents::Symbols(_) | Contents::NoTemplate { .. } => {}
            }
        }
        document
    }
}

fn method_of(method: &ListedMethod, redactor: &Redactor) -> MethodDocument {
    let shown = |name: &str| redactor.text(name).into_owned();
    MethodDocument {
        name: shown(&method.name),
        input: shown(&method.input),
        output: shown(&method.output),
        client_streaming: method.client_streaming,
        server_streaming: method.server_streaming,
    }
}
