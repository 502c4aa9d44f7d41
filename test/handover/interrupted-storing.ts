/** Runs that end while they store the new key as Actions secrets, and what must hold of what is stored. */
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import { readMark } from '../../src/keys/mark.ts';
import { keysBeside, openScene, type Run, type Scene } from '../action/scene.ts';
import { type GitHub, type Moment, startGitHub, TOKENS } from '../github/stand-in.ts';

const MONTH = 30 * 24 * 3_600_000;
const FORMS = {
  combined: { combinedSecret: 'ATLAS_KEY' },
  pair: { publicKeySecret: 'ATLAS_PUBLIC', privateKeySecret: 'ATLAS_PRIVATE' },
  several: { combinedSecret: 'ATLAS_KEY', secretRepositories: 'octo-org/app,octo-org/web' },
} as const;

/** How the run ends, and at which request to GitHub. Each place is asked for its public key first, and then written. */
export type End = readonly [
  how: 'killed' | 'cancelled' | 'lost',
  form: keyof typeof FORMS,
  moment: Moment,
  request: number,
];

interface Stage extends AsyncDisposable {
  readonly scene: Scene;
  run(inputs: Readonly<Record<string, string>>): Promise<Run>;
  /** Runs a job whose step ends while that request is under way. */
  interrupt(inputs: Readonly<Record<string, string>>): Promise<void>;
  /** What GitHub holds that no living key has: nothing, ever. */
  deadParts(): string[];
  /** What GitHub holds, as a combined secret. */
  stored(): string;
}

async function openStage([how, form, moment, request]: End): Promise<Stage> {
  const scene = await openScene();
  const github: GitHub = await startGitHub({ repositories: ['octo-org/web'] });
  const { apiUrl, repository } = github;
  const storing = { githubToken: TOKENS.write, ...FORMS[form] };
  return {
    scene,
    run: (inputs) =>
      scene.run(inputs.mode === 'sweep' ? inputs : { ...storing, ...inputs }, { apiUrl, repository }),
    interrupt: async (inputs) => {
      const end = new AbortController();
      github.during(request, moment, async () => {
        end.abort();
        // The signal arrives before the answer does.
        await wait(25);
      });
      const step = scene.step({ ...storing, ...inputs });
      const result = await scene.job([how === 'killed' ? { ...step, kill: end.signal } : step], {
        apiUrl,
        repository,
        ...(how === 'cancelled' && { signal: end.signal }),
        ...(how === 'lost' && { lost: end.signal }),
      });
      expect(end.signal.aborted).toBe(true);
      expect(result.conclusion).not.toBe('success');
    },
    deadParts: () => {
      const living = keysBeside(scene).flatMap(({ publicKey, privateKey }) => [
        publicKey,
        privateKey,
        `${publicKey}:${privateKey}`,
      ]);
      return [...github.secrets].filter(([, value]) => !living.includes(value)).map(([name]) => name);
    },
    stored: () => [...new Set(github.secrets.values())].join(':'),
    async [Symbol.asyncDispose]() {
      await scene[Symbol.asyncDispose]();
      await github[Symbol.asyncDispose]();
    },
  };
}

export async function interruptRotation(end: End): Promise<void> {
  await using stage = await openStage(end);
  const { scene } = stage;
  const current = () => keysBeside(scene).find(({ desc }) => desc === 'deploy');
  await stage.run({ mode: 'rotate' });
  const first = current();

  await stage.interrupt({ mode: 'rotate' });
  expect(stage.deadParts()).toEqual([]);
  expect(current()?.id).toBe(first?.id);

  scene.atlas.clock.advance(MONTH);
  await stage.run({ mode: 'sweep' });
  expect(stage.deadParts()).toEqual([]);

  await stage.run({ mode: 'rotate' });
  expect(stage.deadParts()).toEqual([]);
  expect(stage.stored()).toBe(`${current()?.publicKey}:${current()?.privateKey}`);
}

export async function interruptEnsure(end: End): Promise<void> {
  await using stage = await openStage(end);
  const { scene } = stage;
  await stage.interrupt({});
  const kept = keysBeside(scene);
  expect(kept.map(({ desc }) => readMark(desc)?.mark.state)).toEqual(['undecided']);
  expect(stage.deadParts()).toEqual([]);

  scene.atlas.clock.advance(MONTH);
  await stage.run({ mode: 'sweep' });
  expect(keysBeside(scene).map(({ id }) => id)).toEqual(kept.map(({ id }) => id));

  const { main } = await stage.run({});
  expect(main.outputs.result).toBe('created');
  expect(stage.deadParts()).toEqual([]);
  expect(stage.stored()).toBe(`${main.outputs.publicKey}:${main.outputs.privateKey}`);
}
