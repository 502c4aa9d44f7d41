/** Which function serves which mode. */
import { ensure } from './keys/ensure.ts';
import { ephemeral } from './keys/ephemeral.ts';
import type { Outcome } from './keys/outcome.ts';
import { revoke } from './keys/revoke.ts';
import { rotate } from './keys/rotate.ts';
import type { Step } from './keys/step.ts';
import { sweep } from './keys/sweep.ts';
import type { KeyRequest, Request } from './request.ts';

/** Carries out what is asked for, or rehearses it. What service accounts need is loaded for them alone. */
export async function carryOut(step: Step, request: Request): Promise<Outcome> {
  if (request.credential === 'serviceAccount') {
    const { carryOutForAccounts } = await import('./accounts/modes.ts');
    return carryOutForAccounts(step, request);
  }
  if (!request.dryRun) return perform(step, request);
  const { rehearse } = await import('./keys/dry-run.ts');
  return rehearse(step, (acting) => perform(acting, request));
}

function perform(step: Step, request: KeyRequest): Promise<Outcome> {
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
