import type { AccessListEntry } from './access-list.ts';
import { entryName, parseEntry } from './access-list.ts';
import type { Clock } from './clock.ts';
import type { Cause, History, KeyEvent } from './history.ts';
import { newObjectId, newPrivateKey, newPublicKey } from './identifiers.ts';
import { type Principal, type RoleInput, splitRoles } from './roles.ts';
import { ServiceAccounts } from './service-accounts.ts';
import type { Settings } from './settings.ts';

export interface Organization {
  readonly id: string;
  readonly name: string;
  /** Whether a key without an access list of its own is refused. */
  requireAccessList: boolean;
  /** Whether a bill is unpaid. */
  suspended: boolean;
  /** How long the secret of a service account may live at most. */
  maxSecretHours: number;
  /** What it belongs to: each has its own API. Undefined is served by all, as no real one is. */
  product: Product | undefined;
}

export type Product = 'Atlas' | 'Cloud Manager';

export type OrganizationInput = Partial<Omit<Organization, 'suspended'>>;

export interface Project {
  readonly id: string;
  readonly orgId: string;
  readonly name: string;
  readonly createdAt: number;
  readonly tags: readonly Tag[];
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export type ProjectInput = Partial<Pick<Project, 'id' | 'name' | 'tags'>>;

/** A key with its secret, as only the service knows it. */
export interface StoredKey extends Principal {
  readonly id: string;
  readonly publicKey: string;
  readonly privateKey: string;
  readonly accessList: AccessListEntry[];
  /** When it can sign in; later than its creation if new keys are refused for a moment. */
  readonly usableAt: number;
  desc: string;
  deletedAt: number | undefined;
}

export interface KeyInput {
  readonly orgId: string;
  readonly desc: string;
  readonly roles: readonly RoleInput[];
  /** Addresses and CIDR blocks. */
  readonly accessList?: readonly string[];
  /** Milliseconds since 1970; an older key has an older id. */
  readonly createdAt?: number;
  readonly id?: string;
  readonly publicKey?: string;
  readonly privateKey?: string;
}

/**
 * The state: organisations, their projects, keys and service accounts. Each change is one synchronous step and stands in
 * the history, so whatever a client sees lies wholly before or wholly after it.
 */
export class Organizations {
  readonly organizations = new Map<string, Organization>();
  readonly projects = new Map<string, Project>();
  readonly serviceAccounts: ServiceAccounts;
  #keys = new Map<string, StoredKey>();
  #byPublicKey = new Map<string, StoredKey>();
  readonly #clock: Clock;
  readonly #settings: Settings;
  readonly #history: History;

  constructor(clock: Clock, settings: Settings, history: History) {
    this.#clock = clock;
    this.#settings = settings;
    this.#history = history;
    this.serviceAccounts = new ServiceAccounts(clock, history);
  }

