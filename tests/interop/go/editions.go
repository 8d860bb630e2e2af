package main

import (
	"context"

	"github.com/bufbuild/protocompile"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/dynamicpb"
)

// editions serves interop.v1.Editions: what its file imports for options alone is compiled with it and then left
// unregistered, as in many servers.
type editions struct {
	service protoreflect.ServiceDescriptor
}

func loadEditions(protos string) (*editions, error) {
	source := &protocompile.SourceResolver{ImportPaths: []string{protos}}
	compiler := protocompile.Compiler{Resolver: protocompile.WithStandardImports(source)}
	files, err := compiler.Compile(context.Background(), "editions.proto")
	if err != nil {
		return nil, err
	}
	unresolved := protodesc.FileOptions{AllowUnresolvable: true}
	file, err := unresolved.New(protodesc.ToFileDescriptorProto(files[0]), protoregistry.GlobalFiles)
	if err != nil {
		return nil, err
	}
	if err := protoregistry.GlobalFiles.RegisterFile(file); err != nil {
		return nil, err
	}
	return &editions{service: file.Services().ByName("Editions")}, nil
}

func (e *editions) register(server *grpc.Server) {
	server.RegisterService(&grpc.ServiceDesc{
		ServiceName: string(e.service.FullName()),
		HandlerType: (*any)(nil),
		Methods:     []grpc.MethodDesc{{MethodName: "Echo", Handler: e.echo}},
		Metadata:    "editions.proto",
	}, e)
}

func (e *editions) echo(_ any, ctx context.Context, decode func(any) error, intercept grpc.UnaryServerInterceptor) (any, error) {
	request := dynamicpb.NewMessage(e.service.Methods().ByName("Echo").Input())
	if err := decode(request); err != nil {
		return nil, err
	}
	info := &grpc.UnaryServerInfo{Server: e, FullMethod: "/interop.v1.Editions/Echo"}
	return intercept(ctx, request, info, func(_ context.Context, request any) (any, error) { return request, nil })
}
