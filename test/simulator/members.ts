import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { type AccessListEntry, entryName, parseEntry } from './access-list.ts';
import type { AccountEvent, Cause, History, KeyEvent, MemberEvent } from './history.ts';
import { type Principal, type RoleInput, splitRoles } from './roles.ts';
import type { Clock, Settings } from './settings.ts';

const HOUR = 3_600_000;

/** A new secret leaves the others of its account at most this long. */
const OVERLAP = 7 * 24 * HOUR;

/** A key or a service account, as only the service knows it. */
export interface Member extends Principal {
  /** The client id of a service account. */
  readonly id: string;
  readonly accessList: AccessListEntry[];
  deletedAt: number | undefined;
}

export interface StoredKey extends Member {
  readonly publicKey: string;
  readonly privateKey: string;
  /** When it can sign in; later than its creation if new keys are refused for a moment. */
  readonly usableAt: number;
  desc: string;
}

export interface ServiceAccount extends Member {
  readonly createdAt: number;
  /** Expired ones too, until they are deleted. */
  readonly secrets: AccountSecret[];
  name: string;
  description: string;
  /** The latest request that had arrived when a secret was made last. */
  secretMadeBefore: number;
}

export interface AccountSecret {
  readonly id: string;
  readonly value: string;
  readonly createdAt: number;
  /** When it can sign in; later than its creation if new secrets are refused for a moment. */
  readonly usableAt: number;
  expiresAt: number;
  lastUsedAt: number | undefined;
}

interface MemberInput {
  readonly orgId: string;
  readonly roles: readonly RoleInput[];
  /** Addresses and CIDR blocks. */
  readonly accessList?: readonly string[];
  /** Milliseconds since 1970; what is older has an older id. */
  readonly createdAt?: number;
}

export interface KeyInput extends MemberInput {
  readonly desc: string;
  readonly id?: string;
  readonly publicKey?: string;
  readonly privateKey?: string;
}

export interface ServiceAccountInput extends MemberInput {
  readonly name?: string;
  readonly description?: string;
  /** How long each of its secrets lives; default: one of a year. */
  readonly secretHours?: readonly number[];
}

/** A new ObjectId: the creation time in Unix seconds, then randomness. Not ordered within a second. */
export function newObjectId(now: number): string {
  const seconds = Math.floor(now / 1000) >>> 0;
  return seconds.toString(16).padStart(8, '0') + randomBytes(8).toString('hex');
}

/** What happens alike to keys and to service accounts. Each change is one synchronous step and stands in the history. */
abstract class Members<M extends Member> {
  protected readonly byId = new Map<string, M>();
  protected readonly clock: Clock;
  protected readonly history: History;
  protected readonly settings: Settings;

  constructor(clock: Clock, history: History, settings: Settings) {
    this.clock = clock;
    this.history = history;
    this.settings = settings;
  }

  /** Writes down what happened. */
  abstract note(member: M, event: MemberEvent, cause: Cause): void;

  /** Takes over all that another service holds now. */
  copy(other: Members<M>): void {
    for (const [id, member] of structuredClone(other.byId)) this.byId.set(id, member);
  }

  /** All that were ever made, the deleted ones with their `deletedAt`. */
  all(): M[] {
    return [...this.byId.values()];
  }

  /** A living one. */
  get(id: string): M | undefined {
    const member = this.byId.get(id);
    return member?.deletedAt === undefined ? member : undefined;
  }

  /** An organisation's living ones, newest first: no order is promised, so not the one a client wants. */
  living(orgId: string): M[] {
    return this.all()
      .filter((member) => member.orgId === orgId && member.deletedAt === undefined)
      .reverse();
  }

  /** Gives exactly these roles in the project, whether it was there before or not, or in the organisation. */
  setRoles(member: M, groupId: string | undefined, names: readonly string[], cause: Cause): void {
    const to = [...new Set(names)];
    const from = groupId === undefined ? member.orgRoles : member.projectRoles.get(groupId);
    if (groupId === undefined) member.orgRoles = to;
    else member.projectRoles.set(groupId, to);
    if (from === undefined && groupId !== undefined)
      this.note(member, { kind: 'assigned', groupId, roles: to }, cause);
    else if (from !== undefined && !(from.length === to.length && from.every((role) => to.includes(role))))
      this.note(member, { kind: 'rolesChanged', groupId, from, to }, cause);
  }

  /** Takes it out of the project; its secrets live on. */
  unassign(member: M, groupId: string, cause: Cause): void {
    const roles = member.projectRoles.get(groupId) ?? [];
    member.projectRoles.delete(groupId);
    this.note(member, { kind: 'unassigned', groupId, roles }, cause);
  }

  addToAccessList(member: M, entries: readonly AccessListEntry[], cause: Cause): void {
    member.accessList.push(...entries);
    for (const entry of entries)
      this.note(member, { kind: 'accessListAdded', entry: entryName(entry) }, cause);
  }

  removeFromAccessList(member: M, entry: AccessListEntry, cause: Cause): void {
    member.accessList.splice(member.accessList.indexOf(entry), 1);
    this.note(member, { kind: 'accessListRemoved', entry: entryName(entry) }, cause);
  }

