mod server;

use std::time::Duration;

use prost::Message as _;
use prost_reflect::prost_types::FileDescriptorProto;
use tonic::Status;
use tonic::service::Routes;
use tonic_reflection::pb::v1::server_reflection_request::MessageRequest;

use super::*;
use crate::describe::Source;
use crate::describe::listing::Contents;
use crate::describe::listing::Listing;
use crate::describe::listing::Question;
use crate::describe::reflection::tests::server::Act;
use crate::describe::reflection::tests::server::ROUND_TRIP;
use crate::describe::reflection::tests::server::connect;
use crate::describe::reflection::tests::server::error;
use crate::describe::reflection::tests::server::files;
use crate::describe::reflection::tests::server::refusing;
use crate::describe::reflection::tests::server::scripted;
use crate::describe::reflection::tests::server::services;
use crate::describe::reflection::tests::server::split;
use crate::describe::reflection::version::Version;
use crate::describe::samples;
use crate::describe::samples::file;
use crate::describe::samples::service_file;
use crate::describe::symbol::SymbolName;
use crate::invoke::Ended;
use crate::status::AnsweredBy;
use crate::status::StatusCode;

/// Describes by asking the server alone.
async fn by_reflection(
    channel: &Channel,
    name: &MethodName,
    deadline: Option<Instant>,
) -> Result<Described, NotDescribed> {
    beside_files(channel, &Metadata::new(), &Given::default(), name, deadline).await
}

/// Describes over the slow line; also the round trips that the clock saw.
async fn describe(routes: Routes, name: &str) -> (Result<Described, NotDescribed>, u128) {
    let channel = connect(routes).await;
    let started = Instant::now();
    let name = MethodName::parse(name).unwrap();
    let described = by_reflection(&channel, &name, None).await;
    (
        described,
        started.elapsed().as_millis() / ROUND_TRIP.as_millis(),
    )
}

/// A server that sends all files at once, as Go's does; NOT_FOUND inside the stream.
fn all_at_once(set: Vec<u8>, known: &'static str) -> Routes {
    scripted(move |question| match question {
        MessageRequest::FileContainingSymbol(symbol) if symbol == known => files(split(&set)),
        MessageRequest::ListServices(_) => services(&[known]),
        _ => error(5, "not found"),
    })
}

/// A server that has these files and sends them one by one.
fn one_by_one(all: Vec<FileDescriptorProto>) -> Routes {
    scripted(move |question| {
        let wanted = match question {
            MessageRequest::FileContainingSymbol(_) => all.first(),
            MessageRequest::FileByFilename(name) => all.iter().find(|file| file.name() == name),
            _ => return services(&["p.S"]),
        };
        match wanted {
            Some(file) => files(vec![file.encode_to_vec()]),
            None => error(5, "no such file"),
        }
    })
}

