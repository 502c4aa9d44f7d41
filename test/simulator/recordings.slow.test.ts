import { describe, expect, test } from 'vitest';
import { exchange, oauth, type Reply, VERSIONED } from './client.ts';
import { startSimulator } from './server.ts';
import { factsMissing, type Recording, recordings, runs } from './shared-facts.ts';

const ORG = 'a0123456789abcdef012345a';
const PROJECT = 'b0123456789abcdef012345b';
const DAY = 86_400_000;

/** Differ in every exchange, or belong to the connection. */
const VOLATILE = ['content-length', 'date', 'x-envoy-upstream-service-time', 'ratelimit-remaining', 'vary'];
const HOP_BY_HOP = ['connection', 'keep-alive'];

// The recordings show each key in full, so the simulator is given just those, then asked the same.
interface RecordedKey {
  id: string;
  desc: string;
  publicKey: string;
  privateKey: string;
  roles: { roleName: string; groupId?: string; orgId?: string }[];
}

/** The organisation and the project of the recordings, and a caller. */
async function start() {
  const atlas = await startSimulator({ settings: { tokens: { lifetimeMs: Number.MAX_SAFE_INTEGER } } });
  atlas.addOrganization({ id: ORG });
  atlas.addProject({ id: ORG }, { id: PROJECT });
  // A service account, since a key of the caller's own would stand in the lists.
  const account = atlas.addServiceAccount({ orgId: ORG, roles: ['ORG_OWNER'] });
  const authorization = `Bearer ${(await oauth(atlas, 'token', account)).json.access_token}`;
  return {
    atlas,
    call(method: string, target: string, body?: unknown): Promise<Reply> {
      const type: Record<string, string> = body === undefined ? {} : { 'content-type': VERSIONED };
      const headers = { authorization, accept: VERSIONED, ...type };
      const text = body === undefined ? undefined : JSON.stringify(body);
      return exchange(atlas.origin, method, target, headers, text);
    },
    /** Makes these keys all that there are, at this time. */
    recreate(keys: readonly RecordedKey[], at: number) {
      // What was there before ended long ago: the exchanges of a run are in no order.
      atlas.clock.advance(at - DAY - atlas.clock.now());
      for (const { id } of atlas.keys()) atlas.deleteKey(id);
      atlas.clock.advance(DAY);
      for (const key of keys) {
        const privateKey = key.privateKey.replace('********-****-****-', '01234567-89ab-4cde-8f01-');
        const roles = key.roles.map(({ roleName, groupId }) =>
          groupId === undefined ? roleName : { roleName, groupId },
        );
        atlas.addKey({ ...key, orgId: ORG, privateKey, roles });
      }
    },
    [Symbol.asyncDispose]: () => atlas.close(),
  };
}

function dayOf(recording: Recording): string {
  return new Date(recording.headers.date ?? '').toISOString().slice(0, 10);
}

function headersOf(headers: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept = Object.entries(headers).filter(([name]) => ![...VOLATILE, ...HOP_BY_HOP].includes(name));
  return Object.fromEntries(kept);
}

function checkHeaders(reply: Reply, recording: Recording): void {
  expect(headersOf(reply.headers)).toEqual(headersOf(recording.headers));
  for (const name of ['date', 'content-length', 'x-envoy-upstream-service-time', 'ratelimit-remaining']) {
    expect([name, name in reply.headers]).toEqual([name, name in recording.headers]);
  }
  expect(reply.headers.date).toMatch(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/);
}

/** The order of roles means nothing, and each has its own time; everything else must be equal, links below the own origin too. */
function comparable(body: unknown, origin: string): unknown {
  return JSON.parse(JSON.stringify(body).replaceAll(origin, 'http://localhost:8080'), (name, value) => {
    if (name === 'created') return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value);
    if (name !== 'roles') return value;
    return value.map((role: unknown) => JSON.stringify(role, ['groupId', 'orgId', 'roleName'])).sort();
  });
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What a newly made key has of its own. */
function checkCreated(reply: Reply, recording: Recording, origin: string): void {
  for (const { id, publicKey, privateKey } of [reply.json, recording.body]) {
    expect(id).toMatch(/^[0-9a-f]{24}$/);
    expect(publicKey).toMatch(/^[a-z]{8}$/);
    expect(privateKey).toMatch(UUID);
    // The id tells the second of its making: at most the time the call took apart from the answer's date.
    const made = Number.parseInt(id.slice(0, 8), 16) * 1000;
    const { date } = id === recording.body.id ? recording.headers : reply.headers;
    expect(Math.abs(Date.parse(`${date}`) - made)).toBeLessThanOrEqual(1000);
  }
  const known = { id: '', publicKey: '', privateKey: '' };
  const neutral = (body: { id: string }) =>
    comparable(
      { ...body, ...known, links: JSON.parse(JSON.stringify(body).replaceAll(body.id, 'ID')).links },
      origin,
    );
  expect(neutral(reply.json)).toEqual(neutral(recording.body));
  expect(Object.keys(reply.json)).toEqual(Object.keys(recording.body));
}

