//! Files that are written whole or not at all.

use std::fs;
use std::io;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

/// Puts a file of `bytes`, readable by its owner alone, in the place of `path`: a reader finds the old
/// one or the new one, also after a crash. The caller holds the lock that goes with both names.
pub(super) fn replace(path: &Path, temporary: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::remove_file(temporary) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = fs::File::options()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(temporary)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if let Err(error) = written.and_then(|()| fs::rename(temporary, path)) {
        // It may be half a token: better none.
        let _ = fs::remove_file(temporary);
        return Err(error);
    }
    let directory = path.parent().unwrap_or(Path::new("."));
    fs::File::open(directory)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn the_old_file_stays_until_the_new_one_is_whole() {
        let directory = tempfile::tempdir().unwrap();
        let (path, temporary) = (directory.path().join("a"), directory.path().join("a.tmp"));
        for text in ["one", "two"] {
            fs::write(&temporary, "left by one that died").unwrap();
            fs::set_permissions(&temporary, fs::Permissions::from_mode(0o644)).unwrap();
            replace(&path, &temporary, text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
            assert!(!temporary.exists());
        }
        fs::create_dir(&temporary).unwrap();
        assert!(replace(&path, &temporary, b"three").is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
    }

    #[test]
    fn a_link_is_replaced_and_what_it_points_to_is_not_written() {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name);
        fs::write(at("target"), "kept").unwrap();
        for link in ["a", "a.tmp"] {
            std::os::unix::fs::symlink(at("target"), at(link)).unwrap();
        }
        replace(&at("a"), &at("a.tmp"), b"new").unwrap();
        assert_eq!(fs::read_to_string(at("target")).unwrap(), "kept");
        assert_eq!(fs::read_to_string(at("a")).unwrap(), "new");
        assert!(fs::symlink_metadata(at("a")).unwrap().is_file());
    }
}
