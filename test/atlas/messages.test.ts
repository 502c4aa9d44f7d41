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
} from '../../src/atlas/explain.ts';
import type { Atlas } from '../../src/atlas/types.ts';
import { type FaultReason, WireFault } from '../../src/wire/wire.ts';
import type { FaultAction } from '../simulator/faults.ts';
import { scene } from './scene.ts';
import { failureOf } from './session.ts';

const called = { method: 'POST', path: '/api/x' };
const call = { ...called, does: 'make a key', needs: 'Project Access Manager' };
const refusal = (status: number, body: unknown) =>
  readRefusal({ status, headers: {}, text: typeof body === 'string' ? body : JSON.stringify(body) });
const WAY = 'Check baseUrl, and the proxy if there is one.';

describe('a refusal is told with what to do next', () => {
  const code = (errorCode: string, more = {}) => ({ errorCode, ...more });
  const CLOUD_MANAGER =
    'the project or organisation belongs to Cloud Manager, and is not served under this API. Change the input api to public/v1.0.';
  const ADDRESSES =
    'refused. Check accessList: Atlas takes no address twice, and none that means every address.';
  const TOO_MANY_TOKENS =
    'Access Token limit reached. Please use the existing Access Tokens or create a new Service Account.';
  const PARAMETERS = ['/api/oauth/token', 50, 1];
  it.each<[number, unknown, string]>([
    [401, {}, 'the credentials are not accepted. Check that both halves belong together'],
    [
      401,
      code('USER_UNAUTHORIZED'),
      'lacks the role Project Access Manager, which this call needs. Give the calling key',
    ],
    [
      403,
      code('IP_ADDRESS_NOT_ON_ACCESS_LIST', { parameters: ['203.0.113.7'] }),
      'may not call from 203.0.113.7. Add it',
    ],
    [
      403,
      code('ORG_REQUIRES_ACCESS_LIST'),
      "Add the runner's address to the access list of the calling key itself",
    ],
    [403, code('MAX_PUBLIC_API_KEY_REACHED'), 'as many API keys as it may (500)'],
    [400, code('MAX_API_KEYS_PER_ORG_EXCEEDED'), 'as many API keys as it may (500)'],
    [404, code('GROUP_NOT_FOUND'), 'the project is not there, or the caller cannot see it'],
    [404, code('ORG_NOT_FOUND'), 'the organisation is not there'],
    [404, code('THE_GROUP_NOT_FOUND'), 'it is not there, or the caller cannot see it'],
    [400, code('API_KEY_NOT_FOUND'), 'it is not there'],
    [404, { error: 404 }, 'it is not there'],
    [400, { error: 400 }, 'the request was refused. Check the inputs against what Atlas says'],
    [400, code('VALIDATION_ERROR'), 'the request was refused. Check the inputs against what Atlas says'],
    [400, code('INVALID_API_KEY_DESC'), 'the request was refused. Check desc.'],
    [400, code('API_KEY_REQUIRES_DESCRIPTION'), 'refused. Check desc.'],
    [
      400,
      code('UNSUPPORTED_ROLE', { detail: 'No such role.' }),
      'Check roles: Atlas does not take one of them here.',
    ],
    [400, code('UNEXPECTED_ERROR', { detail: 'Invalid role GROUP_X.' }), 'refused. Check roles: Atlas'],
    [400, code('MISSING_API_KEY_ROLES'), 'refused. Check roles: Atlas'],
    [400, code('DUPLICATE_ADDRESSES_IN_INPUT'), ADDRESSES],
    [400, code('CANNOT_ADD_IP_ADDRESS_TO_API_KEY_ACCESS_LIST'), ADDRESSES],
    [
      409,
      code('API_KEY_ALREADY_IN_GROUP'),
      'it is there already; another run may have been quicker. Run the job again.',
    ],
    [300, '', 'a redirect was not followed'],
    [399, '', 'a redirect was not followed'],
    [400, '', "not the service's own but empty"],
    [404, '', "not the service's own but empty"],
    [200, '<html>', "not the service's own but HTML or text"],
    [403, '<html>', "not the service's own but HTML or text"],
    [429, code('RATE_LIMITED'), 'rate limit is reached'],
    [
      429,
      code('RATE_LIMITED', { error: 429, parameters: PARAMETERS }),
      'the rate limit is reached. Try again in a few minutes, or with fewer runs side by side.',
    ],
    [
      403,
      { error: 'access_denied', error_description: TOO_MANY_TOKENS },
      'as many tokens of this service account are alive as Atlas allows (100). Each ends with the job that fetched it, or within the hour. Try again later, or divide the jobs among several service accounts.',
    ],
    [403, { error: 'access_denied' }, 'lacks the role Project Access Manager'],
    [
      404,
      code('ATLAS_GROUP'),
      'the project belongs to Atlas, and is not served under this API. Change the input api to atlas/v2.',
    ],
    [404, code('NOT_ATLAS_GROUP'), CLOUD_MANAGER],
    [404, code('NOT_ATLAS_ORG'), CLOUD_MANAGER],
    [
      402,
      code('ACCOUNT_SUSPENDED'),
      "the organisation's account is suspended, mostly over an unpaid invoice. Settle that under Billing of the organisation, and run the job again.",
    ],
    [503, '<html>', 'does not serve this right now'],
    [407, '', 'the proxy wants to be signed in to. Put its user name and password into HTTPS_PROXY.'],
  ])('%i %j', (status, body, why) => {
    const error = explainRefusal(call, refusal(status, body));
    expect(error.message).toContain(why);
    expect(error.message).toMatch(/^Could not make a key: /);
    expect(error.message).toContain(`(POST /api/x was answered with ${status}`);
    expect(error).toMatchObject({ call: called });
  });

  it('with everything that can be branched on, and nothing that is not known', () => {
    const full = explainRefusal(call, refusal(404, { errorCode: 'RESOURCE_NOT_FOUND', detail: 'No.' }));
    expect(full).toMatchObject({ kind: 'gone', errorCode: 'RESOURCE_NOT_FOUND' });
    expect(full.cause).toBeUndefined();
    expect(full.message).toMatch(/404 RESOURCE_NOT_FOUND: “No\.”\)$/);
    const bare = explainRefusal(call, refusal(404, {}));
    expect([bare.message, bare.errorCode]).toEqual([
      expect.stringMatching(/answered with 404\)$/),
      undefined,
    ]);
  });

  it('names where a redirect leads, and cleans what the service says', () => {
    const { message } = explainRefusal(call, refusal(302, ''), 'evil.example');
    expect(message).toContain('a redirect to evil.example was not followed');
    const hostile = explainRefusal(call, refusal(400, { detail: 'a\n::error::b' }));
    expect(hostile.message).toContain('“a ::error::b”');
  });

  it('without a role to name', () => {
    const { needs: _, ...free } = call;
    const { message } = explainRefusal(free, refusal(401, { errorCode: 'NOT_IN_GROUP' }));
    expect(message).toBe(
      'Could not make a key: the caller is known but not allowed to do this. Check its roles: the README of this action says which it needs. (POST /api/x was answered with 401 NOT_IN_GROUP)',
    );
  });
});

