import { expect, it } from 'vitest';
import { runJob } from '../runner/run-job.ts';

it('a step without inputs fails with one error, and its post step is quiet', async () => {
  const { steps, post } = await runJob({ steps: [{ uses: '.' }] });
  expect(steps[0]).toMatchObject({ outcome: 'failure', exitCode: 1 });
  expect(steps[0]?.annotations.map(({ level }) => level)).toEqual(['error']);
  expect(steps[0]?.rawLines.filter(({ stream }) => stream === 'stderr')).toEqual([]);
  expect(post[0]).toMatchObject({ outcome: 'success', rawLog: '' });
});
