//! What the lab's gRPC doors serve.

use std::sync::Arc;

use tonic::service::Routes;
use tonic_health::ServingStatus;

use crate::lab::generated::DESCRIPTOR_SET;
use crate::lab::generated::auth_v1::auth_service_server::AuthServiceServer;
use crate::lab::generated::lab_v1::vault_server::VaultServer;
use crate::lab::world::World;

mod auth;
mod vault;

/// Which versions of the reflection service a door has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reflection {
    Both,
    V1,
    V1Alpha,
    None,
}

/// The Vault, the AuthService and health, without reflection.
pub(super) async fn routes(world: &Arc<World>) -> Routes {
    let (reporter, health) = tonic_health::server::health_reporter();
    for service in ["lab.v1.Vault", "auth.v1.AuthService"] {
        reporter
            .set_service_status(service, ServingStatus::Serving)
            .await;
    }
    Routes::new(health)
        .add_service(VaultServer::new(vault::Vault::new(world)))
        .add_service(AuthServiceServer::new(auth::Auth::new(world)))
}

/// `routes` with reflection of what they serve.
///
/// # Errors
/// Only if a descriptor set does not decode.
pub(super) fn with_reflection(
    mut routes: Routes,
    reflection: Reflection,
) -> Result<Routes, tonic_reflection::server::Error> {
    let builder = || {
        tonic_reflection::server::Builder::configure()
            .register_encoded_file_descriptor_set(DESCRIPTOR_SET)
            .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
    };
    if matches!(reflection, Reflection::Both | Reflection::V1) {
        routes = routes.add_service(builder().build_v1()?);
    }
    if matches!(reflection, Reflection::Both | Reflection::V1Alpha) {
        routes = routes.add_service(builder().build_v1alpha()?);
    }
    Ok(routes)
}
