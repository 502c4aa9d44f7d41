/** An embedded Atlas for a client of others, and the ways to sign in to it. */
import { execFile } from 'node:child_process';
import { type StartOptions, startSimulator } from '../simulator/server.ts';
import type { RoleView } from '../simulator/views.ts';

export async function startAtlas(options: StartOptions = {}) {
  const atlas = await startSimulator(options);
  const organization = atlas.addOrganization({ name: 'acme' });
  const orgId = organization.id;
  const [groupId, otherGroupId] = [atlas.addProject(organization).id, atlas.addProject(organization).id];
  const owner = atlas.addKey({ orgId, desc: 'owner', roles: ['ORG_OWNER'] });
  const account = atlas.addServiceAccount({ orgId, roles: ['ORG_OWNER'] });
  return {
    atlas,
    orgId,
    groupId,
    otherGroupId,
    callers: {
      'an API key': { publicKey: owner.publicKey, privateKey: owner.privateKey },
      'a service account': { clientId: account.clientId, clientSecret: account.clientSecret },
    },
    /** By which schemes calls of the Administration API were signed, but for those of this caller. */
    schemes: (without?: string) =>
      new Set(
        atlas.history
          .find(isCall)
          .filter(({ caller }) => caller !== without)
          .map(({ scheme }) => scheme),
      ),
    [Symbol.asyncDispose]: () => atlas.close(),
  };
}

/** Roles have no order: by their names. */
export function sorted(roles: readonly RoleView[]): RoleView[] {
  return roles.toSorted((one, other) => one.roleName.localeCompare(other.roleName));
}

function isCall({ target, signIn }: { target: string; signIn: string }): boolean {
  return !target.startsWith('/api/oauth/') && signIn === 'signedIn';
}

/** What a program prints. Fails with what it complains of. */
export function outputOf(
  program: string,
  args: readonly string[],
  { env, input = '' }: { env: NodeJS.ProcessEnv; input?: string },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, { env, timeout: 50_000 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${program} ${args.join(' ')}\n${stderr}`, { cause: error }));
    });
    child.stdin?.end(input);
  });
}
