import { defineConfig } from 'vitest/config';

// Set by .ci/run, which counts the tests.
const report = process.env.TEST_REPORT;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // They need programs that have to be built first: `npm run peers`.
    exclude: ['test/peers/**'],
    testTimeout: 30_000,
    maxWorkers: 2,
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
  },
});
