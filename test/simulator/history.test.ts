import { expect, test } from 'vitest';
import { exchange, furnish } from './client.ts';
import { withoutSecrets } from './history.ts';
import { startSimulator } from './server.ts';

test('every change of a key stands in the history, with its request and its author', async () => {
  await using atlas = await startSimulator({ startAt: Date.parse('2026-08-10T03:04:05Z') });
  const { owner, ownerKey, orgId, groupId } = furnish(atlas);
  const body = { desc: 'a', roles: ['GROUP_READ_ONLY'] };
  const { json: key } = await owner.call('POST', `/groups/${groupId}/apiKeys`, body);
  const path = `/groups/${groupId}/apiKeys/${key.id}`;
  await owner.call('PATCH', path, { desc: 'b', roles: ['GROUP_READ_ONLY'] });
  await owner.call('PATCH', path, { roles: ['GROUP_OWNER'] });
  await owner.call('POST', `/orgs/${orgId}/apiKeys/${key.id}/accessList`, [{ ipAddress: '192.0.2.1' }]);
  await owner.call('DELETE', `/orgs/${orgId}/apiKeys/${key.id}/accessList/192.0.2.1`);
  await owner.call('DELETE', path);
  atlas.clock.advance(3_600_000);
  await owner.call('DELETE', `/orgs/${orgId}/apiKeys/${key.id}`);

  const changes = atlas.history.of(key.id);
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
  const times = changes.map(({ at }) => at);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(3_600_000);
  expect(new Date(times[0] ?? 0).toISOString()).toMatch(/^2026-08-10T03:04:/);
  for (const { ordinal, kind } of changes) {
    const request = atlas.history.requests.find((one) => one.ordinal === ordinal);
    expect([kind, request?.signIn]).toEqual([kind, 'signedIn']);
  }
  expect(atlas.history.of(ownerKey.id).filter(({ kind }) => kind === 'signedIn')).toHaveLength(7);
});

test('a request leaves what is needed to judge it, and no secret', async () => {
  await using atlas = await startSimulator();
  const { owner, ownerKey, orgId, groupId } = furnish(atlas);
  const account = atlas.addServiceAccount({ orgId, roles: ['ORG_OWNER'] });
  const body = { desc: 'a', roles: ['GROUP_READ_ONLY'] };
  const made = await owner.call('POST', `/groups/${groupId}/apiKeys`, body, { 'user-agent': 'tester' });
  const basic = `Basic ${Buffer.from(`${account.clientId}:${account.clientSecret}`).toString('base64')}`;
  const form = { authorization: basic, 'content-type': 'application/x-www-form-urlencoded' };
  const token = await exchange(
    atlas.origin,
    'POST',
    '/api/oauth/token',
    form,
    'grant_type=client_credentials',
  );

  const [first, second, third] = atlas.history.requests;
  expect(first).toMatchObject({
    ordinal: 1,
    signIn: 'challenged',
    status: 401,
    scheme: undefined,
    outcome: 'answered',
  });
  expect(second).toMatchObject({
    ordinal: 2,
    method: 'POST',
    target: `/api/atlas/v2/groups/${groupId}/apiKeys`,
    operation: 'createGroupApiKey',
    httpVersion: '1.1',
    scheme: 'Digest',
    userAgent: 'tester',
    signIn: 'signedIn',
    caller: ownerKey.id,
    requestBody: body,
    status: 200,
  });
  expect(third).toMatchObject({
    operation: 'createToken',
    scheme: 'Basic',
    caller: account.clientId,
    status: 200,
  });
  const written = JSON.stringify([atlas.history.requests, atlas.history.changes]);
  for (const secret of [
    made.json.privateKey,
    ownerKey.privateKey,
    account.clientSecret,
    token.json.access_token,
  ]) {
    expect(written).not.toContain(secret);
  }
  expect(second?.answerBody).toMatchObject({ id: made.json.id, privateKey: '[secret]' });
});

test('a client that goes away stands there as gone', async () => {
  await using atlas = await startSimulator({ settings: { latencyMs: 200 } });
  const { promise, resolve } = Promise.withResolvers<void>();
  const controller = new AbortController();
  atlas.faults.add({ phase: 'arrival', run: () => resolve() });
  const answer = fetch(`${atlas.origin}/api/atlas/v2`, { signal: controller.signal });
  setTimeout(() => controller.abort(), 50);
  await expect(answer).rejects.toThrow();
  await promise;
  await expect.poll(() => atlas.history.requests[0]?.outcome).toBe('clientGone');
});

test('secrets are taken out wherever they stand; a redacted key may stay', () => {
  const body = {
    results: [{ privateKey: 'a-b', desc: 'x' }, { privateKey: '********-****-****-abc' }],
    n: null,
  };
  expect(withoutSecrets(body)).toEqual({
    results: [{ privateKey: '[secret]', desc: 'x' }, { privateKey: '********-****-****-abc' }],
    n: null,
  });
});
