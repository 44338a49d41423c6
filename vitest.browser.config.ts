import { defineConfig } from 'vitest/config';
import { environment } from './vitest.config.ts';

/** The pages in a real browser, on the local run: `npm run test:browser`. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/browser/no-browser.ts'],
    fileParallelism: false,
    env: environment,
    // Real processes start here, beside whatever else the machine does.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
