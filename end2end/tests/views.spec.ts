// Ways of looking at a sheet: filtered, sorted, grouped, laid out; by link, by name, and as a plain table.
import type { Page } from '@playwright/test';
import { expect, expectAccessible, hydrated, open, type Reelsheet, signIn, test } from '../helpers';
import { callsTo, paths, Sheet, springGlazes } from './studio';

const menu = (page: Page) => page.locator('summary').filter({ hasText: 'View:' });

async function drawer(page: Page) {
  await menu(page).click();
  await page.getByRole('button', { name: 'Filter, sort, save…' }).click();
  return page.getByRole('complementary', { name: 'View' });
}

async function own(newServer: () => Promise<Reelsheet>, page: Page) {
  const server = await newServer();
  await signIn(page, undefined, server.baseURL);
  const sheet = await Sheet.open(page, undefined, server.baseURL + paths.vidsheet(springGlazes));
  return { server, sheet };
}

test('a view is chosen by a link, says what it leaves out, and survives a reload', async ({ page, signIn }) => {
  await signIn(page);
  const sheet = await Sheet.open(page);
  const all = await sheet.grid.getAttribute('aria-rowcount');
  await menu(page).click();
  await page.getByRole('link', { name: 'Rendered', exact: true }).click();
  await expect(page).toHaveURL(/look=/);
  await expect(sheet.grid).not.toHaveAttribute('aria-rowcount', all!);
  await expect(menu(page)).toContainText('Rendered');
  await expect(page.getByText(/^\d+ of 24$/)).toBeVisible();
  await page.reload();
  await page.locator('html[data-hydrated]').waitFor();
  await expect(page.getByText(/^\d+ of 24$/)).toBeVisible();
  await menu(page).click();
  await page.getByRole('link', { name: 'All rows', exact: true }).click();
  await expect(sheet.grid).toHaveAttribute('aria-rowcount', all!);
  await expect(page).not.toHaveURL(/look=/);
});

test('rows are filtered, sorted and grouped; a sorted sheet is not moved by hand', async ({ newServer, page }) => {
  const { server, sheet } = await own(newServer, page);
  const side = await drawer(page);
  await side.getByRole('combobox', { name: 'Filter by' }).selectOption('HOOK');
  await side.getByRole('textbox', { name: 'Filter 1, value' }).fill('glaze');
  await side.getByRole('textbox', { name: 'Filter 1, value' }).press('Tab');
  await expect(page.getByRole('status').filter({ hasText: /^[1-9]\d? of 24 rows$/ })).toBeVisible();
  await expect(sheet.cell(1, 'HOOK')).toHaveAccessibleName(/glaze/i);
  await expectAccessible(page);
  await side.getByRole('combobox', { name: 'Filter 1, test' }).selectOption('does not contain');
  await expect(sheet.cell(1, 'HOOK')).not.toHaveAccessibleName(/glaze/i);
  await side.getByRole('button', { name: 'Remove filter 1' }).click();
  await expect(sheet.grid).toHaveAttribute('aria-rowcount', '25');

  await side.getByRole('combobox', { name: 'Sort by' }).selectOption('HOOK');
  const first = () => sheet.cell(1, 'HOOK').innerText();
  await expect(sheet.grid.getByRole('columnheader', { name: 'HOOK' })).toHaveAttribute('aria-sort', 'ascending');
  await expect.poll(first).toContain('60 seconds on the wheel');
  await side.getByRole('button', { name: 'Sort 1, largest first' }).click();
  await expect.poll(first).toContain('Why');
  await sheet.choose(2, 'HOOK');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(page.getByRole('status').filter({ hasText: 'cannot be moved by hand' })).toBeVisible();
  expect(await callsTo(server.sim, 'PUT', '/rows/update_positions')).toHaveLength(0);

  await side.getByRole('combobox', { name: 'Sort 1', exact: true }).selectOption('Not sorted');
  await side.getByRole('combobox', { name: 'Group by' }).selectOption('State');
  const heading = sheet.grid.getByRole('rowheader').first();
  await expect(heading).toHaveText(/^(Empty|Needs work|Failed|Running|Ready to render|Rendered) · \d+ rows?$/);
  await expectAccessible(page);
  // A heading takes its place: no row lies under it.
  const [head, row] = [(await heading.boundingBox())!, (await sheet.row(1).boundingBox())!];
  expect(Math.round(head.y + head.height)).toBe(Math.round(row.y));
  await side.getByRole('button', { name: 'Show everything' }).click();
  await expect(sheet.grid.getByRole('rowheader')).toHaveCount(0);
});

