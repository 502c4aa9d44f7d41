/**
 * Sentences about Atlas and the way to it that need a server which does what the embedded Atlas never would, or a
 * caller that calls one function: each with what brings it. The others are in test/action/situations.ts.
 */
import { describe, expect, it } from 'vitest';
import { readRefusal } from '../../src/atlas/answer.ts';
import { parseChallenges } from '../../src/atlas/challenge.ts';
import { chooseChallenge } from '../../src/atlas/digest.ts';
import { explainFault, explainRefusal } from '../../src/atlas/explain.ts';
import type { Atlas } from '../../src/atlas/types.ts';
import { type FaultReason, WireFault } from '../../src/wire/fault.ts';
import type { FaultAction } from '../simulator/faults.ts';
import { startSimulator } from '../simulator/server.ts';
import { failureOf, openSession } from './session.ts';

const call = { method: 'GET', path: '/api/x', does: 'do it' };

describe('a header that offers no way to sign in', () => {
  it.each([
    ['"a"', 'a name is missing'],
    ['realm="a"', 'a parameter stands before its scheme'],
    ['Digest realm="a", realm="b"', 'a parameter is given twice'],
    ['Digest realm="a" nonce="b"', 'a comma is missing'],
    ['Digest"a"', 'a scheme is followed by neither a blank nor a comma'],
    ['Digest realm="a', 'a value is missing or its quotes are not closed'],
  ])('%s cannot be read', (header, why) => {
    expect(() => parseChallenges(header)).toThrow(`The WWW-Authenticate header cannot be read: ${why}.`);
  });

  it.each([
    ['', 'No way to sign in is offered'],
    ['Basic realm="r"', 'Only basic is offered to sign in'],
    [
      'Digest realm="r", nonce="n", qop="auth-int"',
      'Only digest with MD5 and qop=auth-int is offered to sign in',
    ],
  ])('"%s" is not enough', (header, what) => {
    const choose = () => chooseChallenge(parseChallenges(header));
    expect(choose).toThrow(`${what}. Understood are Digest with MD5 or SHA-256 and qop=auth.`);
  });
});

it.each([
  [
    401,
    '{"errorCode":"NOT_IN_GROUP"}',
    'the caller is known but not allowed to do this. Check its roles: the README of this action says which it needs.',
  ],
  [
    409,
    '{"errorCode":"API_KEY_ALREADY_IN_GROUP"}',
    'it is there already; another run may have been quicker. Run the job again.',
  ],
  [407, '', 'the proxy wants to be signed in to. Put its user name and password into HTTPS_PROXY.'],
])('an answer with %i %s', (status, text, why) => {
  const { message } = explainRefusal(call, readRefusal({ status, headers: {}, text }));
  const code = /\w+_\w+/.exec(text)?.[0];
  const answered = [status, code].filter(Boolean).join(' ');
  expect(message).toBe(`Could not do it: ${why} (GET /api/x was answered with ${answered})`);
});

const WAY = 'Check baseUrl, and the proxy if there is one.';

it.each<[FaultReason, string, string]>([
  [
    'untrusted',
    'CERT_HAS_EXPIRED',
    'the certificate of HOST has expired [CERT_HAS_EXPIRED]. Whoever runs it has to renew it, unless the clock of this machine is wrong.',
  ],
  [
    'proxy',
    'status 407',
    'the proxy made no way to HOST [status 407]. Put its user name and password into HTTPS_PROXY.',
  ],
  ['notHttp', '', 'what HOST answers is not HTTP. Check baseUrl and HTTPS_PROXY.'],
  ['tooLarge', '', `the answer of HOST is larger than any that Atlas gives. ${WAY}`],
  [
    'aborted',
    '',
    'HOST did not answer in time. Try again; if it happens again, check the network and the proxy.',
  ],
])('a connection on which it is %s %s', (reason, code, why) => {
  const cause = Object.assign(new Error('x'), { code });
  const fault = new WireFault(reason, { sent: true, received: '', cause });
  expect(explainFault(call, fault, 'HOST').message).toBe(`Could not do it: ${why} (GET /api/x)`);
});