function bodyFor(recording: Recording): unknown {
  const { method, path, body } = recording;
  if (method !== 'POST' && method !== 'PATCH') return undefined;
  if (path.endsWith('/accessList')) return [{ ipAddress: body.results[0].ipAddress }];
  const inProject = path.includes('/groups/');
  const roles = (body.roles as RecordedKey['roles']).filter(
    (role) => (role.groupId !== undefined) === inProject,
  );
  return { desc: body.desc, roles: roles.map((role) => role.roleName) };
}

/** The keys that must be there for this request to be answered as it was. */
function keysBefore(recording: Recording): RecordedKey[] {
  const id = /apiKeys\/([0-9a-f]{24})/.exec(recording.path)?.[1];
  const { method, body } = recording;
  const plain = { desc: 'e2e', publicKey: 'abcdefgh', privateKey: '********-****-****-000000000000' };
  const inProject = [{ groupId: PROJECT, roleName: 'GROUP_READ_ONLY' }];
  if (body?.results !== undefined && id === undefined) return body.results;
  if (id === undefined) return [];
  if (method === 'DELETE')
    return [{ ...plain, id, roles: recording.path.includes('/groups/') ? inProject : [] }];
  if (method === 'PATCH') return [{ ...body, desc: 'before' }];
  return body?.publicKey === undefined ? [{ ...plain, id, roles: [] }] : [body];
}

async function answersAsRecorded(s: Awaited<ReturnType<typeof start>>, recording: Recording): Promise<void> {
  s.recreate(keysBefore(recording), Date.parse(recording.headers.date ?? ''));
  const address =
    /accessList\/([\d.]+)$/.exec(recording.path)?.[1] ?? recording.body?.results?.[0]?.ipAddress;
  if (address !== undefined && recording.method !== 'POST')
    await s.call('POST', recording.path.replace(/accessList.*/, 'accessList'), [{ ipAddress: address }]);
  s.atlas.settings.callerAddress = recording.body?.currentIpv4Address;

  const reply = await s.call(recording.method, recording.path, bodyFor(recording));

  expect(reply.status).toBe(recording.status);
  checkHeaders(reply, recording);
  const { origin } = s.atlas;
  if (recording.body === null) expect(reply.text).toBe('');
  else if (recording.method === 'POST' && recording.path.endsWith('/apiKeys'))
    checkCreated(reply, recording, origin);
  else expect(comparable(reply.json, origin)).toEqual(comparable(recording.body, origin));
}

describe.skipIf(factsMissing)('answers as recorded', () => {
  for (const file of ['ProjectAPIKeys', 'OrgAPIKeys', 'OrgAPIKeyAccessList']) {
    const cases = recordings(file).map(
      (recording) => [`${recording.case} ${recording.method}`, recording] as const,
    );
    test.each(cases)(`${file} %s`, async (_, recording) => {
      await using s = await start();
      await answersAsRecorded(s, recording);
    });
  }
});

describe.skipIf(factsMissing)('each run of sixteen months', () => {
  test.each(runs())('%s', async (_, exchanges) => {
    expect(exchanges.length).toBeGreaterThan(10);
    await using s = await start();
    for (const exchange of exchanges) await answersAsRecorded(s, exchange);
  });
});

