// What something will cost is said before it is started; caps hold; what was made already is not paid for again.
import { admin, expect, expectAccessible, open, test } from '../helpers';
import { alertIn, callsTo, Sheet } from './studio';

const editor = { email: 'ed@kiln.example', password: 'another long passphrase' };

test('Generate says what it will cost, where the figure comes from, and whether there is enough', async ({ newServer, page, signIn }) => {
  const server = await newServer();
  await signIn(page, admin, server.baseURL);
  const sheet = await Sheet.clone(page, undefined, server.baseURL);
  const drawer = await sheet.inspect(1, 'HERO');
  const generate = drawer.getByRole('button', { name: /^Generate/ });
  await expect(generate).toHaveText('Generate · ≈ 5 cr');
  await expect(generate).toHaveAccessibleDescription("GEN's published figure");
  await drawer.getByRole('textbox', { name: 'Prompt' }).fill('A bowl of ash.');
  await expect(drawer).toContainText('Fits, 8,412 cr left');
  await expectAccessible(page);
  for (const prompt of ['One bowl.', 'Another bowl.', 'A third bowl.']) {
    await drawer.getByRole('textbox', { name: 'Prompt' }).fill(prompt);
    await generate.click();
    await sheet.expectState(1, 'HERO', 'pending');
    await server.sim.drain();
    await sheet.expectState(1, 'HERO', 'completed');
  }
  await drawer.getByRole('textbox', { name: 'Prompt' }).fill('A fourth bowl.');
  await expect(generate).toHaveAccessibleDescription('Median of 3 like it');
  await expect(drawer.getByRole('form', { name: 'Creation card' })).toContainText(/≈ 5 cr\s*·\s*≈ \d+ (s|min)/);
  await expect(drawer.getByRole('region', { name: 'Takes' }).getByRole('listitem').first()).toContainText('≈ 5 → 5 cr');

  await server.sim.setCredits(10, 3);
  await generate.click();
  await expect(alertIn(drawer.getByRole('form', { name: 'Creation card' }))).toContainText('Insufficient credits');
  await drawer.getByRole('textbox', { name: 'Prompt' }).fill('A fifth bowl.');
  await expect(drawer).toContainText('Not enough credits: 3 cr left');
  await expectAccessible(page);
});

test('what was made with the same settings is offered instead of being paid for again', async ({ newServer, page, signIn }) => {
  const server = await newServer();
  await signIn(page, admin, server.baseURL);
  const sheet = await Sheet.clone(page, undefined, server.baseURL);
  const drawer = await sheet.inspect(1, 'HERO');
  for (const prompt of ['The first bowl.', 'The second bowl.']) {
    await sheet.generate(1, 'HERO', prompt);
    await sheet.expectState(1, 'HERO', 'pending');
    await server.sim.drain();
    await sheet.expectState(1, 'HERO', 'completed');
  }
  const note = drawer.getByRole('form', { name: 'Creation card' }).getByText(/^Already made with the same settings on /);
  await expect(note).toBeVisible();
  await expect(drawer.getByRole('button', { name: 'Use that take · 0 cr' })).toHaveCount(0);
  await drawer.getByRole('textbox', { name: 'Prompt' }).fill('The third bowl.');
  await expect(note).toHaveCount(0);
  await drawer.getByRole('textbox', { name: 'Prompt' }).fill('The first bowl.');
  await drawer.getByRole('button', { name: 'Use that take · 0 cr' }).click();
  const takes = drawer.getByRole('region', { name: 'Takes' }).getByRole('listitem');
  await expect(takes.filter({ hasText: 'Take 1' })).toContainText('Shown');
  await expectAccessible(page);
  expect(await callsTo(server.sim, 'POST', '/generate')).toHaveLength(2);
});

test('what goes over a cap is held, and an admin releases it', async ({ newServer, browser, page, signIn }) => {
  const server = await newServer();
  await server.addPerson(editor, 'editor');
  await signIn(page, admin, server.baseURL);
  await open(page, `${server.baseURL}/settings/spending`);
  const each = page.getByRole('list', { name: 'Caps' }).getByRole('listitem', { name: 'Each person' });
  await each.getByRole('textbox', { name: 'Each person, credits a day' }).fill('lots');
  await expect(alertIn(each)).toContainText('A number of credits');
  await expect(each.getByRole('button', { name: 'Save' })).toBeDisabled();
  await each.getByRole('textbox').fill('7');
  await each.getByRole('button', { name: 'Save' }).click();
  await expect(each.getByRole('status')).toHaveText('Saved');
  await expectAccessible(page);
  await page.reload();
  await expect(each.getByRole('textbox')).toHaveValue('7');

  const context = await browser.newContext();
  const other = await context.newPage();
  await signIn(other, editor, server.baseURL);
  await open(other, `${server.baseURL}/settings/spending`);
  await expect(other.getByRole('listitem', { name: 'Each person' })).toContainText('7 cr a day');
  await expect(other.getByRole('main').getByRole('textbox')).toHaveCount(0);
  await expectAccessible(other);
  const sheet = await Sheet.clone(other, undefined, server.baseURL);
  await sheet.generate(1, 'HERO', 'A bowl within the cap.');
  await sheet.expectState(1, 'HERO', 'pending');
  const drawer = await sheet.inspect(1, 'SCRIPT');
  await drawer.getByRole('textbox', { name: 'Prompt' }).fill('Write about bowls.');
  await expect(drawer).toContainText('Fits, 2 cr left');
  await server.sim.drain();
  await sheet.generate(1, 'SCRIPT', 'Write about bowls.');
  await sheet.expectState(1, 'SCRIPT', 'pending');
  const voice = await sheet.inspect(1, 'VOICE');
  await voice.getByRole('textbox', { name: 'Script' }).fill('Bowls.');
  await expect(voice).toContainText("Over today's cap (0 cr left): it waits for an admin");
  await voice.getByRole('button', { name: /^Generate/ }).click();
  await sheet.expectState(1, 'VOICE', 'held');
  await expect(voice).toContainText('go over your cap of 7 credits a day');
  await expect(voice.getByRole('button', { name: 'Release' })).toBeDisabled();
  await expectAccessible(other);
  const sent = (await callsTo(server.sim, 'POST', '/generate')).length;
  expect(sent).toBe(2);

  await open(page, `${server.baseURL}/queue`);
  const held = page.getByRole('list', { name: 'Waiting', exact: true }).getByRole('listitem', { name: 'VOICE, row 1' });
  await expect(held).toContainText('held');
  await expect(held).toContainText('ed');
  await expectAccessible(page);
  await held.getByRole('button', { name: 'Release' }).click();
  await sheet.expectState(1, 'VOICE', 'pending');
  expect(await callsTo(server.sim, 'POST', '/generate')).toHaveLength(3);
  await context.close();
});
