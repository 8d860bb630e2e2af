//! `auth` of an identity or a profile: a credential's kind and parameters, one table or a list of them.

use std::path::Path;

use crate::authenticate::call_credentials;
use crate::authenticate::call_credentials::none;
use crate::identity::kind::CredentialKind;
use crate::identity::kind::CredentialParameter;
use crate::identity::kind::Form;
use crate::identity::written::Written;
use crate::identity::written::WrittenCredential;
use crate::plan::Planned;
use crate::plan::body;
use crate::plan::document::Document;
use crate::plan::document::Entry;
use crate::plan::document::Table;
use crate::plan::document::meant;
use crate::secret::SecretSource;

/// The credentials of `entry`. One table without a kind, or of the same, adds to the one that is extended.
pub(crate) fn read(
    entry: Entry<'_>,
    extended: &[WrittenCredential],
) -> Planned<Vec<WrittenCredential>> {
    let (tables, is_list) = entry.tables()?;
    let base = match extended {
        [only] if !is_list => Some(only),
        _ => None,
    };
    let mut blocks: Vec<WrittenCredential> = Vec::with_capacity(tables.len());
    for table in tables {
        let block = block(table, base)?;
        if blocks
            .iter()
            .any(|other| other.kind.name == block.kind.name)
        {
            return Err(table.refuse(
                format!("a second credential of kind {}", block.kind.name),
                "leave one of them out",
            ));
        }
        blocks.push(block);
    }
    blocks.retain(|block| block.kind.name != none::KIND.name);
    Ok(blocks)
}

fn block(table: Table<'_>, base: Option<&WrittenCredential>) -> Planned<WrittenCredential> {
    let kind = match (table.get("kind"), base) {
        (Some(entry), _) => kind(entry)?,
        (None, Some(base)) => base.kind,
        (None, None) => {
            return Err(table.refuse(
                "a credential without its kind",
                format!("write kind = \"…\": {}", names().join(", ")),
            ));
        }
    };
    let mut keys: Vec<&str> = vec!["kind"];
    keys.extend(kind.parameters.iter().map(|parameter| parameter.key));
    table.only(&format!("a credential of kind {}", kind.name), &keys)?;
    let mut block = match base {
        Some(base) if base.kind.name == kind.name => base.clone(),
        _ => WrittenCredential {
            kind,
            parameters: Vec::new(),
        },
    };
    for parameter in kind.parameters {
        if let Some(entry) = table.get(parameter.key) {
            block.set(parameter.name, written(parameter, entry)?);
        }
    }
    Ok(block)
}

fn kind(entry: Entry<'_>) -> Planned<&'static CredentialKind> {
    let name = entry.text()?;
    call_credentials::find(name).ok_or_else(|| {
        let shown = crate::text::escape(name);
        entry.refuse(
            format!("`{shown}` is not a kind of credential"),
            meant(name, &names()),
        )
    })
}

fn names() -> Vec<&'static str> {
    call_credentials::kinds().map(|kind| kind.name).collect()
}

fn written(parameter: &CredentialParameter, entry: Entry<'_>) -> Planned<Written> {
    Ok(match parameter.form {
        Form::Text => Written::Text(entry.text()?.to_owned()),
        Form::List => Written::List(entry.texts()?.into_iter().map(str::to_owned).collect()),
        Form::Secret => Written::Secret(secret(entry)?),
        Form::Body => body(parameter, entry)?,
        Form::Words => Written::Words(words(entry)?),
    })
}

/// A reference to a secret; a file of it is beside this one.
pub(crate) fn secret(entry: Entry<'_>) -> Planned<SecretSource> {
    match entry.parse()? {
        SecretSource::Stdin => Err(entry.refuse(
            "standard input belongs to the command line",
            "write env:NAME, file:PATH, prompt or cmd:PROGRAM ARG…",
        )),
        SecretSource::File(path) => Ok(SecretSource::File(entry.document.beside(path))),
        source => Ok(source),
    }
}

/// A login's data: a table, which is JSON, or a text as the command line has it.
fn body(parameter: &CredentialParameter, entry: Entry<'_>) -> Planned<Written> {
    let text = match entry.is_text() {
        true => entry.text()?.to_owned(),
        false => entry.json()?.to_string(),
    };
    if let Some(path) = text.strip_prefix('@') {
        let path = entry.document.beside(path);
        return Ok(Written::FileBody(format!("@{}", path.display())));
    }
    // The text may hold secrets: it is not repeated.
    let content = body::content(entry.key, text.trim()).map_err(|_| {
        entry.refuse(
            "it is neither JSON nor a form",
            "write a table: { username = \"${username}\", password = \"${password}\" }",
        )
    })?;
    // What a token says of its owner is no secret, whatever it is called.
    let is_login = parameter.name != "jwt-claims";
    if let Some(key) = body::literal_secret(&content).filter(|_| is_login) {
        refuse_if_readable(entry, &key)?;
    }
    Ok(Written::FileBody(with_files_beside(&text, entry.document)))
}

/// A program and its arguments: a line, or a list of words. A program's path is beside this file; a name
/// alone is looked up as ever.
fn words(entry: Entry<'_>) -> Planned<String> {
    let refuse = |what: &str| entry.refuse(what, "write [\"PROGRAM\", \"ARG\"]");
    let mut words: Vec<String> = match entry.is_text() {
        // Arguments may be secret: the line is not repeated.
        true => shlex::split(entry.text()?).ok_or_else(|| refuse("it has an unbalanced quote"))?,
        false => entry.texts()?.into_iter().map(str::to_owned).collect(),
    };
    let Some(program) = words.first_mut().filter(|word| !word.is_empty()) else {
        return Err(refuse("it names no program"));
    };
    if program.contains('/') {
        *program = entry.document.beside(&*program).display().to_string();
    }
    shlex::try_join(words.iter().map(String::as_str)).map_err(|_| refuse("a word has a NUL in it"))
}

/// A secret that stands in the file itself may be read by its owner alone.
#[cfg(unix)]
fn refuse_if_readable(entry: Entry<'_>, key: &str) -> Planned<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let path = entry.document.path();
    let mode = std::fs::metadata(path).map_or(0, |metadata| metadata.permissions().mode() & 0o777);
    if mode & 0o077 == 0 {
        return Ok(());
    }
    Err(entry.refuse(
        format!(
            "the value of {} stands in it, and the file's mode is {mode:04o}: others than its owner can read it",
            crate::text::escape(key)
        ),
        format!(
            "write ${{password}}, ${{env:NAME}} or ${{file:PATH}} there, or chmod 600 {}",
            path.display()
        ),
    ))
}

#[cfg(not(unix))]
fn refuse_if_readable(_: Entry<'_>, _: &str) -> Planned<()> {
    Ok(())
}

/// `${file:PATH}` with the path beside the document.
fn with_files_beside(text: &str, document: &Document) -> String {
    const OPENING: &str = "${file:";
    let is_json = text.trim_start().starts_with(['{', '[', '"']);
    let mut parts = text.split(OPENING);
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (path, rest) = part.split_once('}').unwrap_or((part, ""));
        let beside = match Path::new(path).is_absolute() {
            true => path.to_owned(),
            false => quoted(&document.beside(path).display().to_string(), is_json),
        };
        whole.push_str(&format!("{OPENING}{beside}}}{rest}"));
    }
    whole
}

/// As it stands between the quotes of JSON.
fn quoted(text: &str, is_json: bool) -> String {
    if !is_json {
        return text.to_owned();
    }
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}
