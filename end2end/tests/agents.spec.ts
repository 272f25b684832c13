// Agents: made, named, pictured, and deleted behind a typed name.
import { expect, expectAccessible, open, test } from '../helpers';
import { alertIn, callsTo, kiln, paths } from './studio';

/** One grey pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mM8c+bMfwAG3AMN1L5/YAAAAABJRU5ErkJggg==',
  'base64',
);
const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');

test.beforeEach(async ({ page, signIn }) => signIn(page));

test('an agent is made, renamed and deleted by its typed name', async ({ page, sim }) => {
  await open(page, '/agents');
  await expectAccessible(page);
  const form = page.getByRole('form', { name: 'New agent' });
  const create = form.getByRole('button', { name: 'Create agent' });
  await expect(create).toBeDisabled();
  await form.getByRole('textbox', { name: 'Name' }).fill('Slow Kiln');
  await form.getByRole('combobox', { name: 'Organization' }).selectOption({ label: 'Tidewater Studio' });
  await form.getByRole('textbox', { name: 'Time zone' }).fill('Europe/Copenhagen');
  await create.click();
  await expect(page).toHaveURL(/\/agents\/[^/]+\/setup$/);
  const sent = (await callsTo(sim, 'POST', '/agents')).at(-1)!.body as { agent: { name: string; time_zone: string } };
  expect(sent.agent).toMatchObject({ name: 'Slow Kiln', time_zone: 'Europe/Copenhagen' });

  await page.getByRole('navigation', { name: 'Setup pages' }).getByRole('link', { name: 'Agent' }).click();
  const details = page.getByRole('form', { name: 'Name and place' });
  await details.getByRole('textbox', { name: 'Agent name' }).fill('Slower Kiln');
  await details.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(details.getByRole('status').first()).toHaveText('Saved');
  const patched = (await callsTo(sim, 'PATCH', /\/agents\/[^/]+$/)).at(-1)!.body;
  expect(patched).toEqual({ agent: { name: 'Slower Kiln' } });
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Delete agent…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete this agent?' });
  const remove = dialog.getByRole('button', { name: 'Delete agent' });
  await expect(remove).toBeDisabled();
  await dialog.getByRole('textbox').fill('Slow Kiln');
  await expect(remove).toBeDisabled();
  await expectAccessible(page);
  await dialog.getByRole('textbox').fill('Slower Kiln');
  await remove.click();
  await expect(page).toHaveURL(/\/agents$/);
  await expect(page.getByRole('link', { name: 'Slower Kiln' })).toHaveCount(0);
});

test('pictures are added, chosen and deleted, and an SVG is refused before GEN sees it', async ({ page, sim }) => {
  await open(page, `/agents/${kiln}/setup/agent`);
  const card = page.getByRole('region', { name: 'Pictures' });
  const pictures = card.getByRole('list', { name: 'Pictures' }).getByRole('listitem');
  const before = await pictures.count();
  const path = `/agents/${kiln}/avatars`;
  const uploads = (await callsTo(sim, 'POST', path)).length;
  const upload = card.getByLabel('Upload picture');
  await upload.setInputFiles({ name: 'face.png', mimeType: 'image/png', buffer: svg });
  await expect(alertIn(card)).toContainText('JPEG, PNG, WebP are');
  expect(await callsTo(sim, 'POST', path)).toHaveLength(uploads);

  for (const more of [1, 2]) {
    await upload.setInputFiles({ name: `face${more}.png`, mimeType: 'image/png', buffer: png });
    await expect(pictures).toHaveCount(before + more);
  }
  await expect(alertIn(card)).toHaveCount(0);
  const make = card.getByRole('button', { name: /^Make picture .* primary$/ });
  const words = (await make.first().getAttribute('aria-label'))!;
  await make.first().click();
  await expect(card.getByRole('button', { name: words })).toHaveCount(0);
  await expect(pictures.filter({ has: page.getByText('Primary', { exact: true }) })).toHaveCount(1);

  const others = pictures.filter({ has: page.getByRole('button', { name: /^Make picture .* primary$/ }) });
  await others.nth(0).getByRole('checkbox').check();
  await others.nth(0).getByRole('button', { name: 'Copy as curl: make primary' }).click();
  const command = page.getByRole('dialog', { name: 'As a command' });
  await expect(command.getByRole('region', { name: 'Command' })).toContainText(/curl -X PATCH .*\/avatars\/\d+/);
  await expect(command).toContainText('$GEN_API_KEY');
  await command.getByRole('button', { name: 'Close' }).click();
  await others.nth(1).getByRole('checkbox').check();
  await card.getByRole('button', { name: 'Delete selected (2)' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete pictures' }).click();
  await expect(pictures).toHaveCount(before);
  await expectAccessible(page);
});

test('a viewer sees an agent and can change nothing of it', async ({ newServer, page, signIn }) => {
  const server = await newServer();
  const viewer = { email: 'vera@kiln.example', password: 'another long passphrase' };
  await server.addPerson(viewer, 'viewer');
  await signIn(page, viewer, server.baseURL);
  await open(page, `${server.baseURL}/agents/${kiln}/setup/agent`);
  await expect(page.getByRole('textbox', { name: 'Agent name' })).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Delete agent…' })).toBeDisabled();
  await open(page, server.baseURL + paths.setup);
  await expect(page.getByText('Your role is viewer: you see everything here')).toBeVisible();
  await page.getByRole('tab', { name: 'Design' }).click();
  await expect(page.getByRole('button', { name: 'Let GEN write it' })).toBeDisabled();
  await open(page, `${server.baseURL}/agents/${kiln}/setup/monitoring`);
  await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeDisabled();
});
