/**
 * What must hold in every schedule, seen from outside: by what is in Atlas, what was handed out and how each job ended.
 * docs/lifecycle.md says why.
 */
import { isMarkedAs, type MarkState, readMark } from '../../src/keys/mark.ts';
import { DESC, requestsFor } from '../faults/requests.ts';
import { GROUP_ID } from '../keys/described-keys.ts';
import {
  breachAfterAccounts,
  breachAtEndOfAccounts,
  breachOfAccountWrite,
  isAboutAccounts,
  isUndisturbed,
} from './account-properties.ts';
import type { Job, Past, Scene, Stage, State } from './stage.ts';
import type { Call, Key, World } from './world.ts';

/**
 * Two steps renamed a key to the plain text at the same moment, and the one that would have looked last was lost before
 * it did. Both keys live; ensure does not guess, and the next rotation mends it (docs/lifecycle.md).
 */
export const NOT_COVERED = 'A later ensure fails.';

const YEAR = 365 * 24 * 3_600_000;

interface Ended {
  readonly job: Job;
  readonly past: Past;
}

/** What is wrong with a write that this job is about to make. */
export function breachOfWrite(state: State, index: number, call: Call, scene: Scene): string | undefined {
  if (isAboutAccounts(scene)) return breachOfAccountWrite(state, index, call, scene);
  const { name, args } = call;
  const job = scene.jobs[index];
  const run = state.runs[index];
  const apiUserId = name === 'renameKey' ? (args[0] as { apiUserId: string }).apiUserId : args[1];
  const key = state.world.keys.find(({ id }) => id === apiUserId);
  if (key === undefined || job === undefined || run === undefined || !CHANGES.includes(name))
    return undefined;
  if (key.outside) return `${job.name} changes a key outside its remit: ${name}.`;
  const isDoomed = name === 'deleteKey' || (name === 'renameKey' && stateOf(args[1] as string) === 'retired');
  if (!isDoomed || scene.forgeries !== undefined || job.request.mode === 'revoke') return undefined;
  const was = stateOf(key.desc);
  const { mode } = job.request;
  const isFinal =
    job.request.mode === 'rotate' &&
    (job.request.commit === 'step' || (run.phase === 'post' && run.past.status === 'success'));
  if ((was === 'current' || was === 'previous') && !isFinal) {
    return `${job.name} deletes a key that is ${was}, and no rotation of its own is final.`;
  }
  if ((mode === 'sweep' || mode === 'ephemeral') && key.maker !== job.name) {
    if (state.world.stored === key.id) return `${job.name} sweeps the key that the secret holds.`;
    const maker = state.runs[scene.jobs.findIndex(({ name }) => name === key.maker)];
    if (maker?.phase === 'job' && typeof maker.past.main === 'object') {
      return `${job.name} sweeps a key while the job that it was made for runs.`;
    }
  }
  return undefined;
}

const CHANGES: readonly Call['name'][] = [
  'renameKey',
  'deleteKey',
  'unassignKey',
  'assignKey',
  'updateRoles',
];

/** What is wrong when every job is over. */
export function breachAtEnd(state: State, scene: Scene): string | undefined {
  if (isAboutAccounts(scene)) return breachAtEndOfAccounts(state, scene);
  const { world, runs } = state;
  const ended = scene.jobs.map((job, index): Ended => ({ job, past: (runs[index] as { past: Past }).past }));
  const revokes = ended.some(({ job }) => job.request.mode === 'revoke');
  const isQuiet =
    isUndisturbed(state, scene) &&
    state.jumps === (scene.jumps?.length ?? 0) &&
    scene.forgeries === undefined &&
    !revokes;
  const failed = ended.find(
    ({ job, past }) => past.post === 'failed' || (job.request.mode === 'ensure' && past.main === 'failed'),
  );
  if (isQuiet && failed !== undefined) return `${failed.job.name} fails, and nothing was in its way.`;
  return (
    first(ended, (one) => breachOfRevoke(one, world, scene)) ??
    first(ended, (one) => breachOfEphemeral(one, world)) ??
    (scene.forgeries === undefined
      ? (first(world.keys, (key) => breachOfLeftOver(key, ended, world)) ??
        (revokes ? undefined : breachOfFamily(state, scene, ended)))
      : undefined)
  );
}

function breachOfFamily(state: State, scene: Scene, ended: readonly Ended[]): string | undefined {
  const { world } = state;
  const succeeded = ended.filter(({ past }) => typeof past.main === 'object' && isDone(past));
  const ensured = succeeded.filter(({ job }) => job.request.mode === 'ensure');
  const created = ensured.filter(
    ({ past }) => typeof past.main === 'object' && past.main.result === 'created',
  );
  if (created.length > 1) return 'Two report that they created the key.';
  const wasCurrent = currentIn(scene.world).length > 0;
  const isExpected =
    wasCurrent || ensured.length > 0 || succeeded.some(({ job }) => job.request.mode === 'rotate');
  const plain = currentIn(world).length;
  if (isUndisturbed(state, scene) && isExpected && plain !== 1) return `${plain} keys are current.`;
  if (world.stored !== undefined && !isAlive(world, world.stored)) {
    return `The secret holds a dead key.`;
  }
  return first(succeeded, ({ job, past }) => {
    const apiUserId = typeof past.main === 'object' ? past.main.apiUserId : undefined;
    if (apiUserId === undefined || (job.request.mode !== 'ensure' && job.request.mode !== 'rotate'))
      return undefined;
    const key = world.keys.find(({ id }) => id === apiUserId);
    const isSuperseded = supersededBy(apiUserId, world) > keptIn(scene);
    if (key === undefined)
      return isSuperseded ? undefined : `The job of ${job.name} succeeded, and its key is dead.`;
    const isCurrent = key.desc === DESC;
    return isCurrent || keptIn(scene) < Number.POSITIVE_INFINITY
      ? undefined
      : `${job.name} succeeded, and its key is not current.`;
  });
}