describe.skipIf(factsMissing)('errors as recorded', () => {
  const errors = recordings('Errors');
  const only = (code: string, path: RegExp): Recording[] =>
    errors.filter((one) => one.body.errorCode === code && path.test(one.path)).slice(0, 1);

  test.each(only('UNEXPECTED_ERROR', /ipinfo/))(
    'the challenge, byte for byte but for its nonce',
    async (recording) => {
      await using atlas = await startSimulator();
      const reply = await exchange(atlas.origin, 'GET', recording.path);
      const withoutNonce = (text: unknown) => `${text}`.replace(/nonce="[A-Za-z0-9+/]{32}"/, 'nonce=""');
      expect(withoutNonce(reply.headers['www-authenticate'])).toBe(
        withoutNonce(recording.headers['www-authenticate']),
      );
      expect(
        Object.keys(reply.headers)
          .filter((name) => !HOP_BY_HOP.includes(name))
          .sort(),
      ).toEqual(Object.keys(recording.headers).sort());
      expect(reply.headers['content-length']).toBe(recording.headers['content-length']);
      expect(Object.entries(reply.json)).toEqual(Object.entries(recording.body));
    },
  );

  test.each(recordings('unauthenticated').map((one) => [one.method, dayOf(one), one] as const))(
    'the challenge of a %s on %s',
    async (method, day, recording) => {
      await using atlas = await startSimulator({ settings: { errorsAsOf: day } });
      const reply = await exchange(atlas.origin, method, recording.path);
      const fixed = (headers: Readonly<Record<string, unknown>>) =>
        Object.entries(headers)
          .filter(([name]) => !['date', ...HOP_BY_HOP].includes(name))
          .map(([name, value]) => [name, `${value}`.replace(/nonce="[A-Za-z0-9+/]{32}"/, '')])
          .sort();
      expect(reply.status).toBe(401);
      expect(fixed(reply.headers)).toEqual(fixed(recording.headers));
      if (recording.body === null) expect(reply.text).toBe('');
      else expect(Object.entries(reply.json)).toEqual(Object.entries(recording.body));
    },
  );

  const latest = only('GROUP_NOT_FOUND', /databaseUsers/);
  const gone = recordings('errors-more').filter(({ body }) => body.errorCode === 'GROUP_NOT_FOUND');
  test.each([...gone, ...latest].map((one) => [dayOf(one), one] as const))(
    'a project that does not exist, on %s',
    async (day, recording) => {
      await using s = await start();
      s.atlas.settings.errorsAsOf = day;
      const reply = await s.call('POST', recording.path.replace('databaseUsers', 'apiKeys'), {});
      expect(reply.status).toBe(404);
      expect(Object.entries(reply.json)).toEqual(Object.entries(recording.body));
      expect(reply.headers['x-error-code']).toBe(recording.headers['x-error-code']);
      if (!latest.includes(recording)) return;
      expect(reply.headers['content-length']).toBe(recording.headers['content-length']);
      const java = { 'x-java-method': '' };
      expect({ ...headersOf(reply.headers), ...java }).toEqual({ ...headersOf(recording.headers), ...java });
    },
  );

  const limited = errors.filter((one) => 'ratelimit-limit' in one.headers);
  test.each(limited.map((one) => [one.body.errorCode, one] as const))(
    'an error has the shape and the headers of %s',
    async (_, recording) => {
      await using s = await start();
      const reply = await s.call('GET', `/api/atlas/v2/orgs/${ORG}/apiKeys/6a793f752c88faeba59bba49`);
      expect(Object.keys(reply.json)).toEqual(Object.keys(recording.body));
      expect(typeof reply.json.detail).toBe(typeof recording.body.detail);
      const names = (headers: Readonly<Record<string, unknown>>) => Object.keys(headersOf(headers)).sort();
      expect(names(reply.headers)).toEqual(names(recording.headers));
      expect(reply.headers['content-type']).toBe(recording.headers['content-type']);
      expect(reply.headers['x-error-code']).toBe(reply.json.errorCode);
    },
  );
});

describe.skipIf(factsMissing)('a project as recorded', () => {
  const answered = recordings('projects-organisations-address').filter(
    ({ method, path }) => method === 'GET' && /\/groups\/\w+$/.test(path),
  );
  test.each(answered)('$path', async ({ path, body, headers }) => {
    await using s = await start();
    s.atlas.addProject({ id: ORG }, body);

    const reply = await s.call('GET', path);

    const known = (value: unknown) =>
      JSON.parse(JSON.stringify(value).replaceAll(s.atlas.origin, 'http://localhost:8080'), (name, inner) =>
        name === 'created' || name === 'clusterCount' ? typeof inner : inner,
      );
    expect(known(reply.json)).toEqual(known(body));
    for (const name of ['content-type', 'ratelimit-limit', 'x-java-method'])
      expect([name, reply.headers[name]]).toEqual([name, headers[name]]);
  });
});
