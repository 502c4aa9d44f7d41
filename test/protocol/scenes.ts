/** Which jobs meet, what was there before, and what may befall them. */
import { describe as describeAccount, type Note } from '../../src/accounts/account.ts';
import type { Handover, Request } from '../../src/request.ts';
import { accountRequestsFor, DESC, HANDOVER, ROLES, requestsFor, STORING } from '../faults/requests.ts';
import { descriptionOf, GROUP_ID, idAt, NOW, nonceOf, ORG_ID } from '../keys/described-keys.ts';
import { CALLER, type Job, type Scene } from './stage.ts';
import type { StandingAccount } from './world.ts';
import { BEGINNING, type Key, type World } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ELSEWHERE = 'e'.repeat(24);

const quietly: Handover = { ...HANDOVER, verify: false };
const storing: Handover = { ...STORING, verify: false };

/** A job still without its name. */
type Task = Omit<Job, 'name'> & { readonly told: string };

const task = (told: string, request: Request, statuses?: Job['statuses']): Task => ({
  told,
  request,
  ...(statuses && { statuses }),
});

/** `commit` and `keepPrevious` of a rotation. */
type Rotation = readonly [commit: 'job' | 'step', keepPrevious: 0 | 1];
const ROTATIONS: readonly Rotation[] = [
  ['job', 0],
  ['step', 0],
  ['job', 1],
  ['step', 1],
];

/** A rotation whose job may succeed or fail. */
function rotation(
  rotate: (rest: Rotating) => Request,
  [commit, keepPrevious]: Rotation,
  handover: Handover,
): Task {
  const told = `rotate (commit: ${commit}, keepPrevious: ${keepPrevious}${handover === storing ? ', storing' : ''})`;
  return task(told, rotate({ keepPrevious, commit, handover }), ['success', 'failure']);
}

interface Rotating {
  readonly commit: 'job' | 'step';
  readonly keepPrevious: 0 | 1;
  readonly handover: Handover;
}

const ofKeys = requestsFor(GROUP_ID);
const ensure = task('ensure', ofKeys.ensure({ handover: quietly }));
const ensureStored = task('ensure that stores', ofKeys.ensure({ handover: storing }));
const ephemeral = task('ephemeral', ofKeys.ephemeral({ handover: quietly }));
const revoke = task('revoke', ofKeys.revoke());
const sweep = task('sweep', ofKeys.sweep());
const rotate = (...how: Rotation): Task => rotation(ofKeys.rotate, how, quietly);
const rotateStored = (...how: Rotation): Task => rotation(ofKeys.rotate, how, storing);

const ofAccounts = accountRequestsFor(GROUP_ID);
const lease = task('lease', ofAccounts.ephemeral({ handover: quietly }));
const ensureAccount = task('ensure', ofAccounts.ensure({ handover: quietly }));
const ensureAccountStored = task('ensure that stores', ofAccounts.ensure({ handover: storing }));
const revokeAccounts = task('revoke', ofAccounts.revoke());
const rotateAccount = (...how: Rotation): Task => rotation(ofAccounts.rotate, how, quietly);
const rotateAccountStored = (...how: Rotation): Task => rotation(ofAccounts.rotate, how, storing);

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

const secretId = (number: number): string => idAt(-7200, number);

/** A world with an account that was there before, with secrets of these numbers, the last of them the newest. */
function worldWithAccount(note: Note | undefined, ...numbers: readonly number[]): World {
  const account: StandingAccount = {
    clientId: `mdb_sa_id_${idAt(-7200, 101)}`,
    name: DESC,
    description: note === undefined ? 'made by hand' : describeAccount(note),
    roles: ROLES,
    secrets: numbers.map((number) => ({
      id: secretId(number),
      createdAt: NOW - (30 - number) * DAY,
      expiresAt: NOW + 60 * DAY,
    })),
  };
  return { ...BEGINNING, accounts: [account], held: numbers.map(secretId).sort() };
}

const ROTATED = worldWithAccount({ current: secretId(2), previous: secretId(1) }, 1, 2);

