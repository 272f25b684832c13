// What the server renders by itself: every screen can be read before, or without, any script.
import { expect, type Page, test } from '../helpers';
import { columns, paths, Sheet, springGlazes } from './studio';

const heading = (page: Page, name: string) => expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();

test.beforeEach(async ({ page, signIn }) => signIn(page));

test('signing in leads home, where the journey stands', async ({ page }) => {
  await heading(page, 'Home');
  await expect(page).toHaveTitle(/^Home · /);
  const journey = page.getByRole('list', { name: 'Journey' });
  await expect(journey).toContainText(/\d+ %\s*set up/);
  await expect(journey).toContainText(/[1-9]\d* ideas waiting/);
  for (const name of ['Home', 'Setup', 'Ideas', 'Templates', 'Vidsheets', 'Renders', 'Queue', 'Settings']) {
    await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true })).toBeVisible();
  }
  await expect(page.getByRole('banner')).toContainText('8,412 cr');
  await expect(page.getByRole('banner')).toContainText('Tidewater Studio');
});

test('Setup shows what is in every field', async ({ page }) => {
  await page.goto(paths.setup);
  await heading(page, 'Setup');
  await expect(page.getByRole('textbox', { name: 'Brand name', exact: true })).toHaveValue('Kiln & Tide');
  await expect(page.getByRole('textbox', { name: 'Description', exact: true })).toHaveValue(/North Sea coast/);
  await expect(page.getByRole('textbox', { name: 'Personality', exact: true })).toHaveValue(/boatshed/);
  await expect(page.getByRole('checkbox', { name: 'Short form' })).toBeChecked();
  await expect(page.getByRole('list', { name: 'Keywords', exact: true })).toContainText('celadon');
  await expect(page.getByRole('list', { name: 'Monitored sources', exact: true })).toContainText('#potterytok');
  await expect(page.getByRole('textbox', { name: 'Topic 2' })).toHaveValue(/lead and cadmium/);
  await expect(page.getByRole('group', { name: 'Voice', exact: true })).toContainText('Maren');
});

test('Ideas shows the ideas by status, and one in full by its address', async ({ page }) => {
  await page.goto(paths.ideas);
  await heading(page, 'Ideas');
  const generated = page.getByRole('list', { name: 'Generated', exact: true });
  const idea = generated.getByRole('listitem', { name: 'Why the wheel hums', exact: true });
  await expect(idea).toContainText('It is not the motor.');
  await idea.getByRole('link', { name: 'Why the wheel hums' }).click();
  await expect(page.getByRole('complementary', { name: 'Why the wheel hums' })).toContainText('I tune the radio to it.');
});

test('Ideas can be read as a table, with a conversation, the rules and the watched sources beside', async ({ page }) => {
  await page.goto(`${paths.ideas}?view=table&talk=conv_winter_glaze`);
  const table = page.getByRole('region', { name: 'Ideas as a table' });
  await expect(table.getByRole('rowheader', { name: 'Why the wheel hums' })).toBeVisible();
  const messages = page.getByRole('complementary', { name: 'Conversation' }).getByRole('list', { name: 'Messages' });
  await expect(messages.getByRole('listitem').first()).toBeVisible();
  await page.getByRole('link', { name: 'Rules' }).click();
  await expect(page.getByRole('complementary', { name: 'Standing rules' })).toContainText('Rules that the agent keeps');
  await page.getByRole('navigation', { name: 'View' }).getByRole('link', { name: 'Trend sources' }).click();
  await expect(page.getByRole('list', { name: 'Watched sources' })).toContainText('#potterytok');
});

test('Templates shows every template', async ({ page }) => {
  await page.goto(paths.templates);
  await heading(page, 'Templates');
  const wall = page.getByRole('list', { name: 'Templates', exact: true });
  await expect(wall.getByRole('listitem', { name: 'TikTok Talking Avatar', exact: true })).toContainText('captions word by word');
  await expect(wall.getByRole('listitem', { name: 'Two-Voice Skit', exact: true })).toBeVisible();
  await page.goto(`${paths.templates}?template=tiktok-montage`);
  const drawer = page.getByRole('complementary', { name: 'TikTok Montage' });
  await expect(drawer.getByRole('region', { name: 'Columns of this template' })).toContainText('B-ROLL');
});

