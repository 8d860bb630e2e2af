use super::*;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::NON_ALPHANUMERIC;
use percent_encoding::utf8_percent_encode;
use proptest::prelude::*;

fn knowing(secret: &str) -> Redactor {
    let mut redactor = Redactor::new(false);
    redactor.learn(&Secret::new(secret));
    redactor
}

#[test]
fn every_form_is_masked() {
    let secret = "s3cr\"t/+canary&value";
    let redactor = knowing(secret);
    for text in [
        format!("the token {secret} is bad"),
        format!("dGhl{}", STANDARD.encode(format!("Bearer {secret}!"))),
        format!("x={}", utf8_percent_encode(secret, NON_ALPHANUMERIC)),
        serde_json::json!({ "echo": secret }).to_string(),
    ] {
        let cleaned = redactor.text(&text).into_owned();
        assert!(cleaned.contains(MASK), "{text} -> {cleaned}");
        assert!(!cleaned.contains("canary"), "{cleaned}");
    }
}

#[test]
fn no_spelling_of_a_secret_gets_through() {
    let redactor = knowing("p:100%+more &=/\u{fc}\u{1f511}-0123456789");
    for text in [
        "p:100%+more &=/\u{fc}\u{1f511}-0123456789",
        "secret=p%3A100%25%2Bmore+%26%3D%2F%C3%BC%F0%9F%94%91-0123456789",
        "secret=p%3a100%25%2bmore+%26%3d%2f%c3%bc%f0%9f%94%91-0123456789",
        "secret=p%3A100%25%2Bmore%20%26%3D%2F%C3%BC%F0%9F%94%91-0123456789",
        "secret=p%3A100%25%2Bmore%20%26%3D%2F%C3%BC%F0%9F%94%91%2D0123456789",
        "p:100%+more &=\\/\u{fc}\u{1f511}-0123456789",
        "p:100%+more &=/\\u00fc\\ud83d\\udd11-0123456789",
    ] {
        let cleaned = redactor.text(text).into_owned();
        assert!(cleaned.ends_with(MASK), "{text} -> {cleaned}");
    }
    let form: String =
        form_urlencoded::byte_serialize("p:100%+more &=/\u{fc}\u{1f511}-0123456789".as_bytes())
            .collect();
    for id in ["ci", "abc", "an id"] {
        let header = STANDARD.encode(format!("{id}:{form}"));
        let cleaned = redactor.text(&header).into_owned();
        // What is left is the id, and a letter or two of the secret at either end.
        assert!(
            cleaned.len() < id.len() * 2 + MASK.len() + 6,
            "{header} -> {cleaned}"
        );
    }
}

#[test]
fn of_forms_that_overlap_no_end_is_left() {
    let mut redactor = knowing("abcdefghijkl-mnop");
    redactor.learn(&Secret::new("mnop-qrstuvwxyz0"));
    assert_eq!(
        redactor.text("(abcdefghijkl-mnop-qrstuvwxyz0)"),
        format!("({MASK})")
    );
    redactor.learn(&Secret::new("cdefghijkl-mn"));
    assert_eq!(
        redactor.text("(abcdefghijkl-mnop, cdefghijkl-mn)"),
        format!("({MASK}, {MASK})")
    );
    // Side by side they are two.
    assert_eq!(
        redactor.text("cdefghijkl-mnmnop-qrstuvwxyz0"),
        format!("{MASK}{MASK}")
    );
}

#[test]
fn a_part_of_a_text_is_masked_by_what_the_whole_holds() {
    let redactor = knowing("0123456789-abcdef");
    let text = "(0123456789-abcdef)";
    let secrets = redacted(redactor.found_in(text));
    for (part, cleaned) in [
        (0..6, "(<redacted>"),
        (6..19, "<redacted>)"),
        (6..9, MASK),
        (18..19, ")"),
    ] {
        assert_eq!(masked(text, part, &secrets), cleaned);
    }
}

#[test]
fn short_secrets_are_not_looked_for_in_text() {
    let redactor = knowing("short");
    assert_eq!(redactor.text("a short word"), "a short word");
}

