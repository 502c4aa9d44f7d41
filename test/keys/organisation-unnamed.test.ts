/** Which organisation a project is in: read off its keys, whose roles need not name it; the specification promises nothing. */
import { describe, expect, it } from 'vitest';
import type { Request } from '../../src/request.ts';
import { requestsFor } from '../faults/requests.ts';
import { openWorkshop, type RunFault, type Workshop } from '../faults/workshop.ts';
import { familyIn, isAlive, isCreate, stand } from './standing.ts';

const unanswered: RunFault = {
  when: isCreate,
  phase: 'after',
  action: { kind: 'reset' },
};
const open = () => openWorkshop({ settings: { showOrgRoles: false } });

describe('where keys name their organisation', () => {
  /** Whether a run that begins with these keys asks for the organisation by a call of its own. */
  const asks = async (
    prepare: (shop: Workshop) => Request,
    options: Parameters<Workshop['run']>[1] = {},
  ): Promise<boolean> => {
    await using shop = await openWorkshop();
    const { error, calls, postCalls } = await shop.run(prepare(shop), options);
    expect(error).toBeUndefined();
    return [...calls, ...postCalls].includes('readProject');
  };

  it.each<[string, (shop: Workshop) => Request]>([
    [
      'ensure of a stored secret',
      (shop) => {
        stand(shop, 'current');
        const { privateKey } = stand(shop, 'previous', { age: 3 });
        return requestsFor(shop.groupId).ensure({ knownPrivateKey: privateKey });
      },
    ],
    [
      'rotate of a key that stays',
      (shop) => {
        stand(shop, 'current');
        return requestsFor(shop.groupId).rotate({ rotateAfter: 24 * 3_600_000 });
      },
    ],
    ['rotate of the first key', (shop) => requestsFor(shop.groupId).rotate({ commit: 'step' })],
    [
      'ensure beside what a dead maker left',
      (shop) => {
        stand(shop, 'pending');
        return requestsFor(shop.groupId).ensure();
      },
    ],
    ['ephemeral with nothing left over', (shop) => requestsFor(shop.groupId).ephemeral()],
    [
      'ephemeral with something left over',
      (shop) => {
        stand(shop, 'ephemeral', { age: 48 });
        return requestsFor(shop.groupId).ephemeral();
      },
    ],
    [
      'revoke',
      (shop) => {
        stand(shop, 'current');
        return requestsFor(shop.groupId).revoke();
      },
    ],
    [
      'sweep',
      (shop) => {
        stand(shop, 'retired');
        return requestsFor(shop.groupId).sweep();
      },
    ],
  ])('%s does not ask for it', async (_what, prepare) => {
    expect(await asks(prepare)).toBe(false);
  });

  it('a create that was not answered does not, either', async () => {
    expect(await asks((shop) => requestsFor(shop.groupId).rotate(), { fault: unanswered })).toBe(false);
  });
});

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
      fault: unanswered,
    });
    expect(run.outcome?.result).toBe('created');
    expect(familyIn(shop)).toHaveLength(1);
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
