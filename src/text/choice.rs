//! Values that are chosen by a word, of a flag or of a file.

/// A value that is one of a few, each with its word.
pub(crate) trait Choice: Copy + 'static {
    /// Every word, what it chooses, and what help says of it; empty: nothing.
    const WORDS: &'static [(&'static str, Self, &'static str)];

    /// What this word chooses.
    fn by_word(word: &str) -> Option<Self> {
        let mut words = Self::WORDS.iter();
        words.find_map(|(own, value, _)| (*own == word).then_some(*value))
    }
}
