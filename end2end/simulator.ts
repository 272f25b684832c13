// GEN's simulator, moved by hand: a job goes on only when a test says so.
import { keep, type Reached } from './operations';
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
  match?: { operation?: string; method?: string; path_contains?: string };
  /** Left out: until the faults are cleared. */
  times?: number;
  /** The call is carried out and only its answer is spoilt. */
  after?: boolean;
  kind:
    | 'status'
    | 'delay'
    | 'hang'
    | 'close'
    | 'redirect'
    | 'garbage'
    | 'truncate'
    | 'html'
    | 'slow_body'
    | 'mixed'
    | 'unknown_enum'
    | 'text_ids'
    | 'missing_optional';
  status?: number;
  /** Seconds, for a `status`. */
  retry_after?: number;
  body?: unknown;
  ms?: number;
  location?: string;
}

/** One call that the simulator received. It keeps the names of headers only: no test can print a key. */
export interface SimRequest {
  method: string;
  path: string;
  /** The path with its ids left out, as in the reference. */
  pattern: string;
  header_names: string[];
  has_key: boolean;
  idempotency_key: string | null;
  body: unknown;
}

/** What the simulator has done since it started or was reset. */
export interface SimReport extends Reached {
  /** "POST /v1/…" with the ids left out, to the number of calls. */
  operations: Record<string, number>;
  /** Every charge and refund, oldest first. */
  ledger: {
    at_ms: number;
    organization_id: number;
    kind: 'charge' | 'refund';
    credits: number;
    balance_after: number;
    what: string;
  }[];
  /** Jobs and runs that are not finished. */
  active: number;
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

  async report(): Promise<SimReport> {
    return (await this.call('GET', 'report')) as SimReport;
  }

  /** Gives an organization so many credits. */
  async setCredits(organizationId: number, generic: number): Promise<void> {
    await this.call('POST', 'credits', { organization_id: organizationId, generic });
  }

  /** The last calls, oldest first. */
  async requests(): Promise<SimRequest[]> {
    return (await this.call('GET', 'requests')) as SimRequest[];
  }

  /** The studio as it was seeded, without faults. */
  async reset(): Promise<void> {
    await this.call('POST', 'reset');
  }

  /** Keeps what it saw, then ends it. */
  async stop(): Promise<void> {
    keep(await this.report());
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
