import type { GroupIds, Known } from '../request.ts';
import type { Reader } from './findings.ts';
import { listOf, textLike } from './readers.ts';

/** The forms of a secret of Atlas, with its id and a colon before it where both were stored as one. */
export const SECRET_FORMS = {
  apiKey: /^([a-z]{8}:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  serviceAccount: /^(mdb_sa_id_[0-9a-f]{24}:)?mdb_sa_sk_[\w-]+$/i,
};

const readGroupIds = listOf(
  textLike(
    /^[0-9a-f]{24}$/,
    (quoted) =>
      `is ${quoted}, which is not a project's id: give the 24 hex digits, in lower case, in its address in Atlas (…/v2/<id>).`,
  ),
);

/** The projects; for a service account one alone. */
export const groupIds: Reader<GroupIds> = (text, context) => {
  const ids = readGroupIds(text, context);
  if (ids === undefined) return undefined;
  const [first, ...others] = ids;
  if (first === undefined) {
    return context.fault(
      'is missing: give the id of the project, 24 hex digits in its address in Atlas (…/v2/<id>), or set `MONGODB_ATLAS_PROJECT_ID`.',
    );
  }
  if (context.credential === 'serviceAccount' && others.length > 0) {
    return context.fault(
      `names ${ids.length} projects, but a Project Owner may no longer delete the secrets of a service account that is in a second one: give each project a step of its own.`,
    );
  }
  return [first, ...others];
};

/** An existing key's id; empty when none is given. */
export const apiUserId = textLike(
  /^([0-9a-f]{24})?$/,
  (quoted) =>
    `is ${quoted}, which is not a key's id (its public key is something else): give the 24 hex digits, in lower case, that this action's output \`apiUserId\` or \`atlas organizations apiKeys list\` shows.`,
);

/** A secret that an earlier run stored, and the id before it where it holds both. */
export const knownSecret: Reader<Known> = (text, { credential = 'apiKey', fault, warning }) => {
  if (text === '') return {};
  const [what, output] =
    credential === 'apiKey'
      ? ['private key (a UUID in lower case)', 'privateKey']
      : ['client secret (`mdb_sa_sk_…`)', 'clientSecret'];
  if (text.includes('*')) {
    return fault(
      `is redacted (it holds \`*\`): give the ${what} as the output \`${output}\` had it when it was made.`,
    );
  }
  if (!SECRET_FORMS[credential].test(text)) {
    warning(`does not have the form of a ${what} and will hardly fit: check which secret it comes from.`);
  }
  const [secret = '', id] = text.split(':', 2).reverse();
  return { knownSecret: secret, ...(id !== undefined && { knownId: id }) };
};
