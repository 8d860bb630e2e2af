//! `login`: a token from an HTTP endpoint, for a name and a password, or whatever it takes.

use std::sync::Arc;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use http::Method;

use crate::authenticate::NotObtained;
use crate::authenticate::Prepared;
use crate::authenticate::cache::Entry;
use crate::authenticate::call_credentials;
use crate::authenticate::call_credentials::HEADER_NAME;
use crate::authenticate::call_credentials::PASSWORD;
use crate::authenticate::call_credentials::SCHEME;
use crate::authenticate::call_credentials::TOKEN;
use crate::authenticate::call_credentials::TOKEN_PTR;
use crate::authenticate::call_credentials::USER;
use crate::authenticate::call_credentials::header_name;
use crate::authenticate::call_credentials::unfit;
use crate::authenticate::endpoint_url::EndpointUrl;
use crate::authenticate::fetching::FetchRecord;
use crate::authenticate::fetching::Fetched;
use crate::authenticate::fetching::Fetching;
use crate::authenticate::fetching::Source;
use crate::authenticate::http::HttpClient;
use crate::authenticate::http::HttpReply;
use crate::authenticate::http::HttpRequest;
use crate::authenticate::http::HttpSettings;
use crate::authenticate::http::Purpose;
use crate::authenticate::login_data;
use crate::authenticate::login_reply::Places;
use crate::authenticate::setting::Setting;
use crate::authenticate::token_fault::TokenFault;
use crate::identity::Body;
use crate::identity::CredentialSpec;
use crate::identity::kind::CredentialKind;
use crate::identity::kind::CredentialParameter;
use crate::secret::Secret;

/// The heading of what logs in, by HTTP or by an RPC.
pub(super) const HEADING: &str = "Login (a token for a name and a password)";

pub(super) const KIND: CredentialKind = CredentialKind {
    name: "login",
    summary: "a token from an HTTP endpoint, for a user's name and password",
    request: "the login",
    heading: HEADING,
    parameters: &[
        CredentialParameter::text(
            "login-url",
            "url",
            "URL",
            "POST name and password here, and send the token that comes",
        )
        .required()
        .implies()
        .endpoint(),
        CredentialParameter::body(
            "login-body",
            "body",
            "The login's data as JSON, or as a form (a=b&c=d); ${username} and ${password} are --user and \
             --password, ${env:NAME} and ${file:PATH} other secrets [default: \
             {\"username\":\"${username}\",\"password\":\"${password}\"}]",
        ),
        USER,
        PASSWORD,
        TOKEN_PTR,
        CredentialParameter::text(
            "login-refresh-url",
            "refresh_url",
            "URL",
            "POST the refresh token here for a new token",
        )
        .endpoint(),
        CredentialParameter::body(
            "login-refresh-body",
            "refresh_body",
            "The data of the refresh [default: {\"refresh_token\":\"${refresh_token}\"}]",
        )
        .listed_late(),
        SCHEME,
        HEADER_NAME,
    ],
    ..TOKEN
};

/// A login, and how to refresh what it gave.
#[derive(Debug)]
struct Login {
    http: Arc<HttpSettings>,
    login: Question,
    refresh: Option<Question>,
    user: Option<Secret>,
    password: Option<Secret>,
    places: Places,
}

#[derive(Debug)]
struct Question {
    url: EndpointUrl,
    body: Body,
}

pub(super) fn prepare(spec: &CredentialSpec, setting: &Setting) -> Result<Prepared, NotObtained> {
    let login = Login {
        http: Arc::clone(&setting.http),
        login: Question {
            url: url(spec, setting, "login-url")?.ok_or(NotObtained::Missing {
                kind: KIND.name,
                parameter: "login-url",
            })?,
            body: spec
                .body("login-body")
                .cloned()
                .unwrap_or_else(login_data::default_login),
        },
        refresh: refresh(spec, setting)?,
        user: spec.text("user").map(Secret::may_be_shown),
        password: spec.secret("password").map(|(secret, _)| secret.clone()),
        places: places(spec)?,
    };
    login.check()?;
    let lasting = login.refresh.is_some();
    let (cache, notices) = call_credentials::cache(setting, lasting)?;
    let asked = login_data::fill(&login.login.body, &login.values(None))
        .map(|filled| Secret::may_be_shown(String::from_utf8_lossy(&filled.octets)))
        .unwrap_or_else(|_| Secret::may_be_shown(""));
    let cache_key = cache
        .key(KIND.name)
        .text("url", &*login.login.url.to_string())
        .secret(
            "path",
            &Secret::may_be_shown(login.login.url.path_and_query()),
        )
        .text("token", spec.text("token-ptr"))
        .secret("body", &asked)
        .finish();
    let fetching = Fetching {
        kind: KIND.name,
        source: login.login.url.to_string(),
        key: header_name(KIND.name, spec)?,
        scheme: spec.text("scheme").map(str::to_owned),
        from: Box::new(login),
        cache,
        cache_key,
        http: Arc::clone(&setting.http),
    };
    Ok(Prepared::fetched(fetching, notices))
}

