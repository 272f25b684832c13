// What GEN watches: begun at a price, followed, changed while it goes on, added by its number.
import { expect, expectAccessible, open, test } from '../helpers';
import { alertIn, callsTo, kiln } from './studio';

const path = `/agents/${kiln}/setup/monitoring`;

test.beforeEach(async ({ page, signIn }) => {
  await signIn(page);
  await open(page, path);
});

test('a look says its price, is sent once, and is followed to its end', async ({ page, sim }) => {
  const form = page.getByRole('form', { name: 'Look at what others post' });
  const start = form.getByRole('button', { name: 'Start', exact: true });
  await expect(start).toBeDisabled();
  await form.getByRole('textbox', { name: 'Whom or what' }).fill('claylab');
  await expect(form).toContainText('≈ 46.9 cr ($0.38) at most, once');
  await form.getByRole('checkbox', { name: 'Comments too' }).check();
  await expect(form).toContainText('($1.38)');
  await form.getByRole('spinbutton', { name: 'Most videos' }).fill('51');
  await expect(alertIn(form)).toContainText('One look brings 1 to 50 videos.');
  await expect(start).toBeDisabled();
  await form.getByRole('spinbutton', { name: 'Most videos' }).fill('50');
  await expect(alertIn(form)).toHaveCount(0);
  await form.getByRole('combobox', { name: 'Platform' }).selectOption({ label: 'Instagram' });
  await form.getByRole('combobox', { name: 'What', exact: true }).selectOption({ label: 'Keyword' });
  await expect(alertIn(form)).toContainText('Instagram cannot be searched for keywords.');
  await form.getByRole('combobox', { name: 'Platform' }).selectOption({ label: 'TikTok' });
  await form.getByRole('combobox', { name: 'What', exact: true }).selectOption({ label: 'Creator' });
  await form.getByRole('textbox', { name: 'Country' }).fill('dk');
  await expectAccessible(page);
  await start.click();

  const row = page.getByRole('list', { name: 'With GEN' }).getByRole('listitem').first();
  await expect(row).toContainText('@claylab on TikTok, 30 days, DK, at most 50 videos, with comments');
  const sent = (await callsTo(sim, 'POST', '/user_jobs')).at(-1)!;
  expect(sent.idempotency_key).not.toBeNull();
  await expect(row).toContainText(/pending|processing/);
  await sim.drain();
  await expect(row).toContainText('completed');
  await expect(row.getByRole('button', { name: 'Change' })).toHaveCount(0);
  await expectAccessible(page);
});

test('what is kept up can be changed while it goes on', async ({ page, sim }) => {
  const form = page.getByRole('form', { name: 'Look at what others post' });
  await form.getByRole('combobox', { name: 'What', exact: true }).selectOption({ label: 'Hashtag' });
  await form.getByRole('textbox', { name: 'Whom or what' }).fill('#glaze');
  await form.getByRole('checkbox', { name: 'Keep looking' }).check();
  await expect(form).toContainText('GEN goes on looking');
  await form.getByRole('button', { name: 'Start', exact: true }).click();
  const row = page.getByRole('listitem', { name: /^#glaze/ });
  await expect(row).toContainText('Kept up');
  await row.getByRole('button', { name: 'Change' }).click();
  const change = row.getByRole('form', { name: 'Change' });
  await change.getByRole('combobox', { name: 'Posted within' }).selectOption({ label: '7 days' });
  await expectAccessible(page);
  await change.getByRole('button', { name: 'Save' }).click();
  await expect(row).toContainText('7 days');
  await expect(change).toHaveCount(0);
  expect(await callsTo(sim, 'PUT', /\/user_jobs\/\d+$/)).toHaveLength(1);
  await row.getByRole('button', { name: 'Check now' }).click();
  await expect(row).toContainText(/pending|processing/);
});

test('one that was begun elsewhere is added by its number; one that is not there is said to be', async ({ page }) => {
  const form = page.getByRole('form', { name: 'Add by number' });
  await form.getByRole('textbox').fill('424242');
  await form.getByRole('button', { name: 'Add' }).click();
  await expect(alertIn(form)).toContainText('user_job_not_found');
  await expect(form.getByRole('textbox')).toHaveValue('424242');
  await expectAccessible(page);
});

test('a look that GEN refuses for want of credits stays, with the reason', async ({ newServer, page, signIn }) => {
  const server = await newServer();
  await server.sim.setCredits(10, 0);
  await signIn(page, undefined, server.baseURL);
  await open(page, server.baseURL + path);
  const form = page.getByRole('form', { name: 'Look at what others post' });
  await form.getByRole('textbox', { name: 'Whom or what' }).fill('claylab');
  await form.getByRole('button', { name: 'Start', exact: true }).click();
  const unsent = page.getByRole('list', { name: 'Not with GEN' }).getByRole('listitem').first();
  await expect(unsent).toContainText('@claylab on TikTok');
  await expect(unsent).toContainText('Nothing was charged.');
  await expectAccessible(page);
});
