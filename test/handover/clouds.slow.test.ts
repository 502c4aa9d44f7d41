/** Other clouds than Atlas' own: the government's by its address, Cloud Manager and Ops Manager by their API. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { keysBeside, openScene } from '../action/scene.ts';
import { lookDuring } from './look-during.ts';

const PUBLIC = { api: 'public/v1.0' };

it('the cloud of the government is gone to when baseUrl says so', async () => {
  const asked: string[] = [];
  const proxy = createServer().on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void proxy.close());
  await using scene = await openScene();
  const run = await scene.run(
    { baseUrl: 'https://cloud.mongodbgov.com' },
    { env: { HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` } },
  );
  expect(asked).toEqual(['cloud.mongodbgov.com:443']);
  expect(run.conclusion).toBe('failure');
  expect(run.main.log).toContain('there is no way through the proxy to cloud.mongodbgov.com');
});

// Making, finding, changing and deleting a key on each of them is in test/action/surfaces.slow.test.ts.
describe.each(['atlas/v1.0', 'public/v1.0'])('api: %s', (api) => {
  it('rotates, mints and revokes an ephemeral key, and sweeps one of a lost machine', async () => {
    await using scene = await openScene();
    for (const commit of ['job', 'step']) {
      const run = await scene.run({ api, mode: 'rotate', commit, keepPrevious: '0' });
      expect(run.conclusion).toBe('success');
      expect(run.log).not.toContain('##[warning]');
      expect(keysBeside(scene).map(({ desc }) => desc)).toEqual(['deploy']);
    }
    const lost = new AbortController();
    const lease = { api, mode: 'ephemeral', ttl: '1m' };
    await scene.job([scene.step(lease), { run: () => lost.abort() }], { lost: lost.signal });
    scene.atlas.clock.advance(120_000);
    const run = await lookDuring(scene, { ...lease, desc: 'other' }, () => keysBeside(scene).length);
    expect(run.seen).toBe(3);
    expect(run.conclusion).toBe('success');
    expect(run.log).not.toContain('##[warning]');
    const swept = await scene.run({ api, mode: 'sweep', roles: '', ttl: '1m' });
    expect(swept.main.outputs.result).toBe('swept');
    expect(keysBeside(scene).map(({ desc }) => desc)).toEqual(['deploy']);
  });
});

describe('api: public/v1.0 for a caller that is no Organization Owner', () => {
  const callerRoles = ['GROUP_OWNER'];

  it.each([
    ['ensure', 'false'],
    ['rotate', 'true'],
  ])('refuses to make a key, with the reason, before it makes one (%s, dryRun: %s)', async (mode, dryRun) => {
    await using scene = await openScene({ callerRoles });
    const run = await scene.run({ ...PUBLIC, mode, dryRun });
    expect(run.conclusion).toBe('failure');
    expect(run.main.log).toContain(
      'A key cannot be made in this mode: it is made under a provisional description, and on api: public/v1.0 only an ' +
        'Organization Owner may change descriptions, which the caller is not. Nothing was made. Give the caller that ' +
        'role, or make the key by hand and let mode: ensure keep its roles.',
    );
    expect(scene.atlas.history.find('createGroupApiKey')).toEqual([]);
  });

  it('keeps the roles of a key that is there', async () => {
    await using scene = await openScene({ callerRoles });
    const roles = [{ roleName: 'GROUP_OWNER', groupId: scene.groupId }];
    const key = scene.atlas.addKey({ orgId: scene.orgId, desc: 'deploy', roles });
    const run = await scene.run(PUBLIC);
    expect(run.main.outputs).toMatchObject({ result: 'updated', apiUserId: key.id });
  });

  it('leaves nothing behind where Atlas does not tell its roles', async () => {
    await using scene = await openScene({ callerRoles });
    scene.atlas.faults.add({
      when: { operation: 'getSystemStatus' },
      action: { kind: 'answer', status: 200, body: { appName: 'MongoDB Ops Manager', build: '', links: [] } },
    });
    const run = await scene.run(PUBLIC);
    expect(run.conclusion).toBe('failure');
    expect(run.main.log).toContain('Organization Owner');
    expect(run.main.outputs.privateKey ?? '').toBe('');
    const projects = keysBeside(scene).flatMap(({ roles }) => roles.flatMap(({ groupId }) => groupId ?? []));
    expect(projects).toEqual([]);
  });
});
