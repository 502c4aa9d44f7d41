/** Keys whose roles do not name their organisation: the specification does not promise it. */
import { describe, expect, it } from 'vitest';
import { DESC, requestsFor } from '../faults/requests.ts';
import { openWorkshop } from '../faults/workshop.ts';
import { isAlive, stand } from './standing.ts';

const open = () => openWorkshop({ settings: { showOrgRoles: false } });

describe('where no key names its organisation', () => {
  it('ensure makes a key and finds it again', async () => {
    await using shop = await open();
    const first = await shop.run(requestsFor(shop.groupId).ensure());
    expect(first.outcome).toMatchObject({ result: 'created', facts: { orgId: shop.orgId } });
    const second = await shop.run(requestsFor(shop.groupId).ensure());
    expect(second.outcome).toMatchObject({ result: 'unchanged', facts: { orgId: shop.orgId } });
  });

  it('a create that was not answered is undone and made again', async () => {
    await using shop = await open();
    const run = await shop.run(requestsFor(shop.groupId).ensure(), {
      fault: {
        when: ({ method, path }) => method === 'POST' && path.endsWith('/apiKeys'),
        phase: 'after',
        action: { kind: 'reset' },
      },
    });
    expect(run.outcome?.result).toBe('created');
    expect(shop.atlas.keys().filter(({ desc }) => desc.startsWith(DESC))).toHaveLength(1);
  });

  it('a rotation supersedes the former key, and the next one deletes it', async () => {
    await using shop = await open();
    const rotate = requestsFor(shop.groupId).rotate({ commit: 'step' });
    const former = stand(shop, 'current');
    await shop.run(rotate);
    expect(shop.atlas.key(former.id)?.desc).toMatch(/ previous /);
    await shop.run(rotate);
    expect(isAlive(shop, former)).toBe(false);
  });

  it('a sweep deletes what is left over', async () => {
    await using shop = await open();
    const left = stand(shop, 'ephemeral', { age: 48 });
    await shop.run(requestsFor(shop.groupId).sweep());
    expect(isAlive(shop, left)).toBe(false);
  });
});
