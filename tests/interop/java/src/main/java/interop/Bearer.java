package interop;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/** Asks every call for a token, reflection excepted. */
final class Bearer implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    boolean reflection = call.getMethodDescriptor().getFullMethodName().startsWith("grpc.reflection.");
    Status refusal = reflection ? null : refusal(headers.get(AUTHORIZATION));
    if (refusal == null) {
      return next.startCall(call, headers);
    }
    call.close(refusal, new Metadata());
    return new ServerCall.Listener<>() {};
  }

  private static Status refusal(String sent) {
    if (sent == null) {
      return Status.UNAUTHENTICATED.withDescription("missing bearer token");
    }
    return switch (sent) {
      case "Bearer good-token" -> null;
      case "Bearer weak-token" -> Status.PERMISSION_DENIED.withDescription("role admin is needed");
      default -> Status.UNAUTHENTICATED.withDescription("invalid token");
    };
  }
}
