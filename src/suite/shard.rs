//! `--shard 2/8`: which share of the cells a process calls.

use std::str::FromStr;

/// One of several shares; every cell is in exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// From 1.
    index: usize,
    total: usize,
}

impl Shard {
    /// `index` from 1.
    pub(crate) fn new(index: usize, total: usize) -> Result<Self, String> {
        match index >= 1 && index <= total {
            true => Ok(Self { index, total }),
            false => Err(format!(
                "{index}/{total} is not a shard: write 1/{0} to {0}/{0}",
                total.max(1)
            )),
        }
    }

    /// Whether the cell of this number, counted from 0, is in it. Neighbours go to different shares: a row is as much work
    /// for each.
    pub(crate) fn has(self, cell: usize) -> bool {
        cell % self.total == self.index - 1
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text.split_once('/').and_then(|(index, total)| {
            Some((index.trim().parse().ok()?, total.trim().parse().ok()?))
        });
        let (index, total) =
            numbers.ok_or_else(|| format!("`{text}` is not a shard: write 2/8"))?;
        Self::new(index, total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_is_in_one_shard() {
        for total in 1..5 {
            let shards: Vec<Shard> = (1..=total)
                .map(|index| format!("{index}/{total}").parse().unwrap())
                .collect();
            for cell in 0..20 {
                let having = shards.iter().filter(|shard| shard.has(cell));
                assert_eq!(having.count(), 1, "{cell} of {total}");
            }
        }
        for text in ["", "2", "0/2", "3/2", "1/0", "a/b", "-1/2"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }
}
