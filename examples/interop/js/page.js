// What a tab does for the test: each operation is one call of respoke.js's public API, and each event
// of its objects is reported, reduced to JSON.
(function () {
  let client = null;
  let call = null;
  let direct = null;
  let heard = null;
  let seen = null;
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
        heard = e.stream;
        seen = e.element;
        e.element.addEventListener('timeupdate', () => e.element.currentTime > 0 && report('call-media'), { once: true });
      },
      onHangup: (e) => report('call-hangup', { reason: e.reason ?? null }),
    };
  }

  // respoke.js delivers what it could parse, text it could not, and bytes as a buffer.
  const payload = (m) =>
    m instanceof ArrayBuffer
      ? { bytes: m.byteLength, sum: new Uint8Array(m).reduce((sum, byte) => (sum + byte) % 65521, 0) }
      : { message: m };

  function channelCallbacks() {
    return {
      onOpen: () => report('direct-open'),
      onClose: () => report('direct-close'),
      onMessage: (e) => report('direct-message', payload(e.message)),
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
          report('incoming-call', { endpoint: e.endpoint.id, target: e.call.target, metadata: e.call.metadata ?? null });
          // Asked for other media, respoke.js agrees by itself, but answers only when the application accepts.
          e.call.listen('modify', () => {
            report('call-modify');
            e.call.accept({});
          });
          e.call.answer(callbacks(e.call));
        }
      });
    },

    ringOnly() {
      client.listen('call', (e) => {
        if (!e.call.caller) {
          call = e.call;
          e.call.listen('hangup', (h) => report('call-hangup', { reason: h.reason ?? null }));
          report('incoming-call', { endpoint: e.endpoint.id, metadata: e.call.metadata ?? null });
        }
      });
    },

    answer: () => call.answer(callbacks(call)),

    reject: () => call.reject(),

    startAudioCall({ endpointId, metadata }) {
      call = client.startAudioCall({ endpointId, metadata, enableCallDebugReport: false, ...callbacks() });
    },

    startVideoCall({ endpointId }) {
      call = client.startVideoCall({ endpointId, enableCallDebugReport: false, ...callbacks() });
    },

    // A tab has no screen to share without somebody who chooses one: the camera is shown as if it were one.
    async startScreenShare({ endpointId }) {
      const screen = respoke.LocalMedia({ constraints: { audio: false, video: true } });
      await screen.start();
      call = client.startScreenShare({ endpointId, outgoingMedia: screen, enableCallDebugReport: false, ...callbacks() });
    },

    joinConference({ id }) {
      call = client.joinConference({ id, enableCallDebugReport: false, ...callbacks() }).call;
    },

    hangup: () => call.hangup(),

    mute: () => call.muteAudio(),

    unmute: () => call.unmuteAudio(),

    sendTones: ({ tones }) => call.sendTones({ tones, duration: 300, gap: 200 }),

    // The loudest frequency heard, in Hz, once it is louder than -50 dB; with "near", once that is within 10 Hz of it;
    // with "silent", once nothing was heard for 3 s.
    async listen({ silent, near }) {
      const context = new AudioContext();
      const analyser = context.createAnalyser();
      analyser.fftSize = 16384;
      analyser.smoothingTimeConstant = 0;
      context.createMediaStreamSource(heard).connect(analyser);
      const levels = new Float32Array(analyser.frequencyBinCount);
      let quiet = 0;
      try {
        for (;;) {
          await new Promise((next) => setTimeout(next, 200));
          analyser.getFloatFrequencyData(levels);
          let loudest = 0;
          levels.forEach((level, bin) => {
            loudest = level > levels[loudest] ? bin : loudest;
          });
          const audible = levels[loudest] > -50;
          quiet = audible ? 0 : quiet + 1;
          const frequency = (loudest * context.sampleRate) / analyser.fftSize;
          const wanted = near === undefined || Math.abs(frequency - near) <= 10;
          if (silent ? quiet >= 15 : audible && wanted) {
            return { frequency, level: levels[loudest] };
          }
        }
      } finally {
        await context.close();
      }
    },

    // The mean red, green and blue of each quarter of what is seen, row by row, once there is a picture.
    async look() {
      while (!seen.videoWidth || seen.currentTime === 0) {
        await new Promise((next) => setTimeout(next, 100));
      }
      const canvas = document.createElement('canvas');
      const pen = canvas.getContext('2d');
      const [width, height] = [(canvas.width = seen.videoWidth) / 2, (canvas.height = seen.videoHeight) / 2];
      pen.drawImage(seen, 0, 0);
      const mean = (left, top) => {
        const { data } = pen.getImageData(left, top, width, height);
        const sums = [0, 0, 0];
        for (let i = 0; i < data.length; i += 4) {
          sums.forEach((sum, c) => (sums[c] = sum + data[i + c]));
        }
        const [red, green, blue] = sums.map((sum) => Math.round((sum * 4) / data.length));
        return { red, green, blue };
      };
      return { quarters: [mean(0, 0), mean(width, 0), mean(0, height), mean(width, height)] };
    },

    acceptDirectConnections() {
      client.listen('direct-connection', (e) => {
        if (!e.directConnection.call.caller) {
          direct = e.directConnection;
          direct.accept(channelCallbacks());
        }
      });
    },

    startDirectConnection({ endpointId }) {
      client.listen('direct-connection', (e) => {
        direct = e.directConnection;
      });
      client.getEndpoint({ id: endpointId, skipPresence: true }).startDirectConnection(channelCallbacks());
    },

    sendDirect: ({ message: text, object }) =>
      direct.sendMessage(object === undefined ? { message: text } : { object }),

    closeDirect: () => direct.close(),
  };

  window.perform = async (operation, params) => {
    try {
      return { result: (await operations[operation](params)) ?? null };
    } catch (e) {
      return { error: { type: (e && e.name) || typeof e, message: String((e && e.message) || e) } };
    }
  };
})();
