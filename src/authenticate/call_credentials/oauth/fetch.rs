//! Asking the authorization server: its metadata, a refresh where there is a token for it, the grant.

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use http::Method;

use super::OAuth;
use super::Server;
use crate::authenticate::cache::Entry;
use crate::authenticate::client_authentication::Attempt;
use crate::authenticate::client_authentication::Request;
use crate::authenticate::discovery;
use crate::authenticate::discovery::Metadata;
use crate::authenticate::endpoint_url::EndpointUrl;
use crate::authenticate::fetching::FetchRecord;
use crate::authenticate::fetching::Fetched;
use crate::authenticate::fetching::Source;
use crate::authenticate::grants::Form;
use crate::authenticate::grants::Grant;
use crate::authenticate::grants::GrantInput;
use crate::authenticate::grants::Step;
use crate::authenticate::grants::refresh_token;
use crate::authenticate::http::HttpClient;
use crate::authenticate::http::HttpRequest;
use crate::authenticate::http::Purpose;
use crate::authenticate::token_fault::TokenFault;
use crate::authenticate::token_reply;

impl Source for OAuth {
    fn fetch(&self, old: Option<Entry>) -> BoxFuture<'_, Fetched> {
        async move {
            let mut record = FetchRecord {
                request: self.request.clone(),
                ..FetchRecord::default()
            };
            let mut client = HttpClient::new(&self.http);
            let outcome = self.run(old, &mut client, &mut record).await;
            record.exchanges = client.close().await;
            Fetched { outcome, record }
        }
        .boxed()
    }

    fn spends(&self, old: Option<&Entry>) -> bool {
        self.grant.name == refresh_token::GRANT.name
            || old.is_some_and(|old| old.refresh_token.is_some())
    }

    fn end<'a>(
        &'a self,
        entry: &'a Entry,
        _: crate::metadata::Metadata,
    ) -> BoxFuture<'a, (Result<bool, TokenFault>, FetchRecord)> {
        async move {
            let mut record = FetchRecord::default();
            let mut client = HttpClient::new(&self.http);
            let outcome = self.revoke(entry, &mut client).await;
            record.exchanges = client.close().await;
            (outcome, record)
        }
        .boxed()
    }
}

/// The token endpoint, and who an assertion is for.
struct Endpoint {
    url: EndpointUrl,
    audience: String,
}

impl OAuth {
    async fn run(
        &self,
        old: Option<Entry>,
        client: &mut HttpClient<'_>,
        record: &mut FetchRecord,
    ) -> Result<Entry, TokenFault> {
        let endpoint = self.endpoint(client, record).await?;
        if let Some(spent) = old.and_then(|old| old.refresh_token) {
            let input = GrantInput {
                refresh_token: Some(spent.clone()),
                ..GrantInput::default()
            };
            let grant = (refresh_token::GRANT.start)(&input);
            let outcome = self.grant(grant, Purpose::Refresh, &endpoint, client).await;
            let is_refusal = |fault: &TokenFault| self.grant.repeatable && is_refusal(fault);
            if let Some(entry) = record.refreshed(outcome, spent, is_refusal)? {
                return Ok(entry);
            }
        }
        let grant = (self.grant.start)(&self.input);
        let purpose = match self.grant.name {
            "refresh_token" => Purpose::Refresh,
            _ => Purpose::Token,
        };
        let mut entry = self.grant(grant, purpose, &endpoint, client).await?;
        if entry.refresh_token.is_none() {
            entry.refresh_token.clone_from(&self.input.refresh_token);
        }
        Ok(entry)
    }

    async fn endpoint(
        &self,
        client: &mut HttpClient<'_>,
        record: &mut FetchRecord,
    ) -> Result<Endpoint, TokenFault> {
        let (issuer, written) = match &self.server {
            Server::TokenUrl(url) => {
                return Ok(Endpoint {
                    url: url.clone(),
                    audience: url.to_string(),
                });
            }
            Server::Issuer(issuer, written) => (issuer, written),
        };
        let metadata = discovery::discover(client, issuer, written).await?;
        let url = self.token_endpoint(&metadata);
        record.lists = Some(metadata);
        Ok(Endpoint {
            url: url?,
            audience: written.clone(),
        })
    }

    fn token_endpoint(&self, metadata: &Metadata) -> Result<EndpointUrl, TokenFault> {
        const NAME: &str = "token_endpoint";
        match self.client.method.name {
            "tls_client_auth" => metadata.mutual_tls_endpoint(NAME),
            _ => metadata.endpoint(NAME),
        }
    }

