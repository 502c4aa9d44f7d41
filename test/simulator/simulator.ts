import { fileURLToPath } from 'node:url';
import type { ConnectionRecord, Connections } from './connections.ts';
import type { Faults } from './faults.ts';
import type { History } from './history.ts';
import type {
  AccountSecret,
  KeyInput,
  Member,
  ServiceAccount,
  ServiceAccountInput,
  StoredKey,
} from './members.ts';
import type {
  Organization,
  OrganizationInput,
  Organizations,
  Project,
  ProjectInput,
} from './organization.ts';
import type { Service } from './service.ts';
import type { Clock, Settings } from './settings.ts';
import { type RoleView, rolesIn } from './views.ts';

interface Open {
  readonly orgId: string;
  /** In the order they were given. */
  readonly roles: readonly RoleView[];
  readonly accessList: readonly string[];
  readonly deletedAt: number | undefined;
}

/** A key laid open for assertions, secret included. */
export type SimulatedKey = Open & Readonly<Pick<StoredKey, 'id' | 'publicKey' | 'privateKey' | 'desc'>>;

/** A service account laid open for assertions, its secrets included, the oldest first and expired ones, too. */
export type SimulatedServiceAccount = Open &
  Readonly<Pick<ServiceAccount, 'name' | 'description' | 'createdAt'>> & {
    readonly clientId: string;
    readonly secrets: readonly SimulatedSecret[];
  };

/** Times are milliseconds since 1970. */
export type SimulatedSecret = Readonly<Omit<AccountSecret, 'value' | 'usableAt'>> & {
  readonly secret: string;
};

export interface World {
  readonly clock: Clock;
  readonly settings: Settings;
  readonly history: History;
  readonly organizations: Organizations;
  readonly faults: Faults;
  readonly connections: Connections;
  readonly service: Service;
}

/** A running embedded Atlas, with all that a test may set up, change and look at. */
export class Simulator {
  /** `http://127.0.0.1:…` or `https://…`: what an action takes as `baseUrl`. */
  readonly origin: string;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly history: History;
  readonly faults: Faults;
  /** PEM file of the authority that signed the server's certificate, as for NODE_EXTRA_CA_CERTS. */
  readonly authorityFile = fileURLToPath(new URL('certificates/authority.pem', import.meta.url));
  readonly #world: World;
  readonly #close: () => Promise<void>;
  #closed: Promise<void> | undefined;

  constructor(origin: string, world: World, close: () => Promise<void>) {
    this.origin = origin;
    this.clock = world.clock;
    this.settings = world.settings;
    this.history = world.history;
    this.faults = world.faults;
    this.#world = world;
    this.#close = close;
  }

