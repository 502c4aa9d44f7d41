import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeMarked } from '../../src/keys/mark.ts';
import { openScene, type Scene } from '../action/scene.ts';
import type { RequestRecord } from '../simulator/history.ts';

const DAY = 86_400_000;

/** Puts keys there that runs of this repository left behind two days ago. */
function addLeftovers({ atlas, orgId, groupId }: Scene, count: number): void {
  for (let run = 1; run <= count; run += 1) {
    const desc = describeMarked('test', {
      state: 'ephemeral',
      repository: 'octo-org/octo-repo',
      runId: `${run}`,
      attempt: '1',
      nonce: run.toString(16).padStart(16, '0'),
      until: atlas.clock.now() - DAY,
    });
    const createdAt = atlas.clock.now() - 2 * DAY;
    atlas.addKey({ orgId, desc, createdAt, roles: [{ roleName: 'GROUP_READ_ONLY', groupId }] });
  }
}

interface Sweep {
  readonly requests: number;
  readonly log: string;
  /** The most memory it ever held, in megabytes. */
  readonly memory: number;
  readonly atOnce: number;
}

async function sweepAll(count: number): Promise<Sweep> {
  await using scene = await openScene({ tls: true, settings: { latencyMs: 20, keysPerOrganization: 2000 } });
  addLeftovers(scene, count);
  const folder = mkdtempSync(join(tmpdir(), 'memory-'));
  const file = join(folder, 'peak');
  const probe = new URL('note-peak-memory.cjs', import.meta.url).pathname;
  const env = { NODE_OPTIONS: `--require=${probe}`, PEAK_MEMORY_FILE: file };
  const { steps, conclusion } = await scene.job([
    scene.step({ mode: 'sweep', desc: '', roles: '', timeout: '120s' }, { env }),
  ]);
  expect(conclusion).toBe('success');
  expect(scene.atlas.keys()).toHaveLength(1);
  const { requests } = scene.atlas.history;
  expect(requests.filter(({ status }) => status === 429)).toEqual([]);
  const memory = Number(readFileSync(file, 'utf8'));
  rmSync(folder, { recursive: true });
  return {
    requests: requests.length,
    log: steps[0]?.log ?? '',
    memory,
    atOnce: mostAtOnce(requests.filter(({ method }) => method === 'DELETE')),
  };
}

function mostAtOnce(requests: readonly RequestRecord[]): number {
  // Arrivals and ends are told in whole milliseconds.
  const endOf = ({ at, elapsedMs = 0 }: RequestRecord) => at + elapsedMs - 2;
  return Math.max(
    ...requests.map(({ at }) => requests.filter((other) => other.at <= at && at < endOf(other)).length),
  );
}

it('200 left-over keys: one request each, a few at once, a line for each, no more memory than for 20', async () => {
  const few = await sweepAll(20);
  const many = await sweepAll(200);
  expect(many.requests - few.requests).toBe(180);
  expect(many.requests).toBeLessThanOrEqual(204);
  expect(many.atOnce).toBeGreaterThan(4);
  // Eight, and on a busy machine a few whose end the service notes late.
  expect(many.atOnce).toBeLessThanOrEqual(12);
  expect(many.log.match(/^Deleted key .*, left over: /gm)).toHaveLength(200);
  expect(many.memory - few.memory).toBeLessThan(25);
}, 120_000);
