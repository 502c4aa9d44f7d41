import type { AccessListEntry } from './access-list.ts';
import { entryName, parseEntry } from './access-list.ts';
import type { Clock } from './clock.ts';
import type { AccountEvent, Cause, History } from './history.ts';
import { newClientId, newClientSecret, newObjectId } from './identifiers.ts';
import { type Principal, type RoleInput, splitRoles } from './roles.ts';

const HOUR = 3_600_000;

/** A new secret leaves the others of its account at most this long. */
const OVERLAP = 7 * 24 * HOUR;

/** A secret with its value, as only the service knows it. */
export interface AccountSecret {
  readonly id: string;
  readonly value: string;
  readonly createdAt: number;
  /** When it can sign in; later than its creation if new secrets are refused for a moment. */
  readonly usableAt: number;
  expiresAt: number;
  lastUsedAt: number | undefined;
}

export interface ServiceAccount extends Principal {
  readonly clientId: string;
  readonly createdAt: number;
  readonly accessList: AccessListEntry[];
  /** Expired ones too, until they are deleted. */
  readonly secrets: AccountSecret[];
  name: string;
  description: string;
  deletedAt: number | undefined;
  /** The latest request that had arrived when a secret was made last. */
  secretMadeBefore: number;
}

export interface ServiceAccountInput {
  readonly orgId: string;
  readonly name?: string;
  readonly description?: string;
  readonly roles: readonly RoleInput[];
  /** Addresses and CIDR blocks. */
  readonly accessList?: readonly string[];
  /** Milliseconds since 1970; an older account has an older id. */
  readonly createdAt?: number;
  /** How long each of its secrets lives; default: one of a year. */
  readonly secretHours?: readonly number[];
}

/** All service accounts. As with keys each change is one synchronous step and stands in the history. */
export class ServiceAccounts {
  #accounts = new Map<string, ServiceAccount>();
  readonly #clock: Clock;
  readonly #history: History;

  constructor(clock: Clock, history: History) {
    this.#clock = clock;
    this.#history = history;
  }

  /** Takes over all that another service holds now. */
  copy(other: ServiceAccounts): void {
    this.#accounts = structuredClone(other.#accounts);
  }

  add(input: ServiceAccountInput, cause: Cause): ServiceAccount {
    const now = this.#clock.now();
    const createdAt = input.createdAt ?? now;
    const account: ServiceAccount = {
      clientId: newClientId(createdAt),
      createdAt,
      name: input.name ?? 'service account',
      description: input.description ?? 'made by a test',
      orgId: input.orgId,
      ...splitRoles(input.roles),
      accessList: (input.accessList ?? []).map((text) => parseEntry(text, now)),
      secrets: [],
      deletedAt: undefined,
      secretMadeBefore: 0,
    };
    this.#accounts.set(account.clientId, account);
    this.note(account, { kind: 'created', name: account.name, orgId: account.orgId }, cause);
    for (const [groupId, roles] of account.projectRoles)
      this.note(account, { kind: 'assigned', groupId, roles }, cause);
    for (const hours of input.secretHours ?? [8760]) this.addSecret(account, hours, now, cause);
    return account;
  }

  /** All accounts ever made, the deleted ones with their `deletedAt`. */
  all(): ServiceAccount[] {
    return [...this.#accounts.values()];
  }

  /** A living account by its id. */
  get(clientId: string): ServiceAccount | undefined {
    const account = this.#accounts.get(clientId);
    return account?.deletedAt === undefined ? account : undefined;
  }

  /** An organisation's living accounts, newest first: no order is promised, so not the one a client wants. */
  living(orgId: string): ServiceAccount[] {
    return this.all()
      .filter((account) => account.orgId === orgId && account.deletedAt === undefined)
      .reverse();
  }

  /** Makes one more secret, which shortens the others. */
  addSecret(account: ServiceAccount, hours: number, usableAt: number, cause: Cause): AccountSecret {
    const now = this.#clock.now();
    for (const other of account.secrets) {
      const to = Math.min(other.expiresAt, now + OVERLAP);
      if (to === other.expiresAt) continue;
      this.note(account, { kind: 'secretShortened', secretId: other.id, from: other.expiresAt, to }, cause);
      other.expiresAt = to;
    }
    const secret: AccountSecret = {
      id: newObjectId(now),
      value: newClientSecret(),
      createdAt: now,
      usableAt,
      expiresAt: now + hours * HOUR,
      lastUsedAt: undefined,
    };
    account.secrets.push(secret);
    account.secretMadeBefore = this.#history.requests.at(-1)?.ordinal ?? 0;
    this.note(account, { kind: 'secretMade', secretId: secret.id, expiresAt: secret.expiresAt }, cause);
    return secret;
  }

  /** Deletes a secret, and with it every token it was exchanged for. */
  deleteSecret(account: ServiceAccount, secret: AccountSecret, cause: Cause): void {
    account.secrets.splice(account.secrets.indexOf(secret), 1);
    this.note(account, { kind: 'secretDeleted', secretId: secret.id }, cause);
  }

  rename(account: ServiceAccount, name: string, cause: Cause): void {
    if (account.name === name) return;
    this.note(account, { kind: 'renamed', from: account.name, to: name }, cause);
    account.name = name;
  }

  describe(account: ServiceAccount, description: string, cause: Cause): void {
    if (account.description === description) return;
    this.note(account, { kind: 'described', from: account.description, to: description }, cause);
    account.description = description;
  }

  /** Gives exactly these roles in the project, whether the account was in it before or not. */
  setProjectRoles(account: ServiceAccount, groupId: string, roles: readonly string[], cause: Cause): void {
    const from = account.projectRoles.get(groupId);
    account.projectRoles.set(groupId, [...new Set(roles)]);
    if (from === undefined) this.note(account, { kind: 'assigned', groupId, roles }, cause);
    else this.note(account, { kind: 'rolesChanged', groupId, from, to: roles }, cause);
  }

  setOrganizationRoles(account: ServiceAccount, roles: readonly string[], cause: Cause): void {
    this.note(
      account,
      { kind: 'rolesChanged', groupId: undefined, from: account.orgRoles, to: roles },
      cause,
    );
    account.orgRoles = [...new Set(roles)];
  }

  /** Takes it out of the project; its secrets live on. */
  unassign(account: ServiceAccount, groupId: string, cause: Cause): void {
    const roles = account.projectRoles.get(groupId) ?? [];
    account.projectRoles.delete(groupId);
    this.note(account, { kind: 'unassigned', groupId, roles }, cause);
  }

  /** Deletes it with its secrets. */
  delete(account: ServiceAccount, cause: Cause): void {
    account.deletedAt = this.#clock.now();
    this.note(account, { kind: 'deleted', name: account.name }, cause);
  }

  addToAccessList(account: ServiceAccount, entries: readonly AccessListEntry[], cause: Cause): void {
    account.accessList.push(...entries);
    for (const entry of entries)
      this.note(account, { kind: 'accessListAdded', entry: entryName(entry) }, cause);
  }

  removeFromAccessList(account: ServiceAccount, entry: AccessListEntry, cause: Cause): void {
    account.accessList.splice(account.accessList.indexOf(entry), 1);
    this.note(account, { kind: 'accessListRemoved', entry: entryName(entry) }, cause);
  }

  /** Writes down what happened to an account. */
  note(account: ServiceAccount, event: AccountEvent, cause: Cause): void {
    this.#history.noteAccount(this.#clock.now(), account.clientId, event, cause);
  }
}
