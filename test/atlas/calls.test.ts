import { afterAll, describe, expect, it } from 'vitest';
import { startDeadline } from '../../src/atlas/time.ts';
import { SURFACES } from '../../src/atlas/types.ts';
import type { ErrorCode } from '../simulator/errors.ts';
import type { FaultAction, FaultRequest } from '../simulator/faults.ts';
import { scene, wanted } from './scene.ts';
import { failureOf } from './session.ts';
import { clock } from './time.ts';
import { trustTheSimulator } from './trust.ts';

afterAll(trustTheSimulator());

const SECRET = '754c8808-0ba8-4153-8eea-85daa09d408a';
const answer = (status: number, body: unknown, headers = {}): FaultAction => {
  return { kind: 'answer', status, body, headers };
};
const unsigned = ({ caller }: FaultRequest) => caller === undefined;
const signed = ({ caller }: FaultRequest) => caller !== undefined;
const toLogin = answer(302, '', { location: 'https://login.example' });

/** Over HTTP/2, and over HTTP/1.1. */
const TRANSPORTS = [
  ['HTTP/2', { tls: true }],
  ['HTTP/1.1', {}],
] as const;

describe.each(SURFACES)('on %s', (surface) => {
  it('a key is made, listed, read, changed, renamed, taken out and deleted', async () => {
    const { simulator, atlas, groupId, orgId, session } = await scene({}, { surface });
    expect(await atlas.readProject(groupId)).toEqual({ orgId });
    expect(simulator.history.requests.at(-1)?.target).toBe(`/api/${surface}/groups/${groupId}`);
    const made = await atlas.createKey(groupId, wanted);
    expect(made).toMatchObject({ desc: 'ci', privateKey: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(session.masked).toContain(made.privateKey);

    const [listed] = (await atlas.listProjectKeys(groupId)).filter(({ id }) => id === made.id);
    expect(listed).toMatchObject({ desc: 'ci', privateKeyTail: made.privateKey.slice(-12) });
    const all = (await atlas.listOrganizationKeys(orgId)).map(({ desc }) => desc);
    expect(all.sort()).toEqual(['ci', 'the caller']);

    const owner = { groupId, roleName: 'GROUP_OWNER' };
    expect((await atlas.updateRoles(groupId, made.id, ['GROUP_OWNER'])).roles).toContainEqual(owner);
    expect((await atlas.renameKey({ groupId, orgId, apiUserId: made.id }, 'new')).desc).toBe('new');
    expect((await atlas.readOrganizationKey(orgId, made.id)).desc).toBe('new');

    await atlas.signInAs(made);
    expect(await atlas.unassignKey(groupId, made.id)).toBe('deleted');
    expect(await atlas.unassignKey(groupId, made.id)).toBe('gone');
    await atlas.assignKey(groupId, made.id, ['GROUP_READ_ONLY']);
    await atlas.assignKey(groupId, made.id, ['GROUP_OWNER']);
    expect((await atlas.readOrganizationKey(orgId, made.id)).roles).toContainEqual(owner);
    expect(await atlas.deleteKey(orgId, made.id)).toBe('deleted');
    expect(await atlas.deleteKey(orgId, made.id)).toBe('gone');
    expect((await failureOf(atlas.signInAs(made))).kind).toBe('credentials');
  });
});

describe('the connection', () => {
  it.each([
    ['HTTP/2', { tls: true }, '2.0'],
    ['HTTP/1.1 with TLS', { tls: true, http2: false }, '1.1'],
    ['HTTP/1.1', {}, '1.1'],
  ] as const)('over %s is one, and the challenge is asked for once', async (_what, start, version) => {
    const { simulator, atlas, groupId, orgId } = await scene(start);
    await Promise.all([
      atlas.listProjectKeys(groupId),
      atlas.listOrganizationKeys(orgId),
      atlas.readProject(groupId),
    ]);
    const made = await atlas.createKey(groupId, wanted);
    await atlas.signInAs(made);
    const { requests } = simulator.history;
    expect(requests.map(({ signIn }) => signIn)).toEqual(['challenged', ...Array(5).fill('signedIn')]);
    expect(new Set(requests.map(({ httpVersion }) => httpVersion))).toEqual(new Set([version]));
    expect(simulator.connections).toHaveLength(1);
  });

  it('asks for the challenge with an empty body', async () => {
    const { simulator, atlas, groupId } = await scene();
    await atlas.createKey(groupId, wanted);
    const bodies = simulator.history.requests.map(({ method, requestBody }) => [method, requestBody]);
    expect(bodies).toEqual([
      ['POST', undefined],
      ['POST', wanted],
    ]);
  });

  it.each(TRANSPORTS)('over %s that went dead is left for a new one', async (_what, start) => {
    const { simulator, atlas, groupId } = await scene(start, { tryLimit: 300 });
    simulator.faults.add({ when: { method: 'GET' }, action: { kind: 'hang' } });
    await atlas.readProject(groupId);
    const { requests } = simulator.history;
    const dead = requests.find(({ outcome }) => outcome === 'hung')?.connection;
    expect(requests.at(-1)?.connection).toBeGreaterThan(dead ?? 0);
  });
});

describe('Digest', () => {
  it.each(['SHA-256', 'MD5'] as const)(
    'with %s and an opaque signs anew when the nonce is too old',
    async (name) => {
      const digest = { algorithms: [name], opaque: true, staleQuoted: true };
      const { simulator, atlas, groupId, session } = await scene({ settings: { digest } });
      expect(await atlas.listProjectKeys(groupId)).toEqual([]);
      simulator.clock.advance(61_000);
      await atlas.createKey(groupId, wanted);
      const signIns = simulator.history.requests.map(({ signIn }) => signIn);
      expect(signIns).toEqual(['challenged', 'signedIn', 'stale', 'signedIn']);
      expect(session.lines.at(-1)).toMatch(/^POST \S+ 200 in \d+ ms, try 1, 2 requests$/);
    },
  );

  it('lives with nonces that are good for one request', async () => {
    const settings = { digest: { oneTimeNonces: true } };
    const { simulator, atlas, groupId, orgId } = await scene({ settings });
    await Promise.all([
      atlas.listProjectKeys(groupId),
      atlas.listOrganizationKeys(orgId),
      atlas.readProject(groupId),
    ]);
    await atlas.createKey(groupId, wanted);
    expect(simulator.keys()).toHaveLength(2);
    expect(simulator.history.requests.length).toBeLessThanOrEqual(10);
  });

  it.each<[string, FaultAction]>([
    ['a garbled challenge', answer(401, '', { 'www-authenticate': 'Digest realm="' })],
    ['a challenge that offers nothing', answer(401, '', { 'www-authenticate': 'Basic realm="r"' })],
    ['no challenge', answer(401, '')],
    ['a page with 403', answer(403, '<html>')],
    ['a page with 200', answer(200, '<html>')],
    ['a redirect', toLogin],
  ])('asks again for the challenge, before a create as well, instead of %s', async (_what, action) => {
    const { simulator, atlas, groupId, session } = await scene();
    simulator.faults.add({ when: unsigned, phase: 'arrival', times: 3, action });
    await atlas.createKey(groupId, wanted);
    expect(session.waits).toEqual([400, 800, 1600]);
  });
});

describe('a create', () => {
  it.each([
    ['reset', { kind: 'reset' }, 'after'],
    ['cut answer', { kind: 'truncate', bytes: 40 }, 'after'],
    ['server fault', answer(503, ''), 'after'],
    ['gateway page', answer(502, '<html>'), 'before'],
    ['page of a proxy', answer(403, '<html>blocked by policy</html>'), 'after'],
    ['refusal that shows a secret', answer(403, { errorCode: 'NOT_IN_GROUP', privateKey: SECRET }), 'after'],
    ['empty success', answer(200, ''), 'after'],
    ['success that is HTML', answer(200, '<html>'), 'after'],
    ['success with an error in it', { kind: 'error', status: 200, code: 'UNEXPECTED_ERROR' }, 'after'],
  ] as const)('whose answer is a %s is not repeated: the key may exist', async (_what, action, phase) => {
    const { simulator, atlas, groupId } = await scene();
    await atlas.readProject(groupId);
    simulator.faults.add({ when: { method: 'POST' }, phase, action });
    expect((await failureOf(atlas.createKey(groupId, wanted))).kind).toBe('answerLost');
    await atlas.readProject(groupId);
    expect(simulator.history.find(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('is masked also when only a parser finds it', async () => {
    const { simulator, session, atlas, groupId, orgId } = await scene();
    const privateKey = 'not-a-uuid-but-secret';
    const body = `{"id":"6a793fbd2c88faeba59bd3b1","publicKey":"flezioeg","desc":"ci","roles":[{"roleName":"ORG_MEMBER","orgId":"${orgId}"}],"private\\u004bey":"${privateKey}"}`;
    simulator.faults.add({ when: { method: 'POST' }, action: answer(200, body) });
    expect(await atlas.createKey(groupId, wanted)).toMatchObject({ privateKey });
    expect(session.masked).toEqual([privateKey]);
  });

  it('that was surely not carried out is repeated', async () => {
    const { simulator, session, atlas, groupId } = await scene();
    const when = { method: 'POST' };
    simulator.faults.add({ when, phase: 'arrival', action: { kind: 'reset' } });
    simulator.faults.add({ when, action: answer(429, {}, { 'retry-after': '3' }) });
    for (const status of [405, 503]) {
      const action = answer(status, { errorCode: 'WRITES_NOT_ALLOWED_DURING_APP_UPGRADES' });
      simulator.faults.add({ when, action });
    }
    await atlas.createKey(groupId, wanted);
    expect(simulator.keys()).toHaveLength(2);
    expect(session.waits).toEqual([400, 3250, 1600, 3200]);
  });

  it('that the deadline ends is lost, too', async () => {
    const { simulator, session, groupId } = await scene();
    simulator.faults.add({ when: { method: 'POST' }, action: { kind: 'hang' } });
    await session.atlas.readProject(groupId);
    const creating = session.within(startDeadline(300, clock)).createKey(groupId, wanted);
    expect((await failureOf(creating)).kind).toBe('answerLost');
  });
});

describe('calls that may be repeated', () => {
  it.each<[string, FaultAction]>([
    ['a reset', { kind: 'reset' }],
    ['a cut answer', { kind: 'truncate', bytes: 20 }],
    ['503', answer(503, '<html>')],
    ['a change at the same moment', { kind: 'error', code: 'DATA_CONCURRENCY_ERROR' }],
    ['429 without Retry-After', answer(429, { errorCode: 'RATE_LIMITED' })],
    ['a page with 403', answer(403, '<html>')],
    ['a page with 200', answer(200, '<html>')],
    ['an empty answer', answer(200, '')],
    ['JSON of another shape', answer(200, { a: 1 })],
    ['a success that is an error', answer(200, { errorCode: 'NOT_IN_GROUP' })],
    ['a redirect', toLogin],
  ])('survive two times %s', async (_what, action) => {
    const { simulator, session, atlas, groupId, orgId } = await scene();
    simulator.faults.add({ when: signed, action, times: 2 });
    expect(await atlas.readProject(groupId)).toEqual({ orgId });
    expect(session.waits).toHaveLength(2);
  });

  it.each<[string, FaultAction, number, string]>([
    ['a fault that does not pass', answer(501, ''), 1, 'unavailable'],
    ['an answer of nobody', answer(200, '<html>'), 5, 'unintelligible'],
    ['a server fault', answer(503, ''), 8, 'unavailable'],
    ['a rate limit', { kind: 'error', code: 'RATE_LIMITED' }, 20, 'rateLimited'],
    [
      'an upgrade',
      { kind: 'error', code: 'WRITES_NOT_ALLOWED_DURING_APP_UPGRADES', status: 405 },
      20,
      'unavailable',
    ],
  ])('end when %s goes on and on', async (_what, action, tries, kind) => {
    const { simulator, session, atlas, groupId } = await scene();
    simulator.faults.add({ when: signed, action, times: 99 });
    expect((await failureOf(atlas.readProject(groupId))).kind).toBe(kind);
    expect(session.waits).toHaveLength(tries - 1);
  });

  it.each(TRANSPORTS)(
    'end at the deadline, whatever the service does, and that is no broken connection: over %s',
    async (_what, start) => {
      const deadline = startDeadline(150, clock);
      const { simulator, atlas, groupId } = await scene(start, { deadline });
      simulator.faults.add({ phase: 'arrival', action: { kind: 'hang' }, times: 9 });
      const started = performance.now();
      const calls = [atlas.readProject(groupId), atlas.listProjectKeys(groupId)].map(failureOf);
      for (const error of await Promise.all(calls)) {
        expect(error.kind).toBe('timeout');
        expect(error.message).not.toContain('Before that');
      }
      expect(performance.now() - started).toBeLessThan(1_500);
    },
  );

  it('end when the run is cancelled', async () => {
    const cancelled = new AbortController();
    const deadline = startDeadline(1_000, clock, cancelled.signal);
    const { simulator, atlas, groupId } = await scene({}, { deadline });
    simulator.faults.add({ action: { kind: 'hang' } });
    setTimeout(() => cancelled.abort(), 50);
    expect((await failureOf(atlas.readProject(groupId))).kind).toBe('cancelled');
  });

  it('have another deadline within the same session', async () => {
    const over = startDeadline(1, clock);
    const { simulator, session, atlas, groupId } = await scene();
    await atlas.readProject(groupId);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await failureOf(session.within(over).readProject(groupId))).kind).toBe('timeout');
    expect(session.lines, 'nothing is tried when the time is over').toHaveLength(1);
    await session.within(startDeadline(1_000, clock)).readProject(groupId);
    expect(simulator.history.requests).toHaveLength(3);
  });
});

describe('a list', () => {
  it('of more keys than Atlas gives at once is asked for in the largest pages there are', async () => {
    const { simulator, atlas, groupId, orgId } = await scene({ settings: { keysPerOrganization: 700 } });
    const roles = [{ roleName: 'GROUP_READ_ONLY', groupId }];
    const ids = Array.from({ length: 501 }, (_, n) => simulator.addKey({ orgId, desc: `${n}`, roles }).id);
    const listed = await atlas.listProjectKeys(groupId);
    expect(listed.map(({ id }) => id).sort()).toEqual(ids.sort());
    const pages = simulator.history.requests.map(({ target }) => target.split('?')[1]);
    expect(new Set(pages)).toEqual(new Set(['itemsPerPage=500&pageNum=1', 'itemsPerPage=500&pageNum=2']));
  });

  it('holds no secret, though a UUID stand in it', async () => {
    const { simulator, session, atlas, groupId, orgId } = await scene();
    simulator.addKey({ orgId, desc: SECRET, roles: [{ roleName: 'GROUP_READ_ONLY', groupId }] });
    expect(await atlas.listProjectKeys(groupId)).toMatchObject([{ desc: SECRET }]);
    expect(session.masked).toEqual([]);
  });
});

describe('a deletion', () => {
  async function deleting(action: FaultAction, phase?: 'after', times = 1) {
    const { simulator, atlas, groupId, orgId } = await scene();
    const made = await atlas.createKey(groupId, wanted);
    simulator.faults.add({ when: { method: 'DELETE' }, action, times, ...(phase && { phase }) });
    return atlas.deleteKey(orgId, made.id);
  }

  it.each<[string, FaultAction]>([
    ['lost', { kind: 'reset' }],
    ['a page', answer(200, '<html>')],
    ['an empty line', answer(200, '\r\n')],
  ])('whose answer is %s is one, not a key that was gone', async (_what, action) => {
    expect(await deleting(action, 'after')).toBe('deleted');
  });

  it.each<[string, FaultAction, RegExp]>([
    ['an error', answer(200, { errorCode: 'UNEXPECTED_ERROR' }), /says 200 and UNEXPECTED_ERROR at once/],
    ['a page of a proxy', answer(200, '<html>'), /\(200\) is no JSON/],
    ['an organisation that is not there', answer(404, { errorCode: 'ORG_NOT_FOUND' }), /the organisation is/],
  ])('that is answered with %s is none', async (_what, action, message) => {
    expect((await failureOf(deleting(action, undefined, 9))).message).toMatch(message);
  });
});

describe('smaller calls', () => {
  it('who am I, the address, and the time', async () => {
    const settings = { callerAddress: '198.51.100.7' };
    const { simulator, atlas } = await scene({ settings, startAt: Date.UTC(2030, 0, 1) });
    expect(await atlas.whoAmI()).toMatchObject({ roles: [{ roleName: 'ORG_OWNER' }] });
    expect(await atlas.currentAddress()).toBe('198.51.100.7');
    expect(Math.abs(atlas.serviceNow() - simulator.clock.now())).toBeLessThan(2_000);
  });

  it('access list entries, some of them there already', async () => {
    const { simulator, atlas, groupId, orgId } = await scene();
    const made = await atlas.createKey(groupId, wanted);
    const add = (...entries: Parameters<typeof atlas.addAccessListEntries>[2]) =>
      atlas.addAccessListEntries(orgId, made.id, entries);
    const requests = () => simulator.history.find('createOrgApiKeyAccessListEntry').length;
    await add({ ipAddress: '192.0.2.1' });
    await add({ ipAddress: '192.0.2.1' });
    expect(requests(), 'one that is there is not asked for again').toBe(2);
    await add({ ipAddress: '192.0.2.1' }, { cidrBlock: '198.51.100.0/24' });
    expect(simulator.key(made.id)?.accessList.toSorted()).toEqual(['192.0.2.1/32', '198.51.100.0/24']);
  });

  it.each([
    ['one', [{ ipAddress: '192.0.2.1' }]],
    ['several', [{ ipAddress: '192.0.2.1' }, { ipAddress: '192.0.2.2' }]],
  ])('access list entries, %s of them refused', async (_what, entries) => {
    const { simulator, atlas, groupId, orgId } = await scene();
    const made = await atlas.createKey(groupId, wanted);
    const when = { operation: 'createOrgApiKeyAccessListEntry' };
    const refuse = (code: ErrorCode) => simulator.faults.add({ when, action: { kind: 'error', code } });
    // The list as a whole for an entry that is there, and then an entry by itself.
    if (entries.length > 1) refuse('API_KEY_ALREADY_IN_GROUP');
    refuse('VALIDATION_ERROR');
    const error = await failureOf(atlas.addAccessListEntries(orgId, made.id, entries));
    expect(error).toMatchObject({ kind: 'badRequest', errorCode: 'VALIDATION_ERROR' });
    expect(simulator.key(made.id)?.accessList).toEqual([]);
  });

  it.each([
    ['an error', { errorCode: 'UNEXPECTED_ERROR' }],
    ['a list', '[]'],
    ['nothing', ''],
  ])('a sign-in answered with %s is none', async (_what, body) => {
    const { simulator, atlas, groupId } = await scene();
    const made = await atlas.createKey(groupId, wanted);
    simulator.faults.add({ when: { method: 'GET' }, times: 9, action: answer(200, body) });
    expect((await failureOf(atlas.signInAs(made))).kind).toBe('unintelligible');
  });

  it.each(['../orgs', `mdb_sa_id_${'g'.repeat(24)}`, '', `mdb_sa_id_${'a'.repeat(24)}/x`])(
    'an id that could lead elsewhere is never sent: %j',
    async (id) => {
      const { atlas, groupId, orgId, simulator } = await scene();
      for (const call of [atlas.accounts.unassign(groupId, id), atlas.deleteKey(orgId, id)]) {
        const { kind, message } = await failureOf(call);
        expect(kind).toBe('badRequest');
        expect(message).toBe(
          'An id must be 24 hex digits, behind mdb_sa_id_ for a service account; nothing was sent.',
        );
      }
      expect(simulator.history.requests).toEqual([]);
    },
  );
});
