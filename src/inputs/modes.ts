import type { AccountRequest, Handover, KeySelector, Request, SecretStore } from '../request.ts';
import { type Findings, InputError } from './findings.ts';
import { nameAll } from './reader.ts';
import type { Values } from './values.ts';

/** Says what is missing, contradictory or without effect among the inputs that name a key. */
export function checkSelection(
  values: Partial<Values>,
  store: SecretStore | undefined,
  findings: Findings,
): void {
  if (values.credential === 'serviceAccount') {
    checkAccount(values, findings);
    return;
  }
  const { mode, desc, apiUserId, accessList = [] } = values;
  const [byDesc, byId] = [desc !== '', apiUserId !== ''];
  if (mode === 'revoke' && byDesc === byId) {
    findings.problem(
      byDesc
        ? '`desc` and `apiUserId` are both given, and they may mean different keys: give `apiUserId` to revoke one key, or `desc` to revoke all of that name.'
        : '`desc` and `apiUserId` are missing: mode `revoke` deletes the key with this `apiUserId`, or all keys of this `desc`; give one of them.',
    );
  }
  if (mode !== 'ensure') return;
  if (!byDesc && !byId) {
    findings.problem(
      '`desc` is missing: mode `ensure` finds the key by it, or makes one of that name; give 1 to 250 characters, or `apiUserId` for a key that exists.',
    );
  }
  if (!byId) return;
  if (byDesc) {
    findings.notice(
      '`desc` and `apiUserId` are both given: the key is found by `apiUserId`, and its description stays as it is.',
    );
  }
  const forNewKeys = [...(accessList.length > 0 ? ['accessList'] : []), ...(store ? ['githubToken'] : [])];
  if (forNewKeys.length > 0) {
    findings.warning(
      `${nameAll(forNewKeys, 'and')} ${forNewKeys.length === 1 ? 'has' : 'have'} no effect: with \`apiUserId\` no key is made, and only a newly made one gets an access list and is stored.`,
    );
  }
}

const NOTHING_TO_SWEEP =
  '`credential: serviceAccount` does not take mode `sweep`: Atlas ends the secrets of service accounts by itself, so nothing is left over; use mode `revoke` to end them at once.';

/** Says where there are no service accounts, or no use for what is asked of them. */
function checkAccount({ mode, api }: Partial<Values>, findings: Findings): void {
  if (mode === 'sweep') {
    findings.problem(NOTHING_TO_SWEEP);
  }
  if (api !== undefined && api !== 'atlas/v2') {
    findings.problem(
      `\`api\` is \`${api}\`, but only \`atlas/v2\` has service accounts: leave \`api\` out, or use \`credential: apiKey\`.`,
    );
  }
}

/** Joins the values to the request of their mode. */
export function buildRequest(values: Values, store: SecretStore | undefined): Request {
  const { mode, desc, roles, apiUserId, ttl, verify, accessList, exportEnv } = values;
  const handover: Handover = { verify, accessList, exportEnv, ...(store !== undefined && { store }) };
  if (values.credential === 'serviceAccount') return buildAccountRequest(values, handover);
  const common = { groupIds: values.groupId, dryRun: values.dryRun };
  const key: KeySelector = apiUserId === '' ? { by: 'desc', desc } : { by: 'apiUserId', apiUserId };
  switch (mode) {
    case 'ensure':
      return { mode, ...common, key, roles, handover, ...values.knownPrivateKey };
    case 'ephemeral':
      return { mode, ...common, desc, roles, handover, ttl, onRevokeFailure: values.onRevokeFailure };
    case 'rotate': {
      const { rotateAfter, keepPrevious, commit } = values;
      const schedule = { rotateAfter, keepPrevious, commit };
      return { mode, ...common, desc, roles, handover, ...values.knownPrivateKey, ...schedule };
    }
    case 'revoke':
      return { mode, ...common, key };
    case 'sweep':
      return { mode, ...common, ...(desc !== '' && { desc }), ttl };
  }
}

function buildAccountRequest(values: Values, handover: Handover): AccountRequest {
  const { mode, desc, roles, secretExpiresAfter: hours, dryRun } = values;
  const common = { credential: 'serviceAccount', groupIds: [values.groupId[0]], desc, dryRun } as const;
  const making = { ...common, roles, hours, handover };
  // not covered: `checkAccount` tells it before, among all problems.
  if (mode === 'sweep') throw new InputError([NOTHING_TO_SWEEP]);
  switch (mode) {
    case 'ensure':
      return { mode, ...making, ...values.knownPrivateKey };
    case 'ephemeral':
      return { mode, ...making, onRevokeFailure: values.onRevokeFailure };
    case 'rotate': {
      const { rotateAfter, commit } = values;
      const keepPrevious = values.keepPrevious === 0 ? 0 : 1;
      return { mode, ...making, ...values.knownPrivateKey, rotateAfter, keepPrevious, commit };
    }
    case 'revoke':
      return { mode, ...common };
  }
}
