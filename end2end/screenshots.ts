// Takes the README's pictures of the running demo into docs/images.
import { expect, type Page, test as base } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hydrated } from './helpers';
import { Program, releaseProgram } from './processes';

const images = fileURLToPath(new URL('../docs/images/', import.meta.url));

const test = base.extend<object, { demo: string }>({
  demo: [
    async ({}, use) => {
      const dataDir = await mkdtemp(join(tmpdir(), 'reelsheet-'));
      const program = await Program.start(releaseProgram, ['serve', '--demo'], {
        REELSHEET_ADDR: '127.0.0.1:0',
        REELSHEET_DATA_DIR: dataDir,
      });
      await use(program.url);
      await program.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ demo }, use) => use(demo),
});

for (const scheme of ['light', 'dark'] as const) {
  test(`pictures, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.goto('/');
    await hydrated(page);
    await take(page, `home-${scheme}`);
    for (const name of ['Setup', 'Ideas', 'Templates', 'Renders']) {
      await visit(page, name);
      await take(page, `${name.toLowerCase()}-${scheme}`);
    }
    await visit(page, 'Vidsheets');
    await page.getByRole('main').getByRole('link', { name: /Spring glazes/ }).click();
    const grid = page.getByRole('grid', { name: 'Spring glazes' });
    await expect(grid).toBeVisible();
    // A row with several takes, so that the drawer has something to show.
    await grid.locator('[role="row"][aria-rowindex="4"]').getByRole('gridcell', { name: /^B-ROLL/ }).click();
    await page.keyboard.press('Alt+.');
    await expect(page.getByRole('complementary').getByRole('listitem').first()).toBeVisible();
    await take(page, `vidsheet-${scheme}`);

    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(new URL(page.url()).pathname);
    await hydrated(page);
    await take(page, `vidsheet-phone-${scheme}`);
  });
}

async function visit(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name, exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
  // The server's page is whole; one that was gone to may still be waiting for its data.
  await page.reload();
  await hydrated(page);
}

/** A picture is taken when nothing is on its way any more: data, fonts and every image in view. */
async function take(page: Page, name: string): Promise<void> {
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await page.evaluate(async () => {
    await document.fonts.ready;
    const inView = [...document.images].filter((image) => image.getBoundingClientRect().top < innerHeight);
    await Promise.all(inView.map((image) => image.decode()));
  });
  await page.screenshot({ path: join(images, `${name}.png`) });
}
