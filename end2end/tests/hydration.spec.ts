// The script takes over what the server rendered without a word: no error, no mismatch, nothing that the
// content security policy had to stop.
import { expect, expectAccessible, hydrated, open, type Page, test } from '../helpers';
import { goTo, paths, setupPages, Sheet, springGlazes } from './studio';

/** Everything the page complains about while it lives. */
function complaints(page: Page): string[] {
  const said: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) said.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => said.push(`${page.url()}: ${error.message}`));
  return said;
}

test('every page of the product, by its address', async ({ page, signIn }) => {
  test.setTimeout(300_000);
  const said = complaints(page);
  await open(page, '/login');
  await expectAccessible(page);
  await signIn(page);
  await hydrated(page);
  for (const path of [
    '/',
    paths.setup,
    paths.ideas,
    paths.templates,
    `${paths.templates}?template=tiktok-montage`,
    paths.vidsheet(springGlazes),
    paths.vidsheets,
    paths.renders,
    '/queue',
    ...setupPages,
  ]) {
    await open(page, path);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await expect(page).toHaveTitle(/ · Reelsheet$/);
    await expectAccessible(page);
  }
  const sheet = await Sheet.open(page);
  await sheet.inspect(1, 'B-ROLL');
  await open(page, page.url());
  await expect(sheet.drawer(1, 'B-ROLL')).toBeVisible();
  await expectAccessible(page);
  expect(said).toEqual([]);
});

test('the same pages in the dark, and one after the other without loading anew', async ({ page, signIn }) => {
  test.setTimeout(300_000);
  const said = complaints(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await signIn(page);
  await hydrated(page);
  await page.evaluate(() => document.documentElement.setAttribute('data-same-document', ''));
  for (const name of ['Setup', 'Ideas', 'Templates', 'Vidsheets', 'Renders', 'Queue', 'Activity', 'Home']) {
    await goTo(page, name);
    await expectAccessible(page);
  }
  await expect(page.locator('html')).toHaveAttribute('data-same-document', '');
  await Sheet.open(page);
  await expectAccessible(page);
  expect(said).toEqual([]);
});

test('the first run', async ({ newServer, page }) => {
  const said = complaints(page);
  const server = await newServer({ setUp: false });
  await open(page, `${server.baseURL}/welcome`);
  await expectAccessible(page);
  expect(said).toEqual([]);
});

test('every page narrow, as on a phone', async ({ page, signIn }) => {
  test.setTimeout(300_000);
  const said = complaints(page);
  await page.setViewportSize({ width: 320, height: 700 });
  await signIn(page);
  for (const path of ['/', paths.setup, paths.ideas, paths.templates, paths.vidsheets, paths.vidsheet(springGlazes), paths.renders, '/queue', ...setupPages]) {
    await open(page, path);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect.soft(overflow, `sideways scrolling of ${path} in CSS pixels`).toBeLessThanOrEqual(0);
    await expectAccessible(page);
  }
  expect(said).toEqual([]);
});
