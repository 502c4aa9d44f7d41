import { afterAll, describe, expect, it } from 'vitest';
import { startDeadline } from '../../src/atlas/time.ts';
import { SURFACES } from '../../src/atlas/types.ts';
import type { ErrorCode } from '../simulator/errors.ts';
import { scene, wanted } from './scene.ts';
import { failureOf } from './session.ts';
import { clock } from './time.ts';
import { trustTheSimulator } from './trust.ts';

afterAll(trustTheSimulator());

const SECRET = '754c8808-0ba8-4153-8eea-85daa09d408a';

describe.each(SURFACES)('on %s', (surface) => {
  it('a key is made, listed, read, changed, renamed, taken out and deleted', async () => {
    const { atlas, groupId, orgId, session } = await scene({}, { surface });
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
    await atlas.assignKey(groupId, made.id, ['GROUP_READ_ONLY']);
    await atlas.assignKey(groupId, made.id, ['GROUP_OWNER']);
    expect((await atlas.readOrganizationKey(orgId, made.id)).roles).toContainEqual(owner);
    expect(await atlas.deleteKey(orgId, made.id)).toBe('deleted');
    expect(await atlas.deleteKey(orgId, made.id)).toBe('gone');
    expect((await failureOf(atlas.signInAs(made))).kind).toBe('credentials');
  });

  it('a project is read with its organisation', async () => {
    const { simulator, atlas, groupId, orgId } = await scene({}, { surface });
    expect(await atlas.readProject(groupId)).toEqual({ orgId });
    expect(simulator.history.requests.at(-1)?.target).toBe(`/api/${surface}/groups/${groupId}`);
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
    expect(simulator.history.requests.map(({ method, requestBody }) => [method, requestBody])).toEqual([
      ['POST', undefined],
      ['POST', wanted],
    ]);
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
    const { simulator, atlas, groupId, orgId } = await scene({
      settings: { digest: { oneTimeNonces: true } },
    });
    await Promise.all([
      atlas.listProjectKeys(groupId),
      atlas.listOrganizationKeys(orgId),
      atlas.readProject(groupId),
    ]);
    await atlas.createKey(groupId, wanted);
    expect(simulator.keys()).toHaveLength(2);
    expect(simulator.history.requests.length).toBeLessThanOrEqual(10);
  });

  it('never answers a refusal by signing again', async () => {
    const { simulator, atlas, groupId, orgId } = await scene({}, {}, ['ORG_MEMBER', 'GROUP_OWNER']);
    await atlas.readProject(groupId);
    const key = simulator.addKey({ orgId, desc: 'x', roles: [] });
    const error = await failureOf(atlas.deleteKey(orgId, key.id));
    expect(error).toMatchObject({ kind: 'notAllowed', errorCode: 'NOT_ORG_OWNER' });
    expect(error.message).toMatch(/lacks the role Organization Owner/);
    expect(simulator.history.find('deleteOrgApiKey').length).toBeLessThanOrEqual(1);
    expect(simulator.history.requests).toHaveLength(3);
  });

  it('with wrong credentials ends after one signature', async () => {
    const credentials = { kind: 'apiKey', publicKey: 'abcdefgh', privateKey: 'wrong' } as const;
    const { simulator, atlas, groupId } = await scene({}, { credentials });
    const error = await failureOf(atlas.createKey(groupId, wanted));
    expect(error).toMatchObject({ kind: 'credentials', errorCode: 'UNEXPECTED_ERROR' });
    expect(simulator.history.requests).toHaveLength(2);
  });
});

