// Voices: the library, an ElevenLabs account, a voice designed in steps, one cloned, and a line tried.
import type { Page } from '@playwright/test';
import { expect, expectAccessible, open, test } from '../helpers';
import { alertIn, callsTo, kiln, paths } from './studio';

const card = (page: Page) => page.getByRole('region', { name: 'Voice', exact: true });
const tab = (page: Page, name: string) => card(page).getByRole('tab', { name, exact: true }).click();
const library = (page: Page) => card(page).getByRole('list', { name: 'Voice library' });
const wav = Buffer.from('UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=', 'base64');

test.beforeEach(async ({ page, signIn }) => {
  await signIn(page);
  await open(page, paths.setup);
});

test('the library is searched, heard, and gives the agent its voice', async ({ page, sim }) => {
  const voices = library(page).getByRole('listitem');
  const all = await voices.count();
  expect(all).toBeGreaterThan(2);
  await card(page).getByRole('searchbox', { name: 'Search voices' }).fill('maren');
  await expect(voices).toHaveCount(1);
  await card(page).getByRole('searchbox', { name: 'Search voices' }).fill('nobody is called this');
  await expect(card(page)).toContainText('No voice is called that.');
  await card(page).getByRole('searchbox', { name: 'Search voices' }).fill('');
  await card(page).getByRole('combobox', { name: 'Source' }).selectOption('Public library');
  await expect(voices.first()).toContainText('public library');
  await card(page).getByRole('combobox', { name: 'Source' }).selectOption('All sources');
  await expect(voices).toHaveCount(all);
  await expect(library(page).getByRole('button', { name: /^Play a sample of / }).first()).toBeVisible();
  await expectAccessible(page);

  const use = library(page).getByRole('button', { name: /^Use / }).first();
  const name = (await use.getAttribute('aria-label'))!.replace('Use ', '');
  await use.click();
  await expect(card(page).getByRole('group', { name: 'Voice' })).toContainText(name);
  await expect(card(page).getByRole('status').first()).toHaveText('Saved');
  const sent = (await callsTo(sim, 'PATCH', `/agents/${kiln}/core`)).at(-1)!.body as { default_user_voice: { name: string } };
  expect(sent.default_user_voice.name).toBe(name);
});

