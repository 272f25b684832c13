import { defineConfig } from '@playwright/test';
import { launchOptions } from './browser';

// `make screenshots`: not a test, but the same tool takes the pictures of the README.
export default defineConfig({
  testMatch: 'screenshots.ts',
  outputDir: 'test-results',
  workers: 1,
  timeout: 120_000,
  reporter: 'list',
  use: { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1, launchOptions },
});
