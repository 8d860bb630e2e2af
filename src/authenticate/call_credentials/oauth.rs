//! `oauth`: a grant of OAuth 2.0 at an authorization server (RFC 6749).

mod client;
mod fetch;

use std::sync::Arc;

use crate::authenticate::NotObtained;
use crate::authenticate::Prepared;
use crate::authenticate::cache::CacheKey;
use crate::authenticate::cache::KeyBuilder;
use crate::authenticate::call_credentials;
use crate::authenticate::call_credentials::ASSERTION_ALG;
use crate::authenticate::call_credentials::ASSERTION_KEY;
use crate::authenticate::call_credentials::AUDIENCE;
use crate::authenticate::call_credentials::HEADER_NAME;
use crate::authenticate::call_credentials::KID;
use crate::authenticate::call_credentials::OAUTH;
use crate::authenticate::call_credentials::PASSWORD;
use crate::authenticate::call_credentials::SCHEME;
use crate::authenticate::call_credentials::SCOPE;
use crate::authenticate::call_credentials::TOKEN;
use crate::authenticate::call_credentials::USER;
use crate::authenticate::call_credentials::header_name;
use crate::authenticate::call_credentials::login;
use crate::authenticate::call_credentials::unfit;
use crate::authenticate::client_authentication;
use crate::authenticate::client_authentication::Client;
use crate::authenticate::endpoint_url::EndpointUrl;
use crate::authenticate::fetching::Fetching;
use crate::authenticate::fetching::TokenRequest;
use crate::authenticate::grants;
use crate::authenticate::grants::GrantInput;
use crate::authenticate::grants::GrantKind;
use crate::authenticate::http::HttpSettings;
use crate::authenticate::setting::Setting;
use crate::identity::CredentialSpec;
use crate::identity::kind::CredentialKind;
use crate::identity::kind::CredentialParameter;
use crate::identity::kind::Form;
use crate::secret::Secret;

pub(super) const KIND: CredentialKind = CredentialKind {
    name: "oauth",
    summary: "a grant at an OAuth 2.0 authorization server: client_credentials, refresh_token, password",
    heading: OAUTH,
    parameters: &[
        CredentialParameter::text(
            "issuer",
            "issuer",
            "URL",
            "The authorization server, which says itself where its endpoints are",
        )
        .implies()
        .endpoint(),
        CredentialParameter::text("token-url", "token_url", "URL", "The token endpoint")
            .implies()
            .endpoint(),
        CredentialParameter::text(
            "grant",
            "grant",
            "NAME",
            "The grant [default: what the other flags imply, else client_credentials]",
        )
        .words(|| grants::ALL.iter().map(|row| (row.name, row.summary)).collect())
        .implies(),
        CredentialParameter::text("client-id", "client_id", "ID", "The client's id")
            .required()
            .implies(),
        CredentialParameter::secret("client-secret", "client_secret", "The client's secret"),
        CredentialParameter::text(
            "client-auth",
            "client_auth",
            "METHOD",
            "How the client proves who it is [default: client_secret_basic with a secret, private_key_jwt \
             with an --assertion-key, else none]",
        )
        .words(|| {
            let rows = client_authentication::ALL.iter();
            rows.map(|row| (row.name, row.summary)).collect()
        }),
        ASSERTION_KEY,
        ASSERTION_ALG,
        KID,
        SCOPE,
        AUDIENCE,
        CredentialParameter::text(
            "resource",
            "resource",
            "URI",
            "The resource that the token is for, an absolute URI (repeatable; RFC 8707)",
        )
        .of(Form::List),
        USER,
        PASSWORD,
        CredentialParameter::secret(
            "refresh-token",
            "refresh_token",
            "The refresh token of an earlier login",
        )
        .implies(),
        SCHEME,
        HEADER_NAME,
    ],
    ..TOKEN
};

/// A grant at an authorization server.
#[derive(Debug)]
struct OAuth {
    http: Arc<HttpSettings>,
    server: Server,
    grant: &'static GrantKind,
    input: GrantInput,
    client: Client,
    request: TokenRequest,
    fresh_id: fn() -> String,
}

/// Where the token endpoint is.
#[derive(Debug)]
enum Server {
    /// As the issuer's metadata say. The text as it was written: metadata must repeat it to the letter.
    Issuer(EndpointUrl, String),
    TokenUrl(EndpointUrl),
}

pub(super) fn prepare(spec: &CredentialSpec, setting: &Setting) -> Result<Prepared, NotObtained> {
    let input = GrantInput {
        user: spec.text("user").map(str::to_owned),
        password: spec.secret("password").map(|(secret, _)| secret.clone()),
        refresh_token: spec
            .secret("refresh-token")
            .map(|(secret, _)| secret.clone()),
    };
    let grant = grant(spec)?;
    let server = server(spec, setting)?;
    let client = client::client(spec, setting)?;
    let request = request(spec, grant, &client)?;
    let source = format!("{} at {}", grant.name, server.words());
    let (cache, mut notices) = call_credentials::cache(setting, grant.lasting)?;
    let cache_key = key(
        cache.key(KIND.name),
        spec,
        &server,
        &client,
        &request,
        &input,
    );
    let fetching = Fetching {
        kind: KIND.name,
        source,
        key: header_name(KIND.name, spec)?,
        scheme: spec.text("scheme").map(str::to_owned),
        from: Box::new(OAuth {
            http: Arc::clone(&setting.http),
            server,
            grant,
            input,
            client,
            request,
            fresh_id: setting.fresh_id,
        }),
        cache,
        cache_key,
        http: Arc::clone(&setting.http),
    };
    if grant.name == "password" {
        notices.push(
            "the password grant shows the user's password to this client; RFC 9700 §2.4 forbids it to anything but tests"
                .to_owned(),
        );
    }
    Ok(Prepared::fetched(fetching, notices))
}

