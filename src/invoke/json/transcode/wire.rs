//! The wire format of one message (<https://protobuf.dev/programming-guides/encoding/>). `None` is anything
//! that is not as it should be.

pub(in crate::invoke::json) const VARINT: u8 = 0;
pub(in crate::invoke::json) const FIXED_64: u8 = 1;
pub(in crate::invoke::json) const LENGTH_DELIMITED: u8 = 2;
pub(in crate::invoke::json) const FIXED_32: u8 = 5;

/// A value as it is on the wire: a varint, or a fixed number's bits, or octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::invoke::json) enum Raw<'a> {
    Number(u64),
    Octets(&'a [u8]),
}

/// Reads from the beginning to the end.
#[derive(Debug)]
pub(in crate::invoke::json) struct Wire<'a> {
    octets: &'a [u8],
    at: usize,
}

impl<'a> Wire<'a> {
    pub(crate) fn new(octets: &'a [u8]) -> Self {
        Self { octets, at: 0 }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.at == self.octets.len()
    }

    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// A field's number and wire type.
    pub(crate) fn tag(&mut self) -> Option<(u32, u8)> {
        let key = u32::try_from(self.varint()?).ok()?;
        let number = key >> 3;
        (number > 0).then_some((number, (key & 7) as u8))
    }

    /// A value of this wire type; none of a group.
    pub(crate) fn value(&mut self, wire_type: u8) -> Option<Raw<'a>> {
        Some(match wire_type {
            VARINT => Raw::Number(self.varint()?),
            FIXED_64 => Raw::Number(u64::from_le_bytes(self.take(8)?.try_into().ok()?)),
            FIXED_32 => {
                let bits = u32::from_le_bytes(self.take(4)?.try_into().ok()?);
                Raw::Number(bits.into())
            }
            LENGTH_DELIMITED => Raw::Octets(self.octets()?),
            _ => return None,
        })
    }

    pub(crate) fn octets(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.varint()?).ok()?;
        self.take(length)
    }

    fn varint(&mut self) -> Option<u64> {
        let first = *self.octets.get(self.at)?;
        self.at += 1;
        if first < 0x80 {
            return Some(first.into());
        }
        let mut value = u64::from(first & 0x7f);
        for shift in 1..10 {
            let octet = *self.octets.get(self.at)?;
            self.at += 1;
            // The tenth has room for one bit.
            if shift == 9 && octet > 1 {
                return None;
            }
            value |= u64::from(octet & 0x7f) << (7 * shift);
            if octet < 0x80 {
                return Some(value);
            }
        }
        None
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let taken = self.octets.get(self.at..self.at.checked_add(length)?)?;
        self.at += length;
        Some(taken)
    }
}

/// A signed number from its zigzag form.
pub(in crate::invoke::json) fn zigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}