const BEFORE = {
  'nothing before': BEGINNING,
  'nothing before, ids fall': { ...BEGINNING, ids: 'falling' },
  'nothing before, by Project Owners': { ...BEGINNING, projectOwners: true },
  'a key before': worldWith(CURRENT),
  'a stored key before': { ...worldWith(CURRENT), stored: CURRENT.id },
  // Between its renames a week ago, beside the key of a job that failed.
  'an interrupted commit before': worldWith(
    key(-9 * 24 * 3600, descriptionOf('previous', { nonce: nonceOf(8) })),
    key(-8 * 24 * 3600, descriptionOf('undecided', { nonce: nonceOf(8) })),
    key(-7 * 24 * 3600, descriptionOf('undecided', { nonce: nonceOf(9) })),
  ),
  'a key before, beside keys outside the remit': worldWith(
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
  ),
  'an account just made': worldWithAccount({}, 1),
  'an account by hand': worldWithAccount(undefined, 1),
  'an account': ROTATED,
  'an account whose secret is stored': { ...ROTATED, stored: secretId(2) },
  'an account of leases': worldWithAccount({ isLeased: true }),
  'an account of leases, by Project Owners': { ...worldWithAccount({ isLeased: true }), projectOwners: true },
} as const satisfies Record<string, World>;

const killed = { kills: 1, losesMachines: true };

/** What may befall the jobs. After eleven minutes every mark may be past its time. */
const BEFALLS = {
  'a call fails': { faults: 1 },
  'one killed anywhere': killed,
  'two killed anywhere': { ...killed, kills: 2 },
  'one killed anywhere, a call fails': { ...killed, faults: 1 },
  'one killed anywhere, eleven minutes pass': { ...killed, jumps: [11 * MINUTE] },
  'one killed anywhere, twelve minutes pass': { ...killed, jumps: [12 * MINUTE] },
  'one killed anywhere, five days pass': { ...killed, jumps: [5 * DAY + MINUTE] },
  // To have it deleted, spared, waited for or taken for another.
  'one killed anywhere, while somebody writes what he likes on a key': {
    kills: 1,
    forgeries: [
      DESC,
      descriptionOf('pending', { until: NOW - HOUR }),
      descriptionOf('pending', { until: NOW + 5 * MINUTE }),
      descriptionOf('pending', { until: NOW + 3650 * DAY, nonce: nonceOf(1) }),
      descriptionOf('ephemeral', { until: NOW - 30 * DAY }),
      descriptionOf('ephemeral', { until: NOW + 3650 * DAY }),
      descriptionOf('undecided', { nonce: nonceOf(1) }),
      descriptionOf('previous', { nonce: nonceOf(1) }),
      descriptionOf('retired'),
    ],
  },
} as const satisfies Record<string, Omit<Scene, 'world' | 'jobs'>>;

type Row = readonly [before: keyof typeof BEFORE, jobs: readonly Task[], befalls?: keyof typeof BEFALLS];
type Scenes = Readonly<Record<string, Scene>>;

/** Scenes by names that say all of them. Their jobs are called A, B and C. */
function scenesOf(rows: readonly Row[]): Scenes {
  const scenes: Record<string, Scene> = {};
  for (const [before, tasks, befalls] of rows) {
    const name = `${tasks.map(({ told }) => told).join(' and ')}; ${before}${befalls === undefined ? '' : `; ${befalls}`}`;
    if (name in scenes) throw new Error(`Twice: ${name}`);
    const jobs = tasks.map(({ told: _, ...job }, index) => ({ ...job, name: 'ABC'.charAt(index) }));
    scenes[name] = { world: BEFORE[before], jobs, ...(befalls && BEFALLS[befalls]) };
  }
  return scenes;
}

/** Two jobs at most: each is visited whole in seconds. */
export const QUICK = scenesOf([
  ['nothing before', [ensure, ensure], 'one killed anywhere'],
  ['nothing before', [ensure, ensure], 'two killed anywhere'],
  ['nothing before, ids fall', [ensure, ensure], 'a call fails'],
  ['nothing before', [ensure, ensure], 'one killed anywhere, eleven minutes pass'],
  ['nothing before', [ensureStored, ensureStored], 'one killed anywhere'],
  ['nothing before', [ensureStored], 'a call fails'],
  ['a key before', [ensure, rotate('job', 1)], 'one killed anywhere'],
  ['a key before', [ensure, rotate('step', 0)], 'one killed anywhere'],
  ['nothing before', [ensureStored, rotateStored('job', 0)], 'one killed anywhere'],
  ['an interrupted commit before', [ensure, rotate('job', 0)], 'one killed anywhere'],
  ['an interrupted commit before', [ensure, rotate('step', 0)], 'one killed anywhere'],
  ['nothing before', [ensure, rotate('step', 0)], 'one killed anywhere'],
  ...ROTATIONS.flatMap((how): Row[] => [
    ['a key before', [rotate(...how), rotate(...how)]],
    ['a stored key before', [rotateStored(...how), rotateStored(...how)]],
    ['a stored key before', [rotateStored(...how)], 'one killed anywhere, a call fails'],
    ['a key before', [rotate(...how), rotate(...how)], 'one killed anywhere'],
  ]),
  ['a key before', [rotate('job', 1), revoke], 'one killed anywhere'],
  ['a key before', [ensure, revoke], 'one killed anywhere'],
  ['nothing before', [ensure, revoke], 'one killed anywhere'],
  ['nothing before', [ephemeral, sweep], 'one killed anywhere, eleven minutes pass'],
  ['nothing before', [ensure, sweep], 'one killed anywhere, eleven minutes pass'],
  ['nothing before', [ensureStored, sweep], 'one killed anywhere, eleven minutes pass'],
  ...[ensure, ephemeral, rotate('step', 0), rotate('job', 1), revoke, sweep].map(
    (attacked): Row => [
      'a key before, beside keys outside the remit',
      [attacked],
      'one killed anywhere, while somebody writes what he likes on a key',
    ],
  ),
]);

