/**
 * The tests that run in this process and end in a moment: what Stryker asks about each mutant. With MUTANTS_ASK=atlas
 * it is those of src/atlas alone, which is enough for src/atlas and much faster.
 */
import { defineConfig } from 'vitest/config';

const asksAtlas = process.env.MUTANTS_ASK === 'atlas';

export default defineConfig({
  test: {
    include: asksAtlas
      ? ['test/atlas/**/*.test.ts']
      : [
          'test/keys/**/*.test.ts',
          'test/atlas/**/*.test.ts',
          'test/faults/one-current.test.ts',
          'test/faults/commit.test.ts',
        ],
    // Servers in other processes; and connections that are to hang, which are about src/atlas alone.
    exclude: asksAtlas
      ? ['test/atlas/digest-servers.test.ts']
      : ['test/atlas/{connection,digest-servers,http2}.test.ts'],
    // About time, which changed code takes more of, and a process of its own.
    testNamePattern: /^(?!the end |.*(?:in one pass|in proportion to its length))/,
    testTimeout: 60_000,
  },
});
