//! What a gRPC server, a web server or a proxy answers, up to what every format reports of it.

use grpcauth::internals::Answer;
use grpcauth::internals::calling;
use grpcauth::internals::calling::Attempt;
use grpcauth::internals::calling::Evidence;
use grpcauth::internals::calling::Expectation;
use grpcauth::internals::hostile::Tap;
use grpcauth::internals::hostile::refusal;
use grpcauth::internals::is_plain;
use grpcauth::internals::report::Console;
use grpcauth::internals::report::Detail;
use grpcauth::internals::report::FORMATS;
use grpcauth::internals::report::Kept;
use grpcauth::internals::report::Redactor;
use grpcauth::internals::report::Reporter;
use grpcauth::internals::report::Sink;
use grpcauth::internals::report::Style;
use time::OffsetDateTime;

use super::Target;
use crate::invoke;
use crate::invoke::message;
use crate::raw_http2;
use crate::raw_http2::Action;
use crate::raw_http2::Step;

/// Reports are longer than what they report of, and the runtime and HTTP/2 have buffers.
const ROOM: usize = 16 << 20;

/// A status in every shape: headers, a message and trailers, with a blank line between them; or trailers alone.
pub fn statuses() -> Target {
    let seeds = [
        "200\ncontent-type: application/grpc\n\nx\n\ngrpc-status: 0\n",
        "200\ncontent-type: application/grpc\ngrpc-status: 16\ngrpc-message: token%20is%20expired %E2%80%AE\nwww-authenticate: Bearer realm=\"a, b\", error=\"invalid_token\", error_description=\"The \\\"exp\\\" passed\", DPoP algs=\"ES256\"\n",
        "200\ncontent-type: application/grpc+proto\n\n\n\ngrpc-status: 7\ngrpc-message: RBAC: access denied\ngrpc-status-details-bin: CAcSBmRlbmllZBowCih0eXBlLmdvb2dsZWFwaXMuY29tL2dvb2dsZS5ycGMuRXJyb3JJbmZvEgQKAmFi\n",
        "200\ncontent-type: application/grpc\n\nx\n\ngrpc-status: 00\ngrpc-status: 0\n",
    ];
    answers("gRPC status", seeds)
}

/// Answers that are not gRPC.
pub fn web_pages() -> Target {
    let seeds = [
        "403\ncontent-type: text/html; charset=utf-8\nserver: envoy\nvia: 1.1 proxy\n\n<html><head><title>Denied &amp; &#x41; logged</title></head><body>no</body></html>",
        "302\nlocation: https://id.test/login?next=%2F\ncontent-type: text/plain\n\nsee there",
        "401\nwww-authenticate: Basic realm=x, Negotiate\ncontent-type: application/json\n\n{\"error\":\"no\",\"message\":\"token \\u001b[31m expired\"}",
        "502\nretry-after: 10\ncontent-encoding: gzip\n\n\x1f",
    ];
    answers("HTTP answer that is not gRPC", seeds)
}

fn answers<const N: usize>(name: &'static str, seeds: [&'static str; N]) -> Target {
    Target::new(name, seeds, |input| report(play(&script(input)))).holding(ROOM)
}

/// Octets of a connection, from the response's first frame.
pub fn frames() -> Target {
    let headers = || Step::Headers {
        fields: raw_http2::fields(&[(":status", "200"), ("content-type", "application/grpc")]),
        end: false,
    };
    let trailers = || Step::Headers {
        fields: raw_http2::fields(&[("grpc-status", "0")]),
        end: true,
    };
    let data = |octets: Vec<u8>| Step::Data { octets, end: false };
    let go_away = Step::GoAway {
        last: 0,
        code: 11,
        debug: b"too_many_pings".to_vec(),
    };
    let padded = Step::PaddedData {
        octets: message(b"x"),
        padding: 9,
    };
    let settings = Step::Settings(vec![(3, 1), (4, 0), (5, 16_384)]);
    let scripts = [
        vec![headers(), data(message(b"x")), trailers()],
        vec![headers(), padded, Step::Ping, settings, trailers()],
        vec![go_away],
        vec![headers(), Step::Reset(8)],
    ];
    let seeds = scripts.map(|script| match raw_http2::bytes(&script, 1).remove(0) {
        Action::Write(octets) => octets,
        action => panic!("{action:?}"),
    });
    let read = |input: &[u8]| report(play(&[Step::Raw(input.to_vec()), Step::Close]));
    Target::new("HTTP/2 frames", seeds, read).holding(ROOM)
}