    /// Drives a grant to its end.
    async fn grant(
        &self,
        mut grant: Box<dyn Grant>,
        purpose: Purpose,
        endpoint: &Endpoint,
        client: &mut HttpClient<'_>,
    ) -> Result<Entry, TokenFault> {
        let mut last = None;
        loop {
            match grant.next(last) {
                Step::End(outcome) => return outcome,
                Step::Ask(form) => {
                    last = Some(self.ask(form, purpose, endpoint, client).await);
                }
            }
        }
    }

    async fn ask(
        &self,
        form: Form,
        purpose: Purpose,
        endpoint: &Endpoint,
        client: &mut HttpClient<'_>,
    ) -> Result<Entry, TokenFault> {
        let began = self.http.now();
        let mut form = form;
        self.narrow(&mut form);
        let (url, told) = (endpoint.url.clone(), self.told(purpose));
        let exchange = self.signed(form, purpose, url, &endpoint.audience, told)?;
        let reply = client
            .exchange(exchange)
            .await
            .ok_or(TokenFault::NoAnswer)?;
        token_reply::read(&reply, began)
    }

    /// Revokes the refresh token, and with it what came of it; else the access token (RFC 7009 §2).
    async fn revoke(&self, entry: &Entry, client: &mut HttpClient<'_>) -> Result<bool, TokenFault> {
        let Server::Issuer(issuer, written) = &self.server else {
            return Ok(false);
        };
        let metadata = discovery::discover(client, issuer, written).await?;
        let Ok(url) = metadata.endpoint("revocation_endpoint") else {
            return Ok(false);
        };
        let (token, hint) = match &entry.refresh_token {
            Some(token) => (token, "refresh_token"),
            None => (&entry.access_token, "access_token"),
        };
        let form = vec![
            ("token", token.expose().to_owned()),
            ("token_type_hint", hint.to_owned()),
        ];
        let told = vec![
            ("token_type_hint", hint.to_owned()),
            ("client authentication", self.client.method.name.to_owned()),
            ("client_id", self.client.id.clone()),
        ];
        let exchange = self.signed(form, Purpose::Revocation, url, written, told)?;
        let reply = client
            .exchange(exchange)
            .await
            .ok_or(TokenFault::NoAnswer)?;
        if reply.status.is_success() {
            return Ok(true);
        }
        token_reply::success(&reply).map(|_| true)
    }

    /// A form, with what proves the client.
    fn signed(
        &self,
        form: Form,
        purpose: Purpose,
        url: EndpointUrl,
        audience: &str,
        told: Vec<(&'static str, String)>,
    ) -> Result<HttpRequest, TokenFault> {
        let mut request = Request {
            headers: Vec::new(),
            form,
        };
        let attempt = Attempt {
            audience,
            now: self.http.now(),
            id: (self.fresh_id)(),
        };
        (self.client.method.apply)(&self.client, &attempt, &mut request)
            .map_err(|why| TokenFault::Signing { why })?;
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&request.form)
            .finish();
        Ok(HttpRequest {
            purpose,
            method: Method::POST,
            url,
            headers: request.headers,
            told,
            body: Some(("application/x-www-form-urlencoded", body.into())),
        })
    }

    /// What of the authorization is asked for.
    fn narrow(&self, form: &mut Form) {
        let asked = &self.request;
        if !asked.scope.is_empty() {
            form.push(("scope", asked.scope.join(" ")));
        }
        if let Some(audience) = &asked.audience {
            form.push(("audience", audience.clone()));
        }
        for resource in &asked.resources {
            form.push(("resource", resource.clone()));
        }
    }

    fn told(&self, purpose: Purpose) -> Vec<(&'static str, String)> {
        let asked = &self.request;
        let grant = match purpose {
            Purpose::Refresh => refresh_token::GRANT.name,
            _ => self.grant.name,
        };
        let mut told = vec![
            ("grant_type", grant.to_owned()),
            ("client authentication", self.client.method.name.to_owned()),
            ("client_id", self.client.id.clone()),
        ];
        if !asked.scope.is_empty() {
            told.push(("scope", asked.scope.join(" ")));
        }
        told.extend(
            asked
                .audience
                .iter()
                .map(|audience| ("audience", audience.clone())),
        );
        told.extend(
            asked
                .resources
                .iter()
                .map(|resource| ("resource", resource.clone())),
        );
        told
    }
}

/// The refresh token was refused, so that another may be had by starting again.
fn is_refusal(fault: &TokenFault) -> bool {
    matches!(fault, TokenFault::Error { code, .. } if code == "invalid_grant")
}
