package io.respoke.service.routes;

import io.respoke.protocol.Json;
import io.respoke.service.state.Figures;
import io.respoke.service.state.Figures.Counter;
import io.respoke.service.state.Figures.Sample;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/** The service's figures, for administrators. This route is this service's own. */
final class FigureRoutes {
  private final Figures figures;

  FigureRoutes(Figures figures) {
    this.figures = figures;
  }

  void addTo(Router router) {
    router.add("get", "figures", this::figures);
  }

  /** Totals since the start, and the samples after the number {@code since}. */
  private Answer figures(Request request) {
    Access.administrator(request);
    Long since = request.whole("since");
    JsonObjectBuilder totals = Json.object();
    for (Counter counter : Counter.values()) {
      totals.add(counter.key(), figures.total(counter));
    }
    JsonArrayBuilder samples = Json.array();
    figures.after(since == null ? 0 : since).forEach(sample -> samples.add(sample(sample)));
    return Answer.of(Json.object().add("totals", totals).add("samples", samples).build());
  }

  private static JsonObject sample(Sample sample) {
    JsonObjectBuilder counts = Json.object();
    sample.counts().forEach((counter, count) -> counts.add(counter.key(), count));
    return Json.object()
        .add("number", sample.number())
        .add("at", sample.at())
        .add("sockets", sample.levels().sockets())
        .add("connections", sample.levels().connections())
        .add("calls", sample.levels().calls())
        .add("counts", counts)
        .build();
  }
}
