// The whole way once: from signing in to a video on the disk.
import { readFile } from 'node:fs/promises';
import { expect, expectAccessible, hydrated, test } from '../helpers';
import { callsTo, goTo, kiln, Sheet } from './studio';

test('from signing in to a downloaded video', async ({ page, signIn, sim }) => {
  test.setTimeout(180_000);

  await test.step('sign in', async () => {
    await signIn(page);
    await hydrated(page);
    await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible();
    await expect(page.getByRole('list', { name: 'Journey' })).toContainText('ideas waiting');
    await expectAccessible(page);
  });

  await test.step('Setup: edit a field and see it saved', async () => {
    await goTo(page, 'Setup');
    await page.getByRole('textbox', { name: 'Brand name' }).fill('Kiln & Tide Ceramics');
    const head = page.getByRole('region', { name: 'At a glance' });
    await expect(head.getByRole('status')).toHaveText('Saved');
    const saved = await callsTo(sim, 'PATCH', `/agents/${kiln}/core`);
    expect(saved.at(-1)?.body).toEqual({ brand_name: 'Kiln & Tide Ceramics' });
    await expectAccessible(page);
  });

  const title = await test.step('Ideas: ask, follow the run, move an idea', async () => {
    await goTo(page, 'Ideas');
    const generated = page.getByRole('list', { name: 'Generated', exact: true });
    const before = await generated.getByRole('listitem').count();
    await page.getByRole('textbox', { name: 'Message' }).fill('Give me 3 new ideas about the night firing.');
    await page.getByRole('button', { name: /^Send/ }).click();
    const run = page.getByRole('list', { name: 'Requests' }).getByRole('listitem').first();
    await expect(run).toContainText('Give me 3 new ideas about the night firing.');
    await expect(run).toContainText(/pending|processing/);
    await sim.drain();
    await expect(run).toContainText('completed');
    await expect(generated.getByRole('listitem')).toHaveCount(before + 3);
    const idea = generated.getByRole('listitem').first();
    const title = (await idea.getByRole('heading').innerText()).trim();
    await idea.getByRole('button', { name: 'Status' }).click();
    await page.getByRole('menuitemradio', { name: 'Approve to create' }).click();
    const approved = page.getByRole('list', { name: 'Approve to create', exact: true });
    await expect(approved.getByRole('listitem', { name: title, exact: true })).toBeVisible();
    await expectAccessible(page);
    return title;
  });

  const sheet = await test.step('Templates: clone one', async () => {
    await goTo(page, 'Templates');
    await expectAccessible(page);
    const card = page.getByRole('listitem', { name: 'TikTok Montage', exact: true });
    await card.getByRole('button', { name: 'Clone' }).click();
    await expect(page).toHaveURL(/\/vidsheets\/\d+/);
    return new Sheet(page, 'TikTok Montage');
  });

  await test.step('Vidsheet: type into a cell', async () => {
    await sheet.choose(1, 'HOOK');
    await page.keyboard.type(title);
    await expect(sheet.editor(1, 'HOOK')).toHaveValue(title);
    await page.keyboard.press('Enter');
    await expect(sheet.cell(1, 'HOOK')).toContainText(title);
    await expect(sheet.saved).toHaveText('Saved');
    await expectAccessible(page);
  });

  await test.step('generate a text', async () => {
    const drawer = await sheet.inspect(1, 'SCRIPT');
    await drawer.getByRole('textbox', { name: 'Prompt' }).fill('Write a 10 second script about {{HOOK}}.');
    await drawer.getByRole('button', { name: /^Generate/ }).click();
    await sheet.expectState(1, 'SCRIPT', 'pending');
    await sim.step();
    await sheet.expectState(1, 'SCRIPT', 'processing');
    await sim.drain();
    await sheet.expectState(1, 'SCRIPT', 'completed');
    await expect(sheet.cell(1, 'SCRIPT')).toHaveText(/\w+ \w+/);
    const sent = (await callsTo(sim, 'POST', '/generate')).at(-1)?.body;
    expect(sent).toMatchObject({ generation_type: 'text' });
    expect(JSON.stringify(sent)).toContain(JSON.stringify(title));
    await expectAccessible(page);
  });

  await test.step('generate a picture', async () => {
    const drawer = await sheet.inspect(1, 'HERO');
    await drawer.getByRole('textbox', { name: 'Prompt' }).fill('A kiln glowing at night, seen through the door.');
    await drawer.getByRole('button', { name: /^Generate/ }).click();
    await sheet.expectState(1, 'HERO', 'pending');
    await sim.drain();
    await sheet.expectState(1, 'HERO', 'completed');
    await expectLoaded(drawer.getByRole('img', { name: 'Take 1' }).first());
  });

  await test.step('generate a voice', async () => {
    const drawer = await sheet.inspect(1, 'VOICE');
    await expect(drawer.getByRole('textbox', { name: 'Script' })).not.toBeEmpty();
    await drawer.getByRole('combobox', { name: 'Voice' }).selectOption({ label: 'Maren' });
    await drawer.getByRole('button', { name: /^Generate/ }).click();
    await sheet.expectState(1, 'VOICE', 'pending');
    await sim.drain();
    await sheet.expectState(1, 'VOICE', 'completed');
    expect((await callsTo(sim, 'POST', '/generate')).at(-1)?.body).toMatchObject({
      generation_type: 'speech_from_text',
      data: { voice_id: 'vc_maren' },
    });
  });

  await test.step('generate a clip, then move its lips', async () => {
    const drawer = await sheet.inspect(1, 'B-ROLL');
    await drawer.getByRole('textbox', { name: 'Prompt', exact: true }).fill('The kiln door opens, warm light.');
    await drawer.getByRole('button', { name: /^Generate/ }).click();
    await sheet.expectState(1, 'B-ROLL', 'pending');
    await sim.step();
    await sheet.expectState(1, 'B-ROLL', 'processing');
    await sim.drain();
    await sheet.expectState(1, 'B-ROLL', 'completed');
    await drawer.getByRole('radio', { name: 'Lipsync' }).check();
    await expect(drawer.getByRole('combobox', { name: 'Clip' })).toBeEnabled();
    await drawer.getByRole('button', { name: /^Generate/ }).click();
    await sheet.expectState(1, 'B-ROLL', 'pending');
    await sim.drain();
    await sheet.expectState(1, 'B-ROLL', 'completed');
    await expect(drawer.getByRole('region', { name: 'Takes' }).getByRole('listitem')).toHaveCount(2);
    expect((await callsTo(sim, 'POST', '/generate')).at(-1)?.body).toMatchObject({ generation_type: 'lipsync' });
  });

  await test.step('render and download', async () => {
    const drawer = await sheet.inspect(1, 'FINAL VIDEO');
    await drawer.getByRole('button', { name: /^Render/ }).click();
    await sheet.expectState(1, 'FINAL VIDEO', 'pending');
    await sim.step();
    await sheet.expectState(1, 'FINAL VIDEO', 'processing');
    await sim.drain();
    await sheet.expectState(1, 'FINAL VIDEO', 'completed');
    const downloading = page.waitForEvent('download');
    await drawer.getByRole('link', { name: 'Download' }).first().click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/\.mp4$/);
    const bytes = await readFile(await download.path());
    expect(bytes.subarray(4, 8).toString('latin1')).toBe('ftyp');
    expect(bytes.length).toBeGreaterThan(10_000);
    await expectAccessible(page);
  });

  await test.step('Renders: the history has it, and it plays', async () => {
    await goTo(page, 'Renders');
    const wall = page.getByRole('list', { name: 'Renders', exact: true });
    const render = wall.getByRole('listitem', { name: 'TikTok Montage, row 1' });
    await expect(render).toContainText('completed');
    await render.getByRole('link').click();
    const player = page.getByRole('complementary', { name: 'TikTok Montage, row 1' });
    const video = player.getByLabel('TikTok Montage, row 1');
    await expect(player.getByRole('link', { name: 'Download' })).toBeVisible();
    const canPlay = await video.evaluate((video: HTMLVideoElement) => video.canPlayType('video/mp4; codecs="avc1.42E01E"'));
    // A Chromium without the patented codec shows the video's error instead; the bytes were looked at above.
    if (canPlay !== '') {
      await video.evaluate((video: HTMLVideoElement) => {
        video.muted = true;
        return video.play();
      });
      await expect.poll(() => video.evaluate((video: HTMLVideoElement) => video.currentTime)).toBeGreaterThan(0);
    }
    await expectAccessible(page);
  });
});

/** Fails unless the picture's bytes arrived and are a picture. */
async function expectLoaded(image: import('@playwright/test').Locator): Promise<void> {
  await image.scrollIntoViewIfNeeded();
  await expect.poll(() => image.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
}
