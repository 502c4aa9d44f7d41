import { describe, expect, it } from 'vitest';
import { readRefusal } from '../../src/atlas/answer.ts';
import { explainEnd, explainFault, explainRefusal } from '../../src/atlas/explain.ts';
import { type FaultReason, WireFault } from '../../src/atlas/wire-fault.ts';

const call = {
  method: 'POST',
  path: '/api/x',
  does: 'make a key in the project',
  needs: 'Project Access Manager',
};
const refusal = (status: number, body: unknown) =>
  readRefusal({ status, headers: {}, text: typeof body === 'string' ? body : JSON.stringify(body) });

describe('a refusal is told with what to do next', () => {
  it.each([
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
    [409, { errorCode: 'API_KEY_ALREADY_IN_GROUP' }, /it is there already/],
    [
      400,
      { errorCode: 'UNSUPPORTED_ROLE', detail: 'No such role.' },
      /Check roles: Atlas does not take one of them here\..*“No such role\.”/,
    ],
    [429, { errorCode: 'RATE_LIMITED' }, /rate limit is reached/],
    [503, '<html>', /does not serve this right now/],
    [407, '', /proxy wants to be signed in to/],
    [403, '<html>', /not the service's own but HTML or text/],
    [404, '', /not the service's own but empty/],
  ])('%i %j', (status, body, message) => {
    const error = explainRefusal(call, refusal(status, body));
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/^Could not make a key in the project: /);
    expect(error.message).toContain(`POST /api/x was answered with ${status}`);
    expect(error).toMatchObject({ status, call: { method: 'POST', path: '/api/x' } });
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
    expect(error.detail).toBe('a ::error::b');
    expect(error.message).not.toContain('\n');
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

describe('the end of the time', () => {
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
