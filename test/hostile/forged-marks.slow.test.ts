/**
 * Whoever may rename a key of the project can write a mark of ours on it, and the action signs in with more power than he
 * has. Whatever is written on them, keys that are more than a key of this project stay as they are, and are named.
 */
import { describe, expect, it } from 'vitest';
import { describeMarked, type Mark, type MarkState, readMark } from '../../src/keys/mark.ts';
import { errorsIn, onlyError, writes } from '../action/evidence.ts';
import { openScene, type Run, type Scene } from '../action/scene.ts';
import type { SimulatedKey } from '../simulator/simulator.ts';

const HOUR = 3_600_000;
const RUN = { repository: 'octo-org/octo-repo', runId: '1', attempt: '1', nonce: '0123456789abcdef' };
const LONG_AGO = Date.parse('2026-01-01T00:00:00Z');
const FAR_AHEAD = Date.parse('2099-01-01T00:00:00Z');

/** The description that somebody writes: as it is without a mark, else with one that is long due. */
function forged(state: 'current' | MarkState, until = LONG_AGO, nonce = RUN.nonce): string {
  if (state === 'current') return 'deploy';
  const isLimited = state === 'pending' || state === 'ephemeral';
  return describeMarked('deploy', { ...RUN, nonce, state, ...(isLimited && { until }) } as Mark);
}

/** Keys that are more than a key of this project, and why the action leaves them. */
const FOREIGN = {
  'a break-glass key of an owner': ['ORG_OWNER', () => 'it has the organisation role ORG_OWNER'],
  'a key that is in another project, too': [
    'ORG_MEMBER',
    (elsewhere: string) => `it has roles in project ${elsewhere}, too, which this step does not name`,
  ],
} as const;
type Foreign = keyof typeof FOREIGN;
const KINDS = Object.keys(FOREIGN) as Foreign[];

interface Stage extends Scene {
  /** Puts a key there that is what a step of this project makes. */
  add(desc: string, age: number): SimulatedKey;
  /** Puts a foreign key there. */
  plant(kind: Foreign, desc: string, age?: number): SimulatedKey & { readonly why: string };
}

async function stage(): Promise<Stage> {
  const scene = await openScene({ callerRoles: ['ORG_OWNER', 'GROUP_READ_ONLY'] });
  const elsewhere = scene.atlas.addProject({ id: scene.orgId }, { name: 'elsewhere' }).id;
  const put = (orgRole: string, groupIds: readonly string[], desc: string, age: number) =>
    scene.atlas.addKey({
      orgId: scene.orgId,
      desc,
      createdAt: scene.atlas.clock.now() - age * HOUR,
      roles: [orgRole, ...groupIds.map((groupId) => ({ roleName: 'GROUP_READ_ONLY', groupId }))],
    });
  return {
    ...scene,
    add: (desc, age) => put('ORG_MEMBER', [scene.groupId], desc, age),
    plant: (kind, desc, age = 48) => {
      const [orgRole, why] = FOREIGN[kind];
      const groupIds = orgRole === 'ORG_OWNER' ? [scene.groupId] : [scene.groupId, elsewhere];
      return { ...put(orgRole, groupIds, desc, age), why: why(elsewhere) };
    },
  };
}

function nameOf({ id, publicKey }: SimulatedKey): string {
  return `${id} (${publicKey})`;
}

/** The key is as it was, and log and summary name it with the reason. */
function expectLeft(scene: Scene, run: Run, key: SimulatedKey, why: string): void {
  const { desc, roles } = key;
  expect(scene.atlas.key(key.id), run.log).toMatchObject({ desc, roles, deletedAt: undefined });
  expect(run.log).toContain(`Left key ${nameOf(key)} as it is: ${why}.`);
  const summary = [run.main, ...run.post].map(({ rawSummary }) => readable(rawSummary)).join('\n');
  expect(summary).toContain('Left as they are, since this step may not touch them:');
  expect(summary).toContain(`| ${key.id} | ${key.publicKey} | ${why} |`);
}

function readable(summary: string): string {
  return summary
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
}

const isGone = (scene: Scene, { id }: SimulatedKey) => scene.atlas.key(id)?.deletedAt !== undefined;

