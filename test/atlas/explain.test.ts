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
import { type FaultReason, WireFault } from '../../src/wire/fault.ts';

const call = {
  method: 'POST',
  path: '/api/x',
  does: 'make a key in the project',
  needs: 'Project Access Manager',
};
const refusal = (status: number, body: unknown) =>
  readRefusal({ status, headers: {}, text: typeof body === 'string' ? body : JSON.stringify(body) });

const TOO_MANY_TOKENS =
  'Access Token limit reached. Please use the existing Access Tokens or create a new Service Account.';

describe('a refusal is told with what to do next', () => {
  it.each<[number, unknown, RegExp]>([
    [401, {}, /credentials are not accepted\. Check that both halves belong together/],
    [
      401,
      { errorCode: 'USER_UNAUTHORIZED' },
      /lacks the role Project Access Manager, .* Give the calling key/,
    ],
    [
      403,
      { errorCode: 'IP_ADDRESS_NOT_ON_ACCESS_LIST', parameters: ['203.0.113.7'] },
      /may not call from 203\.0\.113\.7\. Add it/,
    ],
    [
      403,
      { errorCode: 'ORG_REQUIRES_ACCESS_LIST' },
      /Add the runner's address to the access list of the calling key itself/,
    ],
    [403, { errorCode: 'MAX_PUBLIC_API_KEY_REACHED' }, /as many API keys as it may \(500\)/],
    [404, { errorCode: 'GROUP_NOT_FOUND' }, /the project is not there, or the caller cannot see it/],
    [404, { errorCode: 'ORG_NOT_FOUND' }, /the organisation is not there/],
    [400, { errorCode: 'API_KEY_NOT_FOUND' }, /it is not there/],
    [404, { error: 404 }, /it is not there/],
    [400, { error: 400 }, /the request was refused\. Check the inputs against what Atlas says/],
    [400, { errorCode: 'INVALID_API_KEY_DESC' }, /the request was refused\. Check desc\./],
    [
      400,
      { errorCode: 'VALIDATION_ERROR' },
      /the request was refused\. Check the inputs against what Atlas says/,
    ],
    [409, { errorCode: 'API_KEY_ALREADY_IN_GROUP' }, /it is there already/],
    [300, '', /a redirect was not followed/],
    [399, '', /a redirect was not followed/],
    [400, '', /not the service's own but empty/],
    [200, '<html>', /not the service's own but HTML or text/],
    [
      400,
      { errorCode: 'UNSUPPORTED_ROLE', detail: 'No such role.' },
      /Check roles: Atlas does not take one of them here\..*“No such role\.”/,
    ],
    [429, { errorCode: 'RATE_LIMITED' }, /rate limit is reached/],
    [
      429,
      { error: 429, errorCode: 'RATE_LIMITED', parameters: ['/api/oauth/token', 50, 1] },
      /the rate limit is reached\. Try again in a few minutes, or with fewer runs side by side\./,
    ],
    [
      403,
      { error: 'access_denied', error_description: TOO_MANY_TOKENS },
      /as many tokens of this service account are alive as Atlas allows \(100\)\. Each ends with the job that fetched it, or within the hour\. Try again later, or divide the jobs among several service accounts\./,
    ],
    [403, { error: 'access_denied' }, /lacks the role Project Access Manager/],
    [400, { errorCode: 'MAX_API_KEYS_PER_ORG_EXCEEDED' }, /as many API keys as it may \(500\)/],
    [
      404,
      { errorCode: 'ATLAS_GROUP' },
      /the project belongs to Atlas, and is not served under this API\. Change the input api to atlas\/v2\./,
    ],
    ...['NOT_ATLAS_GROUP', 'NOT_ATLAS_ORG'].map((errorCode): [number, unknown, RegExp] => [
      404,
      { errorCode },
      /the project or organisation belongs to Cloud Manager, and is not served under this API\. Change the input api to public\/v1\.0\./,
    ]),
    [
      402,
      { errorCode: 'ACCOUNT_SUSPENDED' },
      /the organisation's account is suspended, mostly over an unpaid invoice\. Settle that under Billing of the organisation, and run the job again\./,
    ],
    [400, { errorCode: 'UNEXPECTED_ERROR', detail: 'Invalid role GROUP_X.' }, /refused\. Check roles: Atlas/],
    [400, { errorCode: 'MISSING_API_KEY_ROLES' }, /refused\. Check roles: Atlas/],
    [400, { errorCode: 'API_KEY_REQUIRES_DESCRIPTION' }, /refused\. Check desc\./],
    ...['DUPLICATE_ADDRESSES_IN_INPUT', 'CANNOT_ADD_IP_ADDRESS_TO_API_KEY_ACCESS_LIST'].map(
      (errorCode): [number, unknown, RegExp] => [
        400,
        { errorCode },
        /refused\. Check accessList: Atlas takes no address twice, and none that means every address\./,
      ],
    ),
    [503, '<html>', /does not serve this right now/],
    [407, '', /proxy wants to be signed in to/],
    [403, '<html>', /not the service's own but HTML or text/],
    [404, '', /not the service's own but empty/],
  ])('%i %j', (status, body, message) => {
    const error = explainRefusal(call, refusal(status, body));
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/^Could not make a key in the project: /);
    expect(error.message).toContain(`POST /api/x was answered with ${status}`);
    expect(error).toMatchObject({ call: { method: 'POST', path: '/api/x' } });
  });

  it('with everything that can be branched on, and nothing that is not known', () => {
    const full = { errorCode: 'RESOURCE_NOT_FOUND', detail: 'No.' };
    const { kind, errorCode, cause } = explainRefusal(call, refusal(404, full));
    expect({ kind, errorCode, cause }).toStrictEqual({
      kind: 'gone',
      errorCode: 'RESOURCE_NOT_FOUND',
      cause: undefined,
    });
    expect(explainRefusal(call, refusal(404, full)).message).toMatch(/404 RESOURCE_NOT_FOUND: “No\.”\)$/);
    const bare = explainRefusal(call, refusal(404, {}));
    expect(bare.message).toMatch(/answered with 404\)$/);
    expect(bare.errorCode).toBeUndefined();
  });

  it('names where a redirect leads', () => {
    const error = explainRefusal(call, refusal(302, ''), 'evil.example');
    expect(error.message).toContain('a redirect to evil.example was not followed');
  });

  it('tells a project or an organisation only by a code that begins with one', () => {
    const error = explainRefusal(call, refusal(404, { errorCode: 'THE_GROUP_NOT_FOUND' }));
    expect(error.message).toContain('it is not there, or the caller cannot see it');
  });

  it('without a role to name', () => {
    const { needs: _, ...free } = call;
    expect(explainRefusal(free, refusal(401, { errorCode: 'NOT_IN_GROUP' })).message).toMatch(
      /known but not allowed/,
    );
  });

  it('with a sentence of the service that has been cleaned', () => {
    const error = explainRefusal(
      call,
      refusal(400, { errorCode: 'VALIDATION_ERROR', detail: 'a\n::error::b' }),
    );
    expect(error.message).toContain('“a ::error::b”');
  });
});

describe('a fault is told with what to do next', () => {
  const fault = (reason: FaultReason, code?: string) =>
    new WireFault(reason, { sent: true, received: '', cause: Object.assign(new Error('x'), { code }) });
  it.each<[FaultReason, string | undefined, RegExp]>([
    ['unreachable', 'ENOTFOUND', /name host cannot be resolved \[ENOTFOUND\]/],
    ['unreachable', undefined, /no connection to host came about\./],
    ['untrusted', 'SELF_SIGNED_CERT_IN_CHAIN', /NODE_EXTRA_CA_CERTS/],
    ['untrusted', 'CERT_HAS_EXPIRED', /has expired/],
    ['untrusted', 'ERR_TLS_CERT_ALTNAME_INVALID', /for another name/],
    ['proxy', 'status 407', /user name and password into HTTPS_PROXY/],
    ['proxy', 'ECONNREFUSED', /Check HTTPS_PROXY and NO_PROXY/],
    ['broken', 'ECONNRESET', /broke before the answer was complete \[ECONNRESET\]/],
    ['notHttp', undefined, /is not HTTP/],
    ['tooLarge', undefined, /larger than any/],
    ['aborted', undefined, /did not answer in time/],
  ])('%s %s', (reason, code, message) => {
    expect(explainFault(call, fault(reason, code), 'host').message).toMatch(message);
  });
});

describe('what a fault is', () => {
  it.each<[FaultReason, string]>([
    ['unreachable', 'network'],
    ['untrusted', 'network'],
    ['proxy', 'network'],
    ['broken', 'network'],
    ['notHttp', 'unintelligible'],
    ['tooLarge', 'unintelligible'],
    ['aborted', 'network'],
  ])('%s is of the kind %s, with its call and its cause', (reason, kind) => {
    const cause = new Error('x');
    const error = explainFault(call, new WireFault(reason, { sent: true, received: '', cause }), 'host');
    expect(error).toMatchObject({ kind, call: { method: 'POST', path: '/api/x' }, cause });
  });

  it('a name that only looks like one that cannot be resolved is not told as that', () => {
    const cause = Object.assign(new Error('x'), { code: 'ERR_ENOTFOUND' });
    const error = explainFault(
      call,
      new WireFault('unreachable', { sent: false, received: '', cause }),
      'host',
    );
    expect(error.message).toContain('no connection to host came about');
  });
});

describe('what was sent, and nobody told what became of it', () => {
  it('is lost, with all that is known', () => {
    const cause = explainRefusal(call, refusal(500, { errorCode: 'UNEXPECTED_ERROR', detail: 'Oh.' }));
    const error = explainLoss(call, cause);
    expect(error).toMatchObject({
      kind: 'answerLost',
      call: { method: 'POST', path: '/api/x' },
      errorCode: 'UNEXPECTED_ERROR',
      cause,
    });
    expect(error.message).toBe(`${cause.message} Atlas may have carried it out nevertheless.`);
  });

  it('is lost, where nothing is known', () => {
    const error = explainLoss(call, new AtlasError('Gone.', { kind: 'network' }));
    expect(error.errorCode).toBeUndefined();
  });
});

describe('a success that is none', () => {
  it('is told with its call, and its cause where there is one', () => {
    const error = explainNonsense(call, 'the answer is odd.', 'cause');
    expect(error).toMatchObject({
      message: 'Could not make a key in the project: the answer is odd. (POST /api/x)',
      kind: 'unintelligible',
      call: { method: 'POST', path: '/api/x' },
      cause: 'cause',
    });
    expect(explainNonsense(call, 'odd')).not.toHaveProperty('cause');
  });
});

describe('the end of the time', () => {
  it('is told with its call, and with the cause, or else the reason', () => {
    const reason = new Error('SIGINT');
    const end = explainEnd(call, AbortSignal.abort(reason));
    expect(end).toMatchObject({ call: { method: 'POST', path: '/api/x' }, cause: reason });
    expect(end.message).toMatch(/\(POST \/api\/x\)$/);
    expect(explainEnd(call, AbortSignal.abort(reason), 'before').cause).toBe('before');
    expect(explainEnd(call, AbortSignal.abort({ name: 'TimeoutError' })).kind).toBe('cancelled');
  });

  it('is told apart from a cancelled run', () => {
    const timeout = AbortSignal.abort(new DOMException('over', 'TimeoutError'));
    expect(explainEnd(call, timeout)).toMatchObject({ kind: 'timeout' });
    expect(explainEnd(call, AbortSignal.abort(new Error('SIGINT')))).toMatchObject({ kind: 'cancelled' });
    expect(explainEnd(call, AbortSignal.abort('SIGINT'))).toMatchObject({ kind: 'cancelled' });
  });

  it('tells what went wrong before', () => {
    const before = explainRefusal(call, refusal(503, ''));
    expect(explainEnd(call, AbortSignal.abort(), before).message).toMatch(/Before that: .* 503/);
  });
});
