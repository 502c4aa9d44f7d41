/** Which jobs meet, what was there before, and what may befall them. */
import { describe as describeAccount, type Note } from '../../src/accounts/account.ts';
import type { Handover, Request } from '../../src/request.ts';
import { accountRequestsFor, DESC, HANDOVER, ROLES, requestsFor, STORING } from '../faults/requests.ts';
import { descriptionOf, GROUP_ID, idAt, NOW, nonceOf, ORG_ID } from '../keys/described-keys.ts';
import type { StandingAccount } from './account-world.ts';
import { CALLER, type Job, type Scene } from './stage.ts';
import { BEGINNING, type Key, type World } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ELSEWHERE = 'e'.repeat(24);

const quietly: Handover = { ...HANDOVER, verify: false };
const storing: Handover = { ...STORING, verify: false };
const killed = { kills: 1, losesMachines: true };
const killedAndFailing = { ...killed, faults: 1 };
/** The same, and every mark may be past its time. */
const late = { ...killed, jumps: [11 * MINUTE] };

type Scenes = Readonly<Record<string, Scene>>;
type Named = (name: string) => Job;

/** A job still without its name. */
const job =
  (request: Request, statuses?: Job['statuses']): Named =>
  (name) => ({ name, request, ...(statuses && { statuses }) });

/** These jobs, which are called A, B and C. */
const meet = (world: World, jobs: readonly Named[], rest: Omit<Scene, 'world' | 'jobs'> = {}): Scene => ({
  world,
  jobs: jobs.map((named, index) => named('ABC'.charAt(index))),
  ...rest,
});

/** Scenes for each of these ways in which something can be done. */
function scenesFor<Way>(ways: readonly Way[], scenesOf: (way: Way) => Scenes): Scenes {
  return Object.assign({}, ...ways.map(scenesOf));
}

/** `commit` and `keepPrevious` of a rotation, whose job may succeed or fail. */
const ROTATIONS = ([0, 1] as const).flatMap((keepPrevious) =>
  (['job', 'step'] as const).map((commit) => ({
    keepPrevious,
    commit,
    name: `commit: ${commit}, keepPrevious: ${keepPrevious}`,
  })),
);
const eitherWay = ['success', 'failure'] as const;

// Keys.

const requests = requestsFor(GROUP_ID);
const ensures = job(requests.ensure({ handover: quietly }));
const ensuresStored = job(requests.ensure({ handover: storing }));
const ephemerals = job(requests.ephemeral({ handover: quietly }));
const revokes = job(requests.revoke());
const sweeps = job(requests.sweep());
const rotates = (keepPrevious: number, commit: 'job' | 'step', handover = quietly): Named =>
  job(requests.rotate({ keepPrevious, commit, handover }), eitherWay);

function key(number: number, desc: string, rest: Partial<Key> = {}): Key {
  return {
    id: idAt(-7200 + number),
    publicKey: `standing${number}`,
    desc,
    roles: [
      { orgId: ORG_ID, roleName: 'ORG_MEMBER' },
      { groupId: GROUP_ID, roleName: 'GROUP_READ_ONLY' },
    ],
    privateKeyTail: '',
    ...rest,
  };
}

/** A world in which these keys were there before, the current one last. */
function worldWith(...keys: readonly Key[]): World {
  return {
    ...BEGINNING,
    keys,
    held: keys.map(({ id }) => id),
    named: keys.filter(({ desc }) => desc === DESC).map(({ id }) => id),
  };
}

const CURRENT = key(1, DESC);
const nothing = worldWith();
const one = worldWith(CURRENT);
const stored = { ...one, stored: CURRENT.id };

/** A commit was interrupted between its renames a week ago, beside the key of a job that failed. */
const interrupted = worldWith(
  key(-9 * 24 * 3600, descriptionOf('previous', { nonce: nonceOf(8) })),
  key(-8 * 24 * 3600, descriptionOf('undecided', { nonce: nonceOf(8) })),
  key(-7 * 24 * 3600, descriptionOf('undecided', { nonce: nonceOf(9) })),
);

/** Beside keys outside the remit by what they are: the caller's own, an owner's, one that works in another project, too. */
const attacked = worldWith(
  CURRENT,
  key(2, "the caller's own", { publicKey: CALLER, outside: true }),
  key(3, "an owner's", {
    outside: true,
    roles: [
      { orgId: ORG_ID, roleName: 'ORG_OWNER' },
      { groupId: GROUP_ID, roleName: 'GROUP_READ_ONLY' },
    ],
  }),
  key(4, "another project's", {
    outside: true,
    roles: [...CURRENT.roles, { groupId: ELSEWHERE, roleName: 'GROUP_OWNER' }],
  }),
);

