//! What the plan gives to every kind of credential beside its own parameters.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::authenticate::cache::Cache;
use crate::authenticate::cache::Notice;
use crate::authenticate::cache::Refused;
use crate::authenticate::http::HttpSettings;
use crate::authenticate::login_call::RpcSettings;
use crate::identity::caller::CacheMode;

/// Where credentials are obtained.
#[derive(Debug)]
pub(crate) struct Setting {
    pub http: Arc<HttpSettings>,
    /// How a login RPC is made; `None`: there is no server to make it to.
    pub rpc: Option<Arc<RpcSettings>>,
    pub cache: CachePolicy,
    /// A text that was never used before: the id of an assertion.
    pub fresh_id: fn() -> String,
    /// The target as it was written, for programs that give credentials; empty: there is none.
    pub target: String,
    /// `--max-time`.
    pub max_time: Option<Duration>,
}

/// Where tokens are kept.
#[derive(Clone, Debug)]
pub(crate) struct CachePolicy {
    pub mode: CacheMode,
    /// `None`: there is no such place on this machine; why.
    pub directory: Result<PathBuf, Notice>,
}

impl CachePolicy {
    /// The cache for a credential. `lasting`: losing it costs a login, or spends a refresh token.
    ///
    /// # Errors
    /// The directory is open to others.
    pub(crate) fn cache(&self, lasting: bool) -> Result<(Arc<Cache>, Option<Notice>), Refused> {
        let on_disk = match self.mode {
            CacheMode::None => return Ok((Arc::new(Cache::off()), None)),
            CacheMode::Auto => lasting,
            CacheMode::Memory => false,
            CacheMode::Disk => true,
        };
        match &self.directory {
            _ if !on_disk => Ok((Arc::new(Cache::memory()), None)),
            Err(notice) => Ok((Arc::new(Cache::memory()), Some(notice.clone()))),
            Ok(directory) => {
                let (cache, notice) = Cache::disk(directory)?;
                Ok((Arc::new(cache), notice))
            }
        }
    }
}
