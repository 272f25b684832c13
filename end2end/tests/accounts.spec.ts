// Coming in, staying in, being let in to less, and going out.
import { admin, expect, expectAccessible, hydrated, keys, open, test } from '../helpers';
import { alertIn, callsTo, kiln, paths, Sheet, springGlazes } from './studio';

test('the first run: setup key, first account, GEN key', async ({ newServer, page, context }) => {
  const server = await newServer({ setUp: false });
  await page.goto(server.baseURL);
  await expect(page).toHaveURL(/\/welcome$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Welcome' })).toBeVisible();
  await hydrated(page);
  await expectAccessible(page);
  const setupKey = /enter the setup key (\S+)/.exec(server.log)?.[1] ?? '';
  expect(setupKey).not.toBe('');

  await test.step('a wrong setup key is said at its field', async () => {
    await page.getByLabel('Setup key').fill('not the key');
    await page.getByLabel('Name').fill('Rosa');
    await page.getByLabel('Email').fill('rosa@kiln.example');
    await page.getByLabel('Password').fill('a long enough passphrase');
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(alertIn(page)).toContainText('The setup key is wrong, used, or older than an hour.');
    await expect(page.getByLabel('Setup key')).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByLabel('Name')).toHaveValue('Rosa');
    await expectAccessible(page);
  });

  await test.step('a short password is refused', async () => {
    await page.getByLabel('Setup key').fill(setupKey);
    await page.getByLabel('Password').fill('short');
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page).toHaveURL(/\/welcome/);
    expect(await page.getByLabel('Password').evaluate((input: HTMLInputElement) => input.validity.tooShort)).toBe(true);
  });

  await test.step('the account is made, and the GEN key comes next', async () => {
    await page.getByLabel('Password').fill('a long enough passphrase');
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page).toHaveURL(/\/settings\/keys$/);
    await hydrated(page);
    await expectAccessible(page);
  });

  await test.step('a wrong GEN key is tested before it is saved', async () => {
    await page.getByLabel('Key', { exact: true }).fill(keys.wrong);
    await page.getByRole('button', { name: 'Test and save' }).click();
    const form = page.getByRole('form', { name: 'Add a key' });
    await expect(alertIn(form)).toContainText('GEN refuses this key');
    await expect(page.getByRole('list', { name: 'Keys' })).toHaveCount(0);
    await expectAccessible(page);
  });

  await test.step('the right one is saved, and never shown again', async () => {
    await page.getByLabel('Key', { exact: true }).fill(keys.demo);
    await page.getByLabel('Label').fill('Rosa, office');
    await page.getByRole('checkbox', { name: 'Share with the team' }).check();
    await page.getByRole('button', { name: 'Test and save' }).click();
    await expect(page.getByRole('form').getByRole('status')).toContainText('Rosa Lindqvist');
    const saved = page.getByRole('list', { name: 'Keys' }).getByRole('listitem');
    await expect(saved).toContainText('Rosa, office');
    await expect(saved).toContainText('Shared with the team');
    await expect(page.getByLabel('Key', { exact: true })).toHaveValue('');
    const [html, stored] = [await page.content(), await context.storageState()];
    expect(html).not.toContain(keys.demo);
    expect(JSON.stringify(stored)).not.toContain(keys.demo);
    expect(server.log).not.toContain(keys.demo);
    await saved.getByRole('button', { name: 'Test' }).click();
    await expect(saved.getByRole('status')).toContainText('Rosa Lindqvist');
  });

  await test.step('the studio is there', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Setup' }).click();
    await expect(page.getByRole('textbox', { name: 'Brand name', exact: true })).toHaveValue('Kiln & Tide');
  });

  await test.step('the first run is over', async () => {
    // Left first: a page that finds itself signed out leads to the sign-in by itself.
    await page.goto('about:blank');
    await context.clearCookies();
    await page.goto(`${server.baseURL}/welcome`);
    await expect(page).toHaveURL(/\/login/);
  });
});

test('a wrong password is said in words, and the e-mail stays', async ({ page }) => {
  await open(page, '/login');
  await page.getByLabel('Email').fill(admin.email);
  await page.getByLabel('Password').fill('not the passphrase');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(alertIn(page)).toContainText('E-mail or password is wrong.');
  await expect(page.getByLabel('Email')).toHaveValue(admin.email);
  await expectAccessible(page);
});

