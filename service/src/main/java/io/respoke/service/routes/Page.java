package io.respoke.service.routes;

import io.respoke.protocol.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The part of a long list that a request asks for: {@code offset}, {@code limit} and {@code
 * search}.
 *
 * @param offset how many of those that match are left out at the beginning
 * @param limit how many follow at most
 * @param search what the text of an item has to contain, in lower case; empty for all
 */
record Page(int offset, int limit, String search) {
  private static final int DEFAULT = 50;
  private static final int GREATEST = 200;

  static Page of(Request request) {
    @Nullable Long offset = request.whole("offset");
    @Nullable Long limit = request.whole("limit");
    String search = request.text("search");
    return new Page(
        offset == null ? 0 : (int) Math.max(0, Math.min(Integer.MAX_VALUE, offset)),
        limit == null ? DEFAULT : (int) Math.max(1, Math.min(GREATEST, limit)),
        search == null ? "" : search.toLowerCase(Locale.ROOT));
  }

  /** The items of this page, and how many match in all. */
  <T> JsonObject of(Iterable<T> all, Function<T, String> text, Function<T, JsonObject> json) {
    JsonArrayBuilder items = Json.array();
    int total = 0;
    for (T item : all) {
      if (!search.isEmpty() && !text.apply(item).toLowerCase(Locale.ROOT).contains(search)) {
        continue;
      }
      if (total >= offset && total - offset < limit) {
        items.add(json.apply(item));
      }
      total++;
    }
    return Json.object().add("total", total).add("items", items).build();
  }
}
