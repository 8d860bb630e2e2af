//! Where a sentence of ours may be divided: outside of what a peer wrote, of what is quoted, and of parentheses.

use crate::report::opening;

/// Fewer words say nothing by themselves.
const FEWEST_WORDS: usize = 4;
/// A beginning whose last clause has fewer is about to say something.
const FEWEST_IN_CLAUSE: usize = 3;

/// The places of `mark` in the line.
fn places(line: &str, mark: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let (mut in_code, mut in_quotes, mut depth) = (false, false, 0_usize);
    for (from, text) in opening::own_words(line) {
        for (at, character) in text.char_indices() {
            if !in_code && !in_quotes && depth == 0 && text[at..].starts_with(mark) {
                found.push(from + at);
            }
            match character {
                '`' => in_code = !in_code,
                '"' => in_quotes = !in_quotes,
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
    }
    found
}

/// The parts between the marks.
pub(super) fn divided<'a>(line: &'a str, mark: &str) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let mut from = 0;
    for at in places(line, mark) {
        parts.push(&line[from..at]);
        from = at + mark.len();
    }
    parts.push(&line[from..]);
    parts
}

/// `label: value`, where the label is ours and no longer than so many characters.
pub(super) fn labelled(line: &str, longest: usize) -> Option<(&str, &str)> {
    let at = *places(line, ": ").first()?;
    let (label, value) = (&line[..at], &line[at + 2..]);
    let is_short = label.chars().count() <= longest;
    let is_ours = opening::own_words(label) == [(0, label)];
    let is_plain = is_ours && !label.contains([',', '`', '"']);
    (is_short && is_plain).then_some((label, value))
}

/// The longest beginning that ends with a clause and fits, and the rest of the line; `None`: there is none that says
/// something by itself.
pub(super) fn shortened(line: &str, fits: impl Fn(&str) -> bool) -> Option<(&str, &str)> {
    let mut ends: Vec<(usize, &str)> = ["; ", ": ", " ("]
        .into_iter()
        .flat_map(|mark| places(line, mark).into_iter().map(move |at| (at, mark)))
        .collect();
    ends.sort_unstable_by_key(|(at, _)| std::cmp::Reverse(*at));
    ends.iter().enumerate().find_map(|(index, &(at, mark))| {
        let head = &line[..at];
        let rest = &line[at + mark.len()..];
        let rest = match mark {
            " (" => rest.strip_suffix(')').filter(|rest| !rest.contains(')'))?,
            _ => rest,
        };
        let before = ends.get(index + 1);
        let clause = &head[before.map_or(0, |(at, mark)| at + mark.len())..];
        let says_something = words(head) >= FEWEST_WORDS && words(clause) >= FEWEST_IN_CLAUSE;
        (says_something && fits(head)).then_some((head, rest))
    })
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The text with `glue` in place of each blank between backquotes.
pub(super) fn glued(text: &str, glue: char) -> String {
    let mut in_code = false;
    let is_paired = text.matches('`').count().is_multiple_of(2);
    text.chars()
        .map(|character| {
            in_code ^= character == '`';
            match character {
                ' ' if in_code && is_paired => glue,
                other => other,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::peer_text::PeerText;

    #[test]
    fn only_our_own_words_are_divided() {
        let peer = PeerText::from("a; b: c");
        let line = format!("run `x; y` and (then; so) \"{peer}\"; or wait; stop");
        assert_eq!(divided(&line, "; ")[1..], ["or wait", "stop"]);
        assert_eq!(divided("nothing to divide", "; "), ["nothing to divide"]);
    }

    #[test]
    fn a_label_is_short_and_ours() {
        assert_eq!(
            labelled("names: DNS:a, DNS:b", 24),
            Some(("names", "DNS:a, DNS:b"))
        );
        let peer = PeerText::from("iss");
        for line in [
            "no label at all".to_owned(),
            "a sentence that goes on for long: value".to_owned(),
            "the file, a.pem: value".to_owned(),
            format!("{peer}: value"),
            format!("says {peer}: value"),
            "with `code: x` alone".to_owned(),
        ] {
            assert_eq!(labelled(&line, 24), None, "{line}");
        }
    }

    #[test]
    fn a_long_headline_ends_with_a_clause() {
        let cut = |line| shortened(line, |head: &str| head.len() <= 45);
        assert_eq!(
            cut("the token sent expired 60 min before the call (exp 1, iss a)"),
            Some((
                "the token sent expired 60 min before the call",
                "exp 1, iss a"
            ))
        );
        assert_eq!(
            cut("the server did not accept it: its signature is wrong: it is not good"),
            Some((
                "the server did not accept it",
                "its signature is wrong: it is not good"
            ))
        );
        for whole in [
            "--cacert /a/very/long/path.pem: there is no such file here",
            "the server was dialled by its address, and its certificate is for names",
            "--cacert one-line/ca.pem: line 1: its newlines are escapes",
            "one (two) three four (five) six seven eight nine ten and so on",
        ] {
            assert_eq!(cut(whole), None, "{whole}");
        }
    }

    #[test]
    fn code_holds_together() {
        assert_eq!(glued("run `a b` now", '_'), "run `a_b` now");
        assert_eq!(glued("a ` b c", '_'), "a ` b c");
    }
}
