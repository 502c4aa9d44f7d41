/** What must hold of service accounts in every schedule, seen from outside as properties.ts does. docs/accounts.md says why. */
import { lasting, readNote } from '../../src/accounts/account.ts';
import type { AccountRequest } from '../../src/request.ts';
import { accountRequestsFor, DESC } from '../faults/requests.ts';
import { GROUP_ID } from '../keys/described-keys.ts';
import type { Job, Past, Run, Scene, Stage, State } from './stage.ts';
import type { Call, StandingAccount, StandingSecret, World } from './world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export function isAboutAccounts({ jobs }: Scene): boolean {
  return jobs.some(({ request }) => request.credential === 'serviceAccount');
}

/** What is wrong with a write that this job is about to make. */
export function breachOfAccountWrite(
  state: State,
  index: number,
  { name, args }: Call,
  scene: Scene,
): string | undefined {
  const job = scene.jobs[index];
  const account = state.world.accounts.find(({ clientId }) => clientId === args[1]);
  if (job === undefined || account === undefined) return undefined;
  const working = account.secrets.filter(({ expiresAt }) => expiresAt > state.world.now);
  switch (name) {
    case 'accounts.createSecret': {
      const isCut = working.some(({ expiresAt }) => expiresAt > state.world.now + 7 * DAY);
      return isCut && job.request.mode === 'ephemeral'
        ? `The lease of ${job.name} brings the end of a lasting secret nearer.`
        : undefined;
    }
    case 'accounts.update': {
      const { current } = readNote((args[2] as { description?: string }).description ?? '') ?? {};
      const note = readNote(account.description);
      const isKept = note?.next?.id === current && note?.next?.state === 'kept';
      const maker = scene.jobs.findIndex(
        ({ name: by }) => by === working.find(({ id }) => id === current)?.maker,
      );
      const itsJob = scene.jobs[maker];
      if (current === undefined || current === note?.current || isKept || itsJob?.request.mode !== 'rotate')
        return undefined;
      return isFinal(itsJob, state.runs[maker] as Run, state.world.held.includes(current))
        ? undefined
        : `${job.name} makes a secret current that is not final.`;
    }
    case 'accounts.unassign':
      return working.length > 0 ? `${job.name} takes an account out whose secret works.` : undefined;
    case 'accounts.delete':
    case 'accounts.deleteSecret': {
      const doomed = name === 'accounts.delete' ? working : working.filter(({ id }) => id === args[2]);
      for (const secret of doomed) {
        const why = breachOfEnd(state, index, secret, account, scene);
        if (why !== undefined) return `${job.name} ends a secret of ${secret.maker ?? 'old'}: ${why}.`;
      }
      return undefined;
    }
    default:
      return undefined;
  }
}

/** Why this job must not end this secret, which works. */
function breachOfEnd(
  state: State,
  index: number,
  secret: StandingSecret,
  account: StandingAccount,
  scene: Scene,
): string | undefined {
  const job = scene.jobs[index] as Job;
  const run = state.runs[index] as Run;
  const { mode } = job.request;
  const isHeld = state.world.held.includes(secret.id);
  if (mode === 'revoke') return undefined;
  if (secret.maker === job.name) {
    const hasSucceeded = typeof run.past.main === 'object';
    return isHeld && hasSucceeded && mode !== 'ephemeral' ? 'it was handed out by itself' : undefined;
  }
  const maker = scene.jobs.findIndex(({ name }) => name === secret.maker);
  const itsRun = state.runs[maker];
  if (scene.jobs[maker]?.request.mode === 'ephemeral' || readNote(account.description)?.isLeased) {
    return isHeld || itsRun?.phase === 'main' ? "another run's lease" : undefined;
  }
  if (!isHeld) return itsRun?.phase === 'main' ? 'its maker is at work' : undefined;
  if (mode !== 'rotate') return 'somebody holds it';
  if (scene.jobs.some(({ request }) => request.mode === 'revoke')) return undefined;
  const { next } = readNote(account.description) ?? {};
  // Whether a write that was begun was carried out, nobody but the store can tell.
  const isUncertain = next?.state === 'kept' && next.id !== secret.id;
  if (isUncertain) return undefined;
  if (state.world.stored === secret.id) return 'the store holds it';
  if (isSuperseded(state, secret, account, scene)) return undefined;
  if (itsRun !== undefined && hasFailed(itsRun, state.world, secret)) return undefined;
  const hasOwn = account.secrets.some(
    ({ id, maker: by }) => by === job.name && state.world.held.includes(id),
  );
  return isFinal(job, run, hasOwn) ? undefined : 'it is current, and no rotation of its own is final';
}

