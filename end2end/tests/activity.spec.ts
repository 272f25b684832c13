// The glass box: the log of calls, every action as a command, and no secret in either.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, expectAccessible, keys, open, test } from '../helpers';
import { kiln, paths } from './studio';

test('the log names calls by their pattern, and shows what failed', async ({ page, signIn }) => {
  await signIn(page);
  await open(page, `/agents/${kiln}/setup/monitoring`);
  const add = page.getByRole('form', { name: 'Add by number' });
  await add.getByRole('textbox').fill('424242');
  await add.getByRole('button', { name: 'Add' }).click();
  await expect(add.getByRole('alert')).toBeVisible();
  await open(page, '/activity');
  await expect(page.getByRole('heading', { level: 1, name: 'Activity' })).toBeVisible();
  const table = page.getByRole('region', { name: 'Calls to GEN' });
  await expect(table).toContainText('getUserJob');
  await expectAccessible(page);
  await page.getByRole('navigation', { name: 'Show' }).getByRole('link', { name: 'Failed' }).click();
  await expect(page).toHaveURL(/failed=1/);
  const row = table.getByRole('row').filter({ hasText: 'user_job_not_found' });
  await expect(row.first()).toContainText('/user_jobs/{id}');
  await expect(row.first()).toContainText('404');
  await expect(table).not.toContainText('424242');
  await expect(table).not.toContainText(kiln);
});

test('an action is shown as the command that would be sent, without the key', async ({ page, signIn, sim }) => {
  await signIn(page);
  await open(page, `/agents/${kiln}/setup/monitoring`);
  const form = page.getByRole('form', { name: 'Look at what others post' });
  await form.getByRole('textbox', { name: 'Whom or what' }).fill("claylab's");
  const before = (await sim.requests()).length;
  await form.getByRole('button', { name: 'Copy as curl' }).click();
  const command = page.getByRole('region', { name: 'Command' });
  await expect(command).toContainText('curl -X POST');
  await expect(command).toContainText('X-API-Key: $GEN_API_KEY');
  await expect(command).toContainText('/user_jobs');
  await expect(command).not.toContainText(keys.demo);
  await expectAccessible(page);
  expect((await sim.requests()).length).toBe(before);
});

test('l1 keys of ElevenLabs and of GEN are in no log, page, column, script or metric', async ({ newServer, page, signIn }) => {
  const canary = 'sk_elevenlabs_canary_9876543210';
  const server = await newServer();
  await signIn(page, undefined, server.baseURL);
  const bodies: Promise<string>[] = [];
  page.on('response', (response) => {
    // The stream of news never ends.
    if (!response.url().includes('/events')) bodies.push(response.text().catch(() => ''));
  });
  await open(page, server.baseURL + paths.setup);
  await page.getByRole('tab', { name: 'ElevenLabs' }).click();
  const form = page.getByRole('form', { name: 'Connect ElevenLabs' });
  await form.getByLabel('ElevenLabs key').fill(canary);
  await form.getByRole('button', { name: 'Test key' }).click();
  await expect(form.getByRole('status')).toHaveText('ElevenLabs takes this key');
  await form.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.getByText('***3210')).toBeVisible();
  await open(page, `${server.baseURL}/settings/keys`);
  const section = page.getByRole('region', { name: 'Keys at GEN' });
  await section.getByRole('textbox', { name: 'Name of the new key' }).fill('canary');
  await section.getByRole('button', { name: 'Create key' }).click();
  const shown = section.locator('code').filter({ hasText: /^gen_pat_/ });
  const once = (await shown.textContent())!;
  expect(once.length).toBeGreaterThan(20);
  await open(page, `${server.baseURL}/activity`);
  await open(page, `${server.baseURL}/agents/${kiln}/setup/advanced`);
  const metrics = await (await page.request.get(`${server.baseURL}/metrics`)).text();
  const pages = (await Promise.all(bodies)).join('\n');
  const files = readdirSync(server.dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1'))
    .join('\n');
  for (const [place, text] of Object.entries({ files, metrics, log: server.log })) {
    for (const secret of [canary, once, keys.demo]) expect(text.includes(secret), place).toBe(false);
  }
  // The one answer that shows a key once is the only place it is ever in.
  expect(pages.includes(canary)).toBe(false);
  expect(pages.includes(keys.demo)).toBe(false);
  expect(pages.split(once).length - 1).toBe(1);
});
