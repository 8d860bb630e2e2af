use bytes::Bytes;

use super::script::Step;
use super::*;
use crate::lab::authorization_server::tests::Server;

const CI: &str = "client_id=ci&client_secret=ci-secret-0123456789-0123456789-0";
const VIEWER: &str = "username=viewer&password=viewer-password";

/// What a fault writes at once, and how many steps beside that it has.
fn told(server: &Server, path: &str, body: &str) -> (String, usize) {
    let request = http::Request::post(path)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("authorization", "Basic Y2Fub2U6cGFkZGxl");
    let mut request = request.body(Bytes::from(body.to_owned())).unwrap();
    if !path.contains("echo") {
        request.headers_mut().remove("authorization");
    }
    let mut bytes = Vec::new();
    let mut others = 0;
    for step in answer(&server.world, &server.peer, &request).0 {
        match step {
            Step::Send(sent) => bytes.extend_from_slice(&sent),
            Step::Repeat(..) | Step::Drip(_) | Step::Silence => others += 1,
        }
    }
    (String::from_utf8_lossy(&bytes).into_owned(), others)
}

fn ask(server: &Server, fault: &str, endpoint: &str) -> (String, usize) {
    let body = match endpoint {
        "token" => format!("{CI}&grant_type=client_credentials"),
        _ => VIEWER.to_owned(),
    };
    told(server, &format!("/fault/{fault}/{endpoint}"), &body)
}

/// The head and the body.
fn parts(answer: &str) -> (&str, &str) {
    answer
        .split_once("\r\n\r\n")
        .unwrap_or_else(|| panic!("{answer}"))
}

