package io.respoke.service.routes;

import io.respoke.service.state.AdminSessions;
import io.respoke.service.state.AppRegistry;
import io.respoke.service.state.Limits;
import io.respoke.service.state.SessionStore;
import io.respoke.service.state.TokenStore;

/**
 * All that the service knows.
 *
 * @param accountId the account all apps belong to
 * @param apps the apps with everything that belongs to them
 * @param tokens tokens that wait for their exchange
 * @param sessions live session tokens
 * @param admins administrators
 * @param limits the bounds
 */
public record ServiceState(
    String accountId,
    AppRegistry apps,
    TokenStore tokens,
    SessionStore sessions,
    AdminSessions admins,
    Limits limits) {}
