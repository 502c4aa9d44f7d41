import { errorCodeIn, isObject, parseObject } from './answer.ts';
import { type Call, type CallContext, makeCall, type SignIn } from './client.ts';
import { AtlasError, isAtlasError } from './errors.ts';
import { CHECK_WAY, explainNonsense } from './explain.ts';
import { tokensOf } from './oauth.ts';
import * as shapes from './shapes.ts';
import type { Deadline } from './time.ts';
import type { AccountCalls, Atlas, Deletion, KeyPair, Surface } from './types.ts';

/** The version that Atlas gives for every key endpoint: https://www.mongodb.com/docs/api/doc/atlas-admin-api-v2/ */
const OF_KEYS = 'application/vnd.atlas.2023-01-01+json';
/** And for every endpoint of service accounts. */
const OF_ACCOUNTS = 'application/vnd.atlas.2024-08-05+json';
const UNVERSIONED = 'application/json';

// The roles that Atlas asks of the caller, in its own words.
const READER = 'Project Read Only';
const MANAGER = 'Project Access Manager';
const OWNER = 'Project Owner';
const ORG_READER = 'Organization Read Only';
const MEMBER = 'Organization Member';
const ORG_OWNER = 'Organization Owner';

/** The calls of the Admin API, made by `caller` or, where a key is named, by that key. */
export function atlasCalls(
  surface: Surface,
  caller: SignIn,
  signInOf: (key: KeyPair) => SignIn,
  deadline: Deadline,
  context: CallContext,
): Atlas {
  const below = (root: string, accept: string) => callsBelow(root, accept, caller, deadline, context);
  const ofKeys = below(`/api/${surface}`, surface === 'atlas/v2' ? OF_KEYS : UNVERSIONED);
  const { call, get, post, make, patch, remove } = ofKeys;
  const { mask } = context.machine;

  const list = async (path: string, does: string, needs: string) => {
    const keys = await readAllPages((pageNum) =>
      get(`${path}?itemsPerPage=${ITEMS_PER_PAGE}&pageNum=${pageNum}`, does, shapes.readKeyPage, needs),
    );
    const problem = `the list does not end after ${MOST_PAGES} pages. ${CHECK_WAY}`;
    if (keys === undefined) throw explainNonsense(call('GET', path, does), problem);
    return keys;
  };

  const updateRoles: Atlas['updateRoles'] = async (groupId, apiUserId, roles) => {
    const path = at`/groups/${groupId}/apiKeys/${apiUserId}`;
    return patch(path, "set the key's roles in the project", { roles }, shapes.readKey, MANAGER);
  };

  return {
    serviceNow: context.serviceClock.now,
    accounts: {
      ...accountCalls(below('/api/atlas/v2', OF_ACCOUNTS), mask),
      longestSecret: async (orgId) =>
        get(at`/orgs/${orgId}/settings`, "read the organisation's settings", shapes.readLongestSecret),
      signInAs: async (account) => {
        const tokens = tokensOf(account, context);
        const token = await tokens.fetch(deadline);
        await tokens.revoke(token).catch(() => undefined);
      },
    },

    readProject: async (groupId) =>
      get(at`/groups/${groupId}`, 'read the project', shapes.readProject, READER),
    listProjectKeys: async (groupId) =>
      list(at`/groups/${groupId}/apiKeys`, "list the project's keys", READER),
    listOrganizationKeys: async (orgId) =>
      list(at`/orgs/${orgId}/apiKeys`, "list the organisation's keys", MEMBER),
    readOrganizationKey: async (orgId, apiUserId) =>
      get(at`/orgs/${orgId}/apiKeys/${apiUserId}`, 'read the key', shapes.readKey, MEMBER),

    createKey: async (groupId, { desc, roles }) => {
      const path = at`/groups/${groupId}/apiKeys`;
      const key = await make(path, 'make a key in the project', { desc, roles }, shapes.readNewKey, MANAGER);
      mask(key.privateKey);
      return key;
    },
    assignKey: async (groupId, apiUserId, roles) => {
      // Cloud Manager and Ops Manager know no POST here: they assign by PATCH.
      if (surface !== 'public/v1.0') {
        const path = at`/groups/${groupId}/apiKeys/${apiUserId}`;
        try {
          return await post(path, 'assign the key to the project', [{ roles }]);
        } catch (error) {
          // PATCH assigns, too, and asks for less: Project Access Manager in place of Project Owner.
          if (!isAtlasError(error, 'alreadyThere', 'notAllowed')) throw error;
        }
      }
      await updateRoles(groupId, apiUserId, roles);
    },
    updateRoles,

    renameKey: async ({ groupId, orgId, apiUserId }, desc) => {
      const does = "change the key's description";
      const rename = (path: string, needs: string) => patch(path, does, { desc }, shapes.readKey, needs);
      let gone: AtlasError | undefined;
      // Ops Manager documents only `roles` for the project's PATCH.
      if (surface !== 'public/v1.0') {
        try {
          const key = await rename(at`/groups/${groupId}/apiKeys/${apiUserId}`, MANAGER);
          if (key.desc === desc) return key;
        } catch (error) {
          // Not assigned any more, or a project PATCH that wants roles: the organisation's own can still do it.
          if (!isAtlasError(error, 'gone', 'badRequest')) throw error;
          if (error.kind === 'gone') gone = error;
        }
      }
      const path = at`/orgs/${orgId}/apiKeys/${apiUserId}`;
      const key = await rename(path, ORG_OWNER).catch((error: unknown) => {
        // That the project does not know the key says more than the role that the caller lacks in the organisation.
        throw gone !== undefined && isAtlasError(error, 'notAllowed') ? gone : error;
      });
      if (key.desc === desc) return key;
      const problem = 'the answer still shows the old one. Check api, and run the job again.';
      throw explainNonsense(call('PATCH', path, does), problem);
    },
    unassignKey: async (groupId, apiUserId) =>
      remove(at`/groups/${groupId}/apiKeys/${apiUserId}`, 'take the key out of the project', MANAGER),
    deleteKey: async (orgId, apiUserId) =>
      remove(at`/orgs/${orgId}/apiKeys/${apiUserId}`, 'delete the key', ORG_OWNER),

    whoAmI: async () => (await get('', 'ask who signs in', shapes.readCaller)) ?? undefined,
    signInAs: async (key) => void (await get('', 'sign in as the key', isSuccess, undefined, signInOf(key))),
    addAccessListEntries: async (orgId, apiUserId, entries, as) => {
      const path = at`/orgs/${orgId}/apiKeys/${apiUserId}/accessList`;
      const signIn = as && signInOf(as);
      const add = async (some: typeof entries) => {
        try {
          await post(path, "add to the key's access list", some, ORG_OWNER, signIn);
        } catch (error) {
          if (!isAtlasError(error, 'alreadyThere')) throw error;
          // One of several is there already, and Atlas may have refused the rest with it.
          if (some.length > 1) for (const entry of some) await add([entry]);
        }
      };
      await add(entries);
    },
    currentAddress: async () =>
      below('/api/private', UNVERSIONED).get('/ipinfo', "ask for this machine's address", shapes.readAddress),
  };
}

