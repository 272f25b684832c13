// Which browser the tests drive, and how it is started.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** For `launchOptions`: the browser named by CHROMIUM, else the system's, else the one Playwright installed. */
export const launchOptions = {
  executablePath: process.env['CHROMIUM'] || onPath('chromium'),
  args: [
    // Containers run as root and have a small /dev/shm.
    '--no-sandbox',
    '--disable-dev-shm-usage',
    '--disable-gpu',
    // No test may reach further than its own server.
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // A story plays a clip without anyone having touched the page.
    '--autoplay-policy=no-user-gesture-required',
  ],
};

function onPath(program: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
