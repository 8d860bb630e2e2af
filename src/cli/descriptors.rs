//! Heading "Descriptors": where types come from.
//!
//! Files alone when there are files, the server's reflection otherwise; both with `--use-reflection`.

use std::path::PathBuf;

use clap::Args;

#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Descriptors")]
pub struct DescriptorFlags {
    /// Read descriptors from this FileDescriptorSet instead of asking the server (repeatable; of two
    /// if two files have the same name, the first wins)
    #[arg(long, value_name = "FILE")]
    pub protoset: Vec<PathBuf>,

    /// Compile this .proto source, and what it imports, instead of asking the server (repeatable; after
    /// --protoset)
    #[arg(long, value_name = "FILE")]
    pub proto: Vec<PathBuf>,

    /// Look for --proto files and their imports here [default: the current directory and the file's own]
    #[arg(long, value_name = "DIR", requires = "proto")]
    pub import_path: Vec<PathBuf>,

    /// With files given: ask the server for what they lack
    #[arg(long, conflicts_with = "no_reflection")]
    pub use_reflection: bool,

    /// Never ask the server; files are then needed
    #[arg(long)]
    pub no_reflection: bool,

    /// Write the descriptors that were used to this file, as they came, dependencies first
    #[arg(long, value_name = "FILE")]
    pub protoset_out: Option<PathBuf>,

    /// `on`: use what the server said the last time, check it beside the call, and say so if it was stale
    #[arg(long, value_name = "WHEN", default_value = "off")]
    pub descriptor_cache: DescriptorCache,
}

/// Whether descriptors are kept for the next call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum DescriptorCache {
    Off,
    On,
}