describe('a create', () => {
  it.each([
    ['reset', { kind: 'reset' }, 'after'],
    ['cut answer', { kind: 'truncate', bytes: 40 }, 'after'],
    ['server fault', { kind: 'answer', status: 503, body: '' }, 'after'],
    ['gateway page', { kind: 'answer', status: 502, body: '<html>' }, 'before'],
    ['empty success', { kind: 'answer', status: 200, body: '' }, 'after'],
    ['success that is HTML', { kind: 'answer', status: 200, body: '<html>' }, 'after'],
    ['success with an error in it', { kind: 'error', status: 200, code: 'UNEXPECTED_ERROR' }, 'after'],
  ] as const)('whose answer is a %s is not repeated: the key may exist', async (_what, action, phase) => {
    for (const start of [{ tls: true }, {}]) {
      const { simulator, atlas, groupId } = await scene(start);
      await atlas.readProject(groupId);
      simulator.faults.add({ when: { method: 'POST' }, phase, action });
      expect((await failureOf(atlas.createKey(groupId, wanted))).kind).toBe('answerLost');
      await atlas.readProject(groupId);
      expect(simulator.history.find(({ method }) => method === 'POST')).toHaveLength(1);
    }
  });

  it.each([
    ['cannot be read', 500, (secret: string) => `{"privateKey":"${secret}", oops`],
    ['is a page that somebody made of it', 200, (secret: string) => `<html>privateKey=${secret}</html>`],
    ['has another name for the secret', 200, (secret: string) => `{"secret":"${secret}"}`],
  ])('is masked also when its answer %s', async (_what, status, write) => {
    const { simulator, session, atlas, groupId } = await scene();
    const body = write(SECRET);
    simulator.faults.add({ when: { method: 'POST' }, action: { kind: 'answer', status, body } });
    const error = await failureOf(atlas.createKey(groupId, wanted));
    expect(error.kind).toBe('answerLost');
    expect(session.masked).toEqual([SECRET]);
    expect(JSON.stringify([error.message, session.lines])).not.toContain(SECRET);
  });

  it('is masked also when only a parser finds it', async () => {
    const { simulator, session, atlas, groupId, orgId } = await scene();
    const secret = 'not-a-uuid-but-secret';
    const body = `{"id":"6a793fbd2c88faeba59bd3b1","publicKey":"flezioeg","desc":"ci","roles":[{"roleName":"ORG_MEMBER","orgId":"${orgId}"}],"private\\u004bey":"${secret}"}`;
    simulator.faults.add({ when: { method: 'POST' }, action: { kind: 'answer', status: 200, body } });
    expect(await atlas.createKey(groupId, wanted)).toMatchObject({ privateKey: secret });
    expect(session.masked).toEqual([secret]);
  });

  it.each([
    ['a page of a proxy', '<html>blocked by policy</html>'],
    ['a refusal that shows a secret', { errorCode: 'NOT_IN_GROUP', privateKey: SECRET }],
  ])('may have been carried out when the answer is %s', async (_what, body) => {
    const { simulator, atlas, groupId } = await scene();
    const action = { kind: 'answer', status: 403, body } as const;
    simulator.faults.add({ when: { method: 'POST' }, phase: 'after', times: 9, action });
    expect((await failureOf(atlas.createKey(groupId, wanted))).kind).toBe('answerLost');
    expect(simulator.keys().filter(({ desc }) => desc === 'ci')).toHaveLength(1);
  });

  it('that was surely not carried out is repeated', async () => {
    const { simulator, session, atlas, groupId } = await scene();
    simulator.faults.add({ when: { method: 'POST' }, phase: 'arrival', action: { kind: 'reset' } });
    simulator.faults.add({
      when: { method: 'POST' },
      action: { kind: 'error', code: 'RATE_LIMITED', status: 429, headers: { 'retry-after': '3' } },
    });
    for (const status of [405, 503]) {
      const body = { errorCode: 'WRITES_NOT_ALLOWED_DURING_APP_UPGRADES' };
      simulator.faults.add({ when: { method: 'POST' }, action: { kind: 'answer', status, body } });
    }
    await atlas.createKey(groupId, wanted);
    expect(simulator.keys()).toHaveLength(2);
    expect(session.waits).toEqual([400, 3250, 1600, 3200]);
  });

  it('that the deadline ends is lost, too', async () => {
    const { simulator, atlas, groupId } = await scene({}, { timeout: 300 });
    simulator.faults.add({ when: { method: 'POST' }, action: { kind: 'hang' } });
    const error = await failureOf(atlas.createKey(groupId, wanted));
    expect(error.kind).toBe('answerLost');
  });
});

