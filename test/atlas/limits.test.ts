/** Limits of requests and of tokens: what is waited for, how long, and what the log says meanwhile. */
import { expect, it } from 'vitest';
import { type Pause, startDeadline } from '../../src/atlas/time.ts';
import type { FaultAction } from '../simulator/faults.ts';
import { accountScene, scene } from './scene.ts';
import { failureOf } from './session.ts';
import { clock, pause } from './time.ts';

const answer = (status: number, body: unknown, headers = {}): FaultAction => {
  return { kind: 'answer', status, body, headers };
};
const TOO_MANY_ALIVE = answer(403, {
  error: 'access_denied',
  error_description:
    'Access Token limit reached. Please use the existing Access Tokens or create a new Service Account.',
});
const TOO_MANY_NEW = answer(429, { errorCode: 'RATE_LIMITED', parameters: ['/api/oauth/token', 50, 1] });
const TOKEN = ({ path }: { readonly path: string }) => path === '/api/oauth/token';

it('a token limit that stays is told as that', async () => {
  const { simulator, atlas, groupId } = await accountScene();
  simulator.faults.add({ when: TOKEN, times: 99, action: TOO_MANY_ALIVE });
  const error = await failureOf(atlas.readProject(groupId));
  expect(error.kind).toBe('rateLimited');
  expect(error.message).toMatch(/^Could not sign in as the service account: as many tokens of this service/);
});

it.each<[string, FaultAction]>([
  ['no complete answer came', { kind: 'reset' }],
  ['the service does not serve this right now', answer(503, '')],
  [
    'Atlas is being upgraded and takes no changes',
    answer(405, { errorCode: 'WRITES_NOT_ALLOWED_DURING_APP_UPGRADES' }),
  ],
  ["the answer was not the service's own", answer(403, '<html>', { 'retry-after': '6' })],
])('only a wait of more than five seconds is told, and what for: %s', async (why, action) => {
  const { simulator, session, atlas, groupId } = await scene();
  await atlas.readProject(groupId);
  simulator.faults.add({ times: 5, action });
  await atlas.readProject(groupId).catch(() => undefined);
  const path = `/api/atlas/v2/groups/${groupId}`;
  expect(session.told).toHaveLength(session.waits.filter((wait) => wait > 5_000).length);
  expect(session.told[0]).toBe(
    `Could not yet read the project, since ${why}; it is tried again in 7 seconds (GET ${path}).`,
  );
});

const BUCKET = 'RATE_LIMITED_TOKEN_BUCKET';
it.each([
  ['a token bucket names them', BUCKET, ['api/atlas/v2/orgs', 55, 10, 5, 60], {}, 55_250],
  ['Retry-After says something else', BUCKET, ['x', 55, 10, 5, 60], { 'retry-after': '7' }, 7_250],
  ['a token bucket names nonsense', BUCKET, ['x', -5, 10], {}, 10_000],
  ['a token bucket names text', BUCKET, ['x', '55'], {}, 10_000],
  ['the number is of another limit', 'RATE_LIMITED', ['/api/oauth/token', 50, 1], {}, 10_000],
])('the seconds of a limit, where %s', async (_, errorCode, parameters, headers, wait) => {
  const { simulator, session, atlas, groupId } = await scene();
  simulator.faults.add({ action: answer(429, { error: 429, errorCode, parameters }, headers) });
  await atlas.readProject(groupId);
  expect(session.waits).toEqual([wait]);
});

it.each<[number, number[]]>([
  [0, []],
  [79_000, [80_000]],
  [240_000, [80_000, 120_000]],
])('with a patience of %i ms, waiting for a limit does not use up the time', async (patience, expected) => {
  const waits: number[] = [];
  const moved = { ...clock, now: () => waits.reduce((sum, wait) => sum + wait, 0) };
  const deadline = startDeadline(5_000, moved, undefined, patience);
  const noted: Pause = async (wait) => void waits.push(wait);
  const { simulator, atlas, groupId } = await scene({}, { clock: moved, deadline, pause: noted });
  simulator.faults.add({ times: 99, action: answer(429, { errorCode: 'RATE_LIMITED' }) });
  expect((await failureOf(atlas.readProject(groupId))).kind).toBe('rateLimited');
  expect(waits).toEqual(expected);
});

it.each([
  [
    'there are too many alive',
    TOO_MANY_ALIVE,
    'as many tokens of this service account are alive as Atlas allows',
    50,
  ],
  ['too many were asked for', TOO_MANY_NEW, 'the rate limit is reached', 10_000],
])('a token is waited for where %s, and every call waits for the same one', async (_, action, why, speed) => {
  // At the lower speed together longer than one request may take: what waits for a token has sent none.
  const slowly: Pause = (wait, signal) => pause(wait / speed, signal);
  const { simulator, session, atlas, groupId } = await accountScene({}, { tryLimit: 1_200, pause: slowly });
  simulator.faults.add({ when: TOKEN, times: 3, action });
  await Promise.all([1, 2, 3].map(() => atlas.readProject(groupId)));
  const line = (seconds: number) =>
    `Could not yet sign in as the service account, since ${why}; it is tried again in ${seconds} seconds (POST /api/oauth/token).`;
  expect(session.told).toEqual([10, 20, 40].map(line));
});
