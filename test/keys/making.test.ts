import { describe, expect } from 'vitest';
import { familyOf } from '../../src/keys/family.ts';
import { memberOfSecret } from '../../src/keys/known-secret.ts';
import { isoSeconds, readMark } from '../../src/keys/mark.ts';
import { livesOn } from '../../src/keys/retire.ts';
import { nameOf } from '../../src/keys/step.ts';
import { DESC, HANDOVER, requestsFor } from '../faults/requests.ts';
import type { Workshop } from '../faults/workshop.ts';
import type { FaultRequest } from '../simulator/faults.ts';
import { descriptionOf, idAt, keyAt } from './described-keys.ts';
import { it } from './shop.ts';
import {
  isAlive,
  isCreate,
  isList,
  isSignIn,
  misfitsOf,
  projectsOf,
  refusal,
  refuseDeletions,
  stand,
} from './standing.ts';

const HOUR = 3_600_000;
/** Every key that the step made, alive or not. */
const madeIn = (shop: Workshop) =>
  shop.atlas.keys({ includeDeleted: true }).filter(({ desc }) => desc.startsWith(DESC));

const ensuring = (shop: Workshop, rest = {}) => requestsFor(shop.groupId).ensure(rest);
const unanswered = { when: isCreate, phase: 'after', action: { kind: 'reset' } } as const;
/** A new key is of no use, so it is undone. */
const useless = refusal('VALIDATION_ERROR', isSignIn);

it('a key that can make keys is told as such', async ({ shop }) => {
  const run = await shop.run(ensuring(shop, { roles: ['GROUP_OWNER', 'GROUP_ACCESS_MANAGER'] }));
  expect(run.outcome?.result).toBe('created');
  expect(run.lines).toContain(
    'Whoever holds the new key can make further keys with GROUP_OWNER, GROUP_ACCESS_MANAGER, and revoking this one does not end those. Give it narrower roles where they suffice.',
  );
});

describe('a create that is not answered', () => {
  it.for([
    ['and its key is deleted', 'after', 2],
    ['where there is none', 'before', 1],
  ] as const)('is looked for and made again, %s', async ([_what, phase, count], { shop }) => {
    const run = await shop.run(ensuring(shop), { fault: { ...unanswered, phase } });
    expect(run.outcome?.result).toBe('created');
    const [made, lost] = madeIn(shop).reverse();
    expect(madeIn(shop).map((key) => isAlive(shop, key))).toEqual([false, true].slice(-count));
    expect(run.lines).toEqual([
      'Atlas did not answer when a key was made; looking for that key.',
      ...(lost ? [`Deleted key ${nameOf(lost)}, which had been made without an answer.`] : []),
      `Created key ${made && nameOf(made)}.`,
      // Whatever of it turns up later is for post.
      'Atlas did not answer when a key was made; looking for that key.',
      'Atlas did not answer when a key was made; looking for that key.',
    ]);
    expect(run.entry).toMatchObject({ phase: 'making', answerLost: true });
  });

  it('is given up after a few', async ({ shop }) => {
    const half = await shop.runMain(ensuring(shop), { fault: { ...unanswered, times: 9 } });
    expect(half.error).toMatchObject({ kind: 'answerLost' });
    const run = await half.finish();
    expect(run.calls.filter((call) => call === 'createKey')).toHaveLength(3);
    expect(madeIn(shop).filter((key) => isAlive(shop, key))).toEqual([]);
  });

  it('is left to post where Atlas cannot be searched', async ({ shop }) => {
    shop.atlas.faults.add({ when: isList, skip: 1, action: { kind: 'error', code: 'NOT_GROUP_USER_ADMIN' } });
    const half = await shop.runMain(ensuring(shop), { fault: unanswered });
    expect(half.error).toMatchObject({ kind: 'answerLost' });
    expect(madeIn(shop).map((key) => isAlive(shop, key))).toEqual([true]);
    const run = await half.finish();
    expect(run.warnings).toEqual([
      'Atlas did not answer when a key was made, and could not be searched for that key; the post step does it.',
    ]);
    expect(run.calls.filter((call) => call === 'createKey')).toHaveLength(1);
    expect(madeIn(shop).map((key) => isAlive(shop, key))).toEqual([false]);
  });

  it('is left to post as well where the key made after it is undone', async ({ shop }) => {
    shop.atlas.faults.add(useless);
    const run = await shop.run(ensuring(shop), { fault: unanswered });
    expect(madeIn(shop).map((key) => isAlive(shop, key))).toEqual([false, false]);
    expect(run.entry).toMatchObject({ phase: 'making', answerLost: true });
    expect(run.postCalls).toContain('listProjectKeys');
  });
});

