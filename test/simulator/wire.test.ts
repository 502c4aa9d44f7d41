/** The simulator on the wire: connections, faults on demand, and what the history tells of both. */
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:http2';
import { Agent, get } from 'node:https';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { exchange, furnished, oauth, VERSIONED } from './client.ts';
import { type StartOptions, startSimulator } from './server.ts';
import type { DigestAlgorithm } from './settings.ts';
import type { Simulator } from './simulator.ts';

const root = '/api/atlas/v2';
const authority = (atlas: Simulator): string => readFileSync(atlas.authorityFile, 'utf8');

function overHttps(atlas: Simulator, agent: Agent): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const options = { agent, ca: authority(atlas), headers: { accept: VERSIONED } };
  get(`${atlas.origin}${root}`, options, (response) => {
    response.resume().on('end', () => resolve(response.statusCode ?? 0));
  }).on('error', reject);
  return promise;
}

function overHttp2(atlas: Simulator, times: number): Promise<(number | undefined)[]> {
  const session = connect(atlas.origin, { ca: authority(atlas) });
  session.on('error', () => {}); // its streams report it
  const one = (): Promise<number | undefined> => {
    const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
    const stream = session.request({ ':path': root, accept: VERSIONED });
    stream.on('response', (headers) => resolve(headers[':status'])).on('error', reject);
    stream.resume();
    return promise;
  };
  return Promise.all(Array.from({ length: times }, one)).finally(() => session.close());
}

describe('connections', () => {
  test.each([
    [true, '2.0', 'h2'],
    [false, '1.1', 'http/1.1'],
  ] as const)(
    'over TLS are counted, with what they carried (http2: %s)',
    async (http2, version, protocol) => {
      await using atlas = await startSimulator({ tls: true, http2 });
      expect(atlas.origin).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
      if (http2) expect(await overHttp2(atlas, 2)).toEqual([401, 401]);
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      expect([await overHttps(atlas, agent), await overHttps(atlas, agent)]).toEqual([401, 401]);
      agent.destroy();
      const carried = atlas.connections.map(({ tls, protocol, requests }) => [tls, protocol, requests]);
      expect(carried[0]).toEqual([true, protocol, 2]);
      expect(carried.at(-1)).toEqual([true, 'http/1.1', 2]);
      expect(atlas.history.requests[0]).toMatchObject({ httpVersion: version, connection: 1 });
      expect(atlas.history.requests.at(-1)?.connection).toBe(atlas.connections.length);
    },
  );

  test('a certificate of the wrong name, or of an unknown authority, is refused by a client that looks', async () => {
    await using wrong = await startSimulator({ tls: true, certificate: 'wrong-name' });
    await expect(overHttp2(wrong, 1)).rejects.toThrow(/altnames|does not match/);
    await using right = await startSimulator({ tls: true });
    await expect(fetch(right.origin)).rejects.toThrow();
  });

  test('are cut at the end, also where nothing was answered, and twice is fine', async () => {
    const atlas = await startSimulator();
    atlas.faults.add({ phase: 'arrival', action: { kind: 'hang' } });
    const lost = fetch(atlas.origin);
    lost.catch(() => {});
    await expect.poll(() => atlas.history.requests.length).toBe(1);
    await Promise.all([atlas.close(), atlas.close()]);
    await expect(lost).rejects.toThrow();
  });

  test('a body beyond reason is refused', async () => {
    await using s = await furnished();
    const body = { desc: 'x'.repeat(2_000_000), roles: ['GROUP_OWNER'] };
    expect((await s.owner.call('POST', s.inProject, body)).status).toBe(413);
  });
});

