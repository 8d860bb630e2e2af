//! Tokens that stand on a command line where none belongs: behind a flag that names a file, as a target, as a word too
//! many. Whatever refuses the word repeats it; so they are learned first.

use crate::secret::Secret;

/// How tokens begin that say by their form what they are: JOSE (JSON in base64), and those of well-known services.
const BEGINNINGS: &[&str] = &[
    "eyJ",
    "AIza",
    "dop_v1_",
    "gho_",
    "ghp_",
    "ghs_",
    "ghu_",
    "github_pat_",
    "glpat-",
    "hvb.",
    "hvs.",
    "npm_",
    "pypi-",
    "sk-",
    "xoxb-",
    "xoxp-",
    "ya29.",
];

/// The shortest that is taken for one.
const SHORTEST: usize = 20;

/// Learns the tokens among the words of a command line.
pub(crate) fn learn_words<'a>(words: impl IntoIterator<Item = &'a str>) {
    for token in words.into_iter().flat_map(tokens) {
        Secret::new(token);
    }
}

/// What in a word is a token by its form.
fn tokens(word: &str) -> impl Iterator<Item = &str> {
    let separates =
        |character: char| !(character.is_ascii_alphanumeric() || "-._~+".contains(character));
    word.split(separates).filter(|run| {
        run.len() >= SHORTEST
            && BEGINNINGS
                .iter()
                .any(|beginning| run.starts_with(beginning))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_known_by_their_form() {
        let jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl";
        for (word, found) in [
            (jwt.to_owned(), Some(jwt)),
            (format!("--max-time={jwt}"), Some(jwt)),
            (format!("env:{jwt}"), Some(jwt)),
            (format!("file:/run/{jwt}"), Some(jwt)),
            (format!("Bearer {jwt}"), Some(jwt)),
            ("-Xghp_0123456789abcdefghij".to_owned(), None),
            (
                "ghp_0123456789abcdefghij".to_owned(),
                Some("ghp_0123456789abcdefghij"),
            ),
            // Near misses.
            ("eyJ.a.b".to_owned(), None),
            ("orders.example.com:443".to_owned(), None),
            ("lab.v1.Vault/GetAdmin".to_owned(), None),
            ("sk-short".to_owned(), None),
        ] {
            assert_eq!(tokens(&word).next(), found, "{word}");
        }
    }
}
