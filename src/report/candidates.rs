//! The diagnoses that a text can stand for, why, and what to run to find out.

use crate::report::explanation;
use crate::report::style::Style;
use crate::verdict::messages::Candidate;

/// The title, a paragraph for each candidate, and the next command.
pub(crate) fn text(title: &str, found: &[Candidate], style: Style) -> String {
    let mut text = format!("{}\n", style.strong(title));
    for candidate in found {
        let diagnosis = candidate.diagnosis;
        text.push_str(&format!(
            "\n{}\n  {}\n",
            style.id(diagnosis.id),
            explanation::headline(diagnosis)
        ));
        let words: Vec<String> = candidate
            .matched
            .iter()
            .map(|words| format!("\"{words}\""))
            .collect();
        text.push_str(&style.faint(&format!("  matched: {}\n", words.join(", "))));
    }
    if let Some(first) = found.first() {
        let id = first.diagnosis.id;
        text.push_str(&format!(
            "\nnext: {}\n      {}\n",
            style.hint(next(id)),
            style.hint(&format!("grpcauth explain {id}"))
        ));
    }
    text
}

/// The command that shows whether it is this.
fn next(id: &str) -> &'static str {
    let family = id.split_once('.').map_or(id, |(family, _)| family);
    match family {
        "mtls" => "grpcauth handshake HOST:PORT --cert FILE --key FILE",
        "file" => "grpcauth cert inspect FILE",
        "revocation" => "grpcauth handshake HOST:PORT --crl FILE",
        "proxy" => "grpcauth handshake HOST:PORT --proxy URL",
        "token" => "grpcauth token get -P PROFILE",
        "input" => "grpcauth call --help",
        "reflection" => "grpcauth list HOST:PORT",
        "credential" | "permission" | "gateway" | "grpc" | "http" | "deadline" => {
            "grpcauth call HOST:PORT SERVICE/METHOD --token env:TOKEN"
        }
        _ => "grpcauth handshake HOST:PORT",
    }
}
