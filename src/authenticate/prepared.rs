//! A credential that can be had, before it is obtained: how to obtain it, to renew it, to end it.

use std::sync::Arc;

use ::http::header::HeaderName;

use crate::authenticate::CallCredential;
use crate::authenticate::cache::Want;
use crate::authenticate::call_credentials;
use crate::authenticate::call_credentials::bearer;
use crate::authenticate::fetching::Ended;
use crate::authenticate::fetching::Fetching;
use crate::authenticate::fetching::Unobtained;
use crate::authenticate::fetching::Why;
use crate::identity::CredentialSpec;

/// A credential that can be had: everything about its specification has been checked.
#[derive(Clone, Debug)]
pub struct Prepared {
    recipe: Recipe,
    notices: Vec<String>,
}

#[derive(Clone, Debug)]
enum Recipe {
    Ready(Box<CallCredential>),
    /// From a file whose content may change from one call to the next.
    File(Box<CallCredential>, Box<CredentialSpec>),
    Fetched(Arc<Fetching>),
}

/// What came of asking for another credential in place of one that was refused.
#[derive(Debug)]
pub enum Renewal {
    /// Another one.
    Renewed(Box<CallCredential>),
    /// The same once more: a second call would be refused as the first was.
    Same,
    /// None; why.
    Unobtained(Unobtained),
    /// There is no other one to be had.
    Static,
}

impl Prepared {
    pub(super) fn ready(credential: CallCredential) -> Self {
        Self {
            recipe: Recipe::Ready(Box::new(credential)),
            notices: Vec::new(),
        }
    }

    pub(super) fn from_file(credential: CallCredential, spec: &CredentialSpec) -> Self {
        Self {
            recipe: Recipe::File(Box::new(credential), Box::new(spec.clone())),
            notices: Vec::new(),
        }
    }

    pub(super) fn fetched(fetching: Fetching, notices: Vec<String>) -> Self {
        Self {
            recipe: Recipe::Fetched(Arc::new(fetching)),
            notices,
        }
    }

    /// The metadata key that it will be sent under.
    pub fn key(&self) -> &HeaderName {
        match &self.recipe {
            Recipe::Ready(ready) | Recipe::File(ready, _) => &ready.key,
            Recipe::Fetched(fetching) => &fetching.key,
        }
    }

    pub fn kind(&self) -> &'static str {
        match &self.recipe {
            Recipe::Ready(ready) | Recipe::File(ready, _) => ready.kind,
            Recipe::Fetched(fetching) => fetching.kind,
        }
    }

    /// Where it comes from, in words fit for a report.
    pub fn source(&self) -> &str {
        match &self.recipe {
            Recipe::Ready(ready) | Recipe::File(ready, _) => &ready.source,
            Recipe::Fetched(fetching) => &fetching.source,
        }
    }

    /// See [`CallCredential::replaces`].
    pub fn replaces(&self) -> bool {
        match &self.recipe {
            Recipe::Ready(ready) | Recipe::File(ready, _) => ready.replaces(),
            Recipe::Fetched(_) => true,
        }
    }

    /// What the user should know before anything is fetched.
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// Obtains it. Runs beside the dial.
    ///
    /// # Errors
    /// It has to be fetched, and was not to be had.
    pub async fn obtain(&self) -> Result<CallCredential, Unobtained> {
        match &self.recipe {
            Recipe::Ready(ready) | Recipe::File(ready, _) => Ok((**ready).clone()),
            Recipe::Fetched(fetching) => fetching.obtain(Want::Usable).await,
        }
    }

    /// Obtains a new one whatever is kept.
    ///
    /// # Errors
    /// As [`Self::obtain`].
    pub async fn obtain_new(&self) -> Result<CallCredential, Unobtained> {
        match &self.recipe {
            Recipe::Fetched(fetching) => fetching.obtain(Want::New).await,
            Recipe::Ready(_) | Recipe::File(..) => self.obtain().await,
        }
    }

    /// Whether another may be had in place of one that was refused.
    pub fn is_renewable(&self) -> bool {
        match &self.recipe {
            Recipe::Ready(_) => false,
            Recipe::File(..) => true,
            Recipe::Fetched(fetching) => fetching.from.is_renewable(),
        }
    }

    /// Asks for another credential than `refused`.
    pub async fn renew(&self, refused: &CallCredential) -> Renewal {
        let renewed = match &self.recipe {
            _ if !self.is_renewable() => return Renewal::Static,
            Recipe::Ready(_) => return Renewal::Static,
            Recipe::File(_, spec) => bearer::read_again(spec),
            Recipe::Fetched(fetching) => {
                let want = Want::InsteadOf(&refused.secret);
                match fetching.obtain(want).await {
                    Ok(renewed) => Some(renewed),
                    Err(unobtained) => return Renewal::Unobtained(unobtained),
                }
            }
        };
        match renewed {
            Some(renewed) if renewed.secret.expose() != refused.secret.expose() => {
                Renewal::Renewed(Box::new(renewed))
            }
            _ => Renewal::Same,
        }
    }

    /// That it was not there in time.
    pub fn late(&self) -> Unobtained {
        Unobtained {
            kind: self.kind(),
            source: self.source().to_owned(),
            why: Why::Late,
        }
    }

    /// Whether it is a token, and not a password or a key.
    pub fn is_token(&self) -> bool {
        call_credentials::of(self.kind()).is_token
    }

    /// Makes the token that is kept void where it came from.
    ///
    /// # Errors
    /// Its source was asked to, and did not.
    pub async fn log_out(&self) -> Result<Ended, Unobtained> {
        match &self.recipe {
            Recipe::Ready(_) | Recipe::File(..) => Ok(Ended::NoWay),
            Recipe::Fetched(fetching) => fetching.log_out().await,
        }
    }

    /// Forgets what is kept of it; whether there was anything.
    ///
    /// # Errors
    /// A file cannot be removed.
    pub async fn forget(&self) -> std::io::Result<bool> {
        match &self.recipe {
            Recipe::Ready(_) | Recipe::File(..) => Ok(false),
            Recipe::Fetched(fetching) => fetching.forget().await,
        }
    }
}
