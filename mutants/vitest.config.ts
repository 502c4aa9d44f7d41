/**
 * The tests that run in this process and end in a moment: what Stryker asks about each mutant. A mutant that lives costs
 * the time of all that run its line, so MUTANTS_ASK can name others, by patterns with blanks between: of a file that is
 * pure, those of the file itself.
 */
import { defineConfig } from 'vitest/config';

const HANGING = [
  'test/atlas/connection.test.ts',
  'test/atlas/http2.test.ts',
  'test/wire/http1.test.ts',
  'test/wire/early-socket.slow.test.ts',
];

const asked = process.env.MUTANTS_ASK?.split(' ');

export default defineConfig({
  test: {
    include: asked ?? [
      'test/keys/**/*.test.ts',
      'test/atlas/**/*.test.ts',
      'test/wire/**/*.test.ts',
      'test/faults/one-current.test.ts',
    ],
    // Servers in other processes; and connections that are to hang, unless it is about them.
    exclude: ['test/atlas/digest-servers.test.ts', ...(asked === undefined ? HANGING : [])],
    // About time, which changed code takes more of, and a process of its own.
    testNamePattern: /^(?!the end over |.*(?:in one pass|in proportion to its length))/,
    testTimeout: 60_000,
  },
});