describe('a fault is told with what to do next', () => {
  it.each<[FaultReason, string, string, string?]>([
    ['unreachable', 'ENOTFOUND', 'the name HOST cannot be resolved [ENOTFOUND]'],
    ['unreachable', 'ERR_ENOTFOUND', 'no connection to HOST came about [ERR_ENOTFOUND].'],
    ['unreachable', '', 'no connection to HOST came about.'],
    ['untrusted', 'SELF_SIGNED_CERT_IN_CHAIN', 'in the environment variable NODE_EXTRA_CA_CERTS of this job'],
    [
      'untrusted',
      'CERT_HAS_EXPIRED',
      'the certificate of HOST has expired [CERT_HAS_EXPIRED]. Whoever runs it has to renew it, unless the clock of this machine is wrong.',
    ],
    ['untrusted', 'ERR_TLS_CERT_ALTNAME_INVALID', 'for another name'],
    [
      'proxy',
      'status 407',
      'the proxy made no way to HOST [status 407]. Put its user name and password into HTTPS_PROXY.',
    ],
    ['proxy', 'ECONNREFUSED', 'Check HTTPS_PROXY and NO_PROXY'],
    ['broken', 'ECONNRESET', 'broke before the answer was complete [ECONNRESET]'],
    ['notHttp', '', 'what HOST answers is not HTTP. Check baseUrl and HTTPS_PROXY.', 'unintelligible'],
    ['tooLarge', '', `the answer of HOST is larger than any that Atlas gives. ${WAY}`, 'unintelligible'],
    [
      'aborted',
      '',
      'HOST did not answer in time. Try again; if it happens again, check the network and the proxy.',
    ],
  ])('%s %s', (reason, code, why, kind = 'network') => {
    const cause = Object.assign(new Error('x'), { code });
    const error = explainFault(call, new WireFault(reason, { sent: true, received: '', cause }), 'HOST');
    expect(error.message).toContain(`Could not make a key: `);
    expect(error.message).toContain(why);
    expect(error).toMatchObject({ kind, call: called, cause });
  });
});

describe('what was sent, and nobody told what became of it', () => {
  it('is lost, with all that is known', () => {
    const cause = explainRefusal(call, refusal(500, { errorCode: 'UNEXPECTED_ERROR', detail: 'Oh.' }));
    const error = explainLoss(call, cause);
    const known = { kind: 'answerLost', call: called, errorCode: 'UNEXPECTED_ERROR', cause };
    expect(error).toMatchObject(known);
    expect(error.message).toBe(`${cause.message} Atlas may have carried it out nevertheless.`);
    expect(explainLoss(call, new AtlasError('Gone.', { kind: 'network' })).errorCode).toBeUndefined();
  });
});

describe('a success that is none', () => {
  it('is told with its call, and its cause where there is one', () => {
    const message = 'Could not make a key: the answer is odd. (POST /api/x)';
    const error = explainNonsense(call, 'the answer is odd.', 'cause');
    expect(error).toMatchObject({ message, kind: 'unintelligible', call: called, cause: 'cause' });
    expect(explainNonsense(call, 'odd')).not.toHaveProperty('cause');
  });
});

describe('the end of the time', () => {
  it('is told with its call, and with the cause, or else the reason', () => {
    const reason = new Error('SIGINT');
    const end = explainEnd(call, AbortSignal.abort(reason));
    expect(end).toMatchObject({ call: called, cause: reason });
    expect(end.message).toMatch(/\(POST \/api\/x\)$/);
    expect(explainEnd(call, AbortSignal.abort(reason), 'before').cause).toBe('before');
    const before = explainRefusal(call, refusal(503, ''));
    expect(explainEnd(call, AbortSignal.abort(), before).message).toMatch(/Before that: .* 503/);
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
