import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// Set by .ci/run, which counts the tests.
const report = process.env.TEST_REPORT;

/** What runs longest begins first, or one processor waits for it in the end. */
class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isSlow = ({ project }: TestSpecification): boolean => project.name === 'slow';
    const sorted = await super.sort(files);
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}

/**
 * Three sizes. Quick: each rule by itself; `npm run all` and the watch mode run nothing else. `*.slow.test.ts`: the built
 * action as the runner starts it; `npm test` runs these as well. `*.exhaustive.test.ts`: every request of every mode under
 * every fault, and crowds of processes; `npm run test:exhaustive`, which every pull request runs.
 */
export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'quick',
          include: ['test/**/*.test.ts'],
          // Peers need programs that have to be built first: `npm run peers`.
          exclude: ['test/**/*.{slow,exhaustive}.test.ts', 'test/peers/**'],
        },
      },
      { extends: true, test: { name: 'slow', include: ['test/**/*.slow.test.ts'] } },
      { extends: true, test: { name: 'exhaustive', include: ['test/**/*.exhaustive.test.ts'] } },
    ],
    // The action starts some thousand times, and compiling its bundle is a fifth of such a run.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules', '.cache', 'v8') },
    testTimeout: 30_000,
    // Half of the time of a test is waiting.
    maxWorkers: 3,
    // A fresh process for each of a hundred files would take longer than most of them run.
    isolate: false,
    sequence: { sequencer: SlowFirst },
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
  },
});
