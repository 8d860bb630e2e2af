package main

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/bufbuild/protocompile"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/dynamicpb"
)

// orders serves interop.v1.Orders from the .proto file itself: nothing is generated.
type orders struct {
	service protoreflect.ServiceDescriptor
	all     []*dynamicpb.Message
}

func loadOrders(dir string) (*orders, error) {
	compiler := protocompile.Compiler{Resolver: &protocompile.SourceResolver{ImportPaths: []string{dir}}}
	files, err := compiler.Compile(context.Background(), "money.proto", "orders.proto")
	if err != nil {
		return nil, err
	}
	// Registered globally, the reflection services find them as they find generated ones.
	for _, file := range files {
		if err := protoregistry.GlobalFiles.RegisterFile(file); err != nil {
			return nil, err
		}
	}
	o := &orders{service: files[1].Services().ByName("Orders")}
	order := files[1].Messages().ByName("Order")

	text, err := os.ReadFile(filepath.Join(dir, "orders.json"))
	if err != nil {
		return nil, err
	}
	var raw []json.RawMessage
	if err := json.Unmarshal(text, &raw); err != nil {
		return nil, err
	}
	for _, one := range raw {
		message := dynamicpb.NewMessage(order)
		if err := protojson.Unmarshal(one, message); err != nil {
			return nil, err
		}
		o.all = append(o.all, message)
	}
	return o, nil
}

func (o *orders) register(server *grpc.Server) {
	server.RegisterService(&grpc.ServiceDesc{
		ServiceName: string(o.service.FullName()),
		HandlerType: (*any)(nil),
		Methods:     []grpc.MethodDesc{{MethodName: "Get", Handler: o.handleGet}},
		Streams: []grpc.StreamDesc{
			{StreamName: "List", Handler: o.list, ServerStreams: true},
			{StreamName: "Put", Handler: o.put, ClientStreams: true},
			{StreamName: "Chat", Handler: o.chat, ServerStreams: true, ClientStreams: true},
		},
		Metadata: "orders.proto",
	}, o)
}

func (o *orders) input(method protoreflect.Name) *dynamicpb.Message {
	return dynamicpb.NewMessage(o.service.Methods().ByName(method).Input())
}

func (o *orders) handleGet(_ any, ctx context.Context, decode func(any) error, interceptor grpc.UnaryServerInterceptor) (any, error) {
	request := o.input("Get")
	if err := decode(request); err != nil {
		return nil, err
	}
	info := &grpc.UnaryServerInfo{Server: o, FullMethod: "/interop.v1.Orders/Get"}
	return interceptor(ctx, request, info, func(context.Context, any) (any, error) { return o.get(request) })
}

// slow is the order that takes its time: the connection is silent meanwhile.
const slow = 2 * time.Second

func (o *orders) get(request *dynamicpb.Message) (proto.Message, error) {
	id := field(request, "id").String()
	if id == "slow" {
		time.Sleep(slow)
		return o.all[0], nil
	}
	for _, order := range o.all {
		if field(order, "id").String() == id {
			return order, nil
		}
	}
	return nil, status.Errorf(codes.NotFound, "no order %q", id)
}

func (o *orders) list(_ any, stream grpc.ServerStream) error {
	request := o.input("List")
	if err := stream.RecvMsg(request); err != nil {
		return err
	}
	count := int(field(request, "count").Int())
	if count <= 0 || count > len(o.all) {
		count = len(o.all)
	}
	for _, order := range o.all[:count] {
		if err := stream.SendMsg(order); err != nil {
			return err
		}
	}
	return nil
}

func (o *orders) put(_ any, stream grpc.ServerStream) error {
	var count int32
	var units int64
	for {
		order := o.input("Put")
		err := stream.RecvMsg(order)
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		count++
		units += field(field(order, "price").Message(), "units").Int()
	}
	summary := dynamicpb.NewMessage(o.service.Methods().ByName("Put").Output())
	set(summary, "count", protoreflect.ValueOfInt32(count))
	set(summary, "units", protoreflect.ValueOfInt64(units))
	return stream.SendMsg(summary)
}

func (o *orders) chat(_ any, stream grpc.ServerStream) error {
	for {
		note := o.input("Chat")
		err := stream.RecvMsg(note)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := stream.SendMsg(note); err != nil {
			return err
		}
	}
}

func field(message protoreflect.Message, name protoreflect.Name) protoreflect.Value {
	return message.Get(message.Descriptor().Fields().ByName(name))
}

func set(message protoreflect.Message, name protoreflect.Name, value protoreflect.Value) {
	message.Set(message.Descriptor().Fields().ByName(name), value)
}
