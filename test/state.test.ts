/** State that this version did not write: post calls Atlas as its owner and takes the address from there. */
import { describe, expect, it } from 'vitest';
import type { JournalEntry, LeaseEntry, MadeIntent } from '../src/keys/journal.ts';
import { decodeState, encodeState, NOTHING_TO_SETTLE, type StateRecord } from '../src/state.ts';

const UNREADABLE =
  'What the step left for its post step cannot be read, perhaps because a later step changed it, so nothing was cleaned ' +
  'up. A key of this run that is still in Atlas carries a mark, [atlas-key/…]: run mode: sweep, or delete it. A secret of a ' +
  'service account ends by itself.';
const ID = 'b0123456789abcdef012345b';
const NONCE = '0123456789abcdef';
const FINGERPRINT = '0'.repeat(64);
const purpose = { mode: 'rotate', commit: 'job', keepPrevious: 1 } as const;
const made: MadeIntent = {
  purpose,
  desc: 'deploy',
  groupIds: [ID],
  nonce: NONCE,
  until: 0,
  answerLost: false,
  apiUserId: ID,
  orgId: ID,
};
const lease: LeaseEntry = {
  phase: 'made',
  credential: 'serviceAccount',
  purpose,
  groupId: ID,
  orgId: ID,
  clientId: `mdb_sa_id_${ID}`,
  secretId: ID,
  expiresAt: 1,
};
const record: StateRecord = {
  baseUrl: 'https://cloud.mongodb.com',
  surface: 'atlas/v2',
  run: { repository: 'acme/shop', runId: '7', attempt: '1' },
  nonce: NONCE,
  timeout: 30_000,
  trust: {
    kind: 'apiKey',
    caller: 'abcdefgh',
    heldIn: ['INPUT_ATLASPRIVATEKEY'],
    secret: FINGERPRINT,
    proxy: 'http://proxy.example:3128/',
    route: FINGERPRINT,
    variables: { HTTPS_PROXY: FINGERPRINT },
  },
  entry: { phase: 'handedOut', ...made },
};

const { apiUserId: _, orgId: __, ...intent } = made;

it.each<JournalEntry | LeaseEntry>([
  { phase: 'idle' },
  { phase: 'making', ...intent },
  { phase: 'made', ...made, purpose: { mode: 'ephemeral', onRevokeFailure: 'warn' } },
  { phase: 'delivering', ...made, purpose: { mode: 'ensure' } },
  { phase: 'handedOut', ...made },
  { phase: 'open', ...made, purpose: { ...purpose, former: ID } },
  lease,
  { ...lease, phase: 'stored', isNewAccount: true },
  { ...lease, phase: 'handedOut', former: { id: ID, expiresAt: 2 } },
])('the state is read as it was written: $phase', (entry) => {
  const whole = { ...record, entry };
  expect(decodeState(encodeState(whole))).toEqual({ version: 1, ...whole });
});

it.each([NOTHING_TO_SETTLE, ''])('the state says that nothing is to settle: %j', (text) => {
  expect(decodeState(text)).toBeUndefined();
});

describe('the state is refused', () => {
  it.each(['', '{"version":1,', '[]', 'null', '1'])('where it is none: %j', (text) => {
    expect(() => decodeState(` ${text}`)).toThrow(UNREADABLE);
  });

  const inLease = { ...record, entry: lease };
  const inIntent: StateRecord = { ...record, entry: { phase: 'making', ...intent } };
  it.each<[string, unknown, StateRecord?]>([
    ['version', 2],
    ['baseUrl', 'https://cloud.mongodb.com/evil'],
    ['baseUrl', 'https://user@evil.example'],
    ['baseUrl', 'file:///etc'],
    ['surface', '../private'],
    ['run', undefined],
    ['run.repository', 'shop'],
    ['run.runId', '7 '],
    ['run.attempt', 1],
    ['nonce', 'NONCE'],
    ['timeout', '30s'],
    ['trust', []],
    ['trust.caller', ''],
    ['trust.kind', 'person'],
    ['trust.heldIn', [1]],
    ['trust.heldIn', { 0: 'INPUT_ATLASPRIVATEKEY' }],
    ['trust.secret', 'hunter2'],
    ['trust.proxy', 'http://user@evil.example/'],
    ['trust.route', ''],
    ['trust.variables', [FINGERPRINT]],
    ['trust.variables', { A: 'x' }],
    ['entry', []],
    ['entry.phase', 'done'],
    ['entry.phase', 'idle', inLease],
    ['entry.credential', 'serviceAccount'],
    ['entry.purpose', undefined],
    ['entry.purpose.mode', 'sweep'],
    ['entry.purpose.former', '::x'],
    ['entry.desc', ''],
    ['entry.groupIds', ID],
    ['entry.groupIds', []],
    ['entry.groupIds', [ID, `../${ID}`]],
    ['entry.nonce', ''],
    ['entry.until', null],
    ['entry.apiUserId', `../${ID}`],
    ['entry.orgId', `${ID}/x`],
    ['entry.nonce', '', inIntent],
    ['entry.until', null, inIntent],
    ['entry.phase', 'open', inLease],
    ['entry.credential', undefined, inLease],
    ['entry.purpose.mode', 'revoke', inLease],
    ['entry.groupId', `../${ID}`, inLease],
    ['entry.orgId', undefined, inLease],
    ['entry.clientId', ID, inLease],
    ['entry.secretId', `${ID}/x`, inLease],
    ['entry.expiresAt', '1', inLease],
    ['entry.former', { id: '::x', expiresAt: 1 }, inLease],
    ['entry.former', { id: ID }, inLease],
  ])('with %s: %j', (path, forged, whole = record) => {
    const state: unknown = JSON.parse(encodeState(whole));
    const names = path.split('.');
    const last = names.pop() ?? '';
    const parent = names.reduce<unknown>((part, name) => Reflect.get(part as object, name), state);
    Object.assign(parent as object, { [last]: forged });
    expect(() => decodeState(JSON.stringify(state))).toThrow(UNREADABLE);
  });
});
