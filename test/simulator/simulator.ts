import { fileURLToPath } from 'node:url';
import type { Clock } from './clock.ts';
import type { ConnectionRecord, Connections } from './connections.ts';
import type { Faults } from './faults.ts';
import type { History } from './history.ts';
import type {
  KeyInput,
  Organization,
  OrganizationInput,
  Organizations,
  Project,
  ProjectInput,
  StoredKey,
} from './organization.ts';
import type { Service } from './service.ts';
import type { AccountSecret, ServiceAccount, ServiceAccountInput } from './service-accounts.ts';
import type { Settings } from './settings.ts';
import { type RoleView, rolesView } from './views.ts';

/** A key laid open for assertions, secret included. */
export interface SimulatedKey {
  readonly id: string;
  readonly publicKey: string;
  readonly privateKey: string;
  readonly desc: string;
  readonly orgId: string;
  /** In the order they were given. */
  readonly roles: readonly RoleView[];
  /** CIDR blocks. */
  readonly accessList: readonly string[];
  readonly deletedAt: number | undefined;
}

/** A service account laid open for assertions, its secrets included. */
export interface SimulatedServiceAccount {
  readonly clientId: string;
  readonly name: string;
  readonly description: string;
  readonly orgId: string;
  readonly createdAt: number;
  /** In the order they were given. */
  readonly roles: readonly RoleView[];
  /** Oldest first, expired ones too. Times are milliseconds since 1970. */
  readonly secrets: readonly SimulatedSecret[];
  /** CIDR blocks. */
  readonly accessList: readonly string[];
  readonly deletedAt: number | undefined;
}

export interface SimulatedSecret {
  readonly id: string;
  readonly secret: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly lastUsedAt: number | undefined;
}

interface Parts {
  readonly origin: string;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly history: History;
  readonly organizations: Organizations;
  readonly faults: Faults;
  readonly connections: Connections;
  readonly service: Service;
  close(): Promise<void>;
}

