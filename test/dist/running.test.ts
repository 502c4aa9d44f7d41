import { expect, it } from 'vitest';
import { runJob } from '../runner/run-job.ts';

it('a step without inputs says what is missing, and its post step is quiet', async () => {
  const { steps, post } = await runJob({ steps: [{ uses: '.' }] });
  expect(steps[0]).toMatchObject({ outcome: 'failure', exitCode: 1 });
  expect(new Set(steps[0]?.commands.map(({ name }) => name))).toEqual(new Set(['error']));
  expect(steps[0]?.rawLines.filter(({ stream }) => stream === 'stderr')).toEqual([]);
  expect(post[0]).toMatchObject({ outcome: 'success', rawLog: '' });
});
