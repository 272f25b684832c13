import { defineConfig, devices } from '@playwright/test';
import { launchOptions } from './browser';

// Every worker starts its own simulator and its own server (helpers.ts), so there is no webServer here.
export default defineConfig({
  testDir: 'tests',
  globalSetup: './operations-setup.ts',
  outputDir: 'test-results',
  workers: 2,
  // A test that passes only the second time has found something, so here it fails. A CI machine is shared and may
  // stall for seconds: there it is tried once more, and reported as flaky.
  retries: process.env['CI'] ? 1 : 0,
  forbidOnly: !!process.env['CI'],
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    launchOptions,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'hydrated', testIgnore: '**/*.nojs.spec.ts' },
    // What the server renders, before or without any script.
    { name: 'nojs', testMatch: '**/*.nojs.spec.ts', use: { javaScriptEnabled: false } },
  ],
});