describe('a key in the making', () => {
  it('is pending until a minute after its step surely does nothing more', async ({ shop }) => {
    const before = shop.atlas.clock.now();
    await shop.run(ensuring(shop), { timeout: 120_000 });
    const after = shop.atlas.clock.now();
    const [created] = shop.atlas.history.changes.flatMap((change) =>
      change.kind === 'created' ? (readMark(change.desc)?.mark ?? []) : [],
    );
    expect(created?.state).toBe('pending');
    expect(created?.until).toBeGreaterThan(before + 110_000 + 55_000);
    expect(created?.until).toBeLessThan(after + 120_000 + 61_000);
  });

  it('goes to all its projects, or to none', async ({ shop }) => {
    const { ensure } = requestsFor(shop.groupId, shop.otherGroupId);
    const { outcome } = await shop.run(ensure());
    const made = { id: outcome?.facts?.key.id ?? '' };
    expect(projectsOf(shop, made).sort()).toEqual([shop.groupId, shop.otherGroupId].sort());
    shop.atlas.deleteKey(made.id);

    const isAssignment = ({ method, path }: FaultRequest) =>
      method !== 'GET' && path.includes(shop.otherGroupId);
    const failed = await shop.run(ensure(), { fault: refusal('VALIDATION_ERROR', isAssignment) });
    expect(failed.error).toMatchObject({ kind: 'badRequest' });
    expect(failed.lines.at(-1)).toContain('was deleted again');
    // Nobody is told that it lives on.
    expect(failed.warnings).toEqual([]);
    expect(madeIn(shop).filter((key) => isAlive(shop, key))).toEqual([]);
  });

  it('that cannot be undone is left to post', async ({ shop }) => {
    shop.atlas.faults.add(useless);
    const fault = refusal('VALIDATION_ERROR', ({ method }) => method === 'DELETE');
    const run = await shop.run(ensuring(shop), { fault });
    const [key] = madeIn(shop);
    expect(run.warnings).toEqual([
      `The new key ${key && nameOf(key)} could not be deleted yet; the post step tries again.`,
    ]);
    expect(madeIn(shop).map((key) => isAlive(shop, key))).toEqual([false]);
  });

  it('that may only be unassigned is told once, and done with', async ({ shop }) => {
    refuseDeletions(shop);
    const { warnings, entry, lines } = await shop.run(ensuring(shop), { fault: useless });
    const [key] = madeIn(shop);
    expect(warnings).toEqual([livesOn(key ? nameOf(key) : '', shop.orgId)]);
    expect(lines.join()).not.toContain('was deleted again');
    expect(entry).toEqual({ phase: 'idle' });
  });
});

it('a new key is handed out with a warning where the organisation wants a list', async ({ shop }) => {
  const fault = refusal('ORG_REQUIRES_ACCESS_LIST', isSignIn);
  const { outcome, warnings } = await shop.run(ensuring(shop), { fault });
  expect(outcome?.result).toBe('created');
  const [key] = madeIn(shop);
  expect(warnings).toEqual([
    `The new key ${key && nameOf(key)} may not be used from this machine: its organisation requires an access list, and the key has none. Set accessList: current, unless the key is meant for another machine whose address you add yourself.`,
  ]);
  const untried = await shop.run(
    requestsFor(shop.groupId).rotate({ handover: { ...HANDOVER, verify: false } }),
  );
  expect(untried.calls).not.toContain('signInAs');
});

