//! From an encoded message straight to JSON text, by a plan made once for each type: some five times
//! faster than by way of a message in memory. It gives the text that [`Decoder`] gives, or leaves the
//! message to it: what is rare (`Any`, `Struct`, fields given twice or in pieces, groups, extensions) and
//! what is wrong, which only the decoder names.

mod plan;
mod times;
pub(super) mod wire;

use prost_reflect::MessageDescriptor;
use serde::Serialize;

use crate::invoke::json::decoder;
use crate::invoke::json::decoder::Decoder;
use crate::invoke::json::decoder::Layout;
use crate::invoke::json::decoder::Undecodable;
use crate::invoke::json::decoder::escape;
use crate::invoke::json::transcode::plan::Field;
use crate::invoke::json::transcode::plan::Label;
use crate::invoke::json::transcode::plan::Plan;
use crate::invoke::json::transcode::plan::Plans;
use crate::invoke::json::transcode::plan::Shape;
use crate::invoke::json::transcode::plan::ValueKind;
use crate::invoke::json::transcode::wire::LENGTH_DELIMITED;
use crate::invoke::json::transcode::wire::Raw;
use crate::invoke::json::transcode::wire::Wire;

/// Messages within messages that are written here; deeper ones are left to the decoder and its limit.
const MAX_DEPTH: usize = 100;

/// After so many messages more that were left to the decoder than were not, no more are tried.
const PATIENCE: i32 = 32;

/// Writes messages of one type, as [`Decoder`] does, but fast.
#[derive(Debug)]
pub struct Transcoder {
    decoder: Decoder,
    plans: Plans,
    text: Vec<u8>,
    slots: Vec<Slot>,
    pretty: bool,
    /// How long the text may become, and whether it would become longer.
    limit: usize,
    too_long: bool,
    /// Goes down with each message that had to be left to the decoder.
    patience: i32,
}

/// What a field of one message was found to hold.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    seen: bool,
    /// The value, if it is a number; of a list or a map, how many pieces hold elements.
    number: u64,
    /// Where the value is; of a list or a map, all of it, tags included.
    start: usize,
    end: usize,
}

impl Transcoder {
    /// As [`Decoder::new`].
    pub fn new(descriptor: MessageDescriptor, emit_defaults: bool) -> Self {
        Self {
            decoder: Decoder::new(descriptor.clone(), emit_defaults),
            plans: Plans::new(descriptor),
            text: Vec::new(),
            slots: Vec::new(),
            pretty: false,
            limit: 0,
            too_long: false,
            patience: if emit_defaults { 0 } else { PATIENCE },
        }
    }

    /// The message as JSON text, safe for a terminal; valid until the next one.
    pub fn decode(&mut self, encoded: &[u8], layout: Layout) -> Result<&str, Undecodable> {
        self.pretty = layout == Layout::Pretty;
        self.text.clear();
        self.slots.clear();
        self.limit = decoder::limit(encoded);
        self.too_long = false;
        if self.patience > 0 && self.message(0, encoded, 0).is_some() {
            self.patience = (self.patience + 1).min(PATIENCE);
            if !self.text.is_ascii() || self.text.contains(&0x7f) {
                let text = String::from_utf8(std::mem::take(&mut self.text));
                self.text = escape(text.expect("JSON is UTF-8")).into_bytes();
            }
        } else if self.too_long {
            self.text = Vec::new();
            return Err(self.decoder.too_long(encoded));
        } else {
            self.patience -= 1;
            self.text = self.decoder.decode(encoded, layout)?.into_bytes();
        }
        Ok(std::str::from_utf8(&self.text).expect("JSON is UTF-8"))
    }

    /// Whether messages were left to the decoder so far.
    #[cfg(test)]
    fn gave_up(&self) -> bool {
        self.patience < PATIENCE
    }

