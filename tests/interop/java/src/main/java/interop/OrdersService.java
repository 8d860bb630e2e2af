package interop;

import interop.v1.GetRequest;
import interop.v1.ListRequest;
import interop.v1.Note;
import interop.v1.Order;
import interop.v1.OrdersGrpc;
import interop.v1.PutSummary;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;

final class OrdersService extends OrdersGrpc.OrdersImplBase {
  private final List<Order> orders;

  OrdersService(List<Order> orders) {
    this.orders = orders;
  }

  @Override
  public void get(GetRequest request, StreamObserver<Order> answer) {
    if (request.getId().equals("slow")) { // the connection is silent meanwhile
      try {
        Thread.sleep(2000);
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      }
      answer.onNext(orders.get(0));
      answer.onCompleted();
      return;
    }
    for (Order order : orders) {
      if (order.getId().equals(request.getId())) {
        answer.onNext(order);
        answer.onCompleted();
        return;
      }
    }
    String text = "no order \"%s\"".formatted(request.getId());
    answer.onError(Status.NOT_FOUND.withDescription(text).asRuntimeException());
  }

  @Override
  public void list(ListRequest request, StreamObserver<Order> answer) {
    int count = request.getCount() > 0 ? request.getCount() : orders.size();
    orders.stream().limit(count).forEach(answer::onNext);
    answer.onCompleted();
  }

  @Override
  public StreamObserver<Order> put(StreamObserver<PutSummary> answer) {
    PutSummary.Builder summary = PutSummary.newBuilder();
    return new StreamObserver<>() {
      @Override
      public void onNext(Order order) {
        summary.setCount(summary.getCount() + 1).setUnits(summary.getUnits() + order.getPrice().getUnits());
      }

      @Override
      public void onError(Throwable cancelled) {}

      @Override
      public void onCompleted() {
        answer.onNext(summary.build());
        answer.onCompleted();
      }
    };
  }

  @Override
  public StreamObserver<Note> chat(StreamObserver<Note> answer) {
    return new StreamObserver<>() {
      @Override
      public void onNext(Note note) {
        answer.onNext(note);
      }

      @Override
      public void onError(Throwable cancelled) {}

      @Override
      public void onCompleted() {
        answer.onCompleted();
      }
    };
  }
}
