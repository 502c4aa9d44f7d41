/** What goes wrong with service accounts, and the whole sentence that says so. */
import { describe, expect, it } from 'vitest';
import { errorsIn, onlyError } from '../action/evidence.ts';
import { startGitHub, TOKENS } from '../github/stand-in.ts';
import { type AccountScene, accountsBeside, isoSeconds, onlyAccount, openAccountScene } from './scene.ts';

const UNAUTHORIZED = { kind: 'error', code: 'USER_UNAUTHORIZED' } as const;

/** What the error of a call begins with when Atlas refuses it to this caller. */
const lacking = (does: string, role: string) =>
  `Could not ${does}: the caller is known but lacks the role ${role}, which this call needs. Give the calling key or service account that role.`;

function refuse(scene: AccountScene, operation: string): void {
  scene.atlas.faults.add({ when: { operation }, times: 50, action: UNAUTHORIZED });
}

describe('a call that the caller may not make', () => {
  const LIST = { accessList: '203.0.113.7' };
  it.each<[string, Record<string, string>, string, string]>([
    ['listGroupServiceAccounts', {}, "list the project's service accounts", 'Project Read Only'],
    ['createGroupServiceAccount', {}, 'make a service account', 'Project Owner'],
    [
      'listGroupServiceAccountAccessList',
      LIST,
      "read the service account's access list",
      'Project Read Only',
    ],
    [
      'createGroupServiceAccountAccessList',
      LIST,
      "add to the service account's access list",
      'Project Access Manager',
    ],
  ])('is named with the role that it needs: %s', async (operation, inputs, does, role) => {
    await using scene = await openAccountScene();
    refuse(scene, operation);
    const { main } = await scene.run(inputs);
    expect(onlyError(main).split(' (')[0]).toBe(lacking(does, role));
    expect(accountsBeside(scene).flatMap(({ secrets }) => secrets)).toEqual([]);
  });

  it.each([
    ['updateGroupServiceAccount', 'change the service account'],
    ['createGroupServiceAccountSecret', 'make a secret of the service account'],
    ['deleteGroupServiceAccountSecret', 'delete the secret of the service account'],
  ])('is named for a secret, too: %s', async (operation, does) => {
    await using scene = await openAccountScene();
    await scene.run({ secretExpiresAfter: '8h' });
    // Its secret has ended, and keeps its place.
    scene.atlas.clock.advance(9 * 3_600_000);
    refuse(scene, operation);
    const { main } = await scene.run({ mode: 'rotate' });
    expect(onlyError(main)).toContain(lacking(does, 'Project Owner'));
  });

  it('is named where old addresses are taken off a list', async () => {
    await using scene = await openAccountScene();
    await scene.run({ mode: 'ephemeral', accessList: '203.0.113.7' });
    scene.atlas.clock.advance(9 * 3_600_000);
    refuse(scene, 'deleteGroupServiceAccountAccessListEntry');
    const { main } = await scene.run({ mode: 'ephemeral', accessList: 'current' });
    expect(onlyError(main)).toContain(
      lacking("remove from the service account's access list", 'Project Access Manager'),
    );
  });
});

describe('a call that Atlas does not understand', () => {
  it.each<[string, Record<string, string>, string]>([
    ['getOrgServiceAccountGroups', { roles: 'GROUP_OWNER' }, "list the service account's projects"],
    ['deleteOrgServiceAccount', { mode: 'revoke', roles: '' }, 'delete the service account'],
    [
      'deleteGroupServiceAccount',
      { mode: 'revoke', roles: '' },
      'take the service account out of the project',
    ],
  ])('is named: %s', async (operation, inputs, does) => {
    await using scene = await openAccountScene();
    await scene.run({});
    scene.atlas.faults.add({
      when: { operation },
      times: 50,
      action: { kind: 'answer', status: 400, body: {} },
    });
    const { main } = await scene.run(inputs);
    expect(onlyError(main)).toContain(`Could not ${does}: `);
  });
});

