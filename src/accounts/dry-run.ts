/** What dryRun rehearses on for service accounts. */
import type { Account, AccountCalls, AccountSecret, Atlas, NewAccountSecret } from '../atlas/types.ts';
import { type Add, type Change, Memory, type Stage } from '../keys/dry-run.ts';
import { sameRoles } from '../keys/key.ts';
import { isoSeconds } from '../keys/mark.ts';

/** No id of Atlas's own: what would be made has none yet. */
const NEW = 'f'.repeat(24);

export function stageOfAccounts(atlas: Atlas): Stage<Account> {
  const real = atlas.accounts;
  const memory = new Memory<Account>();
  const newSecret = (hours: number): NewAccountSecret => {
    const createdAt = atlas.serviceNow();
    return { id: NEW, createdAt, expiresAt: createdAt + hours * 3_600_000, secret: '' };
  };
  const accounts: AccountCalls = {
    ...real,
    list: async (groupId) => memory.list(await real.list(groupId), ({ clientId }) => clientId),
    create: async (_groupId, { hours, ...account }) => {
      const clientId = `mdb_sa_id_${NEW}`;
      const secret = newSecret(hours);
      const made = { ...account, clientId, secrets: [secret] };
      memory.written.set(clientId, made);
      return { ...made, secret };
    },
    update: async (_groupId, clientId, change) => memory.write(clientId, change),
    createSecret: async (_groupId, clientId, hours) => {
      const secret = newSecret(hours);
      memory.write(clientId, { secrets: [...memory.read(clientId).secrets, secret] });
      return secret;
    },
    deleteSecret: async (_groupId, clientId, secretId) => {
      const { secrets } = memory.read(clientId);
      memory.write(clientId, { secrets: secrets.filter(({ id }) => id !== secretId) });
      return 'deleted';
    },
    delete: async (_orgId, clientId) => memory.delete(clientId),
    // not covered: a rehearsed deletion is never refused; without this line the real call would be made.
    unassign: async (_groupId, clientId) => memory.delete(clientId),
    addEntries: async () => {},
    removeEntry: async () => 'deleted',
    listEntries: async (groupId, clientId) =>
      memory.found.has(clientId) ? real.listEntries(groupId, clientId) : [],
    signInAs: async (account) => (account.clientSecret === '' ? undefined : real.signInAs(account)),
  };
  return {
    memory,
    atlas: { ...atlas, accounts },
    tell,
    tellNew,
    factsOf: ({ account, expiresAt }) => {
      const found = account && memory.found.get(account.clientId);
      if (found === undefined) return {};
      const isThere = found.secrets.some((secret) => secret.expiresAt === expiresAt);
      return {
        account: { ...account, roles: [...found.roles].sort() },
        ...(isThere && expiresAt !== undefined && { expiresAt }),
      };
    },
  };
}

function tell({ before, atOnce, after }: Change<Account>, add: Add): void {
  const name = `service account ${before.clientId}`;
  if (after !== undefined && !sameRoles(before.roles, after.roles)) {
    add('update', `${after.roles.join(', ')} of ${name}, was ${before.roles.join(', ')}`);
  }
  for (const made of secretsBeside(atOnce, before)) {
    add('create', `a secret of ${name} ${tellEnd(made, after)}`);
  }
  for (const { id } of secretsBeside(before, after)) {
    const isLater = atOnce?.secrets.some((secret) => secret.id === id);
    add('revoke', `secret ${id} of ${name}${isLater ? ' when the job succeeds' : ''}`);
  }
  // Who signs in as a service account does not learn its own roles, so both are told.
  if (after === undefined) {
    add(
      'revoke',
      `${name}, "${before.name}"; without Organization Owner it is taken out of the project, empty`,
    );
  }
}

function tellNew({ name, roles, secrets }: Account, after: Account | undefined): string {
  const ends = secrets.map((secret) => tellEnd(secret, after)).join();
  return `service account "${name}" with ${roles.join(', ')}, with a secret ${ends}`;
}

function tellEnd(made: AccountSecret, after: Account | undefined): string {
  const isKept = after?.secrets.some(({ id }) => id === made.id);
  return `that ends on ${isoSeconds(made.expiresAt)}${isKept ? '' : ', deleted when the job ends'}`;
}

function secretsBeside(account: Account | undefined, other: Account | undefined): AccountSecret[] {
  return (account?.secrets ?? []).filter(({ id }) => !other?.secrets.some((secret) => secret.id === id));
}
