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
  ServiceAccount,
  StoredKey,
} from './organization.ts';
import type { Service } from './service.ts';
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

  addServiceAccount(input: Omit<KeyInput, 'desc' | 'createdAt'>): ServiceAccount {
    return this.#parts.organizations.addServiceAccount(input);
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