/** Whether a later secret of its account is final, or is what the store holds. */
function isSuperseded(state: State, secret: StandingSecret, account: StandingAccount, scene: Scene): boolean {
  const { secrets } = account;
  return secrets.slice(secrets.findIndex(({ id }) => id === secret.id) + 1).some((later) => {
    if (later.id === state.world.stored || later.id === readNote(account.description)?.current) return true;
    const index = scene.jobs.findIndex(({ name }) => name === later.maker);
    const job = scene.jobs[index];
    return job !== undefined && isFinal(job, state.runs[index] as Run, state.world.held.includes(later.id));
  });
}

/** Whether the run that made a secret may make it current, or has. */
function isFinal({ request }: Job, { phase, past }: Run, isHeld: boolean): boolean {
  if (!isHeld) return false;
  if (request.mode !== 'rotate') return request.mode === 'ensure' && typeof past.main === 'object';
  return request.commit === 'step' || (past.status === 'success' && phase !== 'job');
}

/** Whether its job came to nothing; of a lost machine only its age tells. */
function hasFailed({ phase, past }: Run, { now }: World, { createdAt }: StandingSecret): boolean {
  if (phase === 'main') return false;
  return past.status === undefined ? now - createdAt > 5 * DAY : past.status !== 'success';
}

/** What is wrong when every job is over. */
export function breachAtEndOfAccounts(state: State, scene: Scene): string | undefined {
  const { world, runs } = state;
  const ended = scene.jobs.map((job, index) => ({ job, past: (runs[index] as { past: Past }).past }));
  const of = (mode: AccountRequest['mode']) => ended.filter(({ job }) => job.request.mode === mode);
  const revokes = of('revoke').length > 0;
  const isQuiet = isUndisturbed(state, scene) && state.jumps === (scene.jumps?.length ?? 0);
  const failed = ended.filter(({ past }) => past.main === 'failed');
  if (isQuiet && !revokes) {
    const wrong = failed.find(({ job }) => job.request.mode !== 'rotate');
    if (wrong !== undefined) return `${wrong.job.name} fails, and nothing was in its way.`;
    const rotations = of('rotate');
    if (rotations.length > 0 && rotations.every(({ past }) => past.main === 'failed'))
      return 'No rotation succeeds, and nothing was in their way.';
  }
  if (world.stored !== undefined && !revokes && !isStoreUncertain(state) && !isThere(world, world.stored))
    return 'The store holds a dead secret.';
  for (const { job, past } of ended) {
    const why = breachOfJob(job, past, world, revokes);
    if (why !== undefined) return why;
  }
  const family = familyIn(world);
  const isUnkilled = state.kills === (scene.kills ?? 0);
  const made = family.filter(({ description }) => readNote(description)?.pending === undefined);
  if (made.length > 1) return `${made.length} accounts are to last.`;
  const makers = [...of('ensure'), ...of('rotate')].filter(
    ({ past }) => typeof past.main === 'object' && past.post === 'done',
  );
  if (!revokes && isUnkilled && makers.length > 0 && made.length !== 1) return 'No account is to last.';
  if (isQuiet && family.length > made.length) return 'An account is pending that nobody makes.';
  return undefined;
}

function breachOfJob(job: Job, past: Past, world: World, revokes: boolean): string | undefined {
  const { request } = job;
  const own = world.accounts.flatMap((account) =>
    account.secrets.filter(({ maker }) => maker === job.name).map((secret) => ({ account, secret })),
  );
  for (const { account, secret } of own) {
    const { id, createdAt, expiresAt } = secret;
    const hours = 'hours' in request ? request.hours : 0;
    if (expiresAt > createdAt + hours * HOUR) return `A secret of ${job.name} outlives secretExpiresAfter.`;
    if (account.isOut && expiresAt > world.now) return `A secret of ${job.name} works out of reach.`;
    const isOver = past.post === 'done';
    if (request.mode === 'ephemeral' && isOver && world.held.includes(id))
      return `The secret of ${job.name} outlives its job.`;
    const isKnown = 'secretId' in past.entry && past.entry.secretId === id;
    if (isOver && isKnown && past.entry.phase === 'made' && expiresAt > world.now)
      return `A secret of ${job.name} is left that nobody holds.`;
  }
  const secretId = typeof past.main === 'object' ? past.main.apiUserId : undefined;
  const isMaking = request.mode === 'ensure' || request.mode === 'rotate';
  if (!isMaking || revokes || past.post !== 'done' || past.status !== 'success' || secretId === undefined)
    return undefined;
  const isNewest = own.every(({ account }) => account.secrets.at(-1)?.maker === job.name);
  if (own.length === 0 && !wasFollowed(job, world)) return `${job.name} succeeded, and its secret is dead.`;
  const current = own.map(({ account }) => readNote(account.description)?.current)[0];
  return request.mode === 'rotate' && own.length > 0 && isNewest && current !== secretId
    ? `${job.name} succeeded, and its secret is not current.`
    : undefined;
}

