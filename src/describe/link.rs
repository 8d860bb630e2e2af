//! From checked files to linked descriptors: writes the selected declarations as files again, and has them
//! linked. Everything is kept when types are found by name at run time.
//!
//! The files are not the source's own: they import what they refer to and nothing else, so that the
//! linker walks no public imports (it does so recursively, and misses those two steps away).

use prost_reflect::DescriptorPool;
use prost_reflect::Kind as FieldKind;
use prost_reflect::MessageDescriptor;

use crate::describe::clashes;
use crate::describe::clashes::Renamed;
use crate::describe::closure;
use crate::describe::declarations::TypeKind;
use crate::describe::descriptor_set::LazySet;
use crate::describe::editions::Dialect;
use crate::describe::flaw::Flaw;
use crate::describe::outline::NAME;
use crate::describe::outline::Outline;
use crate::describe::outline::SERVICE_METHOD;
use crate::describe::outline::file;
use crate::describe::outline::name_of;
use crate::describe::selection::Rest;
use crate::describe::selection::Selection;
use crate::describe::wire::Value;
use crate::describe::wire::fields;
use crate::describe::wire::put_bytes;

/// `FileDescriptorSet.file`.
const FILE: u32 = 1;
const OPTIONS_PACKAGE: &str = "google.protobuf";

/// The option messages. While a pool lacks one, the linker builds all well-known types to read a
/// single option; an empty message serves as well, since it keeps what it does not know.
const OPTION_MESSAGES: [&str; 9] = [
    "FileOptions",
    "MessageOptions",
    "FieldOptions",
    "OneofOptions",
    "ExtensionRangeOptions",
    "EnumOptions",
    "EnumValueOptions",
    "ServiceOptions",
    "MethodOptions",
];

/// Descriptors that are ready for use.
#[derive(Clone, Debug)]
pub struct Linked {
    pub pool: DescriptorPool,
    /// What is odd about them and did no harm: a sentence each, escaped.
    pub notes: Vec<String>,
}

impl LazySet<'_> {
    /// Everything that the file of `symbol` declares and imports, comments included, linked.
    ///
    /// # Errors
    /// When nothing declares `symbol`, a type is missing, or the imports are circular, too deep or too large.
    pub fn closure_for_symbol(&self, symbol: &str) -> Result<Linked, Flaw> {
        let closure = self.closure_of(symbol)?;
        whole(&closure.files).map_err(|flaw| flaw.for_lack_of(&closure.missing))
    }

    /// One method of `service`, linked with the types that its messages reach and nothing else.
    ///
    /// # Errors
    /// As [`LazySet::closure_for_symbol`].
    pub fn closure_for_method(&self, service: &str, method: &str) -> Result<Linked, Flaw> {
        let undeclared = || Flaw::Undeclared {
            symbol: format!("{service}/{method}"),
        };
        let root = self
            .files()
            .iter()
            .find(|file| file.service(service).is_some())
            .ok_or_else(undeclared)?;
        let closure = closure::of(self, root)?;
        of_method(&closure.files, service, method)
            .map_err(|flaw| flaw.for_lack_of(&closure.missing))
    }
}

