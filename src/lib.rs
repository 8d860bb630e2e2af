pub mod describe;
pub mod exit_status;
pub mod invoke;
pub mod jwt;
pub mod metadata;
pub mod secret;
pub mod status;
pub mod target;
pub mod text;
pub mod x509;

pub mod connect;
