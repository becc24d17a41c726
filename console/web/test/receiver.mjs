// An application's server on loopback, which keeps what a service posts to it.
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

const PATIENCE = 15_000;

export class Receiver {
  /** All requests, in their order: what was sent, and what it was signed with. */
  received = [];
  /** What is answered. */
  status = 200;

  static async listen() {
    const made = new Receiver();
    made.server = createServer(async (request, answer) => {
      const body = Buffer.concat(await request.toArray()).toString();
      const json = JSON.parse(body);
      made.received.push({ body, json, type: json.header.type, signature: request.headers['respoke-signature'] });
      answer.writeHead(made.status).end();
      made.server.emit('kept');
    });
    made.server.listen(0, '127.0.0.1');
    await once(made.server, 'listening');
    made.url = `http://127.0.0.1:${made.server.address().port}/hook`;
    return made;
  }

  /** The requests with events of a type, as soon as there are so many. */
  async of(type, count) {
    const signal = AbortSignal.timeout(PATIENCE);
    for (;;) {
      const found = this.received.filter((one) => one.type === type);
      if (found.length >= count) {
        return found;
      }
      await once(this.server, 'kept', { signal }).catch(() => {
        throw new Error(`${found.length} of ${count} events ${type} came`);
      });
    }
  }

  close() {
    this.server.close();
    this.server.closeAllConnections();
  }
}

/** Whether a request was signed with a secret. */
export function signedWith(secret, { signature, body }) {
  const [, time, code] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature);
  return createHmac('sha256', secret).update(`${time}.${body}`).digest('hex') === code;
}
