// The older profile: read, changed section by section, emptied behind the agent's typed name.
import { expect, expectAccessible, open, test } from '../helpers';
import { alertIn, callsTo, kiln, paths } from './studio';

test('sections are read, saved and reset, and the canvas shows it', async ({ newServer, page, signIn }) => {
  const server = await newServer();
  await signIn(page, undefined, server.baseURL);
  await open(page, `${server.baseURL}/agents/${kiln}/setup/advanced`);
  await expect(page.getByRole('region', { name: 'Profile as JSON' })).toContainText('"brand_name": "Kiln & Tide"');
  await expectAccessible(page);
  const form = page.getByRole('form', { name: 'Change sections' });
  const text = form.getByRole('textbox', { name: 'Sections as JSON' });
  for (const [wrong, why] of [
    ['{', 'This is no JSON'],
    ['{"mood": {}}', '“mood” is no section'],
  ] as const) {
    await text.fill(wrong);
    await form.getByRole('button', { name: 'Save sections' }).click();
    await expect(alertIn(form)).toContainText(why);
    await expect(text).toHaveValue(wrong);
  }
  expect(await callsTo(server.sim, 'PUT', '/agent/profile')).toHaveLength(0);
  await text.fill('{"brand": {"goal": "authority"}}');
  await form.getByRole('button', { name: 'Save sections' }).click();
  await expect(form.getByRole('status').first()).toHaveText('Saved');
  await expect(page.getByRole('region', { name: 'Profile as JSON' })).toContainText('"goal": "authority"');

  await page.getByRole('button', { name: 'Reset…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Reset the brand section?' });
  await expect(dialog.getByRole('button', { name: 'Reset', exact: true })).toBeDisabled();
  await dialog.getByRole('textbox').fill('Kiln & Tide');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Profile as JSON' })).not.toContainText('"goal"');
  expect(await callsTo(server.sim, 'DELETE', '/agent/profile')).toHaveLength(1);
  await open(page, server.baseURL + paths.setup);
  await expect(page.getByRole('textbox', { name: 'Brand name', exact: true })).toHaveValue('');
});

test('a profile that GEN does not have yet is set up', async ({ newServer, page, signIn }) => {
  const server = await newServer();
  await signIn(page, undefined, server.baseURL);
  await server.sim.fault({ match: { operation: 'getAgentProfile' }, kind: 'status', status: 200, body: {} });
  await open(page, `${server.baseURL}/agents/${kiln}/setup/advanced`);
  const form = page.getByRole('form', { name: 'Change sections' });
  await form.getByRole('textbox', { name: 'Sections as JSON' }).fill('{"brand": {"goal": "growth"}}');
  await server.sim.clearFaults();
  await form.getByRole('button', { name: 'Set up' }).click();
  await expect(page.getByRole('region', { name: 'Profile as JSON' })).toContainText('"goal": "growth"');
  const [call] = await callsTo(server.sim, 'POST', '/agent/profile');
  expect(call?.body).toMatchObject({ brand: { goal: 'growth' } });
});
