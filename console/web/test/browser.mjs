// A browser for the flows, and what every flow must keep to: no request to another origin, no error in a page, nothing
// that the policy of the pages forbids.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { chromium } from 'playwright-core';

export const base = process.env.BASE_URL;
export const appId = process.env.APP_ID;
export const user = process.env.ADMIN_USER;
export const password = process.env.ADMIN_PASSWORD;
const shots = process.env.SCREENSHOTS;

const PATIENCE = 15_000;

export class Browser {
  trouble = [];

  static async launch() {
    const made = new Browser();
    await mkdir(shots, { recursive: true });
    made.chromium = await chromium.launch({
      executablePath: process.env.CHROMIUM,
      headless: true,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        '--allow-loopback-in-peer-connection',
        '--autoplay-policy=no-user-gesture-required',
      ],
    });
    return made;
  }

  async context(options = {}) {
    const context = await this.chromium.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: 'light', ...options });
    context.setDefaultTimeout(PATIENCE);
    return context;
  }

  async page(context) {
    const page = await context.newPage();
    this.watch(page);
    return page;
  }

  watch(page) {
    const note = (text) => this.trouble.push(text);
    page.on('pageerror', (error) => note(`error in the page: ${error.message}`));
    page.on('console', (message) => {
      // A refusal that a flow provokes is told by its status; all other errors count.
      if (message.type() === 'error' && !/the server responded with a status of (400|401|403|404|409|429)/.test(message.text())) {
        note(`console: ${message.text()}`);
      }
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(`${base}/`)) {
        note(`request to another origin: ${request.url().slice(0, 200)}`);
      }
    });
    page.on('websocket', (socket) => {
      if (!socket.url().startsWith(`${base.replace('http', 'ws')}/`)) {
        note(`socket to another origin: ${socket.url()}`);
      }
    });
  }

  async close() {
    await this.chromium.close();
    assert.deepEqual(this.trouble, []);
  }
}

export const shoot = (page, name) => page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });

export async function signIn(page, path = '') {
  await page.goto(`${base}/console/${path}`);
  await page.getByLabel('User name').fill(user);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

export const visit = async (page, hash) => {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
  await page.getByRole('heading', { level: 1 }).waitFor();
};

/** Connects an endpoint by bare frames, in the page, and keeps it connected with it. */
export const connect = (page, app, endpointId, groups = []) =>
  page.evaluate(
    async ([appId, id, names]) => {
      const post = async (path, body) =>
        (await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })).json();
      const { tokenId } = await post('/v1/tokens', { appId, endpointId: id });
      const { token } = await post('/v1/session-tokens', { tokenId });
      const query = `__sails_io_sdk_version=0.10.0&app-token=${token}`;
      const sid = (await (await fetch(`/socket.io/1/?${query}`)).text()).split(':')[0];
      const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/socket.io/1/websocket/${sid}?${query}`);
      (window.kept ??= []).push(socket);
      let next = 0;
      const answers = new Map();
      socket.addEventListener('message', ({ data }) => {
        const ack = /^6:::(\d+)\+([^]*)$/.exec(data);
        if (ack) {
          answers.get(Number(ack[1]))?.(JSON.parse(ack[2])[0]);
        } else if (data === '2::') {
          socket.send('2::');
        }
      });
      await new Promise((open, failed) => {
        socket.addEventListener('message', open, { once: true });
        socket.addEventListener('error', failed);
      });
      const request = (method, url, data) =>
        new Promise((answered) => {
          const number = ++next;
          answers.set(number, answered);
          const argument = JSON.stringify({ url, data, headers: { 'App-Token': token } });
          socket.send(`5:${number}+::${JSON.stringify({ name: method, args: [argument] })}`);
        });
      await request('post', '/v1/connections', {});
      await request('post', '/v1/presence', { presence: { type: 'available' } });
      if (names.length > 0) {
        await request('post', '/v1/groups', { groups: names });
      }
      window.send = (to, message) => request('post', '/v1/messages', { to, message });
    },
    [app, endpointId, groups],
  );

/** No part of the page sticks out at the side. */
export async function fits(page, where) {
  const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(wide <= room, `${where} is ${wide} pixels wide where there are ${room}`);
}