/** What takes minutes, or never ends: `npm run soak`. */
export const LARGE = scenesOf([
  ['nothing before', [ensure, ensure, ensure], 'one killed anywhere'],
  ['a key before', Array(3).fill(rotate('job', 1))],
  ['a stored key before', Array(3).fill(rotateStored('job', 1))],
  ['a key before', Array(3).fill(rotate('step', 0))],
  ['a stored key before', Array(2).fill(rotateStored('job', 0)), 'one killed anywhere, a call fails'],
  ['nothing before', [ensure, ensure, rotate('job', 0)], 'one killed anywhere'],
]);

/** Rotations of accounts, each with what was there before. */
const ACCOUNT_ROTATIONS = ROTATIONS.flatMap((how) => [
  ['an account', rotateAccount(...how)] as const,
  ['an account whose secret is stored', rotateAccountStored(...how)] as const,
]);

/** Each is visited whole in a second or two. */
export const QUICK_ACCOUNTS = scenesOf([
  ['an account of leases', [lease, lease], 'one killed anywhere'],
  ['nothing before', [lease, lease], 'a call fails'],
  // It has two places.
  ['an account of leases', [lease, lease, lease]],
  ['an account', [lease, rotateAccount('job', 0)], 'one killed anywhere'],
  ['an account by hand', [lease, rotateAccount('job', 0)], 'one killed anywhere'],
  ['an account of leases', [lease, revokeAccounts], 'one killed anywhere'],
  ['an account of leases, by Project Owners', [lease, revokeAccounts], 'one killed anywhere'],
  ['nothing before', [ensureAccount, ensureAccount], 'one killed anywhere, a call fails'],
  ['nothing before', [ensureAccount, ensureAccount], 'one killed anywhere, twelve minutes pass'],
  ['nothing before, by Project Owners', [ensureAccountStored, ensureAccountStored], 'one killed anywhere'],
  ['nothing before, ids fall', [ensureAccount, ensureAccount], 'one killed anywhere'],
  ['nothing before', [ensureAccount, rotateAccount('job', 1)], 'one killed anywhere'],
  ['an account', [ensureAccount, rotateAccount('job', 1)], 'one killed anywhere'],
  ...ACCOUNT_ROTATIONS.flatMap(([before, rotates]): Row[] => [
    [before, [rotates, rotates]],
    [before, [rotates], 'one killed anywhere, a call fails'],
    ['an account just made', [rotates], 'one killed anywhere'],
    [before, [rotates, rotates], 'one killed anywhere'],
  ]),
]);

/** What takes longer: `npm run soak`. */
export const LARGE_ACCOUNTS = scenesOf([
  ['an account of leases', [lease, lease, lease], 'one killed anywhere, a call fails'],
  ['nothing before', [ensureAccount, ensureAccount, ensureAccount], 'one killed anywhere'],
  ['nothing before', [ensureAccount, ensureAccount, rotateAccount('job', 1)], 'one killed anywhere'],
  ['an account', [lease, rotateAccount('job', 0), revokeAccounts], 'one killed anywhere'],
  ...ACCOUNT_ROTATIONS.flatMap(([before, rotates]): Row[] => [
    [before, [rotates, rotates], 'one killed anywhere, a call fails'],
    ['an account just made', [rotates, rotates], 'one killed anywhere, five days pass'],
    [before, [rotates, rotates, rotates]],
  ]),
]);
