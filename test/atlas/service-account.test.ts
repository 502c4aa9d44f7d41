import { afterAll, describe, expect, it } from 'vitest';
import type { Atlas } from '../../src/atlas/types.ts';
import type { FaultRequest } from '../simulator/faults.ts';
import { accountScene, scene, wanted } from './scene.ts';
import { failureOf } from './session.ts';
import { trustTheSimulator } from './trust.ts';

afterAll(trustTheSimulator());

const TOKEN = ({ path }: FaultRequest) => path.endsWith('/token');
const CLIENT_ID = `mdb_sa_id_${'b'.repeat(24)}`;
const REVOKE = ({ path }: FaultRequest) => path.endsWith('/revoke');

describe('a service account', () => {
  it('fetches one token for all calls, masks it, and revokes it at the end', async () => {
    const { simulator, session, atlas, groupId, orgId, clientId } = await accountScene({ tls: true });
    await Promise.all([
      atlas.listProjectKeys(groupId),
      atlas.listOrganizationKeys(orgId),
      atlas.readProject(groupId),
    ]);
    expect(simulator.liveTokens(clientId)).toBe(1);
    expect(session.masked).toHaveLength(1);
    await session.close();
    expect(simulator.liveTokens(clientId)).toBe(0);
    expect(new Set(simulator.history.requests.map(({ connection }) => connection)).size).toBe(1);
  });

  it('has no key of its own, and can sign in as one', async () => {
    const { atlas, groupId } = await accountScene();
    expect(await atlas.whoAmI()).toBeUndefined();
    await atlas.signInAs(await atlas.createKey(groupId, wanted));
  });

  it('replaces a token that has expired, once for all calls', async () => {
    const { simulator, session, atlas, groupId, orgId } = await accountScene();
    await atlas.readProject(groupId);
    simulator.clock.advance(2 * 3_600_000);
    await Promise.all([atlas.listProjectKeys(groupId), atlas.listOrganizationKeys(orgId)]);
    expect(session.masked).toHaveLength(2);
  });

  it('with a wrong secret is told so, after one try', async () => {
    const { simulator, groupId, open } = await accountScene();
    const session = open('mdb_sa_sk_wrong');
    const error = await failureOf(session.atlas.createKey(groupId, wanted));
    expect(error.kind).toBe('credentials');
    expect(error.message).toMatch(/sign in as the service account/);
    expect(simulator.history.requests).toHaveLength(1);
  });

  it('whose token endpoint answers with nonsense is told so', async () => {
    const { simulator, atlas, groupId } = await accountScene();
    const action = { kind: 'answer', status: 200, body: { access_token: 'x', token_type: 'mac' } } as const;
    simulator.faults.add({ when: TOKEN, times: 9, action });
    const error = await failureOf(atlas.readProject(groupId));
    expect(error.kind).toBe('unintelligible');
    expect(error.message).toMatch(
      /^Could not sign in as the service account: the answer \(200\) is not what/,
    );
  });

  it('whose token cannot be revoked ends all the same, within three seconds', async () => {
    let waited = 0;
    const options = {
      clock: { now: () => waited, wall: () => 0 },
      pause: async (wait: number) => {
        waited += wait;
      },
    };
    const { simulator, session, atlas, groupId } = await accountScene({}, options);
    await atlas.readProject(groupId);
    simulator.faults.add({ when: REVOKE, times: 99, action: { kind: 'answer', status: 503 } });
    await session.close();
    expect(waited).toBe(2_800);
  });

  it('that is tried counts as signed in where its token cannot be revoked', async () => {
    const { simulator, groupId, orgId, atlas } = await scene();
    const { clientId, clientSecret } = simulator.addServiceAccount({ orgId, roles: ['ORG_OWNER'] });
    simulator.faults.add({ when: REVOKE, times: 9, action: { kind: 'answer', status: 400 } });
    await atlas.readProject(groupId);
    await atlas.accounts.signInAs({ clientId, clientSecret });
    expect(simulator.history.requests.at(-1)?.target).toMatch(/\/revoke$/);
    expect(simulator.liveTokens(clientId)).toBe(1);
  });

  const decoys = Array.from({ length: 30 }, (_, n) => `754c8808-0ba8-4153-8eea-85daa09d40${n + 10}`).join();
  it.each([
    ['is written so oddly that only a parser finds it', '{"access\\u005ftoken":'],
    ['stands behind more secrets than are masked', `{"decoys":"${decoys}","access_token":`],
  ])('whose token %s: it is masked', async (_what, head) => {
    const { simulator, session, atlas, groupId } = await accountScene();
    const body = `${head}"a-token-of-some-length","token_type":"Bearer"}`;
    const action = { kind: 'answer', status: 200, body } as const;
    simulator.faults.add({ when: TOKEN, action });
    expect((await failureOf(atlas.readProject(groupId))).kind).toBe('credentials');
    expect(session.masked.at(-1)).toBe('a-token-of-some-length');
  });

  const secret = {
    id: 'a'.repeat(24),
    createdAt: '2026-11-30',
    expiresAt: '2026-12-30',
    secret: 'x'.repeat(40),
  };
  it.each<[string, object, (accounts: Atlas['accounts'], groupId: string) => Promise<unknown>]>([
    [
      'account',
      { clientId: CLIENT_ID, secrets: [secret] },
      (accounts, groupId) => accounts.create(groupId, { name: 'x', description: '', roles: [], hours: 8 }),
    ],
    ['secret', secret, (accounts, groupId) => accounts.createSecret(groupId, CLIENT_ID, 8)],
  ])('made behind more secrets than are masked is masked: the new %s', async (_what, made, make) => {
    const { simulator, session, atlas, groupId } = await scene();
    const action = { kind: 'answer', status: 200, body: { decoys, ...made } } as const;
    simulator.faults.add({ when: ({ caller }) => caller !== undefined, action });
    await make(atlas.accounts, groupId);
    expect([session.masked.length, session.masked.at(-1)]).toEqual([21, secret.secret]);
  });
});
