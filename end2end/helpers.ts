// What every spec imports instead of '@playwright/test'.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test as base } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { debugProgram, Program } from './processes';
import { keys, Simulator } from './simulator';

export { expect, keys, type Page };
export type { Fault, SimRequest } from './simulator';

/** The administrator that every server of the tests has, unless it is started without one. */
export const admin = { email: 'rosa@kiln.example', password: 'a long enough passphrase' };

/** How a server is started; left out, it is a set-up one with a simulator of its own. */
export interface ServerOptions {
  /** false: no account and no GEN key, so the first visitor meets /welcome. */
  setUp?: boolean;
  /** The team's GEN key; one of `keys`. */
  genKey?: string;
  /** A simulator that already runs; the server then shares it and does not stop it. */
  sim?: Simulator;
  /** The data folder of a stopped server, to start again on it. */
  dataDir?: string;
  /** Further variables, by their full name. */
  variables?: Record<string, string>;
}

/** A running dashboard with its simulator. */
export class Reelsheet {
  private constructor(
    private program: Program,
    private readonly options: ServerOptions,
    private readonly ownsSim: boolean,
    readonly sim: Simulator,
    readonly dataDir: string,
  ) {}

  static async start(options: ServerOptions = {}): Promise<Reelsheet> {
    const sim = options.sim ?? (await Simulator.start());
    const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'reelsheet-')));
    const program = await startProgram(options, sim, dataDir).catch(async (error: unknown) => {
      // Nobody else would end it.
      if (options.sim === undefined) await sim.stop();
      throw error;
    });
    return new Reelsheet(program, options, options.sim === undefined, sim, dataDir);
  }

  /** Scheme, address and port, without a slash at the end. */
  get baseURL(): string {
    return this.program.url;
  }

  /** Everything server and simulator have printed. */
  get log(): string {
    return `${this.program.log}\n-- simulator --\n${this.sim.log}`;
  }

  /** Ends the server, politely or as a power cut would, and starts it on the same data at the same address. */
  async restart(how: 'stop' | 'kill' = 'stop'): Promise<void> {
    await this.program[how]();
    await this.startAgain();
  }

  /** Adds an account from the shell, for which the server has to let go of its data for a moment. */
  async addPerson(account: typeof admin, role: 'viewer' | 'editor' | 'admin'): Promise<void> {
    await this.program.stop();
    const args = ['user', '--data-dir', this.dataDir, 'add', account.email, '--role', role];
    execFileSync(debugProgram, args, { input: `${account.password}\n` });
    await this.startAgain();
  }

  private async startAgain(): Promise<void> {
    const address = new URL(this.program.url).host;
    this.program = await startProgram(this.options, this.sim, this.dataDir, address);
  }

  /** Ends everything and deletes the data. */
  async stop(): Promise<void> {
    await this.program.stop();
    if (this.ownsSim) await this.sim.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

interface TestFixtures {
  /** The simulator of this worker's server. */
  sim: Simulator;
  /** Starts a further server for this test alone; it is stopped when the test ends. */
  newServer: (options?: ServerOptions) => Promise<Reelsheet>;
  signIn: typeof signIn;
  serverLog: void;
}

interface WorkerFixtures {
  /** This worker's server. `page.goto('/…')` is relative to it. */
  reelsheet: Reelsheet;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  reelsheet: [
    async ({}, use) => {
      const reelsheet = await Reelsheet.start();
      await use(reelsheet);
      await reelsheet.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ reelsheet }, use) => use(reelsheet.baseURL),
  sim: async ({ reelsheet }, use) => {
    await use(reelsheet.sim);
    // The next test of this worker shall not meet a fault that this one ordered.
    await reelsheet.sim.clearFaults();
    await reelsheet.sim.down(false);
  },
  newServer: async ({}, use) => {
    const servers: Reelsheet[] = [];
    await use(async (options) => {
      const server = await Reelsheet.start(options);
      servers.push(server);
      return server;
    });
    await Promise.all(servers.map((server) => server.stop()));
  },
  signIn: async ({}, use) => use(signIn),
  serverLog: [
    async ({ reelsheet }, use, testInfo) => {
      const before = reelsheet.log.length;
      await use();
      if (testInfo.status !== testInfo.expectedStatus) {
        await testInfo.attach('server.log', { body: reelsheet.log.slice(before), contentType: 'text/plain' });
      }
    },
    { auto: true },
  ],
});

/** Signs in and waits for the page that follows; at this worker's server unless another's `baseURL` is given. */
export async function signIn(page: Page, account = admin, baseURL = ''): Promise<void> {
  await page.goto(`${baseURL}/login`);
  await page.getByLabel('Email').fill(account.email);
  await page.getByLabel('Password', { exact: true }).fill(account.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).not.toHaveURL(/\/login/);
}

/** Goes to a page and waits until it is hydrated: a click before that would be lost. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await hydrated(page);
}

/** Waits until the script has taken over the page that the server rendered; on a busy machine that takes a while. */
export async function hydrated(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-hydrated', /.*/, { timeout: 30_000 });
}

/** Fails with one line per element that breaks a rule of WCAG 2.2 A or AA. Not for *.nojs.spec.ts: axe is a script. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const faults = violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${violation.help}: ${node.target.join(' ')}: ${node.html}`),
  );
  expect(faults, `accessibility of ${page.url()}`).toEqual([]);
}

function startProgram(
  options: ServerOptions,
  sim: Simulator,
  dataDir: string,
  address = '127.0.0.1:0',
): Promise<Program> {
  const account: Record<string, string> =
    options.setUp === false
      ? {}
      : {
          REELSHEET_ADMIN_EMAIL: admin.email,
          REELSHEET_ADMIN_PASSWORD: admin.password,
          REELSHEET_GEN_API_KEY: options.genKey ?? keys.demo,
        };
  return Program.start(debugProgram, ['serve'], {
    REELSHEET_ADDR: address,
    REELSHEET_DATA_DIR: dataDir,
    REELSHEET_GEN_API_URL: sim.apiUrl,
    REELSHEET_GEN_AGENT_URL: sim.apiUrl,
    REELSHEET_GEN_PROGRESS_URL: new URL('/', sim.apiUrl).href,
    REELSHEET_POLL_MS: '200',
    ...account,
    ...options.variables,
  });
}
