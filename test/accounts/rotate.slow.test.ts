/** mode: rotate through the built action: a second secret on one account, final with the job or with the step. */
import { describe, expect, it } from 'vitest';
import { errorsIn, onlyError, storyOf } from '../action/evidence.ts';
import { CALLERS, isoSeconds, onlyAccount, openAccountScene } from './scene.ts';

const DAY = 24 * 3_600_000;
const ROTATE = { mode: 'rotate' };

describe.each(CALLERS)('a rotation, signed in as %s', (signIn) => {
  it('is final after a job that succeeded; the former secret stays for a week at most', async () => {
    await using scene = await openAccountScene({ signIn });
    await scene.run({});
    const [former] = onlyAccount(scene).secrets;
    const run = await scene.run(ROTATE);
    const { clientId, secrets, description } = onlyAccount(scene);
    const [kept, current] = secrets;
    expect(run.main.outputs).toMatchObject({
      result: 'rotated',
      created: 'true',
      clientId,
      clientSecret: current?.secret,
      expiresAt: isoSeconds(current?.expiresAt ?? 0),
    });
    expect(kept?.id).toBe(former?.id);
    expect((kept?.expiresAt ?? 0) - scene.atlas.clock.now()).toBeLessThanOrEqual(7 * DAY);
    expect(description).toBe(`atlas-account-1 current ${current?.id} previous ${former?.id}`);
    expect(run.post.flatMap((post) => storyOf(post))).toEqual([
      `The rotation is final: secret ${current?.id} of service account ${clientId} is current.`,
    ]);
  });

  it('of a job that failed deletes nothing, fails, and says by when the former secret ends', async () => {
    await using scene = await openAccountScene({ signIn });
    await scene.run({});
    const run = await scene.job([scene.step(ROTATE), { run: 'exit 1' }]);
    const { clientId, secrets, description } = onlyAccount(scene);
    const [former, next] = secrets;
    expect(description).toBe(`atlas-account-1 current ${former?.id} next ${next?.id} failed`);
    expect(run.post[0]?.conclusion).toBe('failure');
    const [error] = run.post.flatMap((post) => errorsIn(post));
    expect(error).toMatch(
      new RegExp(
        `^Secret ${next?.id} of service account ${clientId} stays alive beside the former one, because the job did not succeed\\. ` +
          'Atlas ends the former secret by [-\\dT:]+Z: run the job again before\\.$',
      ),
    );
    const told = Date.parse(/by (\S+Z):/.exec(error ?? '')?.[1] ?? '');
    expect(Math.abs(told - (former?.expiresAt ?? 0))).toBeLessThan(5000);

    const again = await scene.run(ROTATE);
    expect(again.conclusion, again.log).toBe('success');
    const ids = onlyAccount(scene).secrets.map(({ id }) => id);
    expect(ids).toHaveLength(2);
    expect(ids).toContain(former?.id);
    expect(ids).not.toContain(next?.id);
  });

  it.each(['0', '1'])('with commit: step is final at once; keepPrevious: %s', async (keepPrevious) => {
    await using scene = await openAccountScene({ signIn });
    await scene.run({});
    const [former] = onlyAccount(scene).secrets;
    const run = await scene.job([scene.step({ ...ROTATE, commit: 'step', keepPrevious }), { run: 'exit 1' }]);
    const { clientId, secrets, description } = onlyAccount(scene);
    const current = secrets.at(-1);
    const isKept = keepPrevious === '1';
    expect(secrets.map(({ id }) => id)).toEqual([...(isKept ? [former?.id] : []), current?.id]);
    // Named until it is gone, and then still: it names nothing.
    expect(description).toBe(`atlas-account-1 current ${current?.id} previous ${former?.id}`);
    const deleted = `Deleted the former secret ${former?.id} of service account ${clientId}.`;
    expect(storyOf(run.steps[0] as never).includes(deleted)).toBe(!isKept);
    expect(run.post.flatMap((post) => [...storyOf(post), ...errorsIn(post)])).toEqual([]);
  });

  it('with keepPrevious: 0 deletes the former secret when the job succeeds', async () => {
    await using scene = await openAccountScene({ signIn });
    await scene.run({});
    const run = await scene.run({ ...ROTATE, keepPrevious: '0' });
    expect(run.conclusion, run.log).toBe('success');
    expect(onlyAccount(scene).secrets.map(({ secret }) => secret)).toEqual([run.main.outputs.clientSecret]);
  });
});

