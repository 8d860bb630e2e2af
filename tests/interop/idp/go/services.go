package main

import (
	"context"
	"io"

	"github.com/bufbuild/protocompile"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/dynamicpb"
)

// services are auth.v1.AuthService and interop.v1.Orders, from the .proto files themselves: nothing is generated.
type services struct {
	auth, orders protoreflect.ServiceDescriptor
}

func loadServices(dirs ...string) (services, error) {
	compiler := protocompile.Compiler{Resolver: &protocompile.SourceResolver{ImportPaths: dirs}}
	files, err := compiler.Compile(context.Background(), "money.proto", "orders.proto", "auth.proto")
	if err != nil {
		return services{}, err
	}
	// Registered globally, the reflection service finds them as it finds generated ones.
	for _, file := range files {
		if err := protoregistry.GlobalFiles.RegisterFile(file); err != nil {
			return services{}, err
		}
	}
	return services{auth: files[2].Services().ByName("AuthService"), orders: files[1].Services().ByName("Orders")}, nil
}

// answer fills in the response of a method.
type answer func(request, response *dynamicpb.Message) error

func unary(service protoreflect.ServiceDescriptor, name protoreflect.Name, fill answer) grpc.MethodDesc {
	method := service.Methods().ByName(name)
	path := "/" + string(service.FullName()) + "/" + string(name)
	handler := func(_ any, ctx context.Context, decode func(any) error, interceptor grpc.UnaryServerInterceptor) (any, error) {
		request := dynamicpb.NewMessage(method.Input())
		if err := decode(request); err != nil {
			return nil, err
		}
		return interceptor(ctx, request, &grpc.UnaryServerInfo{FullMethod: path}, func(context.Context, any) (any, error) {
			response := dynamicpb.NewMessage(method.Output())
			return response, fill(request, response)
		})
	}
	return grpc.MethodDesc{MethodName: string(name), Handler: handler}
}

func (s services) registerAuth(server *grpc.Server, of *sessions) {
	reply := func(response *dynamicpb.Message, issued tokens, ok bool) error {
		if !ok {
			return status.Error(codes.Unauthenticated, "invalid credentials")
		}
		set(response, "access_token", protoreflect.ValueOfString(issued.access))
		set(response, "refresh_token", protoreflect.ValueOfString(issued.refresh))
		set(response, "expires_in", protoreflect.ValueOfInt64(issued.expiresIn))
		return nil
	}
	server.RegisterService(&grpc.ServiceDesc{
		ServiceName: string(s.auth.FullName()),
		HandlerType: (*any)(nil),
		Methods: []grpc.MethodDesc{
			unary(s.auth, "Login", func(request, response *dynamicpb.Message) error {
				issued, ok := of.login(text(request, "username"), text(request, "password"), "Login")
				return reply(response, issued, ok)
			}),
			unary(s.auth, "RefreshToken", func(request, response *dynamicpb.Message) error {
				issued, ok := of.refresh(text(request, "refresh_token"))
				return reply(response, issued, ok)
			}),
			unary(s.auth, "Logout", func(request, _ *dynamicpb.Message) error {
				of.logout(text(request, "refresh_token"))
				return nil
			}),
		},
		Metadata: "auth.proto",
	}, of)
}

// registerOrders: each order is there, and Chat answers each note with the same note.
func (s services) registerOrders(server *grpc.Server) {
	chat := func(_ any, stream grpc.ServerStream) error {
		for {
			note := dynamicpb.NewMessage(s.orders.Methods().ByName("Chat").Input())
			if err := stream.RecvMsg(note); err == io.EOF {
				return nil
			} else if err != nil {
				return err
			}
			if err := stream.SendMsg(note); err != nil {
				return err
			}
		}
	}
	server.RegisterService(&grpc.ServiceDesc{
		ServiceName: string(s.orders.FullName()),
		HandlerType: (*any)(nil),
		Methods: []grpc.MethodDesc{unary(s.orders, "Get", func(request, response *dynamicpb.Message) error {
			set(response, "id", protoreflect.ValueOfString(text(request, "id")))
			return nil
		})},
		Streams:  []grpc.StreamDesc{{StreamName: "Chat", Handler: chat, ServerStreams: true, ClientStreams: true}},
		Metadata: "orders.proto",
	}, nil)
}

func text(message protoreflect.Message, name protoreflect.Name) string {
	return message.Get(message.Descriptor().Fields().ByName(name)).String()
}

func set(message protoreflect.Message, name protoreflect.Name, value protoreflect.Value) {
	message.Set(message.Descriptor().Fields().ByName(name), value)
}
