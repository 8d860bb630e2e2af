//! Name constraints (RFC 5280 §4.2.1.10), for explaining what webpki refused by them.

use std::fmt;
use std::net::IpAddr;

use x509_parser::extensions::GeneralName;
use x509_parser::extensions::GeneralSubtree;
use x509_parser::extensions::NameConstraints;

use crate::x509::facts::extensions::SubjectAltName;
use crate::x509::facts::extensions::address;
use crate::x509::facts::name::name_text;

/// Which names a CA may issue for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constraints {
    pub permitted: Vec<Subtree>,
    pub excluded: Vec<Subtree>,
}

/// One subtree of names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subtree {
    Dns(String),
    Ip { network: IpAddr, mask: IpAddr },
    Other(String),
}

impl fmt::Display for Subtree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dns(name) => write!(f, "DNS:{name}"),
            Self::Ip { network, mask } => write!(f, "IP:{network}/{mask}"),
            Self::Other(text) => f.write_str(text),
        }
    }
}

impl Constraints {
    pub(super) fn of(constraints: &NameConstraints<'_>) -> Self {
        let read = |subtrees: &Option<Vec<GeneralSubtree<'_>>>| {
            let subtrees = subtrees.iter().flatten();
            subtrees.map(|subtree| Subtree::of(&subtree.base)).collect()
        };
        Self {
            permitted: read(&constraints.permitted_subtrees),
            excluded: read(&constraints.excluded_subtrees),
        }
    }

    /// Why a name is outside, in words; `None` if it is not, or where its kind is not compared here.
    pub fn refuses(&self, name: &SubjectAltName) -> Option<String> {
        if let Some(excluded) = self.excluded.iter().find(|tree| tree.holds(name)) {
            return Some(format!("{name} is in the excluded {excluded}"));
        }
        let of_kind: Vec<&Subtree> = self
            .permitted
            .iter()
            .filter(|tree| tree.is_of_kind(name))
            .collect();
        if of_kind.is_empty() || of_kind.iter().any(|tree| tree.holds(name)) {
            return None;
        }
        let permitted: Vec<String> = of_kind.iter().map(ToString::to_string).collect();
        Some(format!(
            "{name} is not in the permitted {}",
            permitted.join(", ")
        ))
    }
}

impl Subtree {
    fn of(base: &GeneralName<'_>) -> Self {
        match base {
            GeneralName::DNSName(name) => Self::Dns((*name).to_owned()),
            GeneralName::IPAddress(bytes) => {
                let (network, mask) = bytes.split_at(bytes.len() / 2);
                match (address(network), address(mask)) {
                    (Some(network), Some(mask)) => Self::Ip { network, mask },
                    _ => Self::Other("IP:malformed".to_owned()),
                }
            }
            GeneralName::RFC822Name(name) => Self::Other(format!("email:{name}")),
            GeneralName::URI(name) => Self::Other(format!("URI:{name}")),
            GeneralName::DirectoryName(name) => Self::Other(format!("DirName:{}", name_text(name))),
            _ => Self::Other("a name of another kind".to_owned()),
        }
    }

    fn is_of_kind(&self, name: &SubjectAltName) -> bool {
        matches!(
            (self, name),
            (Self::Dns(_), SubjectAltName::Dns(_)) | (Self::Ip { .. }, SubjectAltName::Ip(_))
        )
    }

    /// A DNS subtree holds its name and all below it; one that begins with a dot only those below.
    fn holds(&self, name: &SubjectAltName) -> bool {
        match (self, name) {
            (Self::Dns(tree), SubjectAltName::Dns(name)) => {
                let (tree, name) = (tree.to_ascii_lowercase(), name.to_ascii_lowercase());
                let front = name.strip_suffix(&tree);
                tree.is_empty()
                    || front.is_some_and(|front| match tree.starts_with('.') {
                        true => !front.is_empty(),
                        false => front.is_empty() || front.ends_with('.'),
                    })
            }
            (Self::Ip { network, mask }, SubjectAltName::Ip(address)) => {
                match (network, mask, address) {
                    (IpAddr::V4(network), IpAddr::V4(mask), IpAddr::V4(address)) => {
                        address.to_bits() & mask.to_bits() == network.to_bits() & mask.to_bits()
                    }
                    (IpAddr::V6(network), IpAddr::V6(mask), IpAddr::V6(address)) => {
                        address.to_bits() & mask.to_bits() == network.to_bits() & mask.to_bits()
                    }
                    _ => false,
                }
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dns(name: &str) -> SubjectAltName {
        SubjectAltName::Dns(name.to_owned())
    }

    #[test]
    fn a_name_is_held_against_what_is_permitted_and_excluded() {
        let tree = |name: &str| Subtree::Dns(name.to_owned());
        let net = |network: &str, mask: &str| Subtree::Ip {
            network: network.parse().unwrap(),
            mask: mask.parse().unwrap(),
        };
        let constraints = Constraints {
            permitted: vec![
                tree("example.com"),
                tree(".inner.test"),
                net("10.0.0.0", "255.0.0.0"),
            ],
            excluded: vec![tree("bad.example.com")],
        };
        for (name, said) in [
            (dns("example.com"), None),
            (dns("a.b.Example.com"), None),
            (dns("x.inner.test"), None),
            (
                dns("inner.test"),
                Some("is not in the permitted DNS:example.com, DNS:.inner.test"),
            ),
            (dns("notexample.com"), Some("is not in the permitted")),
            (
                dns("x.bad.example.com"),
                Some("is in the excluded DNS:bad.example.com"),
            ),
            (SubjectAltName::Ip("10.1.2.3".parse().unwrap()), None),
            (
                SubjectAltName::Ip("192.0.2.1".parse().unwrap()),
                Some("is not in the permitted IP:10.0.0.0/255.0.0.0"),
            ),
            (SubjectAltName::Uri("https://else.test".to_owned()), None),
        ] {
            let refused = constraints.refuses(&name);
            assert_eq!(refused.is_some(), said.is_some(), "{name}: {refused:?}");
            if let (Some(refused), Some(said)) = (refused, said) {
                assert!(refused.contains(said), "{refused}");
            }
        }
        let none = Constraints {
            permitted: Vec::new(),
            excluded: Vec::new(),
        };
        assert_eq!(none.refuses(&dns("any.test")), None);
    }
}
