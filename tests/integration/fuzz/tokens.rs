//! Tokens, keys, and answers that bring tokens.

use std::fs;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grpcauth::internals::Jws;
use grpcauth::internals::Keys;
use grpcauth::internals::hostile::Disk;
use grpcauth::internals::hostile::EndpointUrl;
use grpcauth::internals::hostile::Expected;
use grpcauth::internals::hostile::HttpReply;
use grpcauth::internals::hostile::KeyBuilder;
use grpcauth::internals::hostile::Places;
use grpcauth::internals::hostile::examination;
use grpcauth::internals::hostile::exec_output;
use grpcauth::internals::hostile::token_reply;
use grpcauth::internals::verify;
use http::HeaderMap;
use http::HeaderName;
use http::HeaderValue;
use http::StatusCode;
use ring::digest;
use time::OffsetDateTime;

use super::Target;

const EC: &str = r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","use":"sig","kid":"1"}"#;
const OKP: &str = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","alg":"EdDSA","key_ops":["verify"]}"#;

fn token(header: &str, claims: &str) -> String {
    let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
    format!(
        "{}.{}.{}",
        part(header),
        part(claims),
        part("0123456789abcdef")
    )
}

/// Mutations of the texts inside are encoded, so that they get past the base64.
pub fn jwts() -> Target {
    let keys = Keys::from_jwks(None, &format!(r#"{{"keys":[{EC},{OKP}]}}"#)).unwrap();
    let seeds = [
        token(
            r#"{"alg":"ES256","kid":"1","typ":"at+jwt"}"#,
            r#"{"iss":"https://id.test","sub":"ci","aud":["a","b"],"exp":1800000000,"nbf":1,"iat":1.5,"scope":"a b","cnf":{"x5t#S256":"AAAA"}}"#,
        ),
        token(
            r#"{"alg":"none"}"#,
            r#"{"aud":"a","exp":"1800000000","scp":["a"],"exp":1e999}"#,
        ),
    ];
    let texts = [
        "{\"alg\":\"EdDSA\",\"crit\":[\"b64\"]}\n{\"exp\":-1,\"aud\":[[],{}],\"iss\":7}",
        "{\"alg\":\"ES256\"}\n{}",
    ];
    let seeds = seeds.into_iter().chain(texts.map(str::to_owned));
    Target::new("JWT", seeds, move |input| {
        let text = String::from_utf8_lossy(input);
        let text = match text.split_once('\n') {
            Some((header, claims)) => token(header, claims),
            None => text.into_owned(),
        };
        let question = examination::Question {
            expected: Expected {
                clock: OffsetDateTime::UNIX_EPOCH,
                audience: Some("a"),
                issuer: Some("https://id.test"),
            },
            keys: Some(&keys),
            certificate: Some(b"no certificate"),
            raw_payload: false,
        };
        let examined = examination::examine(&text, &question);
        let jws = Jws::read(&text).map_err(|error| error.to_string())?;
        let verified = verify(&jws, &keys);
        assert!(verified.is_err(), "nobody signed it: {text}");
        Ok(format!("{examined:?} {verified:?}"))
    })
}

pub fn jwks() -> Target {
    let set = format!(r#"{{"keys":[{EC},{{"kty":"RSA","n":"AQAB"}},{OKP}]}}"#);
    Target::new("JWK, JWKS", [EC.to_owned(), OKP.to_owned(), set], |input| {
        let text = String::from_utf8_lossy(input);
        let one = Keys::from_jwk(None, &text);
        let set = Keys::from_jwks(None, &text);
        let any = Keys::from_text(None, &text);
        let shown = format!("{one:?} {set:?} {any:?}");
        if one.is_ok() || set.is_ok() {
            Ok(shown)
        } else {
            Err(shown)
        }
    })
}

/// Status, headers and body of an HTTP answer, a blank line before the body.
fn reply(input: &[u8]) -> HttpReply {
    let blank = input.windows(2).position(|pair| pair == b"\n\n");
    let (head, body) = match blank {
        Some(at) => (&input[..at], &input[at + 2..]),
        None => (input, &[][..]),
    };
    let mut lines = head.split(|octet| *octet == b'\n');
    let status = lines.next().unwrap_or_default();
    let mut headers = HeaderMap::new();
    for line in lines {
        let Some(colon) = line.iter().position(|octet| *octet == b':') else {
            continue;
        };
        let name = HeaderName::from_bytes(line[..colon].trim_ascii());
        let value = HeaderValue::from_bytes(line[colon + 1..].trim_ascii());
        if let (Ok(name), Ok(value)) = (name, value) {
            headers.append(name, value);
        }
    }
    HttpReply {
        status: StatusCode::from_bytes(status).unwrap_or(StatusCode::OK),
        headers,
        body: body.to_vec().into(),
    }
}

/// Token endpoints (RFC 6749 §5), and the metadata of authorization servers, whose members are URLs.
pub fn token_replies() -> Target {
    let seeds = [
        "200\ncontent-type: application/json\n\n{\"access_token\":\"a.b.c\",\"token_type\":\"Bearer\",\"expires_in\":3600,\"refresh_token\":\"r\",\"scope\":\"a b\"}",
        "200\n\n\u{feff}{\"access_token\":\"Bearer t\",\"expires_in\":\"3600s\",\"scope\":[\"a\",\"b\"]}",
        "200\n\n{\"access_token\":\"t\",\"token_endpoint\":\"https://[::1]:8443/t?a=b\",\"jwks_uri\":\"http://id.test\"}",
    ];
    Target::new("token endpoint", seeds, |input| {
        let reply = reply(input);
        if let Ok(object) = token_reply::success(&reply) {
            let members = object.0.as_object().into_iter().flatten();
            for text in members.filter_map(|(_, value)| value.as_str()) {
                let _ = EndpointUrl::parse(text).map(|url| url.origin());
            }
        }
        sendable(token_reply::read(&reply, OffsetDateTime::UNIX_EPOCH))
    })
}

pub fn login_replies() -> Target {
    let places =
        [None, Some("/data/token"), Some("header:x-token")].map(|text| Places::new(text).unwrap());
    let seeds = [
        "200\n\n{\"token\":\"t\",\"expires_at\":\"2030-01-01T00:00:00Z\",\"refreshToken\":\"r\"}",
        "200\n\n{\"data\":{\"token\":\"t\",\"expiresAt\":1800000000000,\"expires_in\":1e3}}",
        "201\nx-token: Bearer t\n\n",
    ];
    Target::new("login endpoint", seeds, move |input| {
        let reply = reply(input);
        let mut refusals = String::new();
        for place in &places {
            match sendable(place.read(&reply, OffsetDateTime::UNIX_EPOCH)) {
                Ok(read) => return Ok(read),
                Err(refusal) => refusals += &refusal,
            }
        }
        Err(refusals)
    })
}

/// What is taken as a token can be sent as one.
fn sendable(
    read: Result<grpcauth::internals::hostile::Token, impl std::fmt::Debug>,
) -> Result<String, String> {
    let entry = read.map_err(|fault| format!("{fault:?}"))?;
    let token = entry.access_token.expose();
    assert!(!token.is_empty() && HeaderValue::from_str(token).is_ok());
    Ok(format!("{entry:?}"))
}

pub fn program_outputs() -> Target {
    let seeds = [
        r#"{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"t","expirationTimestamp":"2030-01-01T00:00:00Z"}}"#,
        r#"{"access_token":"t","token_type":"Bearer","expires_in":3600,"expiry":"2030-01-01 00:00:00.5 +0100"}"#,
        r#"{"ServerURL":"s","Username":"<token>","Secret":"t"}"#,
        "protocol=https\nhost=h\nusername=u\npassword=p \npassword_expiry_utc=1800000000\n",
        "\"quoted\"",
        "token\r\n",
    ];
    Target::new("output of --exec", seeds, |input| {
        let read = exec_output::parse(input);
        read.map(|token| format!("{token:?}"))
            .map_err(|fault| fault.to_string())
    })
}

/// The JSON of an entry, under its right digest; or, if it begins so, a whole file.
pub fn token_cache() -> Target {
    let directory = tempfile::tempdir().unwrap();
    let tokens = directory.path().join("tokens");
    let disk = Disk::open(&tokens).unwrap();
    let key = KeyBuilder::new(disk.hash_key(), "oauth").finish();
    let entry = format!(
        "{{\"key\":\"{key}\",\"access_token\":\"a\",\"refresh_token\":null,\"token_type\":\"Bearer\",\"scope\":\"a b\",\"obtained_at\":1800000000000,\"expires_at\":1800003600000}}"
    );
    let sign = |entry: &[u8]| [signed("grpcauth-token/1", entry), b"\n".to_vec()].concat();
    let whole = sign(entry.as_bytes());
    let file = tokens.join(format!("{key}.token"));
    Target::new("token cache", [entry.into_bytes(), whole], move |input| {
        let whole = match input.starts_with(b"{") {
            true => sign(input),
            false => input.to_vec(),
        };
        fs::write(&file, whole).unwrap();
        fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
        let _ = &directory;
        let found = disk.read(&key);
        match found.entry {
            Some(entry) => Ok(format!(
                "{entry:?} {}",
                entry.usable(OffsetDateTime::UNIX_EPOCH)
            )),
            None => Err(format!("{:?}", found.passed_over)),
        }
    })
}

/// A file of a cache: a line with the version and the digest of the rest.
pub fn signed(version: &str, body: &[u8]) -> Vec<u8> {
    let sum = digest::digest(&digest::SHA256, body);
    let sum: String = sum
        .as_ref()
        .iter()
        .map(|octet| format!("{octet:02x}"))
        .collect();
    [format!("{version} {sum}\n").as_bytes(), body].concat()
}