/** Whether another run has made a secret since, which may have superseded it. */
function wasFollowed(job: Job, { accounts, held }: World): boolean {
  return accounts.some(({ secrets }) =>
    secrets.some(({ maker, id }) => maker !== undefined && maker !== job.name && held.includes(id)),
  );
}

/** What is wrong once everybody is gone: an ensure and a rotation that have the world to themselves. */
export async function breachAfterAccounts(
  state: State,
  scene: Scene,
  stage: Stage,
): Promise<string | undefined> {
  const { ensure, rotate } = accountRequestsFor(GROUP_ID);
  const posts = state.runs.map(({ past }) => past.post);
  // The post of a rotation whose job did not succeed ends with an error, and has done its work.
  const isCleared = posts.every(
    (post) => post === 'done' || (post === 'failed' && isUndisturbed(state, scene)),
  );
  // Of a lost machine nobody knows, so nobody touches its secret before the longest job would be over.
  const later = { ...state.world, now: state.world.now + (isCleared ? 12 * 60_000 : 5 * DAY + HOUR) };
  const ensured = await stage.alone(later, ensure());
  if (typeof ensured.main !== 'object') return 'A later ensure fails.';
  const family = familyIn(ensured.world).filter(
    ({ description }) => readNote(description)?.pending === undefined,
  ).length;
  if (family !== 1) return `After a later ensure ${family} accounts are to last.`;
  const rotated = await stage.alone(later, rotate({ commit: 'step' }));
  const when = isCleared ? 'at once' : 'when no job can be at work any more';
  if (typeof rotated.main !== 'object') {
    return hasStray(later) ? undefined : `A later rotation fails, ${when}.`;
  }
  const current = rotated.main.apiUserId ?? '';
  if (!isThere(rotated.world, current)) return 'A later rotation hands out a dead secret.';
  const { stored } = state.world;
  const isExpected = stored !== undefined && isThere(later, stored) && !isStoreUncertain(state);
  return isExpected && !isThere(rotated.world, stored)
    ? 'A later rotation that keeps the former secret ends the one that the store holds.'
    : undefined;
}

/** Whether a write to the store was begun of which nobody knows whether it was carried out: docs/accounts.md, "What is not covered". */
function isStoreUncertain({ runs, world }: State): boolean {
  return (
    runs.some(({ past }) => past.entry.phase === 'stored') ||
    world.accounts.some(({ description }) => readNote(description)?.next?.state === 'stored')
  );
}

/**
 * A secret whose answer was lost, or whose machine was before it could write the note: it may as well be a person's, so a
 * rotation steps back. docs/accounts.md, "What is not covered".
 */
function hasStray({ held, accounts, now }: World): boolean {
  return accounts.some(({ secrets, description }) => {
    const { current, previous, next } = readNote(description) ?? {};
    return secrets.some(
      ({ id, expiresAt, maker }) =>
        maker !== undefined &&
        expiresAt > now &&
        !held.includes(id) &&
        ![current, previous, next?.id].includes(id),
    );
  });
}

/** Whether nothing that may go wrong in the scene did. */
export function isUndisturbed(state: State, scene: Scene): boolean {
  return state.kills === (scene.kills ?? 0) && state.faults === (scene.faults ?? 0);
}

function familyIn({ accounts }: World): StandingAccount[] {
  const here = accounts.filter(({ name, isOut }) => name === DESC && !isOut);
  return here.filter((account) => lasting([account]).length > 0);
}

function isThere({ accounts, now }: World, secretId: string): boolean {
  return accounts.some(
    ({ secrets, isOut }) => !isOut && secrets.some(({ id, expiresAt }) => id === secretId && expiresAt > now),
  );
}
