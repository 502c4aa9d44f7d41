/**
 * Atlas, the secret store and the outputs as one plain value. A call is a function from one world to the next, so worlds
 * can be kept, compared and gone back to.
 */
import { AtlasError, type AtlasErrorKind, isAtlasError } from '../../src/atlas/errors.ts';
import type { Account, AccountCalls, AccountSecret, ApiKey, Atlas } from '../../src/atlas/types.ts';
import { idAt, NOW, ORG_ID } from '../keys/described-keys.ts';

export interface Key extends ApiKey {
  /** The run that made it; none where it was there before. */
  readonly maker?: string;
  /** What it is in truth puts it beyond every step's remit, whatever is written on it. */
  readonly outside?: true;
  /** Somebody who is no step of ours wrote its description. */
  readonly forged?: true;
}

export interface World {
  readonly keys: readonly Key[];
  readonly accounts: readonly StandingAccount[];
  /** Whether the callers are Project Owners and no more. */
  readonly projectOwners?: true;
  /** How the ids of keys made one after the other are ordered. */
  readonly ids: 'rising' | 'withinOneSecond' | 'falling';
  readonly made: number;
  /** Milliseconds since 1970, by the service's clock. */
  readonly now: number;
  /** The id of the key, or of the account's secret, that the named secret holds. */
  readonly stored?: string;
  /** Ids of the keys, and of secrets of accounts, that were ever in outputs or in the named secret, sorted. */
  readonly held: readonly string[];
  /** Ids of keys in the order in which they got the plain text last. */
  readonly named: readonly string[];
}

/** What a run waits for: a call of Atlas, a write to the named secret, its outputs, or time. */
export interface Call {
  readonly number: number;
  /** Whether it is bounded by the step's time less what is kept for undoing, or by all of it. */
  readonly budget: 'atlas' | 'undoing';
  readonly name: keyof Calls;
  readonly args: readonly unknown[];
}

export type Answer =
  | { readonly value: unknown }
  | { readonly error: AtlasErrorKind }
  /** The named secret could not be written, or nobody knows whether it was. */
  | { readonly nobodyHasIt: boolean };

type Synchronous<T> = {
  readonly [Name in keyof T]: T[Name] extends (...args: infer Args) => Promise<infer Value>
    ? (...args: Args) => Value
    : never;
};

type Calls = Synchronous<Omit<Atlas, 'serviceNow' | 'accounts'> & AccountCallsByName> & {
  readonly store: (apiUserId: string) => void;
  readonly output: (apiUserId: string) => void;
  readonly pause: () => void;
};

const WRITES: readonly (keyof Calls)[] = [
  'createKey',
  'assignKey',
  'updateRoles',
  'renameKey',
  'unassignKey',
  'deleteKey',
  'accounts.create',
  'accounts.update',
  'accounts.unassign',
  'accounts.delete',
  'accounts.createSecret',
  'accounts.deleteSecret',
  'store',
  'output',
];

/** What is left of a world for a run that waits for others to change something. */
export function thingsIn({ keys, accounts }: World): string {
  return JSON.stringify([keys, accounts]);
}

export function isWrite({ name }: Call): boolean {
  return WRITES.includes(name);
}

/** The world after the call, and what the caller is told. */
export function carryOutCall(
  world: World,
  { name, args }: Pick<Call, 'name' | 'args'>,
  maker: string,
  desc: string,
): { readonly world: World; readonly answer: Answer } {
  const draft = { ...world };
  const call = callsOn(draft, maker, desc)[name] as (...args: readonly unknown[]) => unknown;
  try {
    return { answer: { value: call(...args) }, world: draft };
  } catch (error) {
    if (!isAtlasError(error)) throw error;
    return { answer: { error: error.kind }, world };
  }
}

/** The world in which this key has this description. */
export function describeKey(world: World, apiUserId: string, change: Partial<Key>, desc: string): World {
  const keys = world.keys.map((key) => (key.id === apiUserId ? { ...key, ...change } : key));
  const named = world.named.filter((id) => id !== apiUserId);
  return { ...world, keys, named: change.desc === desc ? [...named, apiUserId] : world.named };
}

type Draft = { -readonly [Name in keyof World]: World[Name] };