#[test]
fn each_fault_has_a_name_for_a_url_and_one_alone() {
    let names: Vec<_> = all().map(|fault| fault.name).collect();
    for (number, name) in names.iter().enumerate() {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
        assert!(!name.is_empty() && name.chars().all(plain), "{name}");
        assert!(!names[..number].contains(name), "{name} stands twice");
    }
    let server = Server::new();
    let (listed, _) = told(&server, "/fault", "");
    assert!(listed.contains(r#"{"name":"invalid_grant","summary":"#));
    let (good, _) = told(
        &server,
        "/token",
        &format!("{CI}&grant_type=client_credentials"),
    );
    assert!(good.contains(r#""access_token":"ey"#), "{good}");
    for path in ["/fault/none/token", "/fault/401", "/faults", "/"] {
        let (answer, _) = told(&server, path, "");
        assert!(answer.starts_with("HTTP/1.1 404 "), "{path}: {answer}");
    }
}

#[test]
fn statuses_errors_and_redirects_are_as_they_are_called() {
    let server = Server::new();
    for (fault, status, fragment) in [
        ("invalid_request", "400", r#""error":"invalid_request""#),
        ("invalid_client", "401", "www-authenticate: Basic"),
        ("server_error", "500", r#""error":"server_error""#),
        ("error-with-200", "200", r#""error":"invalid_grant""#),
        ("error-hostile", "400", r"\u001b[2J"),
        ("use_dpop_nonce", "400", "dpop-nonce: lab-nonce"),
        ("401", "401", "text/plain"),
        ("403", "403", "Forbidden\n"),
        ("404", "404", "Not Found\n"),
        ("502-html", "502", "<h1>502 Bad Gateway</h1>"),
        ("429", "429", "retry-after: 1\r\n"),
        ("503", "503", "retry-after: 1\r\n"),
        (
            "503-date",
            "503",
            "retry-after: Fri, 04 Oct 2024 00:00:01 GMT",
        ),
        ("503-tomorrow", "503", "retry-after: 86400"),
        (
            "redirect-same-host",
            "307",
            "location: /fault/redirected/token",
        ),
        (
            "redirect-other-host",
            "307",
            "location: http://localhost:3/token",
        ),
        (
            "redirect-to-http",
            "308",
            "location: http://127.0.0.1:3/token",
        ),
        (
            "redirect-loop",
            "307",
            "location: /fault/redirect-loop/token",
        ),
        ("redirected", "200", r#""access_token":"ey"#),
        ("date-behind", "200", "date: Thu, 03 Oct 2024 23:00:00 GMT"),
        ("date-ahead", "200", "date: Fri, 04 Oct 2024 01:00:00 GMT"),
    ] {
        let (answer, others) = ask(&server, fault, "token");
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{answer}"
        );
        assert!(answer.contains(fragment), "{fault}: {answer}");
        assert_eq!(others, 0, "{fault}");
    }
    for fault in ["date-missing", "date-garbage"] {
        let (answer, _) = ask(&server, fault, "token");
        assert!(!answer.contains("GMT"), "{fault}");
    }
}

#[test]
fn every_other_request_is_good() {
    let server = Server::new();
    for (fault, bad) in [
        ("500-then-good", "500"),
        ("429-then-good", "429"),
        ("503-then-good", "503"),
    ] {
        for status in [bad, "200", bad, "200"] {
            let (answer, _) = ask(&server, fault, "token");
            assert!(
                answer.starts_with(&format!("HTTP/1.1 {status} ")),
                "{fault}"
            );
        }
        let counted = server.world.statistics.all();
        assert_eq!(counted[&format!("/fault/{fault}/token")].requests, 4);
    }
}

#[test]
fn a_token_that_the_vault_refuses_is_followed_by_a_good_one() {
    let server = Server::new();
    for good in [false, true, false] {
        let (answer, _) = ask(&server, "token-refused-then-good", "token");
        let document: Value = serde_json::from_str(parts(&answer).1).unwrap();
        let token = document["access_token"].as_str().unwrap();
        assert_eq!(server.world.verify(token).is_ok(), good);
    }
}

#[test]
fn good_answers_are_changed_in_one_place() {
    let server = Server::new();
    for (fault, fragment) in [
        ("expires-in-text", r#""expires_in":"900""#),
        ("expires-in-huge", r#""expires_in":1e+300"#),
        ("expires-in-null", r#""expires_in":null"#),
        ("token-type-mac", r#""token_type":"mac""#),
        (
            "scope-array",
            r#""scope":["vault.read","vault.administer"]"#,
        ),
        ("unknown-members", r#""ext_expires_in":{"a":[1,null]}"#),
        ("token-crlf", r"\r\nx-injected: yes"),
        ("token-nul", r"\u0000"),
        ("token-null", r#""access_token":null"#),
        ("token-with-scheme", r#""access_token":"Bearer ey"#),
        ("bom", "\u{feff}{"),
        ("bad-utf8", "\u{fffd}\u{fffd}"),
        ("array", "[{"),
        ("form", "access_token=ey"),
        (
            "duplicate-keys",
            r#"{"access_token":"not-the-token","access_token":"ey"#,
        ),
        ("deep", r#"{"access_token":[[[["#),
    ] {
        let (answer, _) = ask(&server, fault, "token");
        let (_, body) = parts(&answer);
        assert!(body.contains(fragment), "{fault}: {body:.200}");
        assert_eq!(
            server.world.statistics.all()[&format!("/fault/{fault}/token")].requests,
            1
        );
    }
    for (fault, member) in [
        ("expires-in-missing", "expires_in"),
        ("token-type-missing", "token_type"),
        ("scope-missing", "scope"),
    ] {
        let (answer, _) = ask(&server, fault, "token");
        let document: Value = serde_json::from_str(parts(&answer).1).unwrap();
        assert!(document.get(member).is_none() && document["access_token"].is_string());
    }
    let (login, _) = ask(&server, "token-number", "login");
    assert!(login.contains(r#""token":12345"#), "{login}");
}

#[test]
fn who_comes_without_credentials_hears_that() {
    let server = Server::new();
    for fault in [
        "expires-in-text",
        "token-crlf",
        "duplicate-keys",
        "500-then-good",
    ] {
        let path = format!("/fault/{fault}/token");
        let grant = "grant_type=client_credentials&client_id=ci";
        told(&server, &path, grant);
        let (answer, _) = told(&server, &path, grant);
        assert!(answer.starts_with("HTTP/1.1 401 "), "{fault}: {answer}");
    }
}

#[test]
fn an_echo_has_the_secrets_in_every_form() {
    let server = Server::new();
    let (answer, _) = told(&server, "/fault/echo/token", CI);
    for secret in ["ci-secret-0123456789", "Y2Fub2U6cGFkZGxl", "canoe:paddle"] {
        assert!(answer.contains(secret), "{answer}");
    }
}

#[test]
fn a_refresh_fails_as_its_fault_says() {
    let server = Server::new();
    let password = format!("grant_type=password&client_id=public&{VIEWER}");
    let refresh = |fault: &str, token: &str| {
        let body = format!("grant_type=refresh_token&client_id=public&refresh_token={token}");
        told(&server, &format!("/fault/{fault}/token"), &body).0
    };
    let first = |fault: &str| {
        let (answer, _) = told(&server, &format!("/fault/{fault}/token"), &password);
        let document: Value = serde_json::from_str(parts(&answer).1).unwrap();
        document["refresh_token"].as_str().map(str::to_owned)
    };
    let kept = first("refresh-kept").unwrap();
    for _ in 0..2 {
        let answer = refresh("refresh-kept", &kept);
        assert!(answer.contains("access_token") && !answer.contains("refresh_token"));
    }
    let refused = refresh("refresh-refused", &first("refresh-refused").unwrap());
    assert!(refused.contains("invalid_grant"), "{refused}");
    let lost = first("refresh-lost").unwrap();
    assert_eq!(refresh("refresh-lost", &lost), "");
    assert!(
        server.world.sessions.authorization(&lost).is_none(),
        "it was spent"
    );
    assert_eq!(first("refresh-none"), None);
    assert_eq!(first("refresh-empty").as_deref(), Some(""));
}

#[test]
fn lengths_lie_and_bodies_never_end() {
    let server = Server::new();
    for (fault, expected, others) in [
        ("half-body", -1, 0),
        ("length-too-long", -10, 1),
        ("length-too-short", 1, 0),
        ("10-gb", -1, 1),
        ("silent-after-head", -1, 1),
        ("drip-body", -1, 1),
    ] {
        let (answer, steps) = ask(&server, fault, "token");
        let (head, body) = parts(&answer);
        let length = head.split_once("content-length: ").unwrap().1;
        let length: i64 = length.split("\r\n").next().unwrap().parse().unwrap();
        let sent = i64::try_from(body.len()).unwrap();
        match expected {
            -10 => assert_eq!(sent - length, -10),
            _ => assert_eq!((sent - length).signum(), expected, "{fault}"),
        }
        assert_eq!(steps, others, "{fault}");
    }
    for (fault, fragment, others) in [
        ("silent", "", 1),
        ("closed", "", 0),
        ("drip", "", 1),
        ("endless", "transfer-encoding: chunked", 1),
        ("endless-head", "HTTP/1.1 200 OK\r\n", 1),
        ("half-chunk", "transfer-encoding: chunked", 0),
        ("no-length", r#""access_token":"ey"#, 0),
        ("length-twice", "content-length: 5\r\n", 0),
        ("gzip", "content-encoding: gzip", 0),
        ("not-http", "SSH-2.0", 0),
    ] {
        let (answer, steps) = ask(&server, fault, "token");
        assert!(answer.contains(fragment), "{fault}: {answer:.200}");
        assert_eq!(steps, others, "{fault}");
    }
}

#[test]
fn a_bomb_is_small_until_it_is_unpacked() {
    use std::io::Read as _;
    let server = Server::new();
    let request = http::Request::post("/fault/gzip-bomb/token").body(Bytes::new());
    let script = answer(&server.world, &server.peer, &request.unwrap());
    let Some(Step::Send(bytes)) = script.0.first() else {
        panic!("a bomb is sent in one piece");
    };
    assert!(bytes.len() < 1024 * 1024, "{}", bytes.len());
    let start = bytes
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap()
        + 4;
    let unpacked = flate2::read::MultiGzDecoder::new(&bytes[start..]);
    // Two members are enough to show that there is more than one.
    let wanted = 11 * 1024 * 1024;
    let mut first = Vec::new();
    unpacked.take(wanted).read_to_end(&mut first).unwrap();
    assert_eq!(first.len() as u64, wanted);
}
