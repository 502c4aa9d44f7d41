import type { Credential, Credentials } from '../request.ts';
import type { Findings } from './findings.ts';
import {
  looksLikeCombined,
  looksLikeCombinedAccount,
  looksLikePrivateKey,
  looksLikePublicKey,
} from './identifiers.ts';
import { type Environment, inputVariable, looksLikeSecret, readVariable } from './reader.ts';

/** Where credentials can come from, in the order of precedence: the kind, and the names of the id and its secret. */
const PLACES = [
  ['serviceAccount', 'inputs', 'atlasClientId', 'atlasClientSecret'],
  ['apiKey', 'inputs', 'atlasPublicKey', 'atlasPrivateKey'],
  ['serviceAccount', 'environment', 'MONGODB_ATLAS_CLIENT_ID', 'MONGODB_ATLAS_CLIENT_SECRET'],
  ['apiKey', 'environment', 'MONGODB_ATLAS_PUBLIC_API_KEY', 'MONGODB_ATLAS_PRIVATE_API_KEY'],
  ['apiKey', 'environment', 'MONGODB_ATLAS_PUBLIC_KEY', 'MONGODB_ATLAS_PRIVATE_KEY'],
] as const;

/** What one of these places holds; one half may be empty. */
interface Pair {
  readonly kind: Credentials['kind'];
  readonly from: 'inputs' | 'environment';
  readonly idName: string;
  readonly secretName: string;
  readonly id: string;
  readonly secret: string;
}

/**
 * Who calls Atlas; `undefined` after a problem. A pair is never put together from two places: half of one beside half of
 * another is more likely a mistyped secret name than a wish.
 * @param hint why secrets may be missing in this run, to go behind another sentence; or empty
 */
export function readCredentials(
  environment: Environment,
  hint: string,
  findings: Findings,
): Credentials | undefined {
  const pairs = readPairs(environment);
  const fromInputs = pairs.filter((pair) => pair.from === 'inputs');
  const candidates = fromInputs.length > 0 ? fromInputs : pairs;
  const [chosen, ...others] = candidates.filter(isComplete);
  // In the environment half a pair may be somebody else's business; among the inputs it is a mistake.
  const halves = candidates.filter((pair) => !isComplete(pair) && (pair.from === 'inputs' || !chosen));
  for (const pair of halves) findings.problem(faultOfCombined(pair) ?? `${describeHalf(pair)}${hint}`);
  if (chosen === undefined) {
    if (halves.length === 0) findings.problem(`${NO_CREDENTIALS}${hint}`);
    return undefined;
  }
  for (const problem of faultsOf(chosen)) findings.problem(problem);
  const other = others.find((pair) => pair.kind !== chosen.kind);
  if (other !== undefined) {
    findings.notice(
      `Both a service account (\`${chosen.idName}\`) and an API key (\`${other.idName}\`) are given: the service account is used.`,
    );
  }
  return toCredentials(chosen);
}

/**
 * Refuses to export a new credential where later steps would use another one instead, or where the caller's own would be
 * overwritten. A service account comes before a key in the Terraform provider and in the Atlas CLI.
 */
export function checkExport(credential: Credential, environment: Environment, findings: Findings): void {
  const pairs = readPairs(environment).filter(isComplete);
  const hasAccount = pairs.some(({ kind, from }) => kind === 'serviceAccount' && from === 'environment');
  const isCaller = pairs.length > 0 && pairs.every(({ from }) => from === 'environment');
  if (credential === 'serviceAccount') {
    if (hasAccount && isCaller) findings.problem(EXPORT_OVERWRITES_ACCOUNT);
  } else if (hasAccount) findings.problem(EXPORT_IGNORED);
  else if (isCaller) findings.problem(EXPORT_OVERWRITES_CALLER);
  if (readVariable(environment, 'MONGODB_ATLAS_ACCESS_TOKEN') !== '') findings.warning(EXPORT_BESIDE_TOKEN);
}

/** The secrets of all places, used or not, and what looks like a secret where an id should stand. */
export function findCredentialSecrets(environment: Environment): string[] {
  return readPairs(environment).flatMap(({ id, secret }) => [
    secret,
    ...(looksLikeCombined(secret) || looksLikeCombinedAccount(secret) ? secret.split(':').slice(1) : []),
    ...(looksLikeSecret(id) ? [id] : []),
  ]);
}

const NO_CREDENTIALS =
  'The credentials for Atlas are missing: give `atlasPublicKey` and `atlasPrivateKey` (an API key), or `atlasClientId` and `atlasClientSecret` (a service account), best from secrets.';

const EXPORT_IGNORED =
  '`exportEnv` would have no effect: the Terraform provider and the Atlas CLI use the service account in `MONGODB_ATLAS_CLIENT_ID` and `MONGODB_ATLAS_CLIENT_SECRET` before any API key, so later steps would run as that account; take it out of the environment, and give the caller as `atlasClientId` and `atlasClientSecret`.';

