//! gzip, bounded: what a message inflates to counts against the same limit as what is sent plain.

use std::io::Read as _;
use std::io::Write as _;

use bytes::Bytes;
use flate2::Compression;
use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;

/// Why a message did not inflate.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NotInflated {
    /// It is larger than the limit; inflating stopped there.
    TooLarge,
    Corrupt,
}

/// Inflates a message of at most `limit` bytes.
pub(crate) fn inflate(compressed: &[u8], limit: usize) -> Result<Bytes, NotInflated> {
    let mut message = Vec::new();
    let one_more = (limit as u64).saturating_add(1);
    MultiGzDecoder::new(compressed)
        .take(one_more)
        .read_to_end(&mut message)
        .map_err(|_| NotInflated::Corrupt)?;
    if message.len() > limit {
        return Err(NotInflated::TooLarge);
    }
    Ok(message.into())
}

/// Deflates a message.
pub(crate) fn deflate(message: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let written = encoder.write_all(message).and_then(|()| encoder.finish());
    written.expect("a Vec takes every write").into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let bomb = deflate(&vec![0; 1 << 22]);
        assert!(bomb.len() < 5000);
        assert_eq!(inflate(&bomb, 1 << 20), Err(NotInflated::TooLarge));
        assert_eq!(inflate(&bomb, 1 << 22).unwrap().len(), 1 << 22);
    }

    #[test]
    fn what_is_not_gzip_is_corrupt() {
        let whole = deflate(b"hello");
        for wire in [&b""[..], b"plain", &whole[..whole.len() - 3]] {
            assert_eq!(inflate(wire, 100), Err(NotInflated::Corrupt), "{wire:?}");
        }
    }

    proptest! {
        #[test]
        fn what_was_deflated_inflates(message in proptest::collection::vec(any::<u8>(), 0..300)) {
            prop_assert_eq!(inflate(&deflate(&message), 300).unwrap(), message);
        }

        #[test]
        fn hostile_bytes_do_not_panic(wire in proptest::collection::vec(any::<u8>(), 0..100)) {
            let _ = inflate(&wire, 1000);
        }
    }
}
