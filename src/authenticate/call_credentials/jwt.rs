//! `jwt`: a JWT that is signed here, and sent as a bearer token; with a Google service account's key file
//! as Google's APIs take it (AIP-4111).

use serde_json::Map;
use serde_json::Value;
use time::Duration;
use time::OffsetDateTime;

use crate::authenticate::CallCredential;
use crate::authenticate::NotObtained;
use crate::authenticate::Prepared;
use crate::authenticate::call_credentials::ASSERTION_ALG;
use crate::authenticate::call_credentials::ASSERTION_KEY;
use crate::authenticate::call_credentials::AUDIENCE;
use crate::authenticate::call_credentials::HEADER_NAME;
use crate::authenticate::call_credentials::KID;
use crate::authenticate::call_credentials::SCHEME;
use crate::authenticate::call_credentials::SCOPE;
use crate::authenticate::call_credentials::TOKEN;
use crate::authenticate::call_credentials::exec;
use crate::authenticate::call_credentials::header_name;
use crate::authenticate::call_credentials::unfit;
use crate::authenticate::sensitive;
use crate::authenticate::setting::Setting;
use crate::identity::Content;
use crate::identity::CredentialSpec;
use crate::identity::kind::CredentialKind;
use crate::identity::kind::CredentialParameter;
use crate::jwt::signing::SigningKey;
use crate::secret::Secret;
use crate::target::Address;
use crate::target::Target;

pub(super) const KIND: CredentialKind = CredentialKind {
    name: "jwt",
    summary: "a JWT signed here with --assertion-key, or with a Google service account's key file",
    flag_hint: "--auth jwt --assertion-key SRC",
    heading: exec::HEADING,
    parameters: &[
        ASSERTION_KEY.keyed("key").required(),
        ASSERTION_ALG.keyed("alg"),
        KID,
        CredentialParameter::body(
            "jwt-claims",
            "claims",
            "With --auth jwt: what the token says beside iat, exp and jti; signed with --assertion-key",
        )
        .implies(),
        CredentialParameter::text(
            "jwt-ttl",
            "ttl",
            "DURATION",
            "With --auth jwt: how long the token is good for [default: 5m]",
        ),
        AUDIENCE,
        SCOPE,
        SCHEME,
        HEADER_NAME,
    ],
    ..TOKEN
};

/// How long a token is good for where nothing else is said, as `token mint` has it.
const LIFETIME: Duration = Duration::minutes(5);
/// What Google takes at most, and its own libraries use.
const GOOGLE_LIFETIME: Duration = Duration::hours(1);

/// Who signs.
struct Signer {
    key: SigningKey,
    key_id: Option<String>,
    /// The service account, if that is what the key file is of.
    account: Option<String>,
}

pub(super) fn prepare(spec: &CredentialSpec, setting: &Setting) -> Result<Prepared, NotObtained> {
    let (_, source) = spec.secret("assertion-key").ok_or(NotObtained::Missing {
        kind: KIND.name,
        parameter: "assertion-key",
    })?;
    let signer = signer(spec)?;
    let now = setting.http.now();
    let lifetime = lifetime(spec, &signer)?;
    let claims = claims(spec, setting, &signer, now, now + lifetime)?;
    let mut header = Map::new();
    header.insert("typ".to_owned(), Value::from("JWT"));
    if let Some(id) = signer.key_id.as_deref().or(signer.key.id()) {
        header.insert("kid".to_owned(), Value::from(id));
    }
    let token = signer.key.sign(header, &claims);
    let scheme = spec.text("scheme").unwrap_or("Bearer");
    let value = sensitive(KIND.name, format!("{scheme} {token}").trim_start())?;
    let key = header_name(KIND.name, spec)?;
    let weakness = signer.key.weakness().map(|weakness| weakness.to_string());
    Ok(Prepared::ready(CallCredential {
        scheme: (!scheme.is_empty()).then(|| scheme.to_owned()),
        notices: weakness.into_iter().collect(),
        expires_at: Some(now + lifetime),
        ..CallCredential::given(
            KIND.name,
            format!("signed with {source}"),
            (key, value),
            Secret::new(token),
        )
    }))
}

fn signer(spec: &CredentialSpec) -> Result<Signer, NotObtained> {
    let (key, source) = spec.secret("assertion-key").expect("seen before this");
    let account = serde_json::from_str::<Value>(key.expose())
        .ok()
        .filter(|document| document["type"] == "service_account");
    let text = |name: &str| {
        account
            .as_ref()
            .and_then(|document| document[name].as_str())
            .map(str::to_owned)
    };
    let private = match &account {
        None => key.clone(),
        Some(_) => Secret::new(text("private_key").unwrap_or_default()),
    };
    let key = SigningKey::read(spec.text("assertion-alg"), &private).map_err(|fault| {
        unfit(
            format!("--assertion-key {source} cannot sign: {fault}"),
            "give a private key in PEM or as a JWK, a shared secret, or a service account's key file",
        )
    })?;
    Ok(Signer {
        key,
        key_id: spec
            .text("kid")
            .map(str::to_owned)
            .or(text("private_key_id")),
        account: text("client_email"),
    })
}

fn lifetime(spec: &CredentialSpec, signer: &Signer) -> Result<Duration, NotObtained> {
    let Some(text) = spec.text("jwt-ttl") else {
        return Ok(match signer.account {
            None => LIFETIME,
            Some(_) => GOOGLE_LIFETIME,
        });
    };
    humantime::parse_duration(text)
        .ok()
        .and_then(|duration| Duration::try_from(duration).ok())
        .filter(|duration| *duration <= Duration::days(3660))
        .ok_or_else(|| {
            unfit(
                format!("--jwt-ttl `{}` is no lifetime", crate::text::escape(text)),
                "write 5m, 1h or 30s",
            )
        })
}

/// What is given, and what it lacks: `iat`, `exp`, `jti`; for a service account `iss`, `sub` and whom it is for.
fn claims(
    spec: &CredentialSpec,
    setting: &Setting,
    signer: &Signer,
    from: OffsetDateTime,
    until: OffsetDateTime,
) -> Result<Map<String, Value>, NotObtained> {
    let mut claims = match spec.body("jwt-claims").map(|body| &body.content) {
        None => Map::new(),
        Some(Content::Json(Value::Object(claims))) => claims.clone(),
        Some(_) => {
            return Err(unfit(
                "--jwt-claims are no JSON object",
                "write {\"iss\":\"me\",\"sub\":\"alice\"}",
            ));
        }
    };
    let mut lacking = |name: &str, value: Value| {
        claims.entry(name.to_owned()).or_insert(value);
    };
    if let Some(audience) = spec.text("audience") {
        lacking("aud", Value::from(audience));
    }
    let scope = spec.list("scope").join(" ");
    if !scope.is_empty() {
        lacking("scope", Value::from(scope.as_str()));
    }
    if let Some(account) = &signer.account {
        lacking("iss", Value::from(account.as_str()));
        lacking("sub", Value::from(account.as_str()));
        if scope.is_empty()
            && let Some(host) = host(&setting.target)
        {
            lacking("aud", Value::from(format!("https://{host}/")));
        }
    }
    lacking("iat", Value::from(from.unix_timestamp()));
    lacking("exp", Value::from(until.unix_timestamp()));
    lacking("jti", Value::from((setting.fresh_id)()));
    Ok(claims)
}

fn host(target: &str) -> Option<String> {
    match Target::parse(target).ok()?.address {
        Address::Tcp { host, .. } => Some(host),
        Address::Unix(_) => None,
    }
}
