/** As scenes.ts, of service accounts. */
import { describe as describeAccount, type Note } from '../../src/accounts/account.ts';
import { accountRequestsFor, DESC, ROLES } from '../faults/requests.ts';
import { GROUP_ID, idAt, NOW } from '../keys/described-keys.ts';
import type { StandingAccount, StandingSecret } from './account-world.ts';
import { eitherWay, job, killed, meet, quietly, storing } from './scenes.ts';
import type { Scene } from './stage.ts';
import { BEGINNING, type World } from './world.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const { ensure, ephemeral, rotate, revoke } = accountRequestsFor(GROUP_ID);

const secretId = (number: number): string => idAt(-7200, number);

/** An account that was there before, with secrets of these numbers, the last of them the newest. */
function account(number: number, note: Note | undefined, ...secrets: readonly number[]): StandingAccount {
  return {
    clientId: `mdb_sa_id_${idAt(-7200, 100 + number)}`,
    name: DESC,
    description: note === undefined ? 'made by hand' : describeAccount(note),
    roles: ROLES,
    secrets: secrets.map(
      (one): StandingSecret => ({
        id: secretId(one),
        createdAt: NOW - (30 - one) * DAY,
        expiresAt: NOW + 60 * DAY,
      }),
    ),
  };
}

function worldWith(...accounts: readonly StandingAccount[]): World {
  const ids = accounts.flatMap(({ secrets }) => secrets.map(({ id }) => id));
  return { ...BEGINNING, accounts, held: ids.sort() };
}

const nothing = worldWith();
const justMade = worldWith(account(1, {}, 1));
const byHand = worldWith(account(1, undefined, 1));
const rotated = worldWith(account(1, { current: secretId(2), previous: secretId(1) }, 1, 2));
const stored = { ...rotated, stored: secretId(2) };
const leased = worldWith({ ...account(1, { isLeased: true }), secrets: [] });

const leases = (name: string) => job(name, ephemeral({ handover: quietly }));
const ensures = (name: string, handover: typeof quietly | typeof storing = quietly) =>
  job(name, ensure({ handover }));
const revokes = (name: string) => job(name, revoke());
const rotates = (
  name: string,
  keepPrevious: 0 | 1,
  commit: 'job' | 'step',
  handover: typeof quietly | typeof storing = quietly,
) => job(name, rotate({ keepPrevious, commit, handover }), eitherWay);

const ways = ([0, 1] as const).flatMap((keepPrevious) =>
  (['job', 'step'] as const).flatMap((commit) =>
    ([quietly, storing] as const).map((handover) => ({
      name: `commit: ${commit}, keepPrevious: ${keepPrevious}${handover === storing ? ', storing' : ''}`,
      before: handover === storing ? stored : rotated,
      rotates: (name: string) => rotates(name, keepPrevious, commit, handover),
    })),
  ),
);

/** Each is visited whole in a second or two. */
export const QUICK_ACCOUNTS: Readonly<Record<string, Scene>> = {
  'two leases, one account': meet(leased, [leases('A'), leases('B')], killed),
  'two leases, no account before, a call fails': meet(nothing, [leases('A'), leases('B')], { faults: 1 }),
  'three leases, one account with two places': meet(leased, [leases('A'), leases('B'), leases('C')]),
  'lease beside rotate': meet(rotated, [leases('A'), rotates('B', 0, 'job')], killed),
  'lease beside rotate, an account by hand': meet(byHand, [leases('A'), rotates('B', 0, 'job')], killed),
  'lease beside revoke': meet(leased, [leases('A'), revokes('B')], killed),
  'lease beside revoke by Project Owners': meet(
    { ...leased, projectOwners: true },
    [leases('A'), revokes('B')],
    killed,
  ),
  'two ensures': meet(nothing, [ensures('A'), ensures('B')], { ...killed, faults: 1 }),
  'two ensures, time passes': meet(nothing, [ensures('A'), ensures('B')], {
    ...killed,
    jumps: [12 * MINUTE],
  }),
  'two ensures, storing, by Project Owners': meet(
    { ...nothing, projectOwners: true },
    [ensures('A', storing), ensures('B', storing)],
    killed,
  ),
  'two ensures, ids fall': meet({ ...nothing, ids: 'falling' }, [ensures('A'), ensures('B')], killed),
  'ensure beside rotate, no account before': meet(nothing, [ensures('A'), rotates('B', 1, 'job')], killed),
  'ensure beside rotate': meet(rotated, [ensures('A'), rotates('B', 1, 'job')], killed),
  ...Object.fromEntries(
    ways.flatMap(({ name, before, rotates: rotation }) => [
      [`two rotations, ${name}`, meet(before, [rotation('A'), rotation('B')])],
      [
        `rotate, ${name}, killed anywhere, a call fails`,
        meet(before, [rotation('A')], { ...killed, faults: 1 }),
      ],
      [`rotate, the account just made, ${name}, killed anywhere`, meet(justMade, [rotation('A')], killed)],
      [`two rotations, ${name}, one killed anywhere`, meet(before, [rotation('A'), rotation('B')], killed)],
    ]),
  ),
};

/** What takes longer: `npm run soak`. */
export const LARGE_ACCOUNTS: Readonly<Record<string, Scene>> = {
  'three leases, one killed anywhere, a call fails': meet(leased, [leases('A'), leases('B'), leases('C')], {
    ...killed,
    faults: 1,
  }),
  'three ensures, one killed anywhere': meet(nothing, [ensures('A'), ensures('B'), ensures('C')], killed),
  'two ensures and a rotation, one killed anywhere': meet(
    nothing,
    [ensures('A'), ensures('B'), rotates('C', 1, 'job')],
    killed,
  ),
  'lease, rotate and revoke, one killed anywhere': meet(
    rotated,
    [leases('A'), rotates('B', 0, 'job'), revokes('C')],
    killed,
  ),
  ...Object.fromEntries(
    ways.flatMap(({ name, before, rotates: rotation }) => [
      [
        `two rotations, ${name}, one killed anywhere, a call fails`,
        meet(before, [rotation('A'), rotation('B')], { ...killed, faults: 1 }),
      ],
      [
        `two rotations, the account just made, ${name}, one killed anywhere, five days pass`,
        meet(justMade, [rotation('A'), rotation('B')], { ...killed, jumps: [5 * DAY + MINUTE] }),
      ],
      [`three rotations, ${name}`, meet(before, [rotation('A'), rotation('B'), rotation('C')])],
    ]),
  ),
};
