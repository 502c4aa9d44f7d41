/**
 * dryRun: the mode itself, and then what the job's success would bring, on an Atlas that reads from the real one and only
 * remembers what is written. What differs in the end is the plan, so it cannot say anything else than what would be done.
 */
import { AtlasError } from '../atlas/errors.ts';
import type { ApiKey, Atlas, Caller, Deletion } from '../atlas/types.ts';
import { businessOf } from '../business.ts';
import { isOwner, rolesIn } from './key.ts';
import { readMark, stateOf } from './mark.ts';
import { type Outcome, outcome, type PlannedChange } from './outcome.ts';
import type { Step } from './step.ts';

/** What becomes of a key, or of an account, that is there. `undefined`: it is gone. */
export interface Change<Thing> {
  readonly before: Thing;
  /** What the step itself makes of it, and what the success of its job makes of that. */
  readonly atOnce: Thing | undefined;
  readonly after: Thing | undefined;
  /** ` when the job succeeds`; empty where the step itself does it all. */
  readonly later: string;
}

/** Adds a line to the plan. */
export type Add = (action: PlannedChange['action'], what: string, key?: PlannedChange['key']) => void;

/** What is rehearsed on, and how that is told. */
export interface Stage<Thing> {
  readonly memory: Memory<Thing>;
  readonly atlas: Atlas;
  tell(change: Change<Thing>, add: Add): void;
  tellNew(made: Thing, after: Thing | undefined, later: string): string;
  /** What is told of a key, or an account, that is there. */
  factsOf(done: Outcome): Partial<Outcome>;
}

export class Memory<Thing> {
  /** All that was read, as it really is. */
  readonly found = new Map<string, Thing>();
  /** What has become of those that were written to; `undefined` for one that is gone. */
  readonly written = new Map<string, Thing | undefined>();

  list(things: readonly Thing[], idOf: (thing: Thing) => string): Thing[] {
    for (const thing of things) this.found.set(idOf(thing), thing);
    const now = new Map([...things.map((thing) => [idOf(thing), thing] as const), ...this.written]);
    return [...now.values()].filter((thing) => thing !== undefined);
  }

  read(id: string): Thing {
    const thing = this.written.has(id) ? this.written.get(id) : this.found.get(id);
    // not covered: no mode asks for what it has deleted.
    if (thing === undefined) throw new AtlasError(`${id} is gone.`, { kind: 'gone' });
    return thing;
  }

  write(id: string, change: Partial<Thing>): Thing {
    const after = { ...this.read(id), ...change };
    this.written.set(id, after);
    return after;
  }

  delete(id: string): Deletion {
    this.written.set(id, undefined);
    return 'deleted';
  }
}

/** Carries out `mode` and its post without changing anything. Only its warnings are told: the other lines would be untrue. */
export async function rehearse<Thing>(
  step: Step,
  mode: (step: Step) => Promise<Outcome>,
  { memory: { found, written }, atlas, ...stage }: Stage<Thing>,
): Promise<Outcome> {
  let entry = { phase: 'idle' } as Parameters<Step['journal']>[0];
  const acting: Step = {
    ...step,
    atlas,
    undoing: atlas,
    log: { ...step.log, info: () => {}, notice: () => {} },
    journal: (next) => {
      entry = next;
    },
    deliver: async () => {},
    recall: () => {},
  };
  const done = await mode(acting);
  const made = new Map(written);
  await businessOf(entry, 'success')?.settle(acting);

  const plan: PlannedChange[] = [];
  const add: Add = (action, what, key) => void plan.push({ action, what, ...(key && { key }) });
  for (const [id, after] of written) {
    const [before, atOnce] = [found.get(id), made.get(id)];
    const later = made.has(id) && atOnce === after ? '' : ' when the job succeeds';
    if (before !== undefined) stage.tell({ before, atOnce, after, later }, add);
    else if (atOnce !== undefined) add('create', stage.tellNew(atOnce, after, later));
  }
  return outcome({
    result: 'planned',
    changed: false,
    plan,
    ...stage.factsOf(done),
    ...(done.problem !== undefined && { problem: done.problem }),
  });
}

