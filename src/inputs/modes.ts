/** What mode and credential make of the inputs: which fit, what only several of them tell, and the request. */
import { type Handover, type KeySelector, MODES, type Request, type SecretStore } from '../request.ts';
import { type Findings, nameAll } from './findings.ts';
import { type Draft, type InputName, ROWS, STORING, type Values } from './table.ts';

/** Refuses the inputs that do not fit the credential or mislead in this mode, and warns of those without effect. */
export function checkFit(draft: Draft, given: readonly InputName[], findings: Findings): void {
  const { mode, credential } = draft;
  const { problems, warnings } = findings;
  if (mode === undefined || credential === undefined) return;
  for (const name of given) {
    const { modes = MODES, refused = {} } = ROWS[name];
    if (refused[credential] !== undefined) {
      problems.push(`\`credential: ${credential}\` does not take \`${name}\`: ${refused[credential]}`);
    } else if (refused[mode] !== undefined) {
      problems.push(`Mode \`${mode}\` does not take \`${name}\`: ${refused[mode]}`);
    } else if (!modes.includes(mode)) {
      warnings.push(
        `\`${name}\` is ignored in mode \`${mode}\`: only ${nameAll(modes, 'and')} ${modes.length === 1 ? 'reads' : 'read'} it, so leave it out.`,
      );
    }
  }
}

/** Says what is missing, contradictory or without effect among the inputs that name a key. */
export function checkSelection(draft: Draft, given: readonly InputName[], findings: Findings): void {
  const { mode, credential, desc, apiUserId } = draft;
  const { problems, warnings, notices } = findings;
  if (credential === 'serviceAccount') return;
  const [byDesc, byId] = [desc !== '', apiUserId !== ''];
  if (mode === 'revoke' && byDesc === byId) {
    problems.push(
      'Mode `revoke` needs one of `desc` and `apiUserId`, and only one, since they may mean different keys: give `apiUserId` to delete that key, or `desc` to delete all keys of that text.',
    );
  }
  if (mode !== 'ensure') return;
  if (!byDesc && !byId) {
    problems.push(
      '`desc` is missing: mode `ensure` finds the key by it, or makes one of that name; give 1 to 250 characters, or `apiUserId` for a key that exists.',
    );
  }
  if (!byId) return;
  if (byDesc) {
    notices.push(
      '`desc` and `apiUserId` are both given: the key is found by `apiUserId`, and its description stays as it is.',
    );
  }
  const forNewKeys = given.filter((name) => name === 'accessList' || name in STORING);
  if (forNewKeys.length > 0) {
    warnings.push(
      `With \`apiUserId\` no key is made, and only a newly made one gets an access list and is stored: leave out ${nameAll(forNewKeys, 'and')}.`,
    );
  }
}

/** Joins the values to the request of their mode. */
export function buildRequest(values: Values, store: SecretStore | undefined): Request {
  const { mode, groupId: groupIds, dryRun, desc, roles, apiUserId, ttl, onRevokeFailure } = values;
  const { verify, accessList, exportEnv, knownPrivateKey: known, rotateAfter, keepPrevious, commit } = values;
  const handover: Handover = { verify, accessList, exportEnv, ...(store !== undefined && { store }) };
  const made = { roles, handover };
  // `checkFit` has refused a sweep of service accounts.
  if (values.credential === 'serviceAccount' && mode !== 'sweep') {
    const account = { credential: values.credential, groupIds: [groupIds[0]], desc, dryRun } as const;
    const kept: 0 | 1 = keepPrevious === 0 ? 0 : 1;
    const making = { ...account, ...made, hours: values.secretExpiresAfter };
    switch (mode) {
      case 'ensure':
        return { mode, ...making, ...known };
      case 'ephemeral':
        return { mode, ...making, onRevokeFailure };
      case 'rotate':
        return { mode, ...making, ...known, rotateAfter, keepPrevious: kept, commit };
      case 'revoke':
        return { mode, ...account };
    }
  }
  const common = { groupIds, dryRun };
  const key: KeySelector = apiUserId === '' ? { by: 'desc', desc } : { by: 'apiUserId', apiUserId };
  switch (mode) {
    case 'ensure':
      return { mode, ...common, ...made, ...known, key };
    case 'ephemeral':
      return { mode, ...common, ...made, desc, ttl, onRevokeFailure };
    case 'rotate':
      return { mode, ...common, ...made, ...known, desc, rotateAfter, keepPrevious, commit };
    case 'revoke':
      return { mode, ...common, key };
    case 'sweep':
      return { mode, ...common, ...(desc !== '' && { desc }), ttl };
  }
}