  /** Gives another service all that this one holds and has recorded. */
  copyTo(organizations: Organizations, history: History): void {
    organizations.copy(this.#world.organizations);
    history.requests.push(...this.history.requests);
    history.changes.push(...this.history.changes);
    history.accountChanges.push(...this.history.accountChanges);
  }

  /** Every connection opened so far, with its protocol and how many requests it carried. */
  get connections(): readonly ConnectionRecord[] {
    return this.#world.connections.records;
  }

  addOrganization(input: OrganizationInput = {}): Organization {
    return this.#world.organizations.addOrganization(input);
  }

  addProject(organization: { readonly id: string }, input: ProjectInput = {}): Project {
    return this.#world.organizations.addProject(organization, input);
  }

  /** Makes a key behind the API's back. Without an `ORG_*` role it gets `ORG_MEMBER`. */
  addKey(input: KeyInput): SimulatedKey {
    return openKey(this.#keys.add(input, {}));
  }

  /** The living keys in order of their making; all that ever were, deleted ones too, on request. */
  keys({ includeDeleted = false } = {}): SimulatedKey[] {
    const all = this.#keys.all().map(openKey);
    return includeDeleted ? all : all.filter(({ deletedAt }) => deletedAt === undefined);
  }

  /** One key, deleted or not. */
  key(id: string): SimulatedKey | undefined {
    return this.keys({ includeDeleted: true }).find((key) => key.id === id);
  }

  /** Deletes a key as another user would, behind the caller's back. */
  deleteKey(id: string): void {
    this.#keys.delete(living(this.#keys, id), {});
  }

  /** Renames a key as another user would. */
  renameKey(id: string, desc: string): void {
    this.#keys.rename(living(this.#keys, id), desc, {});
  }

  /** Sets a key's roles in a project as another user would; none at all unassigns it. */
  setProjectRoles(id: string, groupId: string, roles: readonly string[]): void {
    const key = living(this.#keys, id);
    if (roles.length === 0) this.#keys.unassign(key, groupId, {});
    else this.#keys.setRoles(key, groupId, roles, {});
  }

  /**
   * Makes a service account behind the API's back, with a secret of a year unless `secretHours` says otherwise;
   * `clientSecret` is the newest one, empty when there is none.
   */
  addServiceAccount(input: ServiceAccountInput): SimulatedServiceAccount & { readonly clientSecret: string } {
    const account = openAccount(this.#accounts.add(input, {}));
    return { ...account, clientSecret: account.secrets.at(-1)?.secret ?? '' };
  }

  /** The living service accounts in order of their making; all that ever were on request. */
  serviceAccounts({ includeDeleted = false } = {}): SimulatedServiceAccount[] {
    const all = this.#accounts.all().map(openAccount);
    return includeDeleted ? all : all.filter(({ deletedAt }) => deletedAt === undefined);
  }

  /** One service account, deleted or not. */
  serviceAccount(clientId: string): SimulatedServiceAccount | undefined {
    return this.serviceAccounts({ includeDeleted: true }).find((account) => account.clientId === clientId);
  }

  /** Makes one more secret as another user would, which shortens the others; a third one, too. */
  addSecret(clientId: string, hours: number): SimulatedSecret {
    return openSecret(this.#accounts.addSecret(living(this.#accounts, clientId), hours, {}));
  }

  /** Deletes a secret as another user would. */
  deleteSecret(clientId: string, secretId: string): void {
    const account = living(this.#accounts, clientId);
    const secret = account.secrets.find(({ id }) => id === secretId);
    if (secret === undefined) throw new Error(`no secret ${secretId}`);
    this.#accounts.deleteSecret(account, secret, {});
  }

  /** Sets a service account's roles in a project as another user would; none at all takes it out. */
  setAccountRoles(clientId: string, groupId: string, roles: readonly string[]): void {
    const account = living(this.#accounts, clientId);
    if (roles.length === 0) this.#accounts.unassign(account, groupId, {});
    else this.#accounts.setRoles(account, groupId, roles, {});
  }

  /** How many access tokens of this account live. */
  liveTokens(clientId: string): number {
    return this.#world.service.tokens.liveTokens(clientId);
  }

  /** Cuts all connections and stops listening. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  get #keys() {
    return this.#world.organizations.keys;
  }

  get #accounts() {
    return this.#world.organizations.serviceAccounts;
  }
}

function open({ orgId, orgRoles, projectRoles, accessList, deletedAt }: Member) {
  const roles = [...orgRoles.map((roleName) => ({ orgId, roleName })), ...rolesIn(projectRoles)];
  return { orgId, roles, accessList: accessList.map(({ cidrBlock }) => cidrBlock), deletedAt };
}

function openKey(key: StoredKey): SimulatedKey {
  const { id, publicKey, privateKey, desc } = key;
  return { id, publicKey, privateKey, desc, ...open(key) };
}

function openAccount(account: ServiceAccount): SimulatedServiceAccount {
  const { id: clientId, name, description, createdAt } = account;
  return {
    clientId,
    name,
    description,
    createdAt,
    secrets: account.secrets.map(openSecret),
    ...open(account),
  };
}

function openSecret({ id, value, createdAt, expiresAt, lastUsedAt }: AccountSecret): SimulatedSecret {
  return { id, secret: value, createdAt, expiresAt, lastUsedAt };
}

function living<M>(members: { get(id: string): M | undefined }, id: string): M {
  const member = members.get(id);
  if (member === undefined) throw new Error(`no living ${id}`);
  return member;
}
