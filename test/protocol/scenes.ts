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

export const quietly = { verify: false, accessList: [], exportEnv: false };
export const storing = { ...STORING, verify: false };
export const eitherWay = ['success', 'failure'] as const;

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

export const meet = (
  world: World,
  jobs: readonly Job[],
  rest: Omit<Scene, 'world' | 'jobs'> = {},
): Scene => ({
  world,
  jobs,
  ...rest,
});
export const job = (name: string, request: Request, statuses?: Job['statuses']): Job => ({
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
export const killed = { kills: 1, losesMachines: true };
/** The same, and every mark may be past its time. */
const late = { ...killed, jumps: [11 * MINUTE] };

/** Two jobs at most: each is visited whole in seconds. */
export const QUICK: Readonly<Record<string, Scene>> = {
  'ensure and ensure, one killed anywhere': meet(nothing, twoEnsures, killed),
  'ensure and ensure, two killed anywhere': meet(nothing, twoEnsures, { ...killed, kills: 2 }),
  'ensure and ensure, ids fall, a call fails': meet({ ...nothing, ids: 'falling' }, twoEnsures, {
    faults: 1,
  }),
  'ensure and ensure, one killed anywhere, time passes': meet(nothing, twoEnsures, late),
  'ensure and ensure, both storing, one killed anywhere': meet(
    nothing,
    [ensuresStored('A'), ensuresStored('B')],
    killed,
  ),
  'ensure that stores, a call fails': meet(nothing, [ensuresStored('A')], { faults: 1 }),
  'ensure and rotate, commit: job, keepPrevious: 1': meet(
    one,
    [ensures('A'), rotates('B', 1, 'job')],
    killed,
  ),
  'ensure and rotate, commit: step, keepPrevious: 0': meet(
    one,
    [ensures('A'), rotates('B', 0, 'step')],
    killed,
  ),
  'ensure and rotate, commit: job, keepPrevious: 0, both storing': meet(
    nothing,
    [ensuresStored('A'), rotates('B', 0, 'job', storing)],
    killed,
  ),
  ...Object.fromEntries(
    (['job', 'step'] as const).map((commit) => [
      `ensure and rotate, commit: ${commit}, keepPrevious: 0, after an interrupted commit`,
      meet(interrupted, [ensures('A'), rotates('B', 0, commit)], killed),
    ]),
  ),
  'ensure and rotate, commit: step, keepPrevious: 0, no key before': meet(
    nothing,
    [ensures('A'), rotates('B', 0, 'step')],
    killed,
  ),
  ...Object.fromEntries(
    [0, 1].flatMap((keepPrevious) =>
      (['job', 'step'] as const).flatMap((commit) => [
        [
          `rotate and rotate, commit: ${commit}, keepPrevious: ${keepPrevious}`,
          meet(one, [rotates('A', keepPrevious, commit), rotates('B', keepPrevious, commit)]),
        ],
        [
          `rotate and rotate, commit: ${commit}, keepPrevious: ${keepPrevious}, storing`,
          meet(stored, [
            rotates('A', keepPrevious, commit, storing),
            rotates('B', keepPrevious, commit, storing),
          ]),
        ],
        [
          `rotate, commit: ${commit}, keepPrevious: ${keepPrevious}, storing, killed anywhere, a call fails`,
          meet(stored, [rotates('A', keepPrevious, commit, storing)], { ...killed, faults: 1 }),
        ],
        [
          `rotate and rotate, commit: ${commit}, keepPrevious: ${keepPrevious}, one killed anywhere`,
          meet(one, [rotates('A', keepPrevious, commit), rotates('B', keepPrevious, commit)], killed),
        ],
      ]),
    ),
  ),
  'rotate and revoke': meet(one, [rotates('A', 1, 'job'), revokes('B')], killed),
  'ensure and revoke, a key before': meet(one, [ensures('A'), revokes('B')], killed),
  'ensure and revoke, no key before': meet(nothing, [ensures('A'), revokes('B')], killed),
  'ephemeral and sweep': meet(nothing, [ephemerals('A'), sweeps('B')], late),
  'ensure and sweep': meet(nothing, [ensures('A'), sweeps('B')], late),
  'ensure and sweep, storing': meet(nothing, [ensuresStored('A'), sweeps('B')], late),
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
      meet(attacked, [attackedJob], { forgeries, kills: 1 }),
    ]),
  ),
};

/** What takes minutes, or never ends: `npm run soak`. */
export const LARGE: Readonly<Record<string, Scene>> = {
  'three ensures, one killed anywhere': meet(nothing, [...twoEnsures, ensures('C')], killed),
  'three rotations, commit: job, keepPrevious: 1': meet(one, [
    rotates('A', 1, 'job'),
    rotates('B', 1, 'job'),
    rotates('C', 1, 'job'),
  ]),
  'three rotations, commit: job, keepPrevious: 1, storing': meet(stored, [
    rotates('A', 1, 'job', storing),
    rotates('B', 1, 'job', storing),
    rotates('C', 1, 'job', storing),
  ]),
  'three rotations, commit: step, keepPrevious: 0': meet(one, [
    rotates('A', 0, 'step'),
    rotates('B', 0, 'step'),
    rotates('C', 0, 'step'),
  ]),
  'rotate and rotate, commit: job, keepPrevious: 0, storing, one killed anywhere, a call fails': meet(
    stored,
    [rotates('A', 0, 'job', storing), rotates('B', 0, 'job', storing)],
    { ...killed, faults: 1 },
  ),
  'two ensures and a rotation, one killed anywhere': meet(
    nothing,
    [...twoEnsures, rotates('C', 0, 'job')],
    killed,
  ),
};
