// What people do with the console, in Chromium. Each flow is run by a Java test: node flows.mjs NAME
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { Browser, appId, base, connect, fits, password, shoot, signIn, user, visit } from './browser.mjs';
import { Receiver, signedWith } from './receiver.mjs';

/** Every page: its name, where it is, and what is there once it is ready. */
const PLACES = (app, role) => [
  ['overview', '#/', '.plot'],
  ['apps', '#/apps', '.cards li'],
  ['endpoints', `#/apps/${app}/live/endpoints`, 'table, .empty'],
  ['connections', `#/apps/${app}/live/connections`, 'table, .empty'],
  ['groups', `#/apps/${app}/live/groups`, 'table, .empty'],
  ['calls', `#/apps/${app}/live/calls`, 'table, .empty'],
  ['roles', `#/apps/${app}/roles`, 'table'],
  ['role', `#/apps/${app}/roles/${role}`, '.pattern'],
  ['webhooks', `#/apps/${app}/webhooks`, 'table, .empty'],
  ['message', `#/apps/${app}/message`, 'form'],
  ['try', `#/apps/${app}/try`, 'form'],
  ['settings', `#/apps/${app}/settings`, '.switch'],
];

/** Presses Tab until the focus is on what has this role and name, as a person with a keyboard would. */
async function tabTo(page, role, name) {
  const wanted = page.getByRole(role, { name, exact: true });
  await wanted.first().waitFor();
  for (let i = 0; i < 120; i++) {
    if (await wanted.evaluateAll((all) => all.includes(document.activeElement))) {
      const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
      assert.notEqual(ring, 'none', `the focus on ${name} cannot be seen`);
      return;
    }
    await page.keyboard.press('Tab');
  }
  assert.fail(`the keyboard does not reach the ${role} ${name}`);
}

const press = async (page, role, name, key = 'Enter') => {
  await tabTo(page, role, name);
  await page.keyboard.press(key);
};

const type = async (page, name, text) => {
  await tabTo(page, 'textbox', name);
  await page.keyboard.type(text);
};

