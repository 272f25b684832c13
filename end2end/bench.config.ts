import { defineConfig } from '@playwright/test';
import { launchOptions } from './browser';

// `make bench`: not a test, but the same tool measures the release build. Timing bounds live here, never in tests.
export default defineConfig({
  testMatch: 'bench.ts',
  outputDir: 'test-results',
  workers: 1,
  timeout: 120_000,
  reporter: 'list',
  use: { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1, launchOptions },
});
