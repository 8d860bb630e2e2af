use super::*;
use std::cell::Cell;
use std::fs;
use time::Duration as Span;

mod processes;

/// The moment of every test: none looks at a clock.
fn now() -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(1_800_000_000).unwrap()
}

fn token(text: &str, lives: i64) -> Entry {
    Entry {
        access_token: Secret::new(text),
        refresh_token: Some(Secret::new(format!("refresh-{text}"))),
        token_type: None,
        scope: None,
        obtained_at: now(),
        expires_at: Some(now() + Span::seconds(lives)),
    }
}

fn key(cache: &Cache) -> CacheKey {
    cache.key("test").text("user", "alice").finish()
}

/// Obtains, with a fetch that gives `text` and is to be asked for or not.
async fn obtain(cache: &Cache, want: Want<'_>, text: &str) -> (String, How) {
    let served = cache
        .obtain(&key(cache), now, want, async |_| {
            Ok::<_, ()>(token(text, 3600))
        })
        .await
        .unwrap();
    assert_eq!(served.notices, []);
    (served.entry.access_token.expose().to_owned(), served.how)
}

fn is(served: (String, How), text: &str, how: How) {
    assert_eq!((served.0.as_str(), served.1), (text, how));
}

struct Directory(tempfile::TempDir);

impl Directory {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> std::path::PathBuf {
        self.0.path().join("tokens")
    }

    fn cache(&self) -> Cache {
        let (cache, notice) = Cache::disk(&self.path()).unwrap();
        assert_eq!(notice, None);
        cache
    }
}

#[tokio::test]
async fn a_kept_token_is_used_until_another_is_wanted() {
    let directory = Directory::new();
    for cache in [Cache::memory(), directory.cache()] {
        is(obtain(&cache, Want::Usable, "1").await, "1", How::Fetched);
        is(obtain(&cache, Want::Usable, "2").await, "1", How::Cached);
        let refused = Secret::new("1");
        let instead = Want::InsteadOf(&refused);
        is(obtain(&cache, instead, "2").await, "2", How::Refreshed);
        // The one that was refused is not there any more.
        is(obtain(&cache, instead, "3").await, "2", How::Cached);
        is(obtain(&cache, Want::New, "3").await, "3", How::Refreshed);
    }
    let off = Cache::off();
    is(obtain(&off, Want::Usable, "1").await, "1", How::Fetched);
    is(obtain(&off, Want::Usable, "2").await, "2", How::Fetched);
}

#[tokio::test(start_paused = true)]
async fn where_nothing_is_kept_the_request_under_way_is_joined_all_the_same() {
    let off = Cache::off();
    let key = key(&off);
    let slow = |name: &'static str| {
        off.obtain(&key, now, Want::Usable, async move |_: Option<Entry>| {
            tokio::time::sleep(Duration::from_secs(1)).await;
            Ok::<_, ()>(token(name, 60))
        })
    };
    let told = |served: Result<Served, NotServed<()>>| {
        let served = served.unwrap();
        (served.entry.access_token.expose().to_owned(), served.how)
    };
    let (first, second) = tokio::join!(slow("1"), slow("2"));
    is(told(first), "1", How::Fetched);
    is(told(second), "1", How::Cached);
    is(told(slow("3").await), "3", How::Fetched);
}

#[tokio::test]
async fn the_old_token_is_handed_over_and_an_expired_one_is_replaced() {
    let directory = Directory::new();
    for cache in [Cache::memory(), directory.cache()] {
        let key = key(&cache);
        for (number, how) in [(1, How::Fetched), (2, How::Refreshed)] {
            let served = cache
                .obtain(&key, now, Want::Usable, async |old: Option<Entry>| {
                    let refresh = old.and_then(|old| old.refresh_token);
                    let expected = (number == 2).then_some("refresh-t1");
                    assert_eq!(refresh.as_ref().map(Secret::expose), expected);
                    Ok::<_, ()>(token(&format!("t{number}"), 0))
                })
                .await
                .unwrap();
            assert_eq!(served.how, how);
        }
    }
}