/** The calls of service accounts on their own endpoints. */
function accountCalls(
  { get, post, make, patch, remove }: ReturnType<typeof callsBelow>,
  mask: (secret: string) => void,
): Omit<AccountCalls, 'longestSecret' | 'signInAs'> {
  const all = (groupId: string) => at`/groups/${groupId}/serviceAccounts`;
  const one = (groupId: string, clientId: string) => at`/groups/${groupId}/serviceAccounts/${clientId}`;
  const entries = (groupId: string, clientId: string) => `${one(groupId, clientId)}/accessList`;
  /** A page is as long as any of these lists: 200 accounts an organisation, 200 entries a list. */
  const list = <T>(path: string, does: string, item: Reader<T>, needs: string) =>
    get(`${path}?itemsPerPage=${ITEMS_PER_PAGE}`, does, shapes.readResults(item), needs);

  return {
    list: async (groupId) =>
      list(all(groupId), "list the project's service accounts", shapes.readAccount, READER),
    listProjects: async (orgId, clientId) => {
      const path = at`/orgs/${orgId}/serviceAccounts/${clientId}/groups`;
      return list(path, "list the service account's projects", shapes.readProjectId, ORG_READER);
    },
    create: async (groupId, { name, description, roles, hours }) => {
      const body = { name, description, roles, secretExpiresAfterHours: hours };
      const account = await make(all(groupId), 'make a service account', body, shapes.readNewAccount, OWNER);
      mask(account.secret.secret);
      return account;
    },
    update: async (groupId, clientId, change) =>
      patch(one(groupId, clientId), 'change the service account', change, shapes.readAccount, OWNER),
    unassign: async (groupId, clientId) =>
      remove(one(groupId, clientId), 'take the service account out of the project', OWNER),
    delete: async (orgId, clientId) =>
      remove(at`/orgs/${orgId}/serviceAccounts/${clientId}`, 'delete the service account', ORG_OWNER),
    createSecret: async (groupId, clientId, hours) => {
      const path = `${one(groupId, clientId)}/secrets`;
      const body = { secretExpiresAfterHours: hours };
      const does = 'make a secret of the service account';
      const made = await make(path, does, body, shapes.readNewSecret, OWNER);
      mask(made.secret);
      return made;
    },
    deleteSecret: async (groupId, clientId, secretId) => {
      const path = at`/groups/${groupId}/serviceAccounts/${clientId}/secrets/${secretId}`;
      return remove(path, 'delete the secret of the service account', OWNER);
    },
    listEntries: async (groupId, clientId) =>
      list(entries(groupId, clientId), "read the service account's access list", shapes.readEntry, READER),
    addEntries: async (groupId, clientId, added) =>
      post(entries(groupId, clientId), "add to the service account's access list", added, MANAGER),
    removeEntry: async (groupId, clientId, ipAddress) => {
      const path = `${entries(groupId, clientId)}/${encodeURIComponent(ipAddress)}`;
      return remove(path, "remove from the service account's access list", MANAGER);
    },
  };
}