it('an access list with `current` needs the address before anything is made', async ({ shop }) => {
  const fault = refusal('RESOURCE_NOT_FOUND', ({ path }) => path.endsWith('/ipinfo'));
  const handover = { ...HANDOVER, accessList: ['current'] };
  const { error } = await shop.run(ensuring(shop, { handover }), { fault });
  expect(error).toMatchObject({ name: 'KeyError', cause: { kind: 'gone' } });
  expect(madeIn(shop)).toEqual([]);
});

describe('an ephemeral key', () => {
  const minting = (shop: Workshop, rest = {}) => requestsFor(shop.groupId).ephemeral({ ttl: HOUR, ...rest });

  it('is marked with the end of its life, and says it', async ({ shop }) => {
    const before = shop.atlas.clock.now();
    const half = await shop.runMain(minting(shop));
    const key = shop.atlas.key(half.outcome?.facts?.key.id ?? '');
    const expiresAt = half.outcome?.expiresAt ?? 0;
    expect(half.outcome).toMatchObject({
      result: 'created',
      changed: true,
      facts: { desc: DESC, orgId: shop.orgId, groupIds: [shop.groupId], roles: ['GROUP_READ_ONLY'] },
      privateKey: key?.privateKey,
      retired: [],
    });
    expect(expiresAt).toBeGreaterThan(before + HOUR - 2_000);
    expect(expiresAt).toBeLessThanOrEqual(shop.atlas.clock.now() + HOUR);
    expect(readMark(key?.desc ?? '')?.mark).toMatchObject({ state: 'ephemeral', until: expiresAt });
    const { lines } = await half.finish();
    expect(lines[0]).toBe(
      `Created key ${key && nameOf(key)} for this run. The post step revokes it; if that cannot run, it counts as left over after ${isoSeconds(expiresAt)}.`,
    );
  });

  it.for(['delivered', 'signed in with'])('that is not %s is undone', async (what, { shop }) => {
    const store = () => Promise.reject(new Error('no'));
    const isTried = ({ caller = '' }: FaultRequest) => madeIn(shop).some(({ id }) => id === caller);
    const fault = refusal('VALIDATION_ERROR', isTried);
    const { error, entry } = await shop.run(minting(shop), what === 'delivered' ? { store } : { fault });
    expect(error).toMatchObject(what === 'delivered' ? { message: 'no' } : { kind: 'badRequest' });
    expect(madeIn(shop).map((key) => isAlive(shop, key))).toEqual([false]);
    expect(entry).toEqual({ phase: 'idle' });
  });

  it.for(['warn', 'fail'] as const)(
    'that nobody could revoke: onRevokeFailure is %s',
    async (onRevokeFailure, { shop }) => {
      const roles = [{ roleName: 'ORG_MEMBER', orgId: shop.orgId }];
      const body = { apiKey: { id: 'a'.repeat(24), publicKey: 'abcdefgh', roles } };
      const fault = { when: isSignIn, action: { kind: 'answer', status: 200, body } } as const;
      const { error, warnings } = await shop.run(minting(shop, { onRevokeFailure }), { fault });
      const isStrict = onRevokeFailure === 'fail';
      expect(madeIn(shop)).toHaveLength(isStrict ? 0 : 1);
      if (isStrict) expect(String(error)).toContain('Nothing was made, because onRevokeFailure is fail.');
      const warning =
        'The caller is no Organization Owner, so the key cannot be deleted when the job ends: it is only unassigned from the project and lives on in the organisation. Give the caller Organization Owner to have it truly revoked.';
      expect(warnings).toEqual(isStrict ? [] : [warning]);
    },
  );
});

