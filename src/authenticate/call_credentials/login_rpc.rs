//! `login-rpc`: a token from an RPC, such as `auth.v1.AuthService/Login`.

use std::sync::Arc;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use serde_json::Value;

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
use crate::authenticate::call_credentials::login;
use crate::authenticate::call_credentials::unfit;
use crate::authenticate::fetching::FetchRecord;
use crate::authenticate::fetching::Fetched;
use crate::authenticate::fetching::Fetching;
use crate::authenticate::fetching::Source;
use crate::authenticate::http::HttpSettings;
use crate::authenticate::login_call;
use crate::authenticate::login_call::RpcSettings;
use crate::authenticate::login_data;
use crate::authenticate::login_reply::Places;
use crate::authenticate::setting::Setting;
use crate::authenticate::token_fault::RpcFault;
use crate::authenticate::token_fault::TokenFault;
use crate::identity::Body;
use crate::identity::CredentialSpec;
use crate::identity::kind::CredentialKind;
use crate::identity::kind::CredentialParameter;
use crate::metadata::Metadata;
use crate::peer_text::PeerText;
use crate::secret::Secret;
use crate::status::StatusCode;

pub(crate) const KIND: CredentialKind = CredentialKind {
    name: "login-rpc",
    summary: "a token from an RPC, for a user's name and password",
    heading: login::HEADING,
    parameters: &[
        CredentialParameter::text(
            "login-rpc",
            "method",
            "METHOD",
            "Call this method without a credential, and send the token that comes; auth.v1.AuthService alone \
             will do, its methods are known",
        )
        .required()
        .implies(),
        CredentialParameter::body(
            "login-data",
            "data",
            "The request of --login-rpc, as --login-body has it",
        ),
        CredentialParameter::text(
            "login-target",
            "target",
            "TARGET",
            "Where --login-rpc is called [default: the target]",
        )
        .endpoint(),
        CredentialParameter::text(
            "login-refresh-rpc",
            "refresh_method",
            "METHOD",
            "The method that gives a new token for the refresh token",
        ),
        CredentialParameter::text(
            "login-logout-rpc",
            "logout_method",
            "METHOD",
            "The method that makes the tokens void, for `token clear --log-out`",
        ),
        USER,
        PASSWORD,
        TOKEN_PTR,
        SCHEME,
        HEADER_NAME,
    ],
    ..TOKEN
};

/// The service that needs no more than its name: its methods are known.
const AUTH_SERVICE: &str = "auth.v1.AuthService";

#[derive(Debug)]
struct LoginRpc {
    http: Arc<HttpSettings>,
    rpc: Arc<RpcSettings>,
    methods: Methods,
    data: Body,
    user: Option<Secret>,
    password: Option<Secret>,
    places: Places,
}

#[derive(Debug, PartialEq, Eq)]
struct Methods {
    login: String,
    refresh: Option<String>,
    logout: Option<String>,
}

pub(super) fn prepare(spec: &CredentialSpec, setting: &Setting) -> Result<Prepared, NotObtained> {
    let Some(rpc) = &setting.rpc else {
        return Err(unfit(
            "there is no server to log in to",
            "name it with --login-target TARGET",
        ));
    };
    let login = LoginRpc {
        http: Arc::clone(&setting.http),
        rpc: Arc::clone(rpc),
        methods: methods(spec),
        data: spec
            .body("login-data")
            .cloned()
            .unwrap_or_else(login_data::default_login),
        user: spec.text("user").map(Secret::may_be_shown),
        password: spec.secret("password").map(|(secret, _)| secret.clone()),
        places: login::places(spec)?,
    };
    login::every_name_has_a_value("login-data", &login.data, &login.values(None))?;
    let (cache, notices) = call_credentials::cache(setting, login.methods.refresh.is_some())?;
    let data = login_data::json(&login.data, &login.values(None))
        .map_or_else(|_| String::new(), |data| data.to_string());
    let cache_key = cache
        .key(KIND.name)
        .text("target", &*login.rpc.target)
        .text("authority", &*login.rpc.endpoint.authority)
        .text("method", &*login.methods.login)
        .text("token", spec.text("token-ptr"))
        .secret("data", &Secret::may_be_shown(data))
        .finish();
    let fetching = Fetching {
        kind: KIND.name,
        source: format!("{} at {}", login.methods.login, login.rpc.target),
        key: header_name(KIND.name, spec)?,
        scheme: spec.text("scheme").map(str::to_owned),
        from: Box::new(login),
        cache,
        cache_key,
        http: Arc::clone(&setting.http),
    };
    Ok(Prepared::fetched(fetching, notices))
}

fn methods(spec: &CredentialSpec) -> Methods {
    let given = |name| spec.text(name).map(str::to_owned);
    let login = spec.text("login-rpc").unwrap_or_default();
    let service = login
        .strip_suffix("/Login")
        .or_else(|| login.strip_suffix(".Login"))
        .unwrap_or(login);
    let known =
        |method: &str| (service == AUTH_SERVICE).then(|| format!("{AUTH_SERVICE}/{method}"));
    Methods {
        login: known("Login").unwrap_or_else(|| login.to_owned()),
        refresh: given("login-refresh-rpc").or_else(|| known("RefreshToken")),
        logout: given("login-logout-rpc").or_else(|| known("Logout")),
    }
}

