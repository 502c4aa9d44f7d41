import type { Handover, KeySelector, Request } from '../request.ts';
import { type Environment, INPUT_NAMES, type InputName, isGiven } from './environment.ts';
import type { Fields } from './fields.ts';
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

/** Joins the fields to the request of a mode, and says what is missing, contradictory or without effect. */
export function buildRequest(
  mode: Mode,
  fields: Fields,
  environment: Environment,
  findings: Findings,
): Request {
  const refused = refuseMisleading(mode, environment, findings);
  warnOfIgnored(mode, refused, environment, findings);
  const { groupIds, dryRun, roles, desc, ttl } = fields;
  const common = { groupIds, dryRun };
  const known = fields.knownPrivateKey === undefined ? {} : { knownPrivateKey: fields.knownPrivateKey };
  switch (mode) {
    case 'ensure': {
      const key = selectEnsuredKey(fields, findings);
      requireRoles(mode, fields, findings);
      return { mode, ...common, key, roles, handover: handoverOf(fields), ...known };
    }
    case 'ephemeral': {
      requireRoles(mode, fields, findings);
      const { onRevokeFailure } = fields;
      return {
        mode,
        ...common,
        desc: requireDesc(mode, desc, findings),
        roles,
        handover: handoverOf(fields),
        ttl,
        onRevokeFailure,
      };
    }
    case 'rotate': {
      requireRoles(mode, fields, findings);
      const { rotateAfter, keepPrevious, commit } = fields;
      const schedule = { rotateAfter, keepPrevious, commit };
      return {
        mode,
        ...common,
        desc: requireDesc(mode, desc, findings),
        roles,
        handover: handoverOf(fields),
        ...known,
        ...schedule,
      };
    }
    case 'revoke':
      return { mode, ...common, key: selectRevokedKey(fields, findings) };
    case 'sweep':
      return { mode, ...common, ...(desc !== undefined && { desc }), ttl };
  }
}

/** Whether a mode may make a key, and so hand one over. */
export function makesKeys(mode: Mode): boolean {
  return mode === 'ensure' || mode === 'ephemeral' || mode === 'rotate';
}

function handoverOf({ verify, accessList, store, exportEnv }: Fields): Handover {
  return { verify, accessList, exportEnv, ...(store !== undefined && { store }) };
}

function requireRoles(mode: Mode, { roles }: Fields, findings: Findings): void {
  if (roles.length > 0) return;
  findings.problem(
    `\`roles\` is missing: mode \`${mode}\` needs the project roles that the key shall have, such as \`GROUP_READ_ONLY\`, one a line or separated by commas.`,
  );
}

function requireDesc(mode: Mode, desc: string | undefined, findings: Findings): string {
  if (desc !== undefined) return desc;
  findings.problem(
    `\`desc\` is missing: mode \`${mode}\` finds and names its keys by it; give 1 to 250 characters.`,
  );
  return '';
}

function selectEnsuredKey({ desc, apiUserId, accessList, store }: Fields, findings: Findings): KeySelector {
  if (apiUserId === undefined) {
    if (desc === undefined) {
      findings.problem(
        '`desc` is missing: mode `ensure` finds the key by it, or makes one of that name; give 1 to 250 characters, or `apiUserId` for a key that exists.',
      );
    }
    return { by: 'desc', desc: desc ?? '' };
  }
  if (desc !== undefined) {
    findings.notice(
      '`desc` and `apiUserId` are both given: the key is found by `apiUserId`, and its description stays as it is.',
    );
  }
  const forNewKeys = [
    ...(accessList.length > 0 ? ['accessList'] : []),
    ...(store === undefined ? [] : ['githubToken']),
  ];
  if (forNewKeys.length > 0) {
    findings.warning(
      `${nameAll(forNewKeys, 'and')} ${forNewKeys.length === 1 ? 'has' : 'have'} no effect: with \`apiUserId\` no key is made, and only a newly made one gets an access list and is stored.`,
    );
  }
  return { by: 'apiUserId', apiUserId };
}

function selectRevokedKey({ desc, apiUserId }: Fields, findings: Findings): KeySelector {
  if (desc === undefined && apiUserId === undefined) {
    findings.problem(
      '`desc` and `apiUserId` are missing: mode `revoke` deletes the key with this `apiUserId`, or all keys of this `desc`; give one of them.',
    );
  } else if (desc !== undefined && apiUserId !== undefined) {
    findings.problem(
      '`desc` and `apiUserId` are both given, and they may mean different keys: give `apiUserId` to revoke one key, or `desc` to revoke all of that name.',
    );
  }
  return apiUserId === undefined ? { by: 'desc', desc: desc ?? '' } : { by: 'apiUserId', apiUserId };
}

/** Inputs that a mode does not take and whose author expects something else to happen; returns their names. */
function refuseMisleading(mode: Mode, environment: Environment, findings: Findings): InputName[] {
  const given = (...names: InputName[]) => names.filter((name) => isGiven(environment, name));
  const key = mode === 'ephemeral' || mode === 'rotate' || mode === 'sweep' ? given('apiUserId') : [];
  if (key.length > 0) {
    findings.problem(
      `\`apiUserId\` is given, but mode \`${mode}\` ${KEYS_OF[mode]}: remove it, or use mode \`ensure\` or \`revoke\`.`,
    );
  }
  const known = mode === 'ephemeral' ? given('knownPrivateKey') : [];
  if (known.length > 0) {
    findings.problem(
      '`knownPrivateKey` is given, but mode `ephemeral` makes a new key in every run: remove it, or use mode `ensure`.',
    );
  }
  const store = mode === 'ephemeral' ? given(...STORE_INPUTS) : [];
  if (store.length > 0) {
    findings.problem(
      `${nameAll(store, 'and')} ${store.length === 1 ? 'is' : 'are'} given, but an ephemeral key dies with its job and the stored secret would be dead: remove ${store.length === 1 ? 'it' : 'them'}, or use mode \`rotate\`.`,
    );
  }
  return [...key, ...known, ...store];
}

const KEYS_OF: Readonly<Record<Mode, string>> = {
  ensure: 'finds its key by either',
  ephemeral: 'makes a new key in every run',
  rotate: 'finds its keys by `desc`, since their ids change',
  revoke: 'finds its keys by either',
  sweep: 'deletes what is left over, not a certain key',
};

function warnOfIgnored(
  mode: Mode,
  refused: readonly InputName[],
  environment: Environment,
  findings: Findings,
): void {
  const ofSomeMode = INPUT_NAMES.filter((name) =>
    Object.values(OWN_INPUTS).some((own) => own.includes(name)),
  );
  for (const name of ofSomeMode) {
    if (OWN_INPUTS[mode].includes(name) || refused.includes(name) || !isGiven(environment, name)) continue;
    const modes = (Object.keys(OWN_INPUTS) as Mode[]).filter((candidate) =>
      OWN_INPUTS[candidate].includes(name),
    );
    findings.warning(`\`${name}\` is ignored in mode \`${mode}\`: it is for mode ${nameAll(modes, 'and')}.`);
  }
}
