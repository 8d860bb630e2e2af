//! Character references of HTML by name: those that stand for what a secret may be made of.

const ASCII: &[(&str, char)] = &[
    ("Tab", '\t'),
    ("NewLine", '\n'),
    ("excl", '!'),
    ("quot", '"'),
    ("QUOT", '"'),
    ("num", '#'),
    ("dollar", '$'),
    ("percnt", '%'),
    ("amp", '&'),
    ("AMP", '&'),
    ("apos", '\''),
    ("lpar", '('),
    ("rpar", ')'),
    ("ast", '*'),
    ("midast", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("period", '.'),
    ("sol", '/'),
    ("colon", ':'),
    ("semi", ';'),
    ("lt", '<'),
    ("LT", '<'),
    ("equals", '='),
    ("gt", '>'),
    ("GT", '>'),
    ("quest", '?'),
    ("commat", '@'),
    ("lsqb", '['),
    ("lbrack", '['),
    ("bsol", '\\'),
    ("rsqb", ']'),
    ("rbrack", ']'),
    ("Hat", '^'),
    ("lowbar", '_'),
    ("UnderBar", '_'),
    ("grave", '`'),
    ("DiacriticalGrave", '`'),
    ("lcub", '{'),
    ("lbrace", '{'),
    ("verbar", '|'),
    ("vert", '|'),
    ("VerticalLine", '|'),
    ("rcub", '}'),
    ("rbrace", '}'),
];

/// U+00A0 to U+00FF, in their order.
const LATIN_1: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 \
    sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring \
    AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash \
    Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml \
    igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

/// The longest name.
pub(super) const LONGEST: usize = "DiacriticalGrave".len();

/// What `&name;` stands for.
pub(super) fn named(name: &[u8]) -> Option<char> {
    let ascii = ASCII.iter().find(|(known, _)| known.as_bytes() == name);
    let latin = || {
        let names = LATIN_1.split(' ').zip('\u{a0}'..='\u{ff}');
        names
            .filter(|(known, _)| known.as_bytes() == name)
            .map(|(_, letter)| letter)
            .next()
    };
    ascii.map(|(_, letter)| *letter).or_else(latin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_their_letters() {
        for (name, letter) in [
            ("amp", Some('&')),
            ("nbsp", Some('\u{a0}')),
            ("times", Some('\u{d7}')),
            ("uuml", Some('\u{fc}')),
            ("yuml", Some('\u{ff}')),
            ("", None),
            ("am", None),
        ] {
            assert_eq!(named(name.as_bytes()), letter, "{name}");
        }
        assert!(ASCII.iter().all(|(name, _)| name.len() <= LONGEST));
        assert!(LATIN_1.split(' ').all(|name| name.len() <= LONGEST));
    }
}
