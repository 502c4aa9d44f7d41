import type { SecretStore } from '../request.ts';
import { type Environment, type InputName, readInput, readVariable } from './environment.ts';
import type { Findings } from './findings.ts';
import { nameAll } from './lists.ts';
import { parseServiceUrl } from './origin.ts';

/** The inputs that ask for Actions secrets. */
export const STORE_INPUTS = [
  'githubToken',
  'combinedSecret',
  'publicKeySecret',
  'privateKeySecret',
  'secretEnvironment',
] as const satisfies readonly InputName[];

/**
 * Where a new key is stored as Actions secrets; `undefined` when nobody asks for it.
 * @param hint why secrets may be missing in this run, or empty
 */
export function readSecretStore(
  environment: Environment,
  hint: string,
  findings: Findings,
): SecretStore | undefined {
  const input = (name: InputName) => readInput(environment, name);
  if (STORE_INPUTS.every((name) => input(name) === '')) return undefined;

  const names = readNames(environment, findings);
  const githubToken = input('githubToken');
  if (githubToken === '') {
    const given = STORE_INPUTS.filter((name) => input(name) !== '');
    const ask = given.length === 1 ? 'asks' : 'ask';
    const sentence = `${nameAll(given, 'and')} ${ask} for Actions secrets and \`githubToken\` is empty: give a token that may write secrets (\`GITHUB_TOKEN\` may not).`;
    findings.problem(hint === '' ? sentence : `${sentence} ${hint}`);
  } else if (!/^[\x21-\x7e]+$/.test(githubToken)) {
    findings.problem(
      '`githubToken` holds a blank, a line break or another character that cannot be part of it: store it again.',
    );
  }
  const secretEnvironment = input('secretEnvironment');
  if (/\p{C}/u.test(secretEnvironment) || secretEnvironment.length > 255) {
    findings.problem(
      '`secretEnvironment` is not the name of an environment: it has at most 255 characters in one line.',
    );
  }
  const apiUrl = readVariable(environment, 'GITHUB_API_URL') || 'https://api.github.com';
  return {
    githubToken,
    repository: readVariable(environment, 'GITHUB_REPOSITORY'),
    apiUrl: parseServiceUrl('GITHUB_API_URL', apiUrl, { path: true }, findings) ?? '',
    ...(secretEnvironment !== '' && { environment: secretEnvironment }),
    names,
  };
}

function readNames(environment: Environment, findings: Findings): SecretStore['names'] {
  const [secret, publicKeySecret, privateKeySecret] = (
    ['combinedSecret', 'publicKeySecret', 'privateKeySecret'] as const
  ).map((name) => readName(environment, name, findings)) as [string, string, string];
  const pair = publicKeySecret !== '' || privateKeySecret !== '';
  if (secret === '' && !pair) {
    findings.problem(
      '`githubToken` or `secretEnvironment` is given without a name to store the key under: give `combinedSecret`, or `publicKeySecret` and `privateKeySecret`.',
    );
  } else if (secret !== '' && pair) {
    findings.problem(
      '`combinedSecret` is given together with `publicKeySecret` or `privateKeySecret`: store the key in one way, best `combinedSecret`, which is never half written.',
    );
  } else if (pair && (publicKeySecret === '' || privateKeySecret === '')) {
    const missing = publicKeySecret === '' ? 'publicKeySecret' : 'privateKeySecret';
    findings.problem(
      `\`${missing}\` is empty, and half a key is of no use: name both secrets, or use \`combinedSecret\`.`,
    );
  } else if (pair && publicKeySecret.toUpperCase() === privateKeySecret.toUpperCase()) {
    findings.problem(
      '`publicKeySecret` and `privateKeySecret` name the same secret: one would overwrite the other; give two names.',
    );
  }
  return pair ? { form: 'pair', publicKeySecret, privateKeySecret } : { form: 'combined', secret };
}

function readName(environment: Environment, input: InputName, findings: Findings): string {
  const name = readInput(environment, input);
  // Never repeated: people write `${{ secrets.NAME }}` here, and then this is the secret.
  if (name !== '' && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    findings.problem(
      `\`${input}\` is not the name of a secret: give the bare name (letters, digits and \`_\`, no digit first), not \`\${{ secrets.… }}\`.`,
    );
  } else if (/^GITHUB_/i.test(name)) {
    findings.problem(
      `\`${input}\` begins with \`GITHUB_\`, which GitHub keeps for itself: choose another name.`,
    );
  }
  return name;
}
