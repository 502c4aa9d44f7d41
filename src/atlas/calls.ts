import type { WireAnswer } from '../wire/wire.ts';
import { accountCalls } from './account-calls.ts';
import { cleaned, errorCodeIn, isObject, parseObject, readRefusal } from './answer.ts';
import type { Call } from './client.ts';
import { AtlasError, isAtlasError } from './errors.ts';
import { CHECK_WAY, explainNonsense } from './explain.ts';
import { ITEMS_PER_PAGE, MOST_PAGES, readAllPages } from './pages.ts';
import { isId, readAddress, readCaller, readKey, readKeyPage, readNewKey, readProject } from './shapes.ts';
import type { ApiKey, Atlas, Deletion, Surface } from './types.ts';

/** What the calls are made with. */
export interface CallMaker {
  /** Makes a call as the caller, and reads the success. */
  ask<T>(call: Call, read: (answer: WireAnswer) => T): Promise<T>;
  /** Makes a call as another key. */
  askAs<T>(
    key: { publicKey: string; privateKey: string },
    call: Call,
    read: (answer: WireAnswer) => T,
  ): Promise<T>;
  /** Masks the secret that was read, whatever else the answer had in the place of it. */
  mask(secret: string): void;
  serviceNow(): number;
  /** Fetches a token as this service account, and gives it back. */
  signInAsAccount(account: { clientId: string; clientSecret: string }): Promise<void>;
}

/** The version that Atlas gives for every key endpoint: https://www.mongodb.com/docs/api/doc/atlas-admin-api-v2/ */
const VERSIONED = 'application/vnd.atlas.2023-01-01+json';
const JSON_TYPE = 'application/json';