test('tabs and steps work by the keys alone', async ({ page }) => {
  await card(page).getByRole('tab', { name: 'Library' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(card(page).getByRole('tab', { name: 'Design' })).toBeFocused();
  await expect(card(page).getByRole('list', { name: 'Steps of designing a voice' })).toBeVisible();
  await page.keyboard.press('End');
  await expect(card(page).getByRole('tab', { name: 'ElevenLabs' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Home');
  await expect(library(page)).toBeVisible();
});

test('an ElevenLabs key is tested, refused, taken, and given up; nobody here keeps it', async ({ page, sim }) => {
  const good = 'sk_elevenlabs_canary_0123456789';
  await tab(page, 'ElevenLabs');
  const form = card(page).getByRole('form', { name: 'Connect ElevenLabs' });
  const key = form.getByLabel('ElevenLabs key');
  await key.fill('an_invalid_key');
  await form.getByRole('button', { name: 'Test key' }).click();
  await expect(form.getByRole('status')).toHaveText('ElevenLabs refuses this key');
  await form.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(alertIn(form)).toContainText('invalid_key');
  await expectAccessible(page);

  await key.fill(good);
  await form.getByRole('button', { name: 'Test key' }).click();
  await expect(form.getByRole('status')).toHaveText('ElevenLabs takes this key');
  await form.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(card(page)).toContainText('Connected');
  await expect(card(page)).toContainText('***6789');
  expect(await page.content()).not.toContain(good);
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  expect(kept).not.toContain(good);
  await expectAccessible(page);

  await tab(page, 'Library');
  await expect(library(page)).toContainText('ElevenLabs');
  await tab(page, 'ElevenLabs');
  await card(page).getByRole('button', { name: 'Disconnect' }).click();
  await expect(form).toBeVisible();
  await expect(key).toHaveValue('');
  expect((await callsTo(sim, 'POST', `/agents/${kiln}/voice/integrations/elevenlabs`)).length).toBeGreaterThan(1);
});

test('a voice is designed in four steps, and going back keeps what was paid for', async ({ page, sim }) => {
  await tab(page, 'Design');
  const steps = card(page).getByRole('list', { name: 'Steps of designing a voice' });
  await card(page).getByRole('button', { name: 'Let GEN write it' }).click();
  const script = card(page).getByRole('textbox', { name: 'What it says' });
  await expect(script).toHaveValue(/this is the voice of/);
  await script.fill('s'.repeat(1001));
  await expect(card(page).getByRole('button', { name: 'On to the style' })).toBeDisabled();
  await script.fill('Cone ten is hotter than you think.');
  await card(page).getByRole('button', { name: 'On to the style' }).click();

  await card(page).getByRole('radio', { name: 'female' }).check();
  await card(page).getByRole('button', { name: 'Let GEN describe it' }).click();
  await expect(card(page).getByRole('textbox', { name: 'How it sounds' })).toHaveValue(/A female voice/);
  await expectAccessible(page);
  const make = card(page).getByRole('button', { name: 'Make three proposals' });
  await expect(card(page).getByText('≈ 15 cr')).toBeVisible();
  const made = page
    .waitForResponse((response) => response.request().method() === 'POST' && response.url().includes('voice_samples'))
    .then((response) => response.json() as Promise<{ what: { samples: { audio: string }[] } }>);
  await make.click();

  const proposals = card(page).getByRole('list', { name: 'Proposals' });
  await expect(proposals.getByRole('button', { name: /^Play proposal / })).toHaveCount(3);
  await expectAccessible(page);
  await expect(card(page).getByRole('button', { name: 'On to the name' })).toBeDisabled();
  // The recordings are not equally loud, yet all three sound alike.
  const loud = await page.evaluate(async (sounds) => {
    const loudness = async (sound: string) => {
      const data = Uint8Array.from(atob(sound), (letter) => letter.charCodeAt(0)).buffer;
      const curve = (await new OfflineAudioContext(1, 1, 44_100).decodeAudioData(data)).getChannelData(0);
      return Math.sqrt(curve.reduce((sum, value) => sum + value * value, 0) / curve.length);
    };
    return Promise.all(sounds.map(loudness));
  }, (await made).what.samples.map((sample) => sample.audio));
  const spread = (values: number[]) => Math.max(...values) / Math.min(...values);
  expect(spread(loud)).toBeGreaterThan(1.02);
  const heard = async () => {
    const volumes = await proposals.locator('audio').evaluateAll((all) => (all as HTMLAudioElement[]).map((audio) => audio.volume));
    return spread(volumes.map((volume, n) => volume * loud[n]!));
  };
  await expect.poll(heard).toBeLessThan(1.01);
  await proposals.getByRole('radio', { name: 'Proposal 2' }).check();
  await proposals.getByRole('radio', { name: 'Proposal 2' }).press('2');
  await expect(proposals.getByRole('button', { name: 'Play proposal 2' })).toHaveAttribute('aria-pressed', 'true');

  // Back and away, and nothing is bought a second time.
  await steps.getByRole('button', { name: /Script/ }).click();
  await tab(page, 'Library');
  await tab(page, 'Design');
  await steps.getByRole('button', { name: /Pick/ }).click();
  await expect(proposals.getByRole('radio', { name: 'Proposal 2' })).toBeChecked();
  await card(page).getByRole('button', { name: 'On to the name' }).click();
  const name = card(page).getByRole('textbox', { name: 'Voice name' });
  await name.fill('Tine');
  await card(page).getByRole('button', { name: 'Save voice' }).click();
  await expect(card(page)).toContainText('Tine: it stands in the library');
  await expectAccessible(page);
  expect(await callsTo(sim, 'POST', '/voice/design/generate-samples')).toHaveLength(1);
  expect((await callsTo(sim, 'POST', `/agents/${kiln}/voice/design`)).at(-1)!.idempotency_key).not.toBeNull();

  await tab(page, 'Library');
  await library(page).getByRole('button', { name: 'Delete Tine' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete Tine?' });
  await dialog.getByRole('button', { name: 'Delete voice' }).click();
  await expect(library(page).getByRole('button', { name: 'Delete Tine' })).toHaveCount(0);
});

test('a voice is cloned from one recording, after somebody agreed', async ({ page, sim }) => {
  await tab(page, 'Clone');
  const form = card(page).getByRole('form', { name: 'Clone a voice' });
  const clone = form.getByRole('button', { name: 'Clone voice' });
  await form.getByRole('textbox', { name: 'Voice name' }).fill('Jonas himself');
  await form.getByLabel('Recording file').setInputFiles({ name: 'jonas.wav', mimeType: 'audio/wav', buffer: wav });
  await expect(form).toContainText('Chosen: jonas.wav');
  await expect(clone).toBeDisabled();
  await form.getByRole('checkbox', { name: /has agreed/ }).check();
  await expectAccessible(page);
  await clone.click();
  await expect(card(page)).toContainText('Jonas himself: it stands in the library');
  const sent = (await callsTo(sim, 'POST', '/voice/clone')).at(-1)!.body as Record<string, unknown>;
  expect(sent.audio_base64).toBeTruthy();
  expect(sent.audio_url).toBeUndefined();

  await form.getByRole('radio', { name: 'Address' }).check();
  await form.getByRole('textbox', { name: 'Address of the recording' }).fill('https://example.com/rosa.mp3');
  await form.getByRole('textbox', { name: 'Voice name' }).fill('Rosa by address');
  await expect(clone).toBeDisabled();
  await form.getByRole('checkbox', { name: /has agreed/ }).check();
  await clone.click();
  await expect(card(page)).toContainText('Rosa by address: it stands in the library');
  const second = (await callsTo(sim, 'POST', '/voice/clone')).at(-1)!.body as Record<string, unknown>;
  expect(second.audio_url).toBe('https://example.com/rosa.mp3');
  expect(second.audio_base64).toBeUndefined();
});

test('a line is read once for its price and heard again for nothing', async ({ page, sim }) => {
  const form = card(page).getByRole('form', { name: 'Try a line' });
  const line = form.getByRole('textbox', { name: 'Line to read' });
  await line.fill('x'.repeat(501));
  await expect(form.getByRole('button', { name: 'Preview' })).toBeDisabled();
  await line.fill('A glaze is glass that learned to stay.');
  const before = (await callsTo(sim, 'POST', /\/voice\/[^/]+\/preview$/)).length;
  await form.getByRole('button', { name: 'Preview' }).click();
  await expect(form.getByRole('status')).toContainText(/pending|processing/);
  await sim.drain();
  await expect(form.getByRole('button', { name: 'Play the preview' })).toBeVisible();
  await expectAccessible(page);
  await form.getByRole('button', { name: 'Preview', exact: true }).click();
  await expect(form.getByRole('status')).toContainText('completed');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-hydrated', /.*/);
  await line.fill('A glaze is glass that learned to stay.');
  await form.getByRole('button', { name: 'Preview', exact: true }).click();
  await expect(form.getByRole('button', { name: 'Play the preview' })).toBeVisible();
  expect(await callsTo(sim, 'POST', /\/voice\/[^/]+\/preview$/)).toHaveLength(before + 1);
});
