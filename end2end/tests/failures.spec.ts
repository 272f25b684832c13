// Whatever GEN does wrong is said in words, next to what it is about, with what was typed still there.
import { expect, expectAccessible, keys, open, test } from '../helpers';
import { alertIn, callsTo, kiln, paths, Sheet, springGlazes, statuses } from './studio';

/** What GEN answers, by words in the text (gen-sim/src/faults.rs), and what the page has to say. */
const refusals = [
  { text: 'A glaze, reject 422', message: 'This text was rejected.', code: 'validation_error', advice: 'Change it and try again' },
  { text: 'A glaze, explode 500', message: 'Something went wrong.', code: 'internal_error', advice: 'GEN has a problem of its own' },
  { text: 'A glaze, rate limit 429', message: 'Too many requests.', code: 'rate_limited', advice: 'wait 1 second' },
] as const;

test.describe('a text that is saved', () => {
  test.beforeEach(async ({ page, signIn }) => signIn(page));

  for (const { text, code } of refusals.filter(({ code }) => code !== 'validation_error')) {
    test(`GEN answers ${code}: the text waits`, async ({ newServer, page, signIn }) => {
      const server = await newServer();
      await signIn(page, undefined, server.baseURL);
      const sheet = await Sheet.open(page, undefined, server.baseURL + paths.vidsheet(springGlazes));
      await sheet.write(12, 'HOOK', text);
      await expect(page.getByRole('main').getByRole('status').filter({ hasText: 'waits for GEN' })).toBeVisible();
      await expect(sheet.cell(12, 'HOOK')).toContainText(text);
      await expectAccessible(page);
      await page.reload();
      await expect(sheet.cell(12, 'HOOK')).toContainText(text);
    });
  }

  for (const { text, message, code, advice } of refusals.filter(({ code }) => code === 'validation_error')) {
    test(`GEN answers ${code}`, async ({ page, sim }) => {
      const sheet = await Sheet.clone(page);
      await sheet.write(1, 'HOOK', text);
      const alert = alertIn(page.getByRole('main'));
      await expect(alert).toContainText(message);
      await expect(alert).toContainText(code);
      await expect(alert).toContainText(advice);
      await expect(sheet.cell(1, 'HOOK')).toContainText(text);
      await expect(sheet.cell(1, 'HOOK')).toHaveAccessibleName(/not saved/);
      await expect(sheet.saved).toHaveText('Not saved');
      await expectAccessible(page);

      await sheet.choose(1, 'HOOK');
      await page.keyboard.press('F2');
      await expect(sheet.editor(1, 'HOOK')).toHaveValue(text);
      await sheet.editor(1, 'HOOK').fill('A glaze');
      await page.keyboard.press('Enter');
      await expect(alert).toHaveCount(0);
      await expect(sheet.saved).toHaveText('Saved');
      expect((await callsTo(sim, 'PATCH', /\/cells\/\d+$/)).at(-1)?.body).toMatchObject({ spreadsheet_cell: { value: 'A glaze' } });
    });
  }

  test('GEN is down', async ({ page, sim }) => {
    const sheet = await Sheet.clone(page);
    await sim.down(true);
    await sheet.write(1, 'HOOK', 'Typed while GEN was down');
    const waits = page.getByRole('main').getByRole('status').filter({ hasText: 'waits for GEN' });
    await expect(waits).toBeVisible();
    await expect(sheet.cell(1, 'HOOK')).toContainText('Typed while GEN was down');
    await expectAccessible(page);
    await sim.down(false);
    await expect(waits).toHaveCount(0, { timeout: 60_000 });
    await expect(sheet.saved).toHaveText('Saved');
    await page.reload();
    await expect(sheet.cell(1, 'HOOK')).toContainText('Typed while GEN was down');
  });

  for (const kind of ['garbage', 'truncate', 'html', 'close'] as const) {
    test(`GEN's answer is spoilt: ${kind}`, async ({ page, sim }) => {
      const sheet = await Sheet.clone(page);
      await sheet.write(1, 'SCRIPT', 'Saved before');
      await expect(sheet.saved).toHaveText('Saved');
      await sim.fault({ match: { method: 'PATCH', path_contains: '/cells/' }, kind });
      await sheet.write(1, 'HOOK', 'Typed into the dark');
      const main = page.getByRole('main');
      await expect(main).toContainText(/waits for GEN|not sent|could not be understood/);
      await expect(main).not.toContainText('alert(1)');
      await expect(sheet.cell(1, 'HOOK')).toContainText('Typed into the dark');
      await expect(sheet.cell(1, 'SCRIPT')).toContainText('Saved before');
      await sim.clearFaults();
      await expect(main.getByRole('status').filter({ hasText: 'waits for GEN' })).toHaveCount(0, { timeout: 60_000 });
      await expect(sheet.saved).toHaveText('Saved');
      await page.reload();
      await expect(sheet.cell(1, 'HOOK')).toContainText('Typed into the dark');
      await expect(sheet.cell(1, 'SCRIPT')).toContainText('Saved before');
    });
  }

  test('it is longer than a cell takes', async ({ page, sim }) => {
    const sheet = await Sheet.clone(page);
    const before = (await callsTo(sim, 'PATCH', /\/cells\/\d+$/)).length;
    await sheet.write(1, 'SCRIPT', 'x'.repeat(20_001));
    await expect(alertIn(page.getByRole('main'))).toContainText('20000');
    await expect(alertIn(page.getByRole('main'))).toContainText('Nothing was sent');
    expect(await callsTo(sim, 'PATCH', /\/cells\/\d+$/)).toHaveLength(before);
  });
});

