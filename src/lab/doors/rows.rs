//! The tables of doors with a fault, by what is at fault.

use super::Door;

mod answers;
mod certificates;
mod clients;
mod connections;
mod credentials;
mod gateways;
mod http2;
mod reflection;

/// In the order of their ports.
pub(super) const ALL: &[&[Door]] = &[
    certificates::DOORS,
    clients::DOORS,
    connections::DOORS,
    http2::DOORS,
    gateways::DOORS,
    reflection::DOORS,
    answers::DOORS,
    credentials::DOORS,
];
