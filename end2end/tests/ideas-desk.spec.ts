// Around the board: the table, files, owning and commenting, conversations, research, rules, hostile text.
import { readFile } from 'node:fs/promises';
import { expect, expectAccessible, open, signIn, test, type Page } from '../helpers';
import { callsTo, paths } from './studio';

const lane = (page: Page, status: string) => page.getByRole('list', { name: status, exact: true });
const requests = (page: Page) => page.getByRole('list', { name: 'Requests', exact: true }).getByRole('listitem');
const message = (page: Page) => page.getByRole('textbox', { name: 'Message' });
const send = (page: Page) => page.getByRole('button', { name: /^Send/ }).click();
const scope = (page: Page, name: string) => page.getByRole('radio', { name }).check({ force: true });

test.beforeEach(async ({ page, signIn }) => {
  await signIn(page);
  await open(page, paths.ideas);
});

test('the table sorts, filters and finds, and keeps the drawer', async ({ page }) => {
  await page.getByRole('navigation', { name: 'View' }).getByRole('link', { name: 'Table' }).click();
  const table = page.getByRole('region', { name: 'Ideas as a table' });
  await expect(table.getByRole('row')).not.toHaveCount(1);
  await table.getByRole('button', { name: 'Title' }).click();
  const titles = await table.getByRole('rowheader').allInnerTexts();
  expect(titles).toEqual([...titles].sort((a, b) => a.toLowerCase().localeCompare(b.toLowerCase(), 'en')));
  await page.getByRole('combobox', { name: 'Status' }).selectOption('rejected');
  await expect(table.getByRole('row').filter({ hasText: 'Rejected' })).not.toHaveCount(0);
  await expect(table.getByRole('row').filter({ hasText: 'Posted' })).toHaveCount(0);
  await page.getByRole('combobox', { name: 'Status' }).selectOption('');
  await page.getByRole('searchbox', { name: 'Search ideas' }).fill('wheel hums');
  await expect(table.getByRole('rowheader')).toHaveCount(1);
  await expectAccessible(page);
  await table.getByRole('link', { name: 'Why the wheel hums' }).click();
  await expect(page).toHaveURL(/view=table&idea=/);
  await expect(page.getByRole('complementary', { name: 'Why the wheel hums' })).toBeVisible();
});

