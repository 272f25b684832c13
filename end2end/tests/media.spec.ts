// Everything the simulator makes is a real file: Chromium plays it, and its length, its size in pixels, what is seen in
// it and what is heard are those that were asked for. First through the dashboard, then by GEN's own address, where more
// can be asked for than the dashboard does yet.
import type { Locator } from '@playwright/test';
import { expect, keys, test } from '../helpers';
import type { Simulator } from '../simulator';
import { kiln, Sheet } from './studio';

test('pictures, voices, clips and renders play in the dashboard', async ({ page, signIn, sim }) => {
  await signIn(page);
  const sheet = await Sheet.open(page);

  await test.step('a picture', async () => {
    const picture = (await sheet.inspect(1, 'HERO')).getByRole('img', { name: /^Take/ }).first();
    await picture.scrollIntoViewIfNeeded();
    // Of which ratio it is depends on what other tests asked for last; its shorter side does not.
    const shorter = () => picture.evaluate((image: HTMLImageElement) => Math.min(image.naturalWidth, image.naturalHeight));
    await expect.poll(shorter).toBe(640);
  });

  await test.step('a voice', async () => {
    const voice = await playable((await sheet.inspect(1, 'VOICE')).locator('audio').first());
    expect(voice.duration).toBeGreaterThanOrEqual(1);
    expect(voice.duration).toBeLessThan(60);
    expect(voice.size).toEqual(null);
  });

  await test.step('a clip', async () => {
    const clip = await playable((await sheet.inspect(1, 'B-ROLL')).locator('video').first());
    expect(clip.duration).toBeCloseTo(6, 1);
    expect(Math.min(...(clip.size ?? []))).toBe(432);
  });

  await test.step('a render of the layers of a new vidsheet, fifteen seconds of them', async () => {
    const fresh = await Sheet.clone(page);
    const drawer = await fresh.inspect(1, 'FINAL VIDEO');
    await drawer.getByRole('button', { name: /^Render/ }).click();
    await fresh.expectState(1, 'FINAL VIDEO', 'pending');
    await sim.drain();
    await fresh.expectState(1, 'FINAL VIDEO', 'completed');
    const render = await playable(drawer.locator('video').first());
    expect(render.duration).toBeCloseTo(15, 1);
    expect(render.size).toEqual([360, 640]);
  });
});

test('pictures and clips have the ratio that was asked for', async ({ page, sim }) => {
  const sheet = await GenSheet.clone(sim);
  for (const [ratio, size] of [
    ['9:16', [640, 1136]],
    ['1:1', [640, 640]],
    ['16:9', [1136, 640]],
    ['4:3', [852, 640]],
    ['3:4', [640, 852]],
  ] as const) {
    const data = { prompt: 'A blue vase', model: 'gemini_image', aspect_ratio: ratio };
    await page.goto(await sheet.make('HERO', 'image_from_text', data));
    const shown = page.locator('img');
    expect(await shown.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]), ratio).toEqual(size);
  }
  for (const [ratio, size] of [
    ['9:16', [432, 768]],
    ['1:1', [432, 432]],
    ['16:9', [768, 432]],
  ] as const) {
    const data = { prompt: 'The wheel turns', model: 'veo_3', aspect_ratio: ratio, duration: 5 };
    await page.goto(await sheet.make('B-ROLL', 'video_from_text', data));
    const clip = await playable(page.locator('video'));
    expect(clip.size, ratio).toEqual(size);
    expect(clip.duration, ratio).toBeCloseTo(6, 1);
  }
});

test('a voice is as long as its script, and its captions keep to it', async ({ page, sim }) => {
  const sheet = await GenSheet.clone(sim);
  const voice = { voice_method: 'my_voices', voice_id: 'vc_maren' };
  const say = (script: string) => sheet.finish('VOICE', 'speech_from_text', { script, ...voice });
  const hear = async (said: Generation) => {
    await page.goto(address(said));
    return playable(page.locator('video, audio'));
  };
  expect((await hear(await say('Good morning.'))).duration).toBeLessThan(3);
  const script = 'Nobody speaks. You hear it before you see it: the kiln door, and the glaze that sings.';
  await sheet.write('SCRIPT', script);
  const said = await say(script);
  const { duration } = await hear(said);
  expect(duration).toBeGreaterThan(3);
  const source = said.output_resources[0]?.id;
  const captions = await sheet.finish('HOOK', 'captions', { model: 'gemini', source_resource_id: source });
  const words = captions.result.captions;
  expect(words.map(({ word }) => word).join(' ')).toBe(script);
  for (const [place, { start, end }] of words.entries()) {
    expect(start).toBeLessThan(end);
    expect(start).toBeGreaterThanOrEqual(words[place - 1]?.end ?? 0);
  }
  expect(words.at(-1)?.end).toBeLessThanOrEqual(duration + 0.5);
});

