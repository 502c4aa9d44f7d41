/** mode: ensure through the built action: the account is there, once, with the roles. */
import { describe, expect, it } from 'vitest';
import { onlyError, storyOf } from '../action/evidence.ts';
import { accountsBeside, CALLERS, isoSeconds, onlyAccount, openAccountScene } from './scene.ts';

const DAY = 24 * 3_600_000;

describe.each(CALLERS)('ensure of a service account, signed in as %s', (signIn) => {
  it('makes it once, and finds it from then on', async () => {
    await using scene = await openAccountScene({ signIn });
    const created = await scene.run({});
    const { clientId, secrets, description } = onlyAccount(scene);
    const end = isoSeconds(secrets[0]?.expiresAt ?? 0);
    expect(storyOf(created.main)).toEqual([
      `Created service account ${clientId}.`,
      `Atlas ends the secret of service account ${clientId} on ${end}.`,
    ]);
    expect(description).toBe('atlas-account-1');
    expect(created.post.flatMap((post) => storyOf(post))).toEqual([]);

    const again = await scene.run({});
    expect(storyOf(again.main)).toEqual([
      `Found service account ${clientId} in the project.`,
      `Service account ${clientId} has these roles already.`,
    ]);
    expect(again.main.outputs).toMatchObject({ result: 'unchanged', clientId, clientSecret: '' });
    expect(onlyAccount(scene).secrets).toEqual(secrets);
  });

  it('brings the roles to those declared', async () => {
    await using scene = await openAccountScene({ signIn });
    await scene.run({});
    const { clientId } = onlyAccount(scene);
    const { main } = await scene.run({ roles: 'GROUP_CLUSTER_MANAGER' });
    expect(main.outputs).toMatchObject({
      result: 'updated',
      changed: 'true',
      created: 'false',
      roles: '["GROUP_CLUSTER_MANAGER"]',
    });
    expect(onlyAccount(scene).roles).toContainEqual({
      groupId: scene.groupId,
      roleName: 'GROUP_CLUSTER_MANAGER',
    });
    expect(storyOf(main)).toContain(`Updated the roles of service account ${clientId}, was GROUP_READ_ONLY.`);
  });
});