/// Sections of text as frames.
fn script(input: &[u8]) -> Vec<Step> {
    let mut sections = Vec::new();
    let mut rest = input;
    while let Some(at) = rest.windows(2).position(|pair| pair == b"\n\n") {
        sections.push(&rest[..at]);
        rest = &rest[at + 2..];
    }
    sections.push(rest);
    let mut fields = fields(sections[0]);
    match fields.first_mut() {
        Some(status) => *status = (":status".to_owned(), status.0.clone().into_bytes()),
        None => fields.push((":status".to_owned(), b"200".to_vec())),
    }
    let headers = |end| Step::Headers {
        fields: fields.clone(),
        end,
    };
    match sections[1..] {
        [] => vec![headers(true)],
        [body] => vec![
            headers(false),
            Step::Data {
                octets: body[..body.len().min(16_384)].to_vec(),
                end: true,
            },
        ],
        [body, trailers, ..] => {
            let octets = message(&body[..body.len().min(16_000)]);
            let trailers = self::fields(trailers);
            vec![
                headers(false),
                Step::Data { octets, end: false },
                Step::Headers {
                    fields: trailers,
                    end: true,
                },
            ]
        }
    }
}

fn fields(section: &[u8]) -> Vec<(String, Vec<u8>)> {
    let lines = section.split(|octet| *octet == b'\n');
    let fields = lines.map(|line| {
        let colon = line.windows(2).position(|pair| pair == b": ");
        let (name, value) = colon.map_or((line, &[][..]), |at| (&line[..at], &line[at + 2..]));
        (String::from_utf8_lossy(name).into_owned(), value.to_vec())
    });
    fields.filter(|(name, _)| !name.is_empty()).collect()
}

fn play(script: &[Step]) -> Answer {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(async { invoke::play(script, false).await.answer })
}

/// All formats, in most detail: no raw control character, and OK only by trailers that said so once.
fn report(answer: Answer) -> Result<String, String> {
    let trailers = answer.trailers.get_all("grpc-status");
    let said: Vec<_> = trailers
        .iter()
        .map(|value| value.to_str().map(str::parse))
        .collect();
    let mut evidence = Evidence::of_nothing(OffsetDateTime::UNIX_EPOCH);
    evidence.call.attempts.push(Attempt {
        answer,
        credential_fingerprint: None,
    });
    let kept: [Kept; 3] = Default::default();
    let told = Kept::default();
    let detail = Detail {
        verbosity: 2,
        quiet: false,
    };
    let sinks = FORMATS.iter().zip(&kept);
    let sinks = sinks.map(|(format, kept)| Sink::new(format, kept.output(), detail));
    let console = Console::new(Box::new(told.clone()), Style::PLAIN);
    let reporter = Reporter::new(sinks.collect(), console, Redactor::new(false));
    calling::finish(&evidence, &Expectation::default(), &reporter);
    if calling::judge(&Expectation::default(), &evidence)
        .exit
        .code()
        == 0
    {
        assert!(
            !said.is_empty() && said.iter().all(|code| matches!(code, Ok(Ok(0_u32)))),
            "{said:?}"
        );
    }
    let text: String = kept.iter().chain([&told]).map(|kept| kept.text()).collect();
    let raw = text
        .chars()
        .find(|character| *character != '\n' && !is_plain(*character));
    assert_eq!(raw, None, "{text}");
    Ok(text)
}

pub fn proxies() -> Target {
    let seeds = [
        "HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm=\"p\"\r\nserver: squid\r\nvia: 1.1 p\r\n\r\n",
        "HTTP/1.0 403 \r\n\r\n",
    ];
    Target::new("proxy's answer", seeds, |input| {
        let refusal = refusal::parse(input);
        refusal
            .map(|refusal| format!("{refusal:?}"))
            .ok_or_else(String::new)
    })
}

/// SETTINGS and GOAWAY, seen the same however the octets are cut.
pub fn taps() -> Target {
    let script = [
        Step::Settings(vec![(3, 100), (0x8, 1)]),
        Step::Ping,
        Step::Reset(7),
        Step::GoAway {
            last: 1,
            code: 2,
            debug: vec![b'd'; 1100],
        },
    ];
    let seeds = script.map(|step| match raw_http2::bytes(&[step], 1).remove(0) {
        Action::Write(octets) => octets,
        action => panic!("{action:?}"),
    });
    Target::new("tap", seeds, |input| {
        let observe = |size| {
            let mut tap = Tap::default();
            input.chunks(size).for_each(|chunk| tap.observe(chunk));
            tap.report().clone()
        };
        let report = observe(input.len().max(1));
        for size in [1, 2, 7, 1000] {
            assert_eq!(report, observe(size), "in pieces of {size}");
        }
        Ok(format!("{report:?}"))
    })
}