test('a render shows its layers where and when they are, captions too, and is heard', async ({ page, sim }) => {
  const sheet = await GenSheet.clone(sim);
  await sheet.clear();
  await sheet.add('shape', { from: 0, durationInFrames: 180, styles: { fill: '#c80000' } });
  const corner = { left: 540, top: 0, width: 540, height: 960 };
  await sheet.add('shape', { from: 90, durationInFrames: 90, ...corner, styles: { fill: '#0000c8' } });
  const captions = [{ word: 'MMMMMMMM', start: 1, end: 2 }];
  await sheet.add('caption', { from: 0, durationInFrames: 180, captions, styles: { color: '#ffffff' } });
  const data = { script: 'Nobody speaks, and you hear it all the same.', voice_method: 'my_voices', voice_id: 'vc_maren' };
  await sheet.add('sound', { from: 60, durationInFrames: 60 }, { generation_type: 'speech_from_text', data });
  await page.goto(await sheet.render());
  const film = page.locator('video');
  const played = await playable(film);
  expect(played).toMatchObject({ size: [360, 640], heard: true });
  expect(played.duration).toBeCloseTo(6, 1);

  await test.step('what is seen', async () => {
    const [left, right, below] = [[90, 160], [270, 160], [270, 480]] as const;
    expect(await colourAt(film, 0.5, left)).toBe('red');
    expect(await colourAt(film, 0.5, right)).toBe('red');
    expect(await colourAt(film, 4.5, left)).toBe('red');
    expect(await colourAt(film, 4.5, right)).toBe('blue');
    expect(await colourAt(film, 4.5, below)).toBe('red');
    expect(await whiteIn(film, 0.5)).toBe(0);
    expect(await whiteIn(film, 1.5)).toBeGreaterThan(200);
    expect(await whiteIn(film, 2.5)).toBe(0);
  });

  await test.step('what is heard: silence, two seconds of voice, silence', async () => {
    const { seconds, loud } = await page.evaluate(async () => {
      const bytes = await (await fetch(location.href)).arrayBuffer();
      const sound = await new OfflineAudioContext(1, 16_000, 16_000).decodeAudioData(bytes);
      const samples = sound.getChannelData(0);
      const part = (from: number, to: number) => samples.slice(from * sound.sampleRate, to * sound.sampleRate);
      const loudness = (from: number, to: number) => Math.max(...part(from, to).map(Math.abs));
      return { seconds: sound.duration, loud: [loudness(0, 1.9), loudness(2.1, 3.9), loudness(4.2, 5.8)] };
    });
    expect(seconds).toBeCloseTo(6, 1);
    const [before = 1, during = 0, after = 1] = loud;
    expect(during).toBeGreaterThan(0.05);
    expect(before).toBeLessThan(during / 20);
    expect(after).toBeLessThan(during / 20);
  });
});

/** Plays a little of a sound or a film, as the browser's own controls would; says what it is. */
async function playable(media: Locator): Promise<{ duration: number; size: [number, number] | null; heard: boolean }> {
  await media.evaluate(async (media: HTMLMediaElement) => {
    media.muted = true;
    media.currentTime = 0;
    await media.play();
  });
  await expect.poll(() => media.evaluate((media: HTMLMediaElement) => media.currentTime)).toBeGreaterThan(0.3);
  return media.evaluate((media: HTMLMediaElement & { webkitAudioDecodedByteCount?: number }) => {
    media.pause();
    const film = media instanceof HTMLVideoElement && media.videoWidth > 0 ? media : null;
    const size: [number, number] | null = film && [film.videoWidth, film.videoHeight];
    return { duration: media.duration, size, heard: (media.webkitAudioDecodedByteCount ?? 0) > 0 };
  });
}

/** The film's picture at a moment, as pixels: four bytes each, row by row. */
function pixels(film: Locator, seconds: number, [x, y, wide, high]: readonly [number, number, number, number]): Promise<number[]> {
  return film.evaluate(
    async (film: HTMLVideoElement, [seconds, x, y, wide, high]) => {
      film.pause();
      const seeked = new Promise((done) => film.addEventListener('seeked', done, { once: true }));
      film.currentTime = seconds;
      await seeked;
      const canvas = new OffscreenCanvas(film.videoWidth, film.videoHeight);
      const pen = canvas.getContext('2d');
      pen?.drawImage(film, 0, 0);
      return [...(pen?.getImageData(x, y, wide, high).data ?? [])];
    },
    [seconds, x, y, wide, high] as const,
  );
}

