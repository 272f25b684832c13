// The ideas board: what the agent proposed, where each idea stands, and asking for more.
import type { Locator } from '@playwright/test';
import { expect, expectAccessible, open, test, type Page } from '../helpers';
import { alertIn, callsTo, paths, statuses } from './studio';

const lane = (page: Page, status: string) => page.getByRole('list', { name: status, exact: true });
const requests = (page: Page) => page.getByRole('list', { name: 'Requests', exact: true }).getByRole('listitem');

/** Sends a message and answers the line that follows the run. */
async function ask(page: Page, message: string) {
  await page.getByRole('textbox', { name: 'Message' }).fill(message);
  await page.getByRole('button', { name: /^Send/ }).click();
  return requests(page).filter({ hasText: message });
}

/** Fails unless GEN has taken the request: before that, no step of the simulator would move it. */
async function expectTaken(run: Locator) {
  await expect(run).toContainText(/pending|processing/);
}

test.beforeEach(async ({ page, signIn }) => {
  await signIn(page);
  await open(page, paths.ideas);
});

test('every status has its list, and an idea opens in a drawer with its address', async ({ page }) => {
  await expect(page.getByRole('heading', { level: 1, name: 'Ideas' })).toBeVisible();
  for (const status of ['Change idea', 'Change video', 'Rejected']) {
    await page.locator('summary').filter({ hasText: status }).click();
  }
  for (const status of statuses) {
    await expect(lane(page, status).getByRole('listitem').first(), status).toBeVisible();
  }
  const idea = lane(page, 'Generated').getByRole('listitem', { name: 'Why the wheel hums', exact: true });
  await idea.getByRole('link', { name: 'Why the wheel hums' }).click();
  await expect(page).toHaveURL(/[?&]idea=/);
  const drawer = page.getByRole('complementary', { name: 'Why the wheel hums' });
  await expect(drawer).toContainText('It is a bearing from a washing machine, 1987');
  await expectAccessible(page);
  await page.reload();
  await expect(page.getByRole('complementary', { name: 'Why the wheel hums' })).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page).not.toHaveURL(/idea=/);
});

