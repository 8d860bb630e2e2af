//! A refused call is made once more with another token, and only where that is safe.

mod repeats;
mod withheld;

use serde_json::Value;

use super::attempts;
use crate::home::Home;
use crate::world::World;

/// A call that must end so.
fn call(lab: &World, home: &Home, code: i32, line: &str) -> Value {
    let ran = home.run(lab, &format!("call {line} --format json"));
    assert_eq!(ran.code, code, "{line}: {ran:?}");
    let document = ran.document();
    assert_eq!(document["exit_code"], code, "{line}");
    document
}

/// Each attempt went with a token of its own.
fn differ(document: &Value) -> bool {
    let attempts = document["attempts"].as_array().unwrap();
    let [first, second] = &attempts[..] else {
        return false;
    };
    let (first, second) = (
        &first["credential_fingerprint"],
        &second["credential_fingerprint"],
    );
    first.is_string() && second.is_string() && first != second
}
