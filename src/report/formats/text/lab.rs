//! The lab's doors: address, what each is, what it shows, and a command line to try.

use crate::report::lab::opened_at;
use crate::report::schema::v1::LabDocument;
use crate::report::schema::v1::lab::ClientDocument;
use crate::report::schema::v1::lab::DoorDocument;
use crate::report::style::Style;

/// Every door, and who can come in.
pub(crate) fn table(lab: &LabDocument, style: Style) -> String {
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