describe.each(KINDS)('%s', (kind) => {
  it.each<[mode: string, MarkState, Readonly<Record<string, string>>]>([
    ['sweep', 'retired', { roles: '' }],
    ['sweep', 'ephemeral', { roles: '' }],
    ['sweep', 'pending', { roles: '' }],
    ['ephemeral', 'retired', {}],
    ['ephemeral', 'ephemeral', {}],
    ['ephemeral', 'pending', {}],
    ['ensure', 'pending', {}],
    ...(['job', 'step'] as const).flatMap((commit) =>
      (['previous', 'undecided', 'retired'] as const).map(
        (state): [string, MarkState, Readonly<Record<string, string>>] => [
          'rotate',
          state,
          { commit, keepPrevious: '0' },
        ],
      ),
    ),
  ])('survives %s although it is marked %s, and the job succeeds: %j', async (mode, state, inputs) => {
    await using scene = await stage();
    // Of undecided keys those alone go that are older than any job.
    const key = scene.plant(kind, forged(state), 200);
    if (mode === 'rotate') for (const other of ['current', 'undecided'] as const) scene.add(forged(other), 3);
    const left = mode === 'sweep' || mode === 'ephemeral' ? scene.add(forged(state), 48) : undefined;
    const run = await scene.run({ mode, ...inputs });
    expect(run.conclusion, run.log).toBe('success');
    expectLeft(scene, run, key, key.why);
    if (left !== undefined) expect(isGone(scene, left)).toBe(true);
  });

  it.each(['job', 'step'] as const)(
    'named like the key while a rotation is at work decides nothing (commit: %s)',
    async (commit) => {
      await using scene = await stage();
      const key = scene.plant(kind, 'of somebody', -1);
      scene.atlas.faults.add({
        when: { operation: 'createGroupApiKey' },
        phase: 'after',
        run: () => scene.atlas.renameKey(key.id, 'deploy'),
      });
      const run = await scene.run({ mode: 'rotate', commit, keepPrevious: '0' });
      expect(run.conclusion, run.log).toBe('success');
      expectLeft(scene, run, { ...key, desc: 'deploy' }, key.why);
      expect(scene.atlas.key(run.main.outputs.apiUserId ?? '')?.desc).toBe('deploy');
    },
  );

  it.each(['current', 'previous'] as const)(
    'that stands for the current key fails a rotation before anything is made: %s',
    async (state) => {
      await using scene = await stage();
      const key = scene.plant(kind, forged(state));
      const { main } = await scene.run({ mode: 'rotate', commit: 'step', keepPrevious: '0' });
      expect(onlyError(main)).toBe(
        `Key ${nameOf(key)} has this desc, and this step may not touch it: ${key.why}. Nothing was changed. Give that key another description, or rotate under another desc.`,
      );
      expect(writes(scene)).toEqual([]);
    },
  );

  it('keeps its roles although it carries the desc of ensure', async () => {
    await using scene = await stage();
    const key = scene.plant(kind, 'deploy');
    const { main } = await scene.run({ roles: 'GROUP_OWNER' });
    expect(onlyError(main)).toContain(`Key ${nameOf(key)} has other roles than those declared`);
    expect(onlyError(main)).toContain(key.why);
    expect(writes(scene)).toEqual([]);
  });

  it('is given roles in the project where the workflow names it by its id', async () => {
    await using scene = await stage();
    const key = scene.plant(kind, 'deploy');
    const { main } = await scene.run({ desc: '', apiUserId: key.id, roles: 'GROUP_OWNER' });
    expect(main.outputs, main.log).toMatchObject({ result: 'updated', roles: '["GROUP_OWNER"]' });
  });

  it('survives the search for a create without an answer, although it carries the nonce of the step', async () => {
    await using scene = await stage();
    const key = scene.plant(kind, 'of somebody');
    let copied = '';
    scene.atlas.faults.add({
      when: { operation: 'createGroupApiKey' },
      phase: 'after',
      action: { kind: 'reset' },
      run: () => {
        copied = scene.atlas.keys().find(({ desc }) => readMark(desc) !== undefined)?.desc ?? '';
        scene.atlas.renameKey(key.id, copied);
      },
    });
    const run = await scene.run({});
    expect(run.main.outputs, run.log).toMatchObject({ result: 'created' });
    expectLeft(scene, run, { ...key, desc: copied }, key.why);
    expect(scene.atlas.keys().filter(({ desc }) => desc === copied)).toHaveLength(1);
  });

  it.each(['current', 'previous', 'undecided', 'pending', 'ephemeral', 'retired'] as const)(
    'fails revoke by desc, which names it, and everything else of the family goes: %s',
    async (state) => {
      await using scene = await stage();
      const key = scene.plant(kind, forged(state, FAR_AHEAD));
      const family = (['current', 'previous', 'ephemeral', 'pending'] as const).map((one) =>
        scene.add(forged(one, FAR_AHEAD), 3),
      );
      const run = await scene.run({ mode: 'revoke', roles: '' });
      expect(onlyError(run.main)).toBe(
        `1 key could not be revoked. ${nameOf(key)}: ${key.why}. Delete in Atlas by hand what is to go all the same.`,
      );
      expectLeft(scene, run, key, key.why);
      expect(family.map((one) => isGone(scene, one))).toEqual([true, true, true, true]);
    },
  );

  it('fails revoke by its id, which names it', async () => {
    await using scene = await stage();
    const key = scene.plant(kind, 'of somebody');
    const run = await scene.run({ mode: 'revoke', roles: '', desc: '', apiUserId: key.id });
    expect(onlyError(run.main)).toContain(`${nameOf(key)}: ${key.why}`);
    expectLeft(scene, run, key, key.why);
  });
});

