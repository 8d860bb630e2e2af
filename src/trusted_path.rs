//! Directories that nobody else may read, and files that nobody else may write.
//!
//! Either is worth nothing below a directory in which others can rename it and put theirs in its place, so every
//! directory above is looked at, as sshd does for its keys.

use std::fs;
use std::fs::Metadata;
use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::path::PathBuf;

use thiserror::Error;

/// Why a directory is not trusted. The user has to look at it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refused {
    #[error("the cache directory {} is a symbolic link: remove it, or set XDG_CACHE_HOME to where it points", .0.display())]
    Symlink(PathBuf),
    #[error("the cache directory {} is not a directory: remove it", .0.display())]
    NotADirectory(PathBuf),
    /// It belongs to someone else; whose number.
    #[error("the cache directory {} belongs to user {owner}: remove it, or set XDG_CACHE_HOME to a directory of your own", .path.display())]
    Foreign { path: PathBuf, owner: u32 },
    /// Others may read or write it; its mode.
    #[error("the cache directory {path} is open to others (mode {mode:04o}): chmod 700 {path}", path = .path.display())]
    Wide { path: PathBuf, mode: u32 },
    /// Others may put another directory in the place of one on the way to it.
    #[error("{0}, above the cache directory: chmod go-w {path}, or set XDG_CACHE_HOME to a directory of your own", path = .0.path.display())]
    Above(OpenToOthers),
}

/// A file or directory that another user can write to.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("others can write to {path} (owner {owner}, mode {mode:04o})", path = .path.display())]
pub struct OpenToOthers {
    pub path: PathBuf,
    pub owner: u32,
    pub mode: u32,
}

/// The directory, made for its owner alone if there is none.
///
/// # Errors
/// Outer: it cannot be made or looked at. Inner: it is not trusted, and nothing was made or changed.
pub(crate) fn open_private(directory: &Path) -> io::Result<Result<(), Refused>> {
    if let Err(open) = check_above(directory) {
        return Ok(Err(Refused::Above(open)));
    }
    match fs::symlink_metadata(directory) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(directory)?,
        Err(error) => return Err(error),
        Ok(_) => {}
    }
    check_private(directory)
}

/// Whether the directory, which is there, is trusted.
///
/// # Errors
/// Outer: it cannot be looked at. Inner: it is not trusted.
pub(crate) fn check_private(directory: &Path) -> io::Result<Result<(), Refused>> {
    let found = fs::symlink_metadata(directory)?;
    let trusted = check_above(directory).map_err(Refused::Above);
    Ok(trusted.and_then(|()| check_itself(directory, &found)))
}

/// Whether nobody but the user and root can change what stands in this file, or put another in its place.
///
/// # Errors
/// They can: in which file or directory.
pub(crate) fn check_unwritable(file: &Path) -> Result<(), OpenToOthers> {
    let led_to = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    check_all(led_to.ancestors().take(1))?;
    check_above(file)
}

fn check_itself(directory: &Path, found: &Metadata) -> Result<(), Refused> {
    let path = directory.to_owned();
    if found.is_symlink() {
        return Err(Refused::Symlink(path));
    }
    if !found.is_dir() {
        return Err(Refused::NotADirectory(path));
    }
    let (owner, mode) = (found.uid(), found.mode() & 0o7777);
    if owner != own_number() {
        return Err(Refused::Foreign { path, owner });
    }
    if mode & 0o077 != 0 {
        return Err(Refused::Wide { path, mode });
    }
    Ok(())
}

/// Every directory above, by the names that were given and by where they lead. What is not there yet will be made by us.
fn check_above(path: &Path) -> Result<(), OpenToOthers> {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let given = path.ancestors().skip(1);
    let led_to = given.clone().find_map(|above| above.canonicalize().ok());
    check_all(given)?;
    check_all(led_to.iter().flat_map(|above| above.ancestors()))
}

fn check_all<'a>(paths: impl Iterator<Item = &'a Path>) -> Result<(), OpenToOthers> {
    for path in paths {
        let Ok(found) = fs::symlink_metadata(path) else {
            continue;
        };
        let [owner, group, mode] = [found.uid(), found.gid(), found.mode()];
        // A symbolic link has no mode of its own, and in a device nothing can be put.
        let mode = match found.is_dir() || found.is_file() {
            true => mode & 0o7777,
            false => 0o700,
        };
        if !is_safe(own_number(), owner, group, mode) {
            return Err(OpenToOthers {
                path: path.to_owned(),
                owner,
                mode,
            });
        }
    }
    Ok(())
}

