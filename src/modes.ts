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
import type { Request } from './request.ts';

/** Carries out what is asked for, or rehearses it. */
export function carryOut(step: Step, request: Request): Promise<Outcome> {
  const act = (acting: Step) => perform(acting, request);
  if (!request.dryRun) return act(step);
  return request.credential === 'serviceAccount'
    ? rehearse(step, act, stageOfAccounts(step.atlas))
    : rehearse(step, act, stageOfKeys(step.atlas));
}

function perform(step: Step, request: Request): Promise<Outcome> {
  const ofAccount = request.credential === 'serviceAccount';
  switch (request.mode) {
    case 'ensure':
      return ofAccount ? ensureAccount(step, request) : ensure(step, request);
    case 'ephemeral':
      return ofAccount ? lease(step, request) : ephemeral(step, request);
    case 'rotate':
      return ofAccount ? rotateAccount(step, request) : rotate(step, request);
    case 'revoke':
      return ofAccount ? revokeAccounts(step, request) : revoke(step, request);
    case 'sweep':
      return sweep(step, request);
  }
}
