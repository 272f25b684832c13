// The registry of vidsheets and the wall of templates: making, copying, labelling, putting out of sight.
import { expect, expectAccessible, open, test } from '../helpers';
import { alertIn, blank, callsTo, paths, pathsOf, Sheet, springGlazes } from './studio';
import type { Locator, Page } from '@playwright/test';

test.beforeEach(async ({ page, signIn }) => signIn(page));

const line = (page: Page, title: string): Locator => page.getByRole('row').filter({ has: page.getByRole('link', { name: title, exact: true }) });

/** Opens the window for a new vidsheet and begins with these columns. */
async function begin(page: Page, title: string, titles: string[]): Promise<Locator> {
  await open(page, paths.vidsheets);
  await page.getByRole('button', { name: 'New vidsheet' }).click();
  const dialog = page.getByRole('dialog', { name: 'New vidsheet' });
  await dialog.getByRole('textbox', { name: 'Title', exact: true }).fill(title);
  await dialog.getByRole('button', { name: 'Text only' }).click();
  for (const [at, column] of titles.entries()) {
    if (at >= 3) await dialog.getByRole('button', { name: 'Add column' }).click();
    await dialog.getByRole('textbox', { name: `Title of column ${at + 1}` }).fill(column);
  }
  return dialog;
}

