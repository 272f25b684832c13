// Many cells at once: selected by keys, mouse and finger, asked for once, run together.
import { admin, expect, expectAccessible, open, test } from '../helpers';
import { callsTo, paths, Sheet, springGlazes } from './studio';

test('keys, mouse and modifiers select a rectangle', async ({ page, signIn }) => {
  await signIn(page);
  const sheet = await Sheet.open(page);
  await expect(sheet.grid).toHaveAttribute('aria-multiselectable', 'true');
  const selected = sheet.grid.getByRole('gridcell', { selected: true });
  const said = page.getByRole('main').getByRole('status').filter({ hasText: /selected$/ });
  await sheet.choose(4, 'VOICE');
  await expect(selected).toHaveCount(1);
  await page.keyboard.press('Shift+ArrowRight');
  for (let row = 5; row <= 7; row++) await page.keyboard.press('Shift+ArrowDown');
  await expect(sheet.cell(7, 'B-ROLL')).toBeFocused();
  await expect(selected).toHaveCount(8);
  await expect(said).toHaveText('8 cells in 4 rows selected');
  const bar = page.getByRole('toolbar', { name: 'Selection: 8 cells in 4 rows' });
  await expect(bar).toBeVisible();
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page);

  await page.keyboard.press('Shift+ArrowUp');
  await expect(said).toHaveText('6 cells in 3 rows selected');
  await page.keyboard.press('Shift+Space');
  await expect(said).toHaveText('24 cells in 3 rows selected');
  await page.keyboard.press('Escape');
  await expect(bar).toHaveCount(0);
  await expect(selected).toHaveCount(1);
  await page.keyboard.press('Control+Space');
  await expect(said).toHaveText('24 cells in 24 rows selected');
  await page.keyboard.press('Control+a');
  await expect(said).toHaveText('192 cells in 24 rows selected');
  await page.keyboard.press('ArrowUp');
  await expect(selected).toHaveCount(1);

  await sheet.choose(2, 'HERO');
  await sheet.cell(3, 'VOICE').click({ modifiers: ['Shift'] });
  await expect(said).toHaveText('4 cells in 2 rows selected');
  await sheet.cell(1, 'HOOK').hover();
  await page.mouse.down();
  await sheet.cell(2, 'SCRIPT').hover();
  await sheet.cell(3, 'SCRIPT').hover();
  await page.mouse.up();
  await expect(said).toHaveText('6 cells in 3 rows selected');
  await page.getByRole('button', { name: 'Clear selection' }).click();
  await expect(selected).toHaveCount(1);
});

test('a selection is run after a person saw the estimate, and what cannot be run is left out', async ({ newServer, page, signIn }) => {
  const server = await newServer();
  await signIn(page, admin, server.baseURL);
  const sheet = await Sheet.clone(page, undefined, server.baseURL);
  await sheet.addRows(3);
  await sheet.generate(1, 'HERO', 'A bowl on a shelf.');
  await sheet.expectState(1, 'HERO', 'pending');
  await server.sim.drain();
  await sheet.expectState(1, 'HERO', 'completed');

  await sheet.select([1, 'HERO'], [4, 'VOICE']);
  const bar = page.getByRole('toolbar', { name: 'Selection: 8 cells in 4 rows' });
  await expect(bar.getByRole('button', { name: /^Generate 4 · ≈ 20 cr/ })).toBeVisible();
  await expect(bar).toContainText(/Fits, 8,407 cr left/);
  await page.keyboard.press('Control+Enter');
  const question = page.getByRole('dialog', { name: 'Run 8 cells?' });
  const line = question.getByRole('row', { name: /Image from text/ });
  await expect(line).toContainText('Gemini Image');
  await expect(line).toContainText('4');
  await expect(line).toContainText('≈ 20 cr');
  await expect(question).toContainText('≈ 8,387 cr');
  await expect(question).toContainText('1 of them was already made with the same settings');
  await expect(question.getByRole('region', { name: 'Left out' })).toContainText('VOICE 1, VOICE 2, VOICE 3, VOICE 4');
  await expect(question.getByRole('region', { name: 'Left out' })).toContainText('Nothing was generated in VOICE yet');
  await expectAccessible(page);
  expect(await callsTo(server.sim, 'POST', '/generate'), 'nothing is sent before the yes').toHaveLength(1);
  await question.getByRole('button', { name: 'Run all 4 · ≈ 20 cr' }).dblclick();
  await expect(question).toHaveCount(0);
  for (const row of [1, 2, 3, 4]) await sheet.expectState(row, 'HERO', 'pending');
  await server.sim.drain();
  for (const row of [1, 2, 3, 4]) await sheet.expectState(row, 'HERO', 'completed');
  expect(await callsTo(server.sim, 'POST', '/generate')).toHaveLength(5);
  const charges = (await server.sim.report()).ledger.filter(({ kind }) => kind === 'charge');
  expect(charges.map(({ credits }) => credits)).toEqual([5, 5, 5, 5, 5]);
});

