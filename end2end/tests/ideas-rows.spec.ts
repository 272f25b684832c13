// From an idea to a filled row without retyping: selecting, the mapping, one yes, links both ways, going on after a stop.
import type { Locator } from '@playwright/test';
import { expect, expectAccessible, open, signIn, test, type Page } from '../helpers';
import { alertIn, blank, callsTo, paths, pathsOf, Sheet } from './studio';

const lane = (page: Page, status: string) => page.getByRole('list', { name: status, exact: true });
const card = (page: Page, status: string, title: string) =>
  lane(page, status).getByRole('listitem', { name: title, exact: true });
const convertDialog = (page: Page) => page.getByRole('dialog', { name: 'Convert ideas to rows' });

/** Selects the first ideas of a list; gives their titles. */
async function select(list: Locator, count: number): Promise<string[]> {
  const titles: string[] = [];
  for (let place = 0; place < count; place += 1) {
    const item = list.getByRole('listitem').nth(place);
    titles.push((await item.getByRole('link').first().innerText()).trim());
    await item.getByRole('checkbox').check();
  }
  return titles;
}

test('the whole way: from an empty board to filled rows', async ({ newServer, page }) => {
  const server = await newServer();
  await signIn(page, undefined, server.baseURL);
  await open(page, server.baseURL + pathsOf(blank).ideas);
  await expect(page.getByText('There is no idea yet.')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Ask for five ideas' }).click();
  await page.getByRole('button', { name: '5 ideas', exact: true }).click();
  await page.getByRole('button', { name: /^Send/ }).click();
  await expect(page.getByText('Writing ideas')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Requests', exact: true })).toContainText(/pending|processing/);
  await server.sim.drain();
  await expect(lane(page, 'Generated').getByRole('listitem')).toHaveCount(5);

  await select(lane(page, 'Generated'), 2);
  const bar = page.getByRole('toolbar', { name: 'Selected ideas' });
  await expect(bar).toContainText('2 selected');
  await bar.getByRole('button', { name: 'Convert 2' }).click();
  const dialog = convertDialog(page);
  await dialog.getByRole('combobox', { name: 'Rows go to' }).selectOption({ value: 'template/tiktok-talking-avatar' });
  const preview = dialog.getByRole('region', { name: 'Preview' });
  await expect(preview.getByRole('combobox', { name: 'SCRIPT' })).toHaveValue('Full script');
  await expect(preview.getByRole('combobox', { name: 'TEXT 1' })).toHaveValue('Hook');
  await preview.getByRole('combobox', { name: 'TEXT 1' }).selectOption('Title');
  const scripts = await preview.getByRole('row').evaluateAll((rows) => rows.slice(1).map((row) => row.children[2]?.textContent ?? ''));
  expect(scripts).toHaveLength(2);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Make 2 rows' }).click();

  await expect(page).toHaveURL(/\/vidsheets\/\d+/);
  const sheet = new Sheet(page, 'TikTok Talking Avatar');
  await expect(sheet.grid).toBeVisible();
  for (const row of [1, 2]) {
    const start = (scripts[row - 1] ?? '').slice(0, 40);
    await expect(sheet.cell(row, 'SCRIPT')).toContainText(start);
  }
  await expect(sheet.row(3)).toHaveCount(0);
  expect(await callsTo(server.sim, 'PUT', '/cells/mass_update')).toHaveLength(1);

  await open(page, server.baseURL + pathsOf(blank).ideas);
  const converted = lane(page, 'Approve to create').getByRole('listitem');
  await expect(converted).toHaveCount(2);
  await expect(converted.first().getByRole('link', { name: 'TikTok Talking Avatar, row 1' })).toBeVisible();

  // What was chosen is proposed the next time.
  await select(lane(page, 'Generated'), 1);
  await bar.getByRole('button', { name: 'Convert 1' }).click();
  await dialog.getByRole('combobox', { name: 'Rows go to' }).selectOption({ value: 'template/tiktok-talking-avatar' });
  await expect(preview.getByRole('combobox', { name: 'TEXT 1' })).toHaveValue('Title');
  await expect(dialog).toContainText('As chosen the last time.');
});

test('rows whose making was interrupted are made once when a person goes on', async ({ newServer, page }) => {
  const server = await newServer();
  await signIn(page, undefined, server.baseURL);
  await open(page, server.baseURL + paths.ideas);
  await server.sim.fault({ match: { operation: 'createRow' }, times: 1, kind: 'close', after: true });
  const titles = await select(lane(page, 'Generated'), 3);
  await page.getByRole('button', { name: 'Convert 3' }).click();
  const dialog = convertDialog(page);
  await dialog.getByRole('combobox', { name: 'Rows go to' }).selectOption({ value: 'template/tiktok-text-driven' });
  await expect(dialog.getByRole('region', { name: 'Preview' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Make 3 rows' }).click();
  await expect(dialog.getByRole('region', { name: 'Ideas becoming rows' })).toContainText('It stands still');
  await server.restart('kill');

  await open(page, server.baseURL + paths.ideas);
  const standing = page.getByRole('region', { name: 'Ideas becoming rows' });
  await expect(standing).toContainText('1 of 3 rows made');
  await expectAccessible(page);
  await standing.getByRole('button', { name: 'Continue' }).click();
  for (const title of titles) await expect(card(page, 'Approve to create', title)).toBeVisible();
  await card(page, 'Approve to create', titles[0] ?? '').getByRole('link', { name: /row 1$/ }).click();
  const sheet = new Sheet(page, 'TikTok Text-Driven');
  await expect(sheet.row(3)).toBeVisible();
  await expect(sheet.row(4)).toHaveCount(0);
});

test('what cannot be made is said in the window, and nothing typed is lost', async ({ newServer, page }) => {
  const server = await newServer();
  await signIn(page, undefined, server.baseURL);
  await open(page, server.baseURL + paths.ideas);
  await server.sim.fault({ match: { operation: 'getTemplate' }, times: 1, kind: 'status', status: 404 });
  await lane(page, 'Generated').getByRole('link', { name: 'Why the wheel hums' }).focus();
  await page.keyboard.press('v');
  const dialog = convertDialog(page);
  await expect(alertIn(dialog)).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Make 1 row' })).toBeDisabled();
  await dialog.getByRole('combobox', { name: 'Rows go to' }).selectOption({ value: 'template/tiktok-skit' });
  await expect(dialog.getByRole('button', { name: 'Make 1 row' })).toBeEnabled();
});