test.describe('what costs credits', () => {
  test.beforeEach(async ({ page, signIn }) => signIn(page));

  for (const { text, message, code } of refusals.filter(({ code }) => code !== 'internal_error')) {
    test(`GEN answers ${code}: nothing is charged, the prompt stays`, async ({ page, sim }) => {
      const sheet = await Sheet.clone(page);
      const charged = (await sim.report()).ledger.length;
      const drawer = await sheet.inspect(1, 'HERO');
      const prompt = drawer.getByRole('textbox', { name: 'Prompt' });
      await prompt.fill(text);
      await drawer.getByRole('button', { name: /^Generate/ }).click();
      const alert = alertIn(drawer.getByRole('form', { name: 'Creation card' }));
      await expect(alert).toContainText(message);
      await expect(alert).toContainText(code);
      await expect(alert).toContainText('Nothing was charged');
      await expect(prompt).toHaveValue(text);
      await expectAccessible(page);
      expect((await callsTo(sim, 'POST', '/generate')).filter((call) => JSON.stringify(call.body).includes(text))).toHaveLength(1);
      expect((await sim.report()).ledger).toHaveLength(charged);
    });
  }

  test('GEN breaks: it may be charged, says so, and is not sent again', async ({ page, sim }) => {
    const sheet = await Sheet.clone(page);
    const drawer = await sheet.inspect(1, 'HERO');
    await drawer.getByRole('textbox', { name: 'Prompt' }).fill('A jar, explode 500');
    await drawer.getByRole('button', { name: /^Generate/ }).click();
    await sheet.expectState(1, 'HERO', 'unknown');
    await expect(drawer).toContainText(/may (have been|be) charged/);
    await expect(drawer).toContainText('Something went wrong.');
    await expectAccessible(page);
    await page.reload();
    await sheet.expectState(1, 'HERO', 'unknown');
    expect((await callsTo(sim, 'POST', '/generate')).filter((call) => JSON.stringify(call.body).includes('A jar, explode 500'))).toHaveLength(1);
  });

  test('the answer gets lost: the work is found again, and paid once', async ({ page, sim }) => {
    const sheet = await Sheet.clone(page);
    const charged = (await sim.report()).ledger.length;
    await sim.fault({ match: { method: 'POST', path_contains: '/generate' }, times: 1, after: true, kind: 'close' });
    const drawer = await sheet.inspect(1, 'HERO');
    await drawer.getByRole('textbox', { name: 'Prompt' }).fill('The bowl whose answer got lost.');
    await drawer.getByRole('button', { name: /^Generate/ }).click();
    await sheet.expectState(1, 'HERO', '(unknown|pending)');
    await sim.drain();
    await sheet.expectState(1, 'HERO', 'completed');
    const sent = (await callsTo(sim, 'POST', '/generate')).filter((call) => JSON.stringify(call.body).includes('got lost'));
    expect(sent).toHaveLength(1);
    expect(sent[0]?.idempotency_key).not.toBeNull();
    const ledger = (await sim.report()).ledger.slice(charged);
    expect(ledger.map(({ kind, credits }) => ({ kind, credits }))).toEqual([{ kind: 'charge', credits: 5 }]);
  });

  test('one press is one request, however often it is pressed', async ({ page, sim }) => {
    const sheet = await Sheet.clone(page);
    const drawer = await sheet.inspect(1, 'SCRIPT');
    await drawer.getByRole('textbox', { name: 'Prompt' }).fill('The script of one press.');
    await drawer.getByRole('button', { name: /^Generate/ }).dblclick();
    await sheet.expectState(1, 'SCRIPT', 'pending');
    await sim.drain();
    await sheet.expectState(1, 'SCRIPT', 'completed');
    expect((await callsTo(sim, 'POST', '/generate')).filter((call) => JSON.stringify(call.body).includes('one press'))).toHaveLength(1);
  });
});

