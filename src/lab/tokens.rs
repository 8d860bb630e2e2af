//! The lab's JWTs: minted, written into ready-made files, and verified.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::Algorithm;
use jsonwebtoken::DecodingKey;
use jsonwebtoken::EncodingKey;
use rcgen::KeyPair;
use rcgen::PublicKeyData as _;
use serde_json::Value;
use serde_json::json;
use time::Duration;
use time::OffsetDateTime;

use crate::jwt::Decoded;
use crate::lab::authorization::AUDIENCE;
use crate::lab::authorization::Authorization;
use crate::lab::random;
use crate::lab::users::Caller;
use crate::lab::users::Role;

mod files;
mod problem;

pub(super) use problem::Problem;

/// The same as a resource indicator (RFC 8707 §2).
pub(super) const RESOURCE: &str = "urn:lab:vault";
/// How long a token from a login is good for.
pub(super) const LIFETIME: Duration = Duration::minutes(15);
/// `kid` of the key that signs.
const ES256: &str = "lab-es256";
/// `kid` of the shared secret, with which a user may sign tokens of his own.
const HS256: &str = "lab-hs256";

/// The lab's signing keys, and who it says it is.
pub struct Tokens {
    issuer: String,
    es256: KeyPair,
    hs256: String,
    keys: [VerifyingKey; 2],
}

/// The key pins its algorithm: what a token's header says of it is only compared.
struct VerifyingKey {
    id: &'static str,
    algorithm: Algorithm,
    key: DecodingKey,
}

/// A token that is good, as far as it says itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Verified {
    pub caller: Caller,
    pub claims: Decoded,
}

impl Tokens {
    /// Fresh keys for an issuer that is named by its URL.
    ///
    /// # Errors
    /// Only if the system gives no random numbers.
    pub fn generate(issuer: String) -> Result<Self, rcgen::Error> {
        let es256 = KeyPair::generate()?;
        let hs256 = random::name("");
        let keys = [
            VerifyingKey {
                id: ES256,
                algorithm: Algorithm::ES256,
                key: DecodingKey::from_ec_der(es256.der_bytes()),
            },
            VerifyingKey {
                id: HS256,
                algorithm: Algorithm::HS256,
                key: DecodingKey::from_secret(hs256.as_bytes()),
            },
        ];
        Ok(Self {
            issuer,
            es256,
            hs256,
            keys,
        })
    }

    /// `iss` of every token, and the base URL of the authorization server over TLS.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// A token for all of `authorization` that is good from `now` for [`LIFETIME`], and no longer than
    /// the session with this `sid`.
    pub fn issue(
        &self,
        authorization: &Authorization,
        session: Option<&str>,
        now: OffsetDateTime,
    ) -> String {
        let Authorization { subject, .. } = authorization;
        let mut claims = self.claims(subject, authorization.role(), now, now + LIFETIME);
        claims["aud"] = match authorization.audiences[..] {
            [one] => Value::from(one),
            _ => json!(authorization.audiences),
        };
        claims["scope"] = Value::from(authorization.scope());
        let further = [
            ("client_id", authorization.client.map(Value::from)),
            ("sid", session.map(Value::from)),
            (
                "cnf",
                (authorization.thumbprint.as_ref()).map(|it| json!({ "x5t#S256": it })),
            ),
            (
                "act",
                (authorization.actor.as_ref()).map(|it| json!({ "sub": it })),
            ),
        ];
        for (name, value) in further {
            if let Some(value) = value {
                claims[name] = value;
            }
        }
        self.sign(&claims)
    }

    fn claims(
        &self,
        subject: &str,
        role: Role,
        from: OffsetDateTime,
        until: OffsetDateTime,
    ) -> Value {
        json!({
            "iss": self.issuer,
            "aud": AUDIENCE,
            "sub": subject,
            "role": role.name(),
            "iat": from.unix_timestamp(),
            "nbf": from.unix_timestamp(),
            "exp": until.unix_timestamp(),
            "jti": random::name(""),
        })
    }

    fn sign(&self, claims: &Value) -> String {
        sign_with(&self.es256, claims)
    }