describe('a rotation', () => {
  it('of an account that is not there makes it', async () => {
    await using scene = await openAccountScene();
    const run = await scene.run(ROTATE);
    const { clientId, secrets, description } = onlyAccount(scene);
    expect(run.main.outputs).toMatchObject({ result: 'created', clientSecret: secrets[0]?.secret });
    expect(description).toBe(`atlas-account-1 current ${secrets[0]?.id}`);
    expect(storyOf(run.main)).toEqual([
      `Created service account ${clientId}.`,
      'The rotation becomes final when the job succeeds.',
    ]);
  });

  it('again and again keeps two secrets, the current one and the one before', async () => {
    await using scene = await openAccountScene();
    const handedOut: (string | undefined)[] = [];
    for (let round = 0; round < 4; round++) {
      const { main, conclusion, log } = await scene.run(ROTATE);
      expect(conclusion, log).toBe('success');
      handedOut.push(main.outputs.clientSecret);
      scene.atlas.clock.advance(DAY);
    }
    expect(onlyAccount(scene).secrets.map(({ secret }) => secret)).toEqual(handedOut.slice(-2));
  });

  it('waits until rotateAfter is over, and not for a secret that would end before', async () => {
    await using scene = await openAccountScene();
    const monthly = { ...ROTATE, rotateAfter: '30d' };
    await scene.run(monthly);
    const [first] = onlyAccount(scene).secrets;
    scene.atlas.clock.advance(29 * DAY);
    const early = await scene.run(monthly);
    expect(early.main.outputs).toMatchObject({
      result: 'unchanged',
      clientSecret: '',
      expiresAt: isoSeconds(first?.expiresAt ?? 0),
    });
    scene.atlas.clock.advance(2 * DAY);
    expect((await scene.run(monthly)).main.outputs.result).toBe('rotated');
    const short = { ...ROTATE, rotateAfter: '30d', desc: 'short', secretExpiresAfter: '10d' };
    await scene.run(short);
    const { main } = await scene.run(short);
    expect(main.outputs.result).toBe('rotated');
    expect(main.rawLog).toMatch(/it ends on \S+Z, before a rotation would be due, so a new one is due now\./);
  });

  it('brings the roles, and the access list', async () => {
    await using scene = await openAccountScene();
    await scene.run({});
    await scene.run({ ...ROTATE, roles: 'GROUP_OWNER', accessList: 'current' });
    const { roles, accessList } = onlyAccount(scene);
    expect(roles).toContainEqual({ groupId: scene.groupId, roleName: 'GROUP_OWNER' });
    expect(accessList).toEqual(['127.0.0.1/32']);
  });

  it('makes none while that of another job is undecided', async () => {
    await using scene = await openAccountScene();
    await scene.run({});
    const run = await scene.job([scene.step(ROTATE), scene.step(ROTATE, { continueOnError: true })]);
    const { clientId, secrets } = onlyAccount(scene);
    const [, second] = run.steps;
    expect(second && onlyError(second)).toBe(
      `Another run made secret ${secrets[1]?.id} of service account ${clientId}, and its job has not decided about it yet, so no other was ` +
        'made. Run the job again when that one has ended; if it was lost, delete that secret in Atlas.',
    );
    expect(run.conclusion, run.log).toBe('success');
    expect(onlyAccount(scene).description).toContain(`current ${secrets[1]?.id}`);
  });

  it('takes no place from a secret that somebody made by hand', async () => {
    await using scene = await openAccountScene();
    await scene.run(ROTATE);
    const { clientId } = onlyAccount(scene);
    const { id, expiresAt } = scene.atlas.addSecret(clientId, 48);
    const { main } = await scene.run(ROTATE);
    expect(onlyError(main)).toBe(
      `Service account ${clientId} has no place for another secret: ${id} was made by somebody else, or by a run that was ` +
        `lost just then, and ends on ${isoSeconds(expiresAt)}. Delete it in Atlas if nobody needs it, or declare another desc.`,
    );
    expect(onlyAccount(scene).secrets).toHaveLength(2);
  });

  it('leaves an account alone that is in a second project', async () => {
    await using scene = await openAccountScene({ callerRoles: ['ORG_READ_ONLY', 'GROUP_OWNER'] });
    const { atlas, orgId } = scene;
    await scene.run({});
    const { clientId, secrets } = onlyAccount(scene);
    const other = atlas.addProject({ id: orgId }, { name: 'other' });
    atlas.setAccountRoles(clientId, other.id, ['GROUP_READ_ONLY']);
    const { main } = await scene.run(ROTATE);
    expect(onlyError(main)).toBe(
      `Service account ${clientId} is not this step's to change: it is in project ${other.id}, too, which this step does not name. Declare another desc.`,
    );
    expect(onlyAccount(scene).secrets).toEqual(secrets);
  });

  it('that Atlas refuses since the account is in a project nobody can see says so', async () => {
    await using scene = await openAccountScene();
    const { atlas, orgId } = scene;
    await scene.run({});
    const { clientId, secrets } = onlyAccount(scene);
    const other = atlas.addProject({ id: orgId }, { name: 'other' });
    atlas.setAccountRoles(clientId, other.id, ['GROUP_READ_ONLY']);
    const { main } = await scene.run(ROTATE);
    expect(onlyError(main)).toContain(
      ` Service account ${clientId} is out of a Project Owner's reach where it is in a second project or has an ` +
        'organisation role: declare another desc then.',
    );
    expect(onlyAccount(scene).secrets.map(({ id }) => id)).toEqual(secrets.map(({ id }) => id));
  });

  it('says of a secret that was deleted before the commit that it is gone', async () => {
    await using scene = await openAccountScene();
    await scene.run({});
    const run = await scene.job([
      scene.step(ROTATE),
      {
        run: () => {
          const { clientId, secrets } = onlyAccount(scene);
          scene.atlas.deleteSecret(clientId, secrets.at(-1)?.id ?? '');
        },
      },
    ]);
    expect(run.conclusion).toBe('failure');
    const [error] = run.post.flatMap((post) => errorsIn(post));
    expect(error).toMatch(
      /^Secret [0-9a-f]{24} of service account \w+, which this rotation made, is gone: somebody deleted it\. Run the job again for a new one\. The rotation to secret [0-9a-f]{24} of service account \w+ is not final\. Atlas ends the former secret by \S+Z: run the job again before\.$/,
    );
  });

  it('is planned as it would happen, the former secret included', async () => {
    await using scene = await openAccountScene();
    await scene.run({});
    const before = onlyAccount(scene);
    const { main } = await scene.run({ ...ROTATE, keepPrevious: '0', dryRun: 'true' });
    expect(storyOf(main)).toEqual([
      expect.stringMatching(
        `^Dry run, would create: a secret of service account ${before.clientId} that ends on \\S+Z$`,
      ),
      `Dry run, would revoke: secret ${before.secrets[0]?.id} of service account ${before.clientId} when the job succeeds`,
    ]);
    expect(onlyAccount(scene)).toEqual(before);
  });
});
