import { describe, expect, test } from 'vitest';
import { exchange, furnish } from './client.ts';
import { startSimulator } from './server.ts';

async function start() {
  const atlas = await startSimulator();
  const furniture = furnish(atlas);
  const create = () =>
    furniture.owner.call('POST', `/groups/${furniture.groupId}/apiKeys`, {
      desc: 'x',
      roles: ['GROUP_OWNER'],
    });
  const made = () => atlas.keys().filter((key) => key.desc === 'x').length;
  return { ...furniture, atlas, create, made, [Symbol.asyncDispose]: () => atlas.close() };
}

const creation = { operation: 'createGroupApiKey' };

describe('faults', () => {
  test('an answer before: nothing was done; after: it was', async () => {
    await using s = await start();
    const answer = {
      kind: 'answer',
      status: 503,
      body: '<html>busy</html>',
      headers: { 'retry-after': '1' },
    } as const;
    s.atlas.faults.add({ when: creation, action: answer });
    const before = await s.create();
    expect([before.status, before.text, before.headers['content-type'], s.made()]).toEqual([
      503,
      '<html>busy</html>',
      'text/html',
      0,
    ]);
    expect(before.headers['retry-after']).toBe('1');
    s.atlas.faults.add({ when: creation, phase: 'after', action: answer });
    expect([(await s.create()).status, s.made()]).toEqual([503, 1]);
    expect([(await s.create()).status, s.made()]).toEqual([200, 2]);
  });

  test('an error of the service by its code', async () => {
    await using s = await start();
    s.atlas.faults.add({
      when: creation,
      action: { kind: 'error', code: 'WRITES_NOT_ALLOWED_DURING_APP_UPGRADES' },
    });
    const reply = await s.create();
    expect([reply.status, reply.json.errorCode, reply.headers['x-error-code']]).toEqual([
      405,
      'WRITES_NOT_ALLOWED_DURING_APP_UPGRADES',
      'WRITES_NOT_ALLOWED_DURING_APP_UPGRADES',
    ]);
  });

  test('a reset, before and after the commit', async () => {
    await using s = await start();
    for (const [phase, expected] of [
      ['before', 0],
      ['after', 1],
    ] as const) {
      s.atlas.faults.add({ when: creation, phase, action: { kind: 'reset' } });
      await expect(s.create()).rejects.toThrow(/ECONNRESET|hang up/);
      expect(s.made()).toBe(expected);
      expect(s.atlas.history.find('createGroupApiKey').at(-1)?.outcome).toBe('reset');
    }
  });

  test('a truncated body breaks off after a head that promised all of it', async () => {
    await using s = await start();
    s.atlas.faults.add({ when: creation, action: { kind: 'truncate', bytes: 10 } });
    await expect(s.create()).rejects.toThrow(/aborted|ECONNRESET/);
    expect(s.made()).toBe(1);
    expect(s.atlas.history.find('createGroupApiKey').at(-1)?.outcome).toBe('truncated');
  });

  test('a hang is never answered, and its callback says when it is reached', async () => {
    await using s = await start();
    const fault = s.atlas.faults.add({ when: creation, phase: 'after', action: { kind: 'hang' } });
    const lost = s.create();
    lost.catch(() => {});
    expect((await fault.struck).operation).toBe('createGroupApiKey');
    const silent = Symbol('silent');
    const { promise, resolve } = Promise.withResolvers<symbol>();
    setTimeout(resolve, 50, silent);
    expect(await Promise.race([lost, promise])).toBe(silent);
    expect(s.made()).toBe(1);
    await s.atlas.close();
    await expect(lost).rejects.toThrow();
  });

  test('delay and drip give the ordinary answer, slowly', async () => {
    await using s = await start();
    const timed = async () => {
      const started = performance.now();
      expect((await s.create()).json.desc).toBe('x');
      return performance.now() - started;
    };
    await timed();
    s.atlas.faults.add({ when: creation, action: { kind: 'delay', ms: 60 } });
    expect(await timed()).toBeGreaterThan(58);
    s.atlas.faults.add({ when: creation, action: { kind: 'drip', everyMs: 20, bytes: 100 } });
    expect(await timed()).toBeGreaterThan(55);
  });

  test('times, skip, predicates, ordinals and removal', async () => {
    await using s = await start();
    const answer = { kind: 'answer', status: 500 } as const;
    s.atlas.faults.add({ when: creation, skip: 1, times: 2, action: answer });
    const statuses: number[] = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await s.create()).status);
    expect(statuses).toEqual([200, 500, 500, 200]);

    const next = (s.atlas.history.requests.at(-1)?.ordinal ?? 0) + 1;
    s.atlas.faults.add({ when: { ordinal: next }, action: answer });
    expect([(await s.create()).status, (await s.create()).status]).toEqual([500, 200]);

    const named = s.atlas.faults.add({
      when: (request) => (request.body as { desc?: string } | undefined)?.desc === 'x',
      times: Number.POSITIVE_INFINITY,
      action: answer,
    });
    expect([(await s.create()).status, (await s.create()).status, named.hits]).toEqual([500, 500, 2]);
    named.remove();
    expect((await s.create()).status).toBe(200);
    s.atlas.faults.add({ when: { method: 'GET', path: /\/apiKeys$/ }, action: answer });
    s.atlas.faults.add({ when: { userAgent: 'nobody' }, action: answer });
    expect((await s.create()).status).toBe(200);
    s.atlas.faults.clear();
    expect((await s.owner.call('GET', `/groups/${s.groupId}/apiKeys`)).status).toBe(200);
  });

  test('on arrival the unsigned first try is met too; before, only who has signed in', async () => {
    await using s = await start();
    const before = s.atlas.faults.add({ action: { kind: 'answer', status: 500 } });
    expect((await exchange(s.atlas.origin, 'GET', '/api/atlas/v2')).status).toBe(401);
    expect(before.hits).toBe(0);
    before.remove();
    s.atlas.faults.add({ phase: 'arrival', action: { kind: 'answer', status: 502 } });
    expect((await exchange(s.atlas.origin, 'GET', '/api/atlas/v2')).status).toBe(502);
  });

  test('a callback acts at just that moment, and is awaited', async () => {
    await using s = await start();
    const seen: number[] = [];
    s.atlas.faults.add({ when: creation, run: async () => void seen.push(s.made()) });
    s.atlas.faults.add({ when: creation, phase: 'after', run: () => void seen.push(s.made()) });
    expect((await s.create()).status).toBe(200);
    expect(seen).toEqual([0, 1]);
    expect(s.atlas.history.find('createGroupApiKey').at(-1)?.fault).toBe('after run');
  });
});
