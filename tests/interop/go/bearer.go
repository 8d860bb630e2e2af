package main

import (
	"context"
	"strings"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// bearer asks every call for a token, and reflection too when it is guarded.
type bearer struct {
	guardReflection bool
}

func (b bearer) check(ctx context.Context, method string) error {
	if !b.guardReflection && strings.HasPrefix(method, "/grpc.reflection.") {
		return nil
	}
	md, _ := metadata.FromIncomingContext(ctx)
	values := md.Get("authorization")
	if len(values) == 0 {
		return refusal(codes.Unauthenticated, "missing bearer token", "MISSING_TOKEN")
	}
	switch values[0] {
	case "Bearer good-token":
		return nil
	case "Bearer weak-token":
		return refusal(codes.PermissionDenied, "role admin is needed", "MISSING_ROLE")
	default:
		return refusal(codes.Unauthenticated, "invalid token", "INVALID_TOKEN")
	}
}

func refusal(code codes.Code, text, reason string) error {
	refused := status.New(code, text)
	detailed, err := refused.WithDetails(&errdetails.ErrorInfo{Reason: reason, Domain: "interop.test"})
	if err != nil {
		return refused.Err()
	}
	return detailed.Err()
}

func (b bearer) unary(ctx context.Context, request any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
	if err := b.check(ctx, info.FullMethod); err != nil {
		return nil, err
	}
	return next(ctx, request)
}

func (b bearer) stream(server any, stream grpc.ServerStream, info *grpc.StreamServerInfo, next grpc.StreamHandler) error {
	if err := b.check(stream.Context(), info.FullMethod); err != nil {
		return err
	}
	return next(server, stream)
}

// pass is the interceptor of a door that asks for no token.
func pass(ctx context.Context, request any, _ *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
	return next(ctx, request)
}
