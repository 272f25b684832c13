// Editing many cells: to and from other programs, filling, finding, taking back, rows and columns, with company and
// without GEN.
import type { Page } from '@playwright/test';
import { expect, expectAccessible, Reelsheet, signIn, test } from '../helpers';
import { callsTo, paths, Sheet, springGlazes } from './studio';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

/** Pastes into the focused cell as the clipboard of another program would. */
async function paste(page: Page, what: { text?: string; html?: string }): Promise<void> {
  await page.evaluate(({ text, html }) => {
    const clipboardData = new DataTransfer();
    if (text !== undefined) clipboardData.setData('text/plain', text);
    if (html !== undefined) clipboardData.setData('text/html', html);
    document.activeElement!.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, what);
}

const text = async (sheet: Sheet, row: number, column: string) => (await sheet.cell(row, column).innerText()).trim();
const notice = (page: Page, words: string | RegExp) => expect(page.getByRole('status').filter({ hasText: words })).toBeVisible();
const saved = (page: Page) => expect(page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible();

async function own(newServer: () => Promise<Reelsheet>, page: Page) {
  const server = await newServer();
  await signIn(page, undefined, server.baseURL);
  const sheet = await Sheet.open(page, undefined, server.baseURL + paths.vidsheet(springGlazes));
  return { server, sheet };
}

test('a selection goes to the clipboard and back, and one step takes it back', async ({ newServer, page }) => {
  const { server, sheet } = await own(newServer, page);
  const first = await text(sheet, 1, 'HOOK');
  await sheet.choose(1, 'HOOK');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('ControlOrMeta+c');
  await sheet.choose(10, 'HOOK');
  const before = await text(sheet, 10, 'HOOK');
  await page.keyboard.press('ControlOrMeta+v');
  await expect(sheet.cell(10, 'HOOK')).toContainText(first);
  await saved(page);
  const update = (await callsTo(server.sim, 'PUT', '/cells/mass_update')).at(-1);
  expect(update).toBeDefined();
  await page.keyboard.press('ControlOrMeta+z');
  await notice(page, 'Taken back: ');
  await expect(sheet.cell(10, 'HOOK')).toContainText(before);
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await notice(page, 'Done again: ');
  await expect(sheet.cell(10, 'HOOK')).toContainText(first);
  await expectAccessible(page);
});

for (const [program, html] of [
  [
    'Excel',
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table border=0 cellpadding=0><!--StartFragment--><col width=64><tr height=20><td class=xl65>From\r\n  Excel</td></tr><tr><td>two<br style="mso-data-placement:same-cell">lines</td></tr><!--EndFragment--></table></body></html>',
  ],
  [
    'Sheets',
    '<meta charset="utf-8"><google-sheets-html-origin><table xmlns="http://www.w3.org/1999/xhtml" data-sheets-root="1"><colgroup><col width="100"/></colgroup><tbody><tr><td data-sheets-value="{}">From Sheets</td></tr><tr><td>two<br/>lines</td></tr></tbody></table>',
  ],
  [
    'LibreOffice',
    '<!DOCTYPE html><html><head><style>body{}</style></head><body><table cellspacing="0"><colgroup width="85"></colgroup><tr><td height="17" align="left"><font face="Liberation Sans">From LibreOffice</font></td></tr><tr><td>two<br>lines</td></tr></table></body></html>',
  ],
] as const) {
  test(`what ${program} puts on the clipboard is read`, async ({ page }) => {
    await signIn(page);
    const sheet = await Sheet.open(page);
    await sheet.choose(12, 'HOOK');
    await paste(page, { html, text: 'not this' });
    await expect(sheet.cell(12, 'HOOK')).toContainText(`From ${program}`);
    await expect(sheet.cell(13, 'HOOK')).toHaveAccessibleName(/two\s+lines/);
    await saved(page);
  });
}

test('a paste that needs rows and columns is shown first; what has no place is said', async ({ newServer, page }) => {
  const { sheet } = await own(newServer, page);
  await sheet.choose(1, 'HOOK');
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.press('Home');
  await expect(sheet.cell(24, 'HOOK')).toBeFocused();
  await paste(page, { text: 'last\nnew one\nnew two' });
  const dialog = page.getByRole('dialog', { name: 'Paste' });
  await expect(dialog.getByRole('list', { name: 'What it does' })).toContainText('3 texts into HOOK');
  await expect(dialog).toContainText('Adds 2 rows');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Paste' }).click();
  await notice(page, 'Pasted; 2 new rows, 0 new columns.');
  await expect(sheet.grid).toHaveAttribute('aria-rowcount', '27');
  await expect(sheet.cell(26, 'HOOK')).toContainText('new two');
  await page.keyboard.press('ControlOrMeta+z');
  await notice(page, 'Taken back: ');
  await expect(sheet.grid).toHaveAttribute('aria-rowcount', '25');

  await page.keyboard.press('ControlOrMeta+Home');
  await expect(sheet.cell(1, 'HOOK')).toBeFocused();
  await sheet.choose(3, 'STATS');
  await paste(page, { text: 'a\tb' });
  await expect(dialog).toContainText('Leaves out 1 text: STATS takes no text');
  await expect(dialog.getByRole('checkbox', { name: /Add 1 text column/ })).toBeChecked();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toHaveCount(0);
});

test('a thousand texts are one paste, and one step takes them back', async ({ newServer, page }) => {
  test.slow();
  const { sheet } = await own(newServer, page);
  const rows = Array.from({ length: 500 }, (_, n) => `hook ${n}\tscript ${n}`);
  await sheet.choose(1, 'HOOK');
  await paste(page, { text: rows.join('\n') });
  const dialog = page.getByRole('dialog', { name: 'Paste' });
  await expect(dialog).toContainText('1000 texts into HOOK, SCRIPT');
  await expect(dialog).toContainText('Adds 476 rows');
  await dialog.getByRole('button', { name: 'Paste' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Pasted; 476 new rows' })).toBeVisible({ timeout: 60_000 });
  await expect(sheet.grid).toHaveAttribute('aria-rowcount', '501');
  await sheet.choose(1, 'HOOK');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(sheet.grid).toHaveAttribute('aria-rowcount', '25', { timeout: 60_000 });
  await expect(sheet.cell(1, 'HOOK')).not.toContainText('hook 0');
});

test('filling, emptying, finding and replacing are one step each', async ({ newServer, page }) => {
  const { sheet } = await own(newServer, page);
  const first = await text(sheet, 1, 'HOOK');
  await sheet.choose(1, 'HOOK');
  for (let n = 0; n < 3; n += 1) await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('ControlOrMeta+d');
  await expect(sheet.cell(4, 'HOOK')).toContainText(first);
  await saved(page);
  await page.keyboard.press('Delete');
  await expect(sheet.cell(2, 'HOOK')).toHaveAccessibleName(/^HOOK, empty/);
  await saved(page);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(sheet.cell(2, 'HOOK')).toContainText(first);

  await page.keyboard.press('ControlOrMeta+f');
  const find = page.getByRole('search', { name: 'Find in this vidsheet' });
  await expect(find.getByRole('searchbox', { name: 'Find' })).toBeFocused();
  await find.getByRole('searchbox', { name: 'Find' }).fill(first.toUpperCase());
  await expect(find.getByRole('status')).toHaveText(/of 4|4 found/);
  await find.getByRole('textbox', { name: 'Replace with' }).fill('Something else');
  await find.getByRole('button', { name: 'Replace all' }).click();
  await expect(sheet.cell(3, 'HOOK')).toContainText('Something else');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
});

test('every key is listed, from the table the grid obeys', async ({ page }) => {
  await signIn(page);
  const sheet = await Sheet.open(page);
  await sheet.choose(1, 'HOOK');
  await page.keyboard.press('F1');
  const keys = page.getByRole('complementary', { name: 'Keys' });
  await keys.getByRole('searchbox', { name: 'Search keys' }).fill('take back');
  await expect(keys.getByRole('row').filter({ hasText: 'Ctrl+Z' })).toBeVisible();
  await expectAccessible(page);
});

test('rows are added, moved, marked, put away and fetched back', async ({ newServer, page }) => {
  const { server, sheet } = await own(newServer, page);
  const [first, second] = [await text(sheet, 1, 'HOOK'), await text(sheet, 2, 'HOOK')];
  await sheet.choose(1, 'HOOK');
  await page.keyboard.press('Alt+ArrowDown');
  await expect(sheet.cell(2, 'HOOK')).toContainText(first);
  await expect(sheet.cell(2, 'HOOK')).toBeFocused();
  await expect.poll(async () => (await callsTo(server.sim, 'PUT', '/rows/update_positions')).length).toBe(1);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(sheet.cell(1, 'HOOK')).toContainText(first);

  await sheet.choose(2, 'HOOK');
  await page.keyboard.press('ControlOrMeta+Backspace');
  await notice(page, '1 row put away.');
  await expect(sheet.grid).toHaveAttribute('aria-rowcount', '24');
  const rows = page.locator('summary').filter({ hasText: /^\s*Rows\s*$/ });
  await rows.click();
  await page.getByRole('button', { name: /^Rows put away/ }).click();
  const drawer = page.getByRole('complementary', { name: 'Rows put away' });
  await expectAccessible(page);
  await drawer.getByRole('button', { name: `Restore ${second}` }).click();
  await expect(sheet.grid).toHaveAttribute('aria-rowcount', '25');
  await drawer.getByRole('button', { name: 'Close' }).click();

  await sheet.choose(3, 'HOOK');
  await page.keyboard.press('Shift+Enter');
  await expect(sheet.grid).toHaveAttribute('aria-rowcount', '26');
  await expect(sheet.cell(4, 'HOOK')).toHaveAccessibleName(/^HOOK, empty/);
});

test('columns are renamed, described, moved, added and put away', async ({ newServer, page }) => {
  const { server, sheet } = await own(newServer, page);
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  const drawer = page.getByRole('complementary', { name: 'Columns' });
  await expectAccessible(page);
  await drawer.getByRole('textbox', { name: 'Name of HOOK' }).fill('OPENING');
  await drawer.getByRole('button', { name: 'Rename' }).click();
  await expect(sheet.grid.getByRole('columnheader', { name: 'OPENING', exact: true })).toBeVisible();
  await drawer.getByRole('button', { name: 'Move OPENING right' }).click();
  await expect(sheet.grid.getByRole('columnheader', { name: 'OPENING', exact: true })).toHaveAttribute('aria-colindex', '2');
  const form = drawer.getByRole('form', { name: 'New column' });
  await form.getByRole('textbox', { name: 'New column' }).fill('NOTES');
  await form.getByRole('button', { name: 'Add column' }).click();
  await expect(sheet.grid.getByRole('columnheader', { name: 'NOTES', exact: true })).toHaveCount(1);
  await drawer.getByRole('button', { name: 'Put NOTES away' }).click();
  await expect(sheet.grid.getByRole('columnheader', { name: 'NOTES', exact: true })).toHaveCount(0);
  await drawer.getByRole('button', { name: 'Restore NOTES' }).click();
  await expect(sheet.grid.getByRole('columnheader', { name: 'NOTES', exact: true })).toHaveCount(1);
  expect(await callsTo(server.sim, 'POST', '/columns')).toHaveLength(1);
});

test('another person is seen at their cell, and their text arrives', async ({ newServer, browser }) => {
  const server = await newServer();
  const mara = { email: 'mara@kiln.example', password: 'another long passphrase' };
  await server.addPerson(mara, 'editor');
  const contexts = [await browser.newContext(), await browser.newContext()];
  const [first, second] = [await contexts[0]!.newPage(), await contexts[1]!.newPage()];
  await signIn(first, undefined, server.baseURL);
  await signIn(second, mara, server.baseURL);
  const mine = await Sheet.open(first, undefined, server.baseURL + paths.vidsheet(springGlazes));
  const theirs = await Sheet.open(second, undefined, server.baseURL + paths.vidsheet(springGlazes));
  await theirs.choose(5, 'HOOK');
  await expect(first.getByRole('list', { name: 'Also here' }).getByRole('listitem')).toHaveCount(1);
  await expect(mine.cell(5, 'HOOK')).toHaveClass(/is-others/);
  await theirs.choose(6, 'HOOK');
  await second.keyboard.type('written by Mara');
  await second.keyboard.press('Enter');
  await expect(mine.cell(6, 'HOOK')).toContainText('written by Mara');
  await expectAccessible(first);
  await Promise.all(contexts.map((context) => context.close()));
});

test('without GEN a text is kept, shown to everybody, and sent when GEN answers', async ({ newServer, page }) => {
  const { server, sheet } = await own(newServer, page);
  await server.sim.down(true);
  await sheet.choose(9, 'HOOK');
  await page.keyboard.type('typed without GEN');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: '1 text waits for GEN' })).toBeVisible();
  await page.reload();
  await expect(sheet.cell(9, 'HOOK')).toContainText('typed without GEN');
  await expectAccessible(page);
  await server.sim.down(false);
  await expect(page.getByRole('status').filter({ hasText: 'waits for GEN' })).toHaveCount(0, { timeout: 60_000 });
  await expect(sheet.cell(9, 'HOOK')).toContainText('typed without GEN');
  const sent = (await server.sim.requests()).filter((call) => call.method !== 'GET').map((call) => JSON.stringify(call.body));
  expect(sent.filter((body) => body.includes('typed without GEN')).length).toBeGreaterThan(0);
});
