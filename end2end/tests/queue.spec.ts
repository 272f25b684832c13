// What waits, runs, needs a person and ended; and what people do about it.
import { admin, expect, expectAccessible, keys, open, type Page, type Reelsheet, test } from '../helpers';
import { alertIn, callsTo, kiln, Sheet } from './studio';

/** A studio of this test's own, signed in, with a fresh vidsheet of so many rows whose pictures can be run. */
async function studio(server: Reelsheet, page: Page, signIn: typeof import('../helpers').signIn, rows = 1): Promise<Sheet> {
  await signIn(page, admin, server.baseURL);
  const sheet = await Sheet.clone(page, undefined, server.baseURL);
  await sheet.addRows(rows - 1);
  return sheet;
}

const work = (page: Page, list: string, name: string) =>
  page.getByRole('list', { name: list, exact: true }).getByRole('listitem', { name, exact: true });

test('the queue says what runs and what ended, and what it cost', async ({ newServer, page, signIn }) => {
  const server = await newServer();
  const sheet = await studio(server, page, signIn, 2);
  await sheet.generate(1, 'HERO', 'A bowl of ash.');
  await sheet.expectState(1, 'HERO', 'pending');
  await open(page, `${server.baseURL}/queue`);
  await expect(page.getByRole('main')).toContainText('1 yours, 1 in all');
  await expect(page.getByRole('region', { name: 'Pace and budget' })).toContainText('1 of 10 at once');
  const running = work(page, 'Running', 'HERO, row 1');
  await expect(running).toContainText(/pending|processing/);
  await expect(running).toContainText('Image from text');
  await expect(running).toContainText('you');
  await expect(running).toContainText('≈ 5 cr');
  await expect(running.getByRole('link', { name: 'HERO, row 1' })).toHaveAttribute('href', /\?row=\d+&cell=\d+$/);
  await expectAccessible(page);
  await server.sim.drain();
  const ended = work(page, 'Ended', 'HERO, row 1');
  await expect(ended).toContainText('completed');
  await expect(ended).toContainText('≈ 5 → 5 cr');
  await expect(running).toHaveCount(0);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow, 'sideways scrolling in CSS pixels').toBeLessThanOrEqual(0);
  await expectAccessible(page);
});

test('what was stopped is refunded, and that is checked', async ({ newServer, page, signIn }) => {
  const server = await newServer();
  const sheet = await studio(server, page, signIn);
  await sheet.generate(1, 'HERO', 'A bowl of ash.');
  await sheet.expectState(1, 'HERO', 'pending');
  await open(page, `${server.baseURL}/queue`);
  await work(page, 'Running', 'HERO, row 1').getByRole('button', { name: 'Stop' }).click();
  const ended = work(page, 'Ended', 'HERO, row 1');
  await expect(ended).toContainText('stopped');
  await expect(ended).toContainText('0 cr');
  await expect(ended).toContainText('refunded, checked');
  await ended.getByRole('button', { name: /^Retry · ≈ 5 cr/ }).click();
  await expect(work(page, 'Running', 'HERO, row 1')).toBeVisible();
  expect(await callsTo(server.sim, 'POST', '/generate')).toHaveLength(2);
});

