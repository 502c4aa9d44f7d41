import type { Request } from '../request.ts';
import { type Environment, INPUT_NAMES, type InputName, isGiven } from './environment.ts';
import type { Findings } from './findings.ts';
import { nameAll } from './lists.ts';
import { STORE_INPUTS } from './secret-store.ts';

type Mode = Request['mode'];

const HANDOVER: readonly InputName[] = ['roles', 'accessList', 'verify', 'exportEnv'];

/** What a mode reads besides the inputs that all modes share. */
const OWN_INPUTS: Readonly<Record<Mode, readonly InputName[]>> = {
  ensure: ['desc', 'apiUserId', 'knownPrivateKey', ...HANDOVER, ...STORE_INPUTS],
  ephemeral: ['desc', 'ttl', 'onRevokeFailure', ...HANDOVER],
  rotate: ['desc', 'knownPrivateKey', 'rotateAfter', 'keepPrevious', 'commit', ...HANDOVER, ...STORE_INPUTS],
  revoke: ['desc', 'apiUserId'],
  sweep: ['desc', 'ttl'],
};

interface Refusal {
  readonly mode: Mode;
  readonly inputs: readonly InputName[];
  readonly because: string;
  readonly instead: string;
}

const BY_ID = { inputs: ['apiUserId'], instead: 'use mode `ensure` or `revoke`' } as const;

/** Inputs whose author expects something that the mode does not do: ignoring them would mislead. */
const REFUSED: readonly Refusal[] = [
  { mode: 'ephemeral', ...BY_ID, because: 'it makes a new key in every run' },
  { mode: 'rotate', ...BY_ID, because: 'it finds its keys by `desc`, since their ids change' },
  { mode: 'sweep', ...BY_ID, because: 'it deletes what is left over, not a certain key' },
  {
    mode: 'ephemeral',
    inputs: ['knownPrivateKey'],
    because: 'it makes a new key in every run',
    instead: 'use mode `ensure`',
  },
  {
    mode: 'ephemeral',
    inputs: STORE_INPUTS,
    because: 'its key dies with the job, and the stored secret would be dead',
    instead: 'use mode `rotate`',
  },
];

/** Whether a mode may make a key, and so hand one over. */
export function makesKeys(mode: Mode): boolean {
  return HANDOVER.every((name) => OWN_INPUTS[mode].includes(name));
}

/** Refuses the inputs that mislead in this mode, and warns of those without effect. */
export function checkFit(mode: Mode, environment: Environment, findings: Findings): void {
  const foreign = INPUT_NAMES.filter((name) => isGiven(environment, name) && isForeign(mode, name));
  const refusals = REFUSED.filter((refusal) => refusal.mode === mode);
  for (const { inputs, because, instead } of refusals) {
    const names = foreign.filter((name) => inputs.includes(name));
    if (names.length === 0) continue;
    findings.problem(
      `Mode \`${mode}\` does not take ${nameAll(names, 'and')}: ${because}; leave that out, or ${instead}.`,
    );
  }
  for (const name of foreign.filter((one) => !refusals.some(({ inputs }) => inputs.includes(one)))) {
    findings.warning(
      `\`${name}\` is ignored in mode \`${mode}\`: it is for mode ${nameAll(modesOf(name), 'and')}.`,
    );
  }
}

/** Whether the input belongs to other modes only. */
function isForeign(mode: Mode, name: InputName): boolean {
  return !OWN_INPUTS[mode].includes(name) && modesOf(name).length > 0;
}

function modesOf(name: InputName): Mode[] {
  return (Object.keys(OWN_INPUTS) as Mode[]).filter((mode) => OWN_INPUTS[mode].includes(name));
}
