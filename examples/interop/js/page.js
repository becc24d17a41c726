// What a tab does for the test: each operation is one call of respoke.js's public API, and each event
// of its objects is reported, reduced to JSON.
(function () {
  let client = null;
  let call = null;
  const groups = new Map();
  const endpoints = new Map();

  const connection = (c) => ({ endpointId: c.endpointId, connectionId: c.id, presence: c.presence });

  const endpoint = (e) => ({ id: e.id, presence: e.presence, connections: e.connections.map(connection) });

  const message = (m) => ({
    from: m.endpointId,
    fromConnection: m.connectionId,
    message: m.message,
    timestamp: m.timestamp,
    ...(m.originalRecipient && { originalRecipient: m.originalRecipient }),
    ...(m.recipient && { group: m.recipient }),
  });

  function known(map, id, what) {
    if (!map.has(id)) {
      throw new Error(`this tab has no ${what} ${id}`);
    }
    return map.get(id);
  }

  // "call-media" is said when sound or video of the other side plays: "connect" comes before that.
  function callbacks(incoming) {
    call = incoming ?? null;
    return {
      onConnect(e) {
        report('call-connect');
        e.element.addEventListener('timeupdate', () => e.element.currentTime > 0 && report('call-media'), { once: true });
      },
      onHangup: (e) => report('call-hangup', { reason: e.reason ?? null }),
    };
  }

  const operations = {
    createClient(options) {
      client = respoke.createClient(options);
      for (const lifecycle of ['connect', 'disconnect', 'reconnect']) {
        // respoke.js refuses a second listener with the same source text, but only on one event.
        client.listen(lifecycle, () => report(lifecycle, { endpointId: client.endpointId, connectionId: client.connectionId }));
      }
      client.listen('message', (e) => report('message', { ...message(e.message), endpoint: e.endpoint ? e.endpoint.id : null }));
      client.listen('presence', (e) => report('presence', { presence: e.presence }));
      client.listen('join', (e) => report('join', { group: e.group.id }));
      client.listen('leave', (e) => report('leave', { group: e.group.id }));
    },

    async connect(options) {
      await client.connect(options);
      return operations.state();
    },

    disconnect: () => client.disconnect(),

    state: () => ({
      connected: client.isConnected(),
      endpointId: client.endpointId,
      connectionId: client.connectionId,
      presence: client.presence,
      groups: client.getGroups().map((g) => ({ id: g.id, joined: g.isJoined() })),
      endpoints: client.getEndpoints().map(endpoint),
    }),

    sendMessage: (params) => client.sendMessage(params),

    sendToConnection: ({ connectionId, endpointId, message: text }) =>
      client.getConnection({ connectionId, endpointId }).sendMessage({ message: text }),

    getEndpoint({ id, skipPresence }) {
      const found = client.getEndpoint({ id, skipPresence });
      if (endpoints.get(id) !== found) {
        endpoints.set(id, found);
        found.listen('presence', (e) => report('endpoint-presence', { ...endpoint(found), presence: e.presence }));
        found.listen('message', (e) => report('endpoint-message', { endpoint: id, ...message(e.message) }));
      }
      return endpoint(found);
    },

    setPresence: ({ presence }) => client.setPresence({ presence }),

    async join({ id }) {
      const group = await client.join({
        id,
        onJoin: (e) => report('group-join', { group: id, ...connection(e.connection) }),
        onLeave: (e) => report('group-leave', { group: id, ...connection(e.connection) }),
        onMessage: (e) => report('group-message', { group: id, ...message(e.message) }),
      });
      groups.set(id, group);
    },

    publish: ({ id, message: text, persist }) => known(groups, id, 'group').sendMessage({ message: text, persist }),

    getMembers: async ({ id }) => (await known(groups, id, 'group').getMembers()).map(connection),

    leave: ({ id }) => known(groups, id, 'group').leave(),

    // Without a listener for calls, respoke.js rejects them.
    acceptCalls() {
      client.listen('call', (e) => {
        if (!e.call.caller) {
          report('incoming-call', { endpoint: e.endpoint.id });
          e.call.answer(callbacks(e.call));
        }
      });
    },

    startAudioCall({ endpointId }) {
      call = client.startAudioCall({ endpointId, enableCallDebugReport: false, ...callbacks() });
    },

    hangup: () => call.hangup(),
  };

  window.perform = async (operation, params) => {
    try {
      return { result: (await operations[operation](params)) ?? null };
    } catch (e) {
      return { error: { type: (e && e.name) || typeof e, message: String((e && e.message) || e) } };
    }
  };
})();