describe("the caller's own key", () => {
  const OWN = 'it is the key that this step signs in with';

  it.each(['current', 'previous', 'undecided', 'retired'] as const)(
    'renamed by somebody before post survives the commit: %s',
    async (state) => {
      await using scene = await stage();
      scene.add('deploy', 3);
      const { owner } = scene;
      const job = await scene.job([
        scene.step({ mode: 'rotate', keepPrevious: '0' }),
        { run: () => scene.atlas.renameKey(owner.id, forged(state)) },
      ]);
      expect(job.conclusion, job.log).toBe('success');
      expect(job.log).toContain('The rotation is final');
      expect(scene.atlas.key(owner.id)).toMatchObject({
        desc: forged(state),
        roles: owner.roles,
        deletedAt: undefined,
      });
      if (state !== 'undecided') expect(job.log).toContain(`Left key ${nameOf(owner)} as it is: ${OWN}.`);
    },
  );

  it.each(['current', 'previous', 'undecided', 'retired'] as const)(
    'renamed by somebody while the step is at work survives commit: step: %s',
    async (state) => {
      await using scene = await stage();
      scene.add('deploy', 3);
      const { owner } = scene;
      scene.atlas.faults.add({
        when: { operation: 'createGroupApiKey' },
        run: () => scene.atlas.renameKey(owner.id, forged(state)),
      });
      const run = await scene.run({ mode: 'rotate', commit: 'step', keepPrevious: '0' });
      expect(run.conclusion, run.log).toBe('success');
      expect(scene.atlas.key(owner.id)).toMatchObject({
        desc: forged(state),
        roles: owner.roles,
        deletedAt: undefined,
      });
    },
  );
});

describe('a mark that claims a time far ahead', () => {
  it.each([0, 48])('stalls no ensure (pending, made %i hours ago)', async (age) => {
    await using scene = await stage();
    const key = scene.add(forged('pending', FAR_AHEAD), age);
    const { main } = await scene.run({ timeout: '10s' });
    expect(errorsIn(main)).toEqual([]);
    expect(main.outputs, main.log).toMatchObject({ result: 'created' });
    expect(isGone(scene, key)).toBe(false);
  });

  it.each(['ephemeral', 'pending'] as const)('hides no key from revoke (%s)', async (state) => {
    await using scene = await stage();
    const key = scene.add(forged(state, FAR_AHEAD), 0);
    const run = await scene.run({ mode: 'revoke', roles: '' });
    expect(run.conclusion, run.log).toBe('success');
    expect(isGone(scene, key)).toBe(true);
  });
});

it.each([
  ['an unfinished mark', 'deploy [atlas-key/1 ephemeral'],
  ['a mark of another version', 'deploy [atlas-key/2 previous octo-org/octo-repo]'],
  [
    'a mark for another text',
    describeMarked('deployment', { ...RUN, state: 'previous' }).replace('deployment', 'deploy'),
  ],
])('no text after the desc hides a key from revoke: %s', async (_what, desc) => {
  await using scene = await stage();
  const key = scene.add(desc, 3);
  const run = await scene.run({ mode: 'revoke', roles: '' });
  expect(run.conclusion, run.log).toBe('success');
  expect(isGone(scene, key)).toBe(true);
});
