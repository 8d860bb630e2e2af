//! The lab: what is shown of it, and where a diagnosis can be seen.

use std::path::Path;

use crate::lab;
use crate::lab::OpenDoor;

/// Where the lab's files are in the command lines of pages and of `lab --doors`.
pub(crate) const DIRECTORY: &str = "lab";
/// The first door's port there.
pub(crate) const BASE_PORT: u16 = 18_000;

/// The doors of a lab.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// Whether they are being served, or only listed.
    pub open: bool,
    pub directory: &'a Path,
    pub doors: &'a [OpenDoor],
}

/// Where a diagnosis can be seen.
pub(crate) struct Seen {
    pub door: &'static str,
    pub summary: &'static str,
    /// The command line, against the lab that [`lab_command`] opens.
    pub line: String,
}

/// The door and the command line that show a diagnosis: a door's own before one of the client's doing.
pub(crate) fn seen(id: &str) -> Option<Seen> {
    let doors = lab::listed(Path::new(DIRECTORY), BASE_PORT);
    let own = doors
        .iter()
        .filter(|door| door.demonstrates == Some(id))
        .map(|door| (door, &door.example));
    let more = doors.iter().flat_map(|door| {
        let examples = door.more.iter();
        examples
            .filter(|example| example.demonstrates == id)
            .map(move |example| (door, &example.line))
    });
    let (door, line) = own.chain(more).next()?;
    Some(Seen {
        door: door.id,
        summary: door.summary,
        line: line.clone(),
    })
}

/// What opens the doors where the command lines of pages expect them.
pub(crate) fn lab_command() -> String {
    opened_at(DIRECTORY, &BASE_PORT.to_string())
}

/// What opens a lab there.
pub(crate) fn opened_at(directory: &str, port: &str) -> String {
    format!("grpcauth lab --dir {directory} --base-port {port}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnosis_is_seen_at_its_door() {
        let own = seen("time.expired.leaf").unwrap();
        assert_eq!(own.door, "expired");
        assert!(
            own.line.starts_with("grpcauth call 127.0.0.1:18"),
            "{}",
            own.line
        );
        assert!(own.line.ends_with("--cacert lab/ca.pem"), "{}", own.line);
        let of_client = seen("credential.none-sent").unwrap();
        assert_eq!(of_client.door, "tls");
        assert!(!of_client.line.contains("--token"), "{}", of_client.line);
        assert!(seen("time.expired.nothing").is_none());
    }
}
