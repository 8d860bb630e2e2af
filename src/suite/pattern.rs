//! Patterns of methods: `shop.v1.Orders/{Create,Delete}*`. `*` stays within a service or a method's name, `**` does not.

use globset::GlobBuilder;
use globset::GlobMatcher;

use crate::suite::document::located::Located;
use crate::suite::source::Fault;
use crate::suite::source::Place;
use crate::text::escape;

#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    pub text: String,
    pub at: Place,
    matcher: GlobMatcher,
}

impl Pattern {
    pub(crate) fn parse(written: &Located<String>) -> Result<Self, Fault> {
        let crosses = written.contains("**");
        let matcher = matcher(written, !crosses).map_err(|why| {
            let what = format!("`{}` is not a valid pattern: {why}", escape(written));
            Fault::new(
                &written.at,
                what,
                "write package.Service/Method, with * and {a,b} if need be",
            )
        })?;
        Ok(Self {
            text: written.value.clone(),
            at: written.at.clone(),
            matcher,
        })
    }

    pub(crate) fn fits(&self, method: &str) -> bool {
        self.matcher.is_match(method)
    }

    /// A pattern that fits none of `methods` is a mistake that hides a hole.
    pub(crate) fn fits_nothing(&self, methods: &[&str]) -> Fault {
        let what = format!("`{}` matches no method of the schema", escape(&self.text));
        let service = self.text.trim_end_matches('/');
        if methods
            .iter()
            .any(|method| method.split('/').next() == Some(service))
        {
            return Fault::new(&self.at, what, format!("write {service}/* for its methods"));
        }
        let names = methods.iter().copied();
        let near = crate::text::did_you_mean(&self.text, names);
        match near {
            Some(near) => Fault::new(&self.at, what, format!("did you mean `{}`?", escape(near))),
            None => Fault::new(&self.at, what, "see the methods with `grpcauth list`"),
        }
    }
}

/// A glob over names; `*` stops at `/` if it is to.
pub(crate) fn matcher(text: &str, stops_at_slash: bool) -> Result<GlobMatcher, String> {
    let glob = GlobBuilder::new(text)
        .literal_separator(stops_at_slash)
        .backslash_escape(true)
        .build();
    glob.map(|glob| glob.compile_matcher())
        .map_err(|error| error.kind().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Result<Pattern, Fault> {
        Pattern::parse(&Located {
            at: 0..0,
            value: text.to_owned(),
        })
    }

    #[test]
    fn patterns_fit_what_they_say() {
        for (text, method, fits) in [
            ("shop.v1.Orders/*", "shop.v1.Orders/Get", true),
            ("shop.v1.Orders/*", "shop.v1.OrdersAdmin/Get", false),
            ("shop.v1.*/Get", "shop.v1.Orders/Get", true),
            ("shop.v1.*", "shop.v1.Orders/Get", false),
            ("shop.**", "shop.v1.Orders/Get", true),
            (
                "grpc.channelz.**",
                "grpc.channelz.v1.Channelz/GetServer",
                true,
            ),
            ("grpc.channelz.**", "grpc.health.v1.Health/Check", false),
            (
                "shop.v1.Orders/{Create,Delete}*",
                "shop.v1.Orders/DeleteAll",
                true,
            ),
            (
                "shop.v1.Orders/{Create,Delete}*",
                "shop.v1.Orders/Get",
                false,
            ),
            ("shop.v1.Orders/Ge?", "shop.v1.Orders/Get", true),
            ("Orders/Get", "shop.v1.Orders/Get", false),
        ] {
            assert_eq!(pattern(text).unwrap().fits(method), fits, "{text} {method}");
        }
        for text in ["a/{b", "a/[z"] {
            assert!(pattern(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_pattern_that_fits_nothing_gets_a_hint() {
        let methods = ["shop.v1.Orders/Get", "shop.v1.Orders/Delete"];
        for (text, hint) in [
            ("shop.v1.Orders", "shop.v1.Orders/*"),
            ("shop.v1.Order/Get", "shop.v1.Orders/Get"),
            ("zzz", "grpcauth list"),
        ] {
            let fault = pattern(text).unwrap().fits_nothing(&methods);
            assert!(fault.hint.contains(hint), "{fault:?}");
        }
    }
}