test('signing in leads back to where one wanted to go, and signing out ends the session', async ({ page, signIn }) => {
  await page.goto(paths.ideas);
  await expect(page).toHaveURL(/\/login\?next=/);
  await page.getByLabel('Email').fill(admin.email);
  await page.getByLabel('Password').fill(admin.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(new RegExp(`${paths.ideas}$`));

  await hydrated(page);
  await page.locator('summary').filter({ hasText: 'Account of' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/login/);
  await page.goto(paths.setup);
  await expect(page).toHaveURL(/\/login\?next=/);
  await signIn(page);
});

test('nobody is led to another site after signing in', async ({ page }) => {
  for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example']) {
    await page.goto(`/login?next=${encodeURIComponent(next)}`);
    await page.getByLabel('Email').fill(admin.email);
    await page.getByLabel('Password').fill(admin.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible();
    // Left first: a page that finds itself signed out leads to the sign-in by itself.
    await page.goto('about:blank');
    await page.context().clearCookies();
  }
});

test('a session that ended in the middle of a sentence loses nothing', async ({ page, context, signIn }) => {
  await signIn(page);
  const sheet = await Sheet.open(page);
  const address = page.url();
  await sheet.choose(13, 'HOOK');
  await page.keyboard.press('Enter');
  await sheet.editor(13, 'HOOK').fill('Half a sentence that');

  const other = await context.newPage();
  await open(other, '/');
  await other.locator('summary').filter({ hasText: 'Account of' }).click();
  await other.getByRole('button', { name: 'Sign out' }).click();
  await expect(other).toHaveURL(/\/login/);

  await page.keyboard.type(' nobody wants to type twice');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/login\?next=/);
  await page.getByLabel('Email').fill(admin.email);
  await page.getByLabel('Password').fill(admin.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(address);
  await expect(sheet.cell(13, 'HOOK')).toContainText('Half a sentence that nobody wants to type twice');
  await page.getByRole('button', { name: 'Save again' }).click();
  await expect(sheet.saved).toHaveText('Saved');
  await page.reload();
  await expect(sheet.cell(13, 'HOOK')).toContainText('Half a sentence that nobody wants to type twice');
});

test('a session that ended under a form of the Setup canvas loses nothing', async ({ page, context, signIn }) => {
  await signIn(page);
  await open(page, paths.setup);
  await page.getByRole('textbox', { name: 'Onboarding status', exact: true }).fill('half way');
  // Before the pause after which it saves itself; news that come first send to the same page.
  await context.clearCookies();
  await expect(page).toHaveURL(/\/login\?next=/);
  await page.getByLabel('Email').fill(admin.email);
  await page.getByLabel('Password').fill(admin.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(new RegExp(`${paths.setup}$`));
  await expect(page.getByRole('textbox', { name: 'Onboarding status', exact: true })).toHaveValue('half way');
});

test('a restart keeps people signed in', async ({ newServer, page, signIn }) => {
  const server = await newServer({ variables: { REELSHEET_ADDR: '127.0.0.1:0' } });
  await signIn(page, undefined, server.baseURL);
  await server.restart('kill');
  await open(page, `${server.baseURL}/queue`);
  await expect(page.getByRole('heading', { level: 1, name: 'Queue' })).toBeVisible();
});

test('an address that leads nowhere is told as such, with a way home', async ({ page, signIn }) => {
  await signIn(page);
  const answer = await page.goto('/no/such/page');
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no such page');
  await hydrated(page);
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Home' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible();
  await page.goto('/agents/nobody/setup');
  await expect(alertIn(page.getByRole('main')).first()).toContainText('There is no such agent.');
});

test('a viewer sees everything and can spend nothing', async ({ newServer, page, signIn }) => {
  const server = await newServer();
  const vera = { email: 'vera@kiln.example', password: 'only here to look' };
  await server.addPerson(vera, 'viewer');
  await signIn(page, vera, server.baseURL);
  await open(page, server.baseURL + paths.setup);
  await expect(page.getByText('Your role is viewer')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Description', exact: true })).toBeDisabled();

  const sheet = await Sheet.open(page, undefined, server.baseURL + paths.vidsheet(springGlazes));
  await expect(sheet.cell(1, 'HOOK')).toContainText('Drying mugs rim-down');
  const drawer = await sheet.inspect(10, 'HERO');
  await drawer.getByRole('textbox', { name: 'Prompt' }).fill('A picture that nobody pays for.');
  const generate = drawer.getByRole('button', { name: /^Generate/ });
  // Either the button says no, or the server does; in both cases the reason is on the page.
  if (await generate.isEnabled()) {
    await generate.click();
    await expect(alertIn(drawer)).toContainText('Your role does not allow this.');
  } else {
    await expect(drawer).toContainText(/role/);
  }
  await sheet.write(10, 'HOOK', 'A viewer was here');
  await expect(page.getByText('A viewer was here').last()).toBeVisible();
  await expect(alertIn(page.getByRole('main')).filter({ hasText: 'Your role does not allow this.' }).first()).toBeVisible();
  await open(page, server.baseURL + paths.ideas);
  await page.getByRole('textbox', { name: 'Message' }).fill('Give me 5 new ideas.');
  await page.getByRole('button', { name: /^Send/ }).click();
  await expect(alertIn(page.getByRole('form', { name: 'Ask for ideas' }))).toContainText('Your role does not allow this.');

  expect(await callsTo(server.sim, 'POST', /./)).toEqual([]);
  expect(await callsTo(server.sim, 'PATCH', /./)).toEqual([]);
  expect((await callsTo(server.sim, 'GET', `/agents/${kiln}/core`)).length).toBeGreaterThan(0);
});

test("a key reaches its own organization's agents only", async ({ newServer, page, signIn }) => {
  const server = await newServer({ genKey: keys.otherOrganization });
  await signIn(page, undefined, server.baseURL);
  await open(page, server.baseURL + paths.setup);
  await expect(alertIn(page.getByRole('main')).first()).toContainText('There is no such agent.');
  await expect(page.getByRole('main')).not.toContainText('ceramics');
  expect(await callsTo(server.sim, 'GET', `/agents/${kiln}/core`)).toEqual([]);
});