/** The calls of the Admin API, in terms of one function that makes a call. */
export function atlasCalls(
  surface: Surface,
  { ask, askAs, mask, serviceNow, signInAsAccount }: CallMaker,
): Atlas {
  const root = `/api/${surface}`;
  const media = surface === 'atlas/v2' ? VERSIONED : JSON_TYPE;
  const call = (method: string, path: string, rest: Partial<Call> & { does: string }): Call => {
    return { method, path: `${root}${path}`, contentType: media, accept: media, repeat: 'always', ...rest };
  };
  const groupKey = (groupId: string, apiUserId: string) => `/groups/${id(groupId)}/apiKeys/${id(apiUserId)}`;
  const orgKey = (orgId: string, apiUserId: string) => `/orgs/${id(orgId)}/apiKeys/${id(apiUserId)}`;

  const read = async <T>(request: Call, reader: (value: unknown) => T | undefined): Promise<T> => {
    return ask(request, (answer) => understand(request, answer, reader));
  };
  const send = (request: Call): Promise<void> => ask(request, (answer) => acknowledge(request, answer));

  const list = async (path: string, does: string, needs: string): Promise<ApiKey[]> => {
    const page = (pageNum: number) => {
      const query = `itemsPerPage=${ITEMS_PER_PAGE}&pageNum=${pageNum}`;
      return read(call('GET', path, { does, needs, query }), readKeyPage);
    };
    const keys = await readAllPages(page);
    const problem = `the list does not end after ${MOST_PAGES} pages. ${CHECK_WAY}`;
    if (keys === undefined) throw explainNonsense(call('GET', path, { does }), problem);
    return keys;
  };

  const updateRoles = (groupId: string, apiUserId: string, roles: readonly string[]): Promise<ApiKey> => {
    const does = "set the key's roles in the project";
    const body = JSON.stringify({ roles });
    return read(
      call('PATCH', groupKey(groupId, apiUserId), { does, needs: 'Project Access Manager', body }),
      readKey,
    );
  };

  const remove = async (
    request: Call,
    isGone: (error: AtlasError) => boolean = () => true,
  ): Promise<Deletion> => {
    let doubt = false;
    try {
      await send({ ...request, onDoubt: () => (doubt = true) });
      return 'deleted';
    } catch (error) {
      if (!isAtlasError(error, 'gone') || !isGone(error)) throw error;
      // Our own first try did it, and only its answer was lost.
      return doubt ? 'deleted' : 'gone';
    }
  };

  const addEntries: Atlas['addAccessListEntries'] = (orgId, apiUserId, entries, as) => {
    const request = call('POST', `${orgKey(orgId, apiUserId)}/accessList`, {
      does: "add to the key's access list",
      needs: 'Organization Owner',
      body: JSON.stringify(entries),
    });
    const read = (answer: WireAnswer) => acknowledge(request, answer);
    return as === undefined ? ask(request, read) : askAs(as, request, read);
  };

  const whoAmI = call('GET', '', { does: 'ask who signs in' });
  const signIn = { ...whoAmI, does: 'sign in as the key' };

  return {
    serviceNow,
    accounts: accountCalls({ call, read, send, remove, id, mask, signInAs: signInAsAccount }),

    readProject: async (groupId) => {
      const request = call('GET', `/groups/${id(groupId)}`, {
        does: 'read the project',
        needs: 'Project Read Only',
      });
      return read(request, readProject);
    },
    listProjectKeys: async (groupId) => {
      return list(`/groups/${id(groupId)}/apiKeys`, "list the project's keys", 'Project Read Only');
    },
    listOrganizationKeys: async (orgId) => {
      return list(`/orgs/${id(orgId)}/apiKeys`, "list the organisation's keys", 'Organization Member');
    },
    readOrganizationKey: async (orgId, apiUserId) => {
      return read(
        call('GET', orgKey(orgId, apiUserId), { does: 'read the key', needs: 'Organization Member' }),
        readKey,
      );
    },

    createKey: async (groupId, { desc, roles }) => {
      const request = call('POST', `/groups/${id(groupId)}/apiKeys`, {
        does: 'make a key in the project',
        needs: 'Project Access Manager',
        body: JSON.stringify({ desc, roles }),
        repeat: 'unlessExecuted',
        createsSecret: true,
      });
      const key = await read(request, readNewKey);
      mask(key.privateKey);
      return key;
    },

    assignKey: async (groupId, apiUserId, roles) => {
      // Cloud Manager and Ops Manager know no POST here: they assign by PATCH.
      if (surface !== 'public/v1.0') {
        const does = 'assign the key to the project';
        const body = JSON.stringify([{ roles }]);
        try {
          return await send(call('POST', groupKey(groupId, apiUserId), { does, body }));
        } catch (error) {
          // PATCH assigns, too, and asks for less: Project Access Manager in place of Project Owner.
          if (!isAtlasError(error, 'alreadyThere', 'notAllowed')) throw error;
        }
      }
      await updateRoles(groupId, apiUserId, roles);
    },

    updateRoles: async (groupId, apiUserId, roles) => updateRoles(groupId, apiUserId, roles),

    renameKey: async ({ groupId, orgId, apiUserId }, desc) => {
      const does = "change the key's description";
      const body = JSON.stringify({ desc });
      let gone: AtlasError | undefined;
      // Ops Manager documents only `roles` for the project's PATCH.
      if (surface !== 'public/v1.0') {
        const request = call('PATCH', groupKey(groupId, apiUserId), {
          does,
          needs: 'Project Access Manager',
          body,
        });
        try {
          const key = await read(request, readKey);
          if (key.desc === desc) return key;
        } catch (error) {
          // Not assigned any more, or a project PATCH that wants roles: the organisation's own can still do it.
          if (!isAtlasError(error, 'gone', 'badRequest')) throw error;
          if (error.kind === 'gone') gone = error;
        }
      }
      const request = call('PATCH', orgKey(orgId, apiUserId), { does, needs: 'Organization Owner', body });
      const key = await read(request, readKey).catch((error: unknown) => {
        // That the project does not know the key says more than the role that the caller lacks in the organisation.
        throw gone !== undefined && isAtlasError(error, 'notAllowed') ? gone : error;
      });
      if (key.desc !== desc)
        throw explainNonsense(
          request,
          'the answer still shows the old one. Check api, and run the job again.',
        );
      return key;
    },

    unassignKey: async (groupId, apiUserId) => {
      const does = 'take the key out of the project';
      const request = call('DELETE', groupKey(groupId, apiUserId), { does, needs: 'Project Access Manager' });
      return remove(request);
    },
    deleteKey: async (orgId, apiUserId) => {
      const request = call('DELETE', orgKey(orgId, apiUserId), {
        does: 'delete the key',
        needs: 'Organization Owner',
      });
      // A wrong organisation says nothing about the key: it may live on in another.
      return remove(request, (error) => error.errorCode !== 'ORG_NOT_FOUND');
    },

    whoAmI: async () => {
      const caller = await read(whoAmI, readCaller);
      return caller === 'none' ? undefined : caller;
    },
    signInAs: async (key) => {
      const isSuccess = (value: unknown) =>
        (isObject(value) && errorCodeIn(value) === undefined) || undefined;
      await askAs(key, signIn, (answer) => understand(signIn, answer, isSuccess));
    },
    addAccessListEntries: async (orgId, apiUserId, entries, as) => {
      try {
        await addEntries(orgId, apiUserId, entries, as);
      } catch (error) {
        if (!isAtlasError(error, 'alreadyThere')) throw error;
        if (entries.length === 1) return;
        // One of them is there already, and Atlas may have refused the rest with it.
        for (const entry of entries) {
          await addEntries(orgId, apiUserId, [entry], as).catch((single) => {
            if (!isAtlasError(single, 'alreadyThere')) throw single;
          });
        }
      }
    },
    currentAddress: async () => {
      const does = "ask for this machine's address";
      const path = '/api/private/ipinfo';
      return read({ ...call('GET', '', { does }), path, accept: JSON_TYPE }, readAddress);
    },
  };
}

/** An id as a part of a path. Throws before anything is sent when it is none: it could lead elsewhere. */
function id(value: string): string {
  if (isId(value)) return value;
  throw new AtlasError(
    `An id must be 24 hex digits, not “${cleaned(value).slice(0, 60)}”; nothing was sent.`,
    {
      kind: 'badRequest',
    },
  );
}

function understand<T>(call: Call, answer: WireAnswer, reader: (value: unknown) => T | undefined): T {
  const value = reader(parseObject(answer.text));
  if (value === undefined) throw explainOddity(call, answer);
  return value;
}

/** A success that needs no body; but one that carries an error, or a page of a proxy, is none. */
function acknowledge(call: Call, answer: WireAnswer): void {
  if (answer.text.trim() === '') return;
  const body = parseObject(answer.text);
  if (body === undefined || errorCodeIn(body) !== undefined) throw explainOddity(call, answer);
}

function explainOddity(call: Call, answer: WireAnswer): AtlasError {
  const { status, errorCode, body } = readRefusal(answer);
  if (body !== 'json') {
    const what = body === 'empty' ? 'empty' : 'no JSON';
    return explainNonsense(call, `the answer (${status}) is ${what}. ${CHECK_WAY}`);
  }
  return explainNonsense(
    call,
    errorCode === undefined
      ? `the answer (${status}) is not what the API documents. Check baseUrl and api.`
      : `the answer says ${status} and ${errorCode} at once. ${CHECK_WAY}`,
  );
}