    /// Writes a message; `None`: the decoder must.
    fn message(&mut self, type_index: usize, encoded: &[u8], depth: usize) -> Option<()> {
        if depth > MAX_DEPTH {
            return None;
        }
        self.check_length()?;
        let plan = self.plans.get(type_index);
        match plan.shape {
            Shape::Unsupported => None,
            Shape::Timestamp => times::timestamp(encoded, &mut self.text),
            Shape::Duration => times::duration(encoded, &mut self.text),
            Shape::Object | Shape::Wrapper => {
                let base = self.slots.len();
                self.slots.resize(base + plan.fields.len(), Slot::default());
                find(&plan, encoded, &mut self.slots[base..])?;
                if plan.shape == Shape::Wrapper {
                    self.wrapper(&plan, encoded, base, depth)?;
                } else {
                    self.object(&plan, encoded, base, depth)?;
                }
                self.slots.truncate(base);
                Some(())
            }
        }
    }

    fn wrapper(&mut self, plan: &Plan, encoded: &[u8], base: usize, depth: usize) -> Option<()> {
        let field = plan.fields.first()?;
        let slot = self.slots[base];
        // A negative zero becomes a plain one, as in the decoder.
        let raw = Some(raw(field, slot, encoded))
            .filter(|raw| slot.seen && !field.kind.is_default(*raw))
            .unwrap_or(field.kind.default_value());
        if let (ValueKind::Double | ValueKind::Float, Raw::Number(bits)) = (&field.kind, raw)
            && !field.kind.is_finite(bits)
        {
            return None;
        }
        self.value(&field.kind, raw, depth)
    }

    fn object(&mut self, plan: &Plan, encoded: &[u8], base: usize, depth: usize) -> Option<()> {
        self.text.push(b'{');
        let mut first = true;
        for (index, field) in plan.fields.iter().enumerate() {
            let slot = self.slots[base + index];
            if !slot.seen {
                continue;
            }
            let is_shown = match field.label {
                Label::Singular => {
                    field.presence || !field.kind.is_default(raw(field, slot, encoded))
                }
                Label::List | Label::Map(_) => slot.number > 0,
            };
            if !is_shown {
                continue;
            }
            self.separate(&mut first, depth);
            self.text.extend_from_slice(&field.key);
            self.colon();
            match &field.label {
                Label::Singular => self.value(&field.kind, raw(field, slot, encoded), depth + 1)?,
                Label::List => self.list(field, &encoded[slot.start..slot.end], depth + 1)?,
                Label::Map(key) => {
                    self.map(key, &field.kind, &encoded[slot.start..slot.end], depth + 1)?;
                }
            }
        }
        self.close(b'}', first, depth);
        Some(())
    }

    fn value(&mut self, kind: &ValueKind, raw: Raw<'_>, depth: usize) -> Option<()> {
        match (kind, raw) {
            (ValueKind::Message(type_index), Raw::Octets(octets)) => {
                self.message(*type_index, octets, depth)
            }
            (ValueKind::String, Raw::Octets(octets)) => {
                self.write(std::str::from_utf8(octets).ok()?)
            }
            (ValueKind::Bytes, Raw::Octets(octets)) => {
                self.base64(octets);
                Some(())
            }
            (_, Raw::Number(number)) => self.number(kind, number),
            _ => None,
        }
    }

    fn number(&mut self, kind: &ValueKind, number: u64) -> Option<()> {
        match kind {
            ValueKind::Double | ValueKind::Float if !kind.is_finite(number) => {
                let text = plan::not_finite(kind, number);
                self.text.extend_from_slice(text.as_bytes());
                Some(())
            }
            ValueKind::Double => self.write(&f64::from_bits(number)),
            ValueKind::Float => self.write(&f32::from_bits(number as u32)),
            ValueKind::Int32 | ValueKind::Sfixed32 => self.write(&(number as i32)),
            ValueKind::Sint32 => self.write(&wire::zigzag(u64::from(number as u32))),
            ValueKind::Uint32 | ValueKind::Fixed32 => self.write(&(number as u32)),
            ValueKind::Int64 | ValueKind::Sfixed64 => self.quoted(&number.cast_signed()),
            ValueKind::Sint64 => self.quoted(&wire::zigzag(number)),
            ValueKind::Uint64 | ValueKind::Fixed64 => self.quoted(&number),
            ValueKind::Bool => self.write(&(number != 0)),
            ValueKind::Enum(names) => match names.name(number as i32) {
                Some(name) => {
                    self.text.extend_from_slice(name);
                    Some(())
                }
                None if names.is_closed => None,
                None => self.write(&(number as i32)),
            },
            ValueKind::String
            | ValueKind::Bytes
            | ValueKind::Message(_)
            | ValueKind::Unsupported => None,
        }
    }

