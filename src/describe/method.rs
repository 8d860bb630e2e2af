//! METHOD as a user writes it, and which method that is.
//!
//! `pkg.Service/Method`, `pkg.Service.Method`, either with less of the package (`Service/Method`) as
//! long as one service only ends so, or a bare `Method` that one service only has.

use std::fmt;

use thiserror::Error;

use crate::describe::short_name::Fitting;
use crate::describe::short_name::ends_with_part;
use crate::describe::short_name::nearest;
use crate::text::did_you_mean;
use crate::text::escape;

/// What the user wrote, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodName {
    service: Option<String>,
    method: String,
}

/// A text that cannot name a method.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{}` is no method; one is written `package.Service/Method`", escape(.0))]
pub struct NotAMethod(String);

/// Which of the services there are is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    Found {
        service: String,
        /// The user did not write the whole name.
        from_suffix: bool,
    },
    /// At most the first 20 that fit, as the user could write them.
    Ambiguous {
        candidates: Vec<String>,
    },
    Unknown {
        suggestion: Option<String>,
    },
}

impl MethodName {
    /// Takes a METHOD argument apart; a leading `/` or `.` is accepted.
    ///
    /// # Errors
    /// When it has an empty part or a character that no protobuf name has.
    pub fn parse(text: &str) -> Result<Self, NotAMethod> {
        let refused = || NotAMethod(text.to_owned());
        let name = text.strip_prefix(['/', '.']).unwrap_or(text);
        let (service, method) = match name.split_once('/') {
            Some((service, method)) => (Some(service), method),
            None => match name.rsplit_once('.') {
                Some((service, method)) => (Some(service), method),
                None => (None, name),
            },
        };
        let service = service.map(|service| service.strip_prefix('.').unwrap_or(service));
        let parts = service.iter().flat_map(|service| service.split('.'));
        if !parts.chain([method]).all(is_identifier) {
            return Err(refused());
        }
        Ok(Self {
            service: service.map(str::to_owned),
            method: method.to_owned(),
        })
    }

    /// Takes a SERVICE argument: a name without a method, which [`MethodName::method`] gives as empty.
    ///
    /// # Errors
    /// As [`MethodName::parse`].
    pub fn of_service(text: &str) -> Result<Self, NotAMethod> {
        let service = text.strip_prefix(['/', '.']).unwrap_or(text);
        if !service.split('.').all(is_identifier) {
            return Err(NotAMethod(text.to_owned()));
        }
        Ok(Self {
            service: Some(service.to_owned()),
            method: String::new(),
        })
    }

    /// The service as written: whole, or the end of its name; none if only the method was given.
    pub fn service(&self) -> Option<&str> {
        self.service.as_deref()
    }

    pub fn method(&self) -> &str {
        &self.method
    }

    /// Whether the service has a package before it, and so may well be whole.
    pub fn is_qualified(&self) -> bool {
        self.service().is_some_and(|service| service.contains('.'))
    }

    /// Finds the service by its full name, or else by the only name that ends so.
    /// A bare method is never found here: see [`MethodName::among_methods`].
    pub fn among_services<'s>(
        &self,
        services: impl Iterator<Item = &'s str> + Clone,
    ) -> Resolution {
        let Some(written) = self.service() else {
            return Resolution::Unknown { suggestion: None };
        };
        if services.clone().any(|service| service == written) {
            return Resolution::Found {
                service: written.to_owned(),
                from_suffix: false,
            };
        }
        let fits = services
            .clone()
            .filter(|service| ends_with_part(service, written));
        self.decide(fits, || nearest(written, services).map(str::to_owned))
    }

    /// Finds the only service that has the method, all services and methods given as pairs.
    pub fn among_methods(&self, methods: &[(&str, &str)]) -> Resolution {
        let fits = methods
            .iter()
            .filter(|(_, method)| *method == self.method)
            .map(|(service, _)| *service);
        self.decide(fits, || {
            let names = methods.iter().map(|(_, method)| *method);
            let near = did_you_mean(&self.method, names)?;
            let (service, method) = methods.iter().find(|(_, method)| *method == near)?;
            Some(format!("{service}/{method}"))
        })
    }

    fn decide<'s>(
        &self,
        fits: impl Iterator<Item = &'s str>,
        suggestion: impl FnOnce() -> Option<String>,
    ) -> Resolution {
        match Fitting::of(fits.map(str::to_owned).collect()) {
            Fitting::Nothing => Resolution::Unknown {
                suggestion: suggestion(),
            },
            Fitting::One(service) => Resolution::Found {
                service,
                from_suffix: true,
            },
            Fitting::Several(services) => Resolution::Ambiguous {
                candidates: services
                    .into_iter()
                    .map(|service| match self.method.as_str() {
                        "" => service,
                        method => format!("{service}/{method}"),
                    })
                    .collect(),
            },
        }
    }
}

