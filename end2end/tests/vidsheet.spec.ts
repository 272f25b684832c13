// The grid: rows by columns, by keyboard, by several people, with everything that GEN makes in it.
import { expect, expectAccessible, open, test } from '../helpers';
import { callsTo, columns, paths, Sheet, springGlazes } from './studio';

test.beforeEach(async ({ page, signIn }) => signIn(page));

test('assistive technology reads the whole sheet as a grid', async ({ page }) => {
  const sheet = await Sheet.open(page);
  await expect(page).toHaveTitle(/^Spring glazes · /);
  await expect(sheet.grid).toHaveAttribute('aria-rowcount', '25');
  await expect(sheet.grid).toHaveAttribute('aria-colcount', String(columns.length));
  for (const [place, title] of columns.entries()) {
    const header = sheet.grid.getByRole('columnheader', { name: title, exact: true });
    await expect(header).toHaveAttribute('aria-colindex', String(place + 1));
    const cell = sheet.cell(1, title);
    await expect(cell).toHaveAttribute('aria-colindex', String(place + 1));
    const system = ['VIDEO', 'FINAL VIDEO', 'STATS'].includes(title);
    if (system) await expect(cell).toHaveAttribute('aria-readonly', 'true');
    else await expect(cell).not.toHaveAttribute('aria-readonly', 'true');
  }
  await expect(sheet.cell(1, 'HOOK')).toHaveAccessibleName(/^HOOK, Drying mugs rim-down/);
  await sheet.expectState(1, 'HERO', 'completed');
  await sheet.expectState(7, 'B-ROLL', 'failed');
  await expect(sheet.cell(7, 'B-ROLL')).toHaveAccessibleName(/The prompt was refused by the model/);
  await expect(sheet.cell(10, 'HERO')).toHaveAccessibleName(/^HERO, empty/);
  await expectAccessible(page);
});

