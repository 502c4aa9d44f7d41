/** A client secret that is held outside the job: as an Actions secret, or given again as knownPrivateKey. */
import { describe, expect } from 'vitest';
import { DeliveryError } from '../../src/keys/step.ts';
import type { Known } from '../../src/request.ts';
import { STORING } from '../faults/requests.ts';
import { accountsBeside, onlyAccount } from './scene.ts';
import { endOf, it } from './shop.ts';

const DAY = 24 * 3_600_000;
const MODES = ['ensure', 'rotate'] as const;
const stored = { handover: STORING };
const written = { store: async () => {} };
const refusing = (nobodyHasIt: boolean) => ({
  store: () => Promise.reject(new DeliveryError('It was not stored.', { nobodyHasIt, cause: undefined })),
});

describe('a secret that is stored', () => {
  it('is noted before, and is current only when the rotation is final', async ({ shop }) => {
    await shop.run(shop.rotate(stored), written);
    const notes: string[] = [];
    const { outcome } = await shop.run(shop.rotate(stored), {
      store: async () => void notes.push(onlyAccount(shop).description),
    });
    const { secrets, description } = onlyAccount(shop);
    const [former, current] = secrets.map(({ id }) => id);
    expect(notes).toEqual([`atlas-account-1 current ${former} next ${current} stored`]);
    expect(description).toContain(`current ${current}`);
    expect(secrets.at(-1)?.secret).toBe(outcome?.privateKey);
  });

  it('of a job that failed is kept by the next rotation', async ({ shop }) => {
    await shop.run(shop.rotate(stored), written);
    const { outcome } = await shop.run(shop.rotate(stored), { ...written, job: 'failure' });
    const next = onlyAccount(shop).secrets[1];
    expect(next?.secret).toBe(outcome?.privateKey);
    expect(onlyAccount(shop).description).toMatch(new RegExp(` next ${next?.id} kept$`));
    await shop.run(shop.rotate());
    expect(onlyAccount(shop).secrets.map(({ id }) => id)).toContain(next?.id);
  });

  it.for(MODES)('is deleted where it cannot be written: %s', async (mode, { shop }) => {
    expect(await shop.refusal(shop[mode](stored), refusing(true))).toBe('It was not stored.');
    expect(accountsBeside(shop).flatMap(({ secrets }) => secrets)).toEqual([]);
    expect((await shop.run(shop[mode](stored), written)).outcome?.result).toBe('created');
  });

  it('is deleted by post where it could be neither written nor deleted at once', async ({ shop }) => {
    const { secrets } = await shop.ensured();
    const when = { operation: 'deleteGroupServiceAccountSecret' };
    shop.atlas.faults.add({ when, action: { kind: 'error', code: 'USER_UNAUTHORIZED' } });
    const { warnings } = await shop.attempt(shop.rotate(stored), refusing(true));
    expect(warnings).toEqual([
      expect.stringContaining('could not be deleted yet; the post step tries again'),
    ]);
    expect(onlyAccount(shop).secrets).toMatchObject(secrets.map(({ id }) => ({ id })));
  });

  it('leaves the current one current where it cannot be written', async ({ shop }) => {
    await shop.run(shop.rotate(stored), written);
    const [former] = onlyAccount(shop).secrets;
    await shop.refusal(shop.rotate(stored), refusing(true));
    expect(onlyAccount(shop).secrets.map(({ id }) => id)).toEqual([former?.id]);
    const { outcome } = await shop.run(shop.rotate({ rotateAfter: DAY }));
    expect(outcome?.result).toBe('unchanged');
  });

  it.for(MODES)('stays where some of it may have been written, which is told: %s', async (mode, { shop }) => {
    const { error, warnings, told } = await shop.attempt(shop[mode](stored), refusing(false));
    expect(error).toBeInstanceOf(DeliveryError);
    const { clientId, secrets } = onlyAccount(shop);
    expect(warnings).toEqual([
      `The new secret of service account ${clientId} stays: some of it may have been stored. Atlas ends it on ${endOf(secrets[0])}.`,
    ]);
    expect(told?.includes('stays alive') ?? false).toBe(mode === 'rotate');
    const later = await shop.run(shop.ensure({ knownSecret: secrets[0]?.secret ?? '' }));
    expect(later.outcome).toMatchObject({ result: 'unchanged', account: { clientId } });
  });

  it.for(['job', 'step'] as const)(
    'that may have been written is told by post, and the next rotation takes it for the current one: %s',
    async (commit, { shop }) => {
      const [former] = (await shop.ensured()).secrets;
      const { settlement } = await shop.attempt(shop.rotate({ ...stored, commit }), refusing(false));
      const { secrets, description } = onlyAccount(shop);
      const next = secrets[1];
      expect(description).toMatch(/ kept$/);
      expect(settlement?.problem).toContain(`Secret ${next?.id} of service account `);
      await shop.run(shop.rotate());
      const ids = onlyAccount(shop).secrets.map(({ id }) => id);
      expect(ids).toContain(next?.id);
      expect(ids).not.toContain(former?.id);
    },
  );
});

