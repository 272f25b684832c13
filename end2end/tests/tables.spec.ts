// A vidsheet as a file, and rows from one.
import { readFile } from 'node:fs/promises';
import { expect, expectAccessible, open, test } from '../helpers';
import { alertIn, callsTo, Sheet } from './studio';
import type { Locator, Page } from '@playwright/test';

test.beforeEach(async ({ page, signIn }) => signIn(page));

const csv = (text: string, name = 'rows.csv') => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

async function drawer(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  return page.getByRole('complementary', { name: 'Import rows' });
}

/** Saves the vidsheet in a format; its text. */
async function exported(page: Page, words: string): Promise<string> {
  await page.locator('summary').filter({ hasText: 'Export' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: words }).click()]);
  return readFile(await download.path(), 'latin1');
}

test('lines of a file are looked at, mapped, and become rows', async ({ page, sim }) => {
  const sheet = await Sheet.clone(page);
  const side = await drawer(page);
  await side.getByLabel('CSV or XLSX file').setInputFiles(csv('Hook,Words,Note\nFirst hook,First script,x\n"Second, hook",Second script,y\n'));
  const preview = side.getByRole('region', { name: 'What the import does' });
  await expect(preview).toContainText('2 rows added, 0 rows changed');
  await expect(side.getByRole('combobox', { name: /^Hook/ })).toHaveValue(/\d+/);
  await side.getByRole('combobox', { name: /^Words/ }).selectOption({ label: 'SCRIPT, text' });
  await expect(preview.getByRole('list', { name: 'Lines' })).toContainText('SCRIPT: First script');
  await expect(side.getByRole('combobox', { name: /^Note/ }).getByRole('option', { name: 'STATS, filled by GEN' })).toBeDisabled();
  await expectAccessible(page);
  expect(await callsTo(sim, 'PUT', /mass_update$/), 'nothing is sent before the yes').toHaveLength(0);
  await side.getByRole('button', { name: 'Import' }).click();
  await expect(side.getByRole('status')).toContainText('Imported: 2 rows added, 0 rows changed.');
  await expect(sheet.cell(1, 'HOOK')).toContainText('First hook');
  await expect(sheet.cell(2, 'SCRIPT')).toContainText('Second script');
  await expect(sheet.grid).toHaveAttribute('aria-rowcount', '3');
});

test('what is exported, edited and read back changes only what was edited', async ({ page }) => {
  const sheet = await Sheet.clone(page);
  await sheet.write(1, 'HOOK', '=SUM(A1:A9)');
  await expect(sheet.saved).toHaveText('Saved');
  const text = await exported(page, 'CSV');
  expect(text).toContain("'=SUM(A1:A9)");
  const side = await drawer(page);
  await side.getByLabel('CSV or XLSX file').setInputFiles(csv(text));
  const preview = side.getByRole('region', { name: 'What the import does' });
  await expect(preview).toContainText('0 rows added, 0 rows changed, 1 row as they are');
  await side.getByLabel('CSV or XLSX file').setInputFiles(csv(text.replace("'=SUM(A1:A9)", 'Not a sum')));
  await expect(preview.getByRole('listitem').first()).toContainText('Row 1');
  await side.getByRole('button', { name: 'Import' }).click();
  await expect(sheet.cell(1, 'HOOK')).toContainText('Not a sum');
  expect((await exported(page, 'XLSX')).slice(0, 2)).toBe('PK');
  expect(JSON.parse(await exported(page, 'JSON, with takes and cost')).rows[0].row).toBe(1);
});

test('an import that stops says how far it came, and goes on', async ({ page, sim }) => {
  const sheet = await Sheet.clone(page);
  const side = await drawer(page);
  await side.getByLabel('CSV or XLSX file').setInputFiles(csv(`HOOK\n${Array.from({ length: 30 }, (_, n) => `Line ${n + 1}`).join('\n')}\n`));
  await expect(side.getByRole('region', { name: 'What the import does' })).toContainText('30 rows added');
  await sim.fault({ match: { operation: 'createRow' }, times: 26, kind: 'delay', ms: 0 });
  await sim.fault({ match: { operation: 'createRow' }, times: 1, kind: 'close' });
  await side.getByRole('button', { name: 'Import' }).click();
  await expect(alertIn(side)).toBeVisible();
  await expect(side.getByRole('status')).toContainText('25 lines are written so far: 25 rows added');
  await side.getByRole('button', { name: 'Go on' }).click();
  await expect(side.getByRole('status')).toContainText('Imported: 30 rows added');
  await expect(sheet.grid).toHaveAttribute('aria-rowcount', '31');
});

test('what cannot be read is said beside the file, and another can be chosen', async ({ page }) => {
  await Sheet.clone(page);
  const side = await drawer(page);
  const input = side.getByLabel('CSV or XLSX file');
  for (const [file, words] of [
    [csv('PK\u0003\u0004 broken', 'rows.xlsx'), 'no XLSX file that can be read'],
    [csv(`HOOK\n${'x\n'.repeat(100_000)}`), 'more than 10000 lines'],
    [csv(''), 'Choose a file first'],
  ] as const) {
    await input.setInputFiles(file);
    await expect(alertIn(side)).toContainText(words);
  }
  await input.setInputFiles(csv(`HOOK\n${'x'.repeat(5 * 1024 * 1024)}\n`));
  await expect(alertIn(side)).toContainText('5242880 characters; a cell holds at most 20000');
  await expect(side.getByRole('button', { name: 'Import' })).toBeDisabled();
  await input.setInputFiles(csv('HOOK\nfine\n'));
  await expect(alertIn(side)).toHaveCount(0);
});

test('a stranger gets no file, and a vidsheet of nobody is none', async ({ page, browser, reelsheet }) => {
  const sheet = await Sheet.clone(page);
  const stranger = await browser.newContext({ baseURL: reelsheet.baseURL });
  expect((await stranger.request.get(`${sheet.address}/export/csv`)).status()).toBe(401);
  await stranger.close();
  expect((await page.request.get(`${sheet.address}/export/csv`)).status()).toBe(200);
  expect((await page.request.get(`${sheet.address}/export/exe`)).status()).toBe(404);
  expect((await page.request.get(`${sheet.address.replace(/\d+$/, '1')}/export/csv`)).status()).toBe(404);
});

test('the import fits a phone', async ({ page }) => {
  const sheet = await Sheet.clone(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, sheet.address);
  const side = await drawer(page);
  await side.getByLabel('CSV or XLSX file').setInputFiles(csv('HOOK,A very long title for a column\na,b\n'));
  await expect(side.getByRole('region', { name: 'What the import does' })).toBeVisible();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow, 'sideways scrolling in CSS pixels').toBeLessThanOrEqual(0);
  await expectAccessible(page);
});
