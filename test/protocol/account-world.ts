/** Service accounts in the world of world.ts: two places an account, kept by expired secrets, too, and the cut to seven days. */

import { AtlasError } from '../../src/atlas/errors.ts';
import type { Account, AccountCalls, AccountSecret } from '../../src/atlas/types.ts';
import type { Draft, Synchronous } from './world.ts';

const HOUR = 3_600_000;
const CUT = 7 * 24 * HOUR;
const PLACES = 2;

export interface StandingSecret extends AccountSecret {
  /** The run that made it; none where it was there before. */
  readonly maker?: string;
}

export interface StandingAccount extends Account {
  readonly secrets: readonly StandingSecret[];
  readonly maker?: string;
  /** It was taken out of the project. */
  readonly isOut?: true;
}

/** The calls of `Atlas.accounts`, as a run's moments name them. */
export type AccountCallsByName = {
  [Name in keyof AccountCalls as `accounts.${Name}`]: AccountCalls[Name];
};

/** The value of a secret is its id: that is all the world has to know of it. */
export function accountCallsOn(
  draft: Draft,
  nextId: () => string,
  maker: string,
): Synchronous<AccountCallsByName> {
  const gone = (): never => {
    throw new AtlasError('There is no such account.', { kind: 'gone' });
  };
  const find = (clientId: string): StandingAccount =>
    draft.accounts.find((account) => account.clientId === clientId && !account.isOut) ?? gone();
  const change = (clientId: string, changed: Partial<StandingAccount>): StandingAccount => {
    const after = { ...find(clientId), ...changed };
    draft.accounts = draft.accounts.map((account) => (account.clientId === clientId ? after : account));
    return after;
  };
  const newId = (): string => {
    draft.made += 1;
    return nextId();
  };
  const newSecret = (hours: number): StandingSecret => {
    const { now } = draft;
    return { id: newId(), createdAt: now, expiresAt: now + hours * HOUR, maker };
  };
  return {
    'accounts.list': () => draft.accounts.filter(({ isOut }) => !isOut),
    'accounts.listProjects': (orgId) => {
      if (draft.projectOwners) throw new AtlasError('No.', { kind: 'notAllowed' });
      return orgId === '' ? [] : ['a'.repeat(24)];
    },
    'accounts.longestSecret': () => undefined,
    'accounts.create': (_groupId, { name, description, roles, hours }) => {
      const clientId = `mdb_sa_id_${newId()}`;
      const secret = newSecret(hours);
      const account = { clientId, name, description, roles, secrets: [secret], maker };
      draft.accounts = [...draft.accounts, account];
      return { ...account, secret: { ...secret, secret: secret.id } };
    },
    'accounts.update': (_groupId, clientId, changed) => change(clientId, changed),
    'accounts.unassign': (_groupId, clientId) => {
      change(clientId, { isOut: true });
      return 'deleted';
    },
    'accounts.delete': (_orgId, clientId) => {
      if (draft.projectOwners) throw new AtlasError('No.', { kind: 'notAllowed' });
      const left = draft.accounts.filter((account) => account.clientId !== clientId);
      if (left.length === draft.accounts.length) return 'gone';
      draft.accounts = left;
      return 'deleted';
    },
    'accounts.createSecret': (_groupId, clientId, hours) => {
      const { secrets } = find(clientId);
      if (secrets.length >= PLACES) throw new AtlasError('Two secrets.', { kind: 'badRequest' });
      const secret = newSecret(hours);
      const cut = draft.now + CUT;
      const others = secrets.map((other) => ({ ...other, expiresAt: Math.min(other.expiresAt, cut) }));
      change(clientId, { secrets: [...others, secret] });
      return { ...secret, secret: secret.id };
    },
    'accounts.deleteSecret': (_groupId, clientId, secretId) => {
      const account = draft.accounts.find((one) => one.clientId === clientId && !one.isOut);
      const left = account?.secrets.filter(({ id }) => id !== secretId) ?? [];
      if (account === undefined || left.length === account.secrets.length) return 'gone';
      change(clientId, { secrets: left });
      return 'deleted';
    },
    'accounts.listEntries': () => [],
    'accounts.addEntries': (_groupId, clientId) => void find(clientId),
    'accounts.removeEntry': () => 'deleted',
    'accounts.signInAs': ({ clientId, clientSecret }) => {
      const account = draft.accounts.find((one) => one.clientId === clientId);
      const works = account?.secrets.some(
        ({ id, expiresAt }) => id === clientSecret && expiresAt > draft.now,
      );
      if (!works) throw new AtlasError('There is no such secret.', { kind: 'credentials' });
    },
  };
}
