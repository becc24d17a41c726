// Drives respoke-admin 2.0.1 on Node. Commands and events: see lines.mjs.
// A target is one instance. "new" makes it; any other operation is a path into its API, such as
// "groups.publish", called with the given object, or with nothing where the object is empty.
import { createRequire } from 'node:module';
import { describe, event, serve } from './lines.mjs';

const require = createRequire(import.meta.url);
const Respoke = require('respoke-admin');

const clients = new Map();

function make(name, options) {
  const client = new Respoke(options);
  for (const type of ['connect', 'disconnect', 'reconnecting', 'message', 'presence', 'join', 'leave', 'pubsub']) {
    client.on(type, (data) => event(name, type, data));
  }
  client.on('error', (error) => event(name, 'error', describe(error)));
  clients.set(name, client);
}

function operate(name, op, args) {
  if (op === 'new') {
    return make(name, args);
  }
  const client = clients.get(name);
  if (!client) {
    throw new Error(`no instance named ${name}`);
  }
  if (op === 'state') {
    const { endpointId, connectionId, tokens } = client;
    return { endpointId, connectionId, hasAppToken: tokens['App-Token'] !== null };
  }
  const path = op.split('.');
  const method = path.pop();
  const owner = path.reduce((object, key) => object[key], client);
  // The library fills its defaults into what it is given, so it gets a copy of its own.
  return owner[method](args.list ?? { ...args });
}

event('driver', 'ready', { node: process.version });
await serve(operate, () => {
  for (const client of clients.values()) {
    client.close();
  }
});
