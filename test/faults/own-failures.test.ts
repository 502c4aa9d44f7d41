/** What ensure does when the service does its part and the step fails nevertheless. */
import { glob, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { violations } from './invariants.ts';
import { runProcess } from './processes.ts';
import { requestsFor } from './requests.ts';
import { openWorkshop } from './workshop.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('ensure leaves no key that nobody holds', () => {
  it('when the key may not be assigned to the second project', async () => {
    await using shop = await openWorkshop();
    const run = await shop.run(requestsFor(shop.groupId, shop.otherGroupId).ensure(), {
      fault: {
        when: ({ path, method }) => path.includes(shop.otherGroupId) && method !== 'GET',
        times: 2,
        action: { kind: 'error', code: 'NOT_GROUP_USER_ADMIN' },
      },
    });
    expect(String(run.error)).toContain('lacks the role');
    expect(shop.atlas.keys().filter(({ desc }) => desc.startsWith('deploy'))).toEqual([]);
    expect(violations(shop.atlas, shop.ledger, { swept: true })).toEqual([]);
  });

  it('when the new key does not work in time', async () => {
    await using shop = await openWorkshop({ settings: { newKeyRefusedMs: 600_000 } });
    const run = await shop.run(requestsFor(shop.groupId).ensure());
    expect(String(run.error)).toContain('still refuses the new key');
    expect(shop.atlas.keys().filter(({ desc }) => desc.startsWith('deploy'))).toEqual([]);
  });

  it('and hands it over when it begins to work a little later', async () => {
    await using shop = await openWorkshop({ settings: { newKeyRefusedMs: 3_000 } });
    const run = await shop.run(requestsFor(shop.groupId).ensure());
    expect(run.outcome?.result).toBe('created');
  });

  it('when the outputs cannot be written', async () => {
    await using shop = await openWorkshop();
    const run = await shop.run(requestsFor(shop.groupId).ensure(), {
      store: () => Promise.reject(new Error('ENOSPC')),
    });
    expect(String(run.error)).toContain('ENOSPC');
    expect(shop.atlas.keys().filter(({ desc }) => desc.startsWith('deploy'))).toEqual([]);
  });

  it('and succeeds when only the summary cannot be written', async () => {
    await using shop = await openWorkshop({ speed: 1 });
    const folder = await mkdtemp(join(tmpdir(), 'own-failures-'));
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
    expect(result.steps[0]?.log).toContain(
      'The job summary could not be written; everything else was done. ',
    );
    expect(record.delivered).toHaveLength(1);
    expect(violations(shop.atlas, shop.ledger, { swept: true })).toEqual([]);
  });
});
