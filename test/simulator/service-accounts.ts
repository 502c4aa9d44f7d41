import { parseEntry } from './access-list.ts';
import type { AccountEvent, Cause } from './history.ts';
import { newClientId, newClientSecret, newObjectId } from './identifiers.ts';
import { type Member, Members } from './members.ts';
import { type RoleInput, splitRoles } from './roles.ts';

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

export interface ServiceAccount extends Member {
  readonly clientId: string;
  readonly createdAt: number;
  /** Expired ones too, until they are deleted. */
  readonly secrets: AccountSecret[];
  name: string;
  description: string;
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

/** All service accounts. */
export class ServiceAccounts extends Members<ServiceAccount> {
  add(input: ServiceAccountInput, cause: Cause): ServiceAccount {
    const now = this.clock.now();
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
    this.byId.set(account.clientId, account);
    this.note(account, { kind: 'created', name: account.name, orgId: account.orgId }, cause);
    this.noteAssigned(account, cause);
    for (const hours of input.secretHours ?? [8760]) this.addSecret(account, hours, now, cause);
    return account;
  }

  /** An organisation's living accounts, newest first: no order is promised, so not the one a client wants. */
  living(orgId: string): ServiceAccount[] {
    return this.all()
      .filter((account) => account.orgId === orgId && account.deletedAt === undefined)
      .reverse();
  }

  /** Makes one more secret, which shortens the others. */
  addSecret(account: ServiceAccount, hours: number, usableAt: number, cause: Cause): AccountSecret {
    const now = this.clock.now();
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
    account.secretMadeBefore = this.history.requests.at(-1)?.ordinal ?? 0;
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

  /** Deletes it with its secrets. */
  delete(account: ServiceAccount, cause: Cause): void {
    account.deletedAt = this.clock.now();
    this.note(account, { kind: 'deleted', name: account.name }, cause);
  }

  override note(account: ServiceAccount, event: AccountEvent, cause: Cause): void {
    this.history.noteAccount(this.clock.now(), account.clientId, event, cause);
  }
}
