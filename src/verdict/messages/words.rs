//! A message as words, so that `UnknownIssuer`, `UNKNOWN_ISSUER` and "unknown issuer" are the same.

/// Words that only a program's message has, or a person who writes about one.
const TECHNICAL: &[&str] = &[
    "tls", "ssl", "x509", "jwt", "grpc", "http", "https", "server", "peer", "rpc", "ca", "grpcurl",
    "channel",
];

/// Up to so many words it is a message that somebody has shortened, not prose.
const SHORT: usize = 8;

/// What is looked into.
pub(crate) struct Message<'a> {
    text: &'a str,
    /// With a space at both ends.
    words: String,
}

impl<'a> Message<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let words = joined(text);
        Self { text, words }
    }

    /// Whether it has these words in a row.
    pub(crate) fn has_words(&self, words: &str) -> bool {
        self.words.contains(words)
    }

    /// Whether it has these characters.
    pub(crate) fn has_text(&self, text: &str) -> bool {
        self.text.contains(text)
    }

    /// Whether it can be the message of a program: long sentences of ordinary words are not.
    pub(crate) fn is_technical(&self) -> bool {
        let marked = |character: char| {
            character.is_ascii_digit() || matches!(character, ':' | '_' | '=' | '{' | '[' | '(')
        };
        self.text.contains(marked)
            || self.words.split_whitespace().count() <= SHORT
            || TECHNICAL
                .iter()
                .any(|word| self.words.contains(&format!(" {word} ")))
    }
}

/// The words in lower case, one space before, between and after them. Joined words are parted, escapes are left out.
pub(crate) fn joined(text: &str) -> String {
    let text = text.replace("\\n", " ").replace("\\r", " ");
    let characters: Vec<char> = text.chars().collect();
    let mut words = String::from(" ");
    for (at, character) in characters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| characters.get(at));
        let after = characters.get(at + 1);
        if !character.is_ascii_alphanumeric() {
            part(&mut words);
            continue;
        }
        let starts = character.is_ascii_uppercase()
            && before.is_some_and(|before| {
                before.is_ascii_lowercase()
                    || before.is_ascii_uppercase()
                        && after.is_some_and(|after| after.is_ascii_lowercase())
            });
        if starts {
            part(&mut words);
        }
        words.push(character.to_ascii_lowercase());
    }
    part(&mut words);
    words
}

fn part(words: &mut String) {
    if !words.ends_with(' ') {
        words.push(' ');
    }
}
