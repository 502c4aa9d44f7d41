/** Which function serves which mode. */
import { ensure } from './keys/ensure.ts';
import { ephemeral } from './keys/ephemeral.ts';
import type { Outcome } from './keys/outcome.ts';
import { revoke } from './keys/revoke.ts';
import { rotate } from './keys/rotate.ts';
import type { Step } from './keys/step.ts';
import { sweep } from './keys/sweep.ts';
import type { Request } from './request.ts';

export async function carryOut(step: Step, request: Request): Promise<Outcome> {
  if (!request.dryRun) return perform(step, request);
  const { rehearse } = await import('./keys/dry-run.ts');
  return rehearse(step, (acting) => perform(acting, request));
}

function perform(step: Step, request: Request): Promise<Outcome> {
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
