//! The data of a login: JSON, or a form, from the command line or a file.

use std::path::Path;

use crate::authenticate::login_data;
use crate::authenticate::program::TIME_LIMIT;
use crate::authenticate::secret_reader;
use crate::evidence::Refusal;
use crate::identity::Body;
use crate::identity::Content;
use crate::plan::Planned;
use crate::plan::environment;
use crate::plan::files;
use crate::plan::usage;
use crate::secret::SecretSource;

/// Keys under which a text is hardly anything but a secret.
const SECRET_KEYS: &[&str] = &["password", "passwd", "secret", "token", "key", "pin", "otp"];

/// Reads what `--flag` gives, and what it refers to.
pub(crate) fn read(flag: &'static str, given: &str, notices: &mut Vec<String>) -> Planned<Body> {
    let body = read_quietly(flag, given)?;
    if !given.starts_with('@')
        && let Some(key) = literal_secret(&body.content)
    {
        notices.push(format!(
            "--{flag} has the value of {} in it, which every user of this machine can read in the list of processes; write ${{password}} or ${{env:NAME}} there",
            crate::text::escape(&key)
        ));
    }
    Ok(body)
}

/// The same where no list of processes shows it.
pub(crate) fn read_quietly(flag: &'static str, given: &str) -> Planned<Body> {
    let text = match given.strip_prefix('@') {
        None => given.to_owned(),
        Some(path) => {
            String::from_utf8(files::read("--login-body", Path::new(path))?).map_err(|_| {
                usage(
                    format!("--{flag} {given} is not text (UTF-8)"),
                    "check the file",
                )
            })?
        }
    };
    let content = content(flag, text.trim())?;
    let referred = referred(flag, &content)?;
    Ok(Body { content, referred })
}

/// Whether `${password}` stands in it.
pub(crate) fn wants_password(body: &Body) -> bool {
    login_data::names(&body.content)
        .iter()
        .any(|name| name == "password")
}

pub(crate) fn content(flag: &str, text: &str) -> Planned<Content> {
    if text.starts_with(['{', '[', '"']) {
        // The text may hold secrets: only the place is told.
        return serde_json::from_str(text).map(Content::Json).map_err(|error| {
            usage(
                format!(
                    "--{flag} is not JSON: line {}, column {}",
                    error.line(),
                    error.column()
                ),
                "write an object such as {\"username\":\"${username}\",\"password\":\"${password}\"}, or a form: a=b&c=d",
            )
        });
    }
    if text.contains('=') {
        let fields = form_urlencoded::parse(text.as_bytes());
        return Ok(Content::Form(fields.into_owned().collect()));
    }
    Err(usage(
        format!("--{flag} is neither JSON nor a form"),
        "write an object such as {\"username\":\"${username}\",\"password\":\"${password}\"}, a form (a=b&c=d), or @FILE",
    ))
}

/// The key of a text that looks like a secret and stands there as it is.
pub(crate) fn literal_secret(content: &Content) -> Option<String> {
    let is_secret = |key: &str| {
        let key = key.to_ascii_lowercase();
        SECRET_KEYS.iter().any(|secret| key.contains(secret))
    };
    let fields: Vec<(&String, &str)> = match content {
        Content::Form(fields) => fields
            .iter()
            .map(|(key, value)| (key, value.as_str()))
            .collect(),
        Content::Json(value) => value
            .as_object()?
            .iter()
            .filter_map(|(key, value)| Some((key, value.as_str()?)))
            .collect(),
    };
    fields
        .into_iter()
        .find(|(key, value)| is_secret(key) && !value.is_empty() && !value.contains("${"))
        .map(|(key, _)| key.clone())
}

fn referred(
    flag: &'static str,
    content: &Content,
) -> Planned<Vec<(String, crate::secret::Secret)>> {
    let mut referred = Vec::new();
    for name in login_data::names(content) {
        if !(name.starts_with("env:") || name.starts_with("file:")) {
            continue;
        }
        let source: SecretSource = name.parse().map_err(|error| {
            usage(
                format!("--{flag}: {error}"),
                "write ${env:NAME} or ${file:PATH}",
            )
        })?;
        let read = secret_reader::read(&source, environment::value, TIME_LIMIT)
            .map_err(|problem| Refusal::Secret { flag, problem })?;
        referred.push((name, read.secret));
    }
    Ok(referred)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn json_and_forms() {
        for (given, expected) in [
            (
                r#"{"u":"${username}"}"#,
                Content::Json(json!({"u": "${username}"})),
            ),
            (" [1] ", Content::Json(json!([1]))),
            (
                "user=%24%7Busername%7D&p=a+b",
                Content::Form(vec![
                    ("user".into(), "${username}".into()),
                    ("p".into(), "a b".into()),
                ]),
            ),
        ] {
            let read = read("login-body", given, &mut Vec::new()).unwrap();
            assert_eq!(read.content, expected, "{given}");
        }
    }

    #[test]
    fn what_is_neither_is_refused_without_repeating_it() {
        for given in ["", "hunter2", "{\"password\":\"hunter2\"", "{hunter2}"] {
            let refusal = read("login-body", given, &mut Vec::new()).unwrap_err();
            assert!(!format!("{refusal:?}").contains("hunter2"), "{given}");
        }
    }

    #[test]
    fn a_literal_secret_is_noticed_and_a_reference_is_not() {
        for (given, noticed) in [
            (r#"{"username":"alice","password":"hunter2"}"#, true),
            (r#"{"username":"alice","password":"${password}"}"#, false),
            (r#"{"username":"alice"}"#, false),
            ("apiKey=abc", true),
        ] {
            let mut notices = Vec::new();
            read("login-body", given, &mut notices).unwrap();
            assert_eq!(!notices.is_empty(), noticed, "{given}");
            assert!(!notices.join("").contains("hunter2"));
        }
    }

    #[test]
    fn what_it_refers_to_is_read() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "s3cret\n").unwrap();
        let given = format!("{{\"k\":\"${{file:{}}}\"}}", file.path().display());
        let body = read("login-body", &given, &mut Vec::new()).unwrap();
        assert_eq!(body.referred[0].1.expose(), "s3cret");
        let given = r#"{"k":"${env:GRPCAUTH_TEST_NO_SUCH_VARIABLE}"}"#;
        assert!(read("login-body", given, &mut Vec::new()).is_err());
    }
}
