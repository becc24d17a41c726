package io.respoke.service.storage;

import jakarta.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something to keep, or to keep no longer. Immutable. Storing what is there already replaces it;
 * removing what is not there does nothing. Only messages and reports add up.
 */
public sealed interface Change {
  /** What belongs to an app. */
  sealed interface WithinApp extends Change {
    /** The id of the app. */
    String appId();
  }

  /**
   * The account that owns all apps.
   *
   * @param id its id
   */
  record AccountStored(String id) implements Change {}

  /**
   * An administrator of the account.
   *
   * @param name the user's name
   * @param passwordHash the salted hash of the password
   */
  record AdministratorStored(String name, String passwordHash) implements Change {
    /** Without the hash. */
    @Override
    public String toString() {
      return "AdministratorStored[name=" + name + "]";
    }
  }

  /**
   * An administrator is one no longer.
   *
   * @param name the user's name
   */
  record AdministratorRemoved(String name) implements Change {}

  /**
   * An app.
   *
   * @param app what is known of it
   */
  record AppStored(StoredApp app) implements Change {}

  /**
   * An app is gone, with everything that belongs to it.
   *
   * @param appId its id
   */
  record AppRemoved(String appId) implements Change {}

  /**
   * A role.
   *
   * @param appId its app
   * @param roleId its id
   * @param json the role as the service shows it
   */
  record RoleStored(String appId, String roleId, JsonObject json) implements WithinApp {}

  /**
   * A role is gone.
   *
   * @param appId its app
   * @param roleId its id
   */
  record RoleRemoved(String appId, String roleId) implements WithinApp {}

  /**
   * A group that exists without members.
   *
   * @param appId its app
   * @param group its name
   */
  record GroupCreated(String appId, String group) implements WithinApp {}

  /**
   * A group no longer exists without members.
   *
   * @param appId its app
   * @param group its name
   */
  record GroupDestroyed(String appId, String group) implements WithinApp {}

  /**
   * An endpoint takes part in a group and has read it up to a time.
   *
   * @param appId its app
   * @param endpointId the endpoint
   * @param group the group
   * @param timestamp the time, epoch milliseconds; 0 for nothing read
   */
  record MarkStored(String appId, String endpointId, String group, long timestamp)
      implements WithinApp {}

  /**
   * An endpoint no longer takes part in a group.
   *
   * @param appId its app
   * @param endpointId the endpoint
   * @param group the group
   */
  record MarkRemoved(String appId, String endpointId, String group) implements WithinApp {}

  /**
   * A device that pushes can be sent to.
   *
   * @param appId its app
   * @param id the pushTokenId
   * @param endpointId whose device it is
   * @param service {@code google} or {@code apple}
   * @param token what the push service knows the device by
   */
  record DeviceStored(String appId, String id, String endpointId, String service, String token)
      implements WithinApp {
    /** Without the token. */
    @Override
    public String toString() {
      return "DeviceStored[appId=" + appId + ", id=" + id + ", endpointId=" + endpointId + "]";
    }
  }

  /**
   * A device is forgotten.
   *
   * @param appId its app
   * @param id the pushTokenId
   */
  record DeviceRemoved(String appId, String id) implements WithinApp {}

  /**
   * A report that a client posted; the newest {@value Storage#REPORTS} of a kind are kept.
   *
   * @param appId its app
   * @param kind which kind of report
   * @param document what was posted
   */
  record ReportStored(String appId, ReportKind kind, JsonObject document) implements WithinApp {}

  /**
   * A message of a group.
   *
   * @param appId its app
   * @param group the group
   * @param message the message
   */
  record MessageStored(String appId, String group, StoredMessage message) implements WithinApp {}

  /**
   * Where an app's events go.
   *
   * @param appId its app
   * @param url the URL
   * @param secret what requests are signed with
   * @param types the events that are sent
   */
  record WebhookStored(String appId, String url, String secret, List<String> types)
      implements WithinApp {
    /** Copies the types. */
    public WebhookStored {
      types = List.copyOf(types);
    }

    /** Without the secret, and without the URL, which may hold another. */
    @Override
    public String toString() {
      return "WebhookStored[appId=" + appId + ", types=" + types + "]";
    }
  }

  /**
   * An app's events go nowhere; those that waited are gone, those that had ended stay.
   *
   * @param appId its app
   */
  record WebhookRemoved(String appId) implements WithinApp {}

  /**
   * An event that has to be sent to the app's webhook, also when it had ended before.
   *
   * @param appId its app
   * @param id its id
   * @param type its type
   * @param key events of one key are sent in order
   * @param body what is sent
   * @param createdAt when it happened, epoch milliseconds
   */
  record EventQueued(String appId, String id, String type, String key, String body, long createdAt)
      implements WithinApp {
    /** Without what is sent. */
    @Override
    public String toString() {
      return "EventQueued[appId=" + appId + ", id=" + id + ", type=" + type + "]";
    }
  }

  /**
   * An event was delivered or given up. It need not be sent any more, but is kept to be shown and
   * sent once more; does nothing when it is not kept.
   *
   * @param appId its app
   * @param id its id
   * @param delivered whether it was delivered
   * @param attempts how often it was tried
   * @param attemptedAt when its last attempt began, epoch milliseconds
   * @param status the HTTP status of the last answer; 0 when there was none
   * @param millis how long the last attempt took
   * @param problem why it was given up, or {@code null}
   */
  record EventFinished(
      String appId,
      String id,
      boolean delivered,
      int attempts,
      long attemptedAt,
      int status,
      long millis,
      @Nullable String problem)
      implements WithinApp {}

  /**
   * An event need be neither sent nor kept any more.
   *
   * @param appId its app
   * @param id its id
   */
  record EventSettled(String appId, String id) implements WithinApp {}

  /**
   * When messages of an app become push notifications.
   *
   * @param appId its app
   * @param rules the rules as the service shows them
   */
  record PushRulesStored(String appId, JsonObject rules) implements WithinApp {}

  /**
   * The app's server was asked what becomes of a push notification.
   *
   * @param appId its app
   * @param id the pushNotificationId
   * @param endpointId whom it is for
   * @param config the rules that let it through, as the service shows them
   * @param expiresAt until when it waits, epoch milliseconds
   */
  record PushAsked(String appId, String id, String endpointId, JsonObject config, long expiresAt)
      implements WithinApp {}

  /**
   * A push notification waits for the app's server no more.
   *
   * @param appId its app
   * @param id the pushNotificationId
   */
  record PushSettled(String appId, String id) implements WithinApp {}

  /** Which report. */
  enum ReportKind {
    /** What a client noticed during a call. */
    DEBUG,
    /** What an app's server answered to a push event. */
    PUSH
  }
}