test('a blank vidsheet is put together column by column', async ({ page, sim }) => {
  const dialog = await begin(page, 'Kiln diary', ['SCRIPT', 'HOOK', 'VOICE', 'GONE']);
  await dialog.getByRole('combobox', { name: 'Kind of column 3' }).selectOption('audio');
  await dialog.getByRole('button', { name: 'Move column 2 up' }).click();
  await dialog.getByRole('button', { name: 'Remove column 4' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Title of column 1' })).toHaveValue('HOOK');
  await dialog.getByRole('spinbutton', { name: 'Rows' }).fill('2');
  await expect(dialog).toContainText('6 calls');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Create' }).click();
  const sheet = new Sheet(page, 'Kiln diary');
  await expect(sheet.grid).toHaveAttribute('aria-rowcount', '3');
  for (const [at, title] of ['HOOK', 'SCRIPT', 'VOICE'].entries()) {
    await expect(sheet.grid.getByRole('columnheader', { name: title, exact: true })).toHaveAttribute('aria-colindex', String(at + 1));
  }
  expect(await callsTo(sim, 'POST', /\/columns$/)).toHaveLength(3);
});

test('two columns of one title are refused before anything is made', async ({ page, sim }) => {
  const before = (await callsTo(sim, 'POST', /\/autocontentengine$/)).length;
  const dialog = await begin(page, 'Twice', ['HOOK', 'hook', 'SCRIPT']);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(alertIn(dialog)).toContainText('Two columns are called hook');
  expect(await callsTo(sim, 'POST', /\/autocontentengine$/)).toHaveLength(before);
});

test('when a column fails the vidsheet stays, says what is missing, and gets only that', async ({ page, sim }) => {
  const made = async () => (await callsTo(sim, 'POST', /\/columns$/)).length;
  const before = await made();
  await sim.fault({ match: { operation: 'createColumn' }, times: 1, kind: 'delay', ms: 0 });
  await sim.fault({ match: { operation: 'createColumn' }, times: 1, kind: 'status', status: 422, body: { error: 'Not this one' } });
  const dialog = await begin(page, 'Half made', ['ONE', 'TWO', 'THREE']);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(alertIn(dialog)).toContainText('Not this one');
  await expect(dialog).toContainText('The vidsheet is made. 2 columns and 1 row are missing: TWO, THREE');
  await expectAccessible(page);

  await page.reload();
  await open(page, paths.vidsheets);
  const half = line(page, 'Half made');
  await expect(half).toContainText('2 columns and 1 row are missing: TWO, THREE');
  await half.getByRole('button', { name: 'Make what is missing' }).click();
  await expect(half).not.toContainText('missing');
  expect(await made()).toBe(before + 4);
  await half.getByRole('link').click();
  const sheet = new Sheet(page, 'Half made');
  await expect(sheet.grid).toHaveAttribute('aria-colcount', '3');
});

test('a name and labels are given, filtered by, searched for; the archive hides and gives back', async ({ page, sim }) => {
  await Sheet.clone(page, 'Two-Voice Skit');
  await open(page, paths.vidsheets);
  const before = (await sim.requests()).filter((request) => request.method !== 'GET').length;
  await line(page, 'Two-Voice Skit').first().getByRole('button', { name: 'Name and labels of Two-Voice Skit' }).click();
  const dialog = page.getByRole('dialog', { name: 'Name and labels' });
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Summer skits');
  await dialog.getByRole('textbox', { name: 'Add a label' }).fill('Summer');
  await dialog.getByRole('textbox', { name: 'Add a label' }).press('Enter');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(line(page, 'Summer skits').getByRole('list', { name: 'Labels of Summer skits' })).toContainText('Summer');
  await expectAccessible(page);

  await page.getByRole('group', { name: 'Labels' }).getByRole('button', { name: 'Summer' }).click();
  await expect(line(page, 'Spring glazes')).toHaveCount(0);
  await page.getByRole('group', { name: 'Labels' }).getByRole('button', { name: 'Summer' }).click();
  await page.getByRole('searchbox', { name: 'Search vidsheets' }).fill('skits summ');
  await expect(line(page, 'Spring glazes')).toHaveCount(0);
  await expect(line(page, 'Summer skits')).toBeVisible();

  await page.getByRole('button', { name: 'Archive Summer skits' }).click();
  await expect(line(page, 'Summer skits')).toHaveCount(0);
  await page.getByRole('checkbox', { name: /^Archived/ }).check();
  await page.getByRole('button', { name: 'Restore Summer skits' }).click();
  await page.getByRole('checkbox', { name: /^Archived/ }).click();
  await expect(line(page, 'Summer skits')).toBeVisible();
  expect((await sim.requests()).filter((request) => request.method !== 'GET'), 'GEN heard of none of it').toHaveLength(before);
});

test('a vidsheet is copied to another agent', async ({ page }) => {
  const sheet = await Sheet.clone(page, 'POV Object');
  await open(page, paths.vidsheets);
  await page.getByRole('button', { name: `Clone ${sheet.title}`, exact: true }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Clone vidsheet' });
  await dialog.getByRole('textbox', { name: 'Title' }).fill('POV for wood firing');
  await dialog.getByRole('combobox', { name: 'Agent that gets it' }).selectOption({ value: blank });
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Clone' }).click();
  await expect(page).toHaveURL(new RegExp(`/agents/${blank}/vidsheets/\\d+`));
  await expect(new Sheet(page, 'POV for wood firing').grid).toBeVisible();
  await open(page, pathsOf(blank).vidsheets);
  await expect(line(page, 'POV for wood firing')).toBeVisible();
});

test('a vidsheet is adopted by its whole address', async ({ page }) => {
  await open(page, paths.vidsheets);
  const form = page.getByRole('form', { name: 'Adopt a vidsheet' });
  await form.getByRole('textbox').fill('not an address at all');
  await form.getByRole('button', { name: 'Adopt' }).click();
  await expect(alertIn(form)).toContainText("neither a vidsheet's id nor its address");
  await form.getByRole('textbox').fill(` https://gen.pro/kiln/vidsheets/${springGlazes}/edit?row=3#top `);
  await form.getByRole('button', { name: 'Adopt' }).click();
  await expect(new Sheet(page, 'Spring glazes').grid).toBeVisible();
});

test('a template shows its columns, its layers and what others made, and is cloned as wanted', async ({ page, sim }) => {
  await open(page, `${paths.templates}?template=tiktok-montage`);
  const drawer = page.getByRole('complementary', { name: 'TikTok Montage' });
  const grid = drawer.getByRole('region', { name: 'Columns of this template' });
  await expect(grid.getByRole('columnheader', { name: 'B-ROLL' })).toBeVisible();
  await expect(drawer.getByRole('list', { name: 'Layers, from the top' }).getByRole('listitem')).toHaveText(['Title', 'Captions', 'Voice', 'B-roll']);
  await expect(drawer.getByRole('list', { name: 'Made with it lately' }).getByLabel('Made with this template').first()).toHaveAttribute('src', /^\/media\/[0-9a-f]{32}$/);
  await expectAccessible(page);
  const form = drawer.getByRole('form', { name: 'Clone this template' });
  await form.getByRole('textbox', { name: 'Title' }).fill('Raku montage');
  await form.getByRole('spinbutton', { name: 'Rows' }).fill('4');
  await expect(form).toContainText('the other 3 are added here');
  const clones = async () => (await callsTo(sim, 'POST', '/templates/spreadsheets/tiktok-montage/clone')).length;
  const before = await clones();
  await sim.fault({ match: { operation: 'createRow' }, times: 1, kind: 'delay', ms: 0 });
  await sim.fault({ match: { operation: 'createRow' }, times: 1, kind: 'close' });
  await form.getByRole('button', { name: 'Clone' }).click();
  await expect(form).toContainText('The vidsheet is made. 2 rows are missing');
  await form.getByRole('button', { name: 'Make what is missing' }).click();
  await expect(new Sheet(page, 'Raku montage').grid).toHaveAttribute('aria-rowcount', '5');
  expect(await clones()).toBe(before + 1);
});

test('the registry and a template fit a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of [paths.vidsheets, `${paths.templates}?template=tiktok-montage`]) {
    await open(page, path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, 'sideways scrolling in CSS pixels').toBeLessThanOrEqual(0);
    await expectAccessible(page);
  }
});