test('columns are hidden, widened and kept in sight; rows are one line or a poster', async ({ page, signIn }) => {
  await signIn(page);
  const sheet = await Sheet.open(page);
  const side = await drawer(page);
  const head = (name: string) => sheet.grid.getByRole('columnheader', { name, exact: true });
  await side.getByRole('checkbox', { name: 'SCRIPT' }).uncheck();
  await expect(head('SCRIPT')).toHaveCount(0);
  await side.getByRole('checkbox', { name: 'SCRIPT' }).check();
  await expect(head('SCRIPT')).toBeVisible();

  await side.getByRole('spinbutton', { name: 'Width of HERO in pixels' }).fill('320');
  await side.getByRole('spinbutton', { name: 'Width of HERO in pixels' }).press('Tab');
  await expect.poll(async () => Math.round((await head('HERO').boundingBox())!.width)).toBe(320);
  // By the mouse: the right edge of the head is dragged on by 60 pixels.
  const box = (await head('HERO').boundingBox())!;
  await page.mouse.move(box.x + box.width - 3, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width + 57, box.y + 10, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => Math.round((await head('HERO').boundingBox())!.width)).toBe(380);
  await expect(page).toHaveURL(/widths/);
  expect(Math.round((await sheet.cell(1, 'HERO').boundingBox())!.width)).toBe(380);

  await side.getByRole('combobox', { name: 'Always in sight' }).selectOption('The first 2 columns');
  await page.setViewportSize({ width: 1000, height: 800 });
  const before = (await head('SCRIPT').boundingBox())!.x;
  await page.locator('.grid-scroller').evaluate((scroller) => (scroller.scrollLeft = 300));
  await expect.poll(async () => (await head('HERO').boundingBox())!.x).toBeLessThan(box.x);
  expect((await head('SCRIPT').boundingBox())!.x).toBe(before);

  for (const [words, height] of [['Row height S', 32], ['Row height L', 128], ['Row height M', 72]] as const) {
    await side.getByRole('button', { name: words }).click();
    await expect.poll(async () => Math.round((await sheet.row(1).boundingBox())!.height)).toBe(height);
    const apart = async () => (await sheet.row(2).boundingBox())!.y - (await sheet.row(1).boundingBox())!.y;
    await expect.poll(async () => Math.round(await apart())).toBe(height);
  }
});

test('a view is saved under a name, opened by another person, and forgotten', async ({ newServer, page }) => {
  await own(newServer, page);
  const side = await drawer(page);
  await side.getByRole('combobox', { name: 'Filter by' }).selectOption('State');
  await side.getByRole('combobox', { name: 'Filter 1, value' }).selectOption('Failed');
  await expect(page.getByRole('status').filter({ hasText: /^\d of 24 rows$/ })).toBeVisible();
  await side.getByRole('combobox', { name: 'Sort by' }).selectOption('Credits');
  await side.getByRole('textbox', { name: 'Name of the view' }).fill('Dear failures');
  await side.getByRole('checkbox', { name: 'For the team' }).check();
  await side.getByRole('button', { name: 'Save view' }).click();
  await expect(side.getByRole('list', { name: 'Saved views' })).toContainText("Dear failures the team's");
  await expect(menu(page)).toContainText('Dear failures');
  await side.getByRole('button', { name: 'Show everything' }).click();
  await menu(page).click();
  await page.getByRole('link', { name: 'Dear failures' }).click();
  await expect(page.getByText(/^\d of 24$/)).toBeVisible();
  await side.getByRole('button', { name: 'Forget view Dear failures' }).click();
  await expect(side.getByRole('list', { name: 'Saved views' })).toBeEmpty();
});

