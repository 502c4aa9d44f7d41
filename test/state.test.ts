/** State that this version did not write: post calls Atlas as its owner and takes the address from there. */
import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../src/keys/journal.ts';
import { decodeState, encodeState, NOTHING_TO_SETTLE, type StateRecord } from '../src/state.ts';
import { errorsIn } from './action/evidence.ts';
import { hostileScene } from './hostile/hostile-server.ts';
import { openJob } from './runner/job.ts';

const UNREADABLE =
  'What the step left for its post step cannot be read, perhaps because a later step changed it, so nothing was cleaned ' +
  'up. A key of this run that is still in Atlas carries a mark, [atlas-key/…]: run mode: sweep, or delete it.';
const ID = 'b0123456789abcdef012345b';
const NONCE = '0123456789abcdef';
const entry = {
  phase: 'handedOut',
  purpose: { mode: 'ephemeral', onRevokeFailure: 'warn' },
  desc: 'deploy',
  groupIds: [ID],
  nonce: NONCE,
  until: 0,
  answerLost: false,
  apiUserId: ID,
  orgId: ID,
} as const;
const FINGERPRINT = '0'.repeat(64);
const trust = {
  kind: 'apiKey' as const,
  caller: 'abcdefgh',
  heldIn: ['INPUT_ATLASPRIVATEKEY'],
  secret: FINGERPRINT,
  proxy: 'http://proxy.example:3128/',
  route: FINGERPRINT,
  variables: { HTTPS_PROXY: FINGERPRINT },
};
const record: StateRecord = {
  baseUrl: 'https://cloud.mongodb.com',
  surface: 'atlas/v2',
  run: { repository: 'acme/shop', runId: '7', attempt: '1' },
  nonce: NONCE,
  timeout: 30_000,
  trust,
  entry,
};

describe('the state', () => {
  it.each<JournalEntry>([
    { phase: 'idle' },
    { ...entry, phase: 'making' },
    { ...entry, phase: 'made' },
    { ...entry, phase: 'delivering', purpose: { mode: 'ensure' } },
    entry,
    { ...entry, phase: 'open', purpose: { mode: 'rotate', commit: 'job', keepPrevious: 1 } },
    { ...entry, phase: 'open', purpose: { mode: 'rotate', commit: 'job', keepPrevious: 1, former: ID } },
  ])('is read as it was written: $phase', (written) => {
    const whole = { ...record, entry: written };
    expect(decodeState(encodeState(whole))).toEqual({ version: 1, ...whole });
  });

  it.each([NOTHING_TO_SETTLE, ''])('that says nothing is to settle: %j', (text) => {
    expect(decodeState(text)).toBeUndefined();
  });

  it.each<[string, unknown]>([
    ['a list', [record]],
    ['nothing', null],
    ['another version', { ...record, version: 2 }],
    ['an address with a path', { ...record, baseUrl: 'https://cloud.mongodb.com/evil' }],
    ['an address with a user', { ...record, baseUrl: 'https://user@evil.example' }],
    ['an address of another kind', { ...record, baseUrl: 'file:///etc' }],
    ['an unknown surface', { ...record, surface: '../private' }],
    [
      'a former key that is no id',
      { ...record, entry: { ...entry, purpose: { mode: 'rotate', former: '::x' } } },
    ],
    ['no run', { ...record, run: undefined }],
    ['a repository that is none', { ...record, run: { ...record.run, repository: 'shop' } }],
    ['a run that is no number', { ...record, run: { ...record.run, runId: '7 ' } }],
    ['an attempt that is no number', { ...record, run: { ...record.run, attempt: 1 } }],
    ['a nonce that is none', { ...record, nonce: 'NONCE' }],
    ['a timeout that is no number', { ...record, timeout: '30s' }],
    ['no caller', { ...record, trust: { ...trust, caller: '' } }],
    ['another kind of caller', { ...record, trust: { ...trust, kind: 'person' } }],
    ['variables that are no names', { ...record, trust: { ...trust, heldIn: [1] } }],
    ['a secret that is no fingerprint', { ...record, trust: { ...trust, secret: 'hunter2' } }],
    ['a proxy with a user', { ...record, trust: { ...trust, proxy: 'http://user@evil.example/' } }],
    ['a route that is no fingerprint', { ...record, trust: { ...trust, route: '' } }],
    ['a variable that is no fingerprint', { ...record, trust: { ...trust, variables: { A: 'x' } } }],
    ['trust that is a list', { ...record, trust: [] }],
    ['an entry that is a list', { ...record, entry: [] }],
    ['an unknown phase', { ...record, entry: { ...entry, phase: 'done' } }],
    ['an unknown purpose', { ...record, entry: { ...entry, purpose: { mode: 'sweep' } } }],
    ['no purpose', { ...record, entry: { ...entry, purpose: undefined } }],
    ['no description', { ...record, entry: { ...entry, desc: '' } }],
    ['projects that are no list', { ...record, entry: { ...entry, groupIds: ID } }],
    ['no project', { ...record, entry: { ...entry, groupIds: [] } }],
    ['a project that is a path', { ...record, entry: { ...entry, groupIds: [ID, `../${ID}`] } }],
    ['an intent without its nonce', { ...record, entry: { ...entry, phase: 'making', nonce: '' } }],
    ['an intent without its end', { ...record, entry: { ...entry, phase: 'making', until: null } }],
    ['a key that is a path', { ...record, entry: { ...entry, apiUserId: `../${ID}` } }],
    ['an organisation that is a path', { ...record, entry: { ...entry, orgId: `${ID}/x` } }],
  ])('with %s is refused', (_what, forged) => {
    const text = JSON.stringify(
      typeof forged === 'object' && forged !== null && !Array.isArray(forged)
        ? { version: 1, ...forged }
        : forged,
    );
    expect(() => decodeState(text)).toThrow(UNREADABLE);
  });

  it('that was damaged fails post with one error, and nothing is sent', async () => {
    await using scene = await hostileScene();
    await using job = await openJob();
    await job.runStep(scene.step({ mode: 'ephemeral' }));
    const [post] = job.posts;
    post?.state.set('journal', '{"version":1,');
    scene.atlas.history.clear();
    const [result] = await job.runPosts();
    expect(result?.outcome).toBe('failure');
    expect(result && errorsIn(result)).toEqual([UNREADABLE]);
    expect(scene.atlas.history.requests).toEqual([]);
  });
});