test('paused work waits; keys pause, move, withdraw and go on', async ({ newServer, page, signIn }) => {
  const server = await newServer();
  const sheet = await studio(server, page, signIn, 3);
  await open(page, `${server.baseURL}/queue`);
  await page.getByRole('button', { name: 'Pause my work' }).click();
  await expect(page.getByRole('main')).toContainText('Your work is paused');
  await open(page, sheet.address);
  for (const row of [1, 2, 3]) {
    await sheet.generate(row, 'HERO', `Bowl ${row}.`);
    await sheet.expectState(row, 'HERO', 'queued');
  }
  await expect(page.getByRole('banner')).toContainText('15 reserved');
  expect(await callsTo(server.sim, 'POST', '/generate')).toHaveLength(0);

  await open(page, `${server.baseURL}/queue`);
  const waiting = page.getByRole('list', { name: 'Waiting', exact: true });
  const order = waiting.getByRole('listitem');
  await expect(order).toHaveCount(3);
  await expectAccessible(page);
  const names = () => order.evaluateAll((items) => items.map((item) => item.getAttribute('aria-label')));

  await work(page, 'Waiting', 'HERO, row 3').getByRole('link').focus();
  await page.keyboard.press('f');
  await expect.poll(names).toEqual(['HERO, row 3', 'HERO, row 1', 'HERO, row 2']);
  await work(page, 'Waiting', 'HERO, row 3').getByRole('button', { name: 'Move down' }).click();
  await expect.poll(names).toEqual(['HERO, row 1', 'HERO, row 3', 'HERO, row 2']);
  await work(page, 'Waiting', 'HERO, row 2').getByRole('link').focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(names).toEqual(['HERO, row 1', 'HERO, row 2', 'HERO, row 3']);
  await work(page, 'Waiting', 'HERO, row 1').getByRole('link').focus();
  await page.keyboard.press('ArrowDown');
  await expect(work(page, 'Waiting', 'HERO, row 2').getByRole('link')).toBeFocused();
  await page.keyboard.press('Control+.');
  await expect(work(page, 'Ended', 'HERO, row 2')).toContainText('nothing was charged');
  await expect(order).toHaveCount(2);

  await page.keyboard.press('p');
  await expect(page.getByRole('button', { name: 'Pause my work' })).toBeVisible();
  await expect(work(page, 'Running', 'HERO, row 1')).toBeVisible();
  await expect(work(page, 'Running', 'HERO, row 3')).toBeVisible();
  expect(await callsTo(server.sim, 'POST', '/generate')).toHaveLength(2);
});

test('many that failed are retried after their number is typed, and a filter stops what it shows', async ({ newServer, page, signIn }) => {
  const server = await newServer();
  const sheet = await studio(server, page, signIn, 2);
  for (const row of [1, 2]) await sheet.generate(row, 'HERO', `Bowl ${row}, please fail.`);
  await sheet.expectState(2, 'HERO', 'pending');
  await server.sim.drain();
  await sheet.expectState(2, 'HERO', 'failed');
  await open(page, `${server.baseURL}/queue`);
  await expect(work(page, 'Ended', 'HERO, row 1')).toContainText('The model refused this prompt');
  await page.getByRole('button', { name: 'Retry all failed (2)' }).click();
  const sheetOfRetry = page.getByRole('dialog', { name: 'Retry 2 failed?' });
  await expect(sheetOfRetry).toContainText('≈ 10 cr');
  await expectAccessible(page);
  const yes = sheetOfRetry.getByRole('button', { name: /^Retry 2/ });
  await expect(yes).toBeDisabled();
  await sheetOfRetry.getByRole('textbox', { name: 'Type 2 to confirm' }).fill('2');
  await yes.click();
  await expect(sheetOfRetry).toHaveCount(0);
  await expect(page.getByRole('list', { name: 'Running', exact: true }).getByRole('listitem')).toHaveCount(2);
  await expect(page.getByRole('button', { name: /^Retry all failed/ })).toHaveCount(0);
  expect(await callsTo(server.sim, 'POST', '/generate')).toHaveLength(4);

  await page.getByRole('searchbox', { name: 'Filter' }).fill('pending row 2');
  await expect(work(page, 'Running', 'HERO, row 1')).toHaveCount(0);
  await page.getByRole('button', { name: 'Stop these 1' }).click();
  const question = page.getByRole('dialog', { name: 'Stop these 1?' });
  await expect(question).toContainText('GEN refunds');
  await question.getByRole('button', { name: 'Stop 1' }).click();
  await expect(question).toHaveCount(0);
  await page.getByRole('searchbox', { name: 'Filter' }).fill('');
  await expect(work(page, 'Ended', 'HERO, row 2').first()).toContainText('stopped');
  await expect(work(page, 'Running', 'HERO, row 1')).toBeVisible();
});

