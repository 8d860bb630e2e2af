use super::*;
use crate::authenticate::cache::key::KeyBuilder;
use crate::secret::Secret;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::fs::symlink;
use time::OffsetDateTime;

const SOON: Duration = Duration::from_secs(1);

fn entry(token: &str, obtained_at: i64) -> Entry {
    Entry {
        access_token: Secret::new(token),
        refresh_token: Some(Secret::new(format!("refresh-{token}"))),
        token_type: None,
        scope: None,
        obtained_at: OffsetDateTime::from_unix_timestamp(obtained_at).unwrap(),
        expires_at: None,
    }
}

fn key(disk: &Disk, user: &str) -> CacheKey {
    KeyBuilder::new(disk.hash_key(), "test")
        .text("user", user)
        .finish()
}

fn token(found: &Found) -> Option<&str> {
    found
        .entry
        .as_ref()
        .map(|entry| entry.access_token.expose())
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o7777
}

fn names(directory: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn what_is_kept_is_the_users_alone_and_nobody_elses() {
    let home = tempfile::tempdir().unwrap();
    let directory = home.path().join("grpcauth/tokens");
    let disk = Disk::open(&directory).unwrap();
    let (alice, bob) = (key(&disk, "alice"), key(&disk, "bob"));
    assert!(token(&disk.read(&alice)).is_none());
    let locked = disk.lock(&alice, SOON).await.unwrap();
    locked.write(&entry("a", 0)).unwrap();
    assert_eq!(token(&locked.read()), Some("a"));
    drop(locked);
    assert_eq!(token(&disk.read(&alice)), Some("a"));
    assert_eq!(token(&disk.read(&bob)), None);
    assert_eq!(mode(&directory), 0o700);
    for name in names(&directory) {
        assert_eq!(mode(&directory.join(&name)), 0o600, "{name}");
    }
    // Under another's name it is no token either.
    fs::copy(token_path(&directory, alice), token_path(&directory, bob)).unwrap();
    assert_eq!(token(&disk.read(&bob)), None);
    // The next run finds the same names.
    let again = Disk::open(&directory).unwrap();
    assert_eq!(token(&again.read(&key(&again, "alice"))), Some("a"));
}

#[test]
fn a_directory_that_others_reach_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let at = |name: &str| home.path().join(name);
    let refused = |path: &Path| match Disk::open(path) {
        Err(NotOpened::Refused(refused)) => refused,
        other => panic!("{other:?}"),
    };
    fs::create_dir(at("good")).unwrap();
    set_mode(&at("good"), 0o700);
    symlink(at("good"), at("link")).unwrap();
    assert_eq!(refused(&at("link")), Refused::Symlink(at("link")));
    symlink(at("nowhere"), at("dangling")).unwrap();
    assert_eq!(refused(&at("dangling")), Refused::Symlink(at("dangling")));
    fs::write(at("file"), "").unwrap();
    assert_eq!(refused(&at("file")), Refused::NotADirectory(at("file")));
    for wide in [0o755, 0o710, 0o701, 0o777] {
        set_mode(&at("good"), wide);
        let path = at("good");
        assert_eq!(refused(&path), Refused::Wide { path, mode: wide });
        assert!(names(&at("good")).is_empty(), "nothing is put there");
    }
    set_mode(&at("good"), 0o700);
    Disk::open(&at("good")).unwrap();
}

#[test]
fn a_directory_of_another_user_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("given-away");
    fs::create_dir(&path).unwrap();
    set_mode(&path, 0o700);
    // Root may give one away; everyone else finds that `/` is root's.
    let path = match std::os::unix::fs::chown(&path, Some(12345), None) {
        Ok(()) => path,
        Err(_) => PathBuf::from("/"),
    };
    let refusal = Disk::open(&path).unwrap_err();
    let NotOpened::Refused(Refused::Foreign { path: named, .. }) = refusal else {
        panic!("{refusal:?}")
    };
    assert_eq!(named, path);
}

#[test]
fn where_nothing_can_be_made_there_is_no_cache_and_no_crash() {
    for path in ["/dev/null/grpcauth", "/proc/grpcauth/tokens"] {
        let NotOpened::Unavailable(notice) = Disk::open(Path::new(path)).unwrap_err() else {
            panic!("{path} was refused")
        };
        assert!(notice.to_string().contains(path), "{notice}");
    }
}

