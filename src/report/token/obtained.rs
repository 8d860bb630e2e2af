//! A token that was obtained, and how many were forgotten.

use time::OffsetDateTime;

use crate::authenticate::CallCredential;
use crate::exit_status::ExitStatus;
use crate::report::Context;
use crate::report::formats::json;
use crate::report::formats::text::failure as text;
use crate::report::output::Output;
use crate::report::schema::VERSION;
use crate::report::schema::v1::TokenClearDocument;
use crate::report::schema::v1::TokenGetDocument;
use crate::report::schema::v1::credential::CredentialDocument;
use crate::report::schema::v1::diagnosis::findings;
use crate::verdict::Finding;

/// Prints a token: alone on its line, or in a document. It is what was asked for, and is not masked.
pub fn print_obtained(
    command: &str,
    credential: &CallCredential,
    clock: OffsetDateTime,
    warnings: &[Finding],
    as_json: bool,
    context: &mut Context,
) {
    if !as_json && !context.detail.quiet {
        text::tell_warnings(warnings, context);
    }
    let token = credential.secret.expose();
    let text = if as_json {
        json::line(&TokenGetDocument {
            schema: VERSION.to_owned(),
            command: command.to_owned(),
            token: token.to_owned(),
            credential: CredentialDocument::new(credential, clock, &mut context.redactor),
            warnings: findings(warnings, &context.redactor),
            exit_code: ExitStatus::Success.code(),
        })
    } else {
        format!("{token}\n")
    };
    context.output.print(&text);
    context.output.flush();
}

/// Prints how many tokens were forgotten.
pub fn print_cleared(count: usize, as_json: bool, output: &mut Output) {
    let text = if as_json {
        json::line(&TokenClearDocument {
            schema: VERSION.to_owned(),
            command: "token clear".to_owned(),
            cleared: count,
            exit_code: ExitStatus::Success.code(),
        })
    } else {
        match count {
            0 => "no token was kept\n".to_owned(),
            1 => "1 token is forgotten\n".to_owned(),
            count => format!("{count} tokens are forgotten\n"),
        }
    };
    output.print(&text);
    output.flush();
}