describe('faults', () => {
  const when = { operation: 'createGroupApiKey' };

  async function start() {
    const s = await furnished();
    return {
      ...s,
      create: () => s.owner.call('POST', s.inProject, { desc: 'x', roles: ['GROUP_OWNER'] }),
      made: () => s.atlas.keys().filter((key) => key.desc === 'x').length,
      outcome: () => s.atlas.history.find('createGroupApiKey').at(-1)?.outcome,
    };
  }

  test('an answer before: nothing was done; after: it was', async () => {
    await using s = await start();
    const headers = { 'retry-after': '1' };
    const action = { kind: 'answer', status: 503, body: '<html>busy</html>', headers } as const;
    s.atlas.faults.add({ when, action });
    const before = await s.create();
    expect([before.status, before.text, s.made()]).toEqual([503, '<html>busy</html>', 0]);
    expect(before.headers).toMatchObject({ 'content-type': 'text/html', ...headers });
    s.atlas.faults.add({ when, phase: 'after', action });
    expect([(await s.create()).status, s.made()]).toEqual([503, 1]);
    s.atlas.faults.add({ when, action: { kind: 'error', code: 'WRITES_NOT_ALLOWED_DURING_APP_UPGRADES' } });
    expect((await s.create()).verdict).toBe('405 WRITES_NOT_ALLOWED_DURING_APP_UPGRADES');
    expect([(await s.create()).status, s.made()]).toEqual([200, 2]);
  });

  test('a reset, before and after the commit; a body that breaks off after a head that promised it', async () => {
    await using s = await start();
    for (const [phase, expected] of [
      ['before', 0],
      ['after', 1],
    ] as const) {
      s.atlas.faults.add({ when, phase, action: { kind: 'reset' } });
      await expect(s.create()).rejects.toThrow('fetch failed');
      expect([s.made(), s.outcome()]).toEqual([expected, 'reset']);
    }
    s.atlas.faults.add({ when, action: { kind: 'truncate', bytes: 10 } });
    await expect(s.create()).rejects.toThrow('terminated');
    expect([s.made(), s.outcome()]).toEqual([2, 'truncated']);
  });

  test.each(['reset', 'truncate'] as const)('over HTTP/2: %s', async (kind) => {
    await using atlas = await startSimulator({ tls: true });
    atlas.faults.add({ phase: 'arrival', action: { kind } });
    const session = connect(atlas.origin, { ca: authority(atlas) });
    session.on('error', () => {});
    const stream = session.request({ ':path': root });
    stream.on('error', () => {}).resume();
    await expect.poll(() => session.destroyed).toBe(true);
    expect(await overHttp2(atlas, 1)).toEqual([401]);
    expect(atlas.history.requests[0]?.outcome).toBe(kind === 'reset' ? 'reset' : 'truncated');
  });

  test('delay and drip give the ordinary answer, slowly', async () => {
    await using s = await start();
    const timed = async () => {
      const started = performance.now();
      expect((await s.create()).json.desc).toBe('x');
      return performance.now() - started;
    };
    await timed();
    s.atlas.faults.add({ when, action: { kind: 'delay', ms: 60 } });
    expect(await timed()).toBeGreaterThan(58);
    s.atlas.faults.add({ when, action: { kind: 'drip', everyMs: 20, bytes: 100 } });
    expect(await timed()).toBeGreaterThan(55);
  });

  test('times, skip, predicates, ordinals and removal', async () => {
    await using s = await start();
    const action = { kind: 'answer', status: 500 } as const;
    const statuses = async (times: number) => {
      const found: number[] = [];
      for (let i = 0; i < times; i += 1) found.push((await s.create()).status);
      return found;
    };
    s.atlas.faults.add({ when, skip: 1, times: 2, action });
    expect(await statuses(4)).toEqual([200, 500, 500, 200]);
    const next = (s.atlas.history.requests.at(-1)?.ordinal ?? 0) + 1;
    s.atlas.faults.add({ when: { ordinal: next }, action });
    expect(await statuses(2)).toEqual([500, 200]);
    const named = s.atlas.faults.add({
      when: (request) => (request.body as { desc?: string } | undefined)?.desc === 'x',
      times: Number.POSITIVE_INFINITY,
      action,
    });
    expect(await statuses(2)).toEqual([500, 500]);
    named.remove();
    s.atlas.faults.add({ when: { method: 'GET', path: /\/apiKeys$/ }, action });
    s.atlas.faults.add({ when: { userAgent: 'nobody' }, action });
    expect(await statuses(1)).toEqual([200]);
    s.atlas.faults.clear();
    expect((await s.owner.call('GET', s.inProject)).status).toBe(200);
  });

  test('on arrival the unsigned first try is met too; before, only who has signed in', async () => {
    await using s = await start();
    s.atlas.faults.add({ action: { kind: 'answer', status: 500 } });
    expect((await exchange(s.atlas.origin, 'GET', root)).status).toBe(401);
    s.atlas.faults.add({ phase: 'arrival', action: { kind: 'answer', status: 502 } });
    expect((await exchange(s.atlas.origin, 'GET', root)).status).toBe(502);
  });

  test('a callback acts at just that moment, and is awaited', async () => {
    await using s = await start();
    const seen: number[] = [];
    s.atlas.faults.add({ when, run: async () => void seen.push(s.made()) });
    s.atlas.faults.add({ when, phase: 'after', run: () => void seen.push(s.made()) });
    expect((await s.create()).status).toBe(200);
    expect(seen).toEqual([0, 1]);
    expect(s.atlas.history.find('createGroupApiKey').at(-1)?.fault).toBe('after run');
  });
});

