package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/base64"
	"fmt"

	"github.com/bufbuild/protocompile"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/dynamicpb"
)

//go:embed samples.proto
var samplesProto string

// samples serves interop.v1.Samples: the messages are encoded once, so that the client is what is measured.
type samples struct {
	service protoreflect.ServiceDescriptor
	all     []*dynamicpb.Message
}

func loadSamples() (*samples, error) {
	source := &protocompile.SourceResolver{
		Accessor: protocompile.SourceAccessorFromMap(map[string]string{"samples.proto": samplesProto}),
	}
	compiler := protocompile.Compiler{Resolver: protocompile.WithStandardImports(source)}
	files, err := compiler.Compile(context.Background(), "samples.proto")
	if err != nil {
		return nil, err
	}
	if err := protoregistry.GlobalFiles.RegisterFile(files[0]); err != nil {
		return nil, err
	}
	s := &samples{service: files[0].Services().ByName("Samples")}
	for i := range 64 {
		message := dynamicpb.NewMessage(files[0].Messages().ByName("Sample"))
		json := fmt.Sprintf(
			`{"number":"%.0f","name":"sample %02d","octets":"%s","value":%g,"tags":["a","b%d"],"good":true,`+
				`"at":"2026-11-21T10:%02d:00.5Z","counts":{"one":%d}}`,
			1e12+float64(i), i, base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{byte(i)}, 48)), float64(i)/7, i, i%60, i,
		)
		if err := protojson.Unmarshal([]byte(json), message); err != nil {
			return nil, err
		}
		s.all = append(s.all, message)
	}
	return s, nil
}

func (s *samples) register(server *grpc.Server) {
	server.RegisterService(&grpc.ServiceDesc{
		ServiceName: string(s.service.FullName()),
		HandlerType: (*any)(nil),
		Streams:     []grpc.StreamDesc{{StreamName: "Read", Handler: s.read, ServerStreams: true}},
		Metadata:    "samples.proto",
	}, s)
}

func (s *samples) read(_ any, stream grpc.ServerStream) error {
	request := dynamicpb.NewMessage(s.service.Methods().ByName("Read").Input())
	if err := stream.RecvMsg(request); err != nil {
		return err
	}
	prepared := make([]*grpc.PreparedMsg, len(s.all))
	for i, message := range s.all {
		prepared[i] = &grpc.PreparedMsg{}
		if err := prepared[i].Encode(stream, message); err != nil {
			return err
		}
	}
	for i := range field(request, "count").Int() {
		if err := stream.SendMsg(prepared[i%int64(len(prepared))]); err != nil {
			return err
		}
	}
	return nil
}