export function stageOfKeys(real: Atlas): Stage<ApiKey> {
  const memory = new Memory<ApiKey>();
  const list = (keys: readonly ApiKey[]) => memory.list(keys, ({ id }) => id);
  const setRoles = (groupId: string, apiUserId: string, roles: readonly string[]): ApiKey => {
    const others = memory.read(apiUserId).roles.filter((role) => role.groupId !== groupId);
    const given = roles.map((roleName) => ({ roleName, groupId }));
    return memory.write(apiUserId, { roles: [...others, ...given] });
  };
  let caller: Promise<Caller | undefined> | undefined;
  const atlas: Atlas = {
    ...real,
    listProjectKeys: async (groupId) =>
      list(await real.listProjectKeys(groupId)).filter((key) => rolesIn(groupId, key).length > 0),
    listOrganizationKeys: async (orgId) => list(await real.listOrganizationKeys(orgId)),
    readOrganizationKey: async (orgId, apiUserId) => {
      if (!memory.written.has(apiUserId)) list([await real.readOrganizationKey(orgId, apiUserId)]);
      return memory.read(apiUserId);
    },
    createKey: async (groupId, { desc, roles }) => {
      const { orgId } = await real.readProject(groupId);
      // Newer than any key that is there.
      const id = Math.floor(real.serviceNow() / 1000).toString(16) + 'f'.repeat(16);
      const member = { roleName: 'ORG_MEMBER', orgId };
      memory.written.set(id, { id, publicKey: 'new', desc, privateKeyTail: '', roles: [member] });
      return { ...setRoles(groupId, id, roles), privateKey: '' };
    },
    assignKey: async (groupId, apiUserId, roles) => void setRoles(groupId, apiUserId, roles),
    updateRoles: async (groupId, apiUserId, roles) => setRoles(groupId, apiUserId, roles),
    renameKey: async ({ apiUserId }, desc) => memory.write(apiUserId, { desc }),
    unassignKey: async (groupId, apiUserId) => {
      setRoles(groupId, apiUserId, []);
      return 'deleted';
    },
    deleteKey: async (_orgId, apiUserId) => {
      // Of a service account Atlas does not tell the roles; then only the real run finds out whether it may delete.
      caller ??= real.whoAmI();
      const known = await caller;
      if (known !== undefined && !isOwner(known)) {
        throw new AtlasError(`Key ${apiUserId} may not be deleted.`, { kind: 'notAllowed' });
      }
      return memory.delete(apiUserId);
    },
    signInAs: async (key) => (key.publicKey === 'new' ? undefined : real.signInAs(key)),
    addAccessListEntries: async () => {},
  };
  return {
    memory,
    atlas,
    tell: tellKey,
    tellNew: tellNewKey,
    factsOf: ({ facts }) => {
      const key = facts && memory.found.get(facts.key.id);
      return facts && key ? { facts: { ...facts, roles: rolesIn(facts.groupIds[0], key) } } : {};
    },
  };
}

function tellKey({ before, after, later }: Change<ApiKey>, add: Add): void {
  const key = { id: before.id, publicKey: before.publicKey };
  const was = `is ${stateOf(before.desc)}`;
  if (after === undefined) {
    add('revoke', `"${before.desc}", ${was}${later && `, goes${later}`}`, key);
    return;
  }
  if (after.desc !== before.desc) add('rename', `${was}, becomes ${stateOf(after.desc)}${later}`, key);
  for (const groupId of new Set([...projectsOf(before), ...projectsOf(after)])) {
    const old = rolesIn(groupId, before).join(', ');
    const roles = rolesIn(groupId, after).join(', ');
    const where = `project ${groupId}${old && `, was ${old}`}`;
    if (roles === old) continue;
    if (roles === '') add('unassign', `from ${where}`, key);
    else add(old === '' ? 'assign' : 'update', `${roles} in ${where}`, key);
  }
}

function tellNewKey(made: ApiKey, after: ApiKey | undefined, later: string): string {
  const text = readMark(made.desc)?.text ?? made.desc;
  const [first = '', ...others] = projectsOf(made);
  const elsewhere = others.length === 0 ? '' : `, assigned to ${others.join(', ')}`;
  const end =
    after === undefined ? 'revoked when the job ends' : `${stateOf(after.desc)}${later || ' at once'}`;
  return `"${text}" with ${rolesIn(first, made).join(', ')} in project ${first}${elsewhere}, ${end}`;
}

function projectsOf({ roles }: ApiKey): ReadonlySet<string> {
  return new Set(roles.flatMap(({ groupId }) => groupId ?? []));
}