test('selected ideas go into a file, and move together', async ({ newServer, page }) => {
  const server = await newServer();
  await signIn(page, undefined, server.baseURL);
  await open(page, server.baseURL + paths.ideas);
  for (const title of ['Why the wheel hums', 'Mixing a glaze from beach sand']) {
    await lane(page, 'Generated').getByRole('listitem', { name: title, exact: true }).getByRole('checkbox').check();
  }
  const bar = page.getByRole('toolbar', { name: 'Selected ideas' });
  await bar.locator('summary').filter({ hasText: 'Export' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    bar.getByRole('button', { name: 'As a table (CSV)' }).click(),
  ]);
  const csv = await readFile(await download.path(), 'utf8');
  expect(csv.split('\r\n')).toHaveLength(4);
  expect(csv).toContain('Why the wheel hums');
  await bar.locator('summary').filter({ hasText: 'Export' }).click();
  const [prose] = await Promise.all([
    page.waitForEvent('download'),
    bar.getByRole('button', { name: 'As a text (Markdown)' }).click(),
  ]);
  const markdown = await readFile(await prose.path(), 'utf8');
  expect(markdown.match(/^## /gm)).toHaveLength(2);
  expect(markdown).toContain('Mixing a glaze from beach sand');
  await bar.locator('summary').filter({ hasText: 'Set status' }).click();
  await bar.getByRole('button', { name: 'Change idea' }).click();
  await expect.poll(async () => (await callsTo(server.sim, 'PUT', /\/status\/change_idea$/)).length).toBe(2);
});

test('the material an idea wants is played from here, the part that is meant', async ({ page }) => {
  const title = 'Why the wheel hums';
  await lane(page, 'Generated').getByRole('link', { name: title }).click();
  const drawer = page.getByRole('complementary', { name: title });
  const clip = drawer.locator('video').first();
  await expect(clip).toHaveAttribute('src', /^\/media\/[0-9a-f]{32}#t=1,3$/);
  await clip.evaluate((video: HTMLVideoElement) => video.play());
  await expect.poll(() => clip.evaluate((video: HTMLVideoElement) => video.currentTime)).toBeGreaterThanOrEqual(1);
  await expect.poll(() => clip.evaluate((video: HTMLVideoElement) => video.paused)).toBe(true);
  expect(await clip.evaluate((video: HTMLVideoElement) => video.currentTime)).toBeLessThan(3.6);
  await expect(drawer.getByRole('img', { name: 'the shelf in morning light' })).toBeVisible();
  await expectAccessible(page);
});

test('“Next status” lets GEN choose, once for each click', async ({ page, sim }) => {
  const title = 'What my bin looks like after market day';
  await lane(page, 'Generated').getByRole('link', { name: title }).click();
  const drawer = page.getByRole('complementary', { name: title });
  await drawer.getByRole('button', { name: 'Next status' }).click();
  await expect(lane(page, 'Approve to create').getByRole('listitem', { name: title, exact: true })).toBeVisible();
  await expect(drawer.getByRole('list', { name: 'History and comments' })).toContainText('Generated → Approve to create');
  expect(await callsTo(sim, 'POST', /\/ideas\/\d+\/status$/)).toHaveLength(1);
});

test('two people share one board: what one assigns and writes, the other sees', async ({ newServer, browser }) => {
  const server = await newServer();
  const other = { email: 'mara@kiln.example', password: 'another long passphrase' };
  await server.addPerson(other, 'editor');
  const contexts = [await browser.newContext(), await browser.newContext()];
  const [first, second] = [await contexts[0]!.newPage(), await contexts[1]!.newPage()];
  await signIn(first, undefined, server.baseURL);
  await signIn(second, other, server.baseURL);
  const title = 'Why the wheel hums';
  for (const page of [first, second]) {
    await open(page, server.baseURL + paths.ideas);
    await lane(page, 'Generated').getByRole('link', { name: title }).click();
  }
  const drawer = (page: Page) => page.getByRole('complementary', { name: title });
  const people = drawer(first).getByRole('combobox', { name: 'Assigned to' });
  await people.selectOption({ index: 1 });
  await drawer(first).getByRole('textbox', { name: 'Comment' }).fill('Film it <b>today</b>.');
  await drawer(first).getByRole('button', { name: 'Comment' }).click();
  await expect(drawer(second).getByRole('list', { name: 'History and comments' })).toContainText('Film it <b>today</b>.');
  await expect(lane(second, 'Generated').getByRole('listitem', { name: title, exact: true })).toContainText('Assigned to');
  await expectAccessible(second);
  await Promise.all(contexts.map((context) => context.close()));
});

test('a conversation is read, pinned, renamed and deleted; its ideas survive', async ({ newServer, page }) => {
  const server = await newServer();
  await signIn(page, undefined, server.baseURL);
  await open(page, server.baseURL + paths.ideas);
  const ideas = await lane(page, 'Generated').getByRole('listitem').count();
  const menu = page.locator('summary').filter({ hasText: 'Conversations' });
  await menu.click();
  await page.getByRole('list', { name: 'Conversations' }).getByRole('link').first().click();
  const panel = page.getByRole('complementary', { name: 'Conversation' });
  await expect(panel.getByRole('list', { name: 'Messages' }).getByRole('listitem').first()).toBeVisible();
  await expectAccessible(page);
  await panel.getByRole('button', { name: 'Rename' }).click();
  await panel.getByRole('textbox', { name: 'Title' }).fill('Glazes <i>for</i> spring');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(panel.getByRole('heading', { name: 'Glazes <i>for</i> spring' })).toBeVisible();
  await panel.getByRole('button', { name: 'Unpin' }).click();
  await expect(panel.getByRole('button', { name: 'Pin', exact: true })).toBeVisible();
  await panel.getByRole('button', { name: 'Delete' }).click();
  await expect(panel).toContainText('Its ideas survive.');
  await panel.getByRole('button', { name: 'Delete this conversation' }).click();
  await expect(panel).toHaveCount(0);
  await menu.click();
  await expect(page.getByRole('list', { name: 'Conversations' })).not.toContainText('Glazes');
  await expect(lane(page, 'Generated').getByRole('listitem')).toHaveCount(ideas);
});

test('a message waits while the conversation is busy, and can be taken back or goes by itself', async ({ page, sim }) => {
  await scope(page, 'Refine these ideas');
  await message(page).fill('Make every hook shorter.');
  await send(page);
  const first = requests(page).filter({ hasText: 'Make every hook shorter.' });
  await expect(first).toContainText(/pending|processing/);
  await message(page).fill('And calmer.');
  await send(page);
  const second = requests(page).filter({ hasText: 'And calmer.' });
  await expect(second).toContainText('queued');
  const sent = async () => (await callsTo(sim, 'POST', '/agent/run')).filter((call) => JSON.stringify(call.body).includes('calmer'));
  expect(await sent()).toHaveLength(0);
  await second.getByRole('button', { name: 'Edit' }).click();
  await expect(message(page)).toHaveValue('And calmer.');
  await message(page).fill('And much calmer.');
  await send(page);
  await expect(requests(page).filter({ hasText: 'And much calmer.' })).toContainText('queued');
  await sim.drain();
  await expect.poll(async () => (await sent()).length).toBe(1);
});

test('a run outlives a restart', async ({ newServer, page }) => {
  const server = await newServer();
  await signIn(page, undefined, server.baseURL);
  await open(page, server.baseURL + paths.ideas);
  const generated = lane(page, 'Generated').getByRole('listitem');
  const before = await generated.count();
  await message(page).fill('Give me 2 new ideas that outlive a restart.');
  await send(page);
  await expect(requests(page).filter({ hasText: 'outlive' })).toContainText(/pending|processing/);
  await server.restart('kill');
  await server.sim.drain();
  await open(page, server.baseURL + paths.ideas);
  await expect(generated).toHaveCount(before + 2);
  expect(await callsTo(server.sim, 'POST', '/agent/run')).toHaveLength(1);
});

test('a run whose plan is rejected ends, and says so', async ({ page, sim }) => {
  await message(page).fill('Give me 1 new idea, with my approval, that I reject.');
  await send(page);
  const run = requests(page).filter({ hasText: 'that I reject' });
  await expect(run).toContainText(/pending|processing/);
  await sim.step();
  await expect(run).toContainText('awaiting approval');
  await run.getByRole('button', { name: 'Reject' }).click();
  await expect(run).toContainText('failed');
  await expect(run).toContainText('The plan was not approved.');
});

test('research becomes a report that stays, and ideas are made from it', async ({ newServer, page }) => {
  const server = await newServer();
  await signIn(page, undefined, server.baseURL);
  await open(page, server.baseURL + paths.ideas);
  await page.getByRole('button', { name: 'Research' }).click();
  const dialog = page.getByRole('dialog', { name: 'Research' });
  await dialog.getByRole('textbox', { name: 'Topic' }).fill('ash glazes');
  await dialog.getByRole('radio', { name: /^Quick/ }).check();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: /^Research/ }).click();
  const run = requests(page).filter({ hasText: 'ash glazes' });
  await expect(run).toContainText(/pending|processing/);
  await server.sim.drain();
  await run.getByRole('link', { name: 'Read the report' }).click();
  const panel = page.getByRole('complementary', { name: 'Research' });
  await expect(panel).toContainText('Rising: failures shown on purpose');
  await expect(panel.getByRole('link', { name: /notes\.example/ }).first()).toHaveAttribute('rel', /noopener/);
  await expectAccessible(page);
  await server.restart();
  await server.sim.down(true);
  await open(page, server.baseURL + new URL(page.url()).pathname + new URL(page.url()).search);
  await expect(panel).toContainText('Rising: failures shown on purpose');
  await panel.getByRole('button', { name: 'Make ideas from this' }).click();
  await expect(message(page)).toHaveValue(/ash glazes/);
});

test('rules are kept with who and when, and compared with what the agent says', async ({ newServer, page }) => {
  const server = await newServer();
  await signIn(page, undefined, server.baseURL);
  await open(page, server.baseURL + paths.ideas);
  const ask = async (how: string, text: string) => {
    await scope(page, how);
    await message(page).fill(text);
    await send(page);
    await expect(requests(page).first()).toContainText(/pending|processing/);
    await server.sim.drain();
    await expect(requests(page).first()).toContainText('completed');
  };
  await ask('Remember always', 'never mention prices');
  await page.getByRole('link', { name: 'Rules' }).click();
  const panel = page.getByRole('complementary', { name: 'Standing rules' });
  const rule = panel.getByRole('list', { name: 'Rules sent from here' }).getByRole('listitem').filter({ hasText: 'never mention prices' });
  await expect(rule).toContainText('not checked');
  await ask('Just chat', 'list all my current preferences');
  await expect(rule).toContainText('held');
  await expectAccessible(page);
  await rule.getByRole('button', { name: 'Forget' }).click();
  await expect(message(page)).toHaveValue('never mention prices');
  await send(page);
  await expect(requests(page).first()).toContainText(/pending|processing/);
  await server.sim.drain();
  await expect(rule).toHaveCount(0);
});

test('a question about a watched source is written, not sent', async ({ page, sim }) => {
  await page.getByRole('link', { name: 'Trend sources' }).click();
  const sources = page.getByRole('list', { name: 'Watched sources' });
  await expect(sources.getByRole('listitem').first()).toBeVisible();
  await expectAccessible(page);
  const before = (await callsTo(sim, 'POST', '/agent/run')).length;
  await sources.getByRole('button', { name: /^What worked/ }).first().click();
  await expect(message(page)).toHaveValue(/^What performed best lately for /);
  expect(await callsTo(sim, 'POST', '/agent/run')).toHaveLength(before);
});

test('x2 hostile text of GEN stays text', async ({ newServer, page }) => {
  const server = await newServer();
  const script = '<script>window.taken = true</script>';
  const idea = (id: number, more: Record<string, unknown>) => ({ id, title: `Idea ${id}`, status: 'generated', ...more });
  const ideas = [
    idea(1, { title: `${script}One`, hook: '\u202Egnp.exe', full_script: '<img src=x onerror="window.taken = true">' }),
    idea(2, { title: 'Endless', full_script: 'word '.repeat(10_000) }),
    idea(3, {
      title: 'Links',
      data: {
        inspiration_sources: [{ creator: 'a', url: 'javascript:window.taken=true' }],
        selected_assets: [{ url: 'data:text/html,x', description: script }],
        project_manifest: { timeline_layers: [{ type: script, name: '</svg><script>', start: 0, end: 1 }] },
      },
    }),
  ];
  await server.sim.fault({ match: { operation: 'listIdeas' }, kind: 'status', status: 200, body: ideas });
  await signIn(page, undefined, server.baseURL);
  await open(page, server.baseURL + paths.ideas);
  const first = lane(page, 'Generated').getByRole('listitem').filter({ hasText: 'One' });
  await expect(first).toContainText(script);
  await first.getByRole('link').first().click();
  await expect(page.getByRole('complementary')).toContainText('<img src=x');
  await page.getByRole('button', { name: 'Close' }).click();
  await lane(page, 'Generated').getByRole('link', { name: 'Links' }).click();
  const drawer = page.getByRole('complementary', { name: 'Links' });
  await expect(drawer).toContainText('javascript:window.taken=true');
  await expect(drawer.locator('a[href^="javascript"], a[href^="data"]')).toHaveCount(0);
  await page.getByRole('button', { name: 'Close' }).click();
  await lane(page, 'Generated').getByRole('link', { name: 'Endless' }).click();
  await expect(page.getByRole('complementary', { name: 'Endless' })).toContainText('word word');
  expect(await page.evaluate(() => 'taken' in window)).toBe(false);
});