/** What somebody may write on a key to have it deleted, spared, waited for or taken for another. */
const forgeries = [
  DESC,
  descriptionOf('pending', { until: NOW - HOUR }),
  descriptionOf('pending', { until: NOW + 5 * MINUTE }),
  descriptionOf('pending', { until: NOW + 3650 * DAY, nonce: nonceOf(1) }),
  descriptionOf('ephemeral', { until: NOW - 30 * DAY }),
  descriptionOf('ephemeral', { until: NOW + 3650 * DAY }),
  descriptionOf('undecided', { nonce: nonceOf(1) }),
  descriptionOf('previous', { nonce: nonceOf(1) }),
  descriptionOf('retired'),
];

/** Two jobs at most: each is visited whole in seconds. */
export const QUICK: Scenes = {
  'ensure and ensure, one killed anywhere': meet(nothing, [ensures, ensures], killed),
  'ensure and ensure, two killed anywhere': meet(nothing, [ensures, ensures], { ...killed, kills: 2 }),
  'ensure and ensure, ids fall, a call fails': meet({ ...nothing, ids: 'falling' }, [ensures, ensures], {
    faults: 1,
  }),
  'ensure and ensure, one killed anywhere, time passes': meet(nothing, [ensures, ensures], late),
  'ensure and ensure, both storing, one killed anywhere': meet(
    nothing,
    [ensuresStored, ensuresStored],
    killed,
  ),
  'ensure that stores, a call fails': meet(nothing, [ensuresStored], { faults: 1 }),
  'ensure and rotate, commit: job, keepPrevious: 1': meet(one, [ensures, rotates(1, 'job')], killed),
  'ensure and rotate, commit: step, keepPrevious: 0': meet(one, [ensures, rotates(0, 'step')], killed),
  'ensure and rotate, commit: job, keepPrevious: 0, both storing': meet(
    nothing,
    [ensuresStored, rotates(0, 'job', storing)],
    killed,
  ),
  ...scenesFor(['job', 'step'] as const, (commit) => ({
    [`ensure and rotate, commit: ${commit}, keepPrevious: 0, after an interrupted commit`]: meet(
      interrupted,
      [ensures, rotates(0, commit)],
      killed,
    ),
  })),
  'ensure and rotate, commit: step, keepPrevious: 0, no key before': meet(
    nothing,
    [ensures, rotates(0, 'step')],
    killed,
  ),
  ...scenesFor(ROTATIONS, ({ keepPrevious, commit, name }) => {
    const [rotate, rotateStored] = [rotates(keepPrevious, commit), rotates(keepPrevious, commit, storing)];
    return {
      [`rotate and rotate, ${name}`]: meet(one, [rotate, rotate]),
      [`rotate and rotate, ${name}, storing`]: meet(stored, [rotateStored, rotateStored]),
      [`rotate, ${name}, storing, killed anywhere, a call fails`]: meet(
        stored,
        [rotateStored],
        killedAndFailing,
      ),
      [`rotate and rotate, ${name}, one killed anywhere`]: meet(one, [rotate, rotate], killed),
    };
  }),
  'rotate and revoke': meet(one, [rotates(1, 'job'), revokes], killed),
  'ensure and revoke, a key before': meet(one, [ensures, revokes], killed),
  'ensure and revoke, no key before': meet(nothing, [ensures, revokes], killed),
  'ephemeral and sweep': meet(nothing, [ephemerals, sweeps], late),
  'ensure and sweep': meet(nothing, [ensures, sweeps], late),
  'ensure and sweep, storing': meet(nothing, [ensuresStored, sweeps], late),
  ...scenesFor([ensures, ephemerals, rotates(0, 'step'), rotates(1, 'job'), revokes, sweeps], (named) => ({
    [`${named('A').request.mode}, while somebody writes what he likes on a key`]: meet(attacked, [named], {
      forgeries,
      kills: 1,
    }),
  })),
};

/** What takes minutes, or never ends: `npm run soak`. */
export const LARGE: Scenes = {
  'three ensures, one killed anywhere': meet(nothing, [ensures, ensures, ensures], killed),
  'three rotations, commit: job, keepPrevious: 1': meet(one, Array(3).fill(rotates(1, 'job'))),
  'three rotations, commit: job, keepPrevious: 1, storing': meet(
    stored,
    Array(3).fill(rotates(1, 'job', storing)),
  ),
  'three rotations, commit: step, keepPrevious: 0': meet(one, Array(3).fill(rotates(0, 'step'))),
  'rotate and rotate, commit: job, keepPrevious: 0, storing, one killed anywhere, a call fails': meet(
    stored,
    Array(2).fill(rotates(0, 'job', storing)),
    killedAndFailing,
  ),
  'two ensures and a rotation, one killed anywhere': meet(
    nothing,
    [ensures, ensures, rotates(0, 'job')],
    killed,
  ),
};

// Service accounts.

const ofAccounts = accountRequestsFor(GROUP_ID);
const leases = job(ofAccounts.ephemeral({ handover: quietly }));
const ensuresAccount = job(ofAccounts.ensure({ handover: quietly }));
const ensuresAccountStored = job(ofAccounts.ensure({ handover: storing }));
const revokesAccounts = job(ofAccounts.revoke());
const rotatesAccount = (keepPrevious: 0 | 1, commit: 'job' | 'step', handover = quietly): Named =>
  job(ofAccounts.rotate({ keepPrevious, commit, handover }), eitherWay);

