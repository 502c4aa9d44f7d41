import type { Handover, KeySelector, Request } from '../request.ts';
import type { Environment } from './environment.ts';
import type { Fields } from './fields.ts';
import type { Findings } from './findings.ts';
import { nameAll } from './lists.ts';
import { checkFit } from './mode-fit.ts';

type Mode = Request['mode'];

/** Joins the fields to the request of a mode, and says what is missing, contradictory or without effect. */
export function buildRequest(
  mode: Mode,
  fields: Fields,
  environment: Environment,
  findings: Findings,
): Request {
  checkFit(mode, environment, findings);
  const { groupIds, dryRun, roles, desc, ttl, known } = fields;
  const common = { groupIds, dryRun };
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