#[test]
fn fingerprints_tell_sameness_and_nothing_else() {
    let mut one = Redactor::new(false);
    let mut other = Redactor::new(false);
    let (a, b) = (Secret::new("token-a"), Secret::new("token-b"));
    assert_eq!(one.fingerprint(&a), one.fingerprint(&a));
    assert_ne!(one.fingerprint(&a), one.fingerprint(&b));
    assert_ne!(one.fingerprint(&a), other.fingerprint(&a));
}

/// An encoder of ordinary servers.
type Encoder = fn(&str) -> String;

fn every(text: &str, escaped: impl Fn(char) -> Option<String>) -> String {
    text.chars()
        .map(|letter| escaped(letter).unwrap_or(letter.to_string()))
        .collect()
}

const ENCODERS: [(&str, Encoder); 16] = [
    ("grpc-message", |text| text.replace('%', "%25")),
    ("percent", |text| {
        utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
    }),
    ("quote", |text| {
        const SAFE: &percent_encoding::AsciiSet = &NON_ALPHANUMERIC
            .remove(b'/')
            .remove(b'_')
            .remove(b'.')
            .remove(b'-')
            .remove(b'~');
        utf8_percent_encode(text, SAFE).to_string()
    }),
    ("encodeURIComponent", |text| {
        const SAFE: &percent_encoding::AsciiSet = &NON_ALPHANUMERIC
            .remove(b'!')
            .remove(b'*')
            .remove(b'(')
            .remove(b')')
            .remove(b'\'')
            .remove(b'_')
            .remove(b'.')
            .remove(b'-')
            .remove(b'~');
        utf8_percent_encode(text, SAFE).to_string()
    }),
    ("percent in small letters", |text| {
        let octets = text.bytes().map(|octet| match octet {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(octet).to_string(),
            other => format!("%{other:02x}"),
        });
        octets.collect()
    }),
    ("form", |text| {
        form_urlencoded::byte_serialize(text.as_bytes()).collect()
    }),
    ("JSON", |text| serde_json::Value::from(text).to_string()),
    ("Go", |text| {
        let json = serde_json::Value::from(text).to_string();
        json.replace('<', "\\u003c")
            .replace('>', "\\u003e")
            .replace('&', "\\u0026")
    }),
    ("Gson", |text| {
        let json = serde_json::Value::from(text).to_string();
        json.replace('=', "\\u003d").replace('\'', "\\u0027")
    }),
    (".NET", |text| {
        every(text, |letter| {
            let plain =
                letter.is_ascii_alphanumeric() || " !#$()*,-./:;=?@[]^_{|}~".contains(letter);
            let mut units = [0; 2];
            let units = letter.encode_utf16(&mut units);
            (!plain).then(|| units.iter().map(|unit| format!("\\u{unit:04X}")).collect())
        })
    }),
    ("slashes", |text| {
        text.replace('\\', "\\\\").replace('/', "\\/")
    }),
    ("octal", |text| {
        every(text, |letter| {
            (!letter.is_ascii_alphanumeric() && letter.is_ascii())
                .then(|| format!("\\{:03o}", u32::from(letter)))
        })
    }),
    ("HTML", |text| {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('"', "&quot;")
            .replace('\'', "&#39;")
    }),
    ("HTML by name", |text| {
        text.replace('&', "&amp;")
            .replace('+', "&plus;")
            .replace('/', "&sol;")
            .replace('=', "&equals;")
    }),
    ("HTML in numbers", |text| {
        every(text, |letter| Some(format!("&#x{:X};", u32::from(letter))))
    }),
    ("base64", |text| STANDARD.encode(text)),
];

const AWKWARD: [&str; 6] = [
    "s3cr\"t/+canary&<value>='%",
    "p:100%+more &=/\u{fc}\u{1f511}-0123456789",
    "already%2Fencoded%252B\"and&amp;more",
    "back\\slashes\\u0041nd\\\"quotes%41",
    "%253Calready&%&#x41;\\/mixed&up",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJlLW9mLWEtdG9rZW4",
];

