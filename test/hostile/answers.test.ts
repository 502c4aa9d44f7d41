/** What a hostile answer does to the client of Atlas; the slow tests beside this one show the same of the whole action. */
import { describe, expect, it } from 'vitest';
import { scene } from '../atlas/scene.ts';
import { failureOf } from '../atlas/session.ts';
import type { FaultAction } from '../simulator/faults.ts';

type Headers = Readonly<Record<string, string>>;
const answer = (status: number, body: unknown, headers: Headers = {}): FaultAction => {
  return { kind: 'answer', status, body, headers };
};

const FIELDS = 'realm="MMS Public API", nonce="abc"';

describe('a challenge', () => {
  it.each<[string, string | undefined, RegExp]>([
    ['that is missing', undefined, /No way to sign in is offered/],
    ['of Basic', 'Basic realm="MMS Public API"', /Only basic is offered/],
    ['of Negotiate', 'Negotiate YII=', /Only negotiate is offered/],
    [
      'with MD5-sess',
      `Digest ${FIELDS}, algorithm=MD5-sess, qop="auth"`,
      /digest with MD5-sess and qop=auth/,
    ],
    ['with auth-int alone', `Digest ${FIELDS}, algorithm=MD5, qop="auth-int"`, /qop=auth-int/],
    ['without qop', `Digest ${FIELDS}, algorithm=MD5`, /qop=\(none\)/],
    ['with an unknown algorithm', `Digest ${FIELDS}, algorithm=ROT13, qop="auth"`, /digest with another/],
    ['without a nonce', 'Digest realm="x", qop="auth"', /This action understands Digest/],
    ['of nothing but commas', ',,,,', /No way to sign in is offered/],
    ['with a workflow command for a scheme', '::error::x', /cannot be read/],
    [
      'of a hundred schemes',
      Array.from({ length: 100 }, (_, n) => `Scheme${n} a="b"`).join(', '),
      /Only something else is offered/,
    ],
  ])('%s is one clear error, and nothing secret is sent', async (_what, header, message) => {
    const { simulator, atlas, groupId } = await scene();
    const headers = header === undefined ? {} : { 'www-authenticate': header };
    const action = answer(401, { errorCode: 'UNEXPECTED_ERROR' }, headers);
    simulator.faults.add({ phase: 'arrival', times: 9, action });
    const error = await failureOf(atlas.readProject(groupId));
    expect(error.message).toMatch(message);
    expect(simulator.history.requests.map(({ scheme }) => scheme)).toEqual(Array(5).fill(undefined));
  });
});

describe('a body', () => {
  it.each([
    ['of HTML', '<!doctype html><title>Sign in to the hotel</title>'],
    ['of nothing', ''],
    ['cut in the middle', '{"results":[{"id":"6a79'],
    ['of another shape', '{"results":{"length":1}}'],
    ['of keys that are none', '{"results":[null,7,"x",[]]}'],
    ['that inherits', '{"__proto__":{"results":[]}}'],
  ])('%s is one clear error', async (_what, body) => {
    const { simulator, atlas, groupId } = await scene();
    simulator.faults.add({ times: 9, action: answer(200, body) });
    const error = await failureOf(atlas.listProjectKeys(groupId));
    expect(error.message).toMatch(/^Could not list the project's keys: the answer \(200\) is /);
  });

  it('of an error that calls itself a success is none', async () => {
    const { simulator, atlas, groupId } = await scene();
    const body = { error: 403, errorCode: 'NOT_IN_GROUP', detail: 'no' };
    simulator.faults.add({ times: 9, action: answer(200, body) });
    const error = await failureOf(atlas.listProjectKeys(groupId));
    expect(error.message).toMatch(/the answer says 200 and NOT_IN_GROUP at once/);
  });

  it.each(['text/html', 'application/octet-stream', 'application/xml; charset=utf-16', 'nonsense'])(
    'of JSON is read as JSON though it calls itself %s',
    async (type) => {
      const { simulator, atlas, groupId } = await scene();
      const body = { results: [], totalCount: 0 };
      simulator.faults.add({ action: answer(200, body, { 'content-type': type }) });
      expect(await atlas.listProjectKeys(groupId)).toEqual([]);
    },
  );

  it.each([-1, 0, 0.5, 1e308, '7', null, [], 'NaN'])(
    'whose totalCount is %j misleads nobody',
    async (totalCount) => {
      const { simulator, atlas, groupId } = await scene();
      const id = '0123456789abcdef01234567';
      const key = { id, publicKey: 'abcdefgh', desc: 'x', roles: [] };
      simulator.faults.add({ times: 9, action: answer(200, { results: [key], totalCount }) });
      expect(await atlas.listProjectKeys(groupId)).toEqual([expect.objectContaining({ id })]);
    },
  );
});

describe('a redirect to another host', () => {
  it.each([301, 302, 303, 307, 308])('is not followed by a read: %i', async (status) => {
    const elsewhere = await scene();
    const { simulator, atlas, groupId } = await scene();
    const location = `${elsewhere.simulator.origin}/api/atlas/v2`;
    simulator.faults.add({ times: 9, action: answer(status, '', { location }) });
    const error = await failureOf(atlas.readProject(groupId));
    expect(error.message).toMatch(/a redirect to 127\.0\.0\.1:\d+ was not followed\. Check baseUrl/);
    expect(elsewhere.simulator.history.requests).toEqual([]);
  });

  it('is none in a Refresh, a Link or an Alt-Svc', async () => {
    const elsewhere = await scene();
    const { simulator, atlas, groupId, orgId } = await scene();
    const { origin, host, port } = new URL(elsewhere.simulator.origin);
    const headers = {
      refresh: `0; url=${origin}`,
      link: `<${origin}>; rel=next`,
      'alt-svc': `http/1.1="${host}", h2=":${port}"; ma=3600`,
      'content-location': origin,
    };
    simulator.faults.add({ action: answer(200, { orgId }, headers) });
    expect(await atlas.readProject(groupId)).toEqual({ orgId });
    expect(await atlas.readProject(groupId)).toEqual({ orgId });
    expect(elsewhere.simulator.history.requests).toEqual([]);
    expect(simulator.history.find(({ signIn }) => signIn === 'signedIn')).toHaveLength(2);
  });
});

it('a Retry-After of a century is not waited for', async () => {
  const { simulator, session, atlas, groupId } = await scene();
  const action = answer(429, { errorCode: 'RATE_LIMITED' }, { 'retry-after': '999999999' });
  simulator.faults.add({ times: 9, action });
  expect((await failureOf(atlas.readProject(groupId))).kind).toBe('rateLimited');
  expect(session.waits).toEqual([]);
});
