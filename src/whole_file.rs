//! Files that are written whole or not at all: a reader finds the old one or the new one.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

/// Who may read the file, and what it must outlive.
#[derive(Clone, Copy, Debug)]
pub(crate) enum WholeFile<'a> {
    /// Whoever the umask lets. What is no plain file, such as a pipe, is written to as it is.
    Shared,
    /// Its owner alone (0600).
    Private,
    /// As [`WholeFile::Private`], and it outlives a crash. It has the temporary name until it is whole; the
    /// caller holds a lock on both names, so a file found under that name was left by one that died.
    Durable { temporary: &'a OsStr },
}

impl WholeFile<'_> {
    /// Puts `bytes` in the place of the file `path`, or of the symbolic link: what that points to is not written.
    ///
    /// # Errors
    /// When it cannot be written; what stood at `path` is still there, and nothing half written beside it.
    pub(crate) fn replace(self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if matches!(self, Self::Shared) && fs::metadata(path).is_ok_and(|found| !found.is_file()) {
            return fs::write(path, bytes);
        }
        let directory = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let mut names = tempfile::Builder::new();
        if let Self::Durable { temporary } = self {
            match fs::remove_file(directory.join(temporary)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => names.prefix(temporary).rand_bytes(0),
            };
        }
        let mut file = names.make_in(directory, |name| {
            fs::File::options()
                .write(true)
                .create_new(true)
                .mode(self.mode())
                .open(name)
        })?;
        // Not through the wrapper, whose errors name the temporary file.
        file.as_file_mut().write_all(bytes)?;
        match self {
            Self::Shared | Self::Private => drop(file.persist(path)?),
            Self::Durable { .. } => {
                file.as_file().sync_all()?;
                file.persist(path)?;
                fs::File::open(directory)?.sync_all()?;
            }
        }
        Ok(())
    }

    fn mode(self) -> u32 {
        match self {
            Self::Shared => 0o666,
            Self::Private | Self::Durable { .. } => 0o600,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    fn kinds() -> [WholeFile<'static>; 3] {
        let temporary = OsStr::new("a.tmp");
        [
            WholeFile::Shared,
            WholeFile::Private,
            WholeFile::Durable { temporary },
        ]
    }

    #[test]
    fn the_old_file_stays_until_the_new_one_is_whole() {
        let directory = tempfile::tempdir().unwrap();
        let (path, temporary) = (directory.path().join("a"), directory.path().join("a.tmp"));
        let durable = kinds()[2];
        for text in ["one", "two"] {
            fs::write(&temporary, "left by one that died").unwrap();
            fs::set_permissions(&temporary, fs::Permissions::from_mode(0o644)).unwrap();
            durable.replace(&path, text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
            assert!(!temporary.exists());
        }
        fs::create_dir(&temporary).unwrap();
        assert!(durable.replace(&path, b"three").is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
    }

    #[test]
    fn what_is_not_shared_is_its_owners_alone() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("a");
        for kind in kinds() {
            kind.replace(&path, b"text").unwrap();
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            let is_shared = matches!(kind, WholeFile::Shared);
            assert!(is_shared || mode & 0o777 == 0o600, "{kind:?}: {mode:o}");
            assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
        }
    }

    #[test]
    fn a_link_is_replaced_and_what_it_points_to_is_not_written() {
        for kind in kinds() {
            let directory = tempfile::tempdir().unwrap();
            let at = |name: &str| directory.path().join(name);
            fs::write(at("target"), "kept").unwrap();
            for link in ["a", "a.tmp"] {
                std::os::unix::fs::symlink(at("target"), at(link)).unwrap();
            }
            kind.replace(&at("a"), b"new").unwrap();
            assert_eq!(fs::read_to_string(at("target")).unwrap(), "kept");
            assert_eq!(fs::read_to_string(at("a")).unwrap(), "new");
            assert!(fs::symlink_metadata(at("a")).unwrap().is_file());
        }
    }

    #[test]
    fn nothing_is_left_of_a_file_that_has_no_place() {
        let directory = tempfile::tempdir().unwrap();
        let taken = directory.path().join("a");
        fs::create_dir(&taken).unwrap();
        for kind in kinds() {
            assert!(kind.replace(&taken, b"text").is_err());
            assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
            assert!(
                kind.replace(&directory.path().join("no/a"), b"text")
                    .is_err()
            );
        }
    }

    #[test]
    fn what_is_shared_may_be_a_device() {
        let directory = tempfile::tempdir().unwrap();
        let link = directory.path().join("null");
        std::os::unix::fs::symlink("/dev/null", &link).unwrap();
        WholeFile::Shared.replace(&link, b"text").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        WholeFile::Private.replace(&link, b"text").unwrap();
        assert_eq!(fs::read_to_string(&link).unwrap(), "text");
    }
}