describe('calls that may be repeated', () => {
  it.each([
    ['reset', { kind: 'reset' }],
    ['cut answer', { kind: 'truncate', bytes: 20 }],
    ['503', { kind: 'answer', status: 503, body: '<html>' }],
    ['a change at the same moment', { kind: 'error', code: 'DATA_CONCURRENCY_ERROR' }],
    ['429 without Retry-After', { kind: 'answer', status: 429, body: { errorCode: 'RATE_LIMITED' } }],
  ] as const)('survive two times %s', async (_what, action) => {
    for (const start of [{ tls: true }, {}]) {
      const { simulator, session, atlas, groupId, orgId } = await scene(start);
      simulator.faults.add({ when: { method: 'GET' }, action, times: 2 });
      expect(await atlas.readProject(groupId)).toEqual({ orgId });
      expect(session.waits).toHaveLength(2);
    }
  });

  it.each([
    ['a server fault', 503, undefined, 8, 'unavailable'],
    ['a rate limit', 429, 'RATE_LIMITED', 20, 'rateLimited'],
    ['an upgrade', 405, 'WRITES_NOT_ALLOWED_DURING_APP_UPGRADES', 20, 'unavailable'],
  ])('end at some time when %s does not', async (_what, status, errorCode, tries, kind) => {
    const { simulator, session, atlas, groupId } = await scene();
    const action = { kind: 'answer', status, body: { errorCode } } as const;
    simulator.faults.add({ when: { method: 'GET' }, action, times: 99 });
    expect(await failureOf(atlas.readProject(groupId))).toMatchObject({ kind, errorCode });
    expect(session.waits).toHaveLength(tries - 1);
  });

  it('end when no try is answered in its time', async () => {
    const { simulator, session, atlas, groupId } = await scene({}, { tryLimit: 150 });
    simulator.faults.add({ when: { method: 'GET' }, phase: 'arrival', action: { kind: 'hang' }, times: 99 });
    expect((await failureOf(atlas.readProject(groupId))).kind).toBe('network');
    expect(session.waits).toHaveLength(7);
  });

  it('that the deadline ends are not told as a connection that broke', async () => {
    const { simulator, atlas, groupId } = await scene({}, { deadline: startDeadline(200, clock) });
    simulator.faults.add({ when: { method: 'GET' }, phase: 'arrival', action: { kind: 'hang' } });
    const error = await failureOf(atlas.readProject(groupId));
    expect(error.kind).toBe('timeout');
    expect(error.message).not.toContain('Before that');
  });

  it('are not repeated for a fault that does not pass', async () => {
    const { simulator, session, atlas, groupId } = await scene();
    simulator.faults.add({ when: { method: 'GET' }, action: { kind: 'answer', status: 501 } });
    expect(await failureOf(atlas.readProject(groupId))).toMatchObject({ kind: 'unavailable' });
    expect(session.waits).toEqual([]);
  });

  it('a deletion whose answer was lost is one, not a key that was gone', async () => {
    const { simulator, atlas, groupId, orgId } = await scene();
    const made = await atlas.createKey(groupId, wanted);
    simulator.faults.add({ when: { method: 'DELETE' }, phase: 'after', action: { kind: 'reset' } });
    expect(await atlas.deleteKey(orgId, made.id)).toBe('deleted');
  });

  it('a connection that went dead is left for a new one', async () => {
    for (const start of [{ tls: true }, {}]) {
      const { simulator, atlas, groupId } = await scene(start, { tryLimit: 300 });
      simulator.faults.add({ when: { method: 'GET' }, action: { kind: 'hang' } });
      await atlas.readProject(groupId);
      const { requests } = simulator.history;
      const dead = requests.find(({ outcome }) => outcome === 'hung')?.connection;
      expect(requests.at(-1)?.connection).toBeGreaterThan(dead ?? 0);
    }
  });

  it('end at the deadline, whatever the service does', async () => {
    for (const start of [{ tls: true }, {}]) {
      const { simulator, atlas, groupId } = await scene(start, { timeout: 300 });
      simulator.faults.add({ when: { method: 'GET' }, phase: 'arrival', action: { kind: 'hang' }, times: 9 });
      const started = performance.now();
      const error = await failureOf(
        Promise.all([atlas.readProject(groupId), atlas.listProjectKeys(groupId)]),
      );
      expect(error.kind).toBe('timeout');
      expect(performance.now() - started).toBeLessThan(1_500);
    }
  });

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
});

it('a UUID that was not just made is none of the secrets', async () => {
  const { simulator, session, atlas, groupId, orgId } = await scene();
  simulator.addKey({ orgId, desc: SECRET, roles: [{ roleName: 'GROUP_READ_ONLY', groupId }] });
  expect(await atlas.listProjectKeys(groupId)).toMatchObject([{ desc: SECRET }]);
  expect(session.masked).toEqual([]);
});

