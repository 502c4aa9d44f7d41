/**
 * The embedded Atlas, tried by MongoDB's Atlas CLI as the CLI's own end-to-end tests try Atlas: never run so far. No
 * registry at hand had the CLI, which `go install` cannot build anyway, since its go.mod does not name the folder it lies
 * in. So this is written after the CLI's source, and takes the program that `ATLAS_CLI` names or that is on the PATH. What
 * was tried by MongoDB's own code are the calls under the commands: see go-client.test.ts.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { outputOf, startAtlas } from './atlas.ts';

const program = process.env.ATLAS_CLI ?? 'atlas';
// Another program is called atlas as well.
const missing = !/atlascli version/.test(
  spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout ?? '',
);
if (missing) console.warn('skipped: the Atlas CLI is missing; ATLAS_CLI can name one');

describe.skipIf(missing)('the Atlas CLI', () => {
  test.each([
    ['an API key', 'Digest'],
    ['a service account', 'Bearer'],
  ] as const)('with %s', async (kind, scheme) => {
    await using scene = await startAtlas();
    const { atlas, orgId, groupId, otherGroupId } = scene;
    const before = atlas.keys();
    await using cli = commandLine(atlas.origin, { ...scene.callers[kind] }, { orgId, groupId });

    const made = await cli(
      'projects',
      'apiKeys',
      'create',
      '--desc',
      'in a project',
      '--role',
      'GROUP_READ_ONLY',
    );
    expect(made.privateKey).toBe(atlas.key(made.id)?.privateKey);
    const assign = ['projects', 'apiKeys', 'assign', made.id];
    await cli(...assign, '--role', 'GROUP_OWNER');
    await cli(...assign, '--role', 'GROUP_READ_ONLY', '--projectId', otherGroupId);
    const roles = atlas.key(made.id)?.roles ?? [];
    expect(roles).toContainEqual({ groupId, roleName: 'GROUP_OWNER' });
    expect(roles).toContainEqual({ groupId: otherGroupId, roleName: 'GROUP_READ_ONLY' });
    expect(idsOf(await cli('projects', 'apiKeys', 'list'))).toEqual([made.id]);
    await cli('projects', 'apiKeys', 'delete', made.id, '--force');
    expect(idsOf(await cli('projects', 'apiKeys', 'list'))).toEqual([]);

    const keys = ['organizations', 'apiKeys'];
    const member = await cli(...keys, 'create', '--desc', 'in no project', '--role', 'ORG_MEMBER');
    await cli(...keys, 'assign', member.id, '--desc', 'a reader', '--role', 'ORG_READ_ONLY');
    expect(await cli(...keys, 'describe', member.id)).toMatchObject({
      desc: 'a reader',
      roles: [{ orgId, roleName: 'ORG_READ_ONLY' }],
    });
    expect(idsOf(await cli(...keys, 'list')).sort()).toEqual(
      atlas
        .keys()
        .map(({ id }) => id)
        .sort(),
    );

    const lists = [...keys, 'accessLists'];
    await cli(...lists, 'create', '--apiKey', member.id, '--ip', '192.0.2.7');
    await cli(...lists, 'create', '--apiKey', member.id, '--cidr', '198.51.100.0/24');
    await cli(...lists, 'delete', '192.0.2.7', '--apiKey', member.id, '--force');
    const left = await cli(...lists, 'list', member.id);
    expect(left.results.map(({ cidrBlock }: { cidrBlock: string }) => cidrBlock)).toEqual([
      '198.51.100.0/24',
    ]);

    for (const { id } of [made, member]) await cli(...keys, 'delete', id, '--force');
    expect(atlas.keys()).toEqual(before);
    expect(scene.schemes()).toEqual(new Set([scheme]));
    // Some builds keep a token for the next command, others ask for one each time and leave it alive: both are well
    // below the limits of a minute and of tokens alive, which the embedded Atlas holds.
    const tokens = atlas.history.find('createToken').filter(({ status }) => status === 200);
    expect(tokens.length).toBeGreaterThanOrEqual(scheme === 'Bearer' ? 1 : 0);
    expect(tokens.length).toBeLessThanOrEqual(scheme === 'Bearer' ? cli.commands() : 0);
  });
});

function commandLine(
  origin: string,
  caller: { publicKey?: string; privateKey?: string; clientId?: string; clientSecret?: string },
  { orgId, groupId }: { orgId: string; groupId: string },
) {
  const home = mkdtempSync(join(tmpdir(), 'atlas-cli-'));
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    XDG_CONFIG_HOME: home,
    NO_PROXY: '*',
    DO_NOT_TRACK: '1',
    MONGODB_ATLAS_TELEMETRY_ENABLED: 'false',
    MONGODB_ATLAS_SKIP_UPDATE_CHECK: 'yes',
    MONGODB_ATLAS_OPS_MANAGER_URL: `${origin}/`,
    MONGODB_ATLAS_ORG_ID: orgId,
    MONGODB_ATLAS_PROJECT_ID: groupId,
    MONGODB_ATLAS_PUBLIC_API_KEY: caller.publicKey,
    MONGODB_ATLAS_PRIVATE_API_KEY: caller.privateKey,
    MONGODB_ATLAS_CLIENT_ID: caller.clientId,
    MONGODB_ATLAS_CLIENT_SECRET: caller.clientSecret,
  };
  let commands = 0;
  const run = async (...args: string[]) => {
    commands += 1;
    // What deletes has no such flag.
    const format = args.includes('delete') ? [] : ['--output', 'json'];
    const text = await outputOf(program, [...args, ...format], { env });
    return text.trim().startsWith('{') ? JSON.parse(text) : {};
  };
  return Object.assign(run, {
    commands: () => commands,
    [Symbol.asyncDispose]: async () => rmSync(home, { recursive: true, force: true }),
  });
}

function idsOf({ results }: { results?: { id: string }[] }): string[] {
  return (results ?? []).map(({ id }) => id);
}