#[test]
fn up_to_three_encodings_over_each_other_hide_nothing() {
    for secret in AWKWARD {
        let redactor = knowing(secret);
        for (first, one) in ENCODERS {
            let once = one(secret);
            let check = |text: &str, how: &[&str]| {
                let text = format!("The token, ({text}), is bad");
                let cleaned = redactor.text(&text);
                assert!(cleaned.contains(MASK), "{secret} {how:?}: {text}");
                // No more than the quotes that some encoders add is left around it.
                assert!(
                    cleaned.len() - MASK.len() < text.len() / 2 + 15,
                    "{secret} {how:?}: {cleaned}"
                );
            };
            check(&once, &[first]);
            for (second, two) in &ENCODERS[..15] {
                let twice = two(&once);
                check(&twice, &[first, second]);
                for (third, three) in ENCODERS[..15].iter().step_by(4) {
                    check(&three(&twice), &[first, second, third]);
                }
            }
        }
    }
}

#[test]
fn the_digits_of_a_secret_are_found() {
    let secret = "s3cr\"t/+canary&<value>";
    let digits: String = secret.bytes().map(|octet| format!("{octet:02x}")).collect();
    let redactor = knowing(secret);
    for text in [digits.to_uppercase(), digits] {
        assert_eq!(redactor.text(&text), MASK);
    }
}

#[test]
fn base64_in_lines_and_with_escapes_is_found() {
    let secret = "s3cr\"t/+canary&<value>???>>>~~~";
    let redactor = knowing(secret);
    let standard = STANDARD.encode(secret);
    let (line, rest) = standard.split_at(20);
    for text in [
        format!("{line}\r\n{rest}"),
        format!("{line}\\n{rest}"),
        standard.replace('/', "\\/").replace('+', "\\u002B"),
        standard.replace('/', "%2F").replace('+', "%2B"),
        standard.replace('/', "_").replace('+', "-"),
    ] {
        assert!(redactor.text(&text).starts_with(MASK), "{text}");
    }
}

/// `text` with something between each `length` of its characters.
fn broken(text: &str, length: usize, between: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let pieces: Vec<String> = letters.chunks(length).map(String::from_iter).collect();
    pieces.join(between)
}

const BREAKS: &[&str] = &[
    " ",
    "\n",
    "\r\n    ",
    "=\r\n",
    "= \n",
    "\\\n",
    "\\n",
    "%0A",
    "&#10;",
    "\t",
    "<wbr>",
    "<br/>\n",
    "</span><span>",
    "&shy;",
    "\u{ad}",
    "\u{200b}",
    "\0",
    "\", \"",
    "' +\n  '",
    "\n> ",
    ":",
    "-",
];

#[test]
fn a_secret_in_pieces_is_found() {
    for secret in AWKWARD {
        let redactor = knowing(secret);
        let hexadecimal: String = secret.bytes().map(|octet| format!("{octet:02x}")).collect();
        for text in [
            secret,
            &STANDARD.encode(format!("Bearer {secret}")),
            &hexadecimal,
        ] {
            for between in BREAKS {
                // Of a secret that holds escapes itself a break may fall into one, and so may one that is an escape.
                let is_escape = between.starts_with(['=', '\\', '%', '&']);
                if secret.contains("%25") && is_escape {
                    continue;
                }
                for length in [1, 2, 5, 19] {
                    let text = format!("The token, ({}), is bad", broken(text, length, between));
                    let cleaned = redactor.text(&text);
                    assert!(cleaned.contains(MASK), "{secret}: {text}");
                    // No more than the letters at the ends of base64, and marks at those of the secret.
                    assert!(
                        cleaned.len() < MASK.len() + 60 + between.len() * 14,
                        "{secret}: {cleaned}"
                    );
                }
            }
        }
    }
}

