//! Doors whose reflection is not for everybody, or not there.

use tonic::Code;

use crate::lab::doors::Door;
use crate::lab::doors::GOOD;
use crate::lab::doors::canned;
use crate::lab::doors::grpc;
use crate::lab::services::Reflection;
use crate::lab::users::Role;

pub(super) const DOORS: &[Door] = &[
    Door {
        id: "reflection-for-admins",
        summary: "reflection for admins alone",
        demonstrates: Some("reflection.denied"),
        needs: "an admin's token or API key, for reflection",
        example: "grpcauth list {address} --cacert {dir}/ca.pem --token file:{dir}/token-viewer.jwt",
        open: |inside| grpc::open(inside, Reflection::Both, Role::Admin),
        ..GOOD
    },
    Door {
        id: "no-reflection",
        summary: "no reflection in either version",
        demonstrates: Some("reflection.absent"),
        example: "grpcauth list {address} --cacert {dir}/ca.pem",
        open: |inside| grpc::open(inside, Reflection::None, Role::Public),
        ..GOOD
    },
    Door {
        id: "broken-reflection",
        summary: "reflection fails with INTERNAL",
        demonstrates: Some("reflection.broken"),
        example: "grpcauth list {address} --cacert {dir}/ca.pem",
        open: |inside| {
            canned::instead_of(inside, "/grpc.reflection.", |_| {
                canned::ended(Code::Internal, "no descriptors were linked in", &[])
            })
        },
        ..GOOD
    },
];
