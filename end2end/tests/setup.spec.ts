// The Setup canvas: everything about an agent, readable and editable, sent in the smallest pieces.
import type { Page } from '@playwright/test';
import { expect, expectAccessible, open, test } from '../helpers';
import { alertIn, blank, callsTo, kiln, paths, pathsOf } from './studio';

const corePath = (agent: string) => `/agents/${agent}/core`;
const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

test.beforeEach(async ({ page, signIn }) => signIn(page));

test('every field of the core is there under its own words', async ({ page }) => {
  await open(page, paths.setup);
  await expect(page).toHaveTitle(/^Setup · /);
  for (const name of ['Brand name', 'Description', 'Personality', 'Onboarding status']) {
    await expect(page.getByRole('textbox', { name, exact: true })).not.toBeEmpty();
  }
  await expect(page.getByRole('radiogroup', { name: 'Identity', exact: true }).getByRole('radio', { name: 'Brand' })).toBeChecked();
  const goal = page.getByRole('group', { name: 'Goal', exact: true });
  await expect(goal.getByRole('checkbox', { name: 'Growth' })).toBeChecked();
  await expect(goal.getByRole('checkbox', { name: 'Authority' })).not.toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'Short form' })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'Long form' })).not.toBeChecked();
  for (const [list, entry] of [
    ['Target platforms', 'tiktok'],
    ['Keywords', 'celadon'],
    ['Monitored sources', '@claylab'],
    ['Brand socials', 'instagram.com/kilnandtide'],
  ] as const) {
    await expect(page.getByRole('list', { name: list, exact: true })).toContainText(entry);
  }
  await expect(page.getByRole('list', { name: 'Expertise', exact: true }).getByRole('textbox').first()).toHaveValue(/kilns/);
  await expect(page.getByRole('group', { name: 'Voice', exact: true })).toContainText('Maren');
  await expectAccessible(page);
});

test('a text that is too long is refused at its field, with the limit named, and nothing is sent', async ({ page, sim }) => {
  await open(page, paths.setup);
  const card = region(page, 'Identity & personality');
  const before = (await callsTo(sim, 'PATCH', corePath(kiln))).length;
  const description = card.getByRole('textbox', { name: 'Description', exact: true });
  const kept = await description.inputValue();
  await description.fill('é'.repeat(500));
  await expect(card.getByText('500 / 500', { exact: true })).toBeVisible();
  await description.fill('é'.repeat(501));
  await expect(card.getByText('501 / 500', { exact: true })).toBeVisible();
  await expect(alertIn(card)).toContainText('At most 500 characters are taken; this has 501.');
  await expect(description).toHaveAttribute('aria-invalid', 'true');
  await expect(card.getByRole('button', { name: /^(Save|Retry)$/ })).toBeDisabled();
  await expectAccessible(page);

  const personality = card.getByRole('textbox', { name: 'Personality', exact: true });
  await description.fill(kept);
  await expect(alertIn(card)).toHaveCount(0);
  const whole = await personality.inputValue();
  await personality.fill('p'.repeat(20_001));
  await expect(card.getByText('20,001 / 20,000', { exact: true })).toBeVisible();
  await expect(alertIn(card)).toContainText('20000');
  await personality.fill(whole);
  await expect(alertIn(card)).toHaveCount(0);
  const sent = (await callsTo(sim, 'PATCH', corePath(kiln))).slice(before);
  const texts = sent.map((request) => request.body as { description?: string; personality?: string });
  // A pause at exactly 500 may have saved that; what is longer must never have left.
  expect(texts.every(({ description = '', personality = '' }) => [...description].length <= 500 && [...personality].length <= 20_000)).toBe(true);
});

test('only what changed is sent', async ({ page, sim }) => {
  await open(page, pathsOf(blank).setup);
  await page.getByRole('textbox', { name: 'Brand name', exact: true }).fill('Wood Firing');
  const head = region(page, 'At a glance');
  await head.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(head.getByRole('status')).toHaveText('Saved');
  expect((await callsTo(sim, 'PATCH', corePath(blank))).at(-1)?.body).toEqual({ brand_name: 'Wood Firing' });

  const expertise = region(page, 'Expertise');
  await expertise.getByRole('textbox', { name: 'Add a topic' }).fill('ash glazes');
  await page.keyboard.press('Enter');
  await expect(expertise.getByRole('status')).toHaveText('Saved');
  expect((await callsTo(sim, 'PATCH', corePath(blank))).at(-1)?.body).toEqual({ research_topics: [{ topic: 'ash glazes' }] });

  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Brand name', exact: true })).toHaveValue('Wood Firing');
  await expect(page.getByRole('textbox', { name: 'Topic 1' })).toHaveValue('ash glazes');
});