const secretId = (number: number): string => idAt(-7200, number);

/** An account that was there before, with secrets of these numbers, the last of them the newest. */
function account(note: Note | undefined, ...secrets: readonly number[]): StandingAccount {
  return {
    clientId: `mdb_sa_id_${idAt(-7200, 101)}`,
    name: DESC,
    description: note === undefined ? 'made by hand' : describeAccount(note),
    roles: ROLES,
    secrets: secrets.map((number) => ({
      id: secretId(number),
      createdAt: NOW - (30 - number) * DAY,
      expiresAt: NOW + 60 * DAY,
    })),
  };
}

function worldWithAccount(standing: StandingAccount): World {
  return { ...BEGINNING, accounts: [standing], held: standing.secrets.map(({ id }) => id).sort() };
}

const justMade = worldWithAccount(account({}, 1));
const byHand = worldWithAccount(account(undefined, 1));
const rotated = worldWithAccount(account({ current: secretId(2), previous: secretId(1) }, 1, 2));
const storedAccount = { ...rotated, stored: secretId(2) };
const leased = worldWithAccount(account({ isLeased: true }));

const WAYS = ROTATIONS.flatMap(({ keepPrevious, commit, name }) => [
  { name, before: rotated, rotate: rotatesAccount(keepPrevious, commit) },
  { name: `${name}, storing`, before: storedAccount, rotate: rotatesAccount(keepPrevious, commit, storing) },
]);

/** Each is visited whole in a second or two. */
export const QUICK_ACCOUNTS: Scenes = {
  'two leases, one account': meet(leased, [leases, leases], killed),
  'two leases, no account before, a call fails': meet(nothing, [leases, leases], { faults: 1 }),
  'three leases, one account with two places': meet(leased, [leases, leases, leases]),
  'lease beside rotate': meet(rotated, [leases, rotatesAccount(0, 'job')], killed),
  'lease beside rotate, an account by hand': meet(byHand, [leases, rotatesAccount(0, 'job')], killed),
  'lease beside revoke': meet(leased, [leases, revokesAccounts], killed),
  'lease beside revoke by Project Owners': meet(
    { ...leased, projectOwners: true },
    [leases, revokesAccounts],
    killed,
  ),
  'two ensures': meet(nothing, [ensuresAccount, ensuresAccount], killedAndFailing),
  'two ensures, time passes': meet(nothing, [ensuresAccount, ensuresAccount], {
    ...killed,
    jumps: [12 * MINUTE],
  }),
  'two ensures, storing, by Project Owners': meet(
    { ...nothing, projectOwners: true },
    [ensuresAccountStored, ensuresAccountStored],
    killed,
  ),
  'two ensures, ids fall': meet({ ...nothing, ids: 'falling' }, [ensuresAccount, ensuresAccount], killed),
  'ensure beside rotate, no account before': meet(
    nothing,
    [ensuresAccount, rotatesAccount(1, 'job')],
    killed,
  ),
  'ensure beside rotate': meet(rotated, [ensuresAccount, rotatesAccount(1, 'job')], killed),
  ...scenesFor(WAYS, ({ name, before, rotate }) => ({
    [`two rotations, ${name}`]: meet(before, [rotate, rotate]),
    [`rotate, ${name}, killed anywhere, a call fails`]: meet(before, [rotate], killedAndFailing),
    [`rotate, the account just made, ${name}, killed anywhere`]: meet(justMade, [rotate], killed),
    [`two rotations, ${name}, one killed anywhere`]: meet(before, [rotate, rotate], killed),
  })),
};

/** What takes longer: `npm run soak`. */
export const LARGE_ACCOUNTS: Scenes = {
  'three leases, one killed anywhere, a call fails': meet(leased, [leases, leases, leases], killedAndFailing),
  'three ensures, one killed anywhere': meet(nothing, Array(3).fill(ensuresAccount), killed),
  'two ensures and a rotation, one killed anywhere': meet(
    nothing,
    [ensuresAccount, ensuresAccount, rotatesAccount(1, 'job')],
    killed,
  ),
  'lease, rotate and revoke, one killed anywhere': meet(
    rotated,
    [leases, rotatesAccount(0, 'job'), revokesAccounts],
    killed,
  ),
  ...scenesFor(WAYS, ({ name, before, rotate }) => ({
    [`two rotations, ${name}, one killed anywhere, a call fails`]: meet(
      before,
      [rotate, rotate],
      killedAndFailing,
    ),
    [`two rotations, the account just made, ${name}, one killed anywhere, five days pass`]: meet(
      justMade,
      [rotate, rotate],
      { ...killed, jumps: [5 * DAY + MINUTE] },
    ),
    [`three rotations, ${name}`]: meet(before, [rotate, rotate, rotate]),
  })),
};
