//! Where a call's descriptors come from: files, the cache, the server; and where they are kept.

use std::future::Future;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::Either;
use futures_util::future::select;
use tokio::time::Instant;

use crate::describe::Described;
use crate::describe::NotDescribed;
use crate::describe::Source;
use crate::describe::given::Given;
use crate::describe::given::set_of;
use crate::describe::method::MethodName;
use crate::describe::protoset;
use crate::describe::reflection;
use crate::evidence::CacheCheck;
use crate::invoke::Channel;
use crate::metadata::Metadata;
use crate::plan::CallPlan;
use crate::plan::call::FIRST_ANSWER;
use crate::plan::descriptors::Descriptors;
use crate::report::Reporter;
use crate::text::escape;
use crate::whole_file::WholeFile;

/// How much longer than the call its check may take.
const GRACE: Duration = Duration::from_secs(2);

/// The method as files or the cache have it; `None` if the server must be asked.
pub fn without_asking(
    descriptors: &Descriptors,
    method: &MethodName,
) -> Option<Result<Described, NotDescribed>> {
    if !descriptors.reflection {
        let described = descriptors
            .given()
            .and_then(|given| protoset::from_files(&given, method));
        return Some(described);
    }
    let cached = descriptors.cache.as_ref()?.load()?;
    // What the cache lacks the server may have by now.
    protoset::from_files(&cached, method).ok().map(Ok)
}

/// The method as the server has it, beside what files say; kept for the next call if that is wanted.
pub(crate) async fn ask(
    plan: &CallPlan,
    channel: &Channel,
    metadata: &Metadata,
    by: Instant,
    reporter: &Reporter,
) -> Result<Described, NotDescribed> {
    let given = plan.descriptors.given()?;
    let described =
        reflection::beside_files(channel, metadata, &given, &plan.method, Some(by)).await?;
    if let Some(cache) = &plan.descriptors.cache
        && let Err(error) = cache.store(&described.files)
    {
        reporter.notice(&format!("the descriptors could not be cached: {error}"));
    }
    Ok(described)
}

/// Holds cached descriptors against the server's. `None` if they are not from the cache.
pub(crate) async fn check(
    plan: &CallPlan,
    channel: &Channel,
    metadata: Metadata,
    used: &Described,
    deadline: Option<Instant>,
) -> Option<CacheCheck> {
    if !matches!(used.source, Source::Cache(_)) {
        return None;
    }
    let cache = plan.descriptors.cache.as_ref()?;
    let by = deadline.unwrap_or_else(|| Instant::now() + FIRST_ANSWER);
    let fresh = reflection::beside_files(
        channel,
        &metadata,
        &Given::default(),
        &plan.method,
        Some(by),
    )
    .await;
    Some(match fresh {
        Ok(fresh) if fresh.files == used.files => CacheCheck::Current,
        Ok(fresh) => CacheCheck::Stale {
            replaced: cache.store(&fresh.files).is_ok(),
        },
        Err(failure) => unchecked(&failure),
    })
}

/// The server no longer has the method, or does not say.
fn unchecked(failure: &NotDescribed) -> CacheCheck {
    let why = match failure {
        NotDescribed::Broken { what } => format!("its reflection is broken: {what}"),
        NotDescribed::Absent { .. } => "it has no reflection".to_owned(),
        NotDescribed::Refused { .. } => "its reflection was refused".to_owned(),
        NotDescribed::UnknownService { .. }
        | NotDescribed::UnknownMethod { .. }
        | NotDescribed::UnknownSymbol { .. }
        | NotDescribed::Ambiguous { .. } => return CacheCheck::Stale { replaced: false },
        NotDescribed::BadFile { what, .. } | NotDescribed::Unsupported { what, .. } => what.clone(),
    };
    CacheCheck::Unchecked { why }
}

/// Runs the call, and its check beside it; once the call is over the check has little time left.
pub(crate) async fn beside<T>(
    call: impl Future<Output = T>,
    check: impl Future<Output = Option<CacheCheck>>,
) -> (T, Option<CacheCheck>) {
    let (call, check) = (std::pin::pin!(call), std::pin::pin!(check));
    match select(call, check).await {
        Either::Right((checked, call)) => (call.await, checked),
        Either::Left((answer, check)) => {
            let late = || CacheCheck::Unchecked {
                why: "its reflection takes too long".to_owned(),
            };
            let checked = tokio::time::timeout(GRACE, check).await;
            (answer, checked.unwrap_or_else(|_| Some(late())))
        }
    }
}

/// `--protoset-out`: the descriptors as they came.
pub(crate) fn write_out(descriptors: &Descriptors, files: &[Bytes], reporter: &Reporter) {
    let Some(path) = &descriptors.out else {
        return;
    };
    if let Err(error) = WholeFile::Shared.replace(path, &set_of(files)) {
        let name = path.display().to_string();
        reporter.fail(&format!(
            "--protoset-out: {} could not be written: {error}",
            escape(&name)
        ));
    }
}
