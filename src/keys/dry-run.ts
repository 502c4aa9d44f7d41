/**
 * dryRun: the mode itself, and then what the job's success would bring, on an Atlas that reads from the real one and only
 * remembers what is written. What differs in the end is the plan, so it cannot say anything else than what would be done.
 */
import { AtlasError } from '../atlas/errors.ts';
import type { ApiKey, Atlas, Caller, NewApiKey } from '../atlas/types.ts';
import type { JournalEntry } from './journal.ts';
import { isOwner, rolesIn, sameRoles } from './key.ts';
import { readMark } from './mark.ts';
import { type Outcome, outcome, type PlannedChange } from './outcome.ts';
import { unfinishedBusiness } from './settle.ts';
import type { Step } from './step.ts';

/** What has become of the keys that were written to, by id; `undefined` for one that was deleted. */
type Written = ReadonlyMap<string, ApiKey | undefined>;

/** Carries out `mode` and its post without changing anything. Warnings are told; of what is not so, nothing is. */
export async function rehearse(step: Step, mode: (step: Step) => Promise<Outcome>): Promise<Outcome> {
  const memory = rememberWrites(step.atlas);
  let entry: JournalEntry = { phase: 'idle' };
  const acting: Step = {
    ...step,
    atlas: memory.atlas,
    undoing: memory.atlas,
    log: { ...step.log, info: () => {}, notice: () => {} },
    journal: (next) => {
      // not covered: a mode for API keys makes no other entry, which the types do not know.
      if (!('credential' in next)) entry = next;
    },
    deliver: async () => {},
    recall: () => {},
  };
  const { facts, problem } = await mode(acting);
  const atOnce = new Map(memory.written);
  await unfinishedBusiness(entry, 'success')?.settle(acting);

  const key = facts && memory.found.get(facts.key.id);
  return outcome({
    result: 'planned',
    changed: false,
    plan: changesIn(memory, atOnce),
    ...(facts && key && { facts: { ...facts, roles: rolesIn(facts.groupIds[0], key) } }),
    ...(problem !== undefined && { problem }),
  });
}

interface Memory {
  readonly atlas: Atlas;
  /** Every key that was read, as it really is. */
  readonly found: ReadonlyMap<string, ApiKey>;
  readonly written: Written;
}

function rememberWrites(real: Atlas): Memory {
  const found = new Map<string, ApiKey>();
  const written = new Map<string, ApiKey | undefined>();
  const list = (keys: readonly ApiKey[], within: (key: ApiKey) => boolean): ApiKey[] => {
    for (const key of keys) found.set(key.id, key);
    const now = new Map([...keys.map((key) => [key.id, key] as const), ...written]);
    return [...now.values()].filter((key) => key !== undefined).filter(within);
  };
  const current = (apiUserId: string): ApiKey => {
    const key = written.has(apiUserId) ? written.get(apiUserId) : found.get(apiUserId);
    // not covered: no mode asks for a key that it has deleted.
    if (key === undefined) throw new AtlasError(`Key ${apiUserId} is gone.`, { kind: 'gone' });
    return key;
  };
  const write = (apiUserId: string, change: (key: ApiKey) => Partial<ApiKey>): ApiKey => {
    const before = current(apiUserId);
    const after = { ...before, ...change(before) };
    written.set(apiUserId, after);
    return after;
  };
  const giveRoles = (groupId: string, apiUserId: string, roles: readonly string[]): ApiKey =>
    write(apiUserId, (key) => ({
      roles: [
        ...key.roles.filter((role) => role.groupId !== groupId),
        ...roles.map((roleName) => ({ roleName, groupId })),
      ],
    }));
  /** Of a service account Atlas does not tell the roles; then only the real run finds out whether it may delete. */
  let caller: Promise<Caller | undefined> | undefined;
  const isIn = (groupId: string) => (key: ApiKey) => rolesIn(groupId, key).length > 0;
  return {
    found,
    written,
    atlas: {
      ...real,
      listProjectKeys: async (groupId) => list(await real.listProjectKeys(groupId), isIn(groupId)),
      listOrganizationKeys: async (orgId) => list(await real.listOrganizationKeys(orgId), () => true),
      readOrganizationKey: async (orgId, apiUserId) => {
        if (!written.has(apiUserId)) found.set(apiUserId, await real.readOrganizationKey(orgId, apiUserId));
        return current(apiUserId);
      },
      createKey: async (groupId, { desc, roles }): Promise<NewApiKey> => {
        const { orgId } = await real.readProject(groupId);
        // Newer than any key that is there.
        const id = Math.floor(real.serviceNow() / 1000).toString(16) + 'f'.repeat(16);
        const key = {
          id,
          publicKey: 'new',
          desc,
          privateKeyTail: '',
          roles: [{ roleName: 'ORG_MEMBER', orgId }, ...roles.map((roleName) => ({ roleName, groupId }))],
        };
        written.set(id, key);
        return { ...key, privateKey: '' };
      },
      assignKey: async (groupId, apiUserId, roles) => void giveRoles(groupId, apiUserId, roles),
      updateRoles: async (groupId, apiUserId, roles) => giveRoles(groupId, apiUserId, roles),
      renameKey: async ({ apiUserId }, desc) => write(apiUserId, () => ({ desc })),
      unassignKey: async (groupId, apiUserId) => {
        giveRoles(groupId, apiUserId, []);
        return 'deleted';
      },
      deleteKey: async (_orgId, apiUserId) => {
        caller ??= real.whoAmI();
        const known = await caller;
        if (known !== undefined && !isOwner(known)) {
          throw new AtlasError(`Key ${apiUserId} may not be deleted.`, { kind: 'notAllowed' });
        }
        written.set(apiUserId, undefined);
        return 'deleted';
      },
      signInAs: async (key) => (key.publicKey === 'new' ? undefined : real.signInAs(key)),
      addAccessListEntries: async () => {},
    },
  };
}

