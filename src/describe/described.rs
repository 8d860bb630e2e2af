//! A method that is ready to be called, or why it is not.

use std::fmt;
use std::path::PathBuf;

use bytes::Bytes;
use prost_reflect::DescriptorPool;
use prost_reflect::MethodDescriptor;

use crate::describe::method::MethodName;
use crate::describe::method::Resolution;
use crate::describe::reflection::version::Version;
use crate::invoke::Answer;
use crate::text::did_you_mean;

/// Where a description was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    ReflectionV1,
    ReflectionV1Alpha,
    /// Files that the user gave: sets of descriptors, or sources.
    Files(Vec<PathBuf>),
    /// Such files, and what they lack from the server.
    FilesAndReflection(Vec<PathBuf>, Version),
    /// What the server said some time ago.
    Cache(PathBuf),
    /// The program itself, which has the descriptors of a service that every server may have.
    BuiltIn,
}

impl Source {
    /// What a server said by this version.
    pub(super) fn reflection(version: Version) -> Self {
        match version {
            Version::V1 => Self::ReflectionV1,
            Version::V1Alpha => Self::ReflectionV1Alpha,
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |paths: &[PathBuf]| {
            let names: Vec<_> = paths
                .iter()
                .map(|path| path.display().to_string())
                .collect();
            names.join(", ")
        };
        match self {
            Self::ReflectionV1 => f.write_str("reflection v1"),
            Self::ReflectionV1Alpha => f.write_str("reflection v1alpha"),
            Self::Files(paths) => f.write_str(&list(paths)),
            Self::FilesAndReflection(paths, version) => {
                write!(f, "{} and {}", list(paths), Self::reflection(*version))
            }
            Self::Cache(path) => write!(f, "the cache, {}", path.display()),
            Self::BuiltIn => f.write_str("the program itself"),
        }
    }
}

/// A method and its messages, ready to be called.
#[derive(Clone, Debug)]
pub struct Described {
    /// Holds the method, its service with no other method, and the types that its messages reach;
    /// all of the closure if an `Any` or an extension is among them.
    pub pool: DescriptorPool,
    pub method: MethodDescriptor,
    pub source: Source,
    /// `package.Service/Method`.
    pub full_name_used: String,
    /// The user wrote less than the full name.
    pub resolved_from_suffix: bool,
    /// Flights of reflection requests that were waited for.
    pub round_trips: u32,
    /// What is odd about the descriptors and did no harm: a sentence each, already escaped.
    pub notes: Vec<String>,
    /// The source's own files, unmodified: the service's and all that it imports, dependencies first.
    pub files: Vec<Bytes>,
}

/// Why a method is not described. Names and lists are as the source has them: escape before printing.
#[derive(Clone, Debug)]
pub enum NotDescribed {
    /// Reflection was refused, or could not be reached: then the outcome is [`Ended::NoStatus`]; our own
    /// deadline is a status made here. Keeps its meaning; name it as the reflection phase.
    ///
    /// [`Ended::NoStatus`]: crate::invoke::Ended::NoStatus
    Refused {
        answer: Box<Answer>,
        version: Version,
    },
    /// UNIMPLEMENTED to both versions: the server has no reflection.
    Absent {
        v1: Box<Answer>,
        v1alpha: Box<Answer>,
    },
    /// Reflection answers, but not with what it was asked for, or with descriptors that cannot be right.
    /// `what` completes "reflection is broken: …", already escaped.
    Broken { what: String },
    /// Descriptors that may well be right, and that this program cannot use. `what` is a sentence, already
    /// escaped; `instead`: what to give it, if that is known.
    Unsupported {
        what: String,
        instead: Option<String>,
    },
    /// No service has this name, or ends so.
    UnknownService {
        name: String,
        suggestion: Option<String>,
        known: Vec<String>,
    },
    /// The service has no such method; or, when `service` is empty, no service has.
    UnknownMethod {
        service: String,
        method: String,
        suggestion: Option<String>,
        known: Vec<String>,
    },
    /// Nothing has this name, or ends so; `known` are the services.
    UnknownSymbol {
        name: String,
        suggestion: Option<String>,
        known: Vec<String>,
    },
    /// Several services, methods or types fit what the user wrote.
    Ambiguous {
        name: String,
        candidates: Vec<String>,
    },
    /// A file that is no descriptor set, or an incomplete one. `what` is a sentence, already escaped.
    BadFile { path: PathBuf, what: String },
}

pub(super) fn unknown_method(service: &str, method: &str, known: Vec<String>) -> NotDescribed {
    let suggestion = did_you_mean(method, known.iter().map(String::as_str)).map(str::to_owned);
    NotDescribed::UnknownMethod {
        service: service.to_owned(),
        method: method.to_owned(),
        suggestion,
        known,
    }
}

/// A resolution as a result: the service's full name, and whether the user wrote less.
pub(super) fn resolved(
    name: &MethodName,
    resolution: Resolution,
    known: Vec<String>,
) -> Result<(String, bool), NotDescribed> {
    match resolution {
        Resolution::Found {
            service,
            from_suffix,
        } => Ok((service, from_suffix)),
        Resolution::Ambiguous { candidates } => Err(NotDescribed::Ambiguous {
            name: name.to_string(),
            candidates,
        }),
        Resolution::Unknown { suggestion } => Err(match name.service() {
            Some(service) => NotDescribed::UnknownService {
                name: service.to_owned(),
                suggestion,
                known,
            },
            None => NotDescribed::UnknownMethod {
                service: String::new(),
                method: name.method().to_owned(),
                suggestion,
                known,
            },
        }),
    }
}

pub(super) fn find_method(
    pool: &DescriptorPool,
    service: &str,
    method: &str,
) -> Option<MethodDescriptor> {
    let service = pool.get_service_by_name(service)?;
    service.methods().find(|found| found.name() == method)
}