describe('smaller calls', () => {
  it('who am I, and the address', async () => {
    const { atlas } = await scene({ settings: { callerAddress: '198.51.100.7' } });
    expect(await atlas.whoAmI()).toMatchObject({ roles: [{ roleName: 'ORG_OWNER' }] });
    expect(await atlas.currentAddress()).toBe('198.51.100.7');
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
    const refuse = (code: ErrorCode) =>
      simulator.faults.add({
        when: { operation: 'createOrgApiKeyAccessListEntry' },
        action: { kind: 'error', code },
      });
    // The list as a whole for an entry that is there, and then an entry by itself.
    if (entries.length > 1) refuse('API_KEY_ALREADY_IN_GROUP');
    refuse('VALIDATION_ERROR');
    const error = await failureOf(atlas.addAccessListEntries(orgId, made.id, entries));
    expect(error).toMatchObject({ kind: 'badRequest', errorCode: 'VALIDATION_ERROR' });
    expect(simulator.key(made.id)?.accessList).toEqual([]);
  });

  it.each([
    ['an error', { errorCode: 'UNEXPECTED_ERROR' }, /says 200 and UNEXPECTED_ERROR at once/],
    ['a page of a proxy', '<html>', /\(200\) is no JSON/],
  ])('a deletion acknowledged with %s is not taken for one', async (_what, body, message) => {
    const { simulator, atlas, groupId, orgId } = await scene();
    const made = await atlas.createKey(groupId, wanted);
    const action = { kind: 'answer', status: 200, body } as const;
    simulator.faults.add({ when: { method: 'DELETE' }, times: 9, action });
    const error = await failureOf(atlas.deleteKey(orgId, made.id));
    expect([error.kind, error.message]).toEqual(['unintelligible', expect.stringMatching(message)]);
  });

  it('a deletion acknowledged with an empty line is one', async () => {
    const { simulator, atlas, groupId, orgId } = await scene();
    const made = await atlas.createKey(groupId, wanted);
    const action = { kind: 'answer', status: 200, body: '\r\n' } as const;
    simulator.faults.add({ when: { method: 'DELETE' }, phase: 'after', action });
    expect(await atlas.deleteKey(orgId, made.id)).toBe('deleted');
  });

  it('a key that is not in the project cannot be taken out of it, and is none that was', async () => {
    const { simulator, atlas, groupId, orgId } = await scene();
    const { id } = simulator.addKey({ orgId, desc: 'x', roles: [] });
    expect(await atlas.unassignKey(groupId, id)).toBe('gone');
  });

  it.each([
    ['an error', { errorCode: 'UNEXPECTED_ERROR' }],
    ['a list', '[]'],
  ])('a sign-in answered with %s is none', async (_what, body) => {
    const { simulator, atlas, groupId } = await scene();
    const made = await atlas.createKey(groupId, wanted);
    const action = { kind: 'answer', status: 200, body } as const;
    simulator.faults.add({ when: { method: 'GET' }, times: 9, action });
    expect((await failureOf(atlas.signInAs(made))).kind).toBe('unintelligible');
  });

  it.each(['../orgs', `mdb_sa_id_${'g'.repeat(24)}`, '', `mdb_sa_id_${'a'.repeat(24)}/x`])(
    'an id that could lead elsewhere is never sent: %j',
    async (id) => {
      const { atlas, groupId, orgId, simulator } = await scene();
      const failure = await failureOf(atlas.accounts.unassign(groupId, id));
      expect(failure.message).toBe('A client id must be mdb_sa_id_ and 24 hex digits; nothing was sent.');
      expect((await failureOf(atlas.deleteKey(orgId, id))).kind).toBe('badRequest');
      expect(simulator.history.requests).toEqual([]);
    },
  );

  it('the service tells the time', async () => {
    const { simulator, atlas, groupId } = await scene({ startAt: Date.UTC(2030, 0, 1) });
    await atlas.readProject(groupId);
    expect(Math.abs(atlas.serviceNow() - simulator.clock.now())).toBeLessThan(2_000);
  });

  it('an organisation that is full says so', async () => {
    const { atlas, groupId } = await scene({ settings: { keysPerOrganization: 1 } });
    const error = await failureOf(atlas.createKey(groupId, wanted));
    expect(error).toMatchObject({ kind: 'full', errorCode: 'MAX_PUBLIC_API_KEY_REACHED' });
    expect(error.message).toMatch(/as many API keys as it may/);
  });
});
