//! Writing DER, for keys that come in another shape than ring takes.

/// One DER element (X.690 §8.1): tag, length, the parts of its content.
pub(crate) fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let mut element = vec![tag];
    match u8::try_from(content.len()) {
        Ok(short @ 0..=0x7f) => element.push(short),
        Ok(byte) => element.extend([0x81, byte]),
        Err(_) => {
            let length = u32::try_from(content.len()).unwrap_or(u32::MAX);
            let bytes = length.to_be_bytes();
            let leading = bytes.iter().take_while(|byte| **byte == 0).count();
            element.push(0x84 - leading as u8);
            element.extend(&bytes[leading..]);
        }
    }
    element.extend(content);
    element
}

/// A number that is not negative, from its octets, most significant first (X.690 §8.3).
pub(crate) fn unsigned_integer(octets: &[u8]) -> Vec<u8> {
    let significant = octets.iter().position(|octet| *octet != 0);
    match &octets[significant.unwrap_or(octets.len())..] {
        [] => element(0x02, &[&[0]]),
        // A leading bit would make the number negative.
        number @ [0x80..=0xff, ..] => element(0x02, &[&[0], number]),
        number => element(0x02, &[number]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_as_short_as_they_can_be() {
        for (length, head) in [
            (0, &[0x04, 0][..]),
            (127, &[0x04, 0x7f]),
            (128, &[0x04, 0x81, 0x80]),
            (256, &[0x04, 0x82, 1, 0]),
            (70_000, &[0x04, 0x83, 1, 0x11, 0x70]),
        ] {
            let written = element(0x04, &[&vec![7; length]]);
            assert_eq!(&written[..written.len() - length], head);
        }
    }

    #[test]
    fn numbers_are_short_and_not_negative() {
        for (octets, written) in [
            (&[][..], &[2, 1, 0][..]),
            (&[0, 0], &[2, 1, 0]),
            (&[0, 1], &[2, 1, 1]),
            (&[0x80], &[2, 2, 0, 0x80]),
        ] {
            assert_eq!(unsigned_integer(octets), written);
        }
    }
}