describe('a stored secret', () => {
  it.each([
    ['none without a secret', {}, undefined],
    ['none for a public key alone', { knownId: 'bbbbbbbb' }, undefined],
    ['by the end of the private key', { knownSecret: 'e-85daa09d408a' }, 1],
    ['none that ends otherwise', { knownSecret: 'e-85daa09d408b' }, undefined],
    ['by the public key, whatever the end', { knownSecret: 'e', knownId: 'bbbbbbbb' }, 2],
    ['none with another public key', { knownSecret: 'e-85daa09d408a', knownId: 'd' }, undefined],
  ] as const)('is that of a member: %s', (_what, known, seconds) => {
    const family = familyOf(DESC, [
      keyAt(3, DESC, { publicKey: 'aaaaaaaa', privateKeyTail: '' }),
      keyAt(2, descriptionOf('previous'), { publicKey: 'bbbbbbbb', privateKeyTail: '01bdd56c8977' }),
      keyAt(1, descriptionOf('undecided'), { publicKey: 'cccccccc', privateKeyTail: '85daa09d408a' }),
    ]);
    expect(memberOfSecret(family, known)?.id).toBe(seconds && idAt(seconds));
  });

  it('whose key may not be used from here is believed by its end', async ({ shop }) => {
    const roles = [{ roleName: 'GROUP_READ_ONLY', groupId: shop.groupId }];
    const key = shop.atlas.addKey({ orgId: shop.orgId, desc: DESC, roles, accessList: ['203.0.113.7'] });
    const { outcome, warnings } = await shop.run(ensuring(shop, { knownSecret: key.privateKey }));
    expect(outcome?.privateKey).toBe(key.privateKey);
    expect(warnings).toEqual([
      `Key ${nameOf(key)} may not be used from this machine: its own access list does not hold this machine's address. Add the address to it in Atlas, if the key is for this machine.`,
    ]);
  });

  it.for([
    ['another key', 'it belongs to the key abcdefgh'],
    ['another end', 'its end is another one'],
    ['another secret', 'Atlas refuses it'],
  ] as const)('of %s is refused with the reason', async ([what, reason], { shop }) => {
    const key = stand(shop, 'current');
    const { error } = await shop.run(ensuring(shop, misfitsOf(key.privateKey)[what]));
    expect(String(error)).toContain(`knownPrivateKey is not the secret of key ${nameOf(key)}: ${reason}.`);
  });

  it('that cannot be tried ends the step', async ({ shop }) => {
    const { privateKey } = stand(shop, 'current');
    shop.atlas.faults.add(refusal('VALIDATION_ERROR', isSignIn));
    const { error } = await shop.run(ensuring(shop, { knownSecret: privateKey }));
    expect(error).toMatchObject({ kind: 'badRequest' });
  });

  it.for(['previous', 'undecided'] as const)(
    'is known by its end for that of a key that is not current: %s',
    async (state, { shop }) => {
      stand(shop, 'current', { age: 1 });
      const key = stand(shop, state, { age: 3 });
      const { id, privateKey } = key;
      const { outcome, lines } = await shop.run(ensuring(shop, { knownSecret: privateKey }));
      expect(outcome).toMatchObject({ result: 'unchanged', facts: { key: { id } }, privateKey });
      expect(lines[0]).toBe(
        `knownPrivateKey belongs to key ${nameOf(key)}, which is ${state} and still alive.`,
      );
    },
  );

  it('is that of the current key where that only lacks its name, which it gets', async ({ shop }) => {
    stand(shop, 'previous', { age: 3 });
    const { id, privateKey } = stand(shop, 'undecided', { age: 1 });
    const { outcome, lines } = await shop.run(ensuring(shop, { knownSecret: privateKey }));
    expect(outcome).toMatchObject({ result: 'updated', facts: { key: { id } }, privateKey });
    expect(lines[0]).toMatch(/^Found key .* in the project\.$/);
    expect(shop.atlas.key(id)?.desc).toBe(DESC);
  });
});
