//! Heading "Metadata": what goes along with the RPCs.

use clap::Args;

use crate::identity::caller::HeaderFrom;
use crate::identity::caller::MetadataSpec;

#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Metadata")]
pub struct MetadataFlags {
    /// Send this metadata with every RPC, reflection too (repeatable; a -bin key takes base64; @FILE or
    /// @- reads one a line)
    #[arg(short = 'H', long = "header", value_name = "KEY: VALUE")]
    pub headers: Vec<String>,

    /// Send this metadata with every RPC, its value read from SRC and kept secret (repeatable)
    #[arg(long, value_name = "KEY=SRC")]
    pub header_from: Vec<HeaderFrom>,

    /// Send this metadata with the call alone (repeatable)
    #[arg(long = "rpc-header", value_name = "KEY: VALUE")]
    pub rpc_headers: Vec<String>,

    /// Send this metadata with reflection alone (repeatable)
    #[arg(long = "reflect-header", value_name = "KEY: VALUE")]
    pub reflect_headers: Vec<String>,
}

impl MetadataFlags {
    /// What these flags say.
    pub fn spec(&self) -> MetadataSpec {
        MetadataSpec {
            headers: self.headers.clone(),
            header_from: self.header_from.clone(),
            rpc_headers: self.rpc_headers.clone(),
            reflect_headers: self.reflect_headers.clone(),
            defaults: Vec::new(),
        }
    }
}
