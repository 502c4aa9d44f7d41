/**
 * Sentences about Atlas and the way to it that need a server which does what the embedded Atlas never would, or a
 * caller that calls one function: each with what brings it. The others are in test/action/situations.ts.
 */
import { describe, expect, it } from 'vitest';
import { readRefusal } from '../../src/atlas/answer.ts';
import { AtlasError } from '../../src/atlas/errors.ts';
import {
  explainEnd,
  explainFault,
  explainLoss,
  explainNonsense,
  explainRefusal,
  oddityOf,
} from '../../src/atlas/explain.ts';
import type { Atlas } from '../../src/atlas/types.ts';
import { type FaultReason, WireFault } from '../../src/wire/wire.ts';
import type { FaultAction } from '../simulator/faults.ts';
import { scene } from './scene.ts';
import { failureOf } from './session.ts';

const call = { method: 'POST', path: '/api/x?y=z', does: 'make a key', needs: 'Project Access Manager' };
const answer = (status: number, body: unknown, headers = {}) => {
  return { status, headers, text: typeof body === 'string' ? body : JSON.stringify(body) };
};
const refusal = (status: number, body: unknown, headers = {}) => readRefusal(answer(status, body, headers));
const WAY = 'Check baseUrl, and the proxy if there is one.';

describe('a refusal is told with what to do next', () => {
  const ROLES = 'the request was refused. Check roles: Atlas does not take one of them here.';
  const ADDRESSES =
    'refused. Check accessList: Atlas takes no address twice, and none that means every address.';
  const CLOUD_MANAGER =
    'the project or organisation belongs to Cloud Manager, and is not served under this API. Change the input api to public/v1.0.';
  it.each<[number, string, string]>([
    [400, 'MAX_API_KEYS_PER_ORG_EXCEEDED', 'as many API keys as it may (500)'],
    [
      404,
      'ORG_NOT_FOUND',
      'the organisation is not there, or the caller cannot see it. Check the id, and that baseUrl is the right cloud.',
    ],
    [404, 'THE_GROUP_NOT_FOUND', ': it is not there, or the caller cannot see it. Check the id. ('],
    [404, '', ': it is not there'],
    [400, '', 'the request was refused. Check the inputs against what Atlas says'],
    [400, 'VALIDATION_ERROR', 'the request was refused. Check the inputs against what Atlas says'],
    [400, 'API_KEY_REQUIRES_DESCRIPTION', 'refused. Check desc.'],
    [400, 'UNSUPPORTED_ROLE', ROLES],
    [400, 'MISSING_API_KEY_ROLES', ROLES],
    [400, 'DUPLICATE_ADDRESSES_IN_INPUT', ADDRESSES],
    [400, 'CANNOT_ADD_IP_ADDRESS_TO_API_KEY_ACCESS_LIST', ADDRESSES],
    [
      409,
      'API_KEY_ALREADY_IN_GROUP',
      'it is there already; another run may have been quicker. Run the job again.',
    ],
    [
      404,
      'ATLAS_GROUP',
      'the project belongs to Atlas, and is not served under this API. Change the input api to atlas/v2.',
    ],
    [404, 'NOT_ATLAS_GROUP', CLOUD_MANAGER],
    [404, 'NOT_ATLAS_ORG', CLOUD_MANAGER],
    [
      402,
      'ACCOUNT_SUSPENDED',
      "the organisation's account is suspended, usually because of an unpaid invoice. Settle that under Billing of the organisation, and run the job again.",
    ],
  ])('%i %s', (status, errorCode, why) => {
    const body = errorCode === '' ? {} : { errorCode };
    const { message } = explainRefusal(call, refusal(status, body));
    const said = [status, errorCode].filter(Boolean).join(' ');
    expect(message).toContain(why);
    expect(message).toMatch(/^Could not make a key: /);
    expect(message.endsWith(` (POST /api/x was answered with ${said})`)).toBe(true);
  });

  const TOO_MANY_TOKENS =
    'as many tokens of this service account are alive as Atlas allows (100). Each ends with the job that fetched it, or within the hour. Try again later, or divide the jobs among several service accounts.';
  it.each<[number, unknown, string]>([
    [400, { errorCode: 'UNEXPECTED_ERROR', detail: 'Invalid role GROUP_X.' }, ROLES],
    [403, { error: 'access_denied', error_description: 'Access Token limit reached. …' }, TOO_MANY_TOKENS],
    [403, { error: 'access_denied' }, 'lacks the role Project Access Manager'],
    [404, { errorCode: 'X', detail: 'No.\n::error::' }, '404 X: “No. ::error::”)'],
    [300, '', 'a redirect was not followed'],
    [399, '', 'a redirect was not followed'],
    [400, '', "not the service's own but empty"],
    [200, '<html>', "not the service's own but HTML or text"],
    [407, '', 'the proxy asks for a user name and a password. Put them into HTTPS_PROXY.'],
  ])('%i %j', (status, body, why) => {
    expect(explainRefusal(call, refusal(status, body)).message).toContain(why);
  });

  it('and with where a redirect leads', () => {
    const location = 'https://evil.example/';
    const { message } = explainRefusal(call, refusal(302, '', { location }));
    expect(message).toContain('a redirect to evil.example was not followed');
  });

  it('and with what can be branched on, and nothing that is not known', () => {
    const gone = explainRefusal(call, refusal(404, { errorCode: 'RESOURCE_NOT_FOUND' }));
    expect(gone).toMatchObject({ kind: 'gone', errorCode: 'RESOURCE_NOT_FOUND' });
    expect(gone).not.toHaveProperty('cause');
    expect(explainRefusal(call, refusal(404, {})).errorCode).toBeUndefined();
  });

  it('without a role to name', () => {
    const { message } = explainRefusal(
      { ...call, needs: undefined },
      refusal(401, { errorCode: 'NOT_IN_GROUP' }),
    );
    expect(message).toBe(
      'Could not make a key: the caller is known but not allowed to do this. Check its roles: the README of this action says which it needs. (POST /api/x was answered with 401 NOT_IN_GROUP)',
    );
  });
});

