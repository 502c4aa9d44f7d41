/** Keys that are there already when a test begins, and what became of them. */
import { DESC } from '../faults/requests.ts';
import type { Workshop } from '../faults/workshop.ts';
import type { ErrorCode } from '../simulator/errors.ts';
import type { FaultRequest } from '../simulator/faults.ts';
import type { SimulatedKey } from '../simulator/simulator.ts';
import { descriptionOf } from './described-keys.ts';

const HOUR = 3_600_000;

export interface Standing {
  /** Hours before now; 2 when left out. */
  readonly age?: number;
  readonly desc?: string;
  readonly nonce?: string;
  readonly repository?: string;
  /** Hours from now; an hour ago when left out. */
  readonly until?: number;
  /** The first project when left out; none at all for an orphan. */
  readonly groupIds?: readonly string[];
  readonly roles?: readonly string[];
}

/** Puts a key of this state there. */
export function stand(
  shop: Workshop,
  state: Parameters<typeof descriptionOf>[0],
  { age = 2, until = -1, groupIds = [shop.groupId], roles = ['GROUP_READ_ONLY'], ...mark }: Standing = {},
): SimulatedKey {
  const now = Math.floor(shop.atlas.clock.now() / 1000) * 1000;
  return shop.atlas.addKey({
    orgId: shop.orgId,
    desc: descriptionOf(state, { ...mark, until: now + until * HOUR }),
    createdAt: now - age * HOUR,
    roles: groupIds.flatMap((groupId) => roles.map((roleName) => ({ roleName, groupId }))),
  });
}

/** Refuses to delete keys in the organisation, as to a caller who does not own it. */
export function refuseDeletions(shop: Workshop, code: ErrorCode = 'NOT_ORG_OWNER', id?: string): void {
  shop.atlas.faults.add({
    when: ({ method, path }) =>
      method === 'DELETE' && path.includes('/orgs/') && (id === undefined || path.endsWith(id)),
    times: Number.POSITIVE_INFINITY,
    action: { kind: 'error', code },
  });
}

/** The projects that a key is still in. */
export function projectsOf(shop: Workshop, { id }: { readonly id: string }): string[] {
  return (shop.atlas.key(id)?.roles ?? []).flatMap(({ groupId }) => groupId ?? []);
}

export function isAlive(shop: Workshop, { id }: { readonly id: string }): boolean {
  return shop.atlas.key(id)?.deletedAt === undefined;
}

type Asked = Pick<FaultRequest, 'method' | 'path'>;
export const isRename = ({ method }: Asked): boolean => method === 'PATCH';
export const isCreate = ({ method, path }: Asked): boolean => method === 'POST' && path.endsWith('/apiKeys');
/** With a new key, to try it. */
export const isSignIn = ({ method, path }: Asked): boolean => method === 'GET' && path === '/api/atlas/v2';
/** The keys of a project. */
export const isList = ({ method, path }: Asked): boolean =>
  method === 'GET' && /\/groups\/\w+\/apiKeys$/.test(path);

/** Answers every such request with this error. */
export function refusal(code: ErrorCode, when: (request: FaultRequest) => boolean) {
  return { when, times: Number.POSITIVE_INFINITY, action: { kind: 'error', code } } as const;
}

/** At the run's first list, its caller's own key gets this description, and this role in the project. */
export function callerBecomes(shop: Workshop, desc: string, role: string) {
  const run = ({ caller = '' }: Pick<FaultRequest, 'caller'>): void => {
    shop.atlas.setProjectRoles(caller, shop.groupId, [role]);
    shop.atlas.renameKey(caller, desc);
  };
  return { when: isList, run };
}

/** The living keys of the text, plain or marked. */
export function familyIn(shop: Workshop): SimulatedKey[] {
  return shop.atlas.keys().filter(({ desc }) => desc.startsWith(DESC));
}

/** Stored secrets that are none of this private key's, by what is wrong with them. */
export function misfitsOf(privateKey: string) {
  const other = (digit: string): string => (digit === '0' ? '1' : '0');
  return {
    'another key': { knownId: 'abcdefgh', knownSecret: privateKey },
    'another end': { knownSecret: privateKey.replace(/.$/, other) },
    'another secret': { knownSecret: privateKey.replace(/^./, other) },
  };
}