describe('a service account', () => {
  it('of another project has roles that stay as they are', async () => {
    await using scene = await openAccountScene({ callerRoles: ['ORG_OWNER'] });
    await scene.run({});
    const { clientId } = onlyAccount(scene);
    const other = scene.atlas.addProject({ id: scene.orgId }, { name: 'other' });
    scene.atlas.setAccountRoles(clientId, other.id, ['GROUP_READ_ONLY']);
    const { main } = await scene.run({ roles: 'GROUP_OWNER' });
    expect(onlyError(main)).toBe(
      `Service account ${clientId} has other roles than those declared, and this step may not change them: it is in project ${other.id}, too, which this step does not name. Declare another desc.`,
    );
  });

  it.each(['ensure', 'ephemeral', 'rotate'])('too many are told: %s', async (mode) => {
    await using scene = await openAccountScene({ settings: { serviceAccounts: { perOrganization: 1 } } });
    const { main } = await scene.run({ mode });
    expect(onlyError(main)).toContain(
      'the organisation holds as many service accounts as it may. Delete some that nobody uses, also those that are in no project any more.',
    );
  });
});

describe('a secret', () => {
  it('that could not be deleted again is left to post, which says what is left', async () => {
    await using scene = await openAccountScene();
    scene.atlas.settings.serviceAccounts.newSecretRefusedMs = 3_600_000;
    refuse(scene, 'deleteGroupServiceAccountSecret');
    const run = await scene.run({ mode: 'ephemeral', onRevokeFailure: 'fail' });
    const { clientId, secrets } = onlyAccount(scene);
    const [secret] = secrets;
    const end = isoSeconds(secret?.expiresAt ?? 0);
    expect(run.main.annotations).toContainEqual({
      level: 'warning',
      message: expect.stringContaining(
        `The new secret of service account ${clientId} could not be deleted yet; the post step tries again, and Atlas ends it on ${end}. Could not delete`,
      ),
    });
    expect(run.post.flatMap((post) => errorsIn(post))).toEqual([
      expect.stringContaining(
        `Secret ${secret?.id} of service account ${clientId} is still alive. Atlas ends it on ${end}; delete it to end it now.`,
      ),
    ]);
  });

  it('that may be stored stays, and the next rotation takes it for the current one', async () => {
    await using scene = await openAccountScene();
    await using github = await startGitHub();
    const { apiUrl, repository } = github;
    const store = { githubToken: TOKENS.write, secretName: 'ATLAS' };
    await scene.run({});
    github.fail('resetAfterEffect', { method: 'PUT', times: 9 });
    const run = await scene.run({ mode: 'rotate', timeout: '20s', ...store }, { apiUrl, repository });
    const { clientId, secrets } = onlyAccount(scene);
    const [former, secret] = secrets;
    expect(run.main.annotations).toContainEqual({
      level: 'warning',
      message: `The new secret of service account ${clientId} stays: some of it may have been stored. Atlas ends it on ${isoSeconds(secret?.expiresAt ?? 0)}.`,
    });
    const [left] = run.post.flatMap((post) => errorsIn(post));
    const by = /by (\S+Z)/.exec(left ?? '')?.[1];
    expect(left).toBe(
      `Secret ${secret?.id} of service account ${clientId} stays alive beside the former one, because the job did not succeed. Atlas ends the former secret by ${by}: run the job again before.`,
    );
    await scene.run({ mode: 'rotate' });
    const ids = onlyAccount(scene).secrets.map(({ id }) => id);
    expect(ids).toContain(secret?.id);
    expect(ids).not.toContain(former?.id);
  });

  it('of a first ensure that could not say so to Atlas is told by post', async () => {
    await using scene = await openAccountScene();
    refuse(scene, 'updateGroupServiceAccount');
    const run = await scene.run({});
    const { clientId, secrets } = onlyAccount(scene);
    expect(run.main.outcome).toBe('failure');
    expect(run.post.flatMap(({ annotations }) => annotations)).toEqual([
      {
        level: 'warning',
        message: expect.stringContaining(
          `Secret ${secrets[0]?.id} of service account ${clientId} was handed out, and the account's description still says that it is being made. Run the job again.`,
        ),
      },
    ]);
  });
});
