// How fast Reelsheet is, measured on the release build with the demo's studio: `make bench` prints the table.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from '@playwright/test';
import { admin, signIn } from './helpers';
import { Program, releaseProgram } from './processes';
import { keys } from './simulator';

const agent = 'ag_kiln_tide_7f3k';
const sheet = `/agents/${agent}/vidsheets/4100`;
const pages = [sheet, `/agents/${agent}/setup`, `/agents/${agent}/ideas`, `/agents/${agent}/renders`];

test('figures', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'reelsheet-bench-'));
  const asked = performance.now();
  const variables = { REELSHEET_ADDR: '127.0.0.1:0', REELSHEET_DATA_DIR: folder };
  const server = await Program.start(releaseProgram, ['serve', '--demo'], variables);
  try {
    row('start to listening, first start with the demo studio', `${ms(performance.now() - asked)}`);
    row('memory before the first page, with the simulator', megabytes(server.residentBytes));
    row('the program', megabytes(statSync(releaseProgram).size));
    for (const [name, raw, packed] of siteFiles()) row(`${name}, raw and brotli`, `${kilobytes(raw)}, ${kilobytes(packed)}`);

    await page.goto(server.url + sheet);
    await page.locator('html[data-hydrated]').waitFor();
    for (const path of pages) row(`the server answers ${path.replace(agent, '…')}`, await answers(page.request, server.url + path));

    const hydrated: number[] = [];
    for (let visit = 0; visit < 10; visit += 1) {
      await page.goto(server.url + sheet);
      await page.locator('html[data-hydrated]').waitFor();
      hydrated.push(await page.evaluate(() => performance.now()));
    }
    row('the grid can be used after navigation began, warm cache', spread(hydrated));
    row('a key to the next frame in the grid', spread(await keyToFrame(page)));
    await scrollOfAThousandIdeas(page);
    row('memory of the process after all this', `${megabytes(server.residentBytes)}`);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** How a lane of a thousand ideas scrolls, by frames. */
async function scrollOfAThousandIdeas(page: import('@playwright/test').Page): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'reelsheet-bench-'));
  const sim = await Program.start(releaseProgram, ['gen-sim', '--addr', '127.0.0.1:0', '--step']);
  const server = await Program.start(releaseProgram, ['serve'], {
    REELSHEET_ADDR: '127.0.0.1:0',
    REELSHEET_DATA_DIR: folder,
    REELSHEET_GEN_API_URL: `${sim.url}/v1`,
    REELSHEET_GEN_AGENT_URL: `${sim.url}/v1`,
    REELSHEET_ADMIN_EMAIL: admin.email,
    REELSHEET_ADMIN_PASSWORD: admin.password,
    REELSHEET_GEN_API_KEY: keys.demo,
  });
  try {
    const ideas = Array.from({ length: 1000 }, (_, place) => ({
      id: 10_000 + place,
      title: `Idea ${place}: what nobody says about glazes`,
      hook: 'It looks calm. It is a race.',
      full_script: 'You have seen this a hundred times. '.repeat(8),
      video_type: 'montage',
      status: 'generated',
      estimated_duration: 14,
      aspect_ratio: '9:16',
    }));
    const rule = { match: { operation: 'listIdeas' }, kind: 'status', status: 200, body: ideas };
    const headers = { 'content-type': 'application/json' };
    const set = await fetch(`${sim.url}/_sim/fault`, { method: 'POST', headers, body: JSON.stringify(rule) });
    if (!set.ok) throw new Error(`the simulator refused the ideas: ${set.status}`);
    await signIn(page, admin, server.url);
    await page.goto(`${server.url}/agents/${agent}/ideas`);
    await page.locator('html[data-hydrated]').waitFor({ timeout: 60_000 });
    row('a board of 1,000 ideas can be used after navigation began', ms(await page.evaluate(() => performance.now())));
    const frames = await page.locator('.lane-body').first().evaluate(async (lane) => {
      const times: number[] = [];
      let before = performance.now();
      for (let frame = 0; frame < 600; frame += 1) {
        lane.scrollTop += 150;
        await new Promise(requestAnimationFrame);
        const now = performance.now();
        times.push(now - before);
        before = now;
      }
      return times;
    });
    row('a frame while that lane scrolls', spread(frames));
    row('cards in the document at the end', `${await page.locator('.lane .idea').count()}`);
  } finally {
    await server.stop();
    await sim.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds from a key press reaching the page to the frame that shows it. */
async function keyToFrame(page: import('@playwright/test').Page): Promise<number[]> {
  await page.getByRole('gridcell').first().click();
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { keyTimes: times });
    addEventListener('keydown', () => {
      const pressed = performance.now();
      requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - pressed)));
    }, { capture: true });
  });
  for (let press = 0; press < 60; press += 1) await page.keyboard.press(press % 30 < 15 ? 'ArrowDown' : 'ArrowUp');
  return page.evaluate(() => (window as unknown as { keyTimes: number[] }).keyTimes);
}

async function answers(request: import('@playwright/test').APIRequestContext, url: string): Promise<string> {
  const times: number[] = [];
  for (let visit = 0; visit < 40; visit += 1) {
    const asked = performance.now();
    const answer = await request.get(url);
    await answer.body();
    times.push(performance.now() - asked);
    if (!answer.ok()) throw new Error(`${url} answered ${answer.status()}`);
  }
  return spread(times);
}

function siteFiles(): [string, number, number][] {
  const folder = join(dirname(releaseProgram), 'site', 'pkg');
  const names = readdirSync(folder).filter((name) => /\.(wasm|js|css)$/.test(name));
  return names.map((name) => {
    const path = join(folder, name);
    return [name.replace(/\.[0-9a-f]{16}\./, '.'), statSync(path).size, readFileSync(`${path}.br`).length];
  });
}

const row = (what: string, figure: string) => console.log(`| ${what} | ${figure} |`);
const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const kilobytes = (bytes: number) => `${Math.round(bytes / 1000)} kB`;
const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;

function spread(values: number[]): string {
  const sorted = [...values].sort((left, right) => left - right);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return `median ${ms(at(0.5))}, p95 ${ms(at(0.95))}`;
}