    /// Whose token this is, if it is good at `now` and for the Vault. Whether it was revoked is not
    /// known here.
    ///
    /// # Errors
    /// The first thing that is wrong: shape, key, signature, then claims.
    pub fn verify(&self, token: &str, now: OffsetDateTime) -> Result<Verified, Problem> {
        let verified = self.verify_for_any(token, now)?;
        let audiences = verified.claims.audiences();
        if audiences.iter().any(|it| [AUDIENCE, RESOURCE].contains(it)) {
            Ok(verified)
        } else {
            Err(Problem::Audience)
        }
    }

    /// Whose token this is, whatever its audience: for the authorization server itself.
    ///
    /// # Errors
    /// As [`Self::verify`] has them.
    pub fn verify_for_any(&self, token: &str, now: OffsetDateTime) -> Result<Verified, Problem> {
        let decoded = Decoded::read(token).map_err(Problem::Malformed)?;
        self.verify_signature(token, &decoded)?;
        if decoded.issuer() != Some(&self.issuer) {
            return Err(Problem::Issuer);
        }
        match decoded.not_before() {
            Some(from) if now < from => return Err(Problem::NotYetValid(from)),
            _ => {}
        }
        let until = decoded.expires_at().ok_or(Problem::Claim("exp"))?;
        if now >= until {
            return Err(Problem::Expired(until));
        }
        let role = decoded.claims["role"].as_str().and_then(Role::parse);
        let caller = Caller {
            subject: decoded.subject().ok_or(Problem::Claim("sub"))?.to_owned(),
            role: role.ok_or(Problem::Claim("role"))?,
            authenticated_by: "bearer",
            expires_at: Some(until),
            token_id: decoded.claims["jti"].as_str().map(str::to_owned),
        };
        Ok(Verified {
            caller,
            claims: decoded,
        })
    }

    fn verify_signature(&self, token: &str, decoded: &Decoded) -> Result<(), Problem> {
        if !decoded.signed {
            return Err(Problem::Unsigned);
        }
        let key = self
            .keys
            .iter()
            .find(|key| {
                decoded.key_id().is_none_or(|id| id == key.id)
                    && decoded.algorithm() == Some(&format!("{:?}", key.algorithm))
            })
            .ok_or(Problem::UnknownKey)?;
        let (message, signature) = token.rsplit_once('.').ok_or(Problem::Unsigned)?;
        let good =
            jsonwebtoken::crypto::verify(signature, message.as_bytes(), &key.key, key.algorithm);
        match good {
            Ok(true) => Ok(()),
            _ => Err(Problem::Signature),
        }
    }

    /// The public key as a JWK Set (RFC 7517 §5). The shared secret is not in it.
    pub fn jwks(&self) -> Value {
        // SEC 1 §2.3.3: 04, then x and y of 32 bytes each.
        let (x, y) = self.es256.der_bytes()[1..].split_at(32);
        json!({"keys": [{
            "kty": "EC",
            "crv": "P-256",
            "kid": ES256,
            "alg": "ES256",
            "use": "sig",
            "x": URL_SAFE_NO_PAD.encode(x),
            "y": URL_SAFE_NO_PAD.encode(y),
        }]})
    }
}

fn sign_with(key: &KeyPair, claims: &Value) -> String {
    let mut header = jsonwebtoken::Header::new(Algorithm::ES256);
    header.kid = Some(ES256.to_owned());
    let key = EncodingKey::from_ec_der(&key.serialize_der());
    jsonwebtoken::encode(&header, claims, &key).expect("a P-256 key in PKCS#8 signs ES256")
}

impl Verified {
    /// `sid`: the session that it belongs to.
    pub fn session(&self) -> Option<&str> {
        self.claims.claims["sid"].as_str()
    }

    /// The digest of the certificate that it is bound to (RFC 8705 §3.1).
    pub fn thumbprint(&self) -> Option<&str> {
        self.claims.claims["cnf"]["x5t#S256"].as_str()
    }
}

#[cfg(test)]
mod tests;
