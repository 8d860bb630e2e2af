//! Heading "Output": what is told, and how.

use clap::ArgAction;
use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::report::formats;
use crate::report::style::ColorChoice;

#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct OutputFlags {
    /// How to report
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = format_names())]
    pub format: String,

    /// Show handshake, metadata and timings; -vv shows every frame-level fact
    #[arg(short = 'v', long, action = ArgAction::Count)]
    pub verbose: u8,

    /// No notices and no warnings
    #[arg(short = 'q', long, conflicts_with = "verbose")]
    pub quiet: bool,

    /// Colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: ColorChoice,
}

/// The formats, from their table.
fn format_names() -> PossibleValuesParser {
    PossibleValuesParser::new(
        formats::ALL
            .iter()
            .map(|row| clap::builder::PossibleValue::new(row.name).help(row.summary)),
    )
}