#[tokio::test]
async fn what_another_process_has_refreshed_is_used() {
    let directory = Directory::new();
    let (one, other) = (directory.cache(), directory.cache());
    is(obtain(&one, Want::Usable, "1").await, "1", How::Fetched);
    is(obtain(&other, Want::Usable, "x").await, "1", How::Cached);
    let refused = Secret::new("1");
    let instead = Want::InsteadOf(&refused);
    is(obtain(&one, instead, "2").await, "2", How::Refreshed);
    is(obtain(&other, instead, "x").await, "2", How::Cached);
}

/// Both see the old token and want the lock; the second looks again under it, at a later time than
/// that at which it began.
#[tokio::test(start_paused = true)]
async fn whoever_waited_for_the_lock_looks_again() {
    let directory = Directory::new();
    let (one, other) = (directory.cache(), directory.cache());
    let started = tokio::time::Instant::now();
    let clock = || now() + started.elapsed();
    let fetches = Cell::new(0);
    let slow = async |_: Option<Entry>| {
        tokio::time::sleep(Duration::from_secs(20)).await;
        fetches.set(fetches.get() + 1);
        Ok::<_, ()>(Entry {
            obtained_at: clock(),
            expires_at: None,
            ..token("new", 0)
        })
    };
    let key = key(&one);
    let (first, second) = tokio::join!(
        one.obtain(&key, clock, Want::Usable, slow),
        other.obtain(&key, clock, Want::Usable, slow),
    );
    let hows = [first.unwrap().how, second.unwrap().how];
    assert_eq!((hows, fetches.get()), ([How::Fetched, How::Cached], 1));
}

