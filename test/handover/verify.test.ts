/** A key is handed over when it works, with the access list it is to have, and not before. */
import { expect, it } from 'vitest';
import { openQuickScene } from '../action/in-process.ts';
import { requestsFor } from '../faults/requests.ts';
import { openWorkshop } from '../faults/workshop.ts';
import { lookDuring } from './look-during.ts';

it('verify gives up after ten seconds, however slow the answers are, deletes the key and fails', async () => {
  await using shop = await openWorkshop({ settings: { newKeyRefusedMs: 3_600_000 }, speed: 'leaps' });
  const { history, clock, faults } = shop.atlas;
  const slow = { times: Number.POSITIVE_INFINITY, run: () => clock.advance(1_500) };
  faults.add({ when: { operation: 'getSystemStatus' }, phase: 'arrival', ...slow });
  const { error, entry, record } = await shop.run(requestsFor(shop.groupId).ensure());
  expect(String(error)).toMatch(/Atlas still refuses the new key .* after 10 seconds/);
  const made = history.changes.findLast(({ kind }) => kind === 'created');
  const tries = history.find('getSystemStatus');
  expect(tries.length).toBeLessThan(10);
  expect((tries.at(-1)?.at ?? 0) - (made?.at ?? 0)).toBeLessThan(12_000);
  expect(record.delivered).toEqual([]);
  expect(entry).toEqual({ phase: 'idle' });
  expect(shop.atlas.key(made?.keyId ?? '')?.deletedAt).toBeDefined();
});

/** An organisation that requires an access list: the caller is allowed everywhere, the new key nowhere yet. */
async function openClosedScene() {
  const scene = await openQuickScene({ settings: { callerAddress: '203.0.113.7' } });
  const { id: orgId } = scene.atlas.addOrganization({ name: 'closed', requireAccessList: true });
  const project = scene.atlas.addProject({ id: orgId }, { name: 'shop' });
  const accessList = ['203.0.113.0/24'];
  const caller = scene.atlas.addKey({ orgId, desc: 'the caller', roles: ['ORG_OWNER'], accessList });
  const inputs = {
    groupId: project.id,
    atlasPublicKey: caller.publicKey,
    atlasPrivateKey: caller.privateKey,
  };
  const made = () => scene.atlas.keys().filter((key) => key.orgId === orgId && key.id !== caller.id);
  return { ...scene, inputs, made };
}

it('a required access list is only warned of where none was given', async () => {
  await using scene = await openClosedScene();
  const wish = { ...scene.inputs, mode: 'ephemeral' };
  const run = await lookDuring(scene, wish, () => scene.made().length);
  expect(run.conclusion).toBe('success');
  expect(run.seen).toBe(1);
  const warnings = run.main.annotations.filter(({ level }) => level === 'warning');
  expect(warnings.map(({ message }) => message)).toEqual([
    expect.stringMatching(/may not be used from this machine.*Set accessList: current/),
  ]);
});

it('a required access list that leaves this machine out fails the step, and the key is deleted', async () => {
  await using scene = await openClosedScene();
  const run = await scene.run({ ...scene.inputs, mode: 'rotate', accessList: '198.51.100.1' });
  expect(run.conclusion).toBe('failure');
  expect(run.main.log).toMatch(/does not hold this machine's address.*Add `current` to accessList/);
  expect(run.main.outputs.privateKey ?? '').toBe('');
  expect(scene.made()).toEqual([]);
});

it('a required access list is met by `current` beside IPv6 and blocks, all there before anybody signs in', async () => {
  await using scene = await openClosedScene();
  const run = await scene.run({ ...scene.inputs, accessList: 'current\n198.51.100.0/24, 2001:db8::/32' });
  expect(run.conclusion).toBe('success');
  const [key] = scene.made();
  expect(key?.accessList?.toSorted()).toEqual(['198.51.100.0/24', '2001:db8::/32', '203.0.113.7/32']);
  expect(run.main.log).toContain('203.0.113.7');
  expect(run.main.annotations.filter(({ level }) => level !== 'notice')).toEqual([]);
  const kinds = scene.atlas.history.of(key?.id ?? '').map(({ kind }) => kind);
  expect(kinds).toContain('signedIn');
  expect(kinds.lastIndexOf('accessListAdded')).toBeLessThan(kinds.indexOf('signedIn'));
});
