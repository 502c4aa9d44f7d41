import { isObject } from './answer.ts';
import type { Call } from './client.ts';
import { AtlasError } from './errors.ts';
import { ITEMS_PER_PAGE } from './pages.ts';
import {
  isClientId,
  readAccount,
  readEntry,
  readLongestSecret,
  readNewAccount,
  readNewSecret,
  readProjectId,
} from './shapes.ts';
import type { Account, AccountCalls, AccountSecret, Deletion } from './types.ts';

/** The version that Atlas gives for every endpoint of service accounts. */
const MEDIA = 'application/vnd.atlas.2024-08-05+json';

/** What these calls are made with, as those of keys are. */
export interface CallTools {
  call(method: string, path: string, rest: Partial<Call> & { does: string }): Call;
  read<T>(call: Call, reader: (value: unknown) => T | undefined): Promise<T>;
  send(call: Call): Promise<void>;
  remove(call: Call): Promise<Deletion>;
  /** An id as a part of a path. */
  id(value: string): string;
  mask(secret: string): void;
  signInAs: AccountCalls['signInAs'];
}

export function accountCalls({ read, send, remove, id, mask, signInAs, ...tools }: CallTools): AccountCalls {
  const call: CallTools['call'] = (method, path, rest) =>
    tools.call(method, path, { contentType: MEDIA, accept: MEDIA, ...rest });
  const inProject = (groupId: string, clientId: string) =>
    `/groups/${id(groupId)}/serviceAccounts/${clientIdOf(clientId)}`;
  const inOrganization = (orgId: string, clientId: string) =>
    `/orgs/${id(orgId)}/serviceAccounts/${clientIdOf(clientId)}`;
  const owner = { needs: 'Project Owner' };
  const making = { ...owner, repeat: 'unlessExecuted', createsSecret: true } as const;
  /** A page is as long as any of these lists: 200 accounts an organisation, 200 entries a list. */
  const list = <T>(path: string, does: string, needs: string, item: (value: unknown) => T | undefined) =>
    read(call('GET', path, { does, needs, query: `itemsPerPage=${ITEMS_PER_PAGE}` }), listOf(item));

  return {
    list: async (groupId) =>
      list(
        `/groups/${id(groupId)}/serviceAccounts`,
        "list the project's service accounts",
        'Project Read Only',
        readAccount,
      ),
    listProjects: async (orgId, clientId) =>
      list(
        `${inOrganization(orgId, clientId)}/groups`,
        "list the service account's projects",
        'Organization Read Only',
        readProjectId,
      ),
    longestSecret: async (orgId) => {
      const request = tools.call('GET', `/orgs/${id(orgId)}/settings`, {
        does: "read the organisation's settings",
      });
      const { hours } = await read(request, readLongestSecret);
      return hours;
    },
    create: async (groupId, { name, description, roles, hours }) => {
      const body = JSON.stringify({ name, description, roles, secretExpiresAfterHours: hours });
      const path = `/groups/${id(groupId)}/serviceAccounts`;
      const request = call('POST', path, { does: 'make a service account', body, ...making });
      const account = await read(request, readNewAccount);
      mask(account.secret.secret);
      return account;
    },
    update: async (groupId, clientId, change): Promise<Account> => {
      const body = JSON.stringify(change);
      return read(
        call('PATCH', inProject(groupId, clientId), { does: 'change the service account', body, ...owner }),
        readAccount,
      );
    },
    unassign: async (groupId, clientId) =>
      remove(
        call('DELETE', inProject(groupId, clientId), {
          does: 'take the service account out of the project',
          ...owner,
        }),
      ),
    delete: async (orgId, clientId) =>
      remove(
        call('DELETE', inOrganization(orgId, clientId), {
          does: 'delete the service account',
          needs: 'Organization Owner',
        }),
      ),
    createSecret: async (groupId, clientId, hours) => {
      const body = JSON.stringify({ secretExpiresAfterHours: hours });
      const path = `${inProject(groupId, clientId)}/secrets`;
      const request = call('POST', path, { does: 'make a secret of the service account', body, ...making });
      const made = await read(request, readNewSecret);
      mask(made.secret);
      return made;
    },
    deleteSecret: async (groupId, clientId, secretId: AccountSecret['id']) =>
      remove(
        call('DELETE', `${inProject(groupId, clientId)}/secrets/${id(secretId)}`, {
          does: 'delete the secret of the service account',
          ...owner,
        }),
      ),
    listEntries: async (groupId, clientId) =>
      list(
        `${inProject(groupId, clientId)}/accessList`,
        "read the service account's access list",
        'Project Read Only',
        readEntry,
      ),
    addEntries: async (groupId, clientId, entries) =>
      send(
        call('POST', `${inProject(groupId, clientId)}/accessList`, {
          does: "add to the service account's access list",
          needs: 'Project Access Manager',
          body: JSON.stringify(entries),
        }),
      ),
    removeEntry: async (groupId, clientId, ipAddress) =>
      remove(
        call('DELETE', `${inProject(groupId, clientId)}/accessList/${encodeURIComponent(ipAddress)}`, {
          does: "remove from the service account's access list",
          needs: 'Project Access Manager',
        }),
      ),
    signInAs,
  };
}

function listOf<T>(item: (value: unknown) => T | undefined): (value: unknown) => T[] | undefined {
  return (value) => {
    if (!isObject(value) || !Array.isArray(value.results)) return undefined;
    const items = value.results.map(item).filter((read) => read !== undefined);
    return items.length === value.results.length ? items : undefined;
  };
}

/** A client id as a part of a path. Throws before anything is sent when it is none: it could lead elsewhere. */
function clientIdOf(value: string): string {
  if (isClientId(value)) return value;
  throw new AtlasError('A client id must be mdb_sa_id_ and 24 hex digits; nothing was sent.', {
    kind: 'badRequest',
  });
}
