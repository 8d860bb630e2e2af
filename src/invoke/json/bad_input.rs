//! A fault of a request's JSON.

use std::fmt;

/// What is wrong with a request's JSON, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadInput {
    /// The file, or `standard input`; nothing for what stands on the command line.
    pub input: Option<String>,
    /// From 1, in the whole input.
    pub line: usize,
    /// From 1, in bytes.
    pub column: usize,
    /// Repeats parts of the input.
    pub message: String,
    /// A name that may have been meant.
    pub suggestion: Option<String>,
}

impl BadInput {
    /// The file, if it is one, line and column.
    pub fn place(&self) -> String {
        let Self { line, column, .. } = self;
        match &self.input {
            Some(input) => format!("{input}, line {line}, column {column}"),
            None => format!("line {line}, column {column}"),
        }
    }
}

impl std::error::Error for BadInput {}

impl fmt::Display for BadInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place(), self.message)?;
        match &self.suggestion {
            Some(suggestion) => write!(f, "; did you mean `{suggestion}`?"),
            None => Ok(()),
        }
    }
}