test('a vidsheet shows its rows, and the list of vidsheets then has it', async ({ page }) => {
  await page.goto(paths.vidsheet(springGlazes));
  await heading(page, 'Spring glazes');
  const sheet = new Sheet(page, 'Spring glazes');
  await expect(sheet.grid).toHaveAttribute('aria-rowcount', '25');
  for (const title of columns) {
    await expect(sheet.grid.getByRole('columnheader', { name: title, exact: true })).toBeVisible();
  }
  await expect(sheet.cell(2, 'HOOK')).toContainText('The blue that only appears at 1,240 °C');
  await expect(sheet.cell(24, 'HOOK')).toContainText('Ask me what broke');
  await sheet.expectState(2, 'FINAL VIDEO', 'completed');

  await page.goto(paths.vidsheets);
  await heading(page, 'Vidsheets');
  const line = page.getByRole('row').filter({ has: page.getByRole('link', { name: 'Spring glazes' }) }).first();
  await expect(line.getByRole('cell').first()).toHaveText('24');
  expect((await page.request.get(`${paths.vidsheet(springGlazes)}/export/csv`)).status(), 'a file needs no script').toBe(200);
  await line.getByRole('link', { name: 'Spring glazes' }).click();
  await heading(page, 'Spring glazes');
});

test('Renders shows the history, and a render by its address', async ({ page }) => {
  await page.goto(paths.vidsheet(springGlazes));
  await page.goto(paths.renders);
  await heading(page, 'Renders');
  const render = page.getByRole('list', { name: 'Renders', exact: true }).getByRole('listitem', { name: 'Spring glazes, row 2', exact: true });
  await expect(render).toContainText('completed');
  await render.getByRole('link').click();
  await expect(page.getByRole('link', { name: 'Download' })).toHaveAttribute('href', /^\/media\/[0-9a-f]{32}\/download$/);
});

test('Queue and Settings can be read', async ({ page }) => {
  await page.goto(paths.vidsheet(springGlazes));
  await page.goto('/queue');
  await heading(page, 'Queue');
  await expect(page.getByRole('region', { name: 'Pace and budget' })).toContainText(/\d+ of 10 at once/);
  const ended = page.getByRole('list', { name: 'Ended', exact: true });
  await expect(ended.getByRole('listitem', { name: 'FINAL VIDEO, row 2', exact: true })).toContainText('completed');
  await page.goto('/queue?filter=nothing+like+it');
  await heading(page, 'Queue');
  await expect(page.getByRole('searchbox', { name: 'Filter' })).toHaveValue('nothing like it');
  await expect(ended).toHaveCount(0);
  await page.goto('/settings/spending');
  await heading(page, 'Spending');
  await expect(page.getByRole('listitem', { name: 'The whole team' })).toContainText(/\d+ cr today/);
  await page.goto('/settings/keys');
  await heading(page, 'GEN keys');
  await expect(page.getByRole('list', { name: 'Keys' }).getByRole('listitem')).toContainText('Shared with the team');
});

test('an address that leads nowhere says so', async ({ page }) => {
  const answer = await page.goto('/no/such/page');
  expect(answer?.status()).toBe(404);
  await heading(page, 'There is no such page');
  await page.getByRole('link', { name: 'Home' }).click();
  await heading(page, 'Home');
});

test('agents, their pictures, what GEN watches, the profile, who pays and the log can be read', async ({ page }) => {
  await page.goto('/agents');
  await heading(page, 'Agents');
  await expect(page.getByRole('list', { name: 'Agents' }).getByRole('link', { name: 'Kiln & Tide', exact: true })).toBeVisible();
  await page.goto(`${paths.setup}/agent`);
  await heading(page, 'Setup');
  await expect(page.getByRole('textbox', { name: 'Agent name' })).toHaveValue('Kiln & Tide');
  await expect(page.getByRole('list', { name: 'Pictures' }).getByRole('img').first()).toBeVisible();
  await page.goto(`${paths.setup}/monitoring`);
  await expect(page.getByRole('region', { name: 'With GEN' })).toBeVisible();
  await expect(page.getByRole('row', { name: /Instagram/ })).toContainText('No');
  await page.goto(`${paths.setup}/advanced`);
  await expect(page.getByRole('region', { name: 'Profile as JSON' })).toContainText('Kiln & Tide');
  await page.goto(`${paths.setup}?show=document`);
  await expect(page.getByRole('region', { name: 'Core as JSON' })).toContainText('"brand_name": "Kiln & Tide"');
  await page.goto('/settings/workspace');
  await heading(page, 'Workspace');
  await expect(page.getByRole('listitem', { name: 'Tidewater Studio' })).toContainText(/Credits left[\d,]+ cr/);
  await page.goto('/settings/automation');
  await heading(page, 'Automation');
  await expect(page.getByRole('textbox', { name: 'Webhook URL' })).toBeVisible();
  await page.goto('/activity');
  await heading(page, 'Activity');
  await expect(page.getByRole('region', { name: 'Calls to GEN' })).toContainText('getAgentCore');
});
