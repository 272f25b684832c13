// Which of GEN's operations the browser tests reached: every simulator's report, put together when all tests are over.
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const committed = fileURLToPath(new URL('operations-reached.txt', import.meta.url));
const seen = fileURLToPath(new URL('test-results/operations.jsonl', import.meta.url));

/** What one simulator reports of its callers. */
export interface Reached {
  reached_ids: string[];
  of: number;
  missed: Record<string, string[]>;
  strict_would_refuse: Record<string, number>;
  paid_calls_repeated: string[];
  polls_per_generation: Record<string, number>;
}

/** Keeps a simulator's report before it ends. */
export function keep(report: Reached): void {
  mkdirSync(dirname(seen), { recursive: true });
  appendFileSync(seen, `${JSON.stringify(report)}\n`);
}

/** Before the tests: forgets what an earlier run reached. */
export function forget(): void {
  rmSync(seen, { force: true });
}

/** After the tests: prints the reports as one; throws when fewer operations were reached than are committed. */
export function judge(wholeRun: boolean): void {
  if (!existsSync(seen)) return;
  const reports = readFileSync(seen, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Reached);
  const reached = new Set(reports.flatMap((report) => report.reached_ids));
  const of = reports[0]?.of ?? 0;
  console.log(`GEN operations reached from the browser: ${reached.size}/${of}`);
  for (const [phase, ids] of Object.entries(missedByAll(reports))) console.log(`  not reached, ${phase}: ${ids.join(', ')}`);
  for (const [what, times] of summed(reports.map((report) => report.strict_would_refuse)))
    console.log(`  strict mode would refuse, ${times} times: ${what}`);
  for (const path of reports.flatMap((report) => report.paid_calls_repeated))
    console.log(`  paid again under another key: ${path}`);
  const polls = reports.flatMap((report) => Object.values(report.polls_per_generation));
  const most = Math.max(0, ...polls);
  console.log(`  polls per generation: ${polls.length} generations, at most ${most} each`);
  const least = Number(readFileSync(committed, 'utf8').trim());
  if (wholeRun && reached.size < least)
    throw new Error(`only ${reached.size} operations of GEN were reached; ${least} are committed in operations-reached.txt`);
}

/** What no simulator's callers reached, by phase. */
function missedByAll(reports: Reached[]): Record<string, string[]> {
  const [first, ...others] = reports.map((report) => report.missed);
  const missedElsewhere = (id: string) => others.every((missed) => Object.values(missed).flat().includes(id));
  const kept = Object.entries(first ?? {}).map(([phase, ids]) => [phase, ids.filter(missedElsewhere)] as const);
  return Object.fromEntries(kept.filter(([, ids]) => ids.length > 0));
}

function summed(counts: Record<string, number>[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [what, times] of counts.flatMap((count) => Object.entries(count))) sums.set(what, (sums.get(what) ?? 0) + times);
  return sums;
}