async function colourAt(film: Locator, seconds: number, [x, y]: readonly [number, number]): Promise<string> {
  const [red = 0, green = 0, blue = 0] = await pixels(film, seconds, [x, y, 1, 1]);
  if (red > 150 && green < 60 && blue < 60) return 'red';
  return blue > 150 && red < 60 && green < 60 ? 'blue' : `${red} ${green} ${blue}`;
}

/** How many white pixels there are in the lower third, where captions are. */
async function whiteIn(film: Locator, seconds: number): Promise<number> {
  const bytes = await pixels(film, seconds, [0, 430, 360, 180]);
  const whites = bytes.filter((byte, place) => place % 4 === 1 && byte > 180);
  return whites.length;
}

interface Generation {
  id: number;
  status: string;
  result: { captions: { word: string; start: number; end: number }[] };
  output_resources: { id: number; url: string }[];
}

interface Cell {
  id: number;
  column_id: number;
  video_layers: { id: number }[];
}

interface Made {
  id: number;
  spreadsheet_columns: { id: number; title: string }[];
  spreadsheet_rows: { spreadsheet_cells: Cell[] }[];
}

/** A vidsheet of its own with one row, by GEN's API: what the dashboard has no form for yet. */
class GenSheet {
  private constructor(
    private readonly sim: Simulator,
    private readonly made: Made,
  ) {}

  static async clone(sim: Simulator): Promise<GenSheet> {
    const path = '/templates/spreadsheets/tiktok-montage/clone';
    return new GenSheet(sim, await call<Made>(sim, 'POST', path, { agent_id: kiln }));
  }

  /** The cell of the row under a column. */
  cell(title: string): Cell {
    const column = this.made.spreadsheet_columns.find((column) => column.title === title);
    const cell = this.made.spreadsheet_rows[0]?.spreadsheet_cells.find((cell) => cell.column_id === column?.id);
    if (cell === undefined) throw new Error(`there is no column ${title}`);
    return cell;
  }

  /** Writes a text into a cell. */
  async write(title: string, value: string): Promise<void> {
    await call(this.sim, 'PATCH', this.path(title), { spreadsheet_cell: { value } });
  }

  /** Generates on a cell, and waits for the end. */
  finish(title: string, generation_type: string, data: object): Promise<Generation> {
    return this.end(`${this.path(title)}/generate`, { generation_type, data });
  }

  /** The address of what a generation on a cell made. */
  async make(title: string, generation_type: string, data: object): Promise<string> {
    return address(await this.finish(title, generation_type, data));
  }

  async render(): Promise<string> {
    return address(await this.end(`${this.path('FINAL VIDEO')}/render`));
  }

  /** Takes every layer away. */
  async clear(): Promise<void> {
    for (const { id } of this.cell('VIDEO').video_layers) await call(this.sim, 'DELETE', `${this.layers}/${id}`);
  }

  /** Lays one more layer over those that are there, made by a generation if one is given. */
  async add(type: string, attributes: object, generation?: { generation_type: string; data: object }): Promise<void> {
    const layer = await call<{ id: number }>(this.sim, 'POST', this.layers, { video_layer: { name: type, type } });
    const path = `${this.layers}/${layer.id}`;
    await call(this.sim, 'PATCH', path, { video_layer: { additional_attributes: attributes } });
    if (generation) await this.end(`${path}/generate`, generation);
  }

  private async end(path: string, body?: object): Promise<Generation> {
    const { generation_id } = await call<{ generation_id: number }>(this.sim, 'POST', path, body);
    await this.sim.drain();
    const done = await call<Generation>(this.sim, 'GET', `/generations/${generation_id}`);
    expect(done.status).toBe('completed');
    return done;
  }

  private get layers(): string {
    return `${this.path('VIDEO')}/layers`;
  }

  private path(title: string): string {
    return `/autocontentengine/${this.made.id}/cells/${this.cell(title).id}`;
  }
}

function address(generation: Generation): string {
  const url = generation.output_resources[0]?.url;
  if (url === undefined) throw new Error('nothing was made');
  return url;
}

async function call<T = unknown>(sim: Simulator, method: string, path: string, body?: object): Promise<T> {
  const headers = { 'x-api-key': keys.demo, 'content-type': 'application/json' };
  const answer = await fetch(`${sim.apiUrl}${path}?agent_id=${kiln}`, { method, headers, body: body ? JSON.stringify(body) : null });
  const text = await answer.text();
  expect(answer.ok, `${method} ${path}: ${answer.status} ${text}`).toBe(true);
  return (text === '' ? null : JSON.parse(text)) as T;
}
