import { type Credentials, MAKING_MODES } from '../request.ts';
import { type Environment, type Findings, readInput, readVariable, UUID } from './findings.ts';
import { SECRET_FORMS } from './identifiers.ts';
import { explainMissingSecrets } from './run.ts';
import type { Draft } from './table.ts';

/** Where credentials can come from, in the order of precedence: the kind, and the names of the id and its secret. */
const PLACES = [
  ['serviceAccount', 'inputs', 'atlasClientId', 'atlasClientSecret'],
  ['apiKey', 'inputs', 'atlasPublicKey', 'atlasPrivateKey'],
  ['serviceAccount', 'environment', 'MONGODB_ATLAS_CLIENT_ID', 'MONGODB_ATLAS_CLIENT_SECRET'],
  ['apiKey', 'environment', 'MONGODB_ATLAS_PUBLIC_API_KEY', 'MONGODB_ATLAS_PRIVATE_API_KEY'],
  ['apiKey', 'environment', 'MONGODB_ATLAS_PUBLIC_KEY', 'MONGODB_ATLAS_PRIVATE_KEY'],
] as const;

type Pair = ReturnType<typeof readPairs>[number];

/** The places that hold something; one half may be empty. */
export function readPairs(environment: Environment) {
  return PLACES.map(([kind, from, idName, secretName]) => {
    const read = from === 'inputs' ? readInput : readVariable;
    const [id, secret] = [read(environment, idName), read(environment, secretName)];
    return { kind, from, idName, secretName, id, secret };
  }).filter(({ id, secret }) => id !== '' || secret !== '');
}

/**
 * Who calls Atlas; `undefined` after a problem. A pair is never put together from two places: half of one beside half of
 * another is more likely a mistyped secret name than a wish.
 */
export function readCredentials(environment: Environment, findings: Findings): Credentials | undefined {
  const { problems, notices } = findings;
  const hint = explainMissingSecrets(environment);
  const pairs = readPairs(environment);
  const fromInputs = pairs.filter((pair) => pair.from === 'inputs');
  const candidates = fromInputs.length > 0 ? fromInputs : pairs;
  const [chosen, ...others] = candidates.filter(isComplete);
  // In the environment half a pair may be somebody else's business; among the inputs it is a mistake.
  const suspects = candidates.filter(
    (pair) => pair === chosen || (!isComplete(pair) && (pair.from === 'inputs' || !chosen)),
  );
  problems.push(...suspects.flatMap((pair) => faultsOf(pair, hint)));
  if (candidates.length === 0) {
    problems.push(
      `The credentials for Atlas are missing: give \`atlasPublicKey\` and \`atlasPrivateKey\` (an API key), or \`atlasClientId\` and \`atlasClientSecret\` (a service account), best from secrets.${hint}`,
    );
  }
  if (chosen === undefined) return undefined;
  const other = others.find((pair) => pair.kind !== chosen.kind);
  if (other !== undefined) {
    notices.push(
      `Both a service account (\`${chosen.idName}\`) and an API key (\`${other.idName}\`) are given: the service account is used.`,
    );
  }
  const { kind, id, secret } = chosen;
  return kind === 'apiKey'
    ? { kind, publicKey: id, privateKey: secret }
    : { kind, clientId: id, clientSecret: secret };
}

function isComplete({ id, secret }: Pair): boolean {
  return id !== '' && secret !== '';
}

/** What the halves look like, how a sentence calls them, and the input that takes them. */
const HALVES = [
  ['apiKey', 'id', /^[a-z]{8}$/, 'a public key (8 letters)', 'atlasPublicKey'],
  ['apiKey', 'secret', UUID, 'a private key (a UUID)', 'atlasPrivateKey'],
  ['serviceAccount', 'id', /^mdb_sa_id_[^:]*$/i, 'a client id (`mdb_sa_id_…`)', 'atlasClientId'],
  ['serviceAccount', 'secret', /mdb_sa_sk_/i, 'a client secret (`mdb_sa_sk_…`)', 'atlasClientSecret'],
] as const;

/** What is wrong with a pair, half or whole. No sentence repeats a value. */
function faultsOf(pair: Pair, hint: string): string[] {
  const { kind, id, secret, idName, secretName } = pair;
  if (secret.includes(':') && SECRET_FORMS[kind].test(secret)) {
    return [
      `\`${secretName}\` holds both halves, as \`combinedSecret\` stores them: give what stands before the colon as \`${idName}\`, and only what stands after it as \`${secretName}\`.`,
    ];
  }
  if (!isComplete(pair)) {
    const [given, missing] = id === '' ? [secretName, idName] : [idName, secretName];
    return [
      `\`${given}\` is given and \`${missing}\` is empty: give both, and check that the secret it comes from exists under this name.${hint}`,
    ];
  }
  return HALVES.filter(([of]) => of === kind).flatMap(([, half, , expected]) => {
    const [name, value] = [pair[`${half}Name`], pair[half]];
    const [, , , holds = expected, input] = HALVES.find(([, , form]) => form.test(value)) ?? [];
    if (holds !== expected) {
      return [`\`${name}\` takes ${expected}, but holds ${holds}: give that as \`${input}\`.`];
    }
    // A colon would end an id early in both ways of signing in.
    const odd = half === 'id' ? /[^!-~]|[*:]/ : /[^!-~]|\*/;
    if (!odd.test(value)) return [];
    return [
      `\`${name}\` holds a blank, a line break, a \`*\` or another character that cannot be part of it: store the value again, as Atlas showed it once, and without anything around it.`,
    ];
  });
}

/**
 * Refuses to export a new credential where later steps would use another one instead, or where the caller's own would be
 * overwritten. A service account comes before a key in the Terraform provider and in the Atlas CLI.
 */
export function checkExport(draft: Draft, environment: Environment, { problems, warnings }: Findings): void {
  const { exportEnv, mode, credential } = draft;
  if (!exportEnv || mode === undefined || !MAKING_MODES.includes(mode)) return;
  const pairs = readPairs(environment).filter(isComplete);
  const [caller] = pairs;
  const account = pairs.find(({ kind, from }) => kind === 'serviceAccount' && from === 'environment');
  if (credential === 'apiKey' && account !== undefined) {
    problems.push(
      '`exportEnv` would have no effect: the Terraform provider and the Atlas CLI use the service account in `MONGODB_ATLAS_CLIENT_ID` and `MONGODB_ATLAS_CLIENT_SECRET` before any API key, so later steps would run as that account; take it out of the environment, and give the caller as `atlasClientId` and `atlasClientSecret`.',
    );
  } else if (caller?.from === 'environment' && caller.kind === credential) {
    problems.push(
      "`exportEnv` would overwrite the variables that hold the caller's own credentials, which the post step still needs: give the caller as inputs.",
    );
  }
  if (readVariable(environment, 'MONGODB_ATLAS_ACCESS_TOKEN') !== '') {
    warnings.push(
      '`exportEnv` sets credentials, but the Terraform provider uses the token in `MONGODB_ATLAS_ACCESS_TOKEN` before any others, so later steps that run it act as the owner of that token: take it out of the environment.',
    );
  }
}
