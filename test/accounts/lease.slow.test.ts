/** mode: ephemeral through the built action: a secret for one job, deleted by post or, without it, ended by Atlas. */
import { describe, expect, it } from 'vitest';
import { errorsIn, onlyError, storyOf } from '../action/evidence.ts';
import { lookDuring } from '../handover/look-during.ts';
import { accountsBeside, CALLERS, isoSeconds, onlyAccount, openAccountScene } from './scene.ts';

const HOUR = 3_600_000;

describe.each(CALLERS)('a leased secret, signed in as %s', (signIn) => {
  it.each(['success', 'failure'])(
    'is gone after a job that ended in %s; the account stays, empty',
    async (end) => {
      await using scene = await openAccountScene({ signIn });
      const seen: string[] = [];
      const run = await scene.job([
        scene.step({ mode: 'ephemeral' }),
        { run: () => void seen.push(...onlyAccount(scene).secrets.map(({ secret }) => secret)) },
        ...(end === 'failure' ? [{ run: 'exit 1' }] : []),
      ]);
      expect(run.conclusion).toBe(end);
      const { clientId, secrets } = onlyAccount(scene);
      expect(seen).toEqual([run.steps[0]?.outputs.clientSecret]);
      expect(secrets).toEqual([]);
      expect(run.post[0]?.conclusion).toBe('success');
      expect(run.post.flatMap((post) => storyOf(post))).toEqual([
        expect.stringMatching(`^Deleted secret [0-9a-f]{24} of service account ${clientId}\\.$`),
      ]);
      expect(scene.atlas.liveTokens(clientId)).toBe(0);
    },
  );

  it('is made on the account that is there', async () => {
    await using scene = await openAccountScene({ signIn });
    const first = await scene.run({ mode: 'ephemeral' });
    const second = await scene.run({ mode: 'ephemeral', roles: 'GROUP_OWNER' });
    const { clientId, roles } = onlyAccount(scene);
    for (const { main } of [first, second])
      expect(main.outputs).toMatchObject({ result: 'created', created: 'true', clientId });
    expect(roles).toContainEqual({ groupId: scene.groupId, roleName: 'GROUP_OWNER' });
  });
});