describe('the history', () => {
  test('tells every change of a key, with its request and its author', async () => {
    await using s = await furnished({ startAt: Date.parse('2026-08-10T03:04:05Z') });
    const { owner, ownerKey, orgId, groupId } = s;
    const { id } = (await owner.call('POST', s.inProject, { desc: 'a', roles: ['GROUP_READ_ONLY'] })).json;
    const [path, list] = [`${s.inProject}/${id}`, `${s.inOrg}/${id}/accessList`];
    await owner.call('PATCH', path, { desc: 'b', roles: ['GROUP_READ_ONLY'] });
    await owner.call('PATCH', path, { roles: ['GROUP_OWNER'] });
    await owner.call('POST', list, [{ ipAddress: '192.0.2.1' }]);
    await owner.call('DELETE', `${list}/192.0.2.1`);
    await owner.call('DELETE', path);
    s.atlas.clock.advance(3_600_000);
    await owner.call('DELETE', `${s.inOrg}/${id}`);

    const changes = s.atlas.history.of(id);
    expect(changes.map(({ at, ordinal, caller, keyId, ...event }) => event)).toEqual([
      { kind: 'created', desc: 'a', orgId },
      { kind: 'assigned', groupId, roles: ['GROUP_READ_ONLY'] },
      { kind: 'renamed', from: 'a', to: 'b' },
      { kind: 'rolesChanged', groupId, from: ['GROUP_READ_ONLY'], to: ['GROUP_OWNER'] },
      { kind: 'accessListAdded', entry: '192.0.2.1' },
      { kind: 'accessListRemoved', entry: '192.0.2.1' },
      { kind: 'unassigned', groupId, roles: ['GROUP_OWNER'] },
      { kind: 'deleted', desc: 'b' },
    ]);
    expect(new Set(changes.map(({ caller }) => caller))).toEqual(new Set([ownerKey.id]));
    const [first = 0, ...times] = changes.map(({ at }) => at);
    expect((times.at(-1) ?? 0) - first).toBeGreaterThanOrEqual(3_600_000);
    expect(new Date(first).toISOString()).toMatch(/^2026-08-10T03:04:/);
    for (const { ordinal, kind } of changes) {
      const request = s.atlas.history.requests.find((one) => one.ordinal === ordinal);
      expect([kind, request?.signIn]).toEqual([kind, 'signedIn']);
    }
    expect(s.atlas.history.of(ownerKey.id).filter(({ kind }) => kind === 'signedIn')).toHaveLength(7);
  });

  test('tells of a request what is needed to judge it, and no secret', async () => {
    await using s = await furnished();
    const { atlas, owner, ownerKey } = s;
    const account = atlas.addServiceAccount({ orgId: s.orgId, roles: ['ORG_OWNER'] });
    const body = { desc: 'a', roles: ['GROUP_READ_ONLY'] };
    const made = await owner.call('POST', s.inProject, body, { 'user-agent': 'tester' });
    const token = await oauth(atlas, 'token', account);
    expect(atlas.history.requests).toMatchObject([
      { ordinal: 1, signIn: 'challenged', status: 401, scheme: undefined, outcome: 'answered' },
      {
        ordinal: 2,
        method: 'POST',
        target: `/api/atlas/v2${s.inProject}`,
        operation: 'createGroupApiKey',
        httpVersion: '1.1',
        scheme: 'Digest',
        userAgent: 'tester',
        signIn: 'signedIn',
        caller: ownerKey.id,
        requestBody: body,
        status: 200,
        answerBody: { id: made.json.id, privateKey: '[secret]' },
      },
      { operation: 'createToken', scheme: 'Basic', caller: account.clientId, status: 200 },
    ]);
    const listed = await owner.call('GET', s.inProject);
    expect(atlas.history.requests.at(-1)?.answerBody).toMatchObject({
      results: [{ privateKey: listed.json.results[0].privateKey }],
    });
    const written = JSON.stringify([atlas.history.requests, atlas.history.changes]);
    const secrets = [made.json.privateKey, ownerKey.privateKey, account.clientSecret];
    for (const secret of [...secrets, token.json.access_token]) expect(written).not.toContain(secret);
  });

  test('tells of a client that went away', async () => {
    await using atlas = await startSimulator();
    const client = new AbortController();
    const gone = Promise.withResolvers<void>();
    const run = async () => {
      client.abort();
      await expect.poll(() => atlas.history.requests[0]?.outcome).toBe('clientGone');
      gone.resolve();
    };
    atlas.faults.add({ phase: 'arrival', run });
    await expect(fetch(atlas.origin, { signal: client.signal })).rejects.toThrow();
    await gone.promise;
  });
});

