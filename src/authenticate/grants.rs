//! The grants of OAuth 2.0, without I/O: given the last answer, the next step. To add a grant: a file
//! beside these, and its row in [`ALL`].

mod client_credentials;
mod password;
pub(crate) mod refresh_token;

use crate::authenticate::cache::Entry;
use crate::authenticate::token_fault::TokenFault;
use crate::secret::Secret;

/// A grant.
#[derive(Debug)]
pub(crate) struct GrantKind {
    /// As `grant_type` names it.
    pub name: &'static str,
    /// One line for help and documentation.
    pub summary: &'static str,
    /// The parameters without which it cannot be used.
    pub needs: &'static [&'static str],
    /// What it is started from may be used again without asking anybody.
    pub repeatable: bool,
    /// Losing the token costs a login, or spends a refresh token: it is kept on disk.
    pub lasting: bool,
    pub start: fn(&GrantInput) -> Box<dyn Grant>,
}

/// Every grant, in the order in which help lists them.
pub(crate) const ALL: &[&GrantKind] = &[
    &client_credentials::GRANT,
    &refresh_token::GRANT,
    &password::GRANT,
];

/// The grant of this name.
pub(crate) fn find(name: &str) -> Option<&'static GrantKind> {
    ALL.iter().copied().find(|grant| grant.name == name)
}

/// What grants are started from.
#[derive(Clone, Debug, Default)]
pub(crate) struct GrantInput {
    pub user: Option<String>,
    pub password: Option<Secret>,
    pub refresh_token: Option<Secret>,
}

/// A form's fields, in their order.
pub(crate) type Form = Vec<(&'static str, String)>;

/// What a grant wants next.
#[derive(Debug)]
pub(crate) enum Step {
    /// Ask the token endpoint.
    Ask(Form),
    /// It is over.
    End(Result<Entry, TokenFault>),
}

/// A grant that is under way.
pub(crate) trait Grant: Send {
    /// The next step, given what came of the last one; `None`: there was none yet.
    fn next(&mut self, last: Option<Result<Entry, TokenFault>>) -> Step;
}

/// A grant of one question and one answer.
struct OneQuestion(Form);

impl Grant for OneQuestion {
    fn next(&mut self, last: Option<Result<Entry, TokenFault>>) -> Step {
        match last {
            None => Step::Ask(std::mem::take(&mut self.0)),
            Some(answer) => Step::End(answer),
        }
    }
}

fn one_question(form: Form) -> Box<dyn Grant> {
    Box::new(OneQuestion(form))
}

fn exposed(secret: Option<&Secret>) -> String {
    secret.map_or_else(String::new, |secret| secret.expose().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_grant_asks_once_and_ends() {
        let input = GrantInput {
            user: Some("alice".into()),
            password: Some(Secret::new("pw")),
            refresh_token: Some(Secret::new("r1")),
        };
        for (name, rest) in [
            ("client_credentials", &[][..]),
            ("refresh_token", &[("refresh_token", "r1")]),
            ("password", &[("username", "alice"), ("password", "pw")]),
        ] {
            let mut grant = (find(name).unwrap().start)(&input);
            let Step::Ask(form) = grant.next(None) else {
                panic!("{name} asks nothing");
            };
            let fields: Vec<(&str, &str)> = form
                .iter()
                .map(|(key, value)| (*key, value.as_str()))
                .collect();
            assert_eq!(fields[0], ("grant_type", name));
            assert_eq!(&fields[1..], rest);
            assert!(matches!(
                grant.next(Some(Err(TokenFault::NoAnswer))),
                Step::End(Err(TokenFault::NoAnswer))
            ));
        }
        assert!(find("implicit").is_none());
    }
}