test('as many are run as fit under the cap, and the rest is stopped from the bar', async ({ newServer, page, signIn }) => {
  const server = await newServer();
  await signIn(page, admin, server.baseURL);
  const sheet = await Sheet.clone(page, undefined, server.baseURL);
  await sheet.addRows(3);
  await sheet.generate(1, 'HERO', 'A bowl on a shelf.');
  await sheet.expectState(1, 'HERO', 'pending');
  await server.sim.drain();
  await sheet.expectState(1, 'HERO', 'completed');
  await open(page, `${server.baseURL}/settings/spending`);
  const team = page.getByRole('listitem', { name: 'The whole team' });
  await team.getByRole('textbox').fill('15');
  await team.getByRole('button', { name: 'Save' }).click();
  await expect(team).toContainText('5 of 15 cr today');

  await open(page, sheet.address);
  await sheet.select([2, 'HERO'], [4, 'HERO']);
  await page.keyboard.press('Control+Enter');
  const question = page.getByRole('dialog', { name: 'Run 3 cells?' });
  await expect(question).toContainText('Only 2 of 3 can be paid now');
  await expectAccessible(page);
  await question.getByRole('button', { name: 'Run the 2 that fit · ≈ 10 cr' }).click();
  await sheet.expectState(3, 'HERO', 'pending');
  await expect(sheet.cell(4, 'HERO')).toHaveAccessibleName(/^HERO, empty/);

  const bar = page.getByRole('toolbar', { name: /^Selection/ });
  await bar.getByRole('button', { name: 'Stop 2' }).click();
  for (const row of [2, 3]) await sheet.expectState(row, 'HERO', 'stopped');
  expect(await callsTo(server.sim, 'POST', '/stop')).toHaveLength(2);
});

test('what failed in a selection is retried together', async ({ newServer, page, signIn }) => {
  const server = await newServer();
  await signIn(page, admin, server.baseURL);
  const sheet = await Sheet.clone(page, undefined, server.baseURL);
  await sheet.addRows(1);
  for (const row of [1, 2]) {
    await sheet.generate(row, 'HERO', `Bowl ${row}, please fail.`);
    await sheet.expectState(row, 'HERO', 'pending');
  }
  await server.sim.drain();
  await sheet.expectState(2, 'HERO', 'failed');
  await sheet.select([1, 'HERO'], [2, 'HERO']);
  await page.getByRole('toolbar').getByRole('button', { name: 'Retry failed 2' }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^Run all 2/ }).click();
  for (const row of [1, 2]) await sheet.expectState(row, 'HERO', 'pending');
  await sheet.choose(1, 'HERO');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Control+.');
  for (const row of [1, 2]) await sheet.expectState(row, 'HERO', 'stopped');
});

test('on a phone rows are selected by a button on their cards', async ({ page, signIn }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page);
  await open(page, paths.vidsheet(springGlazes));
  await page.getByRole('button', { name: 'Select row 2' }).click();
  await expect(page.getByRole('toolbar', { name: 'Selection: 8 cells in 1 row' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Clear selection, row 2' })).toBeVisible();
  await page.getByRole('button', { name: 'Select to row 3' }).click();
  await expect(page.getByRole('toolbar', { name: 'Selection: 16 cells in 2 rows' })).toBeVisible();
  await expect(page.getByRole('complementary')).toHaveCount(0);
  await expectAccessible(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow, 'sideways scrolling in CSS pixels').toBeLessThanOrEqual(0);
  await page.getByRole('button', { name: 'Clear selection, row 3' }).click();
  await expect(page.getByRole('toolbar', { name: /^Selection/ })).toHaveCount(0);
});
