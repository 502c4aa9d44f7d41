/** ephemeral: a key for this run. Post revokes it; if there is no post, a later run's sweep does. */
import type { EphemeralRequest } from '../request.ts';
import { handOver, makeUsable, resolveAccessList } from './handover.ts';
import { isOwner } from './key.ts';
import { makeKey, orUndo, outcomeOfMade } from './make-key.ts';
import { isoSeconds } from './mark.ts';
import type { Outcome } from './outcome.ts';
import { KeyError, nameOf, type Step } from './step.ts';
import { sweepInPassing } from './sweep.ts';

export async function ephemeral(step: Step, request: EphemeralRequest): Promise<Outcome> {
  const { handover, onRevokeFailure } = request;
  const [entries] = await Promise.all([
    resolveAccessList(step, handover.accessList),
    tellWhetherRevocable(step, onRevokeFailure),
  ]);
  const made = await makeKey(step, { mode: 'ephemeral', onRevokeFailure }, request);
  const { until } = made.intent;
  const sweeping = sweepInPassing(step, request);
  try {
    await orUndo(step, made, () => makeUsable(step, made, handover, entries));
    await handOver(step, made);
  } finally {
    await sweeping;
  }
  step.log.info(
    `Created key ${nameOf(made.key)} for this run. The post step revokes it; if that cannot run, it counts as left ` +
      `over after ${isoSeconds(until)}.`,
  );
  return outcomeOfMade(made, { expiresAt: until, retired: await sweeping });
}

/** Says before minting that post will only be able to unassign, where the caller's own roles can be read. */
async function tellWhetherRevocable(step: Step, onRevokeFailure: 'warn' | 'fail'): Promise<void> {
  // Atlas does not tell the roles of a service account. But the answer brings its clock, too, which the expiry needs.
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
