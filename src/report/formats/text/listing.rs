//! `list`: one name a line. `describe`: proto source, or a JSON request to fill in.

use crate::describe::listing::Contents;
use crate::describe::listing::Listing;
use crate::describe::listing::SymbolText;
use crate::report::Context;
use crate::text::escape;

/// Prints the answer to standard output.
pub(crate) fn print(listing: &Listing, context: &mut Context<'_>) {
    match &listing.contents {
        Contents::Services(services) => {
            for service in services {
                line(service, context);
            }
        }
        Contents::Methods { methods, .. } => {
            for method in methods {
                line(&method.name, context);
            }
        }
        Contents::Symbols(symbols) => {
            for (index, symbol) in symbols.iter().enumerate() {
                if index > 0 {
                    context.output.print("\n");
                }
                print_symbol(symbol, context);
            }
        }
        Contents::NoTemplate { .. } => {}
    }
    context.output.flush();
}

fn line(name: &str, context: &mut Context<'_>) {
    let line = format!("{}\n", escape(name));
    let line = context.redactor.text(&line).into_owned();
    context.output.print(&line);
}

/// The name stands in a comment, so that what is printed stays source.
fn print_symbol(symbol: &SymbolText, context: &mut Context<'_>) {
    let text = match &symbol.template {
        Some(template) => escape_lines(template),
        None => format!(
            "// {} {}, in {}\n{}{}{}",
            symbol.kind.words(),
            escape(&symbol.name),
            escape(&symbol.file),
            edition(symbol),
            undeclared(symbol),
            symbol.source
        ),
    };
    let text = context.redactor.text(&text).into_owned();
    context.output.print(&text);
}

/// What the source leaves to its file's edition.
fn edition(symbol: &SymbolText) -> String {
    match &symbol.edition {
        Some(edition) => format!("// {edition}\n"),
        None => String::new(),
    }
}

/// The types that the source names and no file declares.
fn undeclared(symbol: &SymbolText) -> String {
    let names: Vec<_> = symbol.undeclared.iter().map(|name| escape(name)).collect();
    match names.is_empty() {
        true => String::new(),
        false => format!("// declared by none of the files: {}\n", names.join(", ")),
    }
}

/// JSON of our own layout, in which only names come from a peer.
fn escape_lines(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + 1);
    for line in json.lines() {
        out.push_str(&escape(line));
        out.push('\n');
    }
    out
}