describe('ensure of a service account', () => {
  it('takes one that a person made, and leaves its description', async () => {
    await using scene = await openAccountScene();
    const { orgId, groupId, atlas } = scene;
    const roles = [{ roleName: 'GROUP_READ_ONLY', groupId }];
    const { clientId } = atlas.addServiceAccount({ orgId, name: 'deploy', description: 'by hand', roles });
    const { main } = await scene.run({});
    expect(main.outputs).toMatchObject({ result: 'unchanged', clientId });
    expect(onlyAccount(scene)).toMatchObject({ clientId, description: 'by hand' });
  });

  it('of a name that several have names them', async () => {
    await using scene = await openAccountScene();
    const { orgId, groupId, atlas } = scene;
    const roles = [{ roleName: 'GROUP_READ_ONLY', groupId }];
    const two = [1, 2].map(() => atlas.addServiceAccount({ orgId, name: 'deploy', roles }).clientId);
    const { main } = await scene.run({});
    expect(onlyError(main)).toBe(
      `2 service accounts of the project are named "deploy": ${two.sort().join(', ')}. ` +
        'Which of them is meant? Delete the others in Atlas, or give them another name.',
    );
  });

  it('warns of a secret that ends within fourteen days, and of none that still works', async () => {
    await using scene = await openAccountScene();
    await scene.run({ secretExpiresAfter: '15d' });
    const { clientId, secrets } = onlyAccount(scene);
    expect((await scene.run({})).main.annotations).toEqual([]);
    scene.atlas.clock.advance(2 * DAY);
    const end = isoSeconds(secrets[0]?.expiresAt ?? 0);
    expect((await scene.run({})).main.annotations).toEqual([
      {
        level: 'warning',
        message: `Secret ${secrets[0]?.id} of service account ${clientId} ends on ${end}. Use mode: rotate to replace it before.`,
      },
    ]);
    scene.atlas.clock.advance(14 * DAY);
    const late = await scene.run({});
    expect(late.main.outputs).toMatchObject({ createdAt: '', expiresAt: '' });
    expect(late.main.annotations).toEqual([
      {
        level: 'warning',
        message: `Service account ${clientId} has no secret that still works. Use mode: rotate to make one.`,
      },
    ]);
  });

  it('takes no account of another name, of another project, or the caller itself', async () => {
    await using scene = await openAccountScene();
    const { orgId, groupId, atlas, caller } = scene;
    const other = atlas.addProject({ id: orgId }, { name: 'other' });
    atlas.addServiceAccount({ orgId, name: 'deploy 2', roles: [{ roleName: 'GROUP_OWNER', groupId }] });
    atlas.addServiceAccount({
      orgId,
      name: 'deploy',
      roles: [{ roleName: 'GROUP_OWNER', groupId: other.id }],
    });
    const { main } = await scene.run({});
    expect(main.outputs.result).toBe('created');
    const own = await scene.run({ desc: 'the caller' });
    expect(own.main.outputs).toMatchObject({ result: 'created' });
    expect(own.main.outputs.clientId).not.toBe(caller?.clientId);
  });

  it('puts the access list on the account before its secret is handed out', async () => {
    await using scene = await openAccountScene();
    const run = await scene.run({ accessList: '203.0.113.0/24, current' });
    expect(run.conclusion, run.log).toBe('success');
    expect(onlyAccount(scene).accessList).toEqual(
      expect.arrayContaining(['203.0.113.0/24', expect.stringMatching(/^127\.0\.0\.1\/32$/)]),
    );
  });

  it.each(['ensure', 'rotate'])('leaves none behind that was made without an answer: %s', async (mode) => {
    await using scene = await openAccountScene();
    scene.atlas.faults.add({
      when: { operation: 'createGroupServiceAccount' },
      phase: 'after',
      action: { kind: 'reset' },
    });
    const run = await scene.run({ mode });
    expect(onlyError(run.main)).toContain('Atlas may have carried it out nevertheless.');
    expect(onlyAccount(scene).secrets).toEqual([]);
    const again = await scene.run({ mode });
    expect(again.main.outputs, again.log).toMatchObject({ result: 'created' });
  });

  it.each(['ensure', 'rotate'])('leaves none behind whose secret does not work: %s', async (mode) => {
    await using scene = await openAccountScene();
    scene.atlas.settings.serviceAccounts.newSecretRefusedMs = 3_600_000;
    const run = await scene.run({ mode });
    const refused = onlyAccount(scene);
    expect(onlyError(run.main)).toBe(
      `Atlas still refuses the new secret of service account ${refused.clientId} after 10 seconds, so it was not handed out. ` +
        'Run the job again; if it happens again, look at https://status.mongodb.com.',
    );
    expect(refused.secrets).toEqual([]);
    expect(run.main.outputs.clientSecret ?? '').toBe('');
    scene.atlas.settings.serviceAccounts.newSecretRefusedMs = 0;
    const again = await scene.run({ mode });
    expect(again.main.outputs, again.log).toMatchObject({ result: 'created' });
  });

  it('changes nothing in a dry run, and says what it would do', async () => {
    await using scene = await openAccountScene();
    const dry = await scene.run({ dryRun: 'true' });
    expect(accountsBeside(scene)).toEqual([]);
    expect(storyOf(dry.main)).toEqual([
      expect.stringMatching(
        /^Dry run, would create: service account "deploy" with GROUP_READ_ONLY, with a secret that ends on \d{4}-/,
      ),
    ]);
    await scene.run({});
    const before = onlyAccount(scene);
    const there = await scene.run({ dryRun: 'true', roles: 'GROUP_OWNER' });
    expect(storyOf(there.main)).toEqual([
      `Dry run, would update: GROUP_OWNER of service account ${before.clientId}, was GROUP_READ_ONLY`,
    ]);
    expect(there.main.outputs).toMatchObject({ result: 'planned', clientId: before.clientId });
    expect(storyOf((await scene.run({ dryRun: 'true' })).main)).toEqual([
      'Dry run: nothing would be changed.',
    ]);
    expect(onlyAccount(scene)).toEqual(before);
  });
});