describe('a fault is told with what to do next', () => {
  it.each<[FaultReason, string, string, string?]>([
    ['unreachable', 'ERR_ENOTFOUND', 'no connection to HOST came about [ERR_ENOTFOUND].'],
    ['unreachable', '', 'no connection to HOST came about.'],
    [
      'untrusted',
      'CERT_HAS_EXPIRED',
      'the certificate of HOST has expired [CERT_HAS_EXPIRED]. Whoever runs it has to renew it, unless the clock of this machine is wrong.',
    ],
    [
      'proxy',
      'status 407',
      'there is no way through the proxy to HOST [status 407]. Put its user name and password into HTTPS_PROXY.',
    ],
    ['notHttp', '', 'what HOST answers is not HTTP. Check baseUrl and HTTPS_PROXY.', 'unintelligible'],
    ['tooLarge', '', `the answer of HOST is larger than any that Atlas gives. ${WAY}`, 'unintelligible'],
    [
      'aborted',
      '',
      'HOST did not answer in time. Try again; if it happens again, check the network and the proxy.',
    ],
  ])('%s %s', (reason, code, why, kind = 'network') => {
    const cause = Object.assign(new Error('x'), { code });
    const error = explainFault(call, new WireFault(reason, { cause }), 'HOST');
    expect(error.message).toMatch(/^Could not make a key: .* \(POST \/api\/x\)$/);
    expect(error.message).toContain(why);
    expect(error).toMatchObject({ kind, cause });
  });
});

it('what was sent, and nobody told what became of it, is lost, with all that is known', () => {
  const cause = explainRefusal(call, refusal(500, { errorCode: 'UNEXPECTED_ERROR', detail: 'Oh.' }));
  const message = `${cause.message} Atlas may have carried it out nevertheless.`;
  const known = { message, kind: 'answerLost', errorCode: 'UNEXPECTED_ERROR', cause };
  expect(explainLoss(cause)).toMatchObject(known);
  expect(explainLoss(new AtlasError('Gone.', { kind: 'network' })).errorCode).toBeUndefined();
});

it('a success that is none is told with its call, and its cause where there is one', () => {
  const message = 'Could not make a key: the answer is odd. (POST /api/x)';
  const error = explainNonsense(call, 'the answer is odd.', 'cause');
  expect(error).toMatchObject({ message, kind: 'unintelligible', cause: 'cause' });
  expect(explainNonsense(call, 'odd')).not.toHaveProperty('cause');
});