function callsOn(draft: Draft, maker: string, desc: string): Calls {
  const find = (apiUserId: string): Key => {
    const key = draft.keys.find(({ id }) => id === apiUserId);
    if (key === undefined) throw new AtlasError('There is no such key.', { kind: 'gone' });
    return key;
  };
  const change = (apiUserId: string, changed: Partial<Key>): ApiKey => {
    find(apiUserId);
    Object.assign(draft, describeKey(draft, apiUserId, changed, desc));
    return find(apiUserId);
  };
  const setRoles = (groupId: string, apiUserId: string, names: readonly string[]): ApiKey =>
    change(apiUserId, {
      roles: [
        ...find(apiUserId).roles.filter((role) => role.groupId !== groupId),
        ...names.map((roleName) => ({ roleName, groupId })),
      ],
    });
  const hold = (apiUserId: string): void => {
    draft.held = [...new Set([...draft.held, apiUserId])].sort();
  };
  const shown = ({ id, publicKey, desc, roles, privateKeyTail }: Key, groupId?: string): ApiKey => ({
    id,
    publicKey,
    desc,
    // A project's list need not show the roles in other projects.
    roles: roles.filter(
      (role) => groupId === undefined || role.groupId === undefined || role.groupId === groupId,
    ),
    privateKeyTail,
  });
  return {
    readProject: () => ({ orgId: ORG_ID }),
    listProjectKeys: (groupId) =>
      draft.keys
        .filter(({ roles }) => roles.some((role) => role.groupId === groupId))
        .map((key) => shown(key, groupId)),
    listOrganizationKeys: () => draft.keys.map((key) => shown(key)),
    readOrganizationKey: (_, apiUserId) => shown(find(apiUserId)),
    createKey: (groupId, { desc, roles }) => {
      draft.made += 1;
      const id = idOf(draft);
      const granted = [
        { orgId: ORG_ID, roleName: 'ORG_MEMBER' },
        ...roles.map((roleName) => ({ roleName, groupId })),
      ];
      const key = { id, publicKey: `public${draft.made}`, desc, roles: granted, privateKeyTail: '', maker };
      draft.keys = [...draft.keys, key];
      return { ...shown(key), privateKey: `private${draft.made}` };
    },
    assignKey: (groupId, apiUserId, roles) => void setRoles(groupId, apiUserId, roles),
    updateRoles: setRoles,
    renameKey: ({ apiUserId }, desc) => change(apiUserId, { desc }),
    unassignKey: (groupId, apiUserId) => {
      setRoles(groupId, apiUserId, []);
      return 'deleted';
    },
    deleteKey: (_, apiUserId) => {
      const left = draft.keys.filter(({ id }) => id !== apiUserId);
      if (left.length === draft.keys.length) return 'gone';
      draft.keys = left;
      return 'deleted';
    },
    whoAmI: () => ({ roles: [{ roleName: 'ORG_OWNER', orgId: ORG_ID }] }),
    signInAs: ({ publicKey }) => {
      if (draft.keys.some((key) => key.publicKey === publicKey)) return;
      throw new AtlasError('There is no such key.', { kind: 'credentials' });
    },
    addAccessListEntries: (_, apiUserId) => void find(apiUserId),
    currentAddress: () => '203.0.113.7',
    ...accountCallsOn(draft, () => idOf(draft), maker),
    store: (apiUserId) => {
      hold(apiUserId);
      draft.stored = apiUserId;
    },
    output: hold,
    pause: () => undefined,
  };
}

/** An id of the minute before, so that no key is made in the future. */
function idOf({ made, ids, now }: World): string {
  const second = (now - NOW) / 1000 - 60;
  switch (ids) {
    case 'rising':
      return idAt(second + made);
    case 'withinOneSecond':
      return idAt(second, made);
    case 'falling':
      return idAt(second, 99 - made);
  }
}

export const BEGINNING: World = {
  keys: [],
  accounts: [],
  ids: 'rising',
  made: 0,
  now: NOW,
  held: [],
  named: [],
};

// Service accounts: two places an account, kept by expired secrets, too, and the cut to seven days.

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
type AccountCallsByName = {
  [Name in keyof AccountCalls as `accounts.${Name}`]: AccountCalls[Name];
};

/** The value of a secret is its id: that is all the world has to know of it. */
function accountCallsOn(draft: Draft, nextId: () => string, maker: string): Synchronous<AccountCallsByName> {
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
    'accounts.longestSecret': () => Number.POSITIVE_INFINITY,
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
