import type { GroupIds, KnownClient, KnownKey } from '../request.ts';
import { type Context, Faults, listOf, parseList, type Reader } from './reader.ts';

const OBJECT_ID = /^[0-9a-f]{24}$/;

/** Whether a text has the form of an API key's public part. */
export function looksLikePublicKey(text: string): boolean {
  return /^[a-z]{8}$/.test(text);
}

/** Whether a text has the form of an API key's private part, a UUID. */
export function looksLikePrivateKey(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

/** Whether a text has the form that `combinedSecret` gives a key. */
export function looksLikeCombined(text: string): boolean {
  const [publicKey = '', privateKey = ''] = text.split(/:(.*)/s);
  return looksLikePublicKey(publicKey) && looksLikePrivateKey(privateKey);
}

/** Whether a text has the form that `combinedSecret` gives a service account. */
export function looksLikeCombinedAccount(text: string): boolean {
  return /^mdb_sa_id_[0-9a-f]{24}:mdb_sa_sk_[\w-]+$/i.test(text);
}

const readGroupIds = listOf((text, { quote }) => {
  if (OBJECT_ID.test(text)) return text;
  return /^[0-9a-f]+$/i.test(text)
    ? new Faults(`is ${quote(text)}, but ${faultOf(text, "a project's id")}`)
    : new Faults(
        `is ${quote(text)}, which is not a project's id but perhaps its name: give the 24 hex digits in its address in Atlas (…/v2/<id>).`,
      );
});

export const groupIds: Reader<GroupIds> = (text, context) => {
  const ids = readGroupIds(text, context);
  if (ids instanceof Faults) return ids;
  const [first, ...others] = ids;
  if (first !== undefined) return [first, ...others];
  return new Faults(
    'is missing: give the id of the project, 24 hex digits in its address in Atlas (…/v2/<id>), or set `MONGODB_ATLAS_PROJECT_ID`.',
  );
};

/** The one project of a service account. */
export const onlyGroupId: Reader<readonly [string]> = (text, context) => {
  const ids = groupIds(text, context);
  if (ids instanceof Faults) return ids;
  const [first, ...others] = ids;
  return others.length === 0
    ? [first]
    : new Faults(
        `names ${ids.length} projects, but a Project Owner may no longer delete the secrets of a service account that is in a second one: give each project a step of its own.`,
      );
};

export function repeatedGroupIds(text: string, { quote }: Context): string[] {
  const { repeated } = parseList(text);
  return repeated.length === 0 ? [] : [`names ${repeated.map(quote).join(', ')} more than once: taken once.`];
}

/** An existing key's id; empty when none is given. */
export const apiUserId: Reader<string> = (text, { quote }) => {
  if (text === '' || OBJECT_ID.test(text)) return text;
  return looksLikePublicKey(text)
    ? new Faults(
        `is ${quote(text)}, which is a public key: give the key's id, 24 hex digits, as this action's output \`apiUserId\` or \`atlas organizations apiKeys list\` shows it.`,
      )
    : new Faults(`is ${quote(text)}, but ${faultOf(text, "a key's id")}`);
};

/** The private key of a secret that an earlier run stored, and the public one where it holds both. */
export const knownKey: Reader<KnownKey> = (text) => {
  if (text.includes('*')) {
    return new Faults(
      'is redacted (it holds `*`): give the private key as the output `privateKey` had it when the key was made.',
    );
  }
  if (text === '') return {};
  const [knownPrivateKey = '', knownPublicKey] = text.split(':', 2).reverse();
  return { knownPrivateKey, ...(knownPublicKey !== undefined && { knownPublicKey }) };
};

/** The client secret of a service account that an earlier run stored, and the client id where it holds both. */
export const knownClient: Reader<KnownClient> = (text) => {
  if (text.includes('*')) {
    return new Faults(
      'is redacted (it holds `*`): give the client secret as the output `clientSecret` had it when it was made.',
    );
  }
  if (text === '') return {};
  const [knownClientSecret = '', knownClientId] = text.split(':', 2).reverse();
  return { knownClientSecret, ...(knownClientId !== undefined && { knownClientId }) };
};

export function oddKnownSecret(text: string, { credential }: Context): string[] {
  if (text === '') return [];
  if (credential === 'serviceAccount') {
    if (/^mdb_sa_sk_[\w-]+$/.test(text) || looksLikeCombinedAccount(text)) return [];
    return [
      'does not have the form of a client secret (`mdb_sa_sk_…`) and will hardly fit: check which secret it comes from.',
    ];
  }
  if (looksLikePrivateKey(text) || looksLikeCombined(text)) return [];
  return [
    'does not have the form of a private key (a UUID in lower case) and will hardly fit: check which secret it comes from.',
  ];
}

/** The end of the sentence: how a text misses the form of an id. */
function faultOf(text: string, what: string): string {
  if (OBJECT_ID.test(text.toLowerCase())) return `${what} is lower case: write \`${text.toLowerCase()}\`.`;
  if (!/^[0-9a-f]+$/i.test(text)) return `${what} is 24 hex digits (0-9, a-f): copy it again.`;
  const found = text.length === 1 ? '1 digit' : `${text.length} digits`;
  return `${what} has 24 hex digits and this has ${found}: copy it again.`;
}
