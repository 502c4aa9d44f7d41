/**
 * What the domain knows of Atlas: plain data, and the calls it may make.
 * Field names are the Admin API's own: https://www.mongodb.com/docs/api/doc/atlas-admin-api-v2/
 */

/** One role of a key, in a project (`groupId`) or in the organisation (`orgId`). */
export interface RoleAssignment {
  readonly roleName: string;
  readonly groupId?: string;
  readonly orgId?: string;
}

/** A key as Atlas lists it. Its private key was shown once, when it was made; only the tail is known. */
export interface ApiKey {
  /** 24 lower-case hex digits; the first eight are the creation time in Unix seconds. */
  readonly id: string;
  readonly publicKey: string;
  readonly desc: string;
  readonly roles: readonly RoleAssignment[];
  /** What stands in clear after the redaction (the last 12 characters), or empty. */
  readonly privateKeyTail: string;
}

/** A key in the answer that made it: the only time the secret is shown. Already masked. */
export interface NewApiKey extends ApiKey {
  readonly privateKey: string;
}

/** Who signs in: an API key with its roles, or `undefined` for a service account. */
export interface Caller {
  readonly roles: readonly RoleAssignment[];
}

export interface AccessListEntry {
  readonly ipAddress?: string;
  readonly cidrBlock?: string;
}

/** Both halves of a key: what it signs in with. */
export interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** Who calls: an API key (Digest), or a service account (OAuth 2.0 client credentials). Held in memory only. */
export type Credentials =
  | ({ readonly kind: 'apiKey' } & KeyPair)
  | { readonly kind: 'serviceAccount'; readonly clientId: string; readonly clientSecret: string };

/** How a deletion ended: by this call, or the key was no longer there. */
export type Deletion = 'deleted' | 'gone';

/** The path after `/api/`. */
export const SURFACES = ['atlas/v2', 'atlas/v1.0', 'public/v1.0'] as const;
export type Surface = (typeof SURFACES)[number];

/**
 * The calls, each retried as its meaning allows and bounded by the client's deadline; `calls.ts` has their paths and
 * the roles that they need. All throw `AtlasError`. Those that make something are never sent twice, and throw one of
 * kind `answerLost` when it may exist although nobody was told.
 */
export interface Atlas {
  /** Service accounts; on `atlas/v2` alone. */
  readonly accounts: AccountCalls;

  /** The service's clock, in milliseconds since 1970: its last `Date` header plus the time since. */
  serviceNow(): number;

  readProject(groupId: string): Promise<{ readonly orgId: string }>;
  /** Both lists are read to their end, and hold each key once. */
  listProjectKeys(groupId: string): Promise<ApiKey[]>;
  listOrganizationKeys(orgId: string): Promise<ApiKey[]>;
  readOrganizationKey(orgId: string, apiUserId: string): Promise<ApiKey>;

  /** Makes a key and assigns it to the project. */
  createKey(groupId: string, key: { desc: string; roles: readonly string[] }): Promise<NewApiKey>;
  /** Gives an organisation's key these roles in the project, whether it is assigned yet or not. */
  assignKey(groupId: string, apiUserId: string, roles: readonly string[]): Promise<void>;
  /** Replaces the roles in this project. */
  updateRoles(groupId: string, apiUserId: string, roles: readonly string[]): Promise<ApiKey>;
  /**
   * Changes the description: through the project where the surface allows it, else through the
   * organisation. Resolves only when the answer shows the new one.
   */
  renameKey(key: { groupId: string; orgId: string; apiUserId: string }, desc: string): Promise<ApiKey>;
  /** Takes the key out of the project; it lives on in the organisation. */
  unassignKey(groupId: string, apiUserId: string): Promise<Deletion>;
  /** The only true revocation. */
  deleteKey(orgId: string, apiUserId: string): Promise<Deletion>;

  /** The roles of the caller's own key; `undefined` for a service account. */
  whoAmI(): Promise<Caller | undefined>;
  /** Signs in once as this key, without retrying a refusal. */
  signInAs(key: KeyPair): Promise<void>;
  /** Adds to a key's access list, as the caller or as this key. An entry that is there already is fine. */
  addAccessListEntries(
    orgId: string,
    apiUserId: string,
    entries: readonly AccessListEntry[],
    as?: KeyPair,
  ): Promise<void>;
  /** This machine's IPv4 address as Atlas sees it. */
  currentAddress(): Promise<string>;
}

/** A secret as Atlas lists it: it was shown once, when it was made. Times in milliseconds since 1970. */
export interface AccountSecret {
  readonly id: string;
  readonly createdAt: number;
  /** Atlas ends it then; making another one may bring this nearer. */
  readonly expiresAt: number;
  /** Its last characters, where the list shows them: `mdb_sa_sk_...` and four more have been seen. */
  readonly tail?: string;
}

export interface NewAccountSecret extends AccountSecret {
  /** The only time it is shown. Already masked. */
  readonly secret: string;
}

export interface Account {
  /** `mdb_sa_id_` and 24 hex digits. */
  readonly clientId: string;
  readonly name: string;
  readonly description: string;
  /** In the project that was asked. */
  readonly roles: readonly string[];
  readonly secrets: readonly AccountSecret[];
}

export interface NewAccount extends Account {
  readonly secret: NewAccountSecret;
}

/** One entry of an account's access list. */
export interface AccountEntry extends AccessListEntry {
  /** When it was last used, or added, in milliseconds since 1970. */
  readonly usedAt: number;
}

/**
 * The calls of service accounts, as those of `Atlas`.
 * https://www.mongodb.com/docs/api/doc/atlas-admin-api-v2/group/endpoint-service-accounts
 */
export interface AccountCalls {
  list(groupId: string): Promise<Account[]>;
  /** The projects that it is in. */
  listProjects(orgId: string, clientId: string): Promise<string[]>;
  /** The hours that a secret may live at most in this organisation; infinite where there is no limit. */
  longestSecret(orgId: string): Promise<number>;
  /** Makes a service account with a first secret. */
  create(
    groupId: string,
    account: { name: string; description: string; roles: readonly string[]; hours: number },
  ): Promise<NewAccount>;
  update(
    groupId: string,
    clientId: string,
    change: { description?: string; roles?: readonly string[] },
  ): Promise<Account>;
  /** Only takes it out of the project. */
  unassign(groupId: string, clientId: string): Promise<Deletion>;
  delete(orgId: string, clientId: string): Promise<Deletion>;
  createSecret(groupId: string, clientId: string, hours: number): Promise<NewAccountSecret>;
  /** Ends the secret, and the tokens that it fetched. */
  deleteSecret(groupId: string, clientId: string, secretId: string): Promise<Deletion>;
  listEntries(groupId: string, clientId: string): Promise<AccountEntry[]>;
  addEntries(groupId: string, clientId: string, entries: readonly AccessListEntry[]): Promise<void>;
  removeEntry(groupId: string, clientId: string, ipAddress: string): Promise<Deletion>;
  /** Fetches a token as this account and gives it back, without retrying a refusal. */
  signInAs(account: { clientId: string; clientSecret: string }): Promise<void>;
}
