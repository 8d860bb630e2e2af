package interop;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.util.JsonFormat;
import interop.v1.Order;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The Java server of the interop tests: every TLS door twice, over BoringSSL (netty's default) and over the JDK's
 * own provider, because the two refuse client certificates with different alerts.
 */
public final class Server {
  private record Door(String name, SslProvider provider, boolean mutual, String protocol) {
    boolean plaintext() {
      return provider == null;
    }
  }

  private static final List<Door> DOORS = List.of(
      new Door("plaintext", null, false, null),
      new Door("tls", SslProvider.OPENSSL, false, null),
      new Door("mtls", SslProvider.OPENSSL, true, null),
      new Door("mtls12", SslProvider.OPENSSL, true, "TLSv1.2"),
      new Door("tls_jdk", SslProvider.JDK, false, null),
      new Door("mtls_jdk", SslProvider.JDK, true, null),
      new Door("mtls12_jdk", SslProvider.JDK, true, "TLSv1.2"));

  private Server() {}

  public static void main(String[] args) throws IOException {
    Path pki = Path.of(option(args, "--dir"));
    List<Order> orders = orders(Path.of(option(args, "--proto")).resolve("orders.json"));
    JsonObject ports = new JsonObject();
    for (Door door : DOORS) {
      ports.addProperty(door.name(), open(door, pki, orders));
    }
    System.out.println(ports);
    while (System.in.read() >= 0) {
      // The driver holds the other end and writes nothing.
    }
    System.exit(0);
  }

  private static String option(String[] args, String name) {
    for (int i = 0; i + 1 < args.length; i++) {
      if (args[i].equals(name)) {
        return args[i + 1];
      }
    }
    throw new IllegalArgumentException(name + " is missing");
  }

  private static List<Order> orders(Path file) throws IOException {
    JsonArray texts = JsonParser.parseString(Files.readString(file)).getAsJsonArray();
    List<Order> orders = new ArrayList<>();
    for (JsonElement text : texts) {
      Order.Builder order = Order.newBuilder();
      JsonFormat.parser().merge(text.toString(), order);
      orders.add(order.build());
    }
    return orders;
  }

  private static int open(Door door, Path pki, List<Order> orders) throws IOException {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(new OrdersService(orders))
            .addService(ProtoReflectionServiceV1.newInstance())
            .addService(ProtoReflectionService.newInstance());
    if (!door.mutual()) {
      builder.intercept(new Bearer());
    }
    if (!door.plaintext()) {
      builder.sslContext(context(door, pki));
    }
    return builder.build().start().getPort();
  }

  private static SslContext context(Door door, Path pki) throws IOException {
    SslContextBuilder context = GrpcSslContexts.configure(
        SslContextBuilder.forServer(pki.resolve("server.pem").toFile(), pki.resolve("server.key").toFile()),
        door.provider());
    if (door.mutual()) {
      context.trustManager(pki.resolve("ca.pem").toFile()).clientAuth(ClientAuth.REQUIRE);
    }
    if (door.protocol() != null) {
      context.protocols(door.protocol());
    }
    return context.build();
  }
}
