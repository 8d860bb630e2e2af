use super::*;
use crate::authenticate::cache::disk::Disk;
use crate::authenticate::cache::entry::Entry;
use crate::authenticate::cache::key::KeyBuilder;
use crate::secret::Secret;
use std::time::Duration;
use time::OffsetDateTime;

async fn keep(disk: &Disk, user: &str) -> CacheKey {
    let key = KeyBuilder::new(disk.hash_key(), "test")
        .text("user", user)
        .finish();
    let locked = disk.lock(&key, Duration::from_secs(1)).await.unwrap();
    locked
        .write(&Entry {
            access_token: Secret::new(user),
            refresh_token: None,
            token_type: None,
            scope: None,
            obtained_at: OffsetDateTime::UNIX_EPOCH,
            expires_at: None,
        })
        .unwrap();
    key
}

#[tokio::test]
async fn nothing_of_ours_stays_and_nothing_else_goes() {
    let home = tempfile::tempdir().unwrap();
    let directory = home.path().join("tokens");
    assert_eq!(all(&directory), Ok(Cleared::default()));
    assert!(!directory.exists(), "clearing makes nothing");
    let disk = Disk::open(&directory).unwrap();
    let alice = keep(&disk, "alice").await;
    keep(&disk, "bob").await;
    fs::write(disk::temporary_path(&directory, alice), "left").unwrap();
    for foreign in ["notes.token", "README"] {
        fs::write(directory.join(foreign), "").unwrap();
    }
    let two = Cleared {
        entries: 2,
        in_use: 0,
    };
    assert_eq!(all(&directory), Ok(two));
    let mut left: Vec<_> = fs::read_dir(&directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    left.sort();
    assert_eq!(left, ["README", "notes.token"]);
    assert_eq!(all(&directory), Ok(Cleared::default()));
}

#[tokio::test]
async fn a_key_in_use_keeps_its_lock_and_the_salt() {
    let home = tempfile::tempdir().unwrap();
    let directory = home.path().join("tokens");
    let disk = Disk::open(&directory).unwrap();
    let alice = keep(&disk, "alice").await;
    let bob = keep(&disk, "bob").await;
    let held = disk.lock(&alice, Duration::ZERO).await.unwrap();
    let cleared = Cleared {
        entries: 2,
        in_use: 1,
    };
    assert_eq!(all(&directory), Ok(cleared));
    assert!(disk::lock_path(&directory, alice).exists());
    assert!(!disk::lock_path(&directory, bob).exists());
    assert!(directory.join(salt::FILE).exists());
    assert!(held.read().entry.is_none());
    drop(held);
    keep(&disk, "bob").await;
    let one_token = Cleared {
        entries: 1,
        in_use: 0,
    };
    assert_eq!(one(&directory, &alice).unwrap(), Cleared::default());
    assert_eq!(one(&directory, &bob).unwrap(), one_token);
}

#[test]
fn a_directory_that_is_not_trusted_is_not_touched() {
    let home = tempfile::tempdir().unwrap();
    let link = home.path().join("link");
    std::os::unix::fs::symlink(home.path(), &link).unwrap();
    assert!(matches!(all(&link), Err(NotOpened::Refused(_))));
}