    fn list(&mut self, field: &Field, pieces: &[u8], depth: usize) -> Option<()> {
        self.text.push(b'[');
        let mut first = true;
        let mut wire = Wire::new(pieces);
        while !wire.is_empty() {
            let (_, wire_type) = wire.tag()?;
            if wire_type == LENGTH_DELIMITED && field.kind.is_packable() {
                let mut packed = Wire::new(wire.octets()?);
                while !packed.is_empty() {
                    self.check_length()?;
                    let raw = packed.value(field.kind.wire_type())?;
                    self.separate(&mut first, depth);
                    self.value(&field.kind, raw, depth + 1)?;
                }
            } else {
                self.check_length()?;
                let raw = wire.value(wire_type)?;
                self.separate(&mut first, depth);
                self.value(&field.kind, raw, depth + 1)?;
            }
        }
        self.close(b']', first, depth);
        Some(())
    }

    /// A map's entries, sorted by their keys.
    fn map(
        &mut self,
        key: &ValueKind,
        value: &ValueKind,
        pieces: &[u8],
        depth: usize,
    ) -> Option<()> {
        let mut entries = Vec::new();
        let mut wire = Wire::new(pieces);
        while !wire.is_empty() {
            let _ = wire.tag()?;
            let (entry_key, entry_value) = entry(key, value, wire.octets()?)?;
            entries.push((key.as_map_key(entry_key)?, entry_key, entry_value));
        }
        entries.sort_unstable_by(|one, other| one.0.cmp(&other.0));
        if entries.windows(2).any(|pair| pair[0].0 == pair[1].0) {
            return None;
        }
        self.text.push(b'{');
        let mut first = true;
        for (_, entry_key, entry_value) in entries {
            self.separate(&mut first, depth);
            self.check_length()?;
            let quotes = !matches!(
                key,
                ValueKind::String
                    | ValueKind::Int64
                    | ValueKind::Sint64
                    | ValueKind::Sfixed64
                    | ValueKind::Uint64
                    | ValueKind::Fixed64
            );
            // Strings and long numbers are in quotes anyway.
            self.text
                .extend_from_slice(if quotes { b"\"" } else { b"" });
            self.value(key, entry_key, depth)?;
            self.text
                .extend_from_slice(if quotes { b"\":" } else { b":" });
            if self.pretty {
                self.text.push(b' ');
            }
            self.value(value, entry_value, depth + 1)?;
        }
        self.close(b'}', first, depth);
        Some(())
    }

    fn write(&mut self, value: &(impl Serialize + ?Sized)) -> Option<()> {
        serde_json::to_writer(&mut self.text, value).ok()
    }

    fn quoted(&mut self, value: &impl Serialize) -> Option<()> {
        self.text.push(b'"');
        self.write(value)?;
        self.text.push(b'"');
        Some(())
    }

    fn base64(&mut self, octets: &[u8]) {
        use base64::Engine as _;
        use base64::engine::general_purpose::STANDARD;
        self.text.push(b'"');
        let start = self.text.len();
        self.text.resize(start + octets.len().div_ceil(3) * 4, 0);
        STANDARD
            .encode_slice(octets, &mut self.text[start..])
            .expect("the room was reckoned for padded base64");
        self.text.push(b'"');
    }

