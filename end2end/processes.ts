// Starts and stops the `reelsheet` program: as GEN's simulator, and as the dashboard.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { resolve } from 'node:path';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = resolve(root, process.env['CARGO_TARGET_DIR'] ?? 'target');

/** The debug build of the program; the README's pictures are taken of the release build. */
export const debugProgram = process.env['REELSHEET_BIN'] ?? resolve(target, 'debug/reelsheet');
export const releaseProgram = process.env['REELSHEET_BIN'] ?? resolve(target, 'release/reelsheet');

const longestStart = 30_000;
const longestStop = 10_000;

/** A running program that has said where it listens. */
export class Program {
  private constructor(
    private readonly child: ChildProcess,
    private readonly lines: string[],
    /** Scheme, address and port, without a slash at the end. */
    readonly url: string,
  ) {}

  /** Resolves when the program printed `listening on http://…`; rejects with its output when it ends before. */
  static async start(program: string, args: string[], variables: Record<string, string> = {}): Promise<Program> {
    if (!existsSync(program)) throw new Error(`${program} is missing: run the tests with make e2e`);
    const child = spawn(program, args, { env: environment(variables), stdio: ['ignore', 'pipe', 'pipe'] });
    const lines: string[] = [];
    const url = await new Promise<string>((done, fail) => {
      const giveUp = (why: string) => {
        clearTimeout(timer);
        child.kill('SIGKILL');
        fail(new Error(`reelsheet ${args.join(' ')} ${why}:\n${lines.join('')}`));
      };
      const timer = setTimeout(() => giveUp(`did not listen within ${longestStart} ms`), longestStart);
      const read = (chunk: Buffer) => {
        lines.push(chunk.toString());
        const address = /listening on (http:\/\/[^\s/]+)/.exec(lines.join(''))?.[1];
        if (address) {
          clearTimeout(timer);
          done(address);
        }
      };
      child.stdout?.on('data', read);
      child.stderr?.on('data', read);
      child.once('error', (error) => giveUp(error.message));
      child.once('exit', (code, signal) => giveUp(`ended with ${code ?? signal} before it listened`));
    });
    child.removeAllListeners('exit');
    return new Program(child, lines, url);
  }

  /** Memory that the program holds, in bytes, as Linux counts it. */
  get residentBytes(): number {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
  }

  /** Everything the program has printed so far. */
  get log(): string {
    return this.lines.join('');
  }

  /** Asks the program to end and waits for it; returns its exit code, null when it had to be killed. */
  async stop(): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const ended = new Promise<number | null>((done) => this.child.once('exit', (code) => done(code)));
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), longestStop);
    const code = await ended;
    clearTimeout(timer);
    return code;
  }

  /** Ends the program as a power cut would. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise<void>((done) => this.child.once('exit', () => done()));
    this.child.kill('SIGKILL');
    await ended;
  }
}

/** The caller's environment without its own Reelsheet settings: a test says everything that matters. */
function environment(variables: Record<string, string>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(REELSHEET|LEPTOS)_/.test(name));
  const site = process.env['LEPTOS_SITE_ROOT'] ?? resolve(target, 'site');
  return { ...Object.fromEntries(inherited), LEPTOS_SITE_ROOT: site, ...variables };
}