const flows = {
  async keyboard(browser) {
    const context = await browser.context();
    const page = await browser.page(context);
    await page.goto(`${base}/console/`);
    await type(page, 'User name', user);
    await page.keyboard.press('Tab');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();

    await press(page, 'link', 'Apps');
    await type(page, 'Name', 'Flower shop');
    await page.keyboard.press('Tab');
    await page.keyboard.type('By keyboard');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await press(page, 'button', 'Create app');
    await page.getByRole('heading', { name: 'Flower shop is ready' }).and(page.locator(':focus')).waitFor();
    const [id, secret] = await page.locator('.copy code').allTextContents();
    assert.match(secret, /^[0-9a-f-]{36}$/);
    await shoot(page, 'created');

    await press(page, 'link', 'Make a role');
    await page.getByRole('heading', { name: 'Flower shop' }).waitFor();
    assert.ok(!(await page.content()).includes(secret), 'the secret is seen a second time');
    await press(page, 'link', 'Create a role');
    await type(page, 'Name', 'customer');
    await press(page, 'checkbox', 'Media relay (TURN)', 'Space');
    await type(page, 'New pattern for groups', 'vip-*');
    await page.keyboard.press('Enter');
    await type(page, 'Numbers it may call', '+15551234567');
    await press(page, 'button', 'JSON');
    const json = JSON.parse(await page.getByRole('textbox', { name: 'Role as JSON' }).inputValue());
    assert.equal(json.name, 'customer');
    assert.equal(json.mediaRelay, true);
    assert.deepEqual(json.groups['vip-*'], {});
    assert.deepEqual(json.pstnOut, ['+15551234567']);
    await press(page, 'button', 'Create role');
    await page.getByRole('cell', { name: 'customer' }).waitFor();

    // somebody to drop
    const other = await browser.page(context);
    await other.goto(`${base}/console/#/apps/${id}/try`);
    await other.getByRole('button', { name: 'Connect' }).click();
    await other.getByRole('button', { name: 'Disconnect' }).waitFor();

    await press(page, 'link', 'Live');
    await press(page, 'link', 'Connections');
    await press(page, 'button', 'Drop');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await press(page, 'button', 'Drop');
    await page.getByRole('dialog').waitFor();
    await press(page, 'button', 'Drop it');
    await page.getByText('The connection was dropped.').waitFor();
    await other.getByText('Disconnected.').waitFor();
    await page.getByText('Nobody is connected.').waitFor();

    await press(page, 'button', 'Sign out');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  },

  async work(browser) {
    const page = await browser.page(await browser.context());
    await signIn(page, `#/apps/${appId}/settings`);
    const mode = page.getByRole('switch', { name: 'Development mode' });
    assert.equal(await mode.getAttribute('aria-checked'), 'true');
    await mode.click();
    await page.getByText('Development mode is off.').waitFor();
    await page.getByText('brokered tokens').waitFor();
    await mode.click();
    await page.getByText('Development mode is on.').waitFor();

    // a role as JSON, a broken one, then by the form again
    await visit(page, `#/apps/${appId}/roles/new`);
    await page.getByRole('button', { name: 'JSON' }).click();
    const json = page.getByRole('textbox', { name: 'Role as JSON' });
    await json.fill('{"name": "agent", ');
    await page.getByRole('button', { name: 'Create role' }).click();
    await page.getByRole('alert').waitFor();
    await json.fill('{"name":"agent","groups":{"desk-*":{"subscribe":true}},"conferences":{"*":{"join":true}},"callerIds":["+1555"]}');
    await page.getByRole('button', { name: 'Form' }).click();
    const desk = page.getByRole('group', { name: 'desk-*' });
    assert.equal(await desk.getByLabel('subscribe', { exact: true }).isChecked(), true);
    assert.equal(await desk.getByLabel('publish').isChecked(), false);
    await desk.getByLabel('publish').check();
    await page.getByRole('button', { name: 'Create role' }).click();
    await page.getByRole('row', { name: 'agent' }).getByRole('link', { name: 'Edit' }).click();
    await page.getByRole('group', { name: 'desk-*' }).getByLabel('destroy').check();
    await page.getByRole('button', { name: 'Save role' }).click();
    await page.getByText('Saved.').waitFor();
    await page.reload();
    assert.equal(await page.getByRole('group', { name: 'desk-*' }).getByLabel('destroy').isChecked(), true);
    await page.getByRole('button', { name: 'Delete role' }).click();
    await page.getByRole('button', { name: 'Delete it' }).click();
    await page.getByRole('link', { name: 'Create a role' }).waitFor();
    await page.getByRole('cell', { name: 'development' }).waitFor();
    assert.equal(await page.getByRole('cell', { name: 'agent' }).count(), 0);

    // a test message arrives at a page with respoke.js, and the figures move
    const alice = await browser.page(page.context());
    await alice.goto(`${base}/console/#/apps/${appId}/try`);
    await alice.getByRole('button', { name: 'Connect' }).click();
    await alice.getByRole('button', { name: 'Disconnect' }).waitFor();
    await visit(page, `#/apps/${appId}/message`);
    await page.getByLabel('Endpoint', { exact: true }).fill('alice');
    await page.getByRole('textbox', { name: 'Message' }).fill('a test from the console');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('The service took it.').waitFor();
    await alice.getByText('a test from the console').waitFor();
    await visit(page, '#/');
    await page.getByRole('img', { name: /^Connections now: 1;/ }).waitFor();
    await page.getByText('1 since the start').first().waitFor();
  },

  async tryIt(browser) {
    const context = await browser.context();
    const alice = await browser.page(context);
    await signIn(alice, `#/apps/${appId}/try`);
    const opened = context.waitForEvent('page');
    await alice.getByRole('link', { name: 'the other side' }).click();
    const bob = await opened;
    browser.watch(bob);
    for (const page of [alice, bob]) {
      await page.getByRole('button', { name: 'Connect' }).click();
      await page.getByRole('button', { name: 'Disconnect' }).waitFor();
    }
    // chat: the first click connected
    await alice.getByRole('button', { name: 'Send' }).click();
    await bob.locator('.chat').getByText('Hello!').waitFor();
    await bob.getByRole('textbox', { name: 'Message' }).fill('Hello yourself');
    await bob.getByRole('button', { name: 'Send' }).click();
    await alice.locator('.chat').getByText('Hello yourself').waitFor();
    // call
    await alice.getByRole('button', { name: 'With pictures' }).click();
    await bob.getByText('alice is calling.').waitFor();
    await bob.getByRole('button', { name: 'Answer' }).click();
    for (const page of [alice, bob]) {
      await page.getByText('Connected.').waitFor();
      await page.waitForFunction(() => document.querySelector('.media video, .media audio')?.currentTime > 0);
    }
    await shoot(alice, 'try-call');
    const live = await browser.page(context);
    await live.goto(`${base}/console/#/apps/${appId}/live/calls`);
    await live.getByRole('row', { name: /alice.*bob.*answered/ }).waitFor();
    await shoot(live, 'calls-live');
    await bob.getByRole('button', { name: 'Hang up' }).click();
    await alice.getByText('No call.').waitFor();
    await live.getByRole('row', { name: /alice.*bob.*ended/ }).waitFor();
  },

  async webhooks(browser) {
    const hook = await Receiver.listen();
    const context = await browser.context();
    const page = await browser.page(context);
    await signIn(page, `#/apps/${appId}/webhooks`);

    // set up by keyboard alone, refused first
    await type(page, 'URL', 'ftp://example.com');
    await press(page, 'button', 'Create webhook');
    await page.getByRole('alert').getByText('url must begin with http:// or https://.').waitFor();
    await shoot(page, 'webhook-refused');
    const known = await page.evaluate((app) => fetch(`v1/apps/${app}/webhook`).then((answer) => answer.json()), appId);
    assert.equal(known.url, null);
    const offered = page.getByRole('group', { name: 'Events' }).locator('label');
    assert.deepEqual(await offered.allTextContents(), known.availableTypes);
    await type(page, 'URL', hook.url);
    await press(page, 'checkbox', 'groupJoined', 'Space');
    await press(page, 'button', 'Create webhook');
    await page.getByRole('heading', { name: 'The secret of the webhook' }).and(page.locator(':focus')).waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
    const secret = await page.locator('.copy code').textContent();
    assert.match(secret, /^whsec_/);
    await shoot(page, 'webhook-created');
    await press(page, 'button', 'I have kept it');
    assert.ok(!(await page.content()).includes(secret), 'the secret is seen a second time');
    await page.reload();
    await page.getByRole('button', { name: 'Save webhook' }).waitFor();
    assert.equal(await page.getByLabel('URL').inputValue(), hook.url);
    assert.equal(await page.getByLabel('groupJoined').isChecked(), false);
    assert.equal(await page.getByLabel('groupLeft').isChecked(), true);
    assert.ok(!(await page.content()).includes(secret), 'the secret is seen a second time');

    // an event arrives, signed; replayed, it arrives again; what is not selected is not sent
    const other = await browser.page(context);
    await other.goto(`${base}/console/`);
    await connect(other, appId, 'alice', ['room']);
    const [first] = await hook.of('endpointConnected', 1);
    assert.equal(first.json.endpointId, 'alice');
    assert.ok(signedWith(secret, first), 'not signed with the secret that was shown');
    await page.getByRole('row', { name: /^endpointConnected delivered .* 1 200 – / }).waitFor();
    await press(page, 'button', 'Replay');
    const [, second] = await hook.of('endpointConnected', 2);
    assert.equal(second.body, first.body);
    await page.getByText('It is sent again, with the same id.').waitFor();
    await page.getByRole('row', { name: /^endpointConnected delivered .* 2 200 – / }).waitFor();
    await page.getByText('1 in all, 0 waiting', { exact: true }).waitFor();
    await press(page, 'button', 'Show');
    await page.getByRole('heading', { name: 'What is sent' }).and(page.locator(':focus')).waitFor();
    await page.getByText('"endpointId": "alice"').waitFor();
    await shoot(page, 'webhook-delivered');
    await press(page, 'button', 'Close');

    // what fails waits, and goes when the webhook is changed
    hook.status = 503;
    await page.getByRole('button', { name: 'Send a test event' }).click();
    const waiting = page.getByRole('row', { name: /^webhookTest pending .* \d+ answered with 503 / });
    await waiting.locator('[data-label="Next attempt"] time').waitFor();
    await page.getByText('2 in all, 1 waiting', { exact: true }).waitFor();
    await shoot(page, 'webhook-waiting');
    hook.status = 200;
    await page.getByLabel('groupJoined').check();
    await page.getByRole('button', { name: 'Save webhook' }).click();
    await page.getByText('Saved. What waits is sent at once.').waitFor();
    await page.getByRole('row', { name: /^webhookTest delivered .* \d+ 200 – / }).waitFor();
    await connect(other, appId, 'bob', ['room']);
    const [joined] = await hook.of('groupJoined', 1);
    assert.equal(joined.json.endpointId, 'bob');

    // another secret
    const renew = page.getByRole('button', { name: 'Make a new secret' });
    await renew.click();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await renew.click();
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.getByText('Requests are signed with the new secret from now on.').waitFor();
    const renewed = await page.locator('.copy code').textContent();
    const before = hook.received.filter((one) => one.type === 'webhookTest').length;
    await page.getByRole('button', { name: 'Send a test event' }).click();
    const tests = await hook.of('webhookTest', before + 1);
    assert.ok(signedWith(renewed, tests[before]) && !signedWith(secret, tests[before]), 'the old secret still counts');

    await page.setViewportSize({ width: 720, height: 800 });
    await fits(page, 'webhooks, on a tablet');
    await page.setViewportSize({ width: 360, height: 740 });
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await fits(page, `webhooks, ${colorScheme}`);
      const [wide, room] = await page.locator('.tabs').evaluate((tabs) => [tabs.scrollWidth, tabs.clientWidth]);
      assert.ok(wide <= room, `the tabs need ${wide} pixels where there are ${room}`);
      await shoot(page, `webhook-phone-${colorScheme}`);
    }

    await page.getByRole('button', { name: 'Remove webhook' }).click();
    await page.getByRole('button', { name: 'Remove it' }).click();
    await page.getByText('The webhook was removed.').waitFor();
    await page.getByRole('button', { name: 'Create webhook' }).waitFor();
    const after = await page.evaluate((app) => fetch(`v1/apps/${app}/webhook`).then((answer) => answer.json()), appId);
    assert.equal(after.url, null);
    hook.close();
  },

  async looks(browser) {
    const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
    const helper = await browser.page(await browser.context());
    await helper.goto(`${base}/console/`);
    for (const name of ['alice', 'bob', 'carol', 'dave']) {
      await connect(helper, appId, name, ['reception', name < 'c' ? 'desk-1' : 'desk-2']);
    }
    await helper.evaluate(() => {
      setInterval(() => window.send('alice', 'tick'), 150);
    });
    for (const [kind, options] of [
      ['light', {}],
      ['dark', { colorScheme: 'dark' }],
      ['phone-light', phone],
      ['phone-dark', { ...phone, colorScheme: 'dark' }],
    ]) {
      const page = await browser.page(await browser.context(options));
      await page.goto(`${base}/console/`);
      await page.getByLabel('User name').waitFor();
      if (kind === 'light') {
        const [kilobytes, millis] = await page.evaluate(() => [
          [...performance.getEntriesByType('resource'), ...performance.getEntriesByType('navigation')].reduce(
            (sum, entry) => sum + entry.transferSize,
            0,
          ) / 1024,
          performance.getEntriesByType('paint').find((entry) => entry.name === 'first-contentful-paint')?.startTime,
        ]);
        console.log(`first load: ${kilobytes.toFixed(1)} KB, first paint after ${Math.round(millis)} ms`);
        assert.ok(kilobytes < 100, `${kilobytes} KB for the first page`);
      }
      await shoot(page, `sign-in-${kind}`);
      await fits(page, `sign-in, ${kind}`);
      await signIn(page);
      const roles = await page.evaluate((app) => fetch(`v1/roles?appId=${app}`).then((answer) => answer.json()), appId);
      for (const [name, hash, ready] of PLACES(appId, roles[0].id)) {
        await visit(page, hash);
        await page.locator(ready).first().waitFor();
        if (name === 'overview') {
          await page.getByRole('img', { name: /^Connections now: 4;/ }).waitFor();
        } else if (name === 'groups') {
          await page.getByRole('button', { name: 'Show members' }).first().click();
          await page.getByText('carol').waitFor();
        }
        await shoot(page, `${name}-${kind}`);
        await fits(page, `${name}, ${kind}`);
      }
      const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      await page.getByLabel('Colours').selectOption(kind.includes('dark') ? 'light' : 'dark');
      assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), dark, 'the switch changes nothing');
      await page.context().close();
    }
  },

  async hostile(browser) {
    const attack = 'window.hacked=1';
    const names = [
      `<img src=x onerror="${attack}">`,
      `javascript:${attack}`,
      `"><script>${attack}</script>`,
      '\u202Egnp.exe\u202C',
      'long'.repeat(2500),
      `'-${attack}-'`,
    ];
    const page = await browser.page(await browser.context({ viewport: { width: 360, height: 740 } }));
    await signIn(page);
    const proof = await page.evaluate(() => fetch('session').then((answer) => answer.json()));
    // nobody is there: what happens is listed, and waits
    await page.evaluate(
      ([proof, appId]) =>
        fetch(`v1/apps/${appId}/webhook`, {
          method: 'PUT',
          headers: { 'Content-Type': 'application/json', 'Respoke-Console': proof },
          body: JSON.stringify({ url: 'http://127.0.0.1:1/' }),
        }),
      [proof.proof, appId],
    );
    const bad = await browser.page(page.context());
    await bad.goto(`${base}/console/`);
    for (const name of names) {
      await connect(bad, appId, name, name.length < 1000 ? [name] : []);
    }
    const made = await page.evaluate(
      ([proof, name]) =>
        fetch('v1/apps', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'Respoke-Console': proof },
          body: JSON.stringify({ name, description: name }),
        }).then((answer) => answer.json()),
      [proof.proof, names[0] + names[3]],
    );
    await page.evaluate(
      ([proof, appId, name]) =>
        fetch('v1/roles', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'Respoke-Console': proof },
          body: JSON.stringify({ appId, name, groups: { [name]: { subscribe: true } }, callerIds: [name] }),
        }),
      [proof.proof, appId, names[0]],
    );
    const roles = await page.evaluate((app) => fetch(`v1/roles?appId=${app}`).then((answer) => answer.json()), appId);
    for (const [where, hash, ready] of [...PLACES(appId, roles[2].id), ['their app', `#/apps/${made.id}/settings`, '.switch']]) {
      await visit(page, hash);
      await page.locator(ready).first().waitFor();
      if (where === 'endpoints' || where === 'connections') {
        await page.getByText(names[1]).first().waitFor();
        await page.getByText('(10000 characters)').first().waitFor();
        await page.getByText('⟨U+202E⟩gnp.exe').first().waitFor();
      } else if (where === 'webhooks') {
        await page.getByRole('searchbox').fill('gnp.exe');
        await page.getByText(/^2 in all,/).waitFor();
        await page.getByRole('button', { name: 'Show' }).first().click();
        await page.locator('pre').getByText('⟨U+202E⟩gnp.exe').waitFor();
      }
      const found = await page.evaluate(() => ({
        hacked: window.hacked,
        images: document.querySelectorAll('img[src="x"], script:not([src])').length,
        links: [...document.querySelectorAll('[href]')].filter((a) => /^\s*javascript:/i.test(a.getAttribute('href'))).length,
        turned: document.body.innerText.includes('\u202E'),
      }));
      assert.deepEqual(found, { hacked: undefined, images: 0, links: 0, turned: false }, where);
      await fits(page, where);
      await shoot(page, `hostile-${where.replace(' ', '-')}`);
    }
    // as messages, too
    await visit(page, `#/apps/${appId}/try`);
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByRole('button', { name: 'Disconnect' }).waitFor();
    for (const name of names) {
      await bad.evaluate((text) => window.send('alice', text), name);
    }
    await page.locator('.chat').getByText(names[5]).first().waitFor();
    await page.locator('.chat li').last().getByText(names[5]).nth(1).waitFor(); // from whom, then what
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    await fits(page, 'chat');
    await shoot(page, 'hostile-chat');
  },

  async session(browser) {
    const context = await browser.context();
    const page = await browser.page(context);
    await signIn(page, `#/apps/${appId}/roles`);
    await page.getByRole('cell', { name: 'development' }).waitFor();
    const [cookie] = await context.cookies(`${base}/console/`);
    assert.equal(cookie.httpOnly, true);
    assert.equal(cookie.sameSite, 'Strict');
    assert.equal(cookie.path, '/console');
    assert.deepEqual(await context.cookies(`${base}/v1/apps`), []);
    await context.clearCookies();
    await page.getByRole('link', { name: 'Live' }).click();
    await page.getByText('Your session has ended.').waitFor();
    await shoot(page, 'session-ended');
    await page.getByLabel('User name').fill(user);
    for (let i = 0; i < 5; i++) {
      await page.getByLabel('Password').fill('guess');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('User name or password are wrong.').waitFor();
      await page.getByRole('button', { name: 'Sign in', exact: true }).and(page.locator(':enabled')).waitFor();
    }
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Too many attempts to sign in.').waitFor();
    await shoot(page, 'too-many-attempts');
  },

  async foreign(browser) {
    const context = await browser.context();
    const page = await browser.page(context);
    await signIn(page);
    const { proof } = await page.evaluate(() => fetch('session').then((answer) => answer.json()));
    const server = createServer((request, answer) => {
      answer.writeHead(200, { 'Content-Type': 'text/html' });
      answer.end(`<!doctype html><iframe id="frame" src="${base}/console/"></iframe>`);
    });
    await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
    // Another port of the same host: another origin of the same site, so the cookie goes along.
    const evil = await context.newPage();
    const blocked = evil.waitForEvent('console', { predicate: (message) => /frame/i.test(message.text()) });
    await evil.goto(`http://127.0.0.1:${server.address().port}/`);
    await blocked;
    assert.ok(!evil.frames().some((frame) => frame.url().startsWith(base)), 'the console is in a frame');
    const tried = await evil.evaluate(
      async ([base, proof]) => {
        const outcomes = [];
        for (const init of [
          { mode: 'no-cors', headers: { 'Content-Type': 'text/plain' } },
          { mode: 'cors', headers: { 'Content-Type': 'application/json', 'Respoke-Console': proof } },
        ]) {
          outcomes.push(
            await fetch(`${base}/console/v1/apps`, { method: 'POST', credentials: 'include', body: '{"name":"theirs"}', ...init }).then(
              (answer) => answer.type,
              () => 'blocked',
            ),
          );
        }
        outcomes.push(
          await fetch(`${base}/console/v1/apps`, { credentials: 'include' }).then(
            () => 'read',
            () => 'blocked',
          ),
        );
        return outcomes;
      },
      [base, proof],
    );
    assert.deepEqual(tried, ['blocked', 'blocked', 'blocked']);
    const apps = await page.evaluate(() => fetch('v1/apps').then((answer) => answer.json()));
    assert.deepEqual(
      apps.map((app) => app.name),
      ['shop'],
    );
    server.close();
  },
};

const name = process.argv[2];
const browser = await Browser.launch();
try {
  await flows[name](browser);
} catch (e) {
  for (const context of browser.chromium.contexts()) {
    for (const [i, page] of context.pages().entries()) {
      await shoot(page, `failed-${name}-${i}`).catch(() => {});
    }
  }
  console.error(e);
  console.error(browser.trouble);
  process.exit(1);
}
await browser.close();
