//! The client: its id, and what proves it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest;

use crate::authenticate::NotObtained;
use crate::authenticate::call_credentials::unfit;
use crate::authenticate::client_authentication;
use crate::authenticate::client_authentication::Client;
use crate::authenticate::client_authentication::Method;
use crate::authenticate::setting::Setting;
use crate::identity::CredentialSpec;
use crate::jwt::signing::SigningKey;

/// The client that a specification describes, with everything that its method needs.
pub(super) fn client(spec: &CredentialSpec, setting: &Setting) -> Result<Client, NotObtained> {
    let method = method(spec)?;
    let certificate = setting.http.certificate();
    match method.needs {
        Some("token-cert") if certificate.is_none() => {
            return Err(unfit(
                format!("{} needs a client certificate", method.name),
                "give it with --token-cert FILE --token-key FILE",
            ));
        }
        Some("token-cert") | None => {}
        Some(parameter) if !spec.is_given(parameter) => {
            return Err(unfit(
                format!("{} needs --{parameter}", method.name),
                "give it, or name another method with --client-auth",
            ));
        }
        Some(_) => {}
    }
    for parameter in ["client-secret", "assertion-key"] {
        if spec.is_given(parameter) && method.needs != Some(parameter) {
            return Err(unfit(
                format!(
                    "--{parameter} has no use with --client-auth {}",
                    method.name
                ),
                "leave one of them out",
            ));
        }
    }
    Ok(Client {
        id: spec.text("client-id").unwrap_or_default().to_owned(),
        method,
        secret: spec
            .secret("client-secret")
            .map(|(secret, _)| secret.clone()),
        key: key(spec)?,
        key_id: spec.text("kid").map(str::to_owned),
        certificate_thumbprint: certificate
            .map(|der| URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, der))),
    })
}

/// The method that is named, or the one that fits what is given.
fn method(spec: &CredentialSpec) -> Result<&'static Method, NotObtained> {
    let fitting = match spec.text("client-auth") {
        Some(name) => name,
        None if spec.is_given("assertion-key") => "private_key_jwt",
        None if spec.is_given("client-secret") => "client_secret_basic",
        None => "none",
    };
    client_authentication::find(fitting).ok_or_else(|| {
        let names = || client_authentication::ALL.iter().map(|method| method.name);
        let known: Vec<&str> = names().collect();
        unfit(
            format!("`{fitting}` is no client authentication that is known here"),
            crate::text::did_you_mean(fitting, names()).map_or_else(
                || format!("known are {}", known.join(", ")),
                |meant| format!("did you mean {meant}?"),
            ),
        )
    })
}

fn key(spec: &CredentialSpec) -> Result<Option<SigningKey>, NotObtained> {
    let Some((key, source)) = spec.secret("assertion-key") else {
        return match spec.is_given("assertion-alg") {
            true => Err(unfit(
                "--assertion-alg is given, and no key to sign with",
                "name it with --assertion-key SRC",
            )),
            false => Ok(None),
        };
    };
    SigningKey::read(spec.text("assertion-alg"), key)
        .map(Some)
        .map_err(|fault| {
            unfit(
                format!("--assertion-key {source} cannot sign: {fault}"),
                "give the client's private key in PEM or as a JWK; --assertion-alg says which algorithm",
            )
        })
}
