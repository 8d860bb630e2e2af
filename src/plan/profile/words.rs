//! TARGET and the word after it, where a profile may give the first.

use crate::plan::Planned;
use crate::plan::profile::Profile;
use crate::plan::usage;

/// TARGET and METHOD of a call: one word alone is the METHOD, if the profile has a target.
pub(crate) fn of_call<'a>(
    profile: Option<&'a Profile>,
    first: &'a str,
    second: Option<&'a str>,
) -> Planned<(&'a str, &'a str)> {
    let of_profile = profile.and_then(|profile| profile.channel.target.as_deref());
    match (second, of_profile, profile) {
        (Some(method), _, _) => Ok((first, method)),
        (None, Some(target), _) => Ok((target, first)),
        (None, None, Some(profile)) => Err(usage(
            format!(
                "a call needs TARGET and METHOD: the profile `{}` has no target",
                profile.name
            ),
            format!(
                "write both, or add target = \"host:port\" at {}",
                profile.place
            ),
        )),
        (None, None, None) => Err(usage(
            "a call needs TARGET and METHOD, and one word is given",
            "write `grpcauth call TARGET METHOD`, or name a profile that has a target with -P NAME",
        )),
    }
}

/// TARGET and a word that may follow: where the profile has a target, one word alone is the second, unless
/// it looks like a target itself.
pub(crate) fn or_target<'a>(
    profile: Option<&'a Profile>,
    words: (Option<&'a str>, Option<&'a str>),
    looks_like_target: fn(&str) -> bool,
) -> (Option<&'a str>, Option<&'a str>) {
    let of_profile = profile.and_then(|profile| profile.channel.target.as_deref());
    match (words, of_profile) {
        ((None, second), Some(target)) => (Some(target), second),
        ((Some(only), None), Some(target)) if !looks_like_target(only) => {
            (Some(target), Some(only))
        }
        (words, _) => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::channel::ChannelSpec;

    fn profile(target: Option<&str>) -> Profile {
        Profile {
            name: "ci".into(),
            channel: ChannelSpec {
                target: target.map(str::to_owned),
                ..ChannelSpec::default()
            },
            ..Profile::default()
        }
    }

    #[test]
    fn a_call_has_two_words_or_a_profile() {
        let with = profile(Some("api.test:1"));
        let without = profile(None);
        for (profile, second, expected) in [
            (None, Some("M"), Some(("a", "M"))),
            (Some(&with), Some("M"), Some(("a", "M"))),
            (Some(&with), None, Some(("api.test:1", "a"))),
            (Some(&without), None, None),
            (None, None, None),
        ] {
            let words = of_call(profile, "a", second);
            assert_eq!(words.ok(), expected, "{profile:?} {second:?}");
        }
    }

    #[test]
    fn one_word_is_what_it_looks_like() {
        let with = profile(Some("api.test:1"));
        let looks = |word: &str| word.contains(':');
        for (words, expected) in [
            ((None, None), (Some("api.test:1"), None)),
            ((Some("Orders"), None), (Some("api.test:1"), Some("Orders"))),
            ((Some("b.test:1"), None), (Some("b.test:1"), None)),
            ((Some("b"), Some("Orders")), (Some("b"), Some("Orders"))),
        ] {
            assert_eq!(or_target(Some(&with), words, looks), expected);
            assert_eq!(or_target(None, words, looks), words);
        }
    }
}
