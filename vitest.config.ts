import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export const environment = {
  // Logs and metrics of the functions are noise in a test's output.
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_METRICS_DISABLED: 'true',
  POWERTOOLS_SERVICE_NAME: 'test',
  POWERTOOLS_METRICS_NAMESPACE: 'test',
  // Halves the time that each command and each local run takes to load its modules.
  NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules', '.cache', 'compiled'),
};

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**', 'node_modules/**'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Tests of processes wait a lot: without a worker for each CPU one of two would stand idle.
    maxWorkers: '100%',
    setupFiles: ['test/simulation/speed.ts'],
    env: environment,
  },
});