test('new keywords do not wipe the monitored sources', async ({ page, sim }) => {
  await open(page, paths.setup);
  await page.getByRole('textbox', { name: 'Add a keyword' }).fill('raku');
  await page.keyboard.press('Enter');
  await expect(region(page, 'Expertise').getByRole('status')).toHaveText('Saved');
  const sent = (await callsTo(sim, 'PATCH', corePath(kiln))).at(-1)?.body as { keywords: string[]; monitored: object[] };
  expect(sent.keywords).toContain('raku');
  expect(sent.monitored).toContainEqual({ handle: 'potterytok', item_type: 'hashtag' });
  await page.reload();
  await expect(page.getByRole('list', { name: 'Monitored sources', exact: true })).toContainText('#potterytok');
});

test('a section that GEN could not save is told apart from those it could', async ({ newServer, page, signIn }) => {
  const server = await newServer();
  // GEN's library is the only way to a voice in the page, so one that cannot be saved is put into it.
  await server.sim.fault({
    match: { method: 'GET', path_contains: '/voice/library' },
    kind: 'status',
    status: 200,
    body: { voices: [{ voice_id: 'fail', name: 'Frail', source: 'public' }], total: 1 },
  });
  await signIn(page, undefined, server.baseURL);
  await open(page, server.baseURL + paths.setup);
  const card = region(page, 'Voice');
  await card.getByRole('button', { name: 'Use Frail' }).click();
  await expect(alertIn(card)).toContainText(/voice service unavailable/i);
  await expect(card.getByRole('status')).toHaveText('Not saved');
  await expect(card.getByRole('button', { name: 'Retry' })).toBeVisible();
  await expect(card.getByRole('group', { name: 'Voice' })).toContainText('Frail');

  await page.getByRole('textbox', { name: 'Brand name', exact: true }).fill('Kiln');
  await expect(region(page, 'At a glance').getByRole('status')).toHaveText('Saved');
  await expect(alertIn(card)).toContainText(/voice service unavailable/i);
  await expectAccessible(page);

  // Only what failed is sent again, and only when somebody wants it.
  const sent = async () => (await callsTo(server.sim, 'PATCH', corePath(kiln))).map((call) => Object.keys(call.body as object));
  expect((await sent()).at(-1)).toEqual(['brand_name']);
  const before = (await sent()).length;
  await card.getByRole('button', { name: 'Retry' }).click();
  await expect.poll(async () => (await sent()).length).toBe(before + 1);
  expect((await sent()).at(-1)).toEqual(['default_user_voice']);
});

test("two tabs do not undo each other's changes", async ({ page, context }) => {
  await open(page, paths.setup);
  const other = await context.newPage();
  await open(other, paths.setup);

  // Text under way in one tab survives what another tab saves, and sees it.
  const description = page.getByRole('textbox', { name: 'Description', exact: true });
  const tooLong = 'd'.repeat(501);
  await description.fill(tooLong);
  await other.getByRole('textbox', { name: 'Brand name', exact: true }).fill('Kiln of two tabs');
  await expect(region(other, 'At a glance').getByRole('status')).toHaveText('Saved');
  await expect(page.getByRole('textbox', { name: 'Brand name', exact: true })).toHaveValue('Kiln of two tabs');
  await expect(description).toHaveValue(tooLong);

  // Both add to the same list.
  await other.getByRole('textbox', { name: 'Add a keyword' }).fill('from the other tab');
  await other.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Add a keyword' }).fill('from this tab');
  await page.keyboard.press('Enter');
  for (const tab of [page, other]) {
    // Beside it may stand who else changed the card.
    await expect(region(tab, 'Expertise').getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible();
    for (const keyword of ['from this tab', 'from the other tab']) {
      await expect(tab.getByRole('list', { name: 'Keywords', exact: true })).toContainText(keyword);
    }
  }
});
