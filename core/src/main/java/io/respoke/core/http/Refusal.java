package io.respoke.core.http;

import io.respoke.RequestRejectedException;
import io.respoke.RequestRejectedException.Reason;
import io.respoke.protocol.ApiResponse;
import io.respoke.protocol.Json;
import io.respoke.protocol.Redaction;
import io.respoke.protocol.Wire;
import jakarta.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Failed answers as exceptions. */
public final class Refusal {
  private static final int QUOTED = 300;

  private Refusal() {}

  /**
   * The exception for an answer that {@linkplain ApiResponse#failed() failed}.
   *
   * @param request the method and path
   */
  public static RequestRejectedException of(String request, ApiResponse response) {
    String error = response.error();
    String words = error == null ? words(response.status()) : error;
    String details = details(response);
    String all = details.isEmpty() ? words : words + " (" + details + ")";
    return new RequestRejectedException(
        request,
        response.status(),
        reason(response, words),
        shorten(Redaction.redact(all)),
        response.header(Wire.REQUEST_ID));
  }

  private static String shorten(String text) {
    return text.length() <= QUOTED ? text : text.substring(0, QUOTED) + "…";
  }

  private static String details(ApiResponse response) {
    if (!(response.body() instanceof JsonObject body)) {
      return "";
    }
    String text = Json.text(body, "details");
    if (text != null) {
      return text;
    }
    JsonObject details = Json.object(body, "details");
    JsonObject validation = Json.object(body, "validationErrors");
    if (details != null) {
      return Json.write(details);
    }
    return validation == null ? "" : Json.write(validation);
  }

  private static Reason reason(ApiResponse response, String error) {
    return switch (response.status()) {
      case 400 -> Reason.INVALID;
      case 401 -> unauthenticated(response, error);
      case 403 -> Reason.NOT_AUTHORIZED;
      case 404 -> Reason.NOT_FOUND;
      case 409 -> Reason.CONFLICT;
      case 429 -> Reason.RATE_LIMITED;
      case 503 -> Reason.MAINTENANCE;
      default -> response.status() >= 500 ? Reason.SERVER_ERROR : Reason.OTHER;
    };
  }

  /** The special 401 bodies of the hosted service (protocol-wire §1.5). */
  private static Reason unauthenticated(ApiResponse response, String error) {
    JsonObject details =
        response.body() instanceof JsonObject body ? Json.object(body, "details") : null;
    if (details != null) {
      if (contains(Json.text(details, "reason"), "billing suspension")) {
        return Reason.BILLING_SUSPENDED;
      }
      if (contains(Json.text(details, "message"), "suspended")) {
        return Reason.ACCOUNT_SUSPENDED;
      }
    }
    return contains(error, "connection limit exceeded")
        ? Reason.CONNECTION_LIMIT
        : Reason.NOT_AUTHENTICATED;
  }

  private static boolean contains(@Nullable String text, String part) {
    return text != null && text.toLowerCase(Locale.ROOT).contains(part);
  }

  private static String words(int status) {
    return switch (status) {
      case 400 -> "a parameter is missing or invalid";
      case 401 -> "not authenticated";
      case 403 -> "not authorized";
      case 404 -> "not found";
      case 409 -> "wrong state";
      case 429 -> "too many requests";
      case 503 -> "down for maintenance";
      default -> "status " + status;
    };
  }
}