describe('knownPrivateKey', () => {
  it.for<[string, (clientId: string, secret: string) => Known]>([
    ['another secret', () => ({ knownSecret: `mdb_sa_sk_${'x'.repeat(40)}` })],
    [
      'the secret of another account',
      (_, knownSecret) => ({ knownSecret, knownId: `mdb_sa_id_${'0'.repeat(24)}` }),
    ],
  ])('that is %s is an error in ensure, and a reason to rotate', async ([_case, wrong], { shop }) => {
    const { clientId, secrets } = await shop.ensured();
    const known = wrong(clientId, secrets[0]?.secret ?? '');
    expect(await shop.refusal(shop.ensure({ ...known, roles: ['GROUP_OWNER'] }))).toBe(
      `knownPrivateKey is not a secret of service account ${clientId}. Store the secret again, or use mode: rotate, which ` +
        'makes a new one when the stored secret does not fit.',
    );
    expect(onlyAccount(shop).roles).not.toContainEqual(expect.objectContaining({ roleName: 'GROUP_OWNER' }));
    const rotated = await shop.run(shop.rotate({ ...known, rotateAfter: 30 * DAY }));
    expect(rotated.outcome).toMatchObject({ result: 'rotated', account: { clientId } });
    expect(rotated.lines[0]).toContain(
      'the stored secret is not one of its secrets, so a new one is due now.',
    );
  });

  it('keeps a young secret in rotate, hands it out, and leaves no token of it alive', async ({ shop }) => {
    const { clientId: knownId, secrets } = await shop.ensured();
    const knownSecret = secrets[0]?.secret ?? '';
    for (const known of [{ knownSecret }, { knownSecret, knownId }]) {
      const { outcome } = await shop.run(shop.rotate({ rotateAfter: 30 * DAY, ...known }));
      expect(outcome).toMatchObject({ result: 'unchanged', privateKey: knownSecret });
    }
    expect(onlyAccount(shop).secrets).toHaveLength(1);
    expect(shop.atlas.liveTokens(knownId)).toBe(0);
  });

  it('may be the secret that a rotation superseded, as long as it lives', async ({ shop }) => {
    const knownSecret = (await shop.ensured()).secrets[0]?.secret ?? '';
    await shop.run(shop.rotate());
    const { outcome } = await shop.run(shop.ensure({ knownSecret }));
    expect(outcome).toMatchObject({ result: 'unchanged', privateKey: knownSecret });
    shop.atlas.clock.advance(8 * DAY);
    expect(await shop.refusal(shop.ensure({ knownSecret }))).toContain(
      'knownPrivateKey is not a secret of service account',
    );
  });

  it('that cannot be tried ends the step, and one that fits is found in a dry run', async ({ shop }) => {
    const { clientId, secrets } = await shop.ensured();
    const known = { knownSecret: secrets[0]?.secret ?? '' };
    expect((await shop.plan(shop.ensure(known))).told).toEqual(['Dry run: nothing would be changed.']);
    shop.atlas.faults.add({
      when: ({ caller }) => caller === clientId,
      times: Number.POSITIVE_INFINITY,
      action: { kind: 'answer', status: 400, body: {} },
    });
    expect(await shop.refusal(shop.rotate(known))).toContain('Could not sign in as the service account');
    expect(onlyAccount(shop).secrets).toHaveLength(1);
  });
});
