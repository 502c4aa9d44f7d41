import { type AccessListEntry, entryName } from './access-list.ts';
import type { AccountSecret, ServiceAccount, StoredKey } from './members.ts';
import type { Project } from './organization.ts';
import type { Principal } from './roles.ts';
import type { Settings } from './settings.ts';

/** How the service writes its resources down. Fields stand in the recorded order. */

interface Place {
  /** Where links point: origin, `/api/` and the surface. */
  readonly root: string;
  readonly settings: Settings;
}

export interface RoleView {
  readonly roleName: string;
  readonly groupId?: string;
  readonly orgId?: string;
}

function timestamp(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

export function rolesIn(projectRoles: Principal['projectRoles']): RoleView[] {
  return [...projectRoles].flatMap(([groupId, names]) => names.map((roleName) => ({ groupId, roleName })));
}

/** All roles of a key, in an order that means nothing. */
function rolesView({ orgId, orgRoles, projectRoles }: Principal, { showOrgRoles }: Settings): RoleView[] {
  const ofOrganization = showOrgRoles ? orgRoles.map((roleName) => ({ orgId, roleName })) : [];
  return shuffled([...ofOrganization, ...rolesIn(projectRoles)]);
}

/** A service account with its roles in one place: a project, or its organisation. Its secrets are masked. */
export function accountView(
  account: ServiceAccount,
  groupId: string | undefined,
  secrets: readonly object[] = account.secrets.map(maskedSecretView),
) {
  return {
    clientId: account.id,
    createdAt: timestamp(account.createdAt),
    description: account.description,
    name: account.name,
    roles: shuffled(groupId === undefined ? account.orgRoles : (account.projectRoles.get(groupId) ?? [])),
    secrets,
    systemManaged: false,
  };
}

function maskedSecretView(secret: AccountSecret) {
  return {
    createdAt: timestamp(secret.createdAt),
    expiresAt: timestamp(secret.expiresAt),
    id: secret.id,
    lastUsedAt: secret.lastUsedAt === undefined ? null : timestamp(secret.lastUsedAt),
    maskedSecretValue: `mdb_sa_sk_...${secret.value.slice(-4)}`,
  };
}

/** A secret in the answer that made it, and never again. */
export function newSecretView(secret: AccountSecret) {
  const { id, value, createdAt, expiresAt } = secret;
  return { createdAt: timestamp(createdAt), expiresAt: timestamp(expiresAt), id, secret: value };
}

/** An entry of a service account's access list. */
export function accountEntryView(entry: AccessListEntry) {
  const { cidrBlock, ipAddress, count, createdAt, lastUsedAddress, lastUsedAt } = entry;
  return {
    cidrBlock,
    createdAt: timestamp(createdAt),
    ...given({ ipAddress, lastUsedAddress, lastUsedAt: lastUsedAt && timestamp(lastUsedAt) }),
    requestCount: count,
  };
}

/** Without the fields that are undefined. */
function given(fields: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, rank: Math.random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

/** A key. `secret` is true in the answer that made it, and never again. */
export function keyView(key: StoredKey, place: Place, secret = false) {
  return {
    desc: key.desc,
    id: key.id,
    links: [{ href: `${place.root}/orgs/${key.orgId}/apiKeys/${key.id}`, rel: 'self' }],
    privateKey: secret ? key.privateKey : `********-****-****-${key.privateKey.slice(-12)}`,
    publicKey: key.publicKey,
    roles: rolesView(key, place.settings),
  };
}

/** The address of a key's access list. */
export function accessListHref(key: StoredKey, place: Place): string {
  return `${place.root}/orgs/${key.orgId}/apiKeys/${key.id}/accessList`;
}

/** An entry of a key's access list. */
export function entryView(entry: AccessListEntry, key: StoredKey, place: Place) {
  const { cidrBlock, ipAddress, count, createdAt, lastUsedAt, lastUsedAddress } = entry;
  const href = `${accessListHref(key, place)}/${encodeURIComponent(entryName(entry)).replaceAll('%3A', ':')}`;
  return {
    cidrBlock,
    count,
    created: timestamp(createdAt),
    ...given({ ipAddress, lastUsed: lastUsedAt && timestamp(lastUsedAt), lastUsedAddress }),
    links: [{ href, rel: 'self' }],
  };
}

const BELOW_PROJECT = ['containers', 'clusters', 'databaseUsers', 'peers', 'processes', 'whitelist'];

export function projectView({ id, name, orgId, tags, createdAt }: Project, { root }: Place) {
  const href = `${root}/groups/${id}`;
  const below = BELOW_PROJECT.map((one) => ({
    href: `${href}/${one}`,
    rel: `https://cloud.mongodb.com/${one}`,
  }));
  return {
    clusterCount: 0,
    created: timestamp(createdAt),
    id,
    links: [{ href, rel: 'self' }, ...below],
    name,
    orgId,
    // Recorded with tags only; one just made is answered without the field.
    ...(tags.length > 0 ? { tags } : {}),
    withDefaultAlertsSettings: true,
  };
}

/** Who am I: the caller's key, null for a service account. */
export function statusView(key: StoredKey | undefined, place: Place, surface: string) {
  const apiKey =
    key === undefined
      ? null
      : {
          accessList: key.accessList.map(({ cidrBlock, ipAddress }) => ({
            cidrBlock,
            ipAddress: ipAddress ?? null,
          })),
          id: key.id,
          publicKey: key.publicKey,
          roles: rolesView(key, place.settings),
        };
  return {
    apiKey,
    appName: surface === 'public/v1.0' ? 'MongoDB Ops Manager' : 'MongoDB Atlas',
    build: '203ac0360368239eed8f27b82e06b1be8429648c',
    links: [{ href: place.root, rel: 'self' }],
    throttling: false,
  };
}
