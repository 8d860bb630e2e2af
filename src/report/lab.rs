//! The lab's doors, as a table for people or a document for programs.

use std::path::Path;

use crate::lab;
use crate::report::formats::json;
use crate::report::output::Output;
use crate::report::schema::v1::LabDocument;
use crate::report::schema::v1::lab::ClientDocument;
use crate::report::schema::v1::lab::DoorDocument;
use crate::report::style::Style;

/// Where the lab's files are in the command lines of pages and of `lab --doors`.
pub const DIRECTORY: &str = "lab";
/// The first door's port there.
pub const BASE_PORT: u16 = 18_000;

/// Prints every door: address, what it is, what it shows, and a command line to try.
pub fn print_table(lab: &LabDocument, as_json: bool, output: &mut Output) {
    if as_json {
        output.print(&json::line(lab));
    } else {
        output.print(&table(lab, output.stdout_style));
    }
    output.flush();
}

fn table(lab: &LabDocument, style: Style) -> String {
    let mut text = match (lab.open, lab.doors.first()) {
        (false, Some(first)) => format!(
            "{}\n  opens these doors at these addresses, with what they need in {}.\n\n",
            style.strong(&opened_at(
                &lab.directory,
                first.address.rsplit(':').next().unwrap_or_default()
            )),
            lab.directory
        ),
        _ => format!(
            "The lab is open on loopback. Certificates, keys and tokens: {}\n\n",
            lab.directory
        ),
    };
    for door in &lab.doors {
        text.push_str(&block(door, style));
    }
    let users: Vec<String> = lab
        .users
        .iter()
        .map(|user| format!("{} / {}", user.name, user.password))
        .collect();
    text.push_str(&format!("\nUsers: {}\n", users.join(", ")));
    text.push_str("OAuth clients:\n");
    for client in &lab.clients {
        text.push_str(&format!("  {}\n", told(client)));
    }
    text.push_str(match lab.open {
        true => "Ctrl-C closes it.\n",
        false => "`grpcauth explain ID` has the page of what is in brackets.\n",
    });
    text
}

/// A client, and how it proves who it is.
fn told(client: &ClientDocument) -> String {
    let proof = match (&client.client_secret, &client.file) {
        (Some(secret), _) => format!(" / {secret}"),
        (None, Some(file)) => format!(" with {file}"),
        (None, None) => String::new(),
    };
    let methods = client.authentication_methods.join(", ");
    format!("{}{proof}  ({methods})", client.client_id)
}

fn block(door: &DoorDocument, style: Style) -> String {
    let shows = |id: &str| style.id(&format!("[{id}]"));
    let mut text = format!(
        "{}  {}\n  {}",
        style.strong(&door.id),
        door.address,
        door.summary
    );
    if let Some(id) = &door.demonstrates {
        text.push_str(&format!("  {}", shows(id)));
    }
    text.push_str(&format!("\n  needs: {}\n", door.needs));
    text.push_str(&format!("  {}\n", style.faint(&door.example)));
    for example in &door.more {
        text.push_str(&format!(
            "  {}\n    {}\n",
            shows(&example.demonstrates),
            style.faint(&example.example)
        ));
    }
    text
}

/// Where a diagnosis can be seen.
pub struct Seen {
    pub door: &'static str,
    pub summary: &'static str,
    /// The command line, against the lab that [`lab_command`] opens.
    pub line: String,
}

/// The door and the command line that show a diagnosis: a door's own before one of the client's doing.
pub fn seen(id: &str) -> Option<Seen> {
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
pub fn lab_command() -> String {
    opened_at(DIRECTORY, &BASE_PORT.to_string())
}

fn opened_at(directory: &str, port: &str) -> String {
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