/// The URL of a parameter, if it is given and secrets may be sent there.
pub(super) fn url(
    spec: &CredentialSpec,
    setting: &Setting,
    name: &'static str,
) -> Result<Option<EndpointUrl>, NotObtained> {
    let Some(text) = spec.text(name) else {
        return Ok(None);
    };
    let url = EndpointUrl::parse(text)
        .map_err(|why| unfit(format!("--{name}: {why}"), "write https://host/path"))?;
    if setting.http.allows(&url) {
        return Ok(Some(url));
    }
    Err(unfit(
        format!(
            "--{name} {url} is plaintext: everybody on the way could read what is sent there, and the token"
        ),
        "write https, or say --allow-http-token-endpoint",
    ))
}

fn refresh(spec: &CredentialSpec, setting: &Setting) -> Result<Option<Question>, NotObtained> {
    let body = spec.body("login-refresh-body").cloned();
    match (url(spec, setting, "login-refresh-url")?, body) {
        (None, None) => Ok(None),
        (None, Some(_)) => Err(unfit(
            "--login-refresh-body is given, and no URL to send it to",
            "name it with --login-refresh-url URL",
        )),
        (Some(url), body) => Ok(Some(Question {
            url,
            body: body.unwrap_or_else(login_data::default_refresh),
        })),
    }
}

/// Where the token is looked for.
pub(super) fn places(spec: &CredentialSpec) -> Result<Places, NotObtained> {
    Places::new(spec.text("token-ptr")).map_err(|why| {
        unfit(
            format!("--token-ptr: {why}"),
            "write a JSON Pointer such as /data/token, or header:NAME",
        )
    })
}

/// What `${…}` in a login's data may name.
pub(super) fn values<'a>(
    user: Option<&'a Secret>,
    password: Option<&'a Secret>,
    refresh_token: Option<&'a Secret>,
) -> Vec<(&'a str, &'a Secret)> {
    [
        ("username", user),
        ("password", password),
        ("refresh_token", refresh_token),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name, value?)))
    .collect()
}

/// Nothing in the data goes out as `${…}`.
pub(super) fn every_name_has_a_value(
    flag: &str,
    body: &Body,
    values: &login_data::Values<'_>,
) -> Result<(), NotObtained> {
    let Err(name) = login_data::json(body, values) else {
        return Ok(());
    };
    let shown = crate::text::escape(&name);
    let hint = match name.as_str() {
        "username" => format!("give it with --user NAME, or other data with --{flag}"),
        "password" => format!("give it with --password SRC, or other data with --{flag}"),
        _ => "known are username, password, env:NAME and file:PATH; in a refresh, refresh_token and access_token"
            .to_owned(),
    };
    Err(unfit(
        format!("the data of the login want ${{{shown}}}, and there is no such value"),
        hint,
    ))
}

impl Login {
    fn check(&self) -> Result<(), NotObtained> {
        every_name_has_a_value("login-body", &self.login.body, &self.values(None))?;
        let Some(refresh) = &self.refresh else {
            return Ok(());
        };
        let spare = Secret::may_be_shown("");
        let mut values = self.values(Some(&spare));
        values.push(("access_token", &spare));
        every_name_has_a_value("login-refresh-body", &refresh.body, &values)
    }

    fn values<'a>(&'a self, refresh_token: Option<&'a Secret>) -> Vec<(&'a str, &'a Secret)> {
        values(self.user.as_ref(), self.password.as_ref(), refresh_token)
    }

    async fn run(
        &self,
        old: Option<Entry>,
        client: &mut HttpClient<'_>,
        record: &mut FetchRecord,
    ) -> Result<Entry, TokenFault> {
        if let Some(refresh) = &self.refresh
            && let Some(old) = old
            && let Some(spent) = old.refresh_token
        {
            let mut values = self.values(Some(&spent));
            values.push(("access_token", &old.access_token));
            let outcome = self.ask(client, refresh, Purpose::Refresh, &values).await;
            if let Some(entry) = record.refreshed(outcome, spent, is_refusal)? {
                return Ok(entry);
            }
        }
        self.ask(client, &self.login, Purpose::Token, &self.values(None))
            .await
    }

    async fn ask(
        &self,
        client: &mut HttpClient<'_>,
        question: &Question,
        purpose: Purpose,
        values: &login_data::Values<'_>,
    ) -> Result<Entry, TokenFault> {
        let began = self.http.now();
        let filled = login_data::fill(&question.body, values)
            .expect("every name was seen to have a value when this was prepared");
        let request = HttpRequest {
            purpose,
            method: Method::POST,
            url: question.url.clone(),
            headers: Vec::new(),
            told: vec![("body", filled.content_type.to_owned())],
            body: Some((filled.content_type, filled.octets)),
        };
        let reply: HttpReply = client.exchange(request).await.ok_or(TokenFault::NoAnswer)?;
        self.places.read(&reply, began)
    }
}

/// The endpoint answered no, so that a login may help. It does not help where the network is at fault.
fn is_refusal(fault: &TokenFault) -> bool {
    matches!(fault, TokenFault::Status(_) | TokenFault::Error { .. })
}

impl Source for Login {
    fn fetch(&self, old: Option<Entry>) -> BoxFuture<'_, Fetched> {
        async move {
            let mut record = FetchRecord::default();
            let mut client = HttpClient::new(&self.http);
            let outcome = self.run(old, &mut client, &mut record).await;
            record.exchanges = client.close().await;
            Fetched { outcome, record }
        }
        .boxed()
    }
}