test('a view that cannot be read is said, and the sheet is one click away', async ({ page, signIn }) => {
  await signIn(page);
  await open(page, `${paths.vidsheet(springGlazes)}?look=nonsense`);
  await expect(page.getByRole('alert')).toContainText('The address names a view that cannot be read.');
});

test('the sheet is a plain table too, page by page and without any script', async ({ browser, page, signIn }) => {
  await signIn(page);
  const sheet = await Sheet.open(page);
  await sheet.choose(1, 'HOOK');
  await page.keyboard.press('Shift+F4');
  await expect(page.getByRole('table')).toContainText('Rows 1 to 24 of 24');
  await hydrated(page);
  await expectAccessible(page);
  const state = await page.context().storageState();
  const bare = await browser.newContext({ javaScriptEnabled: false, storageState: state });
  const reader = await bare.newPage();
  await reader.goto(page.url());
  await expect(reader.getByRole('columnheader', { name: 'HOOK' })).toBeVisible();
  await expect(reader.getByRole('row')).toHaveCount(25);
  await reader.getByRole('link', { name: 'Back to the grid' }).click();
  await expect(reader.getByRole('grid', { name: 'Spring glazes' })).toBeVisible();
  await bare.close();
});

test('names are completed between double braces', async ({ page, signIn }) => {
  await signIn(page);
  const sheet = await Sheet.clone(page);
  await sheet.choose(1, 'HOOK');
  await page.keyboard.press('Enter');
  const editor = sheet.editor(1, 'HOOK');
  await editor.pressSequentially('Say {{scr');
  const names = page.getByRole('listbox', { name: 'Names' });
  await expect(names.getByRole('option', { name: 'SCRIPT' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(editor).toHaveValue('Say {{SCRIPT}}');
  await editor.pressSequentially(' twice {{');
  await expect(names).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(names).toBeHidden();
  await expect(editor).toHaveValue('Say {{SCRIPT}} twice {{');
});

test('rows and columns are moved by the mouse, and taken back', async ({ newServer, page }) => {
  const { server, sheet } = await own(newServer, page);
  const second = await sheet.cell(2, 'HOOK').innerText();
  const number = async (row: number) => (await sheet.row(row).locator('.grid-gutter').boundingBox())!;
  const [from, to] = [await number(2), await number(5)];
  await page.mouse.move(from.x + 10, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(to.x + 10, to.y + 60, { steps: 5 });
  await page.mouse.up();
  await expect(sheet.cell(5, 'HOOK')).toContainText(second);
  await expect.poll(() => callsTo(server.sim, 'PUT', '/rows/update_positions')).toHaveLength(1);
  await sheet.choose(5, 'HOOK');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(sheet.cell(2, 'HOOK')).toContainText(second);

  const head = (name: string) => sheet.grid.getByRole('columnheader', { name, exact: true });
  const titles = () => sheet.grid.getByRole('columnheader').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
  const [hero, hook] = [(await head('HERO').boundingBox())!, (await head('HOOK').boundingBox())!];
  await page.mouse.move(hero.x + 20, hero.y + 14);
  await page.mouse.down();
  await page.mouse.move(hook.x + 20, hook.y + 14, { steps: 5 });
  await page.mouse.up();
  await expect.poll(titles).toEqual(['HERO', 'HOOK', 'SCRIPT', 'VOICE', 'B-ROLL', 'VIDEO', 'FINAL VIDEO', 'STATS']);
  // By the keys, back to where it was.
  await sheet.choose(1, 'HERO');
  await page.keyboard.press('ControlOrMeta+Alt+ArrowRight');
  await expect.poll(titles).toEqual(['HOOK', 'HERO', 'SCRIPT', 'VOICE', 'B-ROLL', 'VIDEO', 'FINAL VIDEO', 'STATS']);
  await expect(sheet.cell(1, 'HERO')).toBeFocused();
});