it.each([
  ['is empty', ' \n', `the answer (200) is empty. ${WAY}`],
  ['is HTML', '<html>', `the answer (200) is no JSON. ${WAY}`],
  ['is JSON of another kind', '{}', 'the answer (200) is not what the API documents. Check baseUrl and api.'],
  ['is an error', { errorCode: 'NOT_IN_GROUP' }, `the answer says 200 and NOT_IN_GROUP at once. ${WAY}`],
])('an answer that %s', (_what, body, why) => {
  expect(oddityOf(answer(200, body))).toBe(why);
});

describe('the end of the time', () => {
  it('is told with its call, and with the cause, or else the reason', () => {
    const reason = new Error('SIGINT');
    const end = explainEnd(call, AbortSignal.abort(reason));
    expect(end.cause).toBe(reason);
    expect(end.message).toMatch(/\(POST \/api\/x\)$/);
    const before = explainRefusal(call, refusal(503, ''));
    const after = explainEnd(call, AbortSignal.abort(reason), before);
    expect(after.cause).toBe(before);
    expect(after.message).toBe(`${end.message} Before that: ${before.message}`);
  });

  it.each<[string, unknown]>([
    ['timeout', new DOMException('over', 'TimeoutError')],
    ['cancelled', new Error('SIGINT')],
    ['cancelled', 'SIGINT'],
    ['cancelled', { name: 'TimeoutError' }],
  ])('is a %s where it came of %o', (kind, reason) => {
    expect(explainEnd(call, AbortSignal.abort(reason)).kind).toBe(kind);
  });
});

const ID = '0123456789abcdef01234567';
const KEY = { publicKey: 'abcdefgh', privateKey: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' };

/** What the caller reads when every call is answered like this. */
async function told(action: FaultAction, work: (atlas: Atlas) => Promise<unknown>): Promise<string> {
  const { simulator, atlas } = await scene();
  simulator.faults.add({ when: ({ caller }) => caller !== undefined, times: 999, action });
  return (await failureOf(work(atlas))).message;
}

const entries = [{ ipAddress: '203.0.113.7' }];
it.each<[string, string | undefined, (atlas: Atlas) => Promise<unknown>]>([
  ['read the project', 'Project Read Only', (atlas) => atlas.readProject(ID)],
  ["list the organisation's keys", 'Organization Member', (atlas) => atlas.listOrganizationKeys(ID)],
  ["set the key's roles in the project", 'Project Access Manager', (atlas) => atlas.assignKey(ID, ID, [])],
  ['take the key out of the project', 'Project Access Manager', (atlas) => atlas.unassignKey(ID, ID)],
  ['delete the key', 'Organization Owner', (atlas) => atlas.deleteKey(ID, ID)],
  [
    "add to the key's access list",
    'Organization Owner',
    (atlas) => atlas.addAccessListEntries(ID, ID, entries),
  ],
  ['ask who signs in', undefined, (atlas) => atlas.whoAmI()],
  ["ask for this machine's address", undefined, (atlas) => atlas.currentAddress()],
])('what could not be done is named, and the role that is missing: %s, %s', async (what, role, work) => {
  const message = await told({ kind: 'error', code: 'USER_UNAUTHORIZED' }, work);
  expect(message).toContain(
    role === undefined
      ? `Could not ${what}: the caller is known but not allowed to do this.`
      : `Could not ${what}: the caller is known but lacks the role ${role}, which this call needs.`,
  );
});

it('what could not be done is named: sign in as the key', async () => {
  const message = await told({ kind: 'delay', ms: 0 }, (atlas) => atlas.signInAs(KEY));
  expect(message).toMatch(/^Could not sign in as the key: the credentials are not accepted\./);
});

it.each([
  ['ends somewhere', 'd', `the list does not end after 50 pages. ${WAY}`],
  [
    'is not read for ever',
    'd'.repeat(9_000),
    `the answer of HOST is larger than any that Atlas gives. ${WAY}`,
  ],
])('a list that no service gives %s', async (_what, desc, why) => {
  const results = Array.from({ length: 500 }, () => ({ id: ID, publicKey: 'abcdefgh', desc, roles: [] }));
  const page = { kind: 'answer', status: 200, body: { results, totalCount: 1e9 } } as const;
  const message = await told(page, (atlas) => atlas.listProjectKeys(ID));
  const path = `/api/atlas/v2/groups/${ID}/apiKeys`;
  expect(message.replace(/127\.0\.0\.1:\d+/, 'HOST')).toBe(
    `Could not list the project's keys: ${why} (GET ${path})`,
  );
});