#[tokio::test]
async fn an_unfit_file_is_passed_over_and_replaced() {
    let home = tempfile::tempdir().unwrap();
    let directory = home.path().join("tokens");
    let disk = Disk::open(&directory).unwrap();
    let key = key(&disk, "alice");
    let path = token_path(&directory, key);
    let other = home.path().join("other");
    let locked = disk.lock(&key, SOON).await.unwrap();
    let spoils: [(&str, &dyn Fn()); 8] = [
        ("truncated", &|| {
            let bytes = fs::read(&path).unwrap();
            fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        }),
        ("empty", &|| fs::write(&path, "").unwrap()),
        ("garbage", &|| fs::write(&path, [0xff, b'\n', 0]).unwrap()),
        ("version", &|| {
            let text = fs::read_to_string(&path).unwrap();
            fs::write(&path, text.replacen("token/1", "token/2", 1)).unwrap();
        }),
        ("wide", &|| set_mode(&path, 0o640)),
        ("link", &|| {
            fs::rename(&path, &other).unwrap();
            symlink(&other, &path).unwrap();
        }),
        ("dangling", &|| {
            fs::remove_file(&path).unwrap();
            symlink("/nonexistent", &path).unwrap();
        }),
        ("socket", &|| {
            fs::remove_file(&path).unwrap();
            std::os::unix::net::UnixListener::bind(&path).unwrap();
        }),
    ];
    for (what, spoil) in spoils {
        locked.write(&entry("good", 0)).unwrap();
        assert_eq!(token(&disk.read(&key)), Some("good"));
        spoil();
        let found = disk.read(&key);
        assert!(found.entry.is_none(), "{what}");
        assert!(found.passed_over.is_some(), "{what}");
        assert!(locked.read().entry.is_none(), "{what}");
    }
    locked.write(&entry("new", 0)).unwrap();
    assert_eq!(token(&disk.read(&key)), Some("new"));
}

#[tokio::test]
async fn a_directory_in_the_files_place_is_named() {
    let home = tempfile::tempdir().unwrap();
    let directory = home.path().join("tokens");
    let disk = Disk::open(&directory).unwrap();
    let key = key(&disk, "alice");
    let path = token_path(&directory, key);
    fs::create_dir(&path).unwrap();
    let locked = disk.lock(&key, SOON).await.unwrap();
    assert!(locked.read().passed_over.is_some());
    let notice = locked.write(&entry("a", 0)).unwrap_err().to_string();
    assert!(notice.contains(&path.display().to_string()), "{notice}");
    assert!(notice.contains("directory in its place"), "{notice}");
    assert!(
        !temporary_path(&directory, key).exists(),
        "no token is left lying"
    );
}

/// Killed between the write and the rename.
#[tokio::test]
async fn what_was_written_whole_but_not_put_in_place_is_not_lost() {
    let home = tempfile::tempdir().unwrap();
    let directory = home.path().join("tokens");
    let disk = Disk::open(&directory).unwrap();
    let key = key(&disk, "alice");
    let temporary = temporary_path(&directory, key);
    let leave = |bytes: &[u8]| {
        fs::write(&temporary, bytes).unwrap();
        set_mode(&temporary, 0o600);
    };
    let locked = disk.lock(&key, SOON).await.unwrap();
    locked.write(&entry("old", 10)).unwrap();
    let whole = entry("rotated", 20).encode(&key);
    // Half of one is nothing, and an older one is not wanted.
    for (left, expected) in [
        (&whole[..whole.len() - 1], "old"),
        (&entry("older", 5).encode(&key), "old"),
        (&whole, "rotated"),
    ] {
        leave(left);
        assert_eq!(
            token(&disk.read(&key)),
            Some("old"),
            "a reader sees the old one"
        );
        assert_eq!(token(&locked.read()), Some(expected));
    }
    assert_eq!(token(&disk.read(&key)), Some("rotated"));
    leave(b"half");
    locked.write(&entry("newest", 30)).unwrap();
    assert!(!temporary.exists());
}
