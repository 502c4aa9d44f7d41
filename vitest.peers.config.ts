import { defineConfig } from 'vitest/config';

// Set by .ci/run, which counts the tests.
const report = process.env.TEST_REPORT;

/** Of `npm run peers`: programs of others, which have to be installed first. */
export default defineConfig({
  test: {
    include: ['test/peers/*.test.ts'],
    testTimeout: 60_000,
    maxWorkers: 2,
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
  },
});