/// The grant that is named, or the one that fits what is given.
fn grant(spec: &CredentialSpec) -> Result<&'static GrantKind, NotObtained> {
    let fitting = match spec.text("grant") {
        Some(name) => name,
        None if spec.is_given("refresh-token") => "refresh_token",
        None if spec.is_given("user") => "password",
        None => "client_credentials",
    };
    let names = || grants::ALL.iter().map(|grant| grant.name);
    let Some(grant) = grants::find(fitting) else {
        let known: Vec<&str> = names().collect();
        return Err(unfit(
            format!("`{fitting}` is no grant that is known here"),
            crate::text::did_you_mean(fitting, names()).map_or_else(
                || format!("known are {}", known.join(", ")),
                |meant| format!("did you mean {meant}?"),
            ),
        ));
    };
    for parameter in grant.needs {
        if !spec.is_given(parameter) {
            return Err(unfit(
                format!("the grant {} needs --{parameter}", grant.name),
                "give it, or name another grant with --grant",
            ));
        }
    }
    for parameter in ["user", "password", "refresh-token"] {
        if spec.is_given(parameter) && !grant.needs.contains(&parameter) {
            return Err(unfit(
                format!("--{parameter} has no use with the grant {}", grant.name),
                "leave it out, or name another grant with --grant",
            ));
        }
    }
    Ok(grant)
}

fn server(spec: &CredentialSpec, setting: &Setting) -> Result<Server, NotObtained> {
    // A token URL beside an issuer saves the discovery.
    if let Some(url) = login::url(spec, setting, "token-url")? {
        return Ok(Server::TokenUrl(url));
    }
    let written = spec.text("issuer").unwrap_or_default();
    match login::url(spec, setting, "issuer")? {
        Some(url) => Ok(Server::Issuer(url, written.to_owned())),
        None => Err(unfit(
            "there is no authorization server to ask for a token",
            "name it with --issuer URL, or its token endpoint with --token-url URL",
        )),
    }
}

fn request(
    spec: &CredentialSpec,
    grant: &'static GrantKind,
    client: &Client,
) -> Result<TokenRequest, NotObtained> {
    let resources = spec.list("resource");
    for resource in &resources {
        // RFC 8707 §2: an absolute URI without a fragment.
        if !resource.contains(':') || resource.contains('#') {
            let shown = crate::text::escape(resource);
            return Err(unfit(
                format!("--resource `{shown}` is no absolute URI without fragment (RFC 8707 §2)"),
                "write it with its scheme, such as https://api.example.com or urn:example:api",
            ));
        }
    }
    Ok(TokenRequest {
        grant: Some(grant.name),
        client_authentication: Some(client.method.name),
        client_id: Some(client.id.clone()),
        scope: spec
            .list("scope")
            .iter()
            .flat_map(|entry| entry.split_whitespace())
            .map(str::to_owned)
            .collect(),
        audience: spec.text("audience").map(str::to_owned),
        resources: resources.iter().map(|text| (*text).to_owned()).collect(),
    })
}

/// Everything that shapes the request: one user's token is never another's.
fn key(
    builder: KeyBuilder<'_>,
    spec: &CredentialSpec,
    server: &Server,
    client: &Client,
    request: &TokenRequest,
    input: &GrantInput,
) -> CacheKey {
    let (place, url) = match server {
        Server::Issuer(url, _) => ("issuer", url),
        Server::TokenUrl(url) => ("token-url", url),
    };
    builder
        .text(place, &*url.to_string())
        .secret("path", &Secret::may_be_shown(url.path_and_query()))
        .text("grant", request.grant)
        .text("client", &*client.id)
        .text("authentication", client.method.name)
        .secret("secret", client.secret.as_ref())
        .text("kid", client.key_id.as_deref())
        .secret("key", spec.secret("assertion-key").map(|(key, _)| key))
        .text("certificate", client.certificate_thumbprint.as_deref())
        .list("scope", request.scope.iter().map(String::as_str))
        .text("audience", request.audience.as_deref())
        .list("resource", request.resources.iter().map(String::as_str))
        .text("user", input.user.as_deref())
        .secret("password", input.password.as_ref())
        .secret("refresh-token", input.refresh_token.as_ref())
        .finish()
}

impl Server {
    fn words(&self) -> String {
        match self {
            Self::Issuer(_, written) => written.clone(),
            Self::TokenUrl(url) => url.to_string(),
        }
    }
}