#[tokio::test(start_paused = true)]
async fn a_lock_that_is_never_given_back_ends_the_wait() {
    let directory = Directory::new();
    let (one, other) = (directory.cache(), directory.cache());
    let hangs = async |_: Option<Entry>| std::future::pending::<Result<Entry, ()>>().await;
    let key = key(&one);
    let never = one.obtain(&key, now, Want::Usable, hangs);
    let waits = async {
        tokio::task::yield_now().await;
        other
            .obtain(&key, now, Want::Usable, async |_| {
                Ok::<_, ()>(token("x", 9))
            })
            .await
    };
    tokio::select! {
        biased;
        _ = never => panic!("it never ends"),
        result = waits => {
            let error = result.unwrap_err();
            assert!(matches!(error, NotServed::Busy { waited, .. } if waited == LOCK_WAIT));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn calls_at_once_share_one_fetch() {
    let directory = Directory::new();
    for cache in [Cache::memory(), directory.cache()] {
        let (cache, key) = (&cache, key(&cache));
        let fetches = Cell::new(0);
        let call = async |want| {
            cache
                .obtain(&key, now, want, async |_| {
                    tokio::time::sleep(Duration::from_secs(5)).await;
                    fetches.set(fetches.get() + 1);
                    // Of no life: it still answers all who waited for it.
                    Ok::<_, ()>(token(&format!("t{}", fetches.get()), 0))
                })
                .await
                .unwrap()
        };
        let old = Secret::new("t0");
        let want = Want::InsteadOf(&old);
        let (a, b, c) = tokio::join!(call(want), call(want), call(Want::Usable));
        assert_eq!(fetches.get(), 1);
        assert_eq!(
            [a.how, b.how, c.how],
            [How::Fetched, How::Cached, How::Cached]
        );
        assert_eq!(c.entry.access_token.expose(), "t1");
        call(want).await;
        assert_eq!(fetches.get(), 2, "who comes later did not wait for it");
    }
}

#[tokio::test(start_paused = true)]
async fn a_failure_is_shared_for_a_second() {
    let directory = Directory::new();
    for cache in [Cache::memory(), directory.cache()] {
        let (cache, key) = (&cache, key(&cache));
        let tries = Cell::new(0);
        let call = async || {
            cache
                .obtain(&key, now, Want::Usable, async |_| {
                    tokio::time::sleep(Duration::from_secs(5)).await;
                    tries.set(tries.get() + 1);
                    Err::<Entry, _>(format!("no {}", tries.get()))
                })
                .await
                .unwrap_err()
        };
        let (a, b) = tokio::join!(call(), call());
        let first = NotServed::Fetch("no 1".to_owned());
        assert_eq!((&a, &b), (&first, &first));
        tokio::time::sleep(Duration::from_millis(999)).await;
        assert_eq!(call().await, first);
        tokio::time::sleep(Duration::from_millis(1)).await;
        assert_eq!(call().await, NotServed::Fetch("no 2".to_owned()));
    }
}

#[tokio::test(start_paused = true)]
async fn a_failure_does_not_hide_a_token_that_serves() {
    let cache = Cache::memory();
    is(obtain(&cache, Want::Usable, "1").await, "1", How::Fetched);
    let failed = cache
        .obtain(&key(&cache), now, Want::New, async |_| {
            Err::<Entry, _>("no")
        })
        .await;
    assert_eq!(failed.unwrap_err(), NotServed::Fetch("no"));
    is(obtain(&cache, Want::Usable, "2").await, "1", How::Cached);
}

#[tokio::test]
async fn a_token_that_cannot_be_kept_is_still_served() {
    let directory = Directory::new();
    let cache = directory.cache();
    let key = key(&cache);
    fs::create_dir(directory.path().join(format!("{key}.token"))).unwrap();
    let served = cache
        .obtain(&key, now, Want::Usable, async |_| {
            Ok::<_, ()>(token("1", 0))
        })
        .await
        .unwrap();
    assert_eq!(served.entry.access_token.expose(), "1");
    assert!(matches!(
        served.notices.last(),
        Some(Notice::NotStored {
            with_refresh_token: true,
            ..
        })
    ));
    // Its refresh token is in hand, if not on disk.
    let old = Cell::new(None);
    cache
        .obtain(&key, now, Want::Usable, async |entry| {
            old.set(entry);
            Ok::<_, ()>(token("2", 0))
        })
        .await
        .unwrap();
    let old = old.take().and_then(|old| old.refresh_token).unwrap();
    assert_eq!(old.expose(), "refresh-1");
}

#[tokio::test]
async fn where_nothing_can_be_locked_tokens_stay_in_memory() {
    let directory = Directory::new();
    let cache = directory.cache();
    let key = key(&cache);
    fs::create_dir(directory.path().join(format!("{key}.lock"))).unwrap();
    let served = cache
        .obtain(&key, now, Want::Usable, async |_| {
            Ok::<_, ()>(token("1", 60))
        })
        .await
        .unwrap();
    assert!(matches!(served.notices[..], [Notice::NotLocked { .. }]));
    assert!(!directory.path().join(format!("{key}.token")).exists());
    is(obtain(&cache, Want::Usable, "2").await, "1", How::Cached);
}

#[tokio::test]
async fn a_directory_that_cannot_be_made_costs_the_cache_alone() {
    let (cache, notice) = Cache::disk(Path::new("/dev/null/tokens")).unwrap();
    assert!(matches!(notice, Some(Notice::Unavailable { .. })));
    is(obtain(&cache, Want::Usable, "1").await, "1", How::Fetched);
    is(obtain(&cache, Want::Usable, "2").await, "1", How::Cached);
}

#[tokio::test]
async fn a_forgotten_token_is_forgotten_everywhere() {
    let directory = Directory::new();
    for (cache, entries) in [(Cache::memory(), 0), (directory.cache(), 1)] {
        is(obtain(&cache, Want::Usable, "1").await, "1", How::Fetched);
        let cleared = cache.forget(&key(&cache)).await.unwrap();
        assert_eq!((cleared.entries, cleared.in_use), (entries, 0));
        is(obtain(&cache, Want::Usable, "2").await, "2", How::Fetched);
    }
}

/// A call may run on any thread.
#[test]
fn obtaining_can_be_sent() {
    fn sendable(_: impl Send) {}
    let cache = Cache::memory();
    let key = key(&cache);
    sendable(
        cache.obtain(&key, now, Want::Usable, async |_: Option<Entry>| {
            tokio::task::yield_now().await;
            Ok::<_, ()>(token("1", 0))
        }),
    );
}
