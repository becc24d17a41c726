package io.respoke.broker;

/**
 * What became of a request for a token; a CDI event, for an audit. Observed on the request's thread
 * with its contexts active, before the caller is answered; {@code @ObservesAsync} methods are not
 * told. Holds neither tokens nor secrets.
 */
public sealed interface TokenEvent permits TokenIssued, TokenRefused {}
