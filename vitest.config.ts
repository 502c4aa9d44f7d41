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
 * `npm test` runs everything. `npm run test:quick`, which `npm run all` and the watch mode use, leaves out what is
 * called `*.slow.test.ts`: whatever goes through hundreds of runs, starts a process for each of many variants of one
 * rule, or waits for real time limits. Each rule itself has a quick test.
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
          exclude: ['test/**/*.slow.test.ts', 'test/peers/**'],
        },
      },
      { extends: true, test: { name: 'slow', include: ['test/**/*.slow.test.ts'] } },
    ],
    testTimeout: 30_000,
    maxWorkers: 2,
    // A fresh process for each of a hundred files would take longer than most of them run.
    isolate: false,
    sequence: { sequencer: SlowFirst },
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
  },
});