/** How many superseded keys the rotations of the scene keep; without any rotation, no key is ever superseded. */
function keptIn({ jobs }: Scene): number {
  return Math.min(
    ...jobs.map(({ request }) =>
      request.mode === 'rotate' ? request.keepPrevious : Number.POSITIVE_INFINITY,
    ),
  );
}

/** How many keys became current after this one, or at the same moment and are newer. */
function supersededBy(apiUserId: string, { named }: World): number {
  const at = named.indexOf(apiUserId);
  return named.filter((id, index) => id > apiUserId || (at >= 0 && index > at)).length;
}

/** A key that is left though nobody has its secret, or though it belongs to a job that is over. */
function breachOfLeftOver(key: Key, ended: readonly Ended[], world: World): string | undefined {
  const maker = ended.find(({ job }) => job.name === key.maker);
  if (maker?.past.post !== 'done') return undefined;
  if (!world.held.includes(key.id) && !mayBeHeld(key.desc, maker.job))
    return `A key of ${key.maker} is left that nobody holds: ${stateOf(key.desc)}.`;
  if (stateOf(key.desc) === 'pending') return `A key of ${key.maker} was handed out and is pending.`;
  return undefined;
}

/** Nobody but the secret store can tell whether a write that was begun was carried out. */
function mayBeHeld(desc: string, { request }: Job): boolean {
  return 'handover' in request && request.handover.store !== undefined && stateOf(desc) !== 'pending';
}

function breachOfEphemeral({ job, past }: Ended, world: World): string | undefined {
  if (job.request.mode !== 'ephemeral' || past.post !== 'done') return undefined;
  const key = world.keys.find(({ maker, forged }) => maker === job.name && !forged);
  return key === undefined ? undefined : `The key of ${job.name} outlives its job.`;
}

/** Whoever hides a key from revoke by what is written on it must not make it report success. */
function breachOfRevoke({ job, past }: Ended, world: World, scene: Scene): string | undefined {
  if (job.request.mode !== 'revoke' || typeof past.main !== 'object') return undefined;
  const isOwn = (text: string): boolean => text === DESC || text.startsWith(`${DESC} [atlas-key/`);
  // Those who make a key at this moment end it, or make it current, by themselves.
  const isInTheMaking = ({ maker, forged, desc }: Key): boolean =>
    maker !== undefined && forged === undefined && ['pending', 'ephemeral'].includes(stateOf(desc) ?? '');
  const left = (past.found ?? scene.world.keys).find((key) => {
    const now = world.keys.find(({ id }) => id === key.id);
    return now !== undefined && isOwn(key.desc) && isOwn(now.desc) && !isInTheMaking(key);
  });
  return left && `${job.name} reports success, and a key is alive that was there: ${stateOf(left.desc)}.`;
}

/** What is wrong once everything is past its time, a sweep has run, and then an ensure. */
export async function breachAfterwards(
  state: State,
  scene: Scene,
  stage: Stage,
): Promise<string | undefined> {
  if (isAboutAccounts(scene)) return breachAfterAccounts(state, scene, stage);
  if (scene.forgeries !== undefined) return undefined;
  const later = { ...state.world, now: state.world.now + YEAR };
  const revokes = scene.jobs.some(({ request }) => request.mode === 'revoke');
  const { sweep, ensure } = requestsFor(GROUP_ID);
  const swept = await stage.alone(later, sweep());
  const { stored } = state.world;
  if (stored !== undefined && !revokes && !isAlive(swept.world, stored)) {
    return `A later sweep deletes the key that the secret holds.`;
  }
  const left = swept.world.keys.find(({ id, maker, desc }) => {
    const job = scene.jobs.find(({ name }) => name === maker);
    return job !== undefined && !state.world.held.includes(id) && !mayBeHeld(desc, job);
  });
  if (left !== undefined)
    return `After a later sweep a key is left that nobody holds: ${stateOf(left.desc)}.`;
  const ensured = await stage.alone(swept.world, ensure());
  if (typeof ensured.main !== 'object') return NOT_COVERED;
  const wasThere =
    currentIn(scene.world).length > 0 ||
    state.runs.some(
      ({ past }, index) =>
        scene.jobs[index]?.request.mode === 'ensure' && typeof past.main === 'object' && isDone(past),
    );
  if (wasThere && !revokes && ensured.main.result === 'created')
    return 'A later ensure finds no current key.';
  const plain = currentIn(ensured.world).length;
  if (plain !== 1) return `After a later ensure ${plain} keys are current.`;
  return stored === undefined || revokes || isAlive(ensured.world, stored)
    ? undefined
    : 'The secret holds a dead key after a later ensure.';
}

function isDone({ post }: Past): boolean {
  return post === 'done' || post === 'lost';
}

function isAlive({ keys }: World, apiUserId: string): boolean {
  return keys.some(({ id }) => id === apiUserId);
}

function currentIn({ keys }: World): readonly Key[] {
  return keys.filter(({ desc }) => desc === DESC);
}

function stateOf(desc: string): 'current' | MarkState | undefined {
  if (desc === DESC) return 'current';
  const marked = readMark(desc);
  return marked && isMarkedAs(marked, DESC) ? marked.mark.state : undefined;
}

function first<Item>(
  items: readonly Item[],
  breachOf: (item: Item) => string | undefined,
): string | undefined {
  for (const item of items) {
    const breach = breachOf(item);
    if (breach !== undefined) return breach;
  }
  return undefined;
}
