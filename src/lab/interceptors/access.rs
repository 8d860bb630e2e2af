//! Which role a method wants: the lab's access table.

use tonic::Code;

use super::refusal::Refusal;
use crate::lab::api_keys;
use crate::lab::users::Caller;
use crate::lab::users::Role;

/// The role that `path` wants. Methods that are not listed are exempt: what is not there need not be
/// guarded, and a caller shall hear that it is not there.
pub(super) fn required_role(path: &str, reflection: Role) -> Role {
    let (service, method) = path
        .strip_prefix('/')
        .and_then(|path| path.split_once('/'))
        .unwrap_or_default();
    match service {
        "lab.v1.Vault" if method.ends_with("Viewer") => Role::Viewer,
        "lab.v1.Vault" if method.ends_with("Admin") => Role::Admin,
        "auth.v1.AuthService" if method == "Logout" => Role::Viewer,
        "grpc.reflection.v1.ServerReflection" | "grpc.reflection.v1alpha.ServerReflection" => {
            reflection
        }
        _ => Role::Public,
    }
}

/// The caller is known, but the method is not for them.
pub(super) fn denied(caller: &Caller, required: Role, path: &str) -> Refusal {
    let method = path.trim_start_matches('/');
    let refusal = if caller.authenticated_by == "x-api-key" {
        let permission = api_keys::permission_for(required);
        let message =
            format!("the API key lacks the permission {permission}, which {method} wants");
        Refusal::new(Code::PermissionDenied, "PERMISSION_MISSING", message)
            .fact("required_permission", permission)
    } else {
        let (role, required) = (caller.role.name(), required.name());
        let message = format!("role {role} may not call {method}: it wants the role {required}");
        Refusal::new(Code::PermissionDenied, "ROLE_INSUFFICIENT", message)
            .fact("role", role)
            .fact("required_role", required)
    };
    refusal
        .fact("subject", &caller.subject)
        .fact("method", method)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_for_the_role_in_their_name() {
        for (path, role) in [
            ("/lab.v1.Vault/GetPublic", Role::Public),
            ("/lab.v1.Vault/WatchViewer", Role::Viewer),
            ("/lab.v1.Vault/CollectAdmin", Role::Admin),
            ("/lab.v1.Vault/GetNothing", Role::Public),
            ("/auth.v1.AuthService/Login", Role::Public),
            ("/auth.v1.AuthService/Logout", Role::Viewer),
            ("/grpc.health.v1.Health/Check", Role::Public),
            (
                "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
                Role::Admin,
            ),
            ("/grpc.reflection.v1alpha.ServerReflection/x", Role::Admin),
            ("*", Role::Public),
            ("", Role::Public),
        ] {
            assert_eq!(required_role(path, Role::Admin), role, "{path}");
        }
    }
}
