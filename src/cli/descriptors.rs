//! Heading "Descriptors": where the method's types come from.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
#[command(next_help_heading = "Descriptors")]
pub struct DescriptorFlags {
    /// Read descriptors from this FileDescriptorSet instead of asking the server
    #[arg(long, value_name = "FILE")]
    pub protoset: Option<PathBuf>,
}
