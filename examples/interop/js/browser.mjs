// Drives respoke.js 1.56.0, as npm has it, in Chromium. Commands and events: see lines.mjs.
// A target is a tab. Each tab is on a page of our own server, so the service sees another origin.
import { createServer } from 'node:http';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { event, serve, trace } from './lines.mjs';

const require = createRequire(import.meta.url);

// respoke.js was packed by webpack 1, which took socket.io-client's browser build; esbuild takes it
// when told to read the "browserify" field first.
const bundle = await build({
  entryPoints: [require.resolve('respoke/index.js')],
  bundle: true,
  write: false,
  format: 'iife',
  globalName: 'respoke',
  platform: 'browser',
  mainFields: ['browserify', 'browser', 'main'],
  logLevel: 'error',
});

const files = {
  '/': ['text/html', '<!doctype html><title>interop</title><link rel="icon" href="data:,"><script src="respoke.js"></script><script src="page.js"></script>'],
  '/respoke.js': ['text/javascript', bundle.outputFiles[0].contents],
  '/page.js': ['text/javascript', await readFile(new URL('page.js', import.meta.url))],
};
const server = createServer((request, answer) => {
  const [type, body] = files[request.url] ?? [];
  answer.writeHead(body ? 200 : 404, { 'Content-Type': `${type ?? 'text/plain'}; charset=utf-8` });
  answer.end(body);
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const origin = `http://127.0.0.1:${server.address().port}`;

const browser = await chromium.launch({
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
const tabs = new Map();

async function open(name, url = origin) {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() !== 'debug' && !message.text().includes('duplicate listener')) {
      trace(name, `console.${message.type()}`, message.text());
    }
  });
  page.on('pageerror', (error) => event(name, 'page-error', { message: String(error?.message ?? error) }));
  page.on('response', (answer) => trace(name, 'http', `${answer.request().method()} ${answer.url()} ${answer.status()}`));
  page.on('requestfailed', (request) => trace(name, 'http', `${request.method()} ${request.url()} ${request.failure()?.errorText}`));
  page.on('websocket', (socket) => {
    trace(name, 'ws', `open ${socket.url()}`);
    socket.on('framesent', ({ payload }) => trace(name, 'ws>', String(payload)));
    socket.on('framereceived', ({ payload }) => trace(name, 'ws<', String(payload)));
    socket.on('close', () => trace(name, 'ws', 'closed'));
  });
  await page.exposeFunction('report', (type, data) => event(name, type, data));
  await page.goto(url);
  tabs.set(name, { page, context });
}

// What a person does with a page that is not ours.
const byHand = {
  fill: (page, { selector, text }) => page.fill(selector, text),
  click: (page, { selector }) => page.click(selector),
  shoot: (page, { file }) => page.screenshot({ path: file }).then(() => null),
  read: (page, { selector, text }) =>
    page.waitForFunction(([where, what]) => document.querySelector(where).textContent.includes(what), [selector, text], {
      timeout: 0,
    }).then(() => null),
};

async function operate(name, op, args) {
  if (op === 'open') {
    return open(name, args.url);
  }
  if (op === 'save') {
    return writeFile(args.file, bundle.outputFiles[0].contents);
  }
  const tab = tabs.get(name);
  if (!tab) {
    throw new Error(`no tab named ${name}`);
  }
  if (op === 'close') {
    tabs.delete(name);
    return tab.context.close();
  }
  if (op in byHand) {
    return byHand[op](tab.page, args);
  }
  // An Error thrown in the page loses its name and fields on the way here, so the page describes it.
  const { result, error } = await tab.page.evaluate(([operation, params]) => window.perform(operation, params), [op, args]);
  if (error) {
    throw Object.assign(new Error(error.message), { name: error.type });
  }
  return result;
}

event('driver', 'ready', { origin, browser: browser.version() });
await serve(operate, async () => {
  await browser.close();
  server.close();
});
