/** ephemeral: a key for this run. Post revokes it; if there is no post, a later run's sweep does. */
import type { EphemeralRequest } from '../request.ts';
import { makeUsable, resolveAccessList } from './handover.ts';
import { isOwner } from './key.ts';
import { factsOf, makeEphemeralKey, undo } from './make-key.ts';
import { isoSeconds } from './mark.ts';
import { type Outcome, outcome } from './outcome.ts';
import { KeyError, nameOf, type Step } from './step.ts';
import { sweepInPassing } from './sweep.ts';

export async function ephemeral(step: Step, request: EphemeralRequest): Promise<Outcome> {
  const { desc, groupIds, roles, handover, ttl, onRevokeFailure } = request;
  const [entries] = await Promise.all([
    resolveAccessList(step, handover.accessList),
    tellWhetherRevocable(step, onRevokeFailure),
  ]);
  const purpose = { mode: 'ephemeral', onRevokeFailure } as const;
  const made = await makeEphemeralKey(step, { purpose, desc, groupIds, roles }, ttl);
  const sweeping = sweepInPassing(step, request);
  try {
    await makeUsable(step, made, handover, entries);
    await step.deliver({ key: made.key, orgId: made.intent.orgId });
  } catch (error) {
    await Promise.all([undo(step, made), sweeping]);
    throw error;
  }
  step.journal({ phase: 'handedOut', ...made.intent });
  step.log.info(
    `Created key ${nameOf(made.key)} for this run. The post step revokes it; if that cannot run, it counts as left ` +
      `over after ${isoSeconds(made.intent.until)}.`,
  );
  return outcome({
    result: 'created',
    changed: true,
    facts: factsOf(made),
    privateKey: made.key.privateKey,
    expiresAt: made.intent.until,
    retired: await sweeping,
  });
}

/** Says before minting that post will only be able to unassign, where the caller's own roles can be read. */
async function tellWhetherRevocable(step: Step, onRevokeFailure: 'warn' | 'fail'): Promise<void> {
  // Of a service account Atlas tells nothing here; but the answer brings its clock, which the expiry needs.
  const caller = await step.atlas.whoAmI();
  if (caller === undefined || isOwner(caller)) return;
  const what =
    'The caller is no Organization Owner, so the key cannot be deleted when the job ends: it is only unassigned from ' +
    'the project and lives on in the organisation';
  if (onRevokeFailure === 'fail') {
    throw new KeyError(
      `${what}. Nothing was made, because onRevokeFailure is fail. Give the caller Organization Owner, or set ` +
        'onRevokeFailure: warn.',
    );
  }
  step.log.warning(`${what}. Give the caller Organization Owner to have it truly revoked.`);
}
