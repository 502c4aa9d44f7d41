/** Which function serves which mode of `credential: serviceAccount`. */
import type { Outcome } from '../keys/outcome.ts';
import type { Step } from '../keys/step.ts';
import type { AccountRequest } from '../request.ts';
import { rehearseAccounts } from './dry-run.ts';
import { ensureAccount } from './ensure.ts';
import { lease } from './lease.ts';
import { revokeAccounts } from './revoke.ts';
import { rotateAccount } from './rotate.ts';

export function carryOutForAccounts(step: Step, request: AccountRequest): Promise<Outcome> {
  return request.dryRun
    ? rehearseAccounts(step, (acting) => perform(acting, request))
    : perform(step, request);
}

function perform(step: Step, request: AccountRequest): Promise<Outcome> {
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
