/** The tests as Node runs them by itself, so that the code is the file's own, character by character. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [
      'test/peers/**',
      // About dist as it is, or about time.
      'test/{bench,demo,dist,docs,performance,simulator}/**',
      // Hundreds and thousands of runs of what a few show as well.
      'test/examples/**',
      'test/**/*.exhaustive.test.ts',
    ],
    setupFiles: ['scripts/coverage/record.ts'],
    experimental: { viteModuleRunner: false },
    testTimeout: 60_000,
    maxWorkers: 2,
  },
});