#[test]
fn quoted_printable_is_read_among_other_escapes() {
    let quoted = |text: &str| -> String {
        text.bytes()
            .map(|octet| match octet {
                b'a'..=b'z' | b'0'..=b'9' => char::from(octet).to_string(),
                other => format!("={other:02X}"),
            })
            .collect()
    };
    for secret in AWKWARD {
        let redactor = knowing(secret);
        let once = quoted(secret);
        let percent = utf8_percent_encode(&once, NON_ALPHANUMERIC).to_string();
        let json = serde_json::Value::from(&*once).to_string();
        let form: String = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
        for text in [
            once.replace("=2", "=\r\n=2"),
            once.replace("r", "r=\r\n"),
            json.replace('=', "\\u003d"),
            percent,
            quoted(&form),
            quoted(&serde_json::Value::from(secret).to_string()),
            once,
        ] {
            let cleaned = redactor.text(&text);
            assert!(
                cleaned.contains(MASK) && cleaned.len() < MASK.len() + 12,
                "{secret}: {text}: {cleaned}"
            );
        }
    }
}

#[test]
fn case_and_utf_16_hide_nothing() {
    for secret in AWKWARD
        .into_iter()
        .chain(["p\u{e4}ssw\u{f6}rd-0f-\u{6f22}\u{5b57}-m\u{fc}ller"])
    {
        let redactor = knowing(secret);
        let octets = |order: fn(u16) -> [u8; 2]| {
            let octets: Vec<u8> = secret.encode_utf16().flat_map(order).collect();
            octets
                .iter()
                .map(|octet| format!("%{octet:02x}"))
                .collect::<String>()
        };
        for text in [
            secret.to_lowercase(),
            secret.to_uppercase(),
            octets(u16::to_le_bytes),
            octets(u16::to_be_bytes),
        ] {
            assert!(redactor.text(&text).contains(MASK), "{secret}: {text}");
        }
    }
}

#[test]
fn what_only_resembles_a_secret_in_pieces_is_left() {
    let redactor = knowing("abcd-1234-efgh-5678");
    for text in [
        "abcd 1234 efgh 567",
        "abcd 1234 efgx 5678",
        "abcd<title>1234</title>efgh 5678",
        "abcd 1234 and efgh 5678",
        "=41=42 a=3Db =\r\n",
    ] {
        assert!(matches!(redactor.text(text), Cow::Borrowed(_)), "{text}");
    }
    // Words of ours are not searched for pieces: with a short sentence as the secret little would be left.
    let redactor = knowing("client_credentials");
    assert_eq!(
        redactor.line("the grant client credentials"),
        "the grant client credentials"
    );
    assert_eq!(
        redactor.line("the grant client_credentials"),
        format!("the grant {MASK}")
    );
}

#[test]
fn of_json_only_what_stands_in_one_string_is_put_together() {
    let redactor = knowing("abcd-1234-efgh-5678");
    for (json, shown) in [
        (
            r#"{"a": "abcd 1234\nefgh 5678."}"#,
            r#"{"a": "<redacted>."}"#,
        ),
        (
            r#"{"a\"": "\"abcd 1234\\", "b": "x abcd-1234-efgh-5678"}"#,
            r#"{"a\"": "\"abcd 1234\\", "b": "x <redacted>"}"#,
        ),
        (
            r#"{"abcd": "1234", "efgh": ["5678"]}"#,
            r#"{"abcd": "1234", "efgh": ["5678"]}"#,
        ),
    ] {
        assert_eq!(redactor.json(json), shown);
        serde_json::from_str::<serde_json::Value>(shown).unwrap();
    }
}

#[test]
fn the_beginning_of_a_secret_in_pieces_is_masked_where_a_text_was_cut() {
    let redactor = knowing("s3cr\"t/+canary&<value>");
    let shown = |text: &str| {
        let found = redacted(redactor.found_in_beginning(text));
        masked(text, 0..text.len(), &found).into_owned()
    };
    for text in [
        "bad: s3 cr t ca",
        "bad: s3=\r\ncr=22t=2Fca=2",
        "bad: s3<wbr>cr\"t/+ca<w",
        "bad: s3cr=22t=",
    ] {
        assert_eq!(shown(text), format!("bad: {MASK}"), "{text}");
    }
    for text in ["bad: s3 cr", "bad: s3 cr t, more", "s3 cr=22 is bad"] {
        assert_eq!(shown(text), text);
    }
}

