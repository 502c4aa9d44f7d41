import type { Credentials } from '../request.ts';
import { type Environment, INPUT_DEFAULTS, type InputName, readInput, readVariable } from './environment.ts';
import type { Findings } from './findings.ts';
import { looksLikePublicKey } from './identifiers.ts';
import { looksLikeSecret } from './quote.ts';

type Kind = Credentials['kind'];

/** One place that credentials can come from: an id and its secret, under the names the user knows. */
interface Place {
  readonly kind: Kind;
  readonly from: 'inputs' | 'environment';
  readonly idName: string;
  readonly secretName: string;
}

interface Pair extends Place {
  readonly id: string;
  readonly secret: string;
}

// In the order of precedence: inputs before the environment, and in each the service account first.
const PLACES: readonly Place[] = [
  { kind: 'serviceAccount', from: 'inputs', idName: 'atlasClientId', secretName: 'atlasClientSecret' },
  { kind: 'apiKey', from: 'inputs', idName: 'atlasPublicKey', secretName: 'atlasPrivateKey' },
  variables('serviceAccount', 'MONGODB_ATLAS_CLIENT_ID', 'MONGODB_ATLAS_CLIENT_SECRET'),
  variables('apiKey', 'MONGODB_ATLAS_PUBLIC_API_KEY', 'MONGODB_ATLAS_PRIVATE_API_KEY'),
  variables('apiKey', 'MONGODB_ATLAS_PUBLIC_KEY', 'MONGODB_ATLAS_PRIVATE_KEY'),
];

export interface FoundCredentials {
  readonly credentials: Credentials;
  /** Whether they come from variables that `exportEnv` would overwrite with the new key. */
  readonly overwrittenByExport: boolean;
}

/**
 * Who calls Atlas. A pair is never put together from two places: half of one beside half of another is more
 * likely a mistyped secret name than a wish.
 * @param hint why secrets may be missing in this run, or empty
 */
export function readCredentials(
  environment: Environment,
  hint: string,
  findings: Findings,
): FoundCredentials {
  const pairs = readPairs(environment);
  const fromInputs = pairs.filter((pair) => pair.from === 'inputs');
  const candidates = fromInputs.length > 0 ? fromInputs : pairs;
  const complete = candidates.filter(isComplete);
  // In the environment half a pair may be somebody else's business; among the inputs it is a mistake.
  const halves = candidates.filter(
    (pair) => !isComplete(pair) && (pair.from === 'inputs' || complete.length === 0),
  );
  for (const pair of halves) findings.problem(withHint(describeHalf(pair), hint));

  const [chosen, ...others] = complete;
  if (chosen === undefined) {
    if (halves.length === 0) findings.problem(withHint(NO_CREDENTIALS, hint));
    return { credentials: { kind: 'apiKey', publicKey: '', privateKey: '' }, overwrittenByExport: false };
  }
  for (const problem of faultsOf(chosen)) findings.problem(problem);
  const other = others.find((pair) => pair.kind !== chosen.kind);
  if (other !== undefined) {
    findings.notice(
      `Both a service account (\`${chosen.idName}\`) and an API key (\`${other.idName}\`) are given: the service account is used.`,
    );
  }
  return {
    credentials: toCredentials(chosen),
    overwrittenByExport: chosen.from === 'environment' && chosen.kind === 'apiKey',
  };
}

/**
 * Who calls Atlas in the post step, where inputs may be missing or another action's: the first pair that is
 * complete and well-formed, wherever it comes from.
 */
export function findCredentials(environment: Environment): Credentials | undefined {
  const pair = readPairs(environment).find(
    (candidate) => isComplete(candidate) && faultsOf(candidate).length === 0,
  );
  return pair && toCredentials(pair);
}

/** The secrets of all places, used or not, and what looks like a secret where an id should stand. */
export function findCredentialSecrets(environment: Environment): string[] {
  return readPairs(environment).flatMap(({ id, secret }) => (looksLikeSecret(id) ? [secret, id] : [secret]));
}

