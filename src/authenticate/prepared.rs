//! A credential that can be had, before it is obtained: how to obtain it, to renew it, to end it.

use std::future::Future;
use std::sync::Arc;

use ::http::header::HeaderName;

use crate::authenticate::CallCredential;
use crate::authenticate::Obtained;
use crate::authenticate::cache::Want;
use crate::authenticate::call_credentials;
use crate::authenticate::call_credentials::bearer;
use crate::authenticate::fetching::Ended;
use crate::authenticate::fetching::Fetching;
use crate::authenticate::fetching::Unobtained;
use crate::authenticate::fetching::Why;
use crate::identity::CredentialSpec;
use crate::jwt::mistaken;

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
    /// There is no other one.
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
    /// It has to be fetched, and could not be obtained.
    pub async fn obtain(&self) -> Result<CallCredential, Unobtained> {
        self.obtain_as(Want::Usable).await
    }

    /// Obtains a new one whatever is kept.
    ///
    /// # Errors
    /// As [`Self::obtain`].
    pub async fn obtain_new(&self) -> Result<CallCredential, Unobtained> {
        self.obtain_as(Want::New).await
    }

    async fn obtain_as(&self, want: Want<'static>) -> Result<CallCredential, Unobtained> {
        let credential = match &self.recipe {
            Recipe::Ready(ready) | Recipe::File(ready, _) => (**ready).clone(),
            Recipe::Fetched(fetching) => {
                let fetching = Arc::clone(fetching);
                outlive(async move { fetching.obtain(want).await }).await?
            }
        };
        Ok(with_doubts(credential))
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
                let fetching = Arc::clone(fetching);
                let refused = refused.secret.clone();
                let renewing = async move { fetching.obtain(Want::InsteadOf(&refused)).await };
                match outlive(renewing).await {
                    Ok(renewed) => Some(renewed),
                    Err(unobtained) => return Renewal::Unobtained(unobtained),
                }
            }
        };
        match renewed {
            Some(renewed) if renewed.secret.expose() != refused.secret.expose() => {
                Renewal::Renewed(Box::new(with_doubts(renewed)))
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

/// Tells what the token says itself against its use.
fn with_doubts(mut credential: CallCredential) -> CallCredential {
    let is_given = credential.obtained == Obtained::Given;
    let doubts = mistaken::doubts(credential.secret.expose(), is_given);
    let source = &credential.source;
    let told = doubts
        .iter()
        .map(|doubt| format!("the token from {source}: {doubt}"));
    credential.notices.extend(told);
    credential
}

/// What `work` comes to. It goes on should nobody wait for it any more: a refresh token that is sent once may be void
/// after that, so that its answer must be kept, and whoever asks next waits for the same request.
async fn outlive<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    match tokio::spawn(work).await {
        Ok(done) => done,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // Only the end of the runtime cancels it, and nothing is awaited after that.
            Err(_) => std::future::pending().await,
        },
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::time::Duration;

    use futures_util::FutureExt as _;
    use futures_util::future::BoxFuture;
    use time::OffsetDateTime;

    use super::*;
    use crate::authenticate::cache::Cache;
    use crate::authenticate::cache::Entry;
    use crate::authenticate::fetching::FetchRecord;
    use crate::authenticate::fetching::Fetched;
    use crate::authenticate::fetching::Source;
    use crate::authenticate::http::tests::settings;
    use crate::secret::Secret;

    /// Takes ten seconds for each token after the first; notes the refresh token that each one is asked for with.
    #[derive(Debug, Default)]
    struct Rotating(Arc<Mutex<Vec<Option<String>>>>);

    impl Source for Rotating {
        fn fetch(&self, old: Option<Entry>) -> BoxFuture<'_, Fetched> {
            let spent = old.and_then(|old| Some(old.refresh_token?.expose().to_owned()));
            let is_first = spent.is_none();
            let mut asked = self.0.lock().unwrap();
            asked.push(spent);
            let nth = asked.len();
            async move {
                if !is_first {
                    tokio::time::sleep(Duration::from_secs(10)).await;
                }
                Fetched {
                    outcome: Ok(Entry {
                        access_token: Secret::new(format!("access-{nth}")),
                        refresh_token: Some(Secret::new(format!("refresh-{nth}"))),
                        token_type: None,
                        scope: None,
                        obtained_at: OffsetDateTime::UNIX_EPOCH,
                        expires_at: None,
                    }),
                    record: FetchRecord::default(),
                }
            }
            .boxed()
        }
    }

    fn rotating() -> (Prepared, Arc<Mutex<Vec<Option<String>>>>) {
        let cache = Cache::memory();
        let (source, cache_key) = (Rotating::default(), cache.key("test").finish());
        let asked = Arc::clone(&source.0);
        let fetching = Fetching {
            kind: "oauth",
            source: "here".to_owned(),
            key: HeaderName::from_static("authorization"),
            scheme: None,
            from: Box::new(source),
            cache: Arc::new(cache),
            cache_key,
            http: Arc::new(settings()),
        };
        (Prepared::fetched(fetching, Vec::new()), asked)
    }

    fn access(renewal: Renewal) -> String {
        match renewal {
            Renewal::Renewed(credential) => credential.secret.expose().to_owned(),
            other => panic!("{other:?}"),
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_renewal_that_is_given_up_goes_on_and_the_next_asker_joins_it() {
        for until_the_next in [Duration::ZERO, Duration::from_secs(20)] {
            let (prepared, asked) = rotating();
            let first = prepared.obtain().await.unwrap();
            let given_up =
                tokio::time::timeout(Duration::from_secs(1), prepared.renew(&first)).await;
            assert!(given_up.is_err());
            tokio::time::sleep(until_the_next).await;
            assert_eq!(access(prepared.renew(&first).await), "access-2");
            let spent = Some("refresh-1".to_owned());
            assert_eq!(*asked.lock().unwrap(), [None, spent]);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_a_renewal_brought_can_be_renewed_with_the_rotated_refresh_token() {
        let (prepared, asked) = rotating();
        let first = prepared.obtain().await.unwrap();
        let Renewal::Renewed(second) = prepared.renew(&first).await else {
            panic!("there is another token");
        };
        assert_eq!(access(prepared.renew(&second).await), "access-3");
        let spent = ["refresh-1", "refresh-2"].map(|token| Some(token.to_owned()));
        assert_eq!(asked.lock().unwrap()[1..], spent);
    }
}
