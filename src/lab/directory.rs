//! Where the lab writes its certificates, keys and tokens.

use std::fs;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;
use std::path::PathBuf;

use anyhow::Context as _;
use anyhow::bail;
use tempfile::TempDir;

/// Says that a directory is a lab's, so that the next lab may overwrite what is in it.
const MARKER: &str = ".grpcauth-lab";

/// A directory of the lab's own; a temporary one is removed when this is dropped.
pub struct Directory {
    path: PathBuf,
    _temporary: Option<TempDir>,
}

impl Directory {
    /// Makes a temporary directory, or takes `given`: made if it is missing, else it must be empty or
    /// an earlier lab's, since files with names like `server.key` are about to be replaced.
    ///
    /// # Errors
    /// If it is somebody else's, or cannot be written to.
    pub fn prepare(given: Option<PathBuf>) -> anyhow::Result<Self> {
        let directory = match given {
            None => {
                let temporary = tempfile::Builder::new()
                    .prefix("grpcauth-lab-")
                    .tempdir()
                    .context("no temporary directory can be made for the lab")?;
                Self {
                    path: temporary.path().to_owned(),
                    _temporary: Some(temporary),
                }
            }
            Some(path) => {
                adopt(&path).with_context(|| format!("the lab cannot use {}", path.display()))?;
                Self {
                    path: path.canonicalize()?,
                    _temporary: None,
                }
            }
        };
        directory.write(MARKER, "made by `grpcauth lab`, which overwrites it\n")?;
        Ok(directory)
    }

    /// Where it is, absolute.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a file that everybody may read.
    ///
    /// # Errors
    /// As the file system has them.
    pub fn write(&self, name: &str, contents: impl AsRef<[u8]>) -> anyhow::Result<()> {
        self.create(name, contents.as_ref(), 0o644)
    }

    /// Writes a file that its owner alone may read.
    ///
    /// # Errors
    /// As the file system has them.
    pub fn write_secret(&self, name: &str, contents: impl AsRef<[u8]>) -> anyhow::Result<()> {
        self.create(name, contents.as_ref(), 0o600)
    }

    /// Removes a file of an earlier lab, if there is one.
    ///
    /// # Errors
    /// As the file system has them.
    pub fn remove(&self, name: &str) -> anyhow::Result<()> {
        let path = self.path.join(name);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(error).with_context(|| format!("{} cannot be replaced", path.display()))
            }
            _ => Ok(()),
        }
    }

    fn create(&self, name: &str, contents: &[u8], mode: u32) -> anyhow::Result<()> {
        // A new file, never an old one truncated: that would keep its mode, or follow a link.
        self.remove(name)?;
        let path = self.path.join(name);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        set_mode(&mut options, mode);
        let written = options
            .open(&path)
            .and_then(|mut file| file.write_all(contents));
        if written.is_err() {
            // On a full disk the file is there and has no end. The marker alone would give the directory to a lab.
            let _ = fs::remove_file(&path);
        }
        written.with_context(|| format!("{} cannot be written", path.display()))
    }
}

fn adopt(path: &Path) -> anyhow::Result<()> {
    if !path.try_exists()? {
        return Ok(fs::create_dir_all(path)?);
    }
    let empty = fs::read_dir(path)?.next().is_none();
    if !empty && !path.join(MARKER).try_exists()? {
        bail!("it holds files that are not a lab's; give an empty or a new directory");
    }
    Ok(())
}

#[cfg(unix)]
fn set_mode(options: &mut OpenOptions, mode: u32) {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(mode);
}

#[cfg(not(unix))]
fn set_mode(_: &mut OpenOptions, _: u32) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_of_somebody_else_is_refused() {
        let parent = tempfile::tempdir().unwrap();
        let own = parent.path().join("made/for/it");
        for _ in 0..2 {
            let lab = Directory::prepare(Some(own.clone())).unwrap();
            lab.write("ca.pem", "x").unwrap();
        }
        let foreign = parent.path().join("foreign");
        fs::create_dir(&foreign).unwrap();
        fs::write(foreign.join("server.key"), "precious").unwrap();
        assert!(Directory::prepare(Some(foreign.clone())).is_err());
        assert_eq!(fs::read(foreign.join("server.key")).unwrap(), b"precious");
    }

    #[test]
    #[cfg(unix)]
    fn secrets_are_for_their_owner_and_a_temporary_directory_goes() {
        use std::os::unix::fs::PermissionsExt as _;

        let lab = Directory::prepare(None).unwrap();
        let path = lab.path().to_owned();
        lab.write_secret("server.key", "x").unwrap();
        let mode = fs::metadata(path.join("server.key")).unwrap().permissions();
        assert_eq!(mode.mode() & 0o777, 0o600);
        drop(lab);
        assert!(!path.exists());
    }
}
