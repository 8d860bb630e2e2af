//! Lines that the runners of CI systems take for commands: what a peer wrote must not set a job's variables.
//!
//! GitHub reads `::name::` where a line begins, GitHub, Azure and TeamCity `##[`, `##vso[`, `##teamcity[` anywhere in it.
//! GitLab's section markers need a carriage return and ESC, which no output has. One character of a command is
//! written as the escape that JSON, proto source and the rest of our text have in common.

use std::borrow::Cow;

/// What begins a command wherever it stands.
const ANYWHERE: &[&str] = &["##[", "##vso[", "##teamcity["];
/// What begins a command after blanks.
const AT_LINE_START: &str = "::";

/// A text that holds no command. `at_line_start`: a line begins with it.
pub(super) fn disarmed(text: &str, at_line_start: bool) -> Cow<'_, str> {
    let mut disarmed = Cow::Borrowed(text);
    if text.contains(AT_LINE_START) {
        disarmed = line_starts(text, at_line_start);
    }
    if disarmed.contains("##") {
        for command in ANYWHERE {
            if disarmed.contains(command) {
                let shown = format!("\\u0023{}", &command[1..]);
                disarmed = Cow::Owned(disarmed.replace(command, &shown));
            }
        }
    }
    disarmed
}

fn line_starts(text: &str, at_line_start: bool) -> Cow<'_, str> {
    let mut changed = String::new();
    let mut is_start = at_line_start;
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        if is_start && line[indent..].starts_with(AT_LINE_START) {
            let at = line.as_ptr() as usize - text.as_ptr() as usize + indent;
            changed.push_str(&text[from..at]);
            changed.push_str("\\u003a");
            from = at + 1;
        }
        is_start = true;
    }
    match from {
        0 => Cow::Borrowed(text),
        _ => Cow::Owned(changed + &text[from..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn commands_are_shown_and_are_none() {
        for (text, shown) in [
            ("::error::x\n", "\\u003a:error::x\n"),
            (
                "a\n  ::set-output name=a::b",
                "a\n  \\u003a:set-output name=a::b",
            ),
            (
                "x ##vso[task.setvariable variable=a]b",
                "x \\u0023#vso[task.setvariable variable=a]b",
            ),
            ("##[error]x", "\\u0023#[error]x"),
            ("###teamcity[x]", "#\\u0023#teamcity[x]"),
        ] {
            assert_eq!(disarmed(text, true), shown);
        }
    }

    #[test]
    fn what_is_none_is_left() {
        for text in [
            "[::1]:443",
            "a::b",
            "## heading",
            "# [x]",
            "\"::error::\"",
            "##",
            "##vso",
        ] {
            assert!(matches!(disarmed(text, true), Cow::Borrowed(_)), "{text}");
        }
        assert_eq!(
            disarmed("::1 is loopback\n::2", false),
            "::1 is loopback\n\\u003a:2"
        );
    }

    proptest! {
        #[test]
        fn none_is_left(text in "[:#\\[\n a]{0,12}(##vso\\[)?[:#\\[\n va]{0,12}") {
            let shown = disarmed(&text, true);
            prop_assert!(ANYWHERE.iter().all(|command| !shown.contains(command)), "{}", shown);
            prop_assert!(shown.lines().all(|line| !line.trim_start().starts_with(AT_LINE_START)), "{}", shown);
        }

        #[test]
        fn json_means_the_same(text in "[:#\\[\"\\\\vso]{0,20}") {
            let json = serde_json::to_string(&text).unwrap();
            let read: String = serde_json::from_str(&disarmed(&json, true)).unwrap();
            prop_assert_eq!(read, text);
        }
    }
}
