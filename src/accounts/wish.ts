/** What is asked of a service account that is to have a secret, with its place in Atlas; and what is told of it then. */
import type { AccessListEntry, AccountSecret } from '../atlas/types.ts';
import { resolveAccessList } from '../keys/handover.ts';
import type { Purpose } from '../keys/journal.ts';
import { type AccountFacts, type Outcome, outcome } from '../keys/outcome.ts';
import type { Step } from '../keys/step.ts';
import type { AccountEnsureRequest, AccountEphemeralRequest, AccountRotateRequest } from '../request.ts';

/** A project, and its organisation. */
export interface Place {
  readonly groupId: string;
  readonly orgId: string;
}

type Making = AccountEnsureRequest | AccountEphemeralRequest | AccountRotateRequest;

interface Circumstances extends Place {
  /** What post is told that a secret is made for. */
  readonly purpose: Purpose;
  /** For the account's access list. */
  readonly entries: readonly AccessListEntry[];
}

export type Wish<Of extends Making = Making> = Of & Circumstances;

/** Adds to a request what Atlas knows of it. */
export async function wishOf<Of extends Making>(
  step: Step,
  request: Of,
  purpose: Purpose,
): Promise<Wish<Of>> {
  const [groupId] = request.groupIds;
  const [{ orgId }, entries] = await Promise.all([
    step.atlas.readProject(groupId),
    resolveAccessList(step, request.handover.accessList),
  ]);
  return { ...request, purpose, groupId, orgId, entries };
}

/** What a mode did that leaves the account with the declared roles and, where there is one, with this secret. */
export function outcomeOf(
  { groupIds, orgId, desc, roles }: Wish,
  result: 'created' | 'rotated' | 'updated' | 'unchanged',
  clientId: string,
  secret: (AccountSecret & { readonly secret?: string }) | undefined,
  more: Pick<AccountFacts, 'standing' | 'formerEndsAt'> = {},
): Outcome {
  const account = { clientId, desc, orgId, groupIds, roles: [...roles].sort(), ...more };
  return outcome({
    result,
    changed: result !== 'unchanged',
    account: secret === undefined ? account : { ...account, createdAt: secret.createdAt },
    ...(secret !== undefined && { expiresAt: secret.expiresAt }),
    ...(secret?.secret !== undefined && { privateKey: secret.secret }),
  });
}
