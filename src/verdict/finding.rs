//! What a diagnosis says: which layer, whose side, what, from which facts, and the fix.

/// The layer that said no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// The command line, a file or the environment: nothing was sent.
    Input,
    Network,
    Tls,
    Http2,
    /// An HTTP answer that is not gRPC.
    Http,
    Grpc,
    Reflection,
    Credential,
}

impl Layer {
    /// The layer's name in a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::Input => "the input",
            Self::Network => "the network",
            Self::Tls => "TLS",
            Self::Http2 => "HTTP/2",
            Self::Http => "HTTP",
            Self::Grpc => "gRPC",
            Self::Reflection => "reflection",
            Self::Credential => "the credential",
        }
    }
}

/// Whose side has to be fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Client,
    Server,
    Network,
    Proxy,
    AuthorizationServer,
}

/// One diagnosis, proven or general, with the facts that it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub id: &'static str,
    pub layer: Layer,
    /// `None`: undetermined; the hint then says how to find out, or gives both fixes.
    pub side: Option<Side>,
    /// One sentence, without a full stop.
    pub cause: String,
    /// One fact a line: the values that clash, both of them.
    pub evidence: Vec<String>,
    /// What to do.
    pub hint: String,
}