#[test]
fn of_a_token_each_part_but_the_header_is_a_secret() {
    let (header, claims, signature) = (
        "eyJhbGciOiJIUzI1NiJ9",
        "eyJzdWIiOiJhbGljZSJ9",
        "c2lnbmF0dXJlLW9mLWEtdG9rZW4",
    );
    for token in [
        format!("{header}.{claims}.{signature}"),
        format!("Bearer {header}.{claims}.{signature}"),
    ] {
        let redactor = knowing(&token);
        assert_eq!(redactor.text(signature), MASK);
        assert_eq!(
            redactor.text(&format!("sig={signature}, claims={claims}")),
            format!("sig={MASK}, claims={MASK}")
        );
        assert_eq!(redactor.text(header), header);
    }
    assert_eq!(
        knowing("not-a-token.but-like.something").text("something"),
        "something"
    );
}

#[test]
fn the_beginning_of_a_secret_is_masked_where_a_text_was_cut() {
    let redactor = knowing("s3cr\"t/+canary&<value>");
    let shown = |text: &str| {
        let found = redacted(redactor.found_in_beginning(text));
        masked(text, 0..text.len(), &found).into_owned()
    };
    for text in [
        "bad: s3cr\"t",
        "bad: s3cr\"t/+canary&<valu",
        "bad: s3cr\\\"t",
        "bad: s3cr\\\"t\\",
        "bad: s3cr\\\"t\\u002f\\u00",
        "bad: s3cr%22t%2",
        "bad: s3cr%2522t%25",
        "bad: s3cr&quot;t/&#4",
        "bad: czNjciJ0",
        "bad: 733363722274",
    ] {
        assert_eq!(shown(text), format!("bad: {MASK}"), "{text}");
        assert_eq!(redactor.text(text), text);
    }
    for text in ["bad: s3cr\"", "s3cr\"t is bad", "s3cr\"t & more", "none"] {
        assert_eq!(shown(text), text);
    }
}

#[test]
fn what_is_no_secret_is_left_as_it_is() {
    let redactor = knowing("s3cr\"t/+canary&<value>");
    for text in [
        "100% \\ & <b>&amp;</b>",
        "\\u0073\\u0033cr\\\"t",
        "%73%33cr%22t%2F%2Bcanar",
    ] {
        assert!(matches!(redactor.text(text), Cow::Borrowed(_)), "{text}");
    }
    let text = "%20 s3cr\\\"t\\/+canary\\u0026<value>, %20";
    assert_eq!(redactor.text(text), format!("%20 {MASK}, %20"));
}

#[test]
fn a_long_text_full_of_escapes_takes_time_in_proportion() {
    let redactor = knowing("s3cr\"t/+canary&<value>");
    let text = "&amp;amp;%2525\\\\\\\\u0025".repeat(1 << 14) + "s3cr&#x22;t/+canary&<value>";
    assert!(redactor.text(&text).ends_with(MASK));
}

proptest! {
    #[test]
    fn nothing_that_is_known_is_left(secrets in proptest::collection::vec("[ab]{12,16}", 1..5), text in "[abc]{0,80}") {
        let mut redactor = Redactor::new(false);
        for secret in &secrets {
            redactor.learn(&Secret::new(secret.as_str()));
        }
        let cleaned = redactor.text(&text).into_owned();
        for secret in &secrets {
            prop_assert!(!cleaned.contains(secret.as_str()), "{cleaned}");
        }
        let found = secrets.iter().any(|secret| text.contains(secret.as_str()));
        prop_assert_eq!(cleaned != text, found);
    }

    #[test]
    fn base64_is_found_at_any_offset(before in "[a-z]{0,7}", secret in "[ -~]{12,40}", after in "[a-z]{0,7}") {
        let text = STANDARD.encode(format!("{before}{secret}{after}"));
        prop_assert!(knowing(&secret).text(&text).contains(MASK));
    }
}
