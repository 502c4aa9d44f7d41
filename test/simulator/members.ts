import { type AccessListEntry, entryName } from './access-list.ts';
import type { Clock } from './clock.ts';
import type { Cause, History, MemberEvent } from './history.ts';
import type { Principal } from './roles.ts';

/** A key or a service account, as only the service knows it. */
export interface Member extends Principal {
  readonly accessList: AccessListEntry[];
  deletedAt: number | undefined;
}

/** What happens alike to keys and to service accounts. Each change is one synchronous step and stands in the history. */
export abstract class Members<M extends Member> {
  protected readonly byId = new Map<string, M>();
  protected readonly clock: Clock;
  protected readonly history: History;

  constructor(clock: Clock, history: History) {
    this.clock = clock;
    this.history = history;
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

  /** Gives exactly these roles in the project, whether it was there before or not. */
  setProjectRoles(member: M, groupId: string, roles: readonly string[], cause: Cause): void {
    const from = member.projectRoles.get(groupId);
    member.projectRoles.set(groupId, [...new Set(roles)]);
    if (from === undefined) this.note(member, { kind: 'assigned', groupId, roles }, cause);
    else if (!sameSet(from, roles))
      this.note(member, { kind: 'rolesChanged', groupId, from, to: roles }, cause);
  }

  setOrganizationRoles(member: M, roles: readonly string[], cause: Cause): void {
    const from = member.orgRoles;
    member.orgRoles = [...new Set(roles)];
    if (!sameSet(from, roles))
      this.note(member, { kind: 'rolesChanged', groupId: undefined, from, to: roles }, cause);
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

  protected noteAssigned(member: M, cause: Cause): void {
    for (const [groupId, roles] of member.projectRoles)
      this.note(member, { kind: 'assigned', groupId, roles }, cause);
  }
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.every((one) => b.includes(one)) && b.every((one) => a.includes(one));
}