test('a simulator that begins like another goes its own way from there', async () => {
  await using first = await startSimulator({ startAt: Date.parse('2026-01-01T00:00:00Z') });
  const { id: orgId } = first.addOrganization();
  const { id: groupId } = first.addProject({ id: orgId });
  const roles = [{ roleName: 'GROUP_OWNER', groupId }];
  const key = first.addKey({ orgId, desc: 'key', roles, accessList: ['203.0.113.7'] });
  const { clientId } = first.addServiceAccount({ orgId, roles });
  const state = () => [
    first.keys(),
    first.serviceAccounts(),
    first.history.changes,
    first.history.accountChanges,
  ];
  const before = JSON.stringify(state());

  await using second = await startSimulator({ like: first });
  expect([second.keys(), second.serviceAccounts()]).toEqual(state().slice(0, 2));
  expect(Math.abs(second.clock.now() - first.clock.now())).toBeLessThan(5_000);
  second.clock.advance(86_400_000);
  second.renameKey(key.id, 'renamed');
  second.setProjectRoles(key.id, groupId, []);
  second.addSecret(clientId, 8);
  second.setAccountRoles(clientId, groupId, []);
  second.addKey({ orgId, desc: 'another', roles });
  expect(second.history.changes.slice(0, first.history.changes.length)).toEqual(first.history.changes);
  expect(second.keys()).toHaveLength(2);
  expect(JSON.stringify(state())).toBe(before);
});

const curl = spawnSync('curl', ['--version'], { encoding: 'utf8' }).stdout ?? '';
if (curl === '') console.warn('skipped: there is no curl');

/** An independent client: what curl takes for Digest, the simulator must take, and the other way round. */
describe.skipIf(curl === '')('curl --digest', () => {
  const both: DigestAlgorithm[] = ['SHA-256', 'MD5'];
  test.each<[StartOptions, DigestAlgorithm[], string]>([
    [{}, ['MD5'], '1.1'],
    [{ tls: true }, ['SHA-256'], '1.1'],
    [{ tls: true }, ['MD5'], curl.includes('HTTP2') ? '2' : '1.1'],
    [{ tls: true }, both, curl.includes('HTTP2') ? '2' : '1.1'],
  ])('with %o and %o, over HTTP/%s', async (options, algorithms, version) => {
    const settings = { digest: { algorithms, opaque: true } };
    await using s = await furnished({ ...options, settings });
    const url = `${s.atlas.origin}${root}${s.inProject}?pretty=false`;
    const call = async (secret: string, ...urls: string[]) => {
      const [user, data] = [`${s.ownerKey.publicKey}:${secret}`, '{"desc":"x","roles":["GROUP_OWNER"]}'];
      const headers = ['Accept', 'Content-Type'].flatMap((name) => ['--header', `${name}: ${VERSIONED}`]);
      const way = ['-sS', '--noproxy', '*', '--cacert', s.atlas.authorityFile, `--http${version}`];
      const args = [...way, '--digest', '--user', user, ...headers, '--data', data, ...urls];
      return (await promisify(execFile)('curl', args)).stdout;
    };
    // Two transfers in one process: curl wants a challenge for each.
    const made = (await call(s.ownerKey.privateKey, url, url)).split(/(?<=\})(?=\{"desc")/);
    const [, ...keys] = s.atlas.keys();
    expect(made.map((text) => JSON.parse(text).id)).toEqual(keys.map(({ id }) => id));
    const { requests } = s.atlas.history;
    expect(requests.map(({ signIn }) => signIn).join()).toBe('challenged,signedIn,challenged,signedIn');
    expect(new Set(requests.map(({ httpVersion }) => Number(httpVersion)))).toEqual(
      new Set([Number(version)]),
    );
    expect(JSON.parse(await call('wrong', url))).toMatchObject({ error: 401, errorCode: 'UNEXPECTED_ERROR' });
  });
});