type Reader<T> = (body: unknown) => T | undefined;

/** The forms that calls have. Each is told its path below the root, what it does, and the role that it needs. */
function callsBelow(root: string, accept: string, caller: SignIn, deadline: Deadline, context: CallContext) {
  const call = (method: string, path: string, does: string, needs?: string, body?: unknown): Call => {
    return { method, path: `${root}${path}`, does, needs, accept, body: JSON.stringify(body) };
  };
  const ask = <T>(request: Call, read: Reader<T>, signIn = caller) =>
    makeCall(request, ({ text }) => read(parseObject(text)), signIn, deadline, context);
  /** Needs no body; but one that carries an error, or a page of a proxy, is no success. */
  const send = async (request: Call, signIn = caller) => {
    const read = ({ text }: { text: string }) => text.trim() === '' || isSuccess(parseObject(text));
    await makeCall(request, read, signIn, deadline, context);
  };
  return {
    call,
    get: <T>(path: string, does: string, read: Reader<T>, needs?: string, signIn?: SignIn) =>
      ask(call('GET', path, does, needs), read, signIn),
    patch: <T>(path: string, does: string, body: unknown, read: Reader<T>, needs: string) =>
      ask(call('PATCH', path, does, needs, body), read),
    post: (path: string, does: string, body: unknown, needs?: string, signIn?: SignIn) =>
      send(call('POST', path, does, needs, body), signIn),
    /** Never sent twice. Whoever calls it masks the secret that was read, whatever form it had. */
    make: <T>(path: string, does: string, body: unknown, read: Reader<T>, needs: string) =>
      ask({ ...call('POST', path, does, needs, body), once: true, showsSecret: true }, read),
    async remove(path: string, does: string, needs: string): Promise<Deletion> {
      let doubt = false;
      try {
        await send({ ...call('DELETE', path, does, needs), onDoubt: () => (doubt = true) });
        return 'deleted';
      } catch (error) {
        // A wrong organisation says nothing about what is in it: that may live on in another.
        if (!isAtlasError(error, 'gone') || error.errorCode === 'ORG_NOT_FOUND') throw error;
        // Our own first try did it, and only its answer was lost.
        return doubt ? 'deleted' : 'gone';
      }
    },
  };
}

const isSuccess = (body: unknown) => (isObject(body) && errorCodeIn(body) === undefined) || undefined;

/** A path with ids. Throws before anything is sent when one of them is none: it could lead elsewhere. */
function at(texts: TemplateStringsArray, ...ids: string[]): string {
  if (ids.every((id) => shapes.isId(id) || shapes.isClientId(id))) return String.raw(texts, ...ids);
  const problem = 'An id must be 24 hex digits, behind mdb_sa_id_ for a service account; nothing was sent.';
  throw new AtlasError(problem, { kind: 'badRequest' });
}

/** The most that Atlas gives at once, and as many keys as an organisation may hold. */
const ITEMS_PER_PAGE = 500;

/** How many items a server gives that ignores `itemsPerPage`. */
const DEFAULT_ITEMS = 100;

/** Twenty-five pages, each read twice, hold far more than the 500 keys that Atlas allows: a longer list never ends. */
const MOST_PAGES = 50;

/**
 * Reads a list to its end. Items move between pages while others come and go, so each is returned once, by its id, and
 * a list of several pages is read again, until that shows nothing new: one may have slipped to a page that was read
 * already. Undefined when that takes more than `MOST_PAGES` pages.
 */
export async function readAllPages<T extends { readonly id: string }>(
  readPage: (pageNum: number) => Promise<{ readonly results: readonly T[]; readonly totalCount: number }>,
): Promise<T[] | undefined> {
  const items = new Map<string, T>();
  let known = -1;
  let pageNum = 1;
  for (let pages = 1; pages <= MOST_PAGES; pages++) {
    const { results, totalCount } = await readPage(pageNum);
    for (const item of results) items.set(item.id, item);
    const isLast =
      results.length < ITEMS_PER_PAGE && (results.length !== DEFAULT_ITEMS || totalCount <= items.size);
    const pagesWithItems = results.length > 0 ? pageNum : pageNum - 1;
    if (!isLast) pageNum += 1;
    else if (pagesWithItems <= 1 || items.size === known) return [...items.values()];
    else [known, pageNum] = [items.size, 1];
  }
  return undefined;
}
