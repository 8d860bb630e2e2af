//! What the user gives, often from others: requests, metadata, profiles.

use std::fs;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;

use clap::Parser as _;
use grpcauth::internals::Encoder;
use grpcauth::internals::Splitter;
use grpcauth::internals::calling::Cli;
use grpcauth::internals::calling::Command;
use grpcauth::internals::hostile::choose;
use grpcauth::internals::hostile::parse_lines;

use super::Target;
use super::descriptors::everything;

/// `-d`: cut into messages, in pieces of any size, and encoded.
pub fn requests() -> Target {
    let encoder = Encoder::new(everything(), false);
    let lenient = Encoder::new(everything(), true);
    let seeds = [
        r#"{"text":"\u00e9\ud83d\ude00","numbers":["9223372036854775807",-1],"child":{"child":{"flag":true}}} {"bytes":"AA=="}"#,
        "{\"map\":{\"a\":{}},\"at\":\"2030-01-01T00:00:00.5Z\",\"any\":{\"@type\":\"type.googleapis.com/fuzz.v1.Every\",\"text\":\"x\"}}\n{\"ratio\":\"NaN\"}",
        r#"{"struct":{"a":[1,"b",null,{"c":1e3}]},"mask":"a.b,c","for":"1.5s","kind":"SECOND","wrapped":7}"#,
    ];
    let read = move |input: &[u8]| {
        let mut encoded = 0;
        let mut texts = Vec::new();
        for size in [input.len().max(1), 3] {
            let mut splitter = Splitter::new();
            let mut cut = Vec::new();
            for chunk in input.chunks(size) {
                splitter.push(chunk);
                while let Some(text) = splitter.next() {
                    cut.push(text.map_err(|bad| format!("{bad:?}"))?);
                }
            }
            splitter.finish();
            while let Some(text) = splitter.next() {
                cut.push(text.map_err(|bad| format!("{bad:?}"))?);
            }
            texts.push(format!("{cut:?}"));
            for text in &cut {
                let _ = lenient.encode(text);
                encoded += encoder
                    .encode(text)
                    .map_err(|bad| format!("{bad:?}"))?
                    .len();
            }
        }
        assert_eq!(texts[0], texts[1], "cut otherwise in pieces");
        Ok(format!("{encoded} bytes"))
    };
    Target::new("requests", seeds, read).one_in(2)
}

pub fn metadata_files() -> Target {
    let seeds =
        ["# for the gateway\nx-tenant: acme\n\nx-trace-bin: AAEC\nauthorization: Bearer t\n"];
    Target::new("-H @FILE", seeds, |input| {
        let lines = parse_lines(&String::from_utf8_lossy(input));
        let lines = lines.map_err(|(line, error)| format!("{line}: {error}"))?;
        Ok(format!("{lines:?}"))
    })
}

/// Every profile of a file, as far as nothing is read for it.
pub fn profiles() -> Target {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("profiles.toml");
    let words = [
        "grpcauth",
        "call",
        "-P",
        "ci",
        "--config",
        file.to_str().unwrap(),
        "x.Y/Z",
    ];
    let Command::Call(arguments) = Cli::try_parse_from(words).unwrap().command else {
        panic!("{words:?} is no call");
    };
    let seeds = [
        "version = 1\n[identity.base]\nauth = { kind = \"oauth\", issuer = \"https://id.test\", client_id = \"c\", client_secret = \"env:S\", scope = \"a b\" }\n\
         [identity.other]\nextends = \"base\"\n[profile.ci]\ntarget = \"api.test:443\"\nhosts = [\"api.test:443\", \"*.svc.test\"]\nidentity = \"other\"\n\
         tls = { ca = [\"ca.pem\"], min_version = \"1.3\" }\nmax_time = \"5s\"\nmetadata = { x-tenant = \"acme\" }\n",
        "[profile.ci]\ntarget = \"unix:run/a.sock\"\nplaintext = true\nauth = [\n  { kind = \"bearer\", token = \"file:t.jwt\" },\n  { kind = \"api-key\", value = \"env:K\", name = \"x-key\" },\n]\n",
        "[profile.ci]\ntarget = \"[::1]:7\"\n[profile.ci.auth]\nkind = \"login\"\nurl = \"https://api.test/login\"\nuser = \"alice\"\nbody = { name = \"${username}\", pin = \"${file:pin}\" }\n",
    ];
    let read = move |input: &[u8]| {
        fs::write(&file, input).unwrap();
        fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
        let profile = choose(&arguments.server.profile);
        let profile = profile.map_err(|refusal| format!("{refusal:?}"))?;
        let _ = &directory;
        Ok(format!("{profile:?}"))
    };
    Target::new("profiles", seeds, read)
}