test('an idea moves by its menu and by keys, and stays where it was moved', async ({ page, sim }) => {
  const title = 'Guess the glaze before it fires';
  const idea = lane(page, 'Generated').getByRole('listitem', { name: title, exact: true });
  await idea.getByRole('button', { name: 'Status' }).click();
  await expectAccessible(page);
  await page.getByRole('menuitemradio', { name: 'Ready for review' }).click();
  await expect(lane(page, 'Ready for review').getByRole('listitem', { name: title, exact: true })).toBeVisible();
  await expect(idea).toHaveCount(0);

  await lane(page, 'Ready for review').getByRole('link', { name: title }).focus();
  await page.keyboard.press(']');
  const moved = lane(page, 'Approved to post').getByRole('listitem', { name: title, exact: true });
  await expect(moved).toBeVisible();
  await expect(moved.getByRole('link', { name: title })).toBeFocused();
  await expect.poll(async () => (await callsTo(sim, 'PUT', /\/ideas\/\d+\/status\//)).map((call) => call.path.split('/').at(-1))).toEqual([
    'ready_for_review',
    'approved_to_post',
  ]);
  await page.reload();
  await expect(moved).toBeVisible();
});

test('an idea is dragged into another lane', async ({ page, sim }) => {
  const title = (await lane(page, 'Ready for review').getByRole('link').first().textContent())!;
  const from = lane(page, 'Ready for review').getByRole('listitem', { name: title, exact: true });
  await from.dragTo(lane(page, 'Approve to create'));
  await expect(lane(page, 'Approve to create').getByRole('listitem', { name: title, exact: true })).toBeVisible();
  await expect(from).toHaveCount(0);
  await expect.poll(async () => (await callsTo(sim, 'PUT', /\/status\/approve_to_create$/)).length).toBe(1);
});

test('a move that GEN refuses is taken back, with the reason on the idea', async ({ page, sim }) => {
  await sim.fault({
    match: { method: 'PUT', path_contains: '/status/' },
    times: 1,
    kind: 'status',
    status: 422,
    body: { error: 'Ideas in production cannot be moved.', error_code: 'idea_locked' },
  });
  const title = 'Mixing a glaze from beach sand';
  const idea = lane(page, 'Generated').getByRole('listitem', { name: title, exact: true });
  await idea.getByRole('button', { name: 'Status' }).click();
  await page.getByRole('menuitemradio', { name: 'Posted' }).click();
  await expect(alertIn(idea)).toContainText('Ideas in production cannot be moved.');
  await expect(alertIn(idea)).toContainText('idea_locked');
  await expect(lane(page, 'Posted').getByRole('listitem', { name: title, exact: true })).toHaveCount(0);
});

test('a run that fails says why and gives its text back', async ({ page, sim }) => {
  const message = 'Give me 2 new ideas about lids, please fail.';
  const run = await ask(page, message);
  await expectTaken(run);
  await sim.drain();
  await expect(run).toContainText('failed');
  await expect(run).toContainText('The model refused this prompt.');
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('');
  await run.getByRole('button', { name: 'Retry' }).click();
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue(message);
  // Giving the text back is not sending it.
  expect((await callsTo(sim, 'POST', '/agent/run')).filter((call) => JSON.stringify(call.body).includes('lids'))).toHaveLength(1);
});

test('a run shows its plan and its thoughts while it goes, and what was sent along', async ({ page, sim }) => {
  const form = page.getByRole('form', { name: 'Ask for ideas' });
  await form.locator('summary').filter({ hasText: 'Attach' }).click();
  await form.getByRole('textbox', { name: 'A link for the agent to look at' }).fill('https://example.com/mug.png');
  await form.getByRole('button', { name: 'Add the link' }).click();
  await page.keyboard.press('Escape');
  const run = await ask(page, 'Give me 2 new ideas about handles.');
  await expectTaken(run);
  const plan = run.getByRole('list', { name: 'Plan' });
  await expect(plan.getByRole('listitem')).toHaveCount(4);
  await expect(plan.getByRole('listitem').first()).toContainText('Done: Read what the brand stands for');
  await expect(run).toContainText('Now I look at what the watched accounts posted.');
  await sim.step();
  await expect(plan.getByRole('listitem').nth(2)).toContainText('Done: ');
  await expect(run.getByRole('list', { name: 'Sent along' })).toContainText('example.com');
  await expectAccessible(page);
  const sent = (await callsTo(sim, 'POST', '/agent/run')).find((call) => JSON.stringify(call.body).includes('handles'));
  expect((sent!.body as { attachments: string[] }).attachments).toEqual(['https://example.com/mug.png']);
  await sim.drain();
  await expect(run).toContainText('completed');
  await expect(plan).toHaveCount(0);
});

test('a request that GEN refuses keeps the text, and says what to do', async ({ page, sim }) => {
  const message = 'Give me 4 new ideas, no credits.';
  await ask(page, message);
  const form = page.getByRole('form', { name: 'Ask for ideas' });
  await expect(alertIn(form)).toContainText('Insufficient credits for this job');
  await expect(alertIn(form)).toContainText('insufficient_credits_for_job');
  await expect(alertIn(form)).toContainText('Nothing was charged');
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue(message);
  await expectAccessible(page);
  const sent = (await callsTo(sim, 'POST', '/agent/run')).filter((call) => JSON.stringify(call.body).includes(message));
  expect(sent).toHaveLength(1);
});

test('a run that asks first goes on only after a person said yes', async ({ page, sim }) => {
  const generated = lane(page, 'Generated').getByRole('listitem');
  const before = await generated.count();
  const run = await ask(page, 'Give me 2 new ideas after my approval.');
  await expectTaken(run);
  await sim.step();
  await expect(run).toContainText('awaiting approval');
  await sim.drain();
  await expect(run).toContainText('awaiting approval');
  await expectAccessible(page);
  await run.getByRole('button', { name: 'Approve' }).click();
  await expect(run.getByRole('button', { name: 'Approve' })).toHaveCount(0);
  await sim.drain();
  await expect(run).toContainText('completed');
  await expect(generated).toHaveCount(before + 2);
});