impl LoginRpc {
    fn values<'a>(&'a self, refresh_token: Option<&'a Secret>) -> Vec<(&'a str, &'a Secret)> {
        login::values(self.user.as_ref(), self.password.as_ref(), refresh_token)
    }

    async fn run(&self, old: Option<Entry>, record: &mut FetchRecord) -> Result<Entry, TokenFault> {
        if let Some(refresh) = &self.methods.refresh
            && let Some(spent) = old.and_then(|old| old.refresh_token)
        {
            let values = self.values(Some(&spent));
            let data = login_data::default_refresh();
            let outcome = self.ask(refresh, &data, &values, record).await;
            if let Some(entry) = record.refreshed(outcome, spent, is_refusal)? {
                return Ok(entry);
            }
        }
        self.ask(&self.methods.login, &self.data, &self.values(None), record)
            .await
    }

    async fn ask(
        &self,
        method: &str,
        data: &Body,
        values: &login_data::Values<'_>,
        record: &mut FetchRecord,
    ) -> Result<Entry, TokenFault> {
        let began = self.http.now();
        let data = login_data::json(data, values)
            .expect("every name was seen to have a value when this was prepared");
        let metadata = Metadata::new();
        let reply = login_call::call(&self.rpc, method, &data, metadata, &mut record.calls).await?;
        self.places.find(&reply, began).unwrap_or_else(|looked_at| {
            Err(TokenFault::Rpc(Box::new(RpcFault::NotInAnswer {
                looked_at,
                keys: keys(&reply),
            })))
        })
    }

    async fn log_out(
        &self,
        entry: &Entry,
        metadata: Metadata,
        record: &mut FetchRecord,
    ) -> Result<bool, TokenFault> {
        let Some(method) = &self.methods.logout else {
            return Ok(false);
        };
        let data = match &entry.refresh_token {
            None => Value::Object(serde_json::Map::new()),
            Some(token) => serde_json::json!({ "refresh_token": token.expose() }),
        };
        login_call::call(&self.rpc, method, &data, metadata, &mut record.calls).await?;
        Ok(true)
    }
}

fn keys(reply: &Value) -> Vec<PeerText> {
    let fields = reply.as_object().into_iter().flatten();
    fields
        .map(|(key, _)| PeerText::from(key.as_str()).name_among_tokens())
        .collect()
}

/// The server said no to the refresh token, so that a login may help.
fn is_refusal(fault: &TokenFault) -> bool {
    let TokenFault::Rpc(fault) = fault else {
        return false;
    };
    let RpcFault::Refused(answer) = &**fault else {
        return false;
    };
    [
        StatusCode::UNAUTHENTICATED,
        StatusCode::PERMISSION_DENIED,
        StatusCode::INVALID_ARGUMENT,
        StatusCode::NOT_FOUND,
    ]
    .iter()
    .any(|code| matches!(&answer.outcome, crate::invoke::Ended::Status { status, .. } if status.code == *code))
}

impl Source for LoginRpc {
    fn fetch(&self, old: Option<Entry>) -> BoxFuture<'_, Fetched> {
        async move {
            let mut record = FetchRecord::default();
            let outcome = self.run(old, &mut record).await;
            Fetched { outcome, record }
        }
        .boxed()
    }

    fn end<'a>(
        &'a self,
        entry: &'a Entry,
        sent: Metadata,
    ) -> BoxFuture<'a, (Result<bool, TokenFault>, FetchRecord)> {
        async move {
            let mut record = FetchRecord::default();
            let outcome = self.log_out(entry, sent, &mut record).await;
            (outcome, record)
        }
        .boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Parameter;
    use crate::identity::Value;

    #[test]
    fn the_seeds_service_needs_no_more_than_its_name() {
        let of = |login: &str, refresh: Option<&str>| {
            let text = |name, text: &str| Parameter {
                name,
                value: Value::Text(text.to_owned()),
            };
            let mut parameters = vec![text("login-rpc", login)];
            parameters.extend(refresh.map(|method| text("login-refresh-rpc", method)));
            methods(&CredentialSpec {
                kind: "login-rpc".into(),
                parameters,
            })
        };
        let known = |refresh: &str| Methods {
            login: "auth.v1.AuthService/Login".into(),
            refresh: Some(refresh.into()),
            logout: Some("auth.v1.AuthService/Logout".into()),
        };
        for written in [
            "auth.v1.AuthService",
            "auth.v1.AuthService/Login",
            "auth.v1.AuthService.Login",
        ] {
            assert_eq!(of(written, None), known("auth.v1.AuthService/RefreshToken"));
            assert_eq!(of(written, Some("x.Y/Z")), known("x.Y/Z"));
        }
        let other = of("etcdserverpb.Auth/Authenticate", None);
        assert_eq!(other.login, "etcdserverpb.Auth/Authenticate");
        assert_eq!((other.refresh, other.logout), (None, None));
    }
}
