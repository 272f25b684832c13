// Playwright runs this before all tests, and what it returns after them.
import type { FullConfig } from '@playwright/test';
import { forget, judge } from './operations';

export default function setup(config: FullConfig): () => void {
  forget();
  // A run that was narrowed down cannot reach everything.
  const narrowed = process.argv.slice(2).some((argument) => !argument.startsWith('--config') && argument !== 'test');
  return () => judge(!narrowed && config.shard === null);
}
