/** Which jobs meet, what was there before, and what may befall them. */
import type { Request } from '../../src/request.ts';
import { DESC, requestsFor, STORING } from '../faults/requests.ts';
import { descriptionOf, GROUP_ID, idAt, NOW, nonceOf, ORG_ID } from '../keys/described-keys.ts';
import { CALLER, type Job, type Scene } from './stage.ts';
import { BEGINNING, type Key, type World } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ELSEWHERE = 'e'.repeat(24);

const { ensure, ephemeral, rotate, revoke, sweep } = requestsFor(GROUP_ID);

const quietly = { verify: false, accessList: [], exportEnv: false };
const storing = { ...STORING, verify: false };
const eitherWay = ['success', 'failure'] as const;

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
const one = worldWith(CURRENT);
const stored = { ...one, stored: CURRENT.id };

/** A commit was interrupted between its renames a week ago, beside the key of a job that failed. */
const interrupted = worldWith(
  key(-9 * 24 * 3600, descriptionOf('previous', { nonce: nonceOf(8) })),
  key(-8 * 24 * 3600, descriptionOf('undecided', { nonce: nonceOf(8) })),
  key(-7 * 24 * 3600, descriptionOf('undecided', { nonce: nonceOf(9) })),
);

const job = (name: string, request: Request, statuses?: Job['statuses']): Job => ({
  name,
  request,
  ...(statuses && { statuses }),
});
const ensures = (name: string) => job(name, ensure({ handover: quietly }));
const ensuresStored = (name: string) => job(name, ensure({ handover: storing }));
const rotates = (
  name: string,
  keepPrevious: number,
  commit: 'job' | 'step',
  handover = quietly as typeof storing | typeof quietly,
) => job(name, rotate({ keepPrevious, commit, handover }), eitherWay);

const ephemerals = (name: string) => job(name, ephemeral({ handover: quietly }));
const revokes = (name: string) => job(name, revoke());
const sweeps = (name: string) => job(name, sweep());

/** Kept outside the remit by what they are: the caller's own, an owner's, and one that works in another project, too. */
const OUTSIDE = [
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
];

const attacked = worldWith(CURRENT, ...OUTSIDE);

/** What somebody may write on a key to have it deleted, spared, waited for or taken for another. */

const forgeries = [
  DESC,
  descriptionOf('pending', { until: NOW - HOUR }),
  descriptionOf('pending', { until: NOW + 5 * MINUTE }),
  descriptionOf('pending', { until: NOW + 10 * 365 * 24 * HOUR, nonce: nonceOf(1) }),
  descriptionOf('ephemeral', { until: NOW - 30 * 24 * HOUR }),
  descriptionOf('ephemeral', { until: NOW + 10 * 365 * 24 * HOUR }),
  descriptionOf('undecided', { nonce: nonceOf(1) }),
  descriptionOf('previous', { nonce: nonceOf(1) }),
  descriptionOf('retired'),
];

const twoEnsures = [ensures('A'), ensures('B')];
const killed = { kills: 1, losesMachines: true };

