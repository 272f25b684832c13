// The studio that the simulator is seeded with (gen-sim/src/seed), and how a test finds its way in it.
import { expect, type Locator, type Page } from '@playwright/test';
import { hydrated, open } from '../helpers';
import type { Simulator, SimRequest } from '../simulator';

/** The agent with a full core, ideas, and the vidsheet “Spring glazes”. */
export const kiln = 'ag_kiln_tide_7f3k';
/** An agent of the same organization that nobody has set up yet. */
export const blank = 'ag_wood_firing_2m9x';

/** “Spring glazes”, 24 rows in every stage of work; GEN lists no vidsheets, so its id has to be known. */
export const springGlazes = '4100';
/** The titles of its columns, left to right. */
export const columns = ['HOOK', 'SCRIPT', 'HERO', 'VOICE', 'B-ROLL', 'VIDEO', 'FINAL VIDEO', 'STATS'] as const;

/** The words of the eight statuses, in the order of the board. */
export const statuses = [
  'Generated',
  'Approve to create',
  'Ready for review',
  'Approved to post',
  'Posted',
  'Change idea',
  'Change video',
  'Rejected',
] as const;

/** The addresses of an agent's pages. */
export const pathsOf = (agent: string) => ({
  setup: `/agents/${agent}/setup`,
  ideas: `/agents/${agent}/ideas`,
  templates: `/agents/${agent}/templates`,
  vidsheets: `/agents/${agent}/vidsheets`,
  renders: `/agents/${agent}/renders`,
  vidsheet: (id: string) => `/agents/${agent}/vidsheets/${id}`,
});
export const paths = pathsOf(kiln);

/** Everything that is set up once: agents, what is beside their canvas, settings, and the log of calls. */
export const setupPages = [
  '/agents',
  `${paths.setup}?show=history`,
  `${paths.setup}?show=document`,
  `${paths.setup}/agent`,
  `${paths.setup}/monitoring`,
  `${paths.setup}/advanced`,
  '/settings/keys',
  '/settings/spending',
  '/settings/workspace',
  '/settings/automation',
  '/activity',
];

/** One vidsheet in view. Rows count from 1, as people see them; the header is the grid's first row. */
export class Sheet {
  constructor(
    readonly page: Page,
    readonly title: string,
  ) {}

  static async open(page: Page, title = 'Spring glazes', path = paths.vidsheet(springGlazes)): Promise<Sheet> {
    await open(page, path);
    const sheet = new Sheet(page, title);
    await expect(sheet.grid).toBeVisible();
    return sheet;
  }

  /** A fresh vidsheet of one row, so that a test meets nobody else's edits. */
  static async clone(page: Page, template = 'TikTok Montage', baseURL = ''): Promise<Sheet> {
    await open(page, `${baseURL}${paths.templates}`);
    const card = page.getByRole('list', { name: 'Templates' }).getByRole('listitem', { name: template, exact: true });
    await card.getByRole('button', { name: 'Clone' }).click();
    await expect(page).toHaveURL(/\/vidsheets\/\d+/);
    const sheet = new Sheet(page, template);
    await expect(sheet.grid).toBeVisible();
    sheet.address = page.url().split('?')[0]!;
    return sheet;
  }

  /** Where a cloned sheet is. */
  address = '';

  get grid(): Locator {
    return this.page.getByRole('grid', { name: this.title, exact: true });
  }

  row(number: number): Locator {
    return this.grid.locator(`[role="row"][aria-rowindex="${number + 1}"]`);
  }

  cell(row: number, column: string): Locator {
    return this.row(row).getByRole('gridcell', { name: new RegExp(`^${column}(,|$)`) });
  }

  /** What is written in the editor that is open in a cell. */
  editor(row: number, column: string): Locator {
    return this.cell(row, column).getByRole('textbox');
  }

  /** Makes a cell the active one. */
  async choose(row: number, column: string): Promise<Locator> {
    const cell = this.cell(row, column);
    await cell.click();
    await expect(cell).toBeFocused();
    return cell;
  }

  /** Replaces a text and leaves the editor with Enter. */
  async write(row: number, column: string, text: string): Promise<void> {
    await this.choose(row, column);
    await this.page.keyboard.press('Enter');
    await this.editor(row, column).fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Opens the drawer with everything about a cell. */
  async inspect(row: number, column: string): Promise<Locator> {
    await this.choose(row, column);
    await this.page.keyboard.press('Alt+.');
    const drawer = this.drawer(row, column);
    await expect(drawer).toBeVisible();
    return drawer;
  }

  /** Adds so many rows at the end. */
  async addRows(count: number): Promise<void> {
    const before = Number(await this.grid.getAttribute('aria-rowcount'));
    for (let added = 1; added <= count; added++) {
      await this.page.getByRole('button', { name: 'Add row' }).click();
      await expect(this.grid).toHaveAttribute('aria-rowcount', String(before + added));
    }
  }

  /** Fills the first text of a cell's creation card in and starts it. */
  async generate(row: number, column: string, prompt: string): Promise<void> {
    const drawer = await this.inspect(row, column);
    const card = drawer.getByRole('form', { name: 'Creation card' });
    await card.getByRole('textbox', { name: /^(Prompt|Script)$/ }).first().fill(prompt);
    await card.getByRole('button', { name: /^Generate/ }).click();
  }

  /** Selects the rectangle between two cells. */
  async select(from: [number, string], to: [number, string]): Promise<void> {
    await this.choose(...from);
    await this.cell(...to).click({ modifiers: ['Shift'] });
    await expect(this.cell(...to)).toBeFocused();
  }

  drawer(row: number, column: string): Locator {
    return this.page.getByRole('complementary', { name: `${column} · row ${row}`, exact: true });
  }

  /** Fails unless the cell says this word of its newest generation. */
  async expectState(row: number, column: string, state: string, timeout?: number): Promise<void> {
    await expect(this.cell(row, column)).toHaveAccessibleName(new RegExp(`, ${state}(,|$)`), { timeout });
  }

  /** Where the page says whether all is saved. */
  get saved(): Locator {
    return this.page.getByRole('main').getByRole('status').filter({ hasText: /^(Saved|Saving|Not saved)$/ });
  }
}

/** The error that stands inside `place`, in a role that is read aloud. */
export function alertIn(place: Page | Locator): Locator {
  return place.getByRole('alert');
}

/** The calls of one kind that the simulator received, oldest first. */
export async function callsTo(sim: Simulator, method: string, ending: string | RegExp): Promise<SimRequest[]> {
  const matches = (path: string) => (typeof ending === 'string' ? path.endsWith(ending) : ending.test(path));
  return (await sim.requests()).filter((request) => request.method === method && matches(request.path));
}

/** Presses the way a person does who follows a link, and waits for the page behind it. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
}

export { hydrated };
