//! The comments of one declaration and what lies in it, from the file's source code information.

use std::collections::HashMap;

use prost::encoding::decode_varint;

use crate::describe::outline::file;
use crate::describe::wire::Field;
use crate::describe::wire::fields;

/// `SourceCodeInfo.location`, and field numbers of `Location`.
const LOCATION: u32 = 1;
const PATH: u32 = 1;
const LEADING: u32 = 3;
const TRAILING: u32 = 4;
const DETACHED: u32 = 6;

/// Steps from the file inwards: field number, index, field number, index…
pub(super) type Path = Vec<u32>;

/// What stands around one declaration.
#[derive(Clone, Debug, Default)]
pub(super) struct Comment<'a> {
    pub detached: Vec<&'a str>,
    pub leading: &'a str,
    pub trailing: &'a str,
}

#[derive(Debug, Default)]
pub(super) struct Comments<'a>(HashMap<Path, Comment<'a>>);

impl<'a> Comments<'a> {
    /// Reads those at `within` and deeper; what cannot be read is passed over.
    pub(super) fn read(file_bytes: &'a [u8], within: &[u32]) -> Self {
        let mut comments = Self::default();
        let infos = fields(file_bytes)
            .flatten()
            .filter(|field| field.number == file::SOURCE_CODE_INFO)
            .filter_map(|field| field.bytes().ok());
        for location in infos.flat_map(|info| fields(info).flatten()) {
            if location.number == LOCATION
                && let Ok(bytes) = location.bytes()
                && let Some((path, comment)) = read_location(bytes, within)
            {
                comments.0.insert(path, comment);
            }
        }
        comments
    }

    pub(super) fn at(&self, path: &[u32]) -> Option<&Comment<'a>> {
        self.0.get(path)
    }
}

fn read_location<'a>(bytes: &'a [u8], within: &[u32]) -> Option<(Path, Comment<'a>)> {
    let mut comment = Comment::default();
    let mut path = None;
    let text = |field: Field<'a>| field.text().unwrap_or_default();
    for field in fields(bytes).flatten() {
        match field.number {
            PATH => path = Some(steps(field.bytes().ok()?, within)?),
            LEADING => comment.leading = text(field),
            TRAILING => comment.trailing = text(field),
            DETACHED => comment.detached.push(text(field)),
            _ => {}
        }
    }
    let is_empty =
        comment.leading.is_empty() && comment.trailing.is_empty() && comment.detached.is_empty();
    if is_empty {
        return None;
    }
    Some((path?, comment))
}

/// A packed path, if it begins with `within`.
fn steps(mut packed: &[u8], within: &[u32]) -> Option<Path> {
    let mut path = Path::new();
    while !packed.is_empty() {
        let step = u32::try_from(decode_varint(&mut packed).ok()?).ok()?;
        if within.get(path.len()).is_some_and(|wanted| *wanted != step) {
            return None;
        }
        path.push(step);
    }
    (path.len() >= within.len()).then_some(path)
}
