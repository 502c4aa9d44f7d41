/** An embedded Atlas for a client of others, and the ways to sign in to it. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
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

/** A program around a library of others. It answers as long as it is asked: one line of JSON for another. */
interface Conversation extends AsyncDisposable {
  ask<Answer>(question: unknown): Promise<Answer>;
}

/** Starts the program and tells it what it has to know first. */
export function converse(program: string, told: unknown): Conversation {
  const env = { ...process.env, NO_PROXY: '*' };
  const child = spawn(program, { env, stdio: 'pipe', timeout: 50_000 });
  const complaints = text(child.stderr);
  const ended = once(child, 'close');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  child.stdin.on('error', () => {}); // it has given up, and what is asked next says why
  const say = (line: unknown) => child.stdin.write(`${JSON.stringify(line)}\n`);
  say(told);
  return {
    async ask(question) {
      say(question);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${program} gave up: ${await complaints}`);
      return JSON.parse(value);
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await ended;
    },
  };
}
