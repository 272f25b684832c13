// GEN's simulator, moved by hand: a job goes on only when a test says so.
import { debugProgram, Program } from './processes';

/** The keys that the simulator's seeded studio accepts (gen-sim/src/lib.rs). */
export const keys = {
  demo: 'gen_pat_demo_rosa_4f1c9e7b2a',
  viewer: 'gen_pat_demo_vera_81d3c05f6e',
  otherOrganization: 'gen_pat_demo_hana_c27a94be10',
  wrong: 'gen_pat_nobody',
} as const;

/** What the simulator shall do wrong, and how often. */
export interface Fault {
  match?: { method?: string; path_contains?: string };
  times?: number;
  kind: 'status' | 'delay' | 'hang' | 'close' | 'redirect' | 'garbage' | 'truncate' | 'html';
  status?: number;
  body?: unknown;
  ms?: number;
  location?: string;
}

/** One call that the simulator received. It keeps the names of headers only: no test can print a key. */
export interface SimRequest {
  method: string;
  path: string;
  headers: string[];
  has_key: boolean;
  idempotency_key?: string | null;
  body?: unknown;
}

export class Simulator {
  private constructor(private readonly program: Program) {}

  static async start(): Promise<Simulator> {
    return new Simulator(await Program.start(debugProgram, ['gen-sim', '--addr', '127.0.0.1:0', '--step']));
  }

  /** The base URL of both of GEN's surfaces. */
  get apiUrl(): string {
    return `${this.program.url}/v1`;
  }

  get log(): string {
    return this.program.log;
  }

  /** Moves every job on by so many steps. */
  async step(times = 1): Promise<void> {
    await this.call('POST', `step?n=${times}`);
  }

  /** Runs every job to its end. */
  async drain(): Promise<void> {
    await this.call('POST', 'drain');
  }

  async fault(fault: Fault): Promise<void> {
    await this.call('POST', 'fault', fault);
  }

  async clearFaults(): Promise<void> {
    await this.call('DELETE', 'fault');
  }

  /** While it is down, every call to GEN ends without an answer. */
  async down(down: boolean): Promise<void> {
    await this.call('POST', 'down', { down });
  }

  /** Operations reached, calls counted by pattern, and the ledger of charges. */
  async report(): Promise<Record<string, unknown>> {
    return (await this.call('GET', 'report')) as Record<string, unknown>;
  }

  /** The last calls, oldest first. */
  async requests(): Promise<SimRequest[]> {
    const answer = (await this.call('GET', 'requests')) as SimRequest[] | { requests: SimRequest[] };
    return Array.isArray(answer) ? answer : answer.requests;
  }

  /** The studio as it was seeded, without faults. */
  async reset(): Promise<void> {
    await this.call('POST', 'reset');
  }

  async stop(): Promise<void> {
    await this.program.stop();
  }

  private async call(method: string, what: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.program.url}/_sim/${what}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`simulator: ${method} /_sim/${what} answered ${response.status}: ${text}`);
    return response.headers.get('content-type')?.includes('json') && text !== '' ? JSON.parse(text) : text;
  }
}
