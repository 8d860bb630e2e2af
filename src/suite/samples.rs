//! Suites for tests.

use std::path::Path;

use crate::describe::listing::ListedMethod;
use crate::suite::Suite;
use crate::suite::expand::Expansion;
use crate::suite::expand::TargetMethods;
use crate::suite::expand::expand;
use crate::suite::resolve;
use crate::suite::source::Complaint;
use crate::suite::source::Source;
use crate::suite::variables;
use crate::suite::variables::Surroundings;

/// What stands in front of most suites here: three identities, two of which own an order.
pub(crate) const HEAD: &str = r#"
version = 1
target = "127.0.0.1:8443"
[identity.viewer]
auth = { kind = "bearer", token = "env:T" }
owns = { order = "o-1", marker = "viewer@x" }
[identity.admin]
extends = "viewer"
owns = { order = "o-2", marker = "admin@x" }
[identity.revoked]
auth = { kind = "bearer", token = "env:R" }
expect = "denied"
"#;

pub(crate) fn source(text: &str) -> Source {
    Source::new(Path::new("shop.auth.toml"), text.to_owned())
}

/// The suite of a text.
pub(crate) fn read(text: &str) -> Result<Suite, Complaint> {
    read_with(text, &[])
}

/// The same with `--var`.
pub(crate) fn read_with(text: &str, given: &[(String, String)]) -> Result<Suite, Complaint> {
    let source = source(text);
    let surroundings = Surroundings {
        given,
        environment: &|name| match name {
            "HOST" => Ok("env.test:1".to_owned()),
            _ => Err(format!("{name} is not set")),
        },
        file: &|path| match path {
            "host" => Ok("file.test:2\n".to_owned()),
            _ => Err(format!("{path} cannot be read")),
        },
    };
    let read = || {
        let mut tables = source.parse()?;
        variables::expand(&mut tables, &surroundings)?;
        resolve::suite(source.document(tables)?, "shop")
    };
    read().map_err(|fault| source.complaint(&fault))
}

pub(crate) fn method(name: &str, no_side_effects: bool) -> ListedMethod {
    ListedMethod {
        name: name.to_owned(),
        input: "x.In".to_owned(),
        output: "x.Out".to_owned(),
        client_streaming: false,
        server_streaming: false,
        no_side_effects,
    }
}

/// A shop: two services, with one method that is marked as safe; and reflection.
pub(crate) fn shop(on_loopback: bool) -> TargetMethods {
    let methods = [
        ("shop.v1.Orders/Get", true),
        ("shop.v1.Orders/Delete", false),
        ("shop.v1.Catalog/List", false),
        ("grpc.health.v1.Health/Check", false),
        (
            "grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
            false,
        ),
    ];
    let methods = methods.iter().map(|(name, safe)| method(name, *safe));
    TargetMethods::new(methods.collect(), on_loopback)
}

/// The cells of a suite over the shop.
pub(crate) fn cells(text: &str) -> (Suite, Expansion) {
    let suite = read(text).expect("the sample is a suite");
    let targets = vec![shop(true); suite.targets.len()];
    let expansion = expand(&suite, &targets).expect("the sample fits the shop");
    (suite, expansion)
}