/// `service/method` and the types that it reaches.
///
/// # Errors
/// As [`Selection::of_method`].
pub(super) fn of_method(
    files: &[Outline<'_>],
    service: &str,
    method: &str,
) -> Result<Linked, Flaw> {
    let selection = Selection::of_method(files, service, method)?;
    if selection.is_open_ended()
        && let Ok(everything) = whole(files)
    {
        return Ok(everything);
    }
    link(&selection)
}

/// The message at the top level that is or holds `message`, and the types that it reaches.
///
/// # Errors
/// As [`Selection::of_message`].
pub(super) fn of_message(files: &[Outline<'_>], message: &str) -> Result<Linked, Flaw> {
    link(&Selection::of_message(files, message)?)
}

/// All that the files declare, with its comments.
///
/// # Errors
/// As [`Selection::whole`].
pub(super) fn whole(files: &[Outline<'_>]) -> Result<Linked, Flaw> {
    link(&Selection::whole(files)?)
}

fn link(selection: &Selection<'_>) -> Result<Linked, Flaw> {
    let refused = match decode(selection, None) {
        Ok(pool) => {
            return Ok(Linked {
                pool,
                notes: Vec::new(),
            });
        }
        Err(refused) => refused,
    };
    // Names that clash are rare, and looked for only now.
    let mut renamed = Renamed::default();
    match (refused, decode(selection, Some(&mut renamed))) {
        (Flaw::Invalid { .. }, Ok(pool)) if renamed.any => Ok(Linked {
            pool,
            notes: renamed.notes,
        }),
        (refused, _) => Err(refused),
    }
}

/// Has the selection linked; with `renamed`, under names that do not clash.
fn decode(
    selection: &Selection<'_>,
    mut renamed: Option<&mut Renamed>,
) -> Result<DescriptorPool, Flaw> {
    let mut set = Vec::new();
    for (number, outline) in selection.files.iter().enumerate() {
        let written = write_file(selection, number, outline, renamed.as_deref_mut());
        if let Some(bytes) = written.map_err(|flaw| flaw.within(outline.name))? {
            put_bytes(FILE, &bytes, &mut set);
        }
    }
    put_bytes(FILE, &write_options(selection), &mut set);
    let pool = DescriptorPool::decode(set.as_slice()).map_err(|error| Flaw::Invalid {
        why: error.to_string(),
    })?;
    check(&pool)?;
    Ok(pool)
}

/// One file around its kept declarations; none if nothing of it is kept.
fn write_file(
    selection: &Selection<'_>,
    number: usize,
    outline: &Outline<'_>,
    renamed: Option<&mut Renamed>,
) -> Result<Option<Vec<u8>>, Flaw> {
    let mut out = Vec::new();
    let mut dialect = write_declarations(selection, number, outline, renamed, &mut out)?;
    match selection.rest {
        Rest::All => {}
        Rest::Method { service, method } => {
            if let Some(service) = outline.service(service) {
                let bytes = write_service(service.bytes, service.name, method);
                put_bytes(file::SERVICE, &bytes, &mut out);
            }
            if out.is_empty() {
                return Ok(None);
            }
        }
        Rest::Nothing if out.is_empty() => return Ok(None),
        Rest::Nothing => {}
    }
    for import in &selection.imports[number] {
        let name = selection.files[*import].name;
        put_bytes(file::DEPENDENCY, name.as_bytes(), &mut out);
    }
    put_bytes(file::NAME, outline.name.as_bytes(), &mut out);
    put_bytes(file::PACKAGE, outline.package.as_bytes(), &mut out);
    if matches!(selection.rest, Rest::All) {
        let dialect = *dialect.insert(Dialect::of(outline)?);
        write_rest(outline, dialect, &mut out)?;
    }
    let syntax = dialect.map_or("", |dialect| dialect.syntax(outline));
    if !syntax.is_empty() {
        put_bytes(file::SYNTAX, syntax.as_bytes(), &mut out);
    }
    Ok(Some(out))
}

/// The messages and enums of a file that are kept, as the linker reads them; what it is to be told that they
/// are written in, unless there are none.
fn write_declarations(
    selection: &Selection<'_>,
    number: usize,
    outline: &Outline<'_>,
    mut renamed: Option<&mut Renamed>,
    out: &mut Vec<u8>,
) -> Result<Option<Dialect>, Flaw> {
    let mut dialect = None;
    let kept = selection.declarations.all().iter().zip(&selection.kept);
    for (declaration, _) in kept.filter(|(of, kept)| **kept && of.file == number) {
        let dialect = match dialect {
            Some(dialect) => dialect,
            None => *dialect.insert(Dialect::of(outline)?),
        };
        let (field, lowered) = match declaration.kind {
            TypeKind::Message if declaration.is_ours => (file::MESSAGE, None),
            TypeKind::Message => (
                file::MESSAGE,
                dialect.message(declaration.bytes, outline.package)?,
            ),
            TypeKind::Enum => (file::ENUM, dialect.enumeration(declaration.bytes)?),
        };
        let bytes = lowered.as_deref().unwrap_or(declaration.bytes);
        match &mut renamed {
            Some(renamed) if declaration.kind == TypeKind::Message => {
                let is_proto3 = dialect.syntax(outline) == "proto3";
                let bytes = clashes::resolved(bytes, outline.package, is_proto3, renamed)?;
                put_bytes(field, &bytes, out);
            }
            _ => put_bytes(field, bytes, out),
        }
    }
    Ok(dialect)
}

/// Everything of a file but messages and enums.
fn write_rest(outline: &Outline<'_>, dialect: Dialect, out: &mut Vec<u8>) -> Result<(), Flaw> {
    for field in fields(outline.bytes).flatten() {
        let Value::Bytes(bytes) = field.value else {
            continue;
        };
        match field.number {
            file::EXTENSION => {
                let lowered = dialect.extension(bytes)?;
                put_bytes(field.number, lowered.as_deref().unwrap_or(bytes), out);
            }
            file::SERVICE | file::OPTIONS | file::SOURCE_CODE_INFO => {
                put_bytes(field.number, bytes, out);
            }
            _ => {}
        }
    }
    Ok(())
}

fn write_service(service: &[u8], name: &str, method: &str) -> Vec<u8> {
    let mut out = Vec::new();
    put_bytes(NAME, name.as_bytes(), &mut out);
    let methods = fields(service)
        .flatten()
        .filter(|field| field.number == SERVICE_METHOD)
        .filter_map(|field| field.bytes().ok())
        .filter(|bytes| name_of(bytes).is_ok_and(|found| found == method));
    for bytes in methods {
        put_bytes(SERVICE_METHOD, bytes, &mut out);
    }
    out
}

/// A file with those option messages that are not kept from the source.
fn write_options(selection: &Selection<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    put_bytes(file::NAME, b"(option messages)", &mut out);
    put_bytes(file::PACKAGE, OPTIONS_PACKAGE.as_bytes(), &mut out);
    for name in OPTION_MESSAGES {
        let held = selection.declarations.get(OPTIONS_PACKAGE, name);
        if !held.is_some_and(|index| selection.kept[index]) {
            let mut message = Vec::new();
            put_bytes(NAME, name.as_bytes(), &mut message);
            put_bytes(file::MESSAGE, &message, &mut out);
        }
    }
    out
}

/// What the linker lets pass and its own methods rely on.
fn check(pool: &DescriptorPool) -> Result<(), Flaw> {
    for message in pool.all_messages() {
        if message.is_map_entry() && !is_good_map_entry(&message) {
            return Err(Flaw::Invalid {
                why: format!("{} is no map entry, but says so", message.full_name()),
            });
        }
    }
    for enumeration in pool.all_enums() {
        if enumeration.values().len() == 0 {
            return Err(Flaw::Invalid {
                why: format!("the enum {} has no values", enumeration.full_name()),
            });
        }
    }
    Ok(())
}

fn is_good_map_entry(entry: &MessageDescriptor) -> bool {
    let single = |number| entry.get_field(number).filter(|field| !field.is_list());
    let key = single(1).is_some_and(|field| {
        !matches!(
            field.kind(),
            FieldKind::Message(_)
                | FieldKind::Enum(_)
                | FieldKind::Bytes
                | FieldKind::Float
                | FieldKind::Double
        )
    });
    key && single(2).is_some_and(|field| !field.is_map())
}