const NO_CREDENTIALS =
  'The credentials for Atlas are missing: give `atlasPublicKey` and `atlasPrivateKey` (an API key), or `atlasClientId` and `atlasClientSecret` (a service account), best from secrets.';

function variables(kind: Kind, idName: string, secretName: string): Place {
  return { kind, from: 'environment', idName, secretName };
}

/** The places that hold something. */
function readPairs(environment: Environment): Pair[] {
  const read = (name: string) =>
    isInputName(name) ? readInput(environment, name) : readVariable(environment, name);
  return PLACES.map((place) => ({ ...place, id: read(place.idName), secret: read(place.secretName) })).filter(
    ({ id, secret }) => id !== '' || secret !== '',
  );
}

function isInputName(name: string): name is InputName {
  return Object.hasOwn(INPUT_DEFAULTS, name);
}

function isComplete(pair: Pair): boolean {
  return pair.id !== '' && pair.secret !== '';
}

function toCredentials({ kind, id, secret }: Pair): Credentials {
  return kind === 'apiKey'
    ? { kind, publicKey: id, privateKey: secret }
    : { kind, clientId: id, clientSecret: secret };
}

function describeHalf({ id, idName, secretName }: Pair): string {
  const [given, missing] = id === '' ? [secretName, idName] : [idName, secretName];
  return `\`${given}\` is given and \`${missing}\` is empty: give both, and check that the secret it comes from exists under this name.`;
}

function withHint(sentence: string, hint: string): string {
  return hint === '' ? sentence : `${sentence} ${hint}`;
}

/** What is wrong with the form of a complete pair. No sentence repeats a value. */
function faultsOf(pair: Pair): string[] {
  const misplaced = pair.kind === 'apiKey' ? faultOfKey(pair) : faultOfAccount(pair);
  const malformed = [
    // A colon would end the id early in both ways of signing in.
    ...(/^[\x21-\x39\x3b-\x7e]+$/.test(pair.id) ? [] : [pair.idName]),
    ...(/^[\x21-\x7e]+$/.test(pair.secret) ? [] : [pair.secretName]),
  ].map(
    (name) =>
      `\`${name}\` holds a blank, a line break or another character that cannot be part of it: store the value again without anything around it.`,
  );
  return misplaced === undefined ? malformed : [misplaced];
}

function faultOfKey({ from, id, secret, idName, secretName }: Pair): string | undefined {
  if (/^mdb_sa_/i.test(id) || /^mdb_sa_/i.test(secret)) {
    return `\`${idName}\` or \`${secretName}\` holds a value of a service account (\`mdb_sa_…\`): give it as ${namesFor('serviceAccount', from)}.`;
  }
  if (looksLikePublicKey(secret)) {
    return looksLikePublicKey(id)
      ? `\`${secretName}\` holds a public key: give the private key, which Atlas showed once when the key was made.`
      : `\`${idName}\` and \`${secretName}\` are swapped: the public key is the one of 8 letters.`;
  }
  if (looksLikeSecret(id))
    return `\`${idName}\` holds a private key: the public key is the one of 8 letters.`;
  if (secret.includes('*')) {
    return `\`${secretName}\` is redacted (it holds \`*\`): Atlas shows a private key once, when the key is made; store that value.`;
  }
  return undefined;
}

function faultOfAccount({ from, id, secret, idName, secretName }: Pair): string | undefined {
  if (looksLikePublicKey(id) || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(secret)) {
    return `\`${idName}\` and \`${secretName}\` hold an API key: give it as ${namesFor('apiKey', from)}.`;
  }
  if (/^mdb_sa_sk_/i.test(id) || /^mdb_sa_id_/i.test(secret)) {
    return `\`${idName}\` and \`${secretName}\` are swapped: the id begins with \`mdb_sa_id_\`, the secret with \`mdb_sa_sk_\`.`;
  }
  return undefined;
}

function namesFor(kind: Kind, from: Place['from']): string {
  const place = PLACES.find((candidate) => candidate.kind === kind && candidate.from === from);
  return `\`${place?.idName}\` and \`${place?.secretName}\``;
}