const EXPORT_OVERWRITES_CALLER =
  "`exportEnv` would overwrite the variables that hold the caller's own key, which the post step still needs: give the caller's key as `atlasPublicKey` and `atlasPrivateKey`.";

const EXPORT_OVERWRITES_ACCOUNT =
  "`exportEnv` would overwrite the variables that hold the caller's own service account, which the post step still needs: give the caller as `atlasClientId` and `atlasClientSecret`.";

const EXPORT_BESIDE_TOKEN =
  '`exportEnv` sets credentials, but the Terraform provider uses the token in `MONGODB_ATLAS_ACCESS_TOKEN` before any others, so later steps that run it act as the owner of that token: take it out of the environment.';

/** The places that hold something. */
function readPairs(environment: Environment): Pair[] {
  return PLACES.map(([kind, from, idName, secretName]) => {
    const read = (name: string) => readVariable(environment, from === 'inputs' ? inputVariable(name) : name);
    return { kind, from, idName, secretName, id: read(idName), secret: read(secretName) };
  }).filter(({ id, secret }) => id !== '' || secret !== '');
}

function isComplete({ id, secret }: Pair): boolean {
  return id !== '' && secret !== '';
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

/** What is wrong with the form of a complete pair. No sentence repeats a value. */
function faultsOf(pair: Pair): string[] {
  const misplaced = pair.kind === 'apiKey' ? faultOfKey(pair) : faultOfAccount(pair);
  if (misplaced !== undefined) return [misplaced];
  const malformed = [
    // A colon would end the id early in both ways of signing in.
    ...(/^[\x21-\x39\x3b-\x7e]+$/.test(pair.id) ? [] : [pair.idName]),
    ...(/^[\x21-\x7e]+$/.test(pair.secret) ? [] : [pair.secretName]),
  ];
  return malformed.map(
    (name) =>
      `\`${name}\` holds a blank, a line break or another character that cannot be part of it: store the value again without anything around it.`,
  );
}

function faultOfKey(pair: Pair): string | undefined {
  const { from, id, secret, idName, secretName } = pair;
  if (/^mdb_sa_/i.test(id) || /^mdb_sa_/i.test(secret)) {
    return `\`${idName}\` or \`${secretName}\` holds a value of a service account (\`mdb_sa_…\`): give it as ${namesFor('serviceAccount', from)}.`;
  }
  if (looksLikePublicKey(secret)) {
    return looksLikePublicKey(id)
      ? `\`${secretName}\` holds a public key: give the private key, which Atlas showed once when the key was made.`
      : `\`${idName}\` and \`${secretName}\` are swapped: the public key is the one of 8 letters.`;
  }
  if (looksLikeSecret(id)) {
    return `\`${idName}\` holds a private key: the public key is the one of 8 letters.`;
  }
  if (secret.includes('*')) {
    return `\`${secretName}\` is redacted (it holds \`*\`): Atlas shows a private key once, when the key is made; store that value.`;
  }
  return faultOfCombined(pair);
}

function faultOfCombined({ kind, secret, idName, secretName }: Pair): string | undefined {
  const isCombined = kind === 'apiKey' ? looksLikeCombined : looksLikeCombinedAccount;
  if (!isCombined(secret)) return undefined;
  const both =
    kind === 'apiKey' ? 'an API key (`publicKey:privateKey`' : 'a service account (`clientId:clientSecret`';
  return `\`${secretName}\` holds both halves of ${both}, as \`combinedSecret\` stores them): give what stands before the colon as \`${idName}\`, and only what stands after it as \`${secretName}\`.`;
}

function faultOfAccount(pair: Pair): string | undefined {
  const { from, id, secret, idName, secretName } = pair;
  if (looksLikePublicKey(id) || looksLikePrivateKey(secret.toLowerCase())) {
    return `\`${idName}\` and \`${secretName}\` hold an API key: give it as ${namesFor('apiKey', from)}.`;
  }
  const combined = faultOfCombined(pair);
  if (combined !== undefined) return combined;
  if (/^mdb_sa_sk_/i.test(id) || /^mdb_sa_id_/i.test(secret)) {
    return `\`${idName}\` and \`${secretName}\` are swapped: the id begins with \`mdb_sa_id_\`, the secret with \`mdb_sa_sk_\`.`;
  }
  return undefined;
}

function namesFor(...place: [Pair['kind'], Pair['from']]): string {
  const [, , idName, secretName] =
    // not covered: there is one of each kind in both, which the types do not know.
    PLACES.find(([kind, from]) => kind === place[0] && from === place[1]) ?? [];
  return `\`${idName}\` and \`${secretName}\``;
}