test.describe('GEN is down', () => {
  test('everything that is saved can still be read, and says how old it is', async ({ page, signIn, sim }) => {
    await signIn(page);
    await Sheet.open(page);
    for (const path of [paths.setup, paths.ideas, paths.templates]) await open(page, path);
    await sim.down(true);
    await open(page, paths.renders);
    const wall = page.getByRole('list', { name: 'Renders', exact: true }).getByRole('listitem');
    await expect(wall.filter({ hasText: 'completed' }).first()).toBeVisible();
    await wall.first().getByRole('link').click();
    await expect(page.getByRole('link', { name: 'Download' })).toBeVisible();
    await expectAccessible(page);
    const sheet = await Sheet.open(page);
    await expect(sheet.cell(1, 'HOOK')).toContainText('Drying mugs rim-down');
    await open(page, paths.ideas);
    await expect(page.getByRole('listitem', { name: 'Why the wheel hums', exact: true })).toBeAttached();
    await open(page, paths.setup);
    await expect(page.getByRole('textbox', { name: 'Description', exact: true })).not.toBeEmpty();
    await open(page, paths.templates);
    await expect(page.getByRole('listitem', { name: 'TikTok Montage', exact: true })).toBeVisible();
  });

  test('what was never fetched says so, and comes when GEN is back', async ({ newServer, page, signIn }) => {
    const server = await newServer();
    await signIn(page, undefined, server.baseURL);
    await server.sim.down(true);
    await open(page, server.baseURL + paths.vidsheet(springGlazes));
    await expect(alertIn(page.getByRole('main'))).toContainText('GEN cannot be reached.');
    await expectAccessible(page);
    await server.sim.down(false);
    const sheet = await Sheet.open(page, undefined, server.baseURL + paths.vidsheet(springGlazes));
    await expect(sheet.grid).toHaveAttribute('aria-rowcount', '25');
  });

  test('a server that starts without GEN shows what it saved', async ({ newServer, page, signIn }) => {
    const server = await newServer();
    await signIn(page, undefined, server.baseURL);
    await Sheet.open(page, undefined, server.baseURL + paths.vidsheet(springGlazes));
    await server.sim.down(true);
    await server.restart('kill');
    const sheet = await Sheet.open(page, undefined, server.baseURL + paths.vidsheet(springGlazes));
    await expect(sheet.grid).toHaveAttribute('aria-rowcount', '25');
    await expect(sheet.cell(1, 'HOOK')).toContainText('Drying mugs rim-down');
  });
});

test('answers that are no ideas do not take the saved ones away', async ({ newServer, page, signIn }) => {
  const server = await newServer();
  const { sim } = server;
  await signIn(page, undefined, server.baseURL);
  await open(page, server.baseURL + paths.ideas);
  const cards = page.getByRole('list', { name: statuses[0], exact: true }).getByRole('listitem');
  const before = await cards.count();
  expect(before).toBeGreaterThan(0);
  await sim.fault({ match: { method: 'GET', path_contains: '/agent/ideas' }, kind: 'garbage' });
  await page.getByRole('textbox', { name: 'Message' }).fill('Give me 2 new ideas about lids.');
  await page.getByRole('button', { name: /^Send/ }).click();
  await expect(page.getByRole('list', { name: 'Requests' })).toContainText(/pending|processing/);
  await sim.drain();
  await expect(async () => {
    await page.reload();
    await expect(alertIn(page.getByRole('main'))).toContainText(/showing the copy saved/, { timeout: 1_000 });
  }).toPass();
  await expect(cards).toHaveCount(before);
  await sim.clearFaults();
  await expect(async () => {
    await page.reload();
    await expect(cards).toHaveCount(before + 2, { timeout: 1_000 });
  }).toPass();
});

test('a key that GEN refuses', async ({ newServer, page, signIn }) => {
  const server = await newServer();
  const { sim } = server;
  await signIn(page, undefined, server.baseURL);
  await open(page, server.baseURL + paths.setup);
  await sim.fault({ kind: 'status', status: 401, body: { error: 'This token was revoked.', error_code: 'unauthorized' } });
  await page.getByRole('textbox', { name: 'Brand name', exact: true }).fill('Kiln without a key');
  const head = page.getByRole('region', { name: 'At a glance' });
  await expect(alertIn(head)).toContainText('This token was revoked.');
  await expect(alertIn(head)).toContainText('unauthorized');
  await expect(alertIn(head)).toContainText('Replace it under Settings');
  await expect(page.getByRole('textbox', { name: 'Brand name', exact: true })).toHaveValue('Kiln without a key');
  expect(await callsTo(sim, 'PATCH', `/agents/${kiln}/core`)).toHaveLength(0);
  await open(page, `${server.baseURL}/settings/keys`);
  await expect(page.getByRole('list', { name: 'Keys' })).toContainText('Refused by GEN');
  await expectAccessible(page);
});

test('a server that was given a wrong key starts, and leads to the page for keys', async ({ newServer, page, signIn }) => {
  const server = await newServer({ genKey: keys.wrong });
  await signIn(page, undefined, server.baseURL);
  await open(page, server.baseURL + paths.setup);
  await expect(alertIn(page.getByRole('main'))).toContainText('There is no GEN key to use.');
  await page.getByRole('link', { name: 'Add a key' }).click();
  await expect(page).toHaveURL(/\/settings\/keys$/);
  await expect(page.getByText('There is no key yet.')).toBeVisible();
});
