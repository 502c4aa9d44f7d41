import { glob, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { violations } from './invariants.ts';
import { runProcess } from './processes.ts';
import { requestsFor } from './requests.ts';
import { openWorkshop } from './workshop.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

it('ensure succeeds when only the summary cannot be written', async () => {
  await using shop = await openWorkshop({ speed: 1 });
  const folder = await mkdtemp(join(tmpdir(), 'lost-summary-'));
  vi.stubEnv('TMPDIR', folder);
  shop.atlas.faults.add({
    when: ({ method }) => method === 'PATCH',
    run: async () => {
      for await (const file of glob(join(folder, '**', 'github_step_summary_*'))) {
        await rm(file);
        await mkdir(file);
      }
    },
  });
  const { result, record } = await runProcess(shop, requestsFor(shop.groupId).ensure());
  expect(record).toMatchObject({ main: 'success', post: 'done' });
  expect(result.steps[0]?.log).toContain('The job summary could not be written; everything else was done. ');
  expect(record.delivered).toHaveLength(1);
  expect(violations(shop.atlas, shop.ledger, { swept: true })).toEqual([]);
});
