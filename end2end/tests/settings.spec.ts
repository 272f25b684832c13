// Settings: who pays, keys at GEN, whom GEN tells.
import { admin, expect, expectAccessible, open, test } from '../helpers';
import { alertIn, callsTo, kiln } from './studio';

test.beforeEach(async ({ page, signIn }) => signIn(page));

test('the settings pages lead to one another', async ({ page }) => {
  await open(page, '/settings/keys');
  for (const name of ['Spending', 'Workspace', 'Automation']) {
    await page.getByRole('navigation', { name: 'Settings pages' }).getByRole('link', { name }).click();
    await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
    await expectAccessible(page);
  }
});

test('an organization is made, renamed, and deleted by name and password', async ({ page, sim }) => {
  await open(page, '/settings/workspace');
  const list = page.getByRole('list', { name: 'Organizations' });
  await expect(list.getByRole('listitem', { name: 'Tidewater Studio' })).toContainText(/Credits left[\d,]+ cr/);
  await list.getByRole('listitem', { name: 'Tidewater Studio' }).getByRole('button', { name: 'Ask GEN now' }).click();
  const form = page.getByRole('form', { name: 'New organization' });
  await form.getByRole('textbox', { name: 'Name' }).fill('North Kiln');
  await form.getByRole('button', { name: 'Create organization' }).click();
  const north = list.getByRole('listitem', { name: 'North Kiln' });
  await expect(north).toContainText('You are owner');
  await north.getByText('Change', { exact: true }).click();
  await north.getByRole('textbox', { name: 'Organization name' }).fill('South Kiln');
  await north.getByRole('button', { name: 'Rename' }).click();
  const south = list.getByRole('listitem', { name: 'South Kiln' });
  await expect(south).toBeVisible();

  await south.getByRole('button', { name: 'Delete organization…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete this organization?' });
  await dialog.getByRole('textbox', { name: /^Type/ }).fill('South Kiln');
  const remove = dialog.getByRole('button', { name: 'Delete organization' });
  await expect(remove).toBeDisabled();
  await dialog.getByLabel('Your password here').fill('not the password');
  await remove.click();
  await expect(alertIn(dialog)).toBeVisible();
  await expectAccessible(page);
  expect(await callsTo(sim, 'DELETE', /\/organizations\/\d+$/)).toHaveLength(0);
  await dialog.getByLabel('Your password here').fill(admin.password);
  await remove.click();
  await expect(south).toHaveCount(0);
});

test('a key at GEN is shown once, renamed, and revoked by its name', async ({ page }) => {
  await open(page, '/settings/keys');
  const section = page.getByRole('region', { name: 'Keys at GEN' });
  await section.getByRole('button', { name: 'List keys' }).click();
  const list = section.getByRole('list', { name: 'Keys at GEN' });
  await expect(list.getByRole('listitem').first()).toBeVisible();
  await section.getByRole('textbox', { name: 'Name of the new key' }).fill('n8n');
  await section.getByRole('button', { name: 'Create key' }).click();
  const shown = section.locator('code').filter({ hasText: /^gen_pat_/ });
  await expect(shown).toBeVisible();
  const secret = (await shown.textContent())!;
  await expectAccessible(page);
  await section.getByRole('button', { name: 'I have it' }).click();
  await expect(shown).toHaveCount(0);
  await page.reload();
  expect(await page.content()).not.toContain(secret);
  await expect(page.locator('html')).toHaveAttribute('data-hydrated', /.*/);

  await section.getByRole('button', { name: 'List keys' }).click();
  await section.getByRole('button', { name: 'Rename n8n' }).click();
  const row = list.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Rename n8n' }) });
  await row.getByRole('textbox').fill('n8n production');
  await row.locator('form').getByRole('button').first().click();
  await expect(section.getByRole('button', { name: 'Revoke n8n production' })).toBeVisible();
  await section.getByRole('button', { name: 'Revoke n8n production' }).click();
  const dialog = page.getByRole('dialog', { name: 'Revoke this key?' });
  await dialog.getByRole('textbox').fill('n8n production');
  await dialog.getByRole('button', { name: 'Revoke key' }).click();
  await expect(section.getByRole('button', { name: 'Revoke n8n production' })).toBeDisabled();
});

test('revoking every key cuts this dashboard off, and it says so', async ({ newServer, page, signIn }) => {
  const server = await newServer();
  await signIn(page, undefined, server.baseURL);
  await open(page, `${server.baseURL}/settings/keys`);
  const section = page.getByRole('region', { name: 'Keys at GEN' });
  await section.getByRole('button', { name: 'Revoke all…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Revoke every key of this account?' });
  await dialog.getByRole('textbox', { name: /^Type/ }).fill('revoke all');
  await dialog.getByLabel('Your password here').fill(admin.password);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Revoke all keys' }).click();
  await expect(alertIn(section)).toContainText('That was the key Reelsheet itself came with');
});

test('automation fills in our own address, and shows what GEN answers', async ({ page, sim }) => {
  await open(page, `/settings/automation?agent=${kiln}`);
  const form = page.getByRole('form', { name: 'Whom GEN tells' });
  const webhook = form.getByRole('textbox', { name: 'Webhook URL' });
  await form.getByRole('button', { name: "Use Reelsheet's own address" }).click();
  await expect(webhook).toHaveValue(/^http:\/\/127\.0\.0\.1:\d+\/hooks\/gen\/[\w-]{43}$/);
  await expect(form).toContainText('GEN is to be told over https only.');
  const first = await webhook.inputValue();
  await form.getByRole('button', { name: 'Make a new one' }).click();
  await expect(webhook).not.toHaveValue(first);
  await expect(webhook).toHaveValue(/\/hooks\/gen\//);
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(form.getByRole('status').first()).toHaveText('Saved');
  const sent = (await callsTo(sim, 'PATCH', '/automation_config')).at(-1)!.body as { automation_config: object };
  expect(Object.keys(sent.automation_config)).toEqual(['webhook_url']);
  await form.getByRole('button', { name: 'Test webhook', exact: true }).click();
  await expect(form).toContainText('GEN reached it');
  await form.getByRole('button', { name: 'Copy as curl: test webhook' }).click();
  const command = page.getByRole('dialog', { name: 'As a command' });
  await expect(command.getByRole('region', { name: 'Command' })).toContainText('/automation_config/test_webhook');
  await command.getByRole('button', { name: 'Close' }).click();
  await expectAccessible(page);

  await form.getByRole('textbox', { name: 'Callback URL' }).fill('https://hooks.example.com/gen');
  await form.getByRole('checkbox', { name: 'Polling enabled' }).check();
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(form.getByRole('status').first()).toHaveText('Saved');
  await form.getByRole('button', { name: 'Test callback', exact: true }).click();
  await expect(form).toContainText('GEN did not reach it');
  await expectAccessible(page);
});