#[tokio::test(start_paused = true)]
async fn round_trips_are_as_few_as_can_be() {
    let shop = samples::shop();
    // The shop's files lie on three levels; tonic sends one file at a time.
    for (routes, name, source, trips) in [
        (
            all_at_once(shop.clone(), "shop.v1.Orders"),
            "shop.v1.Orders/Get",
            Source::ReflectionV1,
            1,
        ),
        (
            all_at_once(shop.clone(), "shop.v1.Orders"),
            "v1.Orders/Get",
            Source::ReflectionV1,
            3,
        ),
        (
            all_at_once(shop.clone(), "shop.v1.Orders"),
            "Orders/Get",
            Source::ReflectionV1,
            2,
        ),
        (
            all_at_once(shop.clone(), "shop.v1.Orders"),
            "List",
            Source::ReflectionV1,
            2,
        ),
        (
            server::tonic(&shop, true, false),
            "shop.v1.Orders/Get",
            Source::ReflectionV1,
            3,
        ),
        (
            server::tonic(&shop, true, true),
            "shop.v1.Orders/Get",
            Source::ReflectionV1,
            3,
        ),
        (
            server::tonic(&shop, false, true),
            "shop.v1.Orders/Get",
            Source::ReflectionV1Alpha,
            3,
        ),
        (
            server::tonic(&shop, false, true),
            "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
            Source::ReflectionV1Alpha,
            1,
        ),
        // The missing symbol ends tonic's stream; the list came before it.
        (
            server::tonic(&shop, true, true),
            "Orders/Get",
            Source::ReflectionV1,
            4,
        ),
        (
            server::tonic(&shop, true, true),
            "v1.Orders.Get",
            Source::ReflectionV1,
            5,
        ),
        (
            server::tonic(&shop, false, true),
            "Watch",
            Source::ReflectionV1Alpha,
            4,
        ),
    ] {
        let (described, elapsed) = describe(routes, name).await;
        let described = described.unwrap();
        assert_eq!(described.source, source, "{name}");
        assert_eq!(
            (described.round_trips, elapsed),
            (trips, u128::from(trips)),
            "{name}"
        );
        assert_eq!(
            described.resolved_from_suffix,
            described.full_name_used != name
        );
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_not_there_is_named_with_what_is() {
    for both in [
        all_at_once(samples::shop(), "shop.v1.Orders"),
        server::tonic(&samples::shop(), true, true),
    ] {
        let channel = connect(both).await;
        let ask = async |name: &str| {
            let name = MethodName::parse(name).unwrap();
            by_reflection(&channel, &name, None).await.unwrap_err()
        };
        match ask("shop.v1.Order/Get").await {
            NotDescribed::UnknownService {
                suggestion, known, ..
            } => {
                assert_eq!(suggestion.as_deref(), Some("shop.v1.Orders"));
                assert!(known.contains(&"shop.v1.Orders".to_owned()));
            }
            other => panic!("{other:?}"),
        }
        match ask("shop.v1.Orders/Gett").await {
            NotDescribed::UnknownMethod {
                suggestion, known, ..
            } => {
                assert_eq!(suggestion.as_deref(), Some("Get"));
                assert_eq!(known, ["Get", "List", "Watch"]);
            }
            other => panic!("{other:?}"),
        }
        assert!(matches!(
            ask("Nowhere").await,
            NotDescribed::UnknownMethod { .. }
        ));
    }
}

#[tokio::test(start_paused = true)]
async fn refusals_keep_their_status() {
    for code in [16, 7, 3, 14] {
        let refused = refusing(Status::new(code.into(), "who are you"));
        match describe(refused, "p.S/M").await.0 {
            Err(NotDescribed::Refused { answer, version }) => {
                assert_eq!(version, Version::V1);
                let Ended::Status {
                    status,
                    answered_by,
                } = answer.outcome
                else {
                    panic!("{:?}", answer.outcome)
                };
                assert_eq!(status.code, StatusCode(code as u32));
                assert_eq!(status.message, "who are you");
                assert_eq!(answered_by, AnsweredBy::Server);
            }
            other => panic!("{other:?}"),
        }
    }
    let (absent, _) = describe(Routes::default(), "p.S/M").await;
    assert!(
        matches!(absent, Err(NotDescribed::Absent { .. })),
        "{absent:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_refusal_between_two_answers_is_one_too() {
    let routes = scripted(|question| match question {
        MessageRequest::FileByFilename(_) => Act::Fail(Status::unauthenticated("expired")),
        _ => files(vec![service_file("a", &["b"]).encode_to_vec()]),
    });
    match describe(routes, "p.S/M").await.0 {
        Err(NotDescribed::Refused { answer, .. }) => {
            assert!(
                matches!(answer.outcome, Ended::Status { status, .. } if status.code == StatusCode::UNAUTHENTICATED)
            );
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_breaks_is_told_apart() {
    let (client, server) = tokio::io::duplex(1024);
    let (send_request, connection) = h2::client::handshake(client).await.unwrap();
    tokio::spawn(connection);
    drop(server);
    let channel = Channel {
        send_request,
        scheme: "http",
        authority: "test".to_owned(),
        user_agent: http::HeaderValue::from_static("test"),
        streams: Default::default(),
    };
    let name = MethodName::parse("p.S/M").unwrap();
    match by_reflection(&channel, &name, None).await {
        Err(NotDescribed::Refused { answer, .. }) => {
            assert!(matches!(answer.outcome, Ended::NoStatus(_)), "{answer:?}");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn silence_ends_with_the_deadline() {
    let channel = connect(scripted(|_| Act::Silence)).await;
    let name = MethodName::parse("p.S/M").unwrap();
    for (deadline, limit) in [
        (None, session::DEFAULT_LIMIT),
        (Some(Duration::from_secs(2)), Duration::from_secs(2)),
    ] {
        let started = Instant::now();
        let deadline = deadline.map(|limit| started + limit);
        match by_reflection(&channel, &name, deadline).await {
            Err(NotDescribed::Refused { answer, .. }) => {
                let Ended::Status { status, .. } = answer.outcome else {
                    panic!("{:?}", answer.outcome)
                };
                assert_eq!(status.code, StatusCode::DEADLINE_EXCEEDED);
            }
            other => panic!("{other:?}"),
        }
        assert!(started.elapsed() < limit + Duration::from_secs(1));
    }
}

#[tokio::test(start_paused = true)]
async fn hostile_descriptors_are_named_for_what_they_are() {
    let chain = |length: usize| -> Vec<FileDescriptorProto> {
        let name = |index: usize| format!("f{index}");
        (0..length)
            .map(|index| match index {
                0 => service_file("f0", &["f1"]),
                last if last + 1 == length => file(&name(last), &[]),
                _ => file(&name(index), &[&name(index + 1)]),
            })
            .collect()
    };
    let deep = samples::set(chain(1100));
    let wide: Vec<String> = (0..10_001).map(|index| format!("f{index}")).collect();
    let wide: Vec<&str> = wide.iter().map(String::as_str).collect();
    let encoded = |file: FileDescriptorProto| file.encode_to_vec();
    let any_file = |act: Act| scripted(move |_| act.clone());
    let cases: Vec<(Routes, &str)> = vec![
        (
            one_by_one(vec![service_file("a", &["a"])]),
            "`a` imports itself",
        ),
        (
            one_by_one(vec![
                service_file("a", &["b"]),
                file("b", &["c"]),
                file("c", &["b"]),
            ]),
            "in a circle: `b` → `c` → `b`",
        ),
        (
            one_by_one(vec![needing("p.Gone", &["b\u{1b}[1m"])]),
            "the type `p.Gone`, which none of the files declares; `b\\x1b[1m` is missing; `a` imports it (the server says: no such file)",
        ),
        (one_by_one(chain(80)), "more than 64 round trips"),
        (any_file(files(split(&deep))), "more than 1024 deep"),
        (
            one_by_one(vec![service_file("a", &wide)]),
            "more than 10000 files",
        ),
        (
            any_file(files(vec![encoded(file("other", &[]))])),
            "asked for `p.S`, it sends `other`",
        ),
        (any_file(files(vec![])), "asked for `p.S`, it sends nothing"),
        (
            any_file(files(vec![b"\xff\xff\xff".to_vec()])),
            "is no descriptor",
        ),
        (
            any_file(files(vec![encoded(file("", &[]))])),
            "a file has no name",
        ),
        (any_file(services(&["p.S"])), "answers another question"),
        (any_file(Act::End), "ended without an answer"),
        (
            any_file(files(vec![vec![0; stream::MAX_BYTES + 1]])),
            "more than 32 MB",
        ),
        (
            scripted(|question| match question {
                MessageRequest::ListServices(_) => services(&["p.S"]),
                _ => error(5, "lost"),
            }),
            "lists `p.S` but does not describe it: lost",
        ),
        (
            scripted(move |question| match question {
                MessageRequest::FileContainingSymbol(_) => {
                    files(vec![needing("p.Gone", &["b"]).encode_to_vec()])
                }
                _ => files(vec![file("c", &[]).encode_to_vec()]),
            }),
            "`b` is missing; `a` imports it (the server sends `c` for it)",
        ),
    ];
    for (routes, expected) in cases {
        match describe(routes, "p.S/M").await.0 {
            Err(NotDescribed::Broken { what }) => {
                let what = crate::peer_text::plain(&what);
                assert!(what.contains(expected), "{expected}: {what}");
                assert!(what.chars().all(crate::text::is_plain), "{what}");
            }
            other => panic!("{expected}: {other:?}"),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn answers_beyond_the_one_asked_for_do_no_harm() {
    let set = samples::set(vec![service_file("a", &[])]);
    let Act::Answer(answer) = files(split(&set)) else {
        panic!()
    };
    let flood = scripted(move |_| Act::Flood(answer.clone()));
    assert!(describe(flood, "p.S/M").await.0.is_ok());

    let Act::Answer(answer) = files(vec![service_file("a", &["b"]).encode_to_vec()]) else {
        panic!()
    };
    let flood = scripted(move |_| Act::Flood(answer.clone()));
    match describe(flood, "p.S/M").await.0 {
        Err(NotDescribed::Broken { what }) => {
            assert!(what.contains("more often than it is asked"), "{what}");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn files_that_cannot_all_come_in_one_answer_are_bounded_too() {
    // Each answer is small, and brings one new import with a megabyte of comment.
    let endless = scripted(|question| match question {
        MessageRequest::FileByFilename(name) => {
            let number: usize = name[1..].parse().unwrap();
            let imports: Vec<String> = (0..20)
                .map(|next| format!("f{}", number * 20 + next + 1))
                .collect();
            let imports: Vec<&str> = imports.iter().map(String::as_str).collect();
            let mut bytes = file(&name, &imports).encode_to_vec();
            bytes.extend([0x4a, 0x80, 0x80, 0x40]); // field 9 of 1 MiB
            bytes.resize(bytes.len() + (1 << 20), 0);
            files(vec![bytes])
        }
        _ => files(vec![service_file("a", &["f0"]).encode_to_vec()]),
    });
    match describe(endless, "p.S/M").await.0 {
        Err(NotDescribed::Broken { what }) => assert!(what.contains("more than 32 MB"), "{what}"),
        other => panic!("{other:?}"),
    }
}

/// What `list` and `describe` get from a server, without files beside it.
async fn ask(channel: &Channel, question: &Question) -> Result<Listing, NotDescribed> {
    super::listing(
        channel,
        &Metadata::new(),
        &Given::default(),
        question,
        false,
        None,
    )
    .await
}

fn about(symbol: &str) -> Question {
    Question::Describe {
        symbol: Some(SymbolName::parse(symbol).unwrap()),
        template: false,
    }
}

const SERVICES: Question = Question::List { service: None };

#[tokio::test(start_paused = true)]
async fn services_are_listed_and_symbols_described() {
    let channel = connect(server::tonic(&samples::shop(), false, true)).await;
    let listed = ask(&channel, &SERVICES).await.unwrap();
    let Contents::Services(services) = &listed.contents else {
        panic!()
    };
    assert!(services.contains(&"shop.v1.Orders".to_owned()) && services.is_sorted());
    assert_eq!(
        (&listed.source, listed.round_trips),
        (&Source::ReflectionV1Alpha, 1)
    );
    for (symbol, full_name, from_suffix) in [
        ("shop.money.Coin", "shop.money.Coin", false),
        ("shop.v1.Orders/Get", "shop.v1.Orders.Get", false),
        ("Coin", "shop.money.Coin", true),
        ("Item.Note", "shop.v1.Item.Note", true),
        ("v1.Order.items", "shop.v1.Order.items", true),
    ] {
        let listing = ask(&channel, &about(symbol)).await.unwrap();
        let Contents::Symbols(symbols) = &listing.contents else {
            panic!()
        };
        assert_eq!(symbols[0].name, full_name, "{symbol}");
        assert_eq!(
            listing.resolved_from_suffix.is_some(),
            from_suffix,
            "{symbol}"
        );
    }
    let one = ask(&channel, &about("shop.money.Coin")).await.unwrap();
    assert_eq!(one.round_trips, 1);
    match ask(&channel, &about("shop.v1.Ordres")).await {
        Err(NotDescribed::UnknownSymbol { suggestion, .. }) => {
            assert_eq!(suggestion.as_deref(), Some("shop.v1.Orders"));
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_hundred_thousand_services_are_listed() {
    let names: Vec<String> = (0..100_000).map(|index| format!("p{index}.S")).collect();
    let routes = scripted(move |_| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        services(&names)
    });
    let channel = connect(routes).await;
    let listed = ask(&channel, &SERVICES).await.unwrap();
    assert!(matches!(&listed.contents, Contents::Services(names) if names.len() == 100_000));
    let name = MethodName::parse("Get").unwrap();
    let searched = by_reflection(&channel, &name, None).await;
    assert!(matches!(searched, Err(NotDescribed::Ambiguous { .. })));
}

/// A service whose message needs a type.
fn needing(type_name: &str, imports: &[&str]) -> FileDescriptorProto {
    FileDescriptorProto {
        message_type: vec![samples::message("Q", &[&format!(".{type_name}")])],
        ..service_file("a", imports)
    }
}

/// What servers send that is odd and does no harm: the method is described, and `-v` tells.
#[tokio::test]
async fn what_nothing_needs_may_be_missing_or_odd() {
    fn declaring(name: &str, message: &str) -> FileDescriptorProto {
        FileDescriptorProto {
            message_type: vec![samples::message(message, &[])],
            ..file(name, &[])
        }
    }
    // Another service in a file of the same name: the registry of some servers lets that pass.
    let other = FileDescriptorProto {
        package: Some("other".to_owned()),
        ..service_file("a", &[])
    };
    let both = [other, needing("p.R", &["b"]), declaring("b", "R")];
    let under_another_name = |question| match question {
        MessageRequest::FileContainingSymbol(_) => {
            files(vec![needing("p.R", &["x/b"]).encode_to_vec()])
        }
        _ => files(vec![declaring("b", "R").encode_to_vec()]),
    };
    // Registered by one name, and imported by two.
    let twice = [
        needing("p.R", &["b", "x/b"]),
        declaring("b", "R"),
        declaring("x/b", "R"),
    ];
    let cases: Vec<(Routes, &[&str])> = vec![
        (
            one_by_one(vec![service_file("a", &["validate/validate.proto"])]),
            &[
                "`validate/validate.proto` is missing; `a` imports it (the server says: no such file)",
            ],
        ),
        (
            one_by_one(vec![service_file("a", &["b"]), file("b", &["c", "c", "d"])]),
            &[
                "`c` is missing; `b` imports it (the server says: no such file)",
                "`d` is missing; `b` imports it (the server says: no such file)",
            ],
        ),
        (
            scripted(move |_| {
                files(
                    both.iter()
                        .map(FileDescriptorProto::encode_to_vec)
                        .collect(),
                )
            }),
            &["`a` is there twice, with different content; the first is used"],
        ),
        (
            scripted(under_another_name),
            &["`x/b` is missing; `a` imports it (the server sends `b` for it)"],
        ),
        (one_by_one(twice.to_vec()), &[]),
        (
            one_by_one(vec![service_file("a", &["b"]), file("b", &[])]),
            &[],
        ),
    ];
    for (routes, expected) in cases {
        let described = describe(routes, "p.S/M").await.0.unwrap();
        let notes: Vec<String> = described
            .notes
            .iter()
            .map(|note| crate::peer_text::plain(note))
            .collect();
        assert_eq!(notes, expected);
        assert_eq!(described.method.full_name(), "p.S.M");
    }
}