/** A running embedded Atlas, with all that a test may set up, change and look at. */
export class Simulator {
  /** `http://127.0.0.1:…` or `https://…`: what an action takes as `baseUrl`. */
  readonly origin: string;
  readonly clock: Clock;
  /** May be changed at any time. */
  readonly settings: Settings;
  readonly history: History;
  readonly faults: Faults;
  /** PEM file of the authority that signed the server's certificate, as for NODE_EXTRA_CA_CERTS. */
  readonly authorityFile = fileURLToPath(new URL('certificates/authority.pem', import.meta.url));
  readonly #parts: Parts;
  #closed: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.origin = parts.origin;
    this.clock = parts.clock;
    this.settings = parts.settings;
    this.history = parts.history;
    this.faults = parts.faults;
    this.#parts = parts;
  }

  /** Gives another service all that this one holds and has recorded. */
  copyTo({ organizations, history }: Pick<Parts, 'organizations' | 'history'>): void {
    organizations.copy(this.#parts.organizations);
    history.requests.push(...this.history.requests);
    history.changes.push(...this.history.changes);
    history.accountChanges.push(...this.history.accountChanges);
  }

  /** Every connection opened so far, with its protocol and how many requests it carried. */
  get connections(): readonly ConnectionRecord[] {
    return this.#parts.connections.records;
  }

  addOrganization(input: OrganizationInput = {}): Organization {
    return this.#parts.organizations.addOrganization(input);
  }

  addProject(organization: { readonly id: string }, input: ProjectInput = {}): Project {
    return this.#parts.organizations.addProject(organization, input);
  }

  /** Makes a key behind the API's back. Without an `ORG_*` role it gets `ORG_MEMBER`. */
  addKey(input: KeyInput): SimulatedKey {
    return this.#open(this.#parts.organizations.addKey(input, {}));
  }

  /**
   * Makes a service account behind the API's back, with a secret of a year unless `secretHours` says otherwise;
   * `clientSecret` is the newest one, empty when there is none.
   */
  addServiceAccount(input: ServiceAccountInput): SimulatedServiceAccount & { readonly clientSecret: string } {
    const account = this.#openAccount(this.#accounts.add(input, {}));
    return { ...account, clientSecret: account.secrets.at(-1)?.secret ?? '' };
  }

  /** The living service accounts in order of their making; all that ever were on request. */
  serviceAccounts(options: { readonly includeDeleted?: boolean } = {}): SimulatedServiceAccount[] {
    return this.#accounts
      .all()
      .filter((account) => options.includeDeleted || account.deletedAt === undefined)
      .map((account) => this.#openAccount(account));
  }

  /** One service account, deleted or not. */
  serviceAccount(clientId: string): SimulatedServiceAccount | undefined {
    return this.serviceAccounts({ includeDeleted: true }).find((account) => account.clientId === clientId);
  }

  /** Makes one more secret as another user would, which shortens the others; a third one, too. */
  addSecret(clientId: string, hours: number): SimulatedSecret {
    const account = this.#livingAccount(clientId);
    const secret = this.#accounts.addSecret(account, hours, this.clock.now(), {});
    return openSecret(secret);
  }

  /** Deletes a secret as another user would. */
  deleteSecret(clientId: string, secretId: string): void {
    const account = this.#livingAccount(clientId);
    const secret = account.secrets.find(({ id }) => id === secretId);
    if (secret === undefined) throw new Error(`no secret ${secretId}`);
    this.#accounts.deleteSecret(account, secret, {});
  }

  /** Sets a service account's roles in a project as another user would; none at all takes it out. */
  setAccountRoles(clientId: string, groupId: string, roles: readonly string[]): void {
    const account = this.#livingAccount(clientId);
    if (roles.length === 0) this.#accounts.unassign(account, groupId, {});
    else this.#accounts.setProjectRoles(account, groupId, roles, {});
  }

  /** Deletes a service account at the organisation as another user would. */
  deleteServiceAccount(clientId: string): void {
    this.#accounts.delete(this.#livingAccount(clientId), {});
  }

  /** How many access tokens of this account live. */
  liveTokens(clientId: string): number {
    return this.#parts.service.tokens.liveTokens(clientId);
  }

  /** The living keys in order of their making; all that ever were, deleted ones too, on request. */
  keys(options: { readonly includeDeleted?: boolean } = {}): SimulatedKey[] {
    return this.#parts.organizations
      .allKeys()
      .filter((key) => options.includeDeleted || key.deletedAt === undefined)
      .map((key) => this.#open(key));
  }

  /** One key, deleted or not. */
  key(id: string): SimulatedKey | undefined {
    return this.keys({ includeDeleted: true }).find((key) => key.id === id);
  }

  /** Deletes a key as another user would, behind the caller's back. */
  deleteKey(id: string): void {
    this.#parts.organizations.delete(this.#living(id), {});
  }

  /** Renames a key as another user would. */
  renameKey(id: string, desc: string): void {
    this.#parts.organizations.rename(this.#living(id), desc, {});
  }

  /** Sets a key's roles in a project as another user would; none at all unassigns it. */
  setProjectRoles(id: string, groupId: string, roles: readonly string[]): void {
    if (roles.length === 0) this.#parts.organizations.unassign(this.#living(id), groupId, {});
    else this.#parts.organizations.setProjectRoles(this.#living(id), groupId, roles, {});
  }

  /** Cuts all connections and stops listening. */
  close(): Promise<void> {
    this.#closed ??= this.#parts.close();
    return this.#closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  get #accounts() {
    return this.#parts.organizations.serviceAccounts;
  }

  #livingAccount(clientId: string): ServiceAccount {
    const account = this.#accounts.get(clientId);
    if (account === undefined) throw new Error(`no living service account ${clientId}`);
    return account;
  }

  #openAccount(account: ServiceAccount): SimulatedServiceAccount {
    const { clientId, name, description, orgId, createdAt, deletedAt } = account;
    const roles = rolesView(account, { ...this.settings, shuffleRoles: false, showOrgRoles: true });
    const secrets = account.secrets.map(openSecret);
    const accessList = account.accessList.map(({ cidrBlock }) => cidrBlock);
    return { clientId, name, description, orgId, createdAt, roles, secrets, accessList, deletedAt };
  }

  #living(id: string): StoredKey {
    const key = this.#parts.organizations.key(id);
    if (key === undefined) throw new Error(`no living key ${id}`);
    return key;
  }

  #open(key: StoredKey): SimulatedKey {
    const { id, publicKey, privateKey, desc, orgId, deletedAt } = key;
    const roles = rolesView(key, { ...this.settings, shuffleRoles: false, showOrgRoles: true });
    const accessList = key.accessList.map(({ cidrBlock }) => cidrBlock);
    return { id, publicKey, privateKey, desc, orgId, roles, accessList, deletedAt };
  }
}

function openSecret({ id, value, createdAt, expiresAt, lastUsedAt }: AccountSecret): SimulatedSecret {
  return { id, secret: value, createdAt, expiresAt, lastUsedAt };
}