const ID = '0123456789abcdef01234567';
const KEY = { publicKey: 'abcdefgh', privateKey: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' };

/** What the caller reads when every call is answered like this. */
async function told(action: FaultAction, work: (atlas: Atlas) => Promise<unknown>): Promise<string> {
  await using simulator = await startSimulator({});
  const { id: orgId } = simulator.addOrganization();
  const { publicKey, privateKey } = simulator.addKey({ orgId, desc: 'c', roles: ['ORG_OWNER'] });
  simulator.faults.add({ when: ({ caller }) => caller !== undefined, times: 999, action });
  const credentials = { kind: 'apiKey', publicKey, privateKey } as const;
  const session = openSession({ baseUrl: simulator.origin, credentials });
  try {
    return (await failureOf(work(session.atlas))).message;
  } finally {
    await session.close();
  }
}

it.each<[string, (atlas: Atlas) => Promise<unknown>]>([
  ['read the project', (atlas) => atlas.readProject(ID)],
  ['read the key', (atlas) => atlas.readOrganizationKey(ID, ID)],
  ["list the organisation's keys", (atlas) => atlas.listOrganizationKeys(ID)],
  ['take the key out of the project', (atlas) => atlas.unassignKey(ID, ID)],
  [
    "add to the key's access list",
    (atlas) => atlas.addAccessListEntries(ID, ID, [{ ipAddress: '203.0.113.7' }]),
  ],
  ['ask who signs in', (atlas) => atlas.whoAmI()],
  ["ask for this machine's address", (atlas) => atlas.currentAddress()],
])('what could not be done is named: %s', async (what, work) => {
  const message = await told({ kind: 'answer', status: 403, body: '<html>' }, work);
  expect(message).toMatch(new RegExp(`^Could not ${what}: the answer is not the service's own`));
});

it('what could not be done is named: sign in as the key', async () => {
  const message = await told({ kind: 'delay', ms: 0 }, (atlas) => atlas.signInAs(KEY));
  expect(message).toMatch(/^Could not sign in as the key: the credentials are not accepted\./);
});

it.each<[string, (atlas: Atlas) => Promise<unknown>]>([
  ['Project Read Only', (atlas) => atlas.readProject(ID)],
  ['Project Read Only', (atlas) => atlas.listProjectKeys(ID)],
  ['Organization Member', (atlas) => atlas.listOrganizationKeys(ID)],
  ['Organization Member', (atlas) => atlas.readOrganizationKey(ID, ID)],
  ['Project Access Manager', (atlas) => atlas.createKey(ID, { desc: 'd', roles: [] })],
  ['Project Access Manager', (atlas) => atlas.assignKey(ID, ID, [])],
  ['Project Access Manager', (atlas) => atlas.unassignKey(ID, ID)],
  ['Organization Owner', (atlas) => atlas.deleteKey(ID, ID)],
])('the role that is missing is named: %s', async (role, work) => {
  const message = await told({ kind: 'error', code: 'USER_UNAUTHORIZED' }, work);
  expect(message).toContain(`the caller is known but lacks the role ${role}, which this call needs.`);
});

it.each([
  ['is empty', ' \n', `the answer (200) is empty. ${WAY}`],
  ['is HTML', '<html>', `the answer (200) is no JSON. ${WAY}`],
  ['is JSON of another kind', '{}', 'the answer (200) is not what the API documents. Check baseUrl and api.'],
])('an answer that %s', async (_what, body, why) => {
  const message = await told({ kind: 'answer', status: 200, body }, (atlas) => atlas.readProject(ID));
  expect(message).toBe(`Could not read the project: ${why} (GET /api/atlas/v2/groups/${ID})`);
});

describe('a list that no service gives', () => {
  const page = (desc: string) => {
    const results = Array.from({ length: 500 }, () => ({ id: ID, publicKey: 'abcdefgh', desc, roles: [] }));
    return { kind: 'answer', status: 200, body: { results, totalCount: 1e9 } } as const;
  };
  it('ends somewhere', async () => {
    const message = await told(page('d'), (atlas) => atlas.listProjectKeys(ID));
    const call = `GET /api/atlas/v2/groups/${ID}/apiKeys`;
    expect(message).toBe(
      `Could not list the project's keys: the list does not end after 50 pages. ${WAY} (${call})`,
    );
  });

  it('is not read for ever', async () => {
    const message = await told(page('d'.repeat(9_000)), (atlas) => atlas.listProjectKeys(ID));
    expect(message).toMatch(
      /the answer of 127\.0\.0\.1:\d+ is larger than any that Atlas gives\. Check baseUrl/,
    );
  });
});

it('an id that is none is sent nowhere', async () => {
  const message = await told({ kind: 'reset' }, (atlas) => atlas.readProject('../orgs'));
  expect(message).toBe('An id must be 24 hex digits, not “../orgs”; nothing was sent.');
});
