//! Descriptors in editions, and messages by them.

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use grpcauth::internals::Encoder;
use grpcauth::internals::Given;
use grpcauth::internals::Layout;
use grpcauth::internals::MethodName;
use grpcauth::internals::Transcoder;
use grpcauth::internals::from_files;
use prost_reflect::MessageDescriptor;

use super::Target;

static CASES: &str = include_str!("../../data/editions/cases.json");

const KINDS: [&str; 4] = [
    "everything_in_one_file",
    "edition_2024_features",
    "extensions_by_field",
    "closed_enum",
];

/// Of these kinds, the set and the messages.
fn kinds() -> Vec<(Vec<u8>, Vec<Vec<u8>>)> {
    let cases: Vec<serde_json::Value> = serde_json::from_str(CASES).unwrap();
    let kinds = cases
        .iter()
        .filter(|case| KINDS.contains(&case["kind"].as_str().unwrap()));
    let read = |case: &serde_json::Value| {
        let set = STANDARD.decode(case["set"].as_str().unwrap()).unwrap();
        let written = case["written"].as_array().unwrap().iter();
        let read = case["read"].as_array().unwrap().iter();
        let hex = written.chain(read).map(|one| one["encoded"].as_str());
        (set, hex.map(|hex| octets(hex.unwrap())).collect())
    };
    kinds.map(read).collect()
}

fn octets(hex: &str) -> Vec<u8> {
    let octet = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
    (0..hex.len()).step_by(2).map(octet).collect()
}

fn descriptor(set: &[u8]) -> Result<MessageDescriptor, String> {
    let given = Given::one(PathBuf::from("set.binpb"), set.to_vec().into());
    let described = from_files(&given, &MethodName::parse("p.S/M").unwrap());
    let described = described.map_err(|error| format!("{error:?}"))?;
    Ok(described.method.input())
}

fn shown(descriptor: &MessageDescriptor, message: &[u8]) -> Result<String, String> {
    let mut transcoder = Transcoder::new(descriptor.clone(), false);
    let text = transcoder.decode(message, Layout::Compact);
    let text = text.map_err(|error| error.to_string())?.to_owned();
    // What was written can be read: a stand-in's name never shows.
    let encoder = Encoder::new(descriptor.clone(), false);
    let again = encoder.encode_all(&text);
    assert!(again.is_ok(), "{text}: {again:?}");
    Ok(text)
}

/// Any bytes in place of a set, and messages by what they describe.
pub fn edition_sets() -> Target {
    let kinds = kinds();
    let messages: Vec<Vec<u8>> = kinds.iter().flat_map(|kind| kind.1.clone()).collect();
    let read = move |input: &[u8]| {
        let descriptor = descriptor(input)?;
        let mut texts = String::new();
        for message in &messages {
            let mut transcoder = Transcoder::new(descriptor.clone(), true);
            match transcoder.decode(message, Layout::Compact) {
                Ok(text) => texts += text,
                Err(error) => texts += &error.to_string(),
            }
        }
        Ok(texts)
    };
    Target::new("edition", kinds.into_iter().map(|kind| kind.0), read)
        .holding(48 << 20)
        .one_in(2)
}

/// Any bytes in place of a message.
pub fn edition_messages() -> Target {
    let kinds = kinds();
    let types: Vec<MessageDescriptor> = kinds
        .iter()
        .map(|kind| descriptor(&kind.0).unwrap())
        .collect();
    let seeds: Vec<Vec<u8>> = kinds.into_iter().flat_map(|kind| kind.1).collect();
    let read = move |input: &[u8]| {
        let texts = types.iter().map(|kind| shown(kind, input));
        let read: Vec<String> = texts.clone().flatten().collect();
        match read.is_empty() {
            true => Err(texts.flat_map(Result::err).collect()),
            false => Ok(read.concat()),
        }
    };
    Target::new("message of an edition", seeds, read).holding(8 << 20)
}
