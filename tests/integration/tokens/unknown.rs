//! A token that nobody knows yet: an endpoint gives it where it is not looked for, and nothing of it is shown.

use std::process::Stdio;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::token_server::token_server;
use crate::world::Ran;
use crate::world::World;

const TOKENS: &[&str] = &[
    "eyJhbGciOiJub25lIn0.eyJzdWIiOiJtZSJ9.Zm9yZ2VkLXNpZ25hdHVyZQ",
    "ya29_Zx81kPq0-a7B.c9D/e+F~2g4=",
    "5e1d2b7a-1234-4321-8765-0123456789ab",
];

type Made = (&'static str, fn(&str) -> String);

fn octets(token: &str, octet: fn(u8) -> String) -> String {
    token.bytes().map(octet).collect()
}

const ENCODINGS: &[Made] = &[
    ("as it is", str::to_owned),
    ("after Bearer", |token| format!("Bearer {token}")),
    ("percent-encoded", |token| {
        octets(token, |octet| format!("%{octet:02X}"))
    }),
    ("percent-encoded twice", |token| {
        octets(token, |octet| format!("%25{octet:02X}"))
    }),
    ("in entities", |token| {
        octets(token, |octet| format!("&#x{octet:x};"))
    }),
    ("in JSON's escapes", |token| {
        octets(token, |octet| format!("\\u{octet:04x}"))
    }),
    ("in escaped JSON", |token| {
        octets(token, |octet| format!("\\\\u{octet:04x}"))
    }),
    ("folded", |token| {
        format!("{}\\n {}", &token[..12], &token[12..])
    }),
    ("in base64", |token| {
        STANDARD.encode(format!("Bearer {token}"))
    }),
    ("in hexadecimal", |token| {
        octets(token, |octet| format!("{octet:02x}"))
    }),
];

/// A place, and an answer with a text there.
const PLACES: &[Made] = &[
    ("a text", |text| {
        format!("\n\nyour token is {}", text.replace("\\n", "\n"))
    }),
    ("XML", |text| {
        format!("content-type: application/xml\n\n<a>\n<token>{text}</token> </a>")
    }),
    ("a form", |text| format!("\n\ntoken={text}&a=see below")),
    ("a page", |text| {
        format!(
            "content-type: text/html\n\n<html><title>Signed in</title> <input value=\"{text}\">"
        )
    }),
    ("a page's title", |text| {
        format!("content-type: text/html\n\n<html> <title>{text}</title>")
    }),
    ("a key", |text| format!("\n\n{{\"{text}\": 1}}")),
    ("a doubled key", |text| {
        format!("\n\n{{\"{text}\": 1, \"{text}\": 2}}")
    }),
    ("a nested value", |text| {
        format!("\n\n{{\"data\": {{\"jwt\": \"{text}\"}}, \"issuer\": \"{text}\"}}")
    }),
    ("a type", |text| {
        format!("\n\n{{\"access_token\": \"t\", \"token_type\": \"{text}\"}}")
    }),
    ("a list", |text| format!("\n\n[\"{text}\"]")),
    ("damaged JSON", |text| {
        format!("\n\n{{\"access_token\": \"{text}")
    }),
    ("an error", |text| format!("\n\n{{\"error\": \"{text}\"}}")),
    ("an error's description", |text| {
        format!("\n\n{{\"error\": \"invalid_grant\", \"error_description\": \"not {text} again\"}}")
    }),
    ("content-type", |text| {
        format!("content-type: {text}\n\nno token")
    }),
    ("content-encoding", |text| {
        format!("content-encoding: {text}\n\nno token")
    }),
    ("a challenge", |text| {
        format!("www-authenticate: Bearer realm=\"{text}\"\n\nno token")
    }),
    ("retry-after", |text| {
        format!("retry-after: {text}\n\nno token")
    }),
    ("location", |text| {
        format!("location: https://a.test/{text}\n\n")
    }),
    ("another header", |text| {
        format!("server: {text}\nauthorization: Bearer {text}\n\nno token")
    }),
];

const STATUSES: &[&str] = &["200 OK", "401 Unauthorized", "302 Found", "503 Busy"];

const ENDPOINTS: &[&str] = &[
    "call {plaintext} a.B/C --token-url {url} --client-id ci --client-secret env:SECRET",
    "call {plaintext} a.B/C --issuer {url} --client-id ci --client-secret env:SECRET",
    "call {plaintext} a.B/C --login-url {url} --user me --password env:SECRET",
    "call {plaintext} a.B/C --login-url {url} --user me --password env:SECRET --token-ptr header:x-a",
    "token get {plaintext} --token-url {url} --client-id ci --client-secret env:SECRET",
];

/// The longest part of a token that may stand in an output by chance.
const LONGEST: usize = 6;

/// What of a token an output shows.
fn heard<'a>(token: &'a str, output: &str) -> Option<&'a str> {
    (0..=token.len() - LONGEST)
        .map(|from| &token[from..from + LONGEST])
        .find(|part| output.contains(part))
}

fn run(world: &World, row: usize) -> Option<String> {
    let pick = |of: usize, divisor: usize| row / divisor % of;
    let (place, made) = PLACES[pick(PLACES.len(), 1)];
    let (encoding, encoded) = ENCODINGS[pick(ENCODINGS.len(), PLACES.len())];
    let token = TOKENS[(row + row / PLACES.len()) % TOKENS.len()];
    // The rest goes round, so that each meets each.
    let (status, endpoint) = (
        STATUSES[row % STATUSES.len()],
        ENDPOINTS[row / 3 % ENDPOINTS.len()],
    );
    let formats = ["", "-v", "-vv", "--format json", "--format ndjson", "-q"];
    let format = match endpoint.starts_with("token") {
        true => ["", "--format json"][row / 7 % 2],
        false => formats[row / 7 % formats.len()],
    };
    let text = encoded(token);
    let answer = format!("{status}\n{}", made(&text).trim_start_matches('\n'));
    let answer = match answer.contains("\n\n") {
        true => answer,
        false => answer.replacen('\n', "\n\n", 1),
    };
    let url = format!("http://{}/token", token_server(answer.clone().leak()));
    let line = format!(
        "{} {format} --plaintext --allow-plaintext-credentials --token-cache none",
        endpoint.replace("{url}", &url)
    );
    let mut command = world.command(&line);
    command.env("SECRET", "of the client").stdin(Stdio::null());
    let ran = Ran::new(command.output().unwrap());
    let all = format!("{}{}", ran.stdout, ran.stderr);
    let form = text.trim_start_matches("Bearer ");
    // What is escaped may be escaped once more, and lines are not folded where they were.
    let hidden = [token, form, &form.replace('\\', "\\\\")]
        .iter()
        .find_map(|form| heard(form, &all).map(str::to_owned));
    (hidden.is_some() || ran.code != 4).then(|| {
        format!(
            "{place}, {encoding}: {line} shows {hidden:?} of {answer}:\n{} {all}",
            ran.code
        )
    })
}

#[test]
fn nothing_of_it_is_shown_wherever_an_endpoint_puts_it() {
    let world = World::open();
    let rows = PLACES.len() * ENCODINGS.len();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut found = Vec::new();
        while let row @ 0.. = next.fetch_add(1, Ordering::Relaxed)
            && row < rows
        {
            found.extend(run(&world, row));
        }
        found
    };
    let found: Vec<String> = thread::scope(|scope| {
        let workers: Vec<_> = (0..4).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap())
            .collect()
    });
    assert!(
        found.is_empty(),
        "{} of {rows}: {}",
        found.len(),
        found[..found.len().min(8)].join("\n\n")
    );
}