  protected fieldsFrom({ orgId, roles, accessList = [] }: MemberInput) {
    const entries = accessList.map((text) => parseEntry(text, this.clock.now()));
    return { orgId, ...splitRoles(roles), accessList: entries, deletedAt: undefined };
  }

  protected noteAssigned(member: M, cause: Cause): void {
    for (const [groupId, roles] of member.projectRoles)
      this.note(member, { kind: 'assigned', groupId, roles }, cause);
  }
}

export class Keys extends Members<StoredKey> {
  /** Makes a key; `cause.ordinal` tells one made through the API, which may be refused for a moment. */
  add(input: KeyInput, cause: Cause): StoredKey {
    const now = this.clock.now();
    const delay = cause.ordinal === undefined ? 0 : this.settings.newKeyRefusedMs;
    const key: StoredKey = {
      id: input.id ?? newObjectId(input.createdAt ?? now),
      publicKey: input.publicKey ?? this.#unusedPublicKey(),
      privateKey: input.privateKey ?? randomUUID(),
      desc: input.desc,
      usableAt: delay === 0 ? Number.NEGATIVE_INFINITY : now + delay,
      ...this.fieldsFrom(input),
    };
    this.byId.set(key.id, key);
    this.note(key, { kind: 'created', desc: key.desc, orgId: key.orgId }, cause);
    this.noteAssigned(key, cause);
    return key;
  }

  /** Eight lower-case letters. */
  #unusedPublicKey(): string {
    const letters = Array.from({ length: 8 }, () => String.fromCharCode(97 + randomInt(26))).join('');
    return this.byPublicKey(letters) === undefined ? letters : this.#unusedPublicKey();
  }

  /** A living key by its public key. */
  byPublicKey(publicKey: string): StoredKey | undefined {
    return this.all().find((key) => key.publicKey === publicKey && key.deletedAt === undefined);
  }

  /** An organisation's keys as reads find them, ghosts of deleted ones included, sorted by public key. */
  visibleIn(orgId: string): StoredKey[] {
    const isVisible = ({ deletedAt }: StoredKey): boolean =>
      deletedAt === undefined || this.clock.now() < deletedAt + this.settings.deletedKeyLingersMs;
    return this.all()
      .filter((key) => key.orgId === orgId && isVisible(key))
      .sort((a, b) => (a.publicKey < b.publicKey ? -1 : 1));
  }

  rename(key: StoredKey, desc: string, cause: Cause): void {
    if (key.desc === desc) return;
    this.note(key, { kind: 'renamed', from: key.desc, to: desc }, cause);
    key.desc = desc;
  }

  /** Revokes the key. Its roles stay on the ghost, which may still be listed. */
  delete(key: StoredKey, cause: Cause): void {
    key.deletedAt = this.clock.now();
    this.note(key, { kind: 'deleted', desc: key.desc }, cause);
  }

  override note({ id: keyId }: StoredKey, event: KeyEvent, { ordinal, caller }: Cause): void {
    this.history.changes.push({ at: this.clock.now(), keyId, ordinal, caller, ...event });
  }
}

export class ServiceAccounts extends Members<ServiceAccount> {
  add(input: ServiceAccountInput, cause: Cause): ServiceAccount {
    const createdAt = input.createdAt ?? this.clock.now();
    const account: ServiceAccount = {
      id: `mdb_sa_id_${newObjectId(createdAt)}`,
      createdAt,
      name: input.name ?? 'service account',
      description: input.description ?? 'made by a test',
      secrets: [],
      secretMadeBefore: 0,
      ...this.fieldsFrom(input),
    };
    this.byId.set(account.id, account);
    this.note(account, { kind: 'created', name: account.name, orgId: account.orgId }, cause);
    this.noteAssigned(account, cause);
    for (const hours of input.secretHours ?? [8760]) this.addSecret(account, hours, cause);
    return account;
  }

  /** Makes one more secret, which shortens the others; one made through the API may be refused for a moment. */
  addSecret(account: ServiceAccount, hours: number, cause: Cause): AccountSecret {
    const now = this.clock.now();
    for (const other of account.secrets) {
      const to = Math.min(other.expiresAt, now + OVERLAP);
      if (to === other.expiresAt) continue;
      this.note(account, { kind: 'secretShortened', secretId: other.id, from: other.expiresAt, to }, cause);
      other.expiresAt = to;
    }
    const delay = cause.ordinal === undefined ? 0 : this.settings.serviceAccounts.newSecretRefusedMs;
    const secret: AccountSecret = {
      id: newObjectId(now),
      // It may hold `_` and `-`, as the real ones do.
      value: `mdb_sa_sk_${randomBytes(30).toString('base64url')}`,
      createdAt: now,
      usableAt: now + delay,
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

  override note({ id: clientId }: ServiceAccount, event: AccountEvent, { ordinal, caller }: Cause): void {
    this.history.accountChanges.push({ at: this.clock.now(), clientId, ordinal, caller, ...event });
  }
}
