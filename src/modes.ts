/** Which function serves which mode. */
import { stageOfAccounts } from './accounts/dry-run.ts';
import { ensureAccount } from './accounts/ensure.ts';
import { lease } from './accounts/lease.ts';
import { revokeAccounts } from './accounts/revoke.ts';
import { rotateAccount } from './accounts/rotate.ts';
import { rehearse, stageOfKeys } from './keys/dry-run.ts';
import { ensure } from './keys/ensure.ts';
import { ephemeral } from './keys/ephemeral.ts';
import type { Outcome } from './keys/outcome.ts';
import { revoke } from './keys/revoke.ts';
import { rotate } from './keys/rotate.ts';
import type { Step } from './keys/step.ts';
import { sweep } from './keys/sweep.ts';
import type { AccountRequest, KeyRequest, Request } from './request.ts';

/** Carries out what is asked for, or rehearses it. */
export function carryOut(step: Step, request: Request): Promise<Outcome> {
  if (request.credential === 'serviceAccount') {
    const perform = (acting: Step) => performForAccounts(acting, request);
    return request.dryRun ? rehearse(step, perform, stageOfAccounts(step.atlas)) : perform(step);
  }
  const perform = (acting: Step) => performForKeys(acting, request);
  return request.dryRun ? rehearse(step, perform, stageOfKeys(step.atlas)) : perform(step);
}

function performForKeys(step: Step, request: KeyRequest): Promise<Outcome> {
  switch (request.mode) {
    case 'ensure':
      return ensure(step, request);
    case 'ephemeral':
      return ephemeral(step, request);
    case 'rotate':
      return rotate(step, request);
    case 'revoke':
      return revoke(step, request);
    case 'sweep':
      return sweep(step, request);
  }
}

function performForAccounts(step: Step, request: AccountRequest): Promise<Outcome> {
  switch (request.mode) {
    case 'ensure':
      return ensureAccount(step, request);
    case 'ephemeral':
      return lease(step, request);
    case 'rotate':
      return rotateAccount(step, request);
    case 'revoke':
      return revokeAccounts(step, request);
  }
}