impl fmt::Display for MethodName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.service {
            Some(service) if self.method.is_empty() => f.write_str(service),
            Some(service) => write!(f, "{service}/{}", self.method),
            None => f.write_str(&self.method),
        }
    }
}

/// Protobuf's identifiers are ASCII; a server may be laxer, a separator or control never is one.
fn is_identifier(part: &str) -> bool {
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '$');
    !part.is_empty() && part.chars().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SERVICES: [&str; 5] = [
        "shop.v1.Orders",
        "shop.v2.Orders",
        "shop.v1.Carts",
        "Bare",
        "deep.Bare",
    ];

    fn among_services(text: &str) -> Resolution {
        MethodName::parse(text)
            .unwrap()
            .among_services(SERVICES.into_iter())
    }

    fn found(service: &str, from_suffix: bool) -> Resolution {
        Resolution::Found {
            service: service.to_owned(),
            from_suffix,
        }
    }

    #[test]
    fn every_form_is_taken_apart() {
        for (text, service, method) in [
            ("shop.v1.Orders/Get", Some("shop.v1.Orders"), "Get"),
            ("/shop.v1.Orders/Get", Some("shop.v1.Orders"), "Get"),
            (".shop.v1.Orders/Get", Some("shop.v1.Orders"), "Get"),
            ("/.shop.v1.Orders/Get", Some("shop.v1.Orders"), "Get"),
            ("shop.v1.Orders.Get", Some("shop.v1.Orders"), "Get"),
            ("Orders/Get", Some("Orders"), "Get"),
            ("Orders.Get", Some("Orders"), "Get"),
            ("Get", None, "Get"),
            ("/Get", None, "Get"),
        ] {
            let name = MethodName::parse(text).unwrap();
            assert_eq!((name.service(), name.method()), (service, method), "{text}");
            assert_eq!(name.is_qualified(), service == Some("shop.v1.Orders"));
        }
    }

    #[test]
    fn what_names_no_method_is_refused_and_escaped() {
        for text in [
            "",
            "/",
            ".",
            "a/",
            "/a/",
            "a/b/c",
            "a..b/c",
            "a.b/",
            "a b/c",
            "a/b\u{1b}[1m",
            "//x/y",
        ] {
            let refusal = MethodName::parse(text).unwrap_err().to_string();
            assert!(refusal.chars().all(crate::text::is_plain), "{refusal}");
        }
    }

    #[test]
    fn a_service_is_found_whole_or_by_a_unique_end() {
        for (text, expected) in [
            ("shop.v1.Orders/Get", found("shop.v1.Orders", false)),
            ("v1.Orders/Get", found("shop.v1.Orders", true)),
            ("Carts/Get", found("shop.v1.Carts", true)),
            ("Bare/Get", found("Bare", false)),
            (
                "Orders/Get",
                Resolution::Ambiguous {
                    candidates: vec!["shop.v1.Orders/Get".into(), "shop.v2.Orders/Get".into()],
                },
            ),
            (
                "Order/Get",
                Resolution::Unknown {
                    suggestion: Some("shop.v1.Orders".into()),
                },
            ),
            (
                "shop.v1.Cart/Get",
                Resolution::Unknown {
                    suggestion: Some("shop.v1.Carts".into()),
                },
            ),
            ("zzz/Get", Resolution::Unknown { suggestion: None }),
            (
                "arts/Get",
                Resolution::Unknown {
                    suggestion: Some("shop.v1.Carts".into()),
                },
            ),
        ] {
            let found = among_services(text);
            match (&found, &expected) {
                // Several are equally near; which is named does not matter.
                (
                    Resolution::Unknown {
                        suggestion: Some(named),
                    },
                    Resolution::Unknown {
                        suggestion: Some(_),
                    },
                ) => assert!(SERVICES.contains(&named.as_str())),
                _ => assert_eq!(found, expected, "{text}"),
            }
        }
    }

    #[test]
    fn a_bare_method_is_found_when_one_service_has_it() {
        let methods = [("a.A", "Get"), ("a.A", "List"), ("b.B", "Get")];
        let among = |text| MethodName::parse(text).unwrap().among_methods(&methods);
        assert_eq!(among("List"), found("a.A", true));
        assert_eq!(
            among("Get"),
            Resolution::Ambiguous {
                candidates: vec!["a.A/Get".into(), "b.B/Get".into()]
            }
        );
        assert_eq!(
            among("Lst"),
            Resolution::Unknown {
                suggestion: Some("a.A/List".into())
            }
        );
    }

    proptest! {
        #[test]
        fn no_text_panics(text in ".{0,60}") {
            if let Ok(name) = MethodName::parse(&text) {
                let _ = name.among_services(SERVICES.into_iter());
            }
        }

        #[test]
        fn what_is_displayed_is_read_back(text in "[a-z.]{0,8}[./]?[a-z]{1,4}") {
            if let Ok(name) = MethodName::parse(&text) {
                prop_assert_eq!(MethodName::parse(&name.to_string()), Ok(name));
            }
        }
    }
}