test('the arrow keys, Home, End and the page keys move the focus', async ({ page }) => {
  const sheet = await Sheet.open(page);
  await sheet.choose(2, 'SCRIPT');
  for (const [key, row, column] of [
    ['ArrowDown', 3, 'SCRIPT'],
    ['ArrowRight', 3, 'HERO'],
    ['ArrowUp', 2, 'HERO'],
    ['ArrowLeft', 2, 'SCRIPT'],
    ['End', 2, 'STATS'],
    ['ArrowRight', 2, 'STATS'],
    ['Home', 2, 'HOOK'],
    ['ArrowLeft', 2, 'HOOK'],
    ['Control+End', 24, 'STATS'],
    ['Control+Home', 1, 'HOOK'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(sheet.cell(row, column), key).toBeFocused();
    await expect(sheet.cell(row, column), key).toBeInViewport();
  }
  await page.keyboard.press('PageDown');
  const focused = sheet.grid.getByRole('gridcell').and(page.locator(':focus'));
  await expect(sheet.cell(1, 'HOOK')).not.toBeFocused();
  await expect(focused).toHaveAttribute('aria-colindex', '1');
  await page.keyboard.press('PageUp');
  await expect(sheet.cell(1, 'HOOK')).toBeFocused();
});

test('rows far down are fetched into view, by wheel and by key', async ({ page }) => {
  const sheet = await Sheet.open(page);
  await expect(sheet.row(24)).toHaveCount(0);
  await sheet.choose(1, 'HOOK');
  await sheet.grid.hover();
  await page.mouse.wheel(0, 5_000);
  await expect(sheet.cell(24, 'HOOK')).toBeInViewport();
  await expect(sheet.cell(24, 'HOOK')).toHaveAccessibleName(/Ask me what broke/);
  await expect(sheet.row(5)).toHaveCount(0);
  // The row with the focus stays in the document, so that nobody falls out of the grid by scrolling.
  await expect(sheet.cell(1, 'HOOK')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(sheet.cell(2, 'HOOK')).toBeFocused();
  await expect(sheet.cell(2, 'HOOK')).toBeInViewport();
});

test('typing, Enter and F2 edit; Escape gives up; no key is lost', async ({ page, sim }) => {
  const sheet = await Sheet.clone(page);
  const cell = await sheet.choose(1, 'HOOK');
  await page.keyboard.type('Quick as a fox');
  await expect(sheet.editor(1, 'HOOK')).toHaveValue('Quick as a fox');
  await page.keyboard.press('Escape');
  await expect(sheet.editor(1, 'HOOK')).toHaveCount(0);
  await expect(cell).toBeFocused();
  await expect(cell).not.toContainText('Quick');

  await page.keyboard.type('Quick as a fox');
  await page.keyboard.press('Enter');
  await expect(cell).toContainText('Quick as a fox');
  await expect(sheet.saved).toHaveText('Saved');
  await expect(cell).not.toHaveAccessibleName(/saving|not saved/);

  await sheet.choose(1, 'HOOK');
  await page.keyboard.press('F2');
  await page.keyboard.type(', twice');
  await page.keyboard.press('Alt+Enter');
  await page.keyboard.type('and again');
  await page.keyboard.press('Tab');
  await expect(sheet.cell(1, 'SCRIPT')).toBeFocused();
  await expect(sheet.saved).toHaveText('Saved');
  await page.reload();
  await expect(sheet.cell(1, 'HOOK')).toHaveText(/Quick as a fox, twice\s+and again/);
  const saved = (await callsTo(sim, 'PATCH', /\/cells\/\d+$/)).map((call) => JSON.stringify(call.body));
  expect(saved.filter((body) => body.includes('Quick as a fox'))).toHaveLength(2);
});

test('the cells that GEN fills cannot be typed into', async ({ page }) => {
  const sheet = await Sheet.clone(page);
  for (const column of ['VIDEO', 'FINAL VIDEO', 'STATS']) {
    await sheet.choose(1, column);
    await page.keyboard.type('x');
    await expect(sheet.grid.getByRole('textbox')).toHaveCount(0);
  }
});

test('a row is added and a row is duplicated', async ({ page }) => {
  const sheet = await Sheet.clone(page);
  await sheet.write(1, 'HOOK', 'The first of its kind');
  await expect(sheet.saved).toHaveText('Saved');
  await page.getByRole('button', { name: 'Add row' }).click();
  await expect(sheet.grid).toHaveAttribute('aria-rowcount', '3');
  await expect(sheet.cell(2, 'HOOK')).toHaveAccessibleName('HOOK, empty');
  await sheet.choose(1, 'HOOK');
  await page.locator('summary').filter({ hasText: /^\s*Rows\s*$/ }).click();
  await page.getByRole('button', { name: 'Duplicate', exact: true }).click();
  await expect(sheet.grid).toHaveAttribute('aria-rowcount', '4');
  await expect(sheet.cell(2, 'HOOK')).toContainText('The first of its kind');
  await expectAccessible(page);
  await page.reload();
  await expect(sheet.grid).toHaveAttribute('aria-rowcount', '4');
  await expect(sheet.cell(2, 'HOOK')).toContainText('The first of its kind');
});

test('an earlier take is chosen, and stays chosen', async ({ page, sim }) => {
  const sheet = await Sheet.open(page);
  const drawer = await sheet.inspect(3, 'B-ROLL');
  await expect(page).toHaveURL(/[?&]cell=\d+/);
  const takes = drawer.getByRole('region', { name: 'Takes' }).getByRole('listitem');
  await expect(takes).toHaveCount(3);
  await expect(takes.filter({ hasText: 'Take 3' })).toContainText('Shown');
  await expectAccessible(page);
  await drawer.getByRole('button', { name: 'Use this one, take 1' }).click();
  await expect(takes.filter({ hasText: 'Take 1' })).toContainText('Shown');
  await expect(takes.filter({ hasText: 'Take 3' })).not.toContainText('Shown');
  expect(await callsTo(sim, 'PATCH', '/set_default_user_job')).toHaveLength(1);
  await page.reload();
  await expect(drawer).toBeVisible();
  await expect(takes.filter({ hasText: 'Take 1' })).toContainText('Shown');
});

test('stopping a generation gives the credits back', async ({ page, sim }) => {
  const sheet = await Sheet.clone(page);
  const before = (await sim.report()).ledger.length;
  const drawer = await sheet.inspect(1, 'HERO');
  await drawer.getByRole('textbox', { name: 'Prompt' }).fill('A bowl of ash.');
  await drawer.getByRole('button', { name: /^Generate/ }).click();
  await sheet.expectState(1, 'HERO', 'pending');
  await drawer.getByRole('button', { name: /^Stop/ }).click();
  await sheet.expectState(1, 'HERO', 'stopped');
  await expect(drawer.getByRole('status')).toContainText('refunded');
  const [charge, refund, ...rest] = (await sim.report()).ledger.slice(before);
  expect(charge).toMatchObject({ kind: 'charge', credits: 5 });
  expect(refund).toMatchObject({ kind: 'refund', credits: 5 });
  expect(rest).toEqual([]);
});

test('a generation that fails says why, and the last good take stays', async ({ page, sim }) => {
  const sheet = await Sheet.open(page);
  const drawer = await sheet.inspect(19, 'B-ROLL');
  const prompt = 'A jar, please fail.';
  await drawer.getByRole('textbox', { name: 'Prompt', exact: true }).fill(prompt);
  await drawer.getByRole('button', { name: /^Generate/ }).click();
  await sheet.expectState(19, 'B-ROLL', 'pending');
  await sim.drain();
  await sheet.expectState(19, 'B-ROLL', 'failed');
  await expect(sheet.cell(19, 'B-ROLL')).toHaveAccessibleName(/The model refused this prompt/);
  await expect(drawer.getByRole('textbox', { name: 'Prompt', exact: true })).toHaveValue(prompt);
  await expect(drawer.getByRole('region', { name: 'Takes' }).getByRole('listitem').filter({ hasText: 'Shown' })).toHaveCount(1);
});

test('two browsers on one vidsheet see the same', async ({ page, browser, reelsheet, signIn, sim }) => {
  const here = await Sheet.clone(page);
  const context = await browser.newContext({ baseURL: reelsheet.baseURL });
  const other = await context.newPage();
  await signIn(other);
  await open(other, page.url());
  const there = new Sheet(other, here.title);

  await test.step('what one types, the other reads', async () => {
    await here.write(1, 'HOOK', 'Typed on the left');
    await expect(there.cell(1, 'HOOK')).toContainText('Typed on the left');
    await there.write(1, 'SCRIPT', 'Typed on the right');
    await expect(here.cell(1, 'SCRIPT')).toContainText('Typed on the right');
  });

  await test.step('what one starts, both follow', async () => {
    const drawer = await here.inspect(1, 'HERO');
    await drawer.getByRole('textbox', { name: 'Prompt' }).fill('Two mugs on one shelf.');
    await drawer.getByRole('button', { name: /^Generate/ }).click();
    for (const state of ['pending', 'processing', 'completed']) {
      await here.expectState(1, 'HERO', state);
      await there.expectState(1, 'HERO', state);
      await sim.step();
    }
  });

  await test.step('two people in one cell are told, and nothing is lost', async () => {
    await there.choose(1, 'HOOK');
    await other.keyboard.press('F2');
    await there.editor(1, 'HOOK').fill('Mine, from the right');
    await here.write(1, 'HOOK', 'Newer, from the left');
    await expect(here.saved).toHaveText('Saved');
    await other.keyboard.press('Enter');
    const refusal = other.getByRole('main').getByRole('alert');
    await expect(refusal).toContainText('changed this meanwhile');
    await expect(other.getByRole('main')).toContainText('Mine, from the right');
    await expect(other.getByRole('main')).toContainText('Newer, from the left');
    await expectAccessible(other);
    await other.getByRole('button', { name: 'Keep mine' }).click();
    await expect(refusal).toHaveCount(0);
    await expect(here.cell(1, 'HOOK')).toContainText('Mine, from the right');
  });

  await test.step('a row that one adds, the other gets', async () => {
    await page.getByRole('button', { name: 'Add row' }).click();
    await expect(there.grid).toHaveAttribute('aria-rowcount', '3');
  });
  await context.close();
});

test('on a phone the rows are cards, and a tap opens the cells', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, paths.vidsheet(springGlazes));
  await expect(page.getByRole('heading', { level: 1, name: 'Spring glazes' })).toBeVisible();
  const first = new Sheet(page, 'Spring glazes').cell(1, 'HOOK');
  await expect(first).toBeInViewport();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow, 'sideways scrolling in CSS pixels').toBeLessThanOrEqual(0);
  await expectAccessible(page);
});
