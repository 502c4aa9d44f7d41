/**
 * Atlas, the secret store and the outputs as one plain value. A call is a function from one world to the next, so worlds
 * can be kept, compared and gone back to.
 */
import { AtlasError, type AtlasErrorKind, isAtlasError } from '../../src/atlas/errors.ts';
import type { ApiKey, Atlas } from '../../src/atlas/types.ts';
import { idAt, NOW, ORG_ID } from '../keys/described-keys.ts';
import { type AccountCallsByName, accountCallsOn, type StandingAccount } from './account-world.ts';

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

export type Synchronous<T> = {
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

export type Draft = { -readonly [Name in keyof World]: World[Name] };

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
