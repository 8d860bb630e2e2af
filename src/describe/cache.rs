//! Descriptors kept from the last time, one file for each target, authority and service.
//!
//! The directory is the user's alone (0700), and so is each file (0600). A file is replaced whole: a
//! reader finds the old one or the new one. What is damaged, of another version, readable by others or
//! no plain file is passed over.

use std::fs;
use std::io;
use std::io::Read as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::path::PathBuf;

use bytes::Bytes;
use ring::digest;

use crate::describe::given::Given;
use crate::describe::given::set_of;
use crate::text::hex;
use crate::trusted_path;
use crate::whole_file::WholeFile;

/// The first line of every file, before the digest of the rest.
const VERSION: &str = "grpcauth-descriptors/1";
/// Larger files are not ours: a server's descriptors are taken up to half as much.
const LIMIT: u64 = 64 << 20;

/// The place of one description.
#[derive(Clone, Debug)]
pub struct Entry {
    path: PathBuf,
    /// Stands in the file too: the name is only its digest.
    key: String,
}

impl Entry {
    /// `key`: the parts that tell one description from another.
    pub fn new(directory: &Path, key: &[&str]) -> Self {
        let key = serde_json::to_string(key).expect("strings serialize");
        Self {
            path: directory.join(format!("{}.cache", checksum(key.as_bytes()))),
            key,
        }
    }

    /// What was kept, if it can be trusted.
    pub fn load(&self) -> Option<Given> {
        if !is_trusted(self.path.parent()?) {
            return None;
        }
        let (key, set) = read(&self.path)?;
        if key != *self.key.as_bytes() {
            return None;
        }
        let mut given = Given::one(self.path.clone(), set);
        given.cached = true;
        Some(given)
    }

    /// Keeps these files in place of what was kept.
    ///
    /// # Errors
    /// When the directory or the file cannot be written.
    pub fn store(&self, files: &[Bytes]) -> io::Result<()> {
        let directory = self.path.parent().unwrap_or(Path::new("."));
        trusted_path::open_private(directory)?.map_err(io::Error::other)?;
        let mut body = format!("{}\n", self.key).into_bytes();
        body.extend(set_of(files));
        let head = format!("{VERSION} {}\n", checksum(&body));
        WholeFile::Private.replace(&self.path, &[head.as_bytes(), &body].concat())
    }
}

/// How many kept descriptions are looked at for one target.
const LOOKED_AT: usize = 256;

/// Everything that was kept of a target, whatever its authority and service.
pub fn of_target(directory: &Path, target: &str) -> Given {
    let mut given = Given {
        cached: true,
        ..Given::default()
    };
    if !is_trusted(directory) {
        return given;
    }
    let files = fs::read_dir(directory).into_iter().flatten().flatten();
    for path in files.map(|file| file.path()).take(LOOKED_AT) {
        let Some((key, set)) = read(&path) else {
            continue;
        };
        let key: Vec<String> = serde_json::from_slice(&key).unwrap_or_default();
        if key.first().is_some_and(|kept| kept == target) {
            given.paths.push(path);
            given.sets.push(set);
        }
    }
    given
}

fn is_trusted(directory: &Path) -> bool {
    matches!(trusted_path::check_private(directory), Ok(Ok(())))
}

/// The key and set of a file in a directory that is trusted, if it can be too.
fn read(path: &Path) -> Option<(Bytes, Bytes)> {
    let file = fs::symlink_metadata(path).ok()?;
    if !file.is_file() || file.permissions().mode() & 0o077 != 0 {
        return None;
    }
    let mut bytes = Vec::new();
    let opened = fs::File::open(path).ok()?;
    opened.take(LIMIT + 1).read_to_end(&mut bytes).ok()?;
    let bytes = Bytes::from(bytes);
    let body_at = bytes.iter().position(|byte| *byte == b'\n')? + 1;
    let head = std::str::from_utf8(&bytes[..body_at - 1]).ok()?;
    let (version, sum) = head.split_once(' ')?;
    let body = bytes.slice(body_at..);
    if version != VERSION || sum != checksum(&body) {
        return None;
    }
    let set_at = body.iter().position(|byte| *byte == b'\n')? + 1;
    Some((body.slice(..set_at - 1), body.slice(set_at..)))
}

fn checksum(bytes: &[u8]) -> String {
    hex(digest::digest(&digest::SHA256, bytes).as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_found_again_and_nothing_else_is() {
        let directory = tempfile::tempdir().unwrap();
        let cache = directory.path().join("grpcauth/descriptors");
        let entry = Entry::new(&cache, &["host:1", "host", "a.B"]);
        assert!(entry.load().is_none());
        entry
            .store(&[Bytes::from_static(b"one"), Bytes::from_static(b"two")])
            .unwrap();
        let given = entry.load().unwrap();
        assert_eq!(given.sets[0][..], set_of(&["one".into(), "two".into()])[..]);
        assert!(given.cached);
        for other in [["host:2", "host", "a.B"], ["host:1", "host", "a.C"]] {
            assert!(Entry::new(&cache, &other).load().is_none());
        }
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&cache), mode(&entry.path)), (0o700, 0o600));
        entry.store(&[]).unwrap();
        assert!(entry.load().unwrap().sets[0].is_empty());
        assert_eq!(fs::read_dir(&cache).unwrap().count(), 1);
    }

    #[test]
    fn all_that_was_kept_of_a_target_is_found() {
        let directory = tempfile::tempdir().unwrap();
        let cache = directory.path().join("c");
        assert!(of_target(&cache, "host:1").is_empty());
        for key in [
            ["host:1", "a", "p.A"],
            ["host:1", "b", "p.B"],
            ["host:2", "a", "p.A"],
        ] {
            let set = Bytes::from(key.concat());
            Entry::new(&cache, &key).store(&[set]).unwrap();
        }
        fs::write(cache.join("stray"), b"x").unwrap();
        let given = of_target(&cache, "host:1");
        assert!(given.cached);
        let mut sets = given.sets;
        sets.sort();
        assert_eq!(
            sets,
            [
                set_of(&["host:1ap.A".into()]),
                set_of(&["host:1bp.B".into()])
            ]
        );
    }

    #[test]
    fn damage_and_foreign_files_are_passed_over() {
        let directory = tempfile::tempdir().unwrap();
        let cache = directory.path().join("c");
        let entry = Entry::new(&cache, &["a", "b", "c"]);
        entry.store(&[Bytes::from_static(b"one")]).unwrap();
        let good = fs::read(&entry.path).unwrap();
        let cut = good[..good.len() - 1].to_vec();
        let mut flipped = good.clone();
        *flipped.last_mut().unwrap() ^= 1;
        let other = [b"grpcauth-descriptors/2".as_slice(), &good[22..]].concat();
        for bytes in [cut, flipped, other, Vec::new(), b"\xff\n\n".to_vec()] {
            fs::write(&entry.path, bytes).unwrap();
            assert!(entry.load().is_none());
        }
        fs::write(&entry.path, &good).unwrap();
        assert!(entry.load().is_some());
        fs::set_permissions(&entry.path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(entry.load().is_none());
        let moved = cache.join("moved");
        fs::rename(&entry.path, &moved).unwrap();
        fs::set_permissions(&moved, fs::Permissions::from_mode(0o600)).unwrap();
        std::os::unix::fs::symlink(&moved, &entry.path).unwrap();
        assert!(entry.load().is_none());
        fs::remove_file(&entry.path).unwrap();
        fs::create_dir(&entry.path).unwrap();
        assert!(entry.load().is_none() && entry.store(&[]).is_err());
    }
}