/// Whether nobody but the user and root can write to a file, or rename what is in a directory. A sticky directory, such as /tmp, lets each rename
/// only what is theirs. A group of its owner's own number has no other member by convention.
fn is_safe(own: u32, owner: u32, group: u32, mode: u32) -> bool {
    const STICKY: u32 = 0o1000;
    let is_owned = owner == own || owner == 0;
    let by_group = mode & 0o020 != 0 && group != owner && group != 0;
    let by_others = mode & 0o002 != 0;
    is_owned && (mode & STICKY != 0 || !(by_group || by_others))
}

/// The number of the user whom files are made for.
fn own_number() -> u32 {
    rustix::process::geteuid().as_raw()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::fs::symlink;

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().mode() & 0o7777
    }

    #[test]
    fn a_directory_above_that_others_can_write_to_is_refused() {
        let home = tempfile::tempdir().unwrap();
        let above = home.path().join("above");
        let directory = above.join("grpcauth/tokens");
        fs::create_dir(&above).unwrap();
        for (wide, trusted) in [
            (0o755, true),
            (0o700, true),
            (0o1777, true),
            (0o777, false),
            (0o757, false),
        ] {
            set_mode(&above, wide);
            let opened = open_private(&directory).unwrap();
            assert_eq!(opened.is_ok(), trusted, "{wide:o}: {opened:?}");
            assert_eq!(
                check_private(&directory).unwrap().is_ok(),
                trusted,
                "{wide:o}"
            );
        }
        let Err(Refused::Above(OpenToOthers { path, .. })) = open_private(&directory).unwrap()
        else {
            panic!("{} is trusted", above.display());
        };
        assert_eq!(path, above);
    }

    #[test]
    fn nothing_is_made_or_changed_where_it_is_refused() {
        let home = tempfile::tempdir().unwrap();
        let (above, target) = (home.path().join("above"), home.path().join("target"));
        fs::create_dir(&above).unwrap();
        set_mode(&above, 0o777);
        assert!(open_private(&above.join("made")).unwrap().is_err());
        assert!(!above.join("made").exists());
        fs::create_dir(&target).unwrap();
        set_mode(&target, 0o755);
        let link = home.path().join("link");
        symlink(&target, &link).unwrap();
        assert_eq!(open_private(&link).unwrap(), Err(Refused::Symlink(link)));
        assert_eq!(mode(&target), 0o755);
    }

    /// A link in a good directory may lead into a bad one.
    #[test]
    fn where_a_link_leads_is_looked_at_too() {
        let home = tempfile::tempdir().unwrap();
        let bad = home.path().join("bad");
        fs::create_dir_all(bad.join("inside")).unwrap();
        set_mode(&bad, 0o777);
        let link = home.path().join("link");
        symlink(bad.join("inside"), &link).unwrap();
        let Err(Refused::Above(OpenToOthers { path, .. })) =
            open_private(&link.join("tokens")).unwrap()
        else {
            panic!("it is trusted");
        };
        assert_eq!(path, bad.canonicalize().unwrap());
        assert!(!bad.join("inside/tokens").exists());
    }

    #[test]
    fn a_file_that_others_can_write_to_is_found() {
        let home = tempfile::tempdir().unwrap();
        let (file, link) = (home.path().join("file"), home.path().join("link"));
        fs::write(&file, "").unwrap();
        symlink(&file, &link).unwrap();
        for (wide, trusted) in [(0o600, true), (0o644, true), (0o646, false), (0o666, false)] {
            set_mode(&file, wide);
            for path in [&file, &link] {
                assert_eq!(check_unwritable(path).is_ok(), trusted, "{wide:o}");
            }
        }
        set_mode(&file, 0o600);
        set_mode(home.path(), 0o777);
        assert_eq!(check_unwritable(&file).unwrap_err().path, home.path());
    }

    #[test]
    fn owner_group_and_mode_decide() {
        const OWN: u32 = 1_000;
        for (owner, group, mode, safe) in [
            (OWN, OWN, 0o700, true),
            (OWN, OWN, 0o775, true),
            (OWN, 100, 0o755, true),
            (OWN, 100, 0o775, false),
            (OWN, OWN, 0o777, false),
            (0, 0, 0o755, true),
            (0, 0, 0o775, true),
            (0, 100, 0o775, false),
            (0, 0, 0o777, false),
            (0, 0, 0o1777, true),
            (OWN, 100, 0o1775, true),
            (1_001, 1_001, 0o755, false),
            (1_001, OWN, 0o1777, false),
        ] {
            let found = is_safe(OWN, owner, group, mode);
            assert_eq!(found, safe, "{owner}:{group} {mode:o}");
        }
    }
}
