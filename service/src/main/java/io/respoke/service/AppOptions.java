package io.respoke.service;

import io.respoke.service.state.WebhookConfig;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an app is made of. Immutable. */
public final class AppOptions {
  /** The least length of a secret outside development mode. */
  static final int SECRET_LENGTH = 16;

  private final @Nullable String id;
  private final @Nullable String secret;
  private final String name;
  private final boolean developmentMode;
  private final List<String> permittedDomains;
  private final Map<String, JsonObject> roles;
  private final boolean allowRolelessTokens;
  private final @Nullable Webhook webhook;

  /** Where the app's events go. */
  record Webhook(String url, String secret) {
    /** Without the secret, and without the URL, which may hold another. */
    @Override
    public String toString() {
      return "Webhook";
    }
  }

  private final @Nullable Duration historyMaxAge;
  private final int historyPerGroup;

  private AppOptions(Builder builder) {
    id = builder.id;
    secret = builder.secret;
    name = builder.name;
    developmentMode = builder.developmentMode;
    permittedDomains = List.copyOf(builder.permittedDomains);
    roles = Map.copyOf(builder.roles);
    allowRolelessTokens = builder.allowRolelessTokens;
    webhook = builder.webhook;
    historyMaxAge = builder.historyMaxAge;
    historyPerGroup = builder.historyPerGroup;
  }

  /** Starts with an app in development mode whose id and secret are made up. */
  public static Builder builder() {
    return new Builder();
  }

  @Nullable String id() {
    return id;
  }

  @Nullable String secret() {
    return secret;
  }

  String name() {
    return name;
  }

  boolean developmentMode() {
    return developmentMode;
  }

  List<String> permittedDomains() {
    return permittedDomains;
  }

  Map<String, JsonObject> roles() {
    return roles;
  }

  boolean allowRolelessTokens() {
    return allowRolelessTokens;
  }

  @Nullable Duration historyMaxAge() {
    return historyMaxAge;
  }

  int historyPerGroup() {
    return historyPerGroup;
  }

  @Nullable Webhook webhook() {
    return webhook;
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "AppOptions[id=" + id + ", name=" + name + ", developmentMode=" + developmentMode + "]";
  }

  /** Collects the options of an app. Not thread-safe. */
  public static final class Builder {
    private @Nullable String id;
    private @Nullable String secret;
    private String name = "app";
    private boolean developmentMode = true;
    private final List<String> permittedDomains = new ArrayList<>();
    private final Map<String, JsonObject> roles = new LinkedHashMap<>();
    private boolean allowRolelessTokens = true;
    private @Nullable Webhook webhook;
    private @Nullable Duration historyMaxAge;
    private int historyPerGroup;

    private Builder() {}

    /** The appId. Default: a new UUID. */
    public Builder id(String value) {
      id = notEmpty("id", value);
      return this;
    }

    /**
     * The App-Secret. Default: a new UUID. Outside development mode it must have 16 characters at
     * least.
     */
    public Builder secret(String value) {
      secret = notEmpty("secret", value);
      return this;
    }

    /** A name for people. Default: {@code app}. */
    public Builder name(String value) {
      name = value;
      return this;
    }

    /**
     * Whether clients may make tokens for themselves, for any endpoint. Default: true; switch it
     * off wherever strangers can reach the service.
     */
    public Builder developmentMode(boolean value) {
      developmentMode = value;
      return this;
    }

    /**
     * Adds a domain whose pages may connect: {@code example.com}, which includes its subdomains, or
     * a whole origin. Default: none, which permits all.
     */
    public Builder permittedDomain(String value) {
      permittedDomains.add(notEmpty("permitted domain", value));
      return this;
    }

    /** Replaces the domains whose pages may connect. */
    public Builder permittedDomains(List<String> values) {
      permittedDomains.clear();
      values.forEach(this::permittedDomain);
      return this;
    }

    /**
     * Adds a role that brokered tokens can name.
     *
     * @param permissions as in {@code POST /v1/roles}: {@code groups}, {@code mediaRelay}, …
     */
    public Builder role(String roleName, JsonObject permissions) {
      roles.put(notEmpty("role name", roleName), permissions);
      return this;
    }

    /**
     * Whether a brokered token may name no role; it then gets the role {@code default}, which
     * allows everything. Default: true.
     */
    public Builder allowRolelessTokens(boolean value) {
      allowRolelessTokens = value;
      return this;
    }

    /** How long group messages are kept. Default: for ever. */
    public Builder historyMaxAge(Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException("historyMaxAge must be positive, got " + value);
      }
      historyMaxAge = value;
      return this;
    }

    /** How many messages of each group are kept, the newest. Default: 0, all. */
    public Builder historyPerGroup(int value) {
      if (value < 0) {
        throw new IllegalArgumentException("historyPerGroup must not be negative, got " + value);
      }
      historyPerGroup = value;
      return this;
    }

    /**
     * Sends the events of the app somewhere: all of them, until a request selects some. Default:
     * where they went before, else nowhere.
     *
     * @param url an absolute http or https URL
     * @param signingSecret what requests are signed with, 16 to 256 characters
     * @throws IllegalArgumentException if the URL or the secret cannot be used
     */
    public Builder webhook(String url, String signingSecret) {
      String problem = WebhookConfig.problemOfUrl(url);
      if (problem == null) {
        problem = WebhookConfig.problemOfSecret(signingSecret);
      }
      if (problem != null) {
        throw new IllegalArgumentException("the app's webhook: " + problem);
      }
      webhook = new Webhook(url, signingSecret);
      return this;
    }

    private static String notEmpty(String what, String value) {
      if (value.isBlank()) {
        throw new IllegalArgumentException("the app's " + what + " must not be blank");
      }
      return value;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if the secret is too short for an app that is not in
     *     development mode
     */
    public AppOptions build() {
      if (!developmentMode && secret != null && secret.length() < SECRET_LENGTH) {
        throw new IllegalArgumentException(
            "the app's secret is too short: it needs "
                + SECRET_LENGTH
                + " characters at least, best made at random");
      }
      return new AppOptions(this);
    }
  }
}