test('when the credits run out a batch pauses itself and nothing more is sent', async ({ newServer, page, signIn }) => {
  const server = await newServer();
  const sheet = await studio(server, page, signIn, 5);
  await sheet.generate(1, 'HERO', 'A bowl of ash.');
  await sheet.expectState(1, 'HERO', 'pending');
  await server.sim.drain();
  await sheet.expectState(1, 'HERO', 'completed');
  await server.sim.setCredits(10, 12);
  const sent = (await callsTo(server.sim, 'POST', '/generate')).length;
  await sheet.select([2, 'HERO'], [5, 'HERO']);
  await page.keyboard.press('Control+Enter');
  const question = page.getByRole('dialog', { name: 'Run 4 cells?' });
  await expect(question).toContainText('Only 2 of 4 can be paid now');
  await question.getByRole('button', { name: /^Run all 4/ }).click();
  await expect(question).toHaveCount(0);

  await open(page, `${server.baseURL}/queue`);
  const batch = work(page, 'Waiting', 'Batch of 4');
  await expect(alertIn(batch)).toContainText('Insufficient credits');
  await expect(batch).toContainText('paused');
  await expect(batch).toContainText(/1 waiting/);
  await expect(work(page, 'Ended', 'HERO, row 4')).toContainText('insufficient_credits_for_job');
  await expectAccessible(page);
  expect((await callsTo(server.sim, 'POST', '/generate')).length - sent, 'two taken, one refused, one never sent').toBe(3);

  await server.sim.setCredits(10, 1_000);
  await batch.getByRole('button', { name: 'Resume batch' }).click();
  await expect(work(page, 'Running', 'HERO, row 5')).toBeVisible();
  expect((await callsTo(server.sim, 'POST', '/generate')).length - sent).toBe(4);
});

test('GEN asks to wait: the queue counts it down and sends nothing', async ({ newServer, page, signIn }) => {
  const server = await newServer();
  const sheet = await studio(server, page, signIn);
  await open(page, `${server.baseURL}/queue`);
  await page.getByRole('button', { name: 'Pause my work' }).click();
  await expect(page.getByRole('button', { name: 'Resume my work' })).toBeVisible();
  await open(page, sheet.address);
  await sheet.generate(1, 'HERO', 'A bowl of ash.');
  await sheet.expectState(1, 'HERO', 'queued');
  await server.sim.fault({
    match: { method: 'POST', path_contains: '/generate' },
    times: 1,
    kind: 'status',
    status: 429,
    retry_after: 600,
    body: { error: 'Too many requests. Try again later.', error_code: 'rate_limited' },
  });
  await open(page, `${server.baseURL}/queue`);
  await page.getByRole('button', { name: 'Resume my work' }).click();
  await expect(page.getByRole('region', { name: 'Pace and budget' })).toContainText(/GEN asks to wait \d+ s/);
  await expect(page.getByRole('region', { name: 'Pace and budget' })).toContainText('of 5 at once');
  // GEN refused this one in clear words, so it is not sent again by the machine.
  await expect(work(page, 'Ended', 'HERO, row 1')).toContainText('rate_limited');
  expect(await callsTo(server.sim, 'POST', '/generate')).toHaveLength(1);
});

