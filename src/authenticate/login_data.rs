//! The data of a login, filled in: `${username}`, `${password}`, `${refresh_token}`, and what the plan has
//! read for `${env:NAME}` and `${file:PATH}`.
//!
//! Values are put in place of whole texts before these are encoded, so that no quote or ampersand in a
//! password can become part of the form that carries it.

use bytes::Bytes;
use serde_json::Value;

use crate::identity::Body;
use crate::identity::Content;
use crate::secret::Secret;

/// What may stand between `${` and `}` in a login's data, with its value.
pub(crate) type Values<'a> = [(&'a str, &'a Secret)];

/// Data as they go out.
#[derive(Debug)]
pub(crate) struct Filled {
    pub content_type: &'static str,
    pub octets: Bytes,
}

/// The data where none are given: name and password under the seeds' keys.
pub(crate) fn default_login() -> Body {
    both(&[("username", "${username}"), ("password", "${password}")])
}

/// The data of a refresh where none are given.
pub(crate) fn default_refresh() -> Body {
    both(&[("refresh_token", "${refresh_token}")])
}

fn both(fields: &[(&str, &str)]) -> Body {
    let fields = fields
        .iter()
        .map(|(key, value)| ((*key).to_owned(), Value::from(*value)));
    Body {
        content: Content::Json(Value::Object(fields.collect())),
        referred: Vec::new(),
    }
}

/// Puts values in their places.
///
/// # Errors
/// A name that has no value.
pub(crate) fn fill(body: &Body, values: &Values<'_>) -> Result<Filled, String> {
    Ok(match &body.content {
        Content::Json(_) => Filled {
            content_type: "application/json",
            octets: json(body, values)?.to_string().into(),
        },
        Content::Form(fields) => {
            let mut form = form_urlencoded::Serializer::new(String::new());
            for (name, text) in fields {
                form.append_pair(name, &substituted(text, body, values)?);
            }
            Filled {
                content_type: "application/x-www-form-urlencoded",
                octets: form.finish().into(),
            }
        }
    })
}

/// The data as JSON, with values in their places; a form becomes an object of texts.
///
/// # Errors
/// A name that has no value.
pub(crate) fn json(body: &Body, values: &Values<'_>) -> Result<Value, String> {
    match &body.content {
        Content::Json(value) => filled(value, body, values),
        Content::Form(fields) => fields
            .iter()
            .map(|(name, text)| {
                let text = substituted(text, body, values)?;
                Ok((name.clone(), Value::from(text)))
            })
            .collect::<Result<_, String>>()
            .map(Value::Object),
    }
}

fn filled(value: &Value, body: &Body, values: &Values<'_>) -> Result<Value, String> {
    Ok(match value {
        Value::String(text) => Value::from(substituted(text, body, values)?),
        Value::Array(entries) => entries
            .iter()
            .map(|entry| filled(entry, body, values))
            .collect::<Result<_, _>>()?,
        Value::Object(fields) => Value::Object(
            fields
                .iter()
                .map(|(key, value)| Ok((key.clone(), filled(value, body, values)?)))
                .collect::<Result<_, String>>()?,
        ),
        other => other.clone(),
    })
}

fn substituted(text: &str, body: &Body, values: &Values<'_>) -> Result<String, String> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, name, after)) = next_name(rest) {
        let referred = body
            .referred
            .iter()
            .map(|(name, secret)| (name.as_str(), secret));
        let value = values
            .iter()
            .copied()
            .chain(referred)
            .find(|(known, _)| *known == name);
        let Some((_, value)) = value else {
            return Err(name.to_owned());
        };
        filled.push_str(before);
        filled.push_str(value.expose());
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}

/// The first `${name}` in a text: what stands before it, the name, what stands behind it.
fn next_name(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("${")?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

/// Every name in the data, in its order, repeated as it is there.
pub(crate) fn names(content: &Content) -> Vec<String> {
    let mut texts = Vec::new();
    match content {
        Content::Json(value) => crate::identity::leaves(value, &mut texts),
        Content::Form(fields) => texts.extend(fields.iter().map(|(_, value)| value.as_str())),
    }
    let mut names = Vec::new();
    for text in texts {
        let mut rest = text;
        while let Some((_, name, after)) = next_name(rest) {
            names.push(name.to_owned());
            rest = after;
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn body(content: Content) -> Body {
        Body {
            content,
            referred: vec![("env:TENANT".to_owned(), Secret::new("t&1"))],
        }
    }

    #[test]
    fn values_are_escaped_where_they_are_put() {
        let (user, password) = (Secret::new("alice"), Secret::new("p\"a&b=c\\ \u{e9}"));
        let values = [("username", &user), ("password", &password)];
        for (content, expected) in [
            (
                Content::Json(
                    json!({"u": "${username}", "deep": [{"p": "<${password}>"}], "n": 1}),
                ),
                "{\"u\":\"alice\",\"deep\":[{\"p\":\"<p\\\"a&b=c\\\\ \u{e9}>\"}],\"n\":1}",
            ),
            (
                Content::Form(vec![
                    ("user name".into(), "${username}@${env:TENANT}".into()),
                    ("password".into(), "${password}".into()),
                ]),
                "user+name=alice%40t%261&password=p%22a%26b%3Dc%5C+%C3%A9",
            ),
        ] {
            let filled = fill(&body(content), &values).unwrap();
            assert_eq!(std::str::from_utf8(&filled.octets).unwrap(), expected);
        }
    }

    #[test]
    fn a_value_is_not_looked_into_for_further_names() {
        let password = Secret::new("${username}");
        let filled = json(
            &body(Content::Json(json!("${password}"))),
            &[("password", &password)],
        );
        assert_eq!(filled, Ok(json!("${username}")));
    }

    #[test]
    fn a_name_without_value_is_told() {
        let content = Content::Json(json!({"a": "${otp}", "b": "${username}${", "${key}": 1}));
        assert_eq!(names(&content), ["otp", "username"]);
        assert_eq!(json(&body(content), &[]), Err("otp".to_owned()));
    }
}
