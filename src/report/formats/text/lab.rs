//! The lab's doors: address, what each is, what it shows, and a command line to try.

use crate::report::lab::opened_at;
use crate::report::layout::rows;
use crate::report::layout::rows::Row;
use crate::report::schema::v1::LabDocument;
use crate::report::schema::v1::lab::ClientDocument;
use crate::report::schema::v1::lab::DoorDocument;
use crate::report::style::Style;

/// The doors that most calls go to.
const MAIN: [&str; 4] = ["tls", "mtls", "plaintext", "https-login"];

/// A lab that is open, in a few lines: where its files are, the main doors, a call to begin with, and where the rest is.
pub(crate) fn overview(lab: &LabDocument, style: Style) -> String {
    let main = || lab.doors.iter().filter(|door| MAIN.contains(&&*door.id));
    let rows: Vec<Row> = MAIN
        .iter()
        .filter_map(|id| Some((id, main().find(|door| door.id == *id)?)))
        .map(|(label, door)| Row {
            mark: None,
            label,
            value: format!("{}  {}", door.address, door.summary),
        })
        .collect();
    let mut lines = vec![format!(
        "{} Certificates, keys and tokens: {}",
        style.good("The lab is open."),
        lab.directory
    )];
    lines.extend(rows::lines(&rows, style));
    lines.push(format!("Users: {}", users(lab)));
    if let Some(first) = main().next() {
        lines.push(format!("Try:   {}", style.hint(&first.example)));
    }
    let left = lab.doors.len() - rows.len();
    lines.push(format!(
        "{left} more doors, one for each fault: -v shows their addresses, `grpcauth lab --doors` lists them."
    ));
    lines.push("Ctrl-C closes it.\n".to_owned());
    lines.join("\n")
}

fn users(lab: &LabDocument) -> String {
    let users = lab.users.iter();
    let users: Vec<String> = users
        .map(|user| format!("{} / {}", user.name, user.password))
        .collect();
    users.join(", ")
}

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
    text.push_str(&format!("\nUsers: {}\n", users(lab)));
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::lab::listed;
    use crate::report::lab::Shown;

    #[test]
    fn an_open_lab_is_shown_in_twelve_lines_and_every_door_on_demand() {
        let document = |open| {
            LabDocument::new(&Shown {
                open,
                directory: Path::new("lab"),
                doors: &listed(Path::new("lab"), 18_000),
            })
        };
        let overview = overview(&document(true), Style::PLAIN);
        assert!(overview.lines().count() <= 12, "{overview}");
        for id in MAIN {
            assert!(overview.contains(&format!("\n{id} ")), "{id}: {overview}");
        }
        assert!(
            overview.contains("grpcauth call 127.0.0.1:18000 "),
            "{overview}"
        );
        let all = table(&document(false), Style::PLAIN);
        for door in document(false).doors {
            assert!(
                all.contains(&format!("{}  {}", door.id, door.address)),
                "{}",
                door.id
            );
        }
    }
}
