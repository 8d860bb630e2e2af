//! Specimens with some octets changed, cut out, repeated, or taken over from another specimen.

use std::fmt;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::sample::select;

/// No input is longer: what grows with it would make a debug build slow.
const LONGEST: usize = 64 << 10;

/// What means something to one parser or another.
const WORDS: &[&[u8]] = &[
    b"\0",
    b"\r\n",
    b"\n\n",
    b" ",
    b"=",
    b",",
    b";",
    b":",
    b".",
    b"%",
    b"%25",
    b"%zz",
    b"\"",
    b"\\",
    b"\\u0000",
    b"\\ud800",
    b"[",
    b"{",
    b"}",
    b"<",
    b">",
    b"</title>",
    b"&#x202e;",
    b"null",
    b"-1",
    b"1e999",
    b"9223372036854775808",
    b"18446744073709551616",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xe2\x80\xae",
    b"\xc2\x9b",
    b"\x1b[2J",
    b"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01",
    b"\xff\xff\xff\xff",
    b"\x30\x84\xff\xff\xff\xff",
    b"\x30\x80",
    b"-----BEGIN ",
    b"-----END ",
];

/// An input, shown so that it can be pasted into a table of seeds.
#[derive(Clone)]
pub struct Input(pub Vec<u8>);

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

#[derive(Clone, Debug)]
enum Edit {
    Flip(Index, u8),
    Put(Index, u8),
    Insert(Index, &'static [u8]),
    Truncate(Index),
    Remove(Index, usize),
    Repeat(Index, usize, usize),
    /// So many octets of another seed.
    Splice(Index, Index, Index, usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = any::<Index>;
    prop_oneof![
        4 => (at(), 0_u8..8).prop_map(|(at, bit)| Edit::Flip(at, bit)),
        3 => (at(), any::<u8>()).prop_map(|(at, octet)| Edit::Put(at, octet)),
        4 => (at(), select(WORDS)).prop_map(|(at, word)| Edit::Insert(at, word)),
        1 => at().prop_map(Edit::Truncate),
        2 => (at(), 1_usize..64).prop_map(|(at, length)| Edit::Remove(at, length)),
        2 => (at(), 1_usize..32, select(&[1, 2, 20, 300, 10_000][..]))
            .prop_map(|(at, length, times)| Edit::Repeat(at, length, times)),
        2 => (at(), at(), at(), 1_usize..200)
            .prop_map(|(to, seed, from, length)| Edit::Splice(to, seed, from, length)),
    ]
}

/// Mutated seeds, and now and then something of no form at all.
pub fn of(seeds: &[Vec<u8>]) -> impl Strategy<Value = Input> + use<> {
    let seeds = seeds.to_vec();
    let base = prop_oneof![
        12 => select(seeds.clone()),
        1 => vec(any::<u8>(), 0..200),
    ];
    (base, vec(edit(), 0..6)).prop_map(move |(mut input, edits)| {
        for edit in edits {
            apply(&mut input, &edit, &seeds);
            input.truncate(LONGEST);
        }
        Input(input)
    })
}

fn apply(input: &mut Vec<u8>, edit: &Edit, seeds: &[Vec<u8>]) {
    // One past the end is a place as well, to insert at.
    let place = |at: &Index| at.index(input.len() + 1);
    match edit {
        Edit::Flip(at, bit) => {
            let at = place(at);
            if let Some(octet) = input.get_mut(at) {
                *octet ^= 1 << bit;
            }
        }
        Edit::Put(at, new) => {
            let at = place(at);
            if let Some(octet) = input.get_mut(at) {
                *octet = *new;
            }
        }
        Edit::Insert(at, word) => {
            let at = place(at);
            input.splice(at..at, word.iter().copied());
        }
        Edit::Truncate(at) => input.truncate(place(at)),
        Edit::Remove(at, length) => {
            let at = place(at);
            input.drain(at..(at + length).min(input.len()));
        }
        Edit::Repeat(at, length, times) => {
            let at = place(at);
            let piece = &input[at..(at + length).min(input.len())];
            let repeated = piece.repeat((*times).min(LONGEST / length));
            input.splice(at..at, repeated);
        }
        Edit::Splice(to, seed, from, length) => {
            let seed = &seeds[seed.index(seeds.len())];
            let from = from.index(seed.len() + 1);
            let piece = &seed[from..(from + length).min(seed.len())];
            let to = place(to);
            input.splice(to..to, piece.iter().copied());
        }
    }
}