    /// `None`: the text is too long already.
    fn check_length(&mut self) -> Option<()> {
        self.too_long |= self.text.len() > self.limit;
        (!self.too_long).then_some(())
    }

    fn colon(&mut self) {
        self.text
            .extend_from_slice(if self.pretty { b": " } else { b":" });
    }

    /// Goes on to the next element of what was opened at `depth`.
    fn separate(&mut self, first: &mut bool, depth: usize) {
        if !std::mem::take(first) {
            self.text.push(b',');
        }
        if self.pretty {
            self.new_line(depth + 1);
        }
    }

    fn close(&mut self, bracket: u8, is_empty: bool, depth: usize) {
        if self.pretty && !is_empty {
            self.new_line(depth);
        }
        self.text.push(bracket);
    }

    fn new_line(&mut self, depth: usize) {
        self.text.push(b'\n');
        self.text.resize(self.text.len() + 2 * depth, b' ');
    }
}

/// Finds where each field of a message is.
fn find(plan: &Plan, encoded: &[u8], slots: &mut [Slot]) -> Option<()> {
    let mut wire = Wire::new(encoded);
    let mut choices = 0_u64;
    let mut last = usize::MAX;
    while !wire.is_empty() {
        let start = wire.at();
        let (number, wire_type) = wire.tag()?;
        let Some(index) = plan.index(number, last) else {
            if plan.is_extended {
                return None;
            }
            wire.value(wire_type)?;
            last = usize::MAX;
            continue;
        };
        let (field, slot) = (&plan.fields[index], &mut slots[index]);
        let goes_on = last == index;
        last = index;
        match field.label {
            Label::Singular => {
                if slot.seen || wire_type != field.kind.wire_type() || choices & field.choice != 0 {
                    return None;
                }
                choices |= field.choice;
                match wire.value(wire_type)? {
                    Raw::Number(number) => slot.number = number,
                    Raw::Octets(octets) => {
                        (slot.start, slot.end) = (wire.at() - octets.len(), wire.at());
                    }
                }
            }
            Label::List | Label::Map(_) => {
                // In pieces apart from each other it would have to be gathered.
                if slot.seen && !goes_on {
                    return None;
                }
                let packed = matches!(field.label, Label::List)
                    && wire_type == LENGTH_DELIMITED
                    && field.kind.is_packable();
                if !packed && wire_type != field.element_wire_type() {
                    return None;
                }
                let holds = match wire.value(wire_type)? {
                    Raw::Octets(octets) if packed => !octets.is_empty(),
                    _ => true,
                };
                if !slot.seen {
                    slot.start = start;
                }
                slot.number += u64::from(holds);
                slot.end = wire.at();
            }
        }
        slot.seen = true;
    }
    Some(())
}

fn raw<'a>(field: &Field, slot: Slot, encoded: &'a [u8]) -> Raw<'a> {
    if field.kind.wire_type() == LENGTH_DELIMITED {
        Raw::Octets(&encoded[slot.start..slot.end])
    } else {
        Raw::Number(slot.number)
    }
}

/// Key and value of a map's entry; what is not there is the default.
fn entry<'a>(key: &ValueKind, value: &ValueKind, encoded: &'a [u8]) -> Option<(Raw<'a>, Raw<'a>)> {
    let mut wire = Wire::new(encoded);
    let mut found = [None; 2];
    while !wire.is_empty() {
        let (number, wire_type) = wire.tag()?;
        let kind = match number {
            1 => key,
            2 => value,
            _ => return None,
        };
        let slot = &mut found[number as usize - 1];
        if slot.is_some() || wire_type != kind.wire_type() {
            return None;
        }
        *slot = Some(wire.value(wire_type)?);
    }
    let [found_key, found_value] = found;
    Some((
        found_key.unwrap_or(key.default_value()),
        found_value.unwrap_or(value.default_value()),
    ))
}

#[cfg(test)]
mod tests;
