//! The output formats. To add one: a file beside these, and its row in [`ALL`].

pub(crate) mod json;
mod ndjson;
pub(crate) mod text;

use crate::invoke::json::Layout;
use crate::report::Format;

/// An output format: its name, what it is for, and its renderer.
#[derive(Debug)]
pub struct Row {
    pub name: &'static str,
    pub summary: &'static str,
    /// How messages are laid out.
    pub layout: Layout,
    pub renderer: fn() -> Box<dyn Format>,
}

/// Every format, the default first.
pub const ALL: &[&Row] = &[&text::ROW, &json::ROW, &ndjson::ROW];

/// The format of this name.
pub(crate) fn find(name: &str) -> Option<&'static Row> {
    ALL.iter().copied().find(|row| row.name == name)
}
