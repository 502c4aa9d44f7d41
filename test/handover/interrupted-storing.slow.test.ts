/** Runs that end while they store the new key as Actions secrets: what is stored stays alive. */
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { readMark } from '../../src/keys/mark.ts';
import { keysBeside, openScene, type Scene } from '../action/scene.ts';
import { type GitHub, type Moment, startGitHub, TOKENS } from '../github/stand-in.ts';

const MONTH = 30 * 24 * 3_600_000;
const FORMS = {
  combined: { combinedSecret: 'ATLAS_KEY' },
  pair: { publicKeySecret: 'ATLAS_PUBLIC', privateKeySecret: 'ATLAS_PRIVATE' },
  several: { combinedSecret: 'ATLAS_KEY', secretRepositories: 'octo-org/app,octo-org/web' },
} as const;
const ENDS = ['killed', 'cancelled', 'lost'] as const;

type Point = readonly [form: keyof typeof FORMS, moment: Moment, request: number];

// Each place is asked for its public key first, and then they are written. test/protocol kills the same steps at every call.
const POINTS: readonly Point[] = [
  ['combined', 'before', 2],
  ['pair', 'after', 2],
  ['several', 'before', 4],
];

/** The parts of what GitHub holds that no living key has. */
function deadParts(scene: Scene, github: GitHub): string[] {
  const living = keysBeside(scene).flatMap(({ publicKey, privateKey }) => [
    publicKey,
    privateKey,
    `${publicKey}:${privateKey}`,
  ]);
  return [...github.secrets].filter(([, value]) => !living.includes(value)).map(([name]) => name);
}

/** Runs a job whose step ends so while this request to GitHub is under way. */
async function interrupt(
  scene: Scene,
  github: GitHub,
  how: (typeof ENDS)[number],
  [form, moment, request]: Point,
  inputs: Readonly<Record<string, string>>,
) {
  const end = new AbortController();
  github.during(request, moment, async () => {
    end.abort();
    // The signal arrives before the answer does.
    await wait(25);
  });
  const step = scene.step({ ...inputs, githubToken: TOKENS.write, ...FORMS[form] });
  const { apiUrl, repository } = github;
  const result = await scene.job([how === 'killed' ? { ...step, kill: end.signal } : step], {
    apiUrl,
    repository,
    ...(how === 'cancelled' ? { signal: end.signal } : {}),
    ...(how === 'lost' ? { lost: end.signal } : {}),
  });
  expect(end.signal.aborted).toBe(true);
  expect(result.conclusion).not.toBe('success');
  return result;
}

describe.each(ENDS)('a rotation that is %s while it stores', (how) => {
  it.each(POINTS)('leaves what is stored alive (%s, %s request %i)', async (...point) => {
    await using scene = await openScene();
    await using github = await startGitHub({ repositories: ['octo-org/web'] });
    const { apiUrl, repository } = github;
    const rotating = { mode: 'rotate', githubToken: TOKENS.write, ...FORMS[point[0]] };
    const run = (inputs: Readonly<Record<string, string>>) => scene.run(inputs, { apiUrl, repository });
    await run(rotating);
    const [first] = keysBeside(scene);
    // Of keys made within one second the id says nothing about which is newer.
    scene.atlas.clock.advance(1_000);

    await interrupt(scene, github, how, point, { mode: 'rotate' });
    expect(deadParts(scene, github)).toEqual([]);
    expect(keysBeside(scene).find(({ desc }) => desc === 'deploy')?.id).toBe(first?.id);

    scene.atlas.clock.advance(MONTH);
    await run({ mode: 'sweep' });
    expect(deadParts(scene, github)).toEqual([]);

    await run(rotating);
    expect(deadParts(scene, github)).toEqual([]);
    const current = keysBeside(scene).find(({ desc }) => desc === 'deploy');
    expect([...new Set(github.secrets.values())].join(':')).toBe(
      `${current?.publicKey}:${current?.privateKey}`,
    );
  });
});

describe.each(ENDS)('an ensure that is %s while it stores', (how) => {
  it.each(POINTS)(
    'leaves what is stored alive, and the next run stores (%s, %s request %i)',
    async (...point) => {
      await using scene = await openScene();
      await using github = await startGitHub({ repositories: ['octo-org/web'] });
      const { apiUrl, repository } = github;
      await interrupt(scene, github, how, point, {});
      const kept = keysBeside(scene);
      expect(kept.map(({ desc }) => readMark(desc)?.mark.state)).toEqual(['undecided']);
      expect(deadParts(scene, github)).toEqual([]);

      scene.atlas.clock.advance(MONTH);
      await scene.run({ mode: 'sweep' }, { apiUrl, repository });
      expect(keysBeside(scene).map(({ id }) => id)).toEqual(kept.map(({ id }) => id));

      const ensuring = { githubToken: TOKENS.write, ...FORMS[point[0]] };
      const { main } = await scene.run(ensuring, { apiUrl, repository });
      expect(main.outputs.result).toBe('created');
      expect(deadParts(scene, github)).toEqual([]);
      const { publicKey, privateKey } = main.outputs;
      expect([...new Set(github.secrets.values())].join(':')).toBe(`${publicKey}:${privateKey}`);
    },
  );
});
