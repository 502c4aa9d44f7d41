/** dryRun for service accounts, by the same means as for keys: the mode and its post on an Atlas that only remembers. */
import type { Account, AccountCalls, AccountSecret, Deletion, NewAccountSecret } from '../atlas/types.ts';
import { sameRoles } from '../keys/key.ts';
import { isoSeconds } from '../keys/mark.ts';
import { type Outcome, outcome, type PlannedChange } from '../keys/outcome.ts';
import type { Step } from '../keys/step.ts';
import type { LeaseEntry } from './journal.ts';
import { unfinishedLease } from './settle.ts';

const HOUR = 3_600_000;

/** No id of Atlas's own: what would be made has none yet. */
const NEW = 'f'.repeat(24);

/** Carries out `mode` and its post without changing anything. Warnings are told; of what is not so, nothing is. */
export async function rehearseAccounts(step: Step, mode: (step: Step) => Promise<Outcome>): Promise<Outcome> {
  const memory = rememberWrites(step);
  let entry: LeaseEntry | undefined;
  const atlas = { ...step.atlas, accounts: memory.calls };
  const acting: Step = {
    ...step,
    atlas,
    undoing: atlas,
    log: { ...step.log, info: () => {} },
    journal: (next) => {
      entry = 'credential' in next ? next : undefined;
    },
    deliver: async () => {},
    recall: () => {},
  };
  const { account, expiresAt, problem } = await mode(acting);
  const atOnce = new Map(memory.accounts);
  if (entry !== undefined) await unfinishedLease(entry, 'success').settle(acting);

  const found = account && memory.found.get(account.clientId);
  const isThere = found?.secrets.some((secret) => secret.expiresAt === expiresAt);
  return outcome({
    result: 'planned',
    changed: false,
    plan: [...memory.accounts].flatMap(([clientId, after]) =>
      changesOf(clientId, memory.found.get(clientId), atOnce.get(clientId), after),
    ),
    ...(account && found && { account: { ...account, roles: [...found.roles].sort() } }),
    ...(isThere && expiresAt !== undefined && { expiresAt }),
    ...(problem !== undefined && { problem }),
  });
}

interface Memory {
  readonly calls: AccountCalls;
  /** Every account that was listed, as it really is. */
  readonly found: ReadonlyMap<string, Account>;
  /** What has become of those that were written to; `undefined` for one that is out of the project. */
  readonly accounts: ReadonlyMap<string, Account | undefined>;
}

function rememberWrites({ atlas }: Step): Memory {
  const real = atlas.accounts;
  const found = new Map<string, Account>();
  const accounts = new Map<string, Account | undefined>();
  const write = (clientId: string, change: (account: Account) => Partial<Account>): Account => {
    const before = accounts.get(clientId) ?? found.get(clientId);
    // not covered: a mode writes only to what it has listed or made.
    if (before === undefined) throw new Error(`${clientId} was not listed`);
    const after = { ...before, ...change(before) };
    accounts.set(clientId, after);
    return after;
  };
  const newSecret = (hours: number): NewAccountSecret => {
    const now = atlas.serviceNow();
    return { id: NEW, createdAt: now, expiresAt: now + hours * HOUR, secret: '' };
  };
  const end = async (_place: string, clientId: string): Promise<Deletion> => {
    accounts.set(clientId, undefined);
    return 'deleted';
  };
  return {
    found,
    accounts,
    calls: {
      ...real,
      list: async (groupId) => {
        for (const account of await real.list(groupId)) found.set(account.clientId, account);
        const all = new Map<string, Account | undefined>([...found, ...accounts]);
        return [...all.values()].filter((account) => account !== undefined);
      },
      create: async (_groupId, { hours, ...account }) => {
        const clientId = `mdb_sa_id_${NEW}`;
        const secret = newSecret(hours);
        const made = { ...account, clientId, secrets: [secret] };
        accounts.set(clientId, made);
        return { ...made, secret };
      },
      update: async (_groupId, clientId, change) => write(clientId, () => change),
      createSecret: async (_groupId, clientId, hours) => {
        const secret = newSecret(hours);
        write(clientId, ({ secrets }) => ({ secrets: [...secrets, secret] }));
        return secret;
      },
      deleteSecret: async (_groupId, clientId, secretId) => {
        write(clientId, ({ secrets }) => ({ secrets: secrets.filter(({ id }) => id !== secretId) }));
        return 'deleted';
      },
      delete: end,
      unassign: end,
      addEntries: async () => {},
      removeEntry: async () => 'deleted',
      listEntries: async (groupId, clientId) =>
        found.has(clientId) ? real.listEntries(groupId, clientId) : [],
      signInAs: async (account) => (account.clientSecret === '' ? undefined : real.signInAs(account)),
    },
  };
}

/** `atOnce` is how far the step itself got, `after` what the success of its job makes of that. */
function changesOf(
  clientId: string,
  before: Account | undefined,
  atOnce: Account | undefined,
  after: Account | undefined,
): PlannedChange[] {
  const name = `service account ${clientId}`;
  const made = secretsBeside(atOnce, before)[0];
  const isGone = secretsBeside(after, before).length === 0;
  const end =
    made === undefined
      ? ''
      : `that ends on ${isoSeconds(made.expiresAt)}${isGone ? ', deleted when the job ends' : ''}`;
  if (before === undefined) {
    if (atOnce === undefined) return [];
    const { name: desc, roles } = atOnce;
    return [
      { action: 'create', what: `service account "${desc}" with ${roles.join(', ')}, with a secret ${end}` },
    ];
  }
  const gone = secretsBeside(before, after);
  const later = (id: string) =>
    atOnce?.secrets.some((secret) => secret.id === id) ? ' when the job succeeds' : '';
  return [
    ...(after !== undefined && !sameRoles(before.roles, after.roles)
      ? [
          {
            action: 'update',
            what: `${after.roles.join(', ')} of ${name}, was ${before.roles.join(', ')}`,
          } as const,
        ]
      : []),
    ...(made === undefined ? [] : [{ action: 'create', what: `a secret of ${name} ${end}` } as const]),
    ...gone.map(({ id }) => ({ action: 'revoke', what: `secret ${id} of ${name}${later(id)}` }) as const),
    // Who signs in as a service account does not learn its own roles, so both are told.
    ...(after === undefined
      ? [
          {
            action: 'revoke',
            what: `${name}, "${before.name}"; without Organization Owner it is taken out of the project, empty`,
          } as const,
        ]
      : []),
  ];
}

function secretsBeside(account: Account | undefined, other: Account | undefined): AccountSecret[] {
  return (account?.secrets ?? []).filter(({ id }) => !other?.secrets.some((secret) => secret.id === id));
}
