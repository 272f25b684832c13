// The variables of a vidsheet: edited as a table, looked at before all of them are replaced.
import { expect, expectAccessible, open, test } from '../helpers';
import { alertIn, callsTo, paths, Sheet } from './studio';
import type { Locator, Page } from '@playwright/test';

test.beforeEach(async ({ page, signIn }) => signIn(page));

async function drawer(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Variables', exact: true }).click();
  const drawer = page.getByRole('complementary', { name: 'Variables' });
  await expect(drawer).toBeVisible();
  return drawer;
}

const imports = /\/import_global_variables$/;

test('variables are counted; what is missing is defined, changed, and replaced after a look', async ({ page, sim }) => {
  const sheet = await Sheet.clone(page);
  await sheet.write(1, 'HOOK', '{{brand}} and {{cta}} in {{SCRIPT}}');
  await expect(sheet.saved).toHaveText('Saved');
  const side = await drawer(page);
  const missing = side.getByRole('list', { name: 'Not defined' });
  await expect(missing.getByRole('listitem')).toHaveCount(2);
  await expect(missing).toContainText('{{brand}}, 1 cell');
  await expectAccessible(page);

  await missing.getByRole('button', { name: 'Define brand' }).click();
  await side.getByRole('textbox', { name: 'Value of brand' }).fill('=Kiln & Tide');
  await side.getByText('Many at once').click();
  await side.getByRole('textbox', { name: 'Paste lines' }).fill('cta\tLink in bio\ntone: dry');
  await side.getByRole('button', { name: 'Add 2 lines' }).click();
  await expect(missing).toHaveCount(0);
  const changes = side.getByRole('list', { name: 'What changes' }).getByRole('listitem');
  await expect(changes).toHaveText([/^Added\s*brand\s*=Kiln & Tide/, /^Added\s*cta/, /^Added\s*tone/]);
  await expect(side).toContainText('There is no merge');
  await expectAccessible(page);
  await side.getByRole('button', { name: 'Replace variables' }).click();
  await expect(changes).toHaveCount(0);
  const rows = side.getByRole('list', { name: 'Variables', exact: true }).getByRole('listitem');
  await expect(rows.nth(0)).toContainText('used by 1 cell');
  await expect(rows.nth(2)).toContainText('not used');
  expect(await callsTo(sim, 'POST', imports)).toHaveLength(1);

  await test.step('one goes, one changes, and the earlier ones come back', async () => {
    await side.getByRole('button', { name: 'Remove tone' }).click();
    await side.getByRole('textbox', { name: 'Value of cta' }).fill('Link above');
    await expect(changes).toHaveText([/^Changed\s*cta\s*Link in bio\s*Link above/, /^Removed\s*tone\s*dry/]);
    await side.getByRole('button', { name: 'Replace variables' }).click();
    await expect(changes).toHaveCount(0);
    await expect(rows).toHaveCount(2);
    await side.getByRole('list', { name: 'Earlier variables' }).getByRole('button', { name: 'Take up 3 variables again' }).click();
    await expect(rows).toHaveCount(3);
    await side.getByRole('button', { name: 'Replace variables' }).click();
    await expect(changes).toHaveCount(0);
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('data-hydrated', /.*/);
    await expect((await drawer(page)).getByRole('textbox', { name: 'Value of tone' })).toHaveValue('dry');
  });
});

test('a name that stands twice is said, and nothing is sent', async ({ page, sim }) => {
  await Sheet.clone(page);
  const before = (await callsTo(sim, 'POST', imports)).length;
  const side = await drawer(page);
  for (const number of [1, 2]) {
    await side.getByRole('button', { name: 'Add variable' }).click();
    await side.getByRole('textbox', { name: `Name of variable ${number}` }).fill('brand');
  }
  await expect(alertIn(side)).toContainText('The name brand stands twice');
  await expect(side.getByRole('button', { name: 'Replace variables' })).toBeDisabled();
  expect(await callsTo(sim, 'POST', imports)).toHaveLength(before);
});

test('a file fills the table, and a broken one says so', async ({ page }) => {
  await Sheet.clone(page);
  const side = await drawer(page);
  await side.getByText('Many at once').click();
  const input = side.getByLabel('Take the table from a file (XLSX or CSV)');
  await input.setInputFiles({ name: 'v.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('PK\u0003\u0004 broken') });
  await expect(alertIn(side)).toContainText('no XLSX file that can be read');
  await input.setInputFiles({ name: 'v.csv', mimeType: 'text/csv', buffer: Buffer.from('name;value\nbrand;Kiln\ncta;Look\n') });
  await expect(side.getByRole('textbox', { name: 'Value of cta' })).toHaveValue('Look');
  await expect(alertIn(side)).toHaveCount(0);
  const [download] = await Promise.all([page.waitForEvent('download'), side.getByRole('link', { name: "GEN's empty template" }).click()]);
  expect(download.suggestedFilename()).toBe('variables-template.xlsx');
});

test('GEN refuses, and what was written stays', async ({ page, sim }) => {
  await Sheet.clone(page);
  const side = await drawer(page);
  await side.getByRole('button', { name: 'Add variable' }).click();
  await side.getByRole('textbox', { name: 'Name of variable 1' }).fill('brand');
  await side.getByRole('textbox', { name: 'Value of brand' }).fill('Kiln');
  await sim.fault({ match: { operation: 'importGlobalVariables' }, times: 1, kind: 'status', status: 422, body: { error: 'No such column', error_code: 'validation_error' } });
  await side.getByRole('button', { name: 'Replace variables' }).click();
  await expect(alertIn(side)).toContainText('No such column');
  await expect(side.getByRole('textbox', { name: 'Value of brand' })).toHaveValue('Kiln');
  await side.getByRole('button', { name: 'Replace variables' }).click();
  await expect(side.getByRole('list', { name: 'What changes' })).toHaveCount(0);
});

test('the drawer fills a phone', async ({ page }) => {
  const sheet = await Sheet.clone(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, sheet.address);
  await drawer(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow, 'sideways scrolling in CSS pixels').toBeLessThanOrEqual(0);
  await expectAccessible(page);
  await expect(page).toHaveURL(new RegExp(paths.vidsheets));
});
