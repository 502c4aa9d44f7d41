/** What dryRun tells: the changes that a mode would make, from what it has read. */
import type { ApiKey } from '../atlas/types.ts';
import type { GroupIds, RotateRequest } from '../request.ts';
import { type Member, membersIn } from './family.ts';
import type { PlannedChange } from './outcome.ts';
import { inUse, membersToRetire, undecidedToRetire } from './retirement.ts';

interface Making {
  readonly desc: string;
  readonly roles: readonly string[];
  readonly groupIds: GroupIds;
}

/** The making of a key and its assignment to the other projects. */
export function planMaking({ desc, roles, groupIds }: Making, until?: string): PlannedChange {
  const [first, ...others] = groupIds;
  const elsewhere = others.length === 0 ? '' : `, assigned to ${others.join(', ')}`;
  const end = until === undefined ? '' : `, ${until}`;
  return {
    action: 'create',
    what: `"${desc}" with ${roles.join(', ')} in project ${first}${elsewhere}${end}`,
  };
}

/** The deletion of a key, told by its description. */
export function planDeletion(key: ApiKey): PlannedChange {
  return { action: 'revoke', key, what: `"${key.desc}"` };
}

/** A rotation from its making to its commit. `nonce` is this step's own. */
export function planRotation(
  request: RotateRequest,
  family: readonly Member[],
  nonce: string,
): PlannedChange[] {
  const when = request.commit === 'step' ? '' : ' when the job succeeds';
  // The key is not there yet.
  const rotation = { apiUserId: '', keepPrevious: request.keepPrevious, nonce };
  const atOnce = request.commit === 'step' ? [] : undecidedToRetire(family, rotation);
  const later = membersToRetire(family, rotation, inUse(family, rotation)).filter(
    (member) => !atOnce.includes(member),
  );
  const superseded = membersIn(family, 'current').filter((member) => !later.includes(member));
  return [
    planMaking(request, `current${when === '' ? ' at once' : when}`),
    ...atOnce.map(({ key, state }): PlannedChange => ({ action: 'revoke', key, what: `is ${state}` })),
    ...superseded.map(
      ({ key }): PlannedChange => ({ action: 'rename', key, what: `is current, becomes previous${when}` }),
    ),
    ...later.map(
      ({ key, state }): PlannedChange => ({
        action: 'revoke',
        key,
        what: `is ${state}${when && `, goes${when}`}`,
      }),
    ),
  ];
}
