//! Heading "Metadata": what goes along with the RPCs.

use clap::Args;

#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Metadata")]
pub struct MetadataFlags {
    /// Send this metadata with every RPC, reflection too (repeatable; a -bin key takes base64)
    #[arg(short = 'H', long = "header", value_name = "KEY: VALUE")]
    pub headers: Vec<String>,

    /// Send this metadata with the call alone (repeatable)
    #[arg(long = "rpc-header", value_name = "KEY: VALUE")]
    pub rpc_headers: Vec<String>,

    /// Send this metadata with reflection alone (repeatable)
    #[arg(long = "reflect-header", value_name = "KEY: VALUE")]
    pub reflect_headers: Vec<String>,
}
