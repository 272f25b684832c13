// What the canvas keeps people from doing by mistake, and what it keeps for them: history, import, export, copies.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, open, test } from '../helpers';
import { alertIn, blank, callsTo, kiln, paths, pathsOf } from './studio';

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const saved = (page: Page, name: string) => expect(region(page, name).getByRole('status').first()).toHaveText('Saved');

/** Pastes as the clipboard would. */
async function paste(page: Page, field: string, text: string): Promise<void> {
  await page.getByRole('textbox', { name: field }).evaluate((input, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

test.beforeEach(async ({ page, signIn }) => signIn(page));

test('thirty sources are pasted at once and sorted by kind; a fifty-first is refused, and so is a megabyte', async ({ page, sim }) => {
  await open(page, pathsOf(blank).setup);
  const card = region(page, 'Monitored sources');
  const entries = card.getByRole('list', { name: 'Monitored sources' }).getByRole('listitem');
  const before = await entries.count();
  const handles = Array.from({ length: 30 }, (_, n) =>
    [`@maker${n}`, `#glaze${n}`, `https://www.tiktok.com/@shop${n}`][n % 3],
  );
  await paste(page, 'Paste @names, #tags, links or words', handles.join('\n'));
  await expect(entries).toHaveCount(before + 30);
  await saved(page, 'Monitored sources');
  const sent = (await callsTo(sim, 'PATCH', `/agents/${blank}/core`)).at(-1)!.body as { monitored: { item_type: string }[] };
  const kinds = (kind: string) => sent.monitored.filter((source) => source.item_type === kind).length;
  expect(kinds('account')).toBeGreaterThanOrEqual(20);
  expect(kinds('hashtag')).toBeGreaterThanOrEqual(10);

  const calls = (await callsTo(sim, 'PATCH', `/agents/${blank}/core`)).length;
  const more = Array.from({ length: 51 - 30 - before }, (_, n) => `@late${n}`);
  await paste(page, 'Paste @names, #tags, links or words', more.join('\n'));
  await expect(alertIn(card)).toContainText('At most 50 fit here');
  await paste(page, 'Paste @names, #tags, links or words', 'x'.repeat(1024 * 1024));
  await expect(alertIn(card)).toContainText('An entry has at most');
  await expect(card.getByRole('textbox')).toHaveValue('');
  await expect(entries).toHaveCount(before + 30);
  await paste(page, 'Paste @names, #tags, links or words', more.slice(1).join('\n'));
  await expect(entries).toHaveCount(50);
  await saved(page, 'Monitored sources');
  await expect(alertIn(card)).toHaveCount(0);
  const last = async () => (await callsTo(sim, 'PATCH', `/agents/${blank}/core`)).slice(calls).map((call) => call.body);
  await expect.poll(async () => (await last()).length).toBe(1);
  expect(((await last())[0] as { monitored: object[] }).monitored).toHaveLength(50);
  await expectAccessible(page);
});

test('an account in both lists is pointed out', async ({ page }) => {
  await open(page, paths.setup);
  await page.getByRole('textbox', { name: 'Paste @names, #tags, links or words' }).fill('@kilnandtide');
  await page.keyboard.press('Enter');
  await expect(region(page, 'Monitored sources')).toContainText('is both a brand social and a monitored source');
  await expectAccessible(page);
});

test('keywords are mirrored to the monitored sources by a button and by nothing else', async ({ page, sim }) => {
  await open(page, pathsOf(blank).setup);
  const keywords = region(page, 'Expertise');
  await keywords.getByRole('textbox', { name: 'Add a keyword' }).fill('wood ash');
  await page.keyboard.press('Enter');
  await saved(page, 'Expertise');
  // Without an entry there is no list.
  const list = region(page, 'Monitored sources');
  await expect(list).not.toContainText('wood ash');
  // A place has to be free for it.
  const remove = list.getByRole('button', { name: /^Remove / });
  if ((await remove.count()) >= 50) await remove.first().click();
  await keywords.getByRole('button', { name: 'Mirror to monitored' }).click();
  await expect(list).toContainText('wood ash');
  const monitored = async () =>
    (await callsTo(sim, 'PATCH', `/agents/${blank}/core`)).flatMap((call) => (call.body as { monitored?: object[] }).monitored ?? []);
  await expect.poll(monitored).toContainEqual({ handle: 'wood ash', item_type: 'keyword' });
  await saved(page, 'Monitored sources');
});

test('what a save replaced stands in the history and is restored from there', async ({ newServer, page, signIn }) => {
  const server = await newServer();
  await signIn(page, undefined, server.baseURL);
  await open(page, server.baseURL + paths.setup);
  const name = page.getByRole('textbox', { name: 'Brand name', exact: true });
  await name.fill('Kiln & Storm');
  await expect(region(page, 'At a glance').getByRole('status').first()).toHaveText('Saved');
  await page.getByRole('link', { name: 'History' }).click();
  const history = page.getByRole('complementary', { name: 'History' });
  const first = history.getByRole('button', { name: /As it was first seen/ });
  await first.click();
  await expect(history.getByRole('list', { name: 'Differences' })).toContainText('Kiln & Tide');
  await expectAccessible(page);
  await history.getByRole('button', { name: 'Restore' }).click();
  await expect(name).toHaveValue('Kiln & Tide');
  await expect(history).toContainText('Restored; this was saved as a snapshot too.');
  const sent = (await callsTo(server.sim, 'PATCH', `/agents/${kiln}/core`)).map((call) => call.body);
  expect(sent).toEqual([{ brand_name: 'Kiln & Storm' }, { brand_name: 'Kiln & Tide' }]);
});

test('the core is exported, imported part by part, and copied to another agent', async ({ newServer, page, signIn }) => {
  const server = await newServer();
  await signIn(page, undefined, server.baseURL);
  await open(page, `${server.baseURL}${paths.setup}?show=document`);
  const side = page.getByRole('complementary', { name: 'What the agent sees' });
  const download = page.waitForEvent('download');
  await side.getByRole('link', { name: 'Export JSON' }).click();
  const core = JSON.parse(readFileSync(await (await download).path(), 'utf8')) as { brand_name: string };
  expect(core.brand_name).toBe('Kiln & Tide');
  await expectAccessible(page);

  await side.getByText('Import JSON').click();
  await side.getByLabel('JSON file').setInputFiles({
    name: 'core.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify({ ...core, brand_name: 'Kiln & Import', mood: 'grim' })),
  });
  await expect(side).toContainText('Not taken, for GEN has no such field: mood');
  await side.getByRole('button', { name: 'Take over' }).click();
  await expect(page.getByRole('textbox', { name: 'Brand name', exact: true })).toHaveValue('Kiln & Import');
  await expect(region(page, 'At a glance').getByRole('status').first()).toHaveText('Saved');

  await side.getByText('Copy to another agent').click();
  await side.getByRole('combobox', { name: 'Agent' }).selectOption(blank);
  await side.getByRole('group', { name: 'Parts' }).getByRole('checkbox', { name: /Expertise/ }).check();
  await side.getByRole('button', { name: 'Copy parts' }).click();
  await expect(side).toContainText('Copied.');
  const sent = (await callsTo(server.sim, 'PATCH', `/agents/${blank}/core`)).at(-1)!.body as object;
  expect(Object.keys(sent).sort()).toEqual(expect.arrayContaining(['keywords', 'research_topics']));
  await expectAccessible(page);
});
