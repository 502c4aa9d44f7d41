/** The tests that run in this process and end in a moment: what Stryker asks about each mutant. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'test/keys/**/*.test.ts',
      'test/atlas/**/*.test.ts',
      'test/faults/one-current.test.ts',
      'test/faults/commit.test.ts',
    ],
    // Servers in other processes, and connections that are to hang.
    exclude: ['test/atlas/{connection,digest-servers,http2}.test.ts'],
    testTimeout: 10_000,
  },
});
