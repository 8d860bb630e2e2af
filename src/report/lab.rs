//! The lab's doors, as a table for people or a document for programs.

use crate::report::formats::json;
use crate::report::output::Output;
use crate::report::schema::v1::LabDocument;

/// Prints every door: address, what it is, what it shows, and a command line to try.
pub fn print_table(lab: &LabDocument, as_json: bool, output: &mut Output) {
    if as_json {
        output.print(&json::line(lab));
    } else {
        output.print(&table(lab, output));
    }
    output.flush();
}

fn table(lab: &LabDocument, output: &Output) -> String {
    let style = output.stdout_style;
    let mut text = format!(
        "The lab is open on loopback. Certificates, keys and tokens: {}\n\n",
        lab.directory
    );
    for door in &lab.doors {
        text.push_str(&format!("{}  {}\n", style.strong(&door.id), door.address));
        let shows = match &door.demonstrates {
            Some(id) => format!("  {}", style.id(&format!("[{id}]"))),
            None => String::new(),
        };
        text.push_str(&format!(
            "  {}{shows}\n  needs: {}\n",
            door.summary, door.needs
        ));
        text.push_str(&format!("  {}\n", style.faint(&door.example)));
    }
    let users: Vec<String> = lab
        .users
        .iter()
        .map(|user| format!("{} / {}", user.name, user.password))
        .collect();
    text.push_str(&format!(
        "\nUsers: {}\nCtrl-C closes it.\n",
        users.join(", ")
    ));
    text
}
