//! Good answers with a token that cannot be sent as it is.

use serde_json::Value;

use super::Exchange;
use super::Fault;
use super::fault;
use super::script::Script;

pub(super) const FAULTS: &[Fault] = &[
    fault(
        "token-crlf",
        "the token has CR LF and a header of its own",
        |exchange| {
            with_token(exchange, |token| {
                format!("{token}\r\nx-injected: yes").into()
            })
        },
    ),
    fault(
        "token-trailing-newline",
        "the token ends in a newline",
        |exchange| with_token(exchange, |token| format!("{token}\n").into()),
    ),
    fault("token-space", "the token has a space within", |exchange| {
        with_token(exchange, |token| format!("{token} x").into())
    }),
    fault("token-nul", "the token has a NUL", |exchange| {
        with_token(exchange, |token| format!("{token}\0").into())
    }),
    fault("token-not-ascii", "the token has an umlaut", |exchange| {
        with_token(exchange, |token| format!("{token}ü").into())
    }),
    fault(
        "token-with-scheme",
        "the token begins with Bearer",
        |exchange| with_token(exchange, |token| format!("Bearer {token}").into()),
    ),
    fault(
        "token-long",
        "the token is longer than a header may be",
        |exchange| with_token(exchange, |token| token.repeat(64).into()),
    ),
    fault("token-empty", "the token is an empty text", |exchange| {
        with_token(exchange, |_| "".into())
    }),
    fault("token-null", "the token is null", |exchange| {
        with_token(exchange, |_| Value::Null)
    }),
    fault("token-number", "the token is a number", |exchange| {
        with_token(exchange, |_| 12345.into())
    }),
    fault(
        "token-refused",
        "the token is one that the Vault does not accept",
        |exchange| with_token(exchange, |_| "not-a-token-of-the-lab".into()),
    ),
    fault(
        "token-refused-then-good",
        "every first token is one that the Vault does not accept, every second one good",
        |exchange| {
            if exchange.earlier.is_multiple_of(2) {
                with_token(exchange, |_| "not-a-token-of-the-lab".into())
            } else {
                exchange.good().into()
            }
        },
    ),
];

fn with_token(exchange: &Exchange, change: fn(&str) -> Value) -> Script {
    exchange
        .changed(|members| {
            let member = exchange.token_member();
            let changed = change(members[member].as_str().unwrap_or_default());
            members.insert(member.to_owned(), changed);
        })
        .into()
}