describe('a leased secret', () => {
  it('lives as long as it is asked to, and that is told', async () => {
    await using scene = await openAccountScene();
    const run = await lookDuring(scene, { mode: 'ephemeral', secretExpiresAfter: '36h' }, () =>
      onlyAccount(scene),
    );
    const [secret] = run.seen.secrets;
    expect((secret?.expiresAt ?? 0) - (secret?.createdAt ?? 0)).toBe(36 * HOUR);
    expect(storyOf(run.main)).toEqual([
      `Created service account ${run.seen.clientId}.`,
      `Made a secret of service account ${run.seen.clientId} for this run. The post step deletes it; if that cannot run, Atlas ends it on ${isoSeconds(secret?.expiresAt ?? 0)}.`,
    ]);
  });

  it('stands beside one of another run, and a third one is on another account', async () => {
    await using scene = await openAccountScene();
    const lease = scene.step({ mode: 'ephemeral' });
    const seen: string[][] = [];
    const run = await scene.job([
      lease,
      lease,
      lease,
      {
        run: () =>
          void seen.push(accountsBeside(scene).flatMap(({ secrets }) => secrets.map(({ secret }) => secret))),
      },
    ]);
    expect(run.conclusion, run.log).toBe('success');
    expect(new Set(seen[0])).toEqual(
      new Set(run.steps.slice(0, 3).map(({ outputs }) => outputs.clientSecret)),
    );
    expect(accountsBeside(scene).map(({ secrets }) => secrets)).toEqual([[], []]);
  });

  it('of a lost machine is ended by Atlas, and its place is used again', async () => {
    await using scene = await openAccountScene();
    const lost = new AbortController();
    await scene.job([
      scene.step({ mode: 'ephemeral' }, { postKill: AbortSignal.abort() }),
      { run: () => lost.abort() },
    ]);
    const [left] = onlyAccount(scene).secrets;
    expect(left).toBeDefined();
    scene.atlas.clock.advance(9 * HOUR);
    const { main } = await scene.run({ mode: 'ephemeral' });
    expect(main.outputs.clientId).toBe(onlyAccount(scene).clientId);
    expect(onlyAccount(scene).secrets).toEqual([]);
  });

  it('of a step that was killed before it was handed out is deleted by post', async () => {
    await using scene = await openAccountScene();
    await scene.run({ mode: 'ephemeral' });
    const { clientId } = onlyAccount(scene);
    const killed = new AbortController();
    scene.atlas.faults.add({
      when: ({ operation }) => `${operation}`.endsWith('Token') && onlyAccount(scene).secrets.length === 1,
      phase: 'arrival',
      run: () => killed.abort(),
      action: { kind: 'hang' },
    });
    const run = await scene.job([scene.step({ mode: 'ephemeral' }, { kill: killed.signal })]);
    expect(run.steps[0]?.outputs.clientSecret ?? '').toBe('');
    expect(run.conclusion).toBe('failure');
    expect(run.post[0]?.conclusion, run.log).toBe('success');
    expect(onlyAccount(scene)).toMatchObject({ clientId, secrets: [] });
  });

  it('takes no account with the secret of somebody who keeps it', async () => {
    await using scene = await openAccountScene();
    await scene.run({});
    const [kept] = accountsBeside(scene);
    await scene.run({ mode: 'ephemeral' });
    expect(accountsBeside(scene)).toHaveLength(2);
    expect(scene.atlas.serviceAccount(kept?.clientId ?? '')).toEqual(kept);
  });

  it.each(['warn', 'fail'])('that post cannot delete: onRevokeFailure: %s', async (onRevokeFailure) => {
    await using scene = await openAccountScene();
    scene.atlas.faults.add({
      when: { operation: 'deleteGroupServiceAccountSecret' },
      times: 50,
      action: { kind: 'error', code: 'USER_UNAUTHORIZED' },
    });
    const run = await scene.run({ mode: 'ephemeral', onRevokeFailure });
    const { clientId, secrets } = onlyAccount(scene);
    const end = isoSeconds(secrets[0]?.expiresAt ?? 0);
    expect(run.main.conclusion).toBe('success');
    expect(run.post[0]?.conclusion).toBe(onRevokeFailure === 'warn' ? 'success' : 'failure');
    expect(run.post[0]?.annotations).toEqual([
      {
        level: onRevokeFailure === 'warn' ? 'warning' : 'error',
        message: expect.stringContaining(
          `Secret ${secrets[0]?.id} of service account ${clientId} is still alive. Atlas ends it on ${end}; delete it to end it now.`,
        ),
      },
    ]);
  });

  it('that somebody deleted before is no failure', async () => {
    await using scene = await openAccountScene();
    const run = await lookDuring(scene, { mode: 'ephemeral' }, () => {
      const { clientId, secrets } = onlyAccount(scene);
      scene.atlas.deleteSecret(clientId, secrets[0]?.id ?? '');
    });
    expect(run.conclusion).toBe('success');
    expect(run.post.flatMap((post) => storyOf(post))).toEqual([
      expect.stringMatching(/^Secret \w+ of service account \w+ was gone already\.$/),
    ]);
  });

  it('needs Project Owner, and says so', async () => {
    await using scene = await openAccountScene({ callerRoles: ['GROUP_USER_ADMIN'] });
    const { main } = await scene.run({ mode: 'ephemeral' });
    expect(onlyError(main)).toContain('Project Owner');
    expect(accountsBeside(scene)).toEqual([]);
  });

  it('longer than the organisation allows is refused with the number', async () => {
    await using scene = await openAccountScene();
    const organization = scene.atlas.addOrganization({ name: 'strict', maxSecretHours: 24 });
    const { id: groupId } = scene.atlas.addProject(organization, {});
    const { clientId, clientSecret } = scene.atlas.addServiceAccount({
      orgId: organization.id,
      roles: ['ORG_READ_ONLY', { roleName: 'GROUP_OWNER', groupId }],
    });
    const strict = { groupId, atlasClientId: clientId, atlasClientSecret: clientSecret };
    const { main } = await scene.run({ mode: 'ephemeral', secretExpiresAfter: '48h', ...strict });
    expect(onlyError(main)).toBe(
      `secretExpiresAfter is 48h, and organisation ${organization.id} lets no secret of a service account live longer than ` +
        '24h. Set secretExpiresAfter: 24h, or have an Organization Owner raise that limit.',
    );
  });

  it('brings its access list, and takes away single addresses that no lease needs any more', async () => {
    await using scene = await openAccountScene();
    await scene.run({ mode: 'ephemeral', accessList: '203.0.113.7, 198.51.100.0/24' });
    scene.atlas.clock.advance(9 * HOUR);
    await scene.run({ mode: 'ephemeral', accessList: 'current' });
    expect(onlyAccount(scene).accessList.toSorted()).toEqual(['127.0.0.1/32', '198.51.100.0/24']);
  });

  it('shares its access list with another run that adds the same address at the same moment', async () => {
    await using scene = await openAccountScene();
    await scene.run({ mode: 'ephemeral' });
    const inputs = { mode: 'ephemeral', accessList: 'current, 198.51.100.0/24' };
    const others: string[] = [];
    scene.atlas.faults.add({
      when: { operation: 'createGroupServiceAccountAccessList' },
      run: async () => void others.push((await scene.run({ ...inputs, accessList: 'current' })).conclusion),
    });
    const run = await scene.run(inputs);
    expect([...others, run.conclusion], run.log).toEqual(['success', 'success']);
    expect(onlyAccount(scene).accessList.toSorted()).toEqual(['127.0.0.1/32', '198.51.100.0/24']);
  });

  it('is planned, with its end, and nothing is changed', async () => {
    await using scene = await openAccountScene();
    await scene.run({ mode: 'ephemeral' });
    const before = onlyAccount(scene);
    const { main } = await scene.run({ mode: 'ephemeral', dryRun: 'true' });
    expect(storyOf(main)).toEqual([
      expect.stringMatching(
        `^Dry run, would create: a secret of service account ${before.clientId} that ends on [-\\d:TZ]+, deleted when the job ends$`,
      ),
    ]);
    expect(onlyAccount(scene)).toEqual(before);
    expect(errorsIn(main)).toEqual([]);
  });

  it('without verify is not tried', async () => {
    await using scene = await openAccountScene();
    await scene.run({ mode: 'ephemeral', verify: 'false' });
    const { clientId } = onlyAccount(scene);
    const kinds = scene.atlas.history.ofAccount(clientId).map(({ kind }) => kind);
    expect(kinds).not.toContain('tokenIssued');
  });
});