/** What was written, in the order of its beginning; `atOnce` is how far the step itself got. */
function changesIn({ found, written }: Memory, atOnce: Written): PlannedChange[] {
  return [...written].flatMap(([id, after]): PlannedChange[] => {
    const later = after === atOnce.get(id) && atOnce.has(id) ? '' : ' when the job succeeds';
    const before = found.get(id);
    if (before === undefined) return planOfNew(atOnce.get(id), after, later);
    const key = { id, publicKey: before.publicKey };
    const was = `is ${stateOf(before)}`;
    if (after === undefined) {
      const what = `"${before.desc}", ${was}${later === '' ? '' : `, goes${later}`}`;
      return [{ action: 'revoke', key, what }];
    }
    const renamed: PlannedChange[] =
      after.desc === before.desc
        ? []
        : [{ action: 'rename', key, what: `${was}, becomes ${stateOf(after)}${later}` }];
    return [...renamed, ...planOfRoles(key, before, after)];
  });
}

function planOfNew(made: ApiKey | undefined, after: ApiKey | undefined, later: string): PlannedChange[] {
  // not covered: what follows on the step itself makes no key.
  if (made === undefined) return [];
  const text = readMark(made.desc)?.text ?? made.desc;
  const [first, ...others] = [...new Set(made.roles.flatMap(({ groupId }) => groupId ?? []))];
  const roles = rolesIn(`${first}`, made);
  const elsewhere = others.length === 0 ? '' : `, assigned to ${others.join(', ')}`;
  const end =
    after === undefined ? ', revoked when the job ends' : `, ${stateOf(after)}${later || ' at once'}`;
  return [
    { action: 'create', what: `"${text}" with ${roles.join(', ')} in project ${first}${elsewhere}${end}` },
  ];
}

function planOfRoles(key: Pick<ApiKey, 'id' | 'publicKey'>, before: ApiKey, after: ApiKey): PlannedChange[] {
  const projects = new Set([...before.roles, ...after.roles].flatMap(({ groupId }) => groupId ?? []));
  return [...projects].flatMap((groupId): PlannedChange[] => {
    const [was, is] = [rolesIn(groupId, before), rolesIn(groupId, after)];
    if (sameRoles(was, is)) return [];
    const old = was.length === 0 ? '' : `, was ${was.join(', ')}`;
    if (is.length === 0) return [{ action: 'unassign', key, what: `from project ${groupId}${old}` }];
    return [
      {
        action: was.length === 0 ? 'assign' : 'update',
        key,
        what: `${is.join(', ')} in project ${groupId}${old}`,
      },
    ];
  });
}

function stateOf({ desc }: ApiKey): string {
  return readMark(desc)?.mark.state ?? 'current';
}
