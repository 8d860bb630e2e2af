//! `--filter 'identity=viewer;method=*Delete*'`: which cells are called.

use std::str::FromStr;

use globset::GlobMatcher;

use crate::suite::pattern;
use crate::text::did_you_mean;

const KEYS: &[&str] = &["identity", "method", "row", "target"];

/// What a cell must be; parts are joined by `;`, all must fit. Of the patterns of one part, split by `,`, one must fit.
#[derive(Clone, Debug, Default)]
pub struct Filter(Vec<Part>);

#[derive(Clone, Debug)]
struct Part {
    key: &'static str,
    patterns: Vec<GlobMatcher>,
}

/// What a filter looks at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Filtered<'a> {
    pub identity: &'a str,
    pub method: &'a str,
    /// `None`: nobody wrote the cell.
    pub row: Option<&'a str>,
    pub target: &'a str,
}

impl Filter {
    pub(crate) fn admits(&self, cell: Filtered<'_>) -> bool {
        self.0.iter().all(|part| {
            let text = match part.key {
                "identity" => Some(cell.identity),
                "method" => Some(cell.method),
                "target" => Some(cell.target),
                _ => cell.row,
            };
            let fits = |text| part.patterns.iter().any(|pattern| pattern.is_match(text));
            text.is_some_and(fits)
        })
    }
}

impl FromStr for Filter {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text
            .split(';')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        let parts: Vec<Part> = parts.map(part).collect::<Result<_, _>>()?;
        match parts.is_empty() {
            true => Err("write KEY=PATTERN, such as identity=viewer;method=*Delete*".to_owned()),
            false => Ok(Self(parts)),
        }
    }
}

fn part(text: &str) -> Result<Part, String> {
    let (key, patterns) = text
        .split_once('=')
        .ok_or_else(|| format!("`{text}` has no `=`: write KEY=PATTERN"))?;
    let key = key.trim();
    let Some(key) = KEYS.iter().find(|known| **known == key) else {
        return Err(match did_you_mean(key, KEYS.iter().copied()) {
            Some(near) => format!("`{key}` is not a key; did you mean `{near}`?"),
            None => format!("`{key}` is not a key: {}", KEYS.join(", ")),
        });
    };
    // A comma within braces belongs to the pattern.
    let mut depth = 0_usize;
    let split = |character: char| {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        character == ',' && depth == 0
    };
    let patterns = patterns
        .split(split)
        .map(|text| {
            pattern::matcher(text.trim(), false)
                .map_err(|why| format!("`{text}` is not a valid pattern: {why}"))
        })
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Part { key, patterns })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_admit_what_they_say() {
        let cell = Filtered {
            identity: "viewer",
            method: "shop.v1.Orders/Delete",
            row: Some("orders"),
            target: "shop",
        };
        let unlisted = Filtered { row: None, ..cell };
        for (text, cell, admits) in [
            ("identity=viewer", cell, true),
            ("identity=admin", cell, false),
            ("identity=admin,viewer", cell, true),
            ("identity=viewer;method=*Delete*", cell, true),
            ("identity=viewer; method=*Create*", cell, false),
            ("method=*{Create,Delete}", cell, true),
            ("method=shop.v1.*", cell, true),
            ("row=ord*", cell, true),
            ("row=ord*", unlisted, false),
            ("target=other", cell, false),
        ] {
            assert_eq!(
                text.parse::<Filter>().unwrap().admits(cell),
                admits,
                "{text}"
            );
        }
        for (text, said) in [
            ("", "KEY=PATTERN"),
            ("viewer", "no `=`"),
            ("identiy=x", "did you mean `identity`?"),
            ("zzz=x", "identity, method"),
            ("method={a", "not a valid pattern"),
        ] {
            let refusal = text.parse::<Filter>().unwrap_err();
            assert!(refusal.contains(said), "{text}: {refusal}");
        }
    }
}