  /** Takes over all that another service holds now, but for its history. */
  copy(other: Organizations): void {
    const state = { keys: other.#keys, byPublicKey: other.#byPublicKey };
    ({ keys: this.#keys, byPublicKey: this.#byPublicKey } = structuredClone(state));
    for (const [id, organization] of other.organizations) this.organizations.set(id, { ...organization });
    for (const [id, project] of other.projects) this.projects.set(id, project);
    this.serviceAccounts.copy(other.serviceAccounts);
  }

  addOrganization(input: OrganizationInput = {}): Organization {
    const id = input.id ?? newObjectId(this.#clock.now());
    const organization = {
      id,
      name: input.name ?? `organization-${id.slice(-4)}`,
      requireAccessList: input.requireAccessList ?? false,
      suspended: false,
      maxSecretHours: input.maxSecretHours ?? 8760,
      product: input.product,
    };
    this.organizations.set(id, organization);
    return organization;
  }

  addProject(organization: { readonly id: string }, input: ProjectInput = {}): Project {
    const now = this.#clock.now();
    const id = input.id ?? newObjectId(now);
    const project = {
      id,
      orgId: organization.id,
      name: input.name ?? `project-${id.slice(-4)}`,
      createdAt: now,
      tags: input.tags ?? [],
    };
    this.projects.set(id, project);
    return project;
  }

  /** Makes a key; `cause.ordinal` tells one made through the API, which may be refused for a moment. */
  addKey(input: KeyInput, cause: Cause): StoredKey {
    const now = this.#clock.now();
    const createdAt = input.createdAt ?? now;
    const delay = cause.ordinal === undefined ? 0 : this.#settings.newKeyRefusedMs;
    const key: StoredKey = {
      id: input.id ?? newObjectId(createdAt),
      publicKey: input.publicKey ?? this.#unusedPublicKey(),
      privateKey: input.privateKey ?? newPrivateKey(),
      desc: input.desc,
      orgId: input.orgId,
      ...splitRoles(input.roles),
      accessList: (input.accessList ?? []).map((text) => parseEntry(text, now)),
      usableAt: delay === 0 ? Number.NEGATIVE_INFINITY : now + delay,
      deletedAt: undefined,
    };
    this.#keys.set(key.id, key);
    this.#byPublicKey.set(key.publicKey, key);
    this.note(key, { kind: 'created', desc: key.desc, orgId: key.orgId }, cause);
    for (const [groupId, roles] of key.projectRoles)
      this.note(key, { kind: 'assigned', groupId, roles }, cause);
    return key;
  }

  #unusedPublicKey(): string {
    let candidate = newPublicKey();
    while (this.#byPublicKey.has(candidate)) candidate = newPublicKey();
    return candidate;
  }

  /** All keys ever made, the deleted ones with their `deletedAt`. */
  allKeys(): StoredKey[] {
    return [...this.#keys.values()];
  }

  /** A living key by its id. */
  key(id: string): StoredKey | undefined {
    const key = this.#keys.get(id);
    return key?.deletedAt === undefined ? key : undefined;
  }

  /** A living key by its public key. */
  keyByPublicKey(publicKey: string): StoredKey | undefined {
    const key = this.#byPublicKey.get(publicKey);
    return key?.deletedAt === undefined ? key : undefined;
  }

  /** What a read shows: a living key, or one whose deletion has not reached the readers yet. */
  isVisible(key: StoredKey): boolean {
    return (
      key.deletedAt === undefined || this.#clock.now() < key.deletedAt + this.#settings.deletedKeyLingersMs
    );
  }

  /** A key as a read finds it, ghosts included. */
  visibleKey(id: string): StoredKey | undefined {
    const key = this.#keys.get(id);
    return key !== undefined && this.isVisible(key) ? key : undefined;
  }

  /** An organisation's keys as a list shows them: sorted by public key, ghosts included. */
  visibleKeys(orgId: string): StoredKey[] {
    return this.allKeys()
      .filter((key) => key.orgId === orgId && this.isVisible(key))
      .sort((a, b) => (a.publicKey < b.publicKey ? -1 : 1));
  }

  /** How many keys count against the organisation's limit. */
  livingKeys(orgId: string): number {
    return this.allKeys().filter((key) => key.orgId === orgId && key.deletedAt === undefined).length;
  }

  rename(key: StoredKey, desc: string, cause: Cause): void {
    if (key.desc === desc) return;
    const from = key.desc;
    key.desc = desc;
    this.note(key, { kind: 'renamed', from, to: desc }, cause);
  }

  /** Gives exactly these roles in the project, whether the key was assigned before or not. */
  setProjectRoles(key: StoredKey, groupId: string, roles: readonly string[], cause: Cause): void {
    const from = key.projectRoles.get(groupId);
    key.projectRoles.set(groupId, [...new Set(roles)]);
    if (from === undefined) this.note(key, { kind: 'assigned', groupId, roles }, cause);
    else if (!sameSet(from, roles)) this.note(key, { kind: 'rolesChanged', groupId, from, to: roles }, cause);
  }

  setOrganizationRoles(key: StoredKey, roles: readonly string[], cause: Cause): void {
    const from = key.orgRoles;
    key.orgRoles = [...new Set(roles)];
    if (!sameSet(from, roles))
      this.note(key, { kind: 'rolesChanged', groupId: undefined, from, to: roles }, cause);
  }

  unassign(key: StoredKey, groupId: string, cause: Cause): void {
    const roles = key.projectRoles.get(groupId) ?? [];
    key.projectRoles.delete(groupId);
    this.note(key, { kind: 'unassigned', groupId, roles }, cause);
  }

  /** Revokes the key. Its roles stay on the ghost, which may still be listed. */
  delete(key: StoredKey, cause: Cause): void {
    key.deletedAt = this.#clock.now();
    this.note(key, { kind: 'deleted', desc: key.desc }, cause);
  }

  addToAccessList(key: StoredKey, entries: readonly AccessListEntry[], cause: Cause): void {
    key.accessList.push(...entries);
    for (const entry of entries) this.note(key, { kind: 'accessListAdded', entry: entryName(entry) }, cause);
  }

  removeFromAccessList(key: StoredKey, entry: AccessListEntry, cause: Cause): void {
    key.accessList.splice(key.accessList.indexOf(entry), 1);
    this.note(key, { kind: 'accessListRemoved', entry: entryName(entry) }, cause);
  }

  /** Writes down what happened to a key. */
  note(key: StoredKey, event: KeyEvent, cause: Cause): void {
    this.#history.note(this.#clock.now(), key.id, event, cause);
  }
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.every((one) => b.includes(one)) && b.every((one) => a.includes(one));
}