test('a call that a kill cut off is shown after the restart, with what a person can do', async ({ newServer, page, signIn }) => {
  const server = await newServer();
  const sheet = await studio(server, page, signIn);
  await server.sim.fault({ match: { method: 'POST', path_contains: '/generate' }, times: 1, after: true, kind: 'hang' });
  await sheet.generate(1, 'HERO', 'A bowl whose answer never came.');
  await sheet.expectState(1, 'HERO', 'sending');
  await expect.poll(async () => (await callsTo(server.sim, 'POST', '/generate')).length).toBe(1);
  // Somebody else starts one on the same cell meanwhile, so that nobody can tell which is which.
  const { path, body } = (await callsTo(server.sim, 'POST', '/generate'))[0]!;
  await server.sim.drain();
  const other = await fetch(`${server.sim.apiUrl}${path}?agent_id=${kiln}`, {
    method: 'POST',
    headers: { 'x-api-key': keys.demo, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(other.ok, `${other.status} ${other.url} ${await other.text()}`).toBe(true);
  await server.restart('kill');
  await page.context().clearCookies();
  await signIn(page, admin, server.baseURL);
  await open(page, `${server.baseURL}/queue`);
  const unclear = work(page, 'Needs attention', 'HERO, row 1');
  await expect(unclear).toContainText('may have been charged');
  await expect(unclear.getByRole('button', { name: 'Check again' })).toBeVisible();
  await expect(unclear.getByRole('button', { name: /^Adopt this one/ })).toHaveCount(2);
  await expect(unclear.getByRole('button', { name: 'Send again' })).toBeVisible();
  await expect(unclear).toContainText(/bears the same key until \d\d:\d\d.*, so GEN charges once/);
  await expect(unclear).toContainText(/Credits: [\d,]+ cr before, [\d,]+ cr now/);
  await expectAccessible(page);
  const charges = async () => (await server.sim.report()).ledger.filter(({ kind }) => kind === 'charge').length;
  const charged = await charges();
  await unclear.getByRole('button', { name: 'Check again' }).click();
  await expect(unclear.getByRole('button', { name: /^Adopt this one/ })).toHaveCount(2);
  await unclear.getByRole('button', { name: /^Adopt this one/ }).first().click();
  await expect(unclear).toHaveCount(0);
  await server.sim.drain();
  await expect(work(page, 'Ended', 'HERO, row 1').first()).toContainText('completed');
  expect(await charges(), 'looking and adopting cost nothing').toBe(charged);
});

test('a call that never arrived is sent again under its own key', async ({ newServer, page, signIn }) => {
  const server = await newServer();
  const sheet = await studio(server, page, signIn);
  await server.sim.fault({ match: { method: 'POST', path_contains: '/generate' }, times: 1, kind: 'close' });
  await sheet.generate(1, 'HERO', 'A bowl that got lost.');
  await sheet.expectState(1, 'HERO', 'unknown');
  const drawer = sheet.drawer(1, 'HERO');
  await expect(drawer.getByRole('group', { name: 'Unclear call' })).toContainText('Nothing that this call could have made was found');
  await drawer.getByRole('button', { name: 'Send again' }).click();
  await sheet.expectState(1, 'HERO', 'pending');
  const sent = await callsTo(server.sim, 'POST', '/generate');
  expect(sent.map((call) => call.idempotency_key)).toEqual([sent[0]?.idempotency_key, sent[0]?.idempotency_key]);
});

test('an unclear request to the agent has the same answers on the ideas board', async ({ newServer, page, signIn }) => {
  const server = await newServer();
  await signIn(page, admin, server.baseURL);
  await open(page, `${server.baseURL}/agents/${kiln}/ideas`);
  await server.sim.fault({ match: { method: 'POST', path_contains: '/agent/run' }, times: 1, kind: 'close' });
  await page.getByRole('textbox', { name: 'Message' }).fill('Give me 2 new ideas about lids.');
  await page.getByRole('button', { name: /^Send/ }).click();
  const run = page.getByRole('list', { name: 'Requests' }).getByRole('listitem').first();
  await expect(run).toContainText('unknown');
  await expect(run.getByRole('button', { name: 'Check again' })).toBeVisible();
  await expect(run.getByRole('button', { name: 'Send again' })).toBeVisible();
  await expect(run.getByRole('button', { name: 'Retry' })).toHaveCount(0);
  await expectAccessible(page);
  await run.getByRole('button', { name: 'Send again' }).click();
  await expect(run).toContainText(/pending|processing/);
});

test('two tabs see one queue, and what one did the other cannot do again', async ({ newServer, page, signIn }) => {
  const server = await newServer();
  const sheet = await studio(server, page, signIn);
  await sheet.generate(1, 'HERO', 'A bowl, please fail.');
  await sheet.expectState(1, 'HERO', 'pending');
  await server.sim.drain();
  await sheet.expectState(1, 'HERO', 'failed');
  await open(page, `${server.baseURL}/queue`);
  const other = await page.context().newPage();
  await open(other, `${server.baseURL}/queue`);
  await work(page, 'Ended', 'HERO, row 1').getByRole('button', { name: /^Retry/ }).click();
  await expect(work(page, 'Running', 'HERO, row 1')).toBeVisible();
  await expect(work(other, 'Running', 'HERO, row 1')).toBeVisible();
  await work(other, 'Ended', 'HERO, row 1').getByRole('button', { name: /^Retry/ }).click();
  await expect(work(other, 'Ended', 'HERO, row 1').getByRole('button', { name: /^Retry/ })).toBeEnabled();
  expect(await callsTo(server.sim, 'POST', '/generate')).toHaveLength(2);
});