/** Two jobs at most: each is visited whole in seconds. */
export const QUICK: Readonly<Record<string, Scene>> = {
  'ensure and ensure, one killed anywhere': { world: worldWith(), jobs: twoEnsures, ...killed },
  'ensure and ensure, two killed anywhere': { world: worldWith(), jobs: twoEnsures, ...killed, kills: 2 },
  'ensure and ensure, ids fall, a call fails': {
    world: { ...worldWith(), ids: 'falling' },
    jobs: twoEnsures,
    faults: 1,
  },
  'ensure and ensure, one killed anywhere, time passes': {
    world: worldWith(),
    jobs: twoEnsures,
    ...killed,
    jumps: [11 * MINUTE],
  },
  'ensure and ensure, both storing, one killed anywhere': {
    world: worldWith(),
    jobs: [ensuresStored('A'), ensuresStored('B')],
    ...killed,
  },
  'ensure that stores, a call fails': { world: worldWith(), jobs: [ensuresStored('A')], faults: 1 },
  'ensure and rotate, commit: job, keepPrevious: 1': {
    world: one,
    jobs: [ensures('A'), rotates('B', 1, 'job')],
    ...killed,
  },
  'ensure and rotate, commit: step, keepPrevious: 0': {
    world: one,
    jobs: [ensures('A'), rotates('B', 0, 'step')],
    ...killed,
  },
  'ensure and rotate, commit: job, keepPrevious: 0, both storing': {
    world: worldWith(),
    jobs: [ensuresStored('A'), rotates('B', 0, 'job', storing)],
    ...killed,
  },
  ...Object.fromEntries(
    (['job', 'step'] as const).map((commit) => [
      `ensure and rotate, commit: ${commit}, keepPrevious: 0, after an interrupted commit`,
      { world: interrupted, jobs: [ensures('A'), rotates('B', 0, commit)], ...killed },
    ]),
  ),
  'ensure and rotate, commit: step, keepPrevious: 0, no key before': {
    world: worldWith(),
    jobs: [ensures('A'), rotates('B', 0, 'step')],
    ...killed,
  },
  ...Object.fromEntries(
    [0, 1].flatMap((keepPrevious) =>
      (['job', 'step'] as const).flatMap((commit) => [
        [
          `rotate and rotate, commit: ${commit}, keepPrevious: ${keepPrevious}`,
          { world: one, jobs: [rotates('A', keepPrevious, commit), rotates('B', keepPrevious, commit)] },
        ],
        [
          `rotate and rotate, commit: ${commit}, keepPrevious: ${keepPrevious}, storing`,
          {
            world: stored,
            jobs: [rotates('A', keepPrevious, commit, storing), rotates('B', keepPrevious, commit, storing)],
          },
        ],
        [
          `rotate, commit: ${commit}, keepPrevious: ${keepPrevious}, storing, killed anywhere, a call fails`,
          { world: stored, jobs: [rotates('A', keepPrevious, commit, storing)], ...killed, faults: 1 },
        ],
        [
          `rotate and rotate, commit: ${commit}, keepPrevious: ${keepPrevious}, one killed anywhere`,
          {
            world: one,
            jobs: [rotates('A', keepPrevious, commit), rotates('B', keepPrevious, commit)],
            ...killed,
          },
        ],
      ]),
    ),
  ),
  'rotate and revoke': { world: one, jobs: [rotates('A', 1, 'job'), revokes('B')], ...killed },
  'ensure and revoke, a key before': { world: one, jobs: [ensures('A'), revokes('B')], ...killed },
  'ensure and revoke, no key before': { world: worldWith(), jobs: [ensures('A'), revokes('B')], ...killed },
  'ephemeral and sweep': {
    world: worldWith(),
    jobs: [ephemerals('A'), sweeps('B')],
    ...killed,
    jumps: [11 * MINUTE],
  },
  'ensure and sweep': {
    world: worldWith(),
    jobs: [ensures('A'), sweeps('B')],
    ...killed,
    jumps: [11 * MINUTE],
  },
  'ensure and sweep, storing': {
    world: worldWith(),
    jobs: [ensuresStored('A'), sweeps('B')],
    ...killed,
    jumps: [11 * MINUTE],
  },
  ...Object.fromEntries(
    [
      ensures('A'),
      ephemerals('A'),
      rotates('A', 0, 'step'),
      rotates('A', 1, 'job'),
      revokes('A'),
      sweeps('A'),
    ].map((attackedJob) => [
      `${attackedJob.request.mode}, while somebody writes what he likes on a key`,
      { world: attacked, jobs: [attackedJob], forgeries, kills: 1 },
    ]),
  ),
};

/** What takes minutes, or never ends: `npm run soak`. */
export const LARGE: Readonly<Record<string, Scene>> = {
  'three ensures, one killed anywhere': {
    world: worldWith(),
    jobs: [...twoEnsures, ensures('C')],
    ...killed,
  },
  'three rotations, commit: job, keepPrevious: 1': {
    world: one,
    jobs: [rotates('A', 1, 'job'), rotates('B', 1, 'job'), rotates('C', 1, 'job')],
  },
  'three rotations, commit: job, keepPrevious: 1, storing': {
    world: stored,
    jobs: [rotates('A', 1, 'job', storing), rotates('B', 1, 'job', storing), rotates('C', 1, 'job', storing)],
  },
  'three rotations, commit: step, keepPrevious: 0': {
    world: one,
    jobs: [rotates('A', 0, 'step'), rotates('B', 0, 'step'), rotates('C', 0, 'step')],
  },
  'rotate and rotate, commit: job, keepPrevious: 0, storing, one killed anywhere, a call fails': {
    world: stored,
    jobs: [rotates('A', 0, 'job', storing), rotates('B', 0, 'job', storing)],
    ...killed,
    faults: 1,
  },
  'two ensures and a rotation, one killed anywhere': {
    world: worldWith(),
    jobs: [...twoEnsures, rotates('C', 0, 'job')],
    ...killed,
  },
};
