// Pages stay up to date by themselves: one stream for all tabs of a browser, and without a stream all the same.
import { expect, type Reelsheet, signIn, test } from '../helpers';
import { Proxy } from '../proxy';
import { Sheet } from './studio';

const proxies: Proxy[] = [];

test.afterEach(async () => {
  await Promise.all(proxies.splice(0).map((proxy) => proxy.stop()));
});

/** How many streams of live updates the server holds open. */
async function streams(server: Reelsheet): Promise<number> {
  const metrics = await (await fetch(`${server.baseURL}/metrics`)).text();
  return Number(/^reelsheet_sse_clients (\d+)$/m.exec(metrics)?.[1]);
}

/** Begins a text on the only row of a sheet. */
async function generate(sheet: Sheet): Promise<void> {
  const drawer = await sheet.inspect(1, 'SCRIPT');
  await drawer.getByRole('textbox', { name: 'Prompt' }).fill('A line about clay.');
  await drawer.getByRole('button', { name: /^Generate/ }).click();
  await sheet.expectState(1, 'SCRIPT', 'pending');
}

test('three tabs share one stream, and when the tab that listens is closed the others miss nothing', async ({ context, newServer }) => {
  const server = await newServer();
  const listening = await context.newPage();
  await signIn(listening, undefined, server.baseURL);
  const first = await Sheet.clone(listening, 'TikTok Montage', server.baseURL);
  const others = [await context.newPage(), await context.newPage()];
  const sheets = [first];
  for (const page of others) sheets.push(await Sheet.open(page, first.title, listening.url()));
  await expect.poll(() => streams(server)).toBe(1);

  await generate(first);
  for (const sheet of sheets) await sheet.expectState(1, 'SCRIPT', 'pending');
  await server.sim.step();
  for (const sheet of sheets) await sheet.expectState(1, 'SCRIPT', 'processing');
  expect(await streams(server)).toBe(1);

  await Promise.all([listening.close(), server.sim.drain()]);
  for (const sheet of sheets.slice(1)) await sheet.expectState(1, 'SCRIPT', 'completed');
  await expect.poll(() => streams(server)).toBe(1);
});

test('where no stream gets through, pages ask instead, and return to the stream when it does', async ({ page, newServer }) => {
  test.setTimeout(180_000);
  const server = await newServer();
  const proxy = await Proxy.start(server.baseURL);
  proxies.push(proxy);
  proxy.cut('/events');
  await signIn(page, undefined, proxy.url);
  const sheet = await Sheet.clone(page, 'TikTok Montage', proxy.url);
  await generate(sheet);
  await server.sim.step();
  await sheet.expectState(1, 'SCRIPT', 'processing', 30_000);
  expect(await streams(server)).toBe(0);
  await expect(page.getByText('Live updates are interrupted')).toHaveCount(0);

  proxy.mend();
  await expect.poll(() => streams(server), { timeout: 90_000 }).toBe(1);
  await server.sim.drain();
  await sheet.expectState(1, 'SCRIPT', 'completed');

  // Cut in the middle: the browser tries again by itself, in vain, and the page asks.
  await generate(sheet);
  proxy.cut('/events');
  await server.sim.drain();
  await sheet.expectState(1, 'SCRIPT', 'completed', 30_000);
});

for (const how of ['stop', 'kill'] as const) {
  test(`an open page goes on by itself after the server was ended (${how}) and started again`, async ({ page, newServer }) => {
    const server = await newServer();
    await signIn(page, undefined, server.baseURL);
    const sheet = await Sheet.clone(page, 'TikTok Montage', server.baseURL);
    await generate(sheet);
    await expect.poll(() => streams(server)).toBe(1);
    await server.restart(how);
    await server.sim.drain();
    await sheet.expectState(1, 'SCRIPT', 'completed', 30_000);
    await expect(page.getByText('Live updates are interrupted')).toHaveCount(0);
  });
}
