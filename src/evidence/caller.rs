//! What is known of a caller's credentials: how they were obtained, and what became of a refused one.

use std::time::Duration;

use crate::authenticate::CallCredential;
use crate::authenticate::fetching::FetchRecord;
use crate::authenticate::fetching::Unobtained;
use crate::authenticate::http::Exchange;

/// One caller's facts.
#[derive(Clone, Debug, Default)]
pub struct CallerEvidence {
    /// The call credentials that were sent, or would have been.
    pub credentials: Vec<CallCredential>,
    /// The credentials that could not be obtained: without them nothing was called.
    pub unobtained: Vec<Unobtained>,
    /// What became of asking for another credential in place of one that was refused.
    pub renewed: Option<Renewed>,
    /// The time that obtaining took; `None`: there was nothing to obtain.
    pub took: Option<Duration>,
}

/// The outcome of asking for another credential.
#[derive(Clone, Debug)]
pub enum Renewed {
    /// There was another one, and the call was repeated.
    Another,
    /// The same was returned again.
    Same,
    Unobtained(Unobtained),
}

impl CallerEvidence {
    /// The credentials that were not obtained: the first ones, and one that was to come in place of another.
    pub fn all_unobtained(&self) -> impl Iterator<Item = &Unobtained> {
        let renewed = match &self.renewed {
            Some(Renewed::Unobtained(unobtained)) => Some(unobtained),
            _ => None,
        };
        self.unobtained.iter().chain(renewed)
    }

    /// What was seen of every fetch of a credential, whatever the outcome.
    pub fn fetches(&self) -> impl Iterator<Item = &FetchRecord> {
        let obtained = self.credentials.iter();
        obtained
            .filter_map(|credential| credential.fetch.as_deref())
            .chain(self.all_unobtained().filter_map(Unobtained::record))
    }

    /// Each HTTP exchange on the way to a credential.
    pub fn exchanges(&self) -> impl Iterator<Item = &Exchange> {
        self.fetches().flat_map(|record| &record.exchanges)
    }
}
