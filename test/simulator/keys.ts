import { parseEntry } from './access-list.ts';
import type { Clock } from './clock.ts';
import type { Cause, History, KeyEvent } from './history.ts';
import { newObjectId, newPrivateKey, newPublicKey } from './identifiers.ts';
import { type Member, Members } from './members.ts';
import { type RoleInput, splitRoles } from './roles.ts';
import type { Settings } from './settings.ts';

/** A key with its secret. */
export interface StoredKey extends Member {
  readonly id: string;
  readonly publicKey: string;
  readonly privateKey: string;
  /** When it can sign in; later than its creation if new keys are refused for a moment. */
  readonly usableAt: number;
  desc: string;
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

/** All keys. */
export class Keys extends Members<StoredKey> {
  readonly #settings: Settings;

  constructor(clock: Clock, history: History, settings: Settings) {
    super(clock, history);
    this.#settings = settings;
  }

  /** Makes a key; `cause.ordinal` tells one made through the API, which may be refused for a moment. */
  add(input: KeyInput, cause: Cause): StoredKey {
    const now = this.clock.now();
    const delay = cause.ordinal === undefined ? 0 : this.#settings.newKeyRefusedMs;
    const key: StoredKey = {
      id: input.id ?? newObjectId(input.createdAt ?? now),
      publicKey: input.publicKey ?? this.#unusedPublicKey(),
      privateKey: input.privateKey ?? newPrivateKey(),
      desc: input.desc,
      orgId: input.orgId,
      ...splitRoles(input.roles),
      accessList: (input.accessList ?? []).map((text) => parseEntry(text, now)),
      usableAt: delay === 0 ? Number.NEGATIVE_INFINITY : now + delay,
      deletedAt: undefined,
    };
    this.byId.set(key.id, key);
    this.note(key, { kind: 'created', desc: key.desc, orgId: key.orgId }, cause);
    this.noteAssigned(key, cause);
    return key;
  }

  #unusedPublicKey(): string {
    let candidate = newPublicKey();
    while (this.byPublicKey(candidate) !== undefined) candidate = newPublicKey();
    return candidate;
  }

  /** A living key by its public key. */
  byPublicKey(publicKey: string): StoredKey | undefined {
    return this.all().find((key) => key.publicKey === publicKey && key.deletedAt === undefined);
  }

  /** A key as a read finds it: a living one, or one whose deletion has not reached the readers yet. */
  visible(id: string): StoredKey | undefined {
    const key = this.byId.get(id);
    return key !== undefined && this.#isVisible(key) ? key : undefined;
  }

  /** An organisation's keys as a list shows them: sorted by public key, ghosts included. */
  visibleIn(orgId: string): StoredKey[] {
    return this.all()
      .filter((key) => key.orgId === orgId && this.#isVisible(key))
      .sort((a, b) => (a.publicKey < b.publicKey ? -1 : 1));
  }

  #isVisible({ deletedAt }: StoredKey): boolean {
    return deletedAt === undefined || this.clock.now() < deletedAt + this.#settings.deletedKeyLingersMs;
  }

  /** How many keys count against the organisation's limit. */
  livingIn(orgId: string): number {
    return this.all().filter((key) => key.orgId === orgId && key.deletedAt === undefined).length;
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

  override note(key: StoredKey, event: KeyEvent, cause: Cause): void {
    this.history.note(this.clock.now(), key.id, event, cause);
  }
}
