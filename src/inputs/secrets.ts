import { findCredentialSecrets } from './credentials.ts';
import { type Environment, INPUT_NAMES, readInput, readVariable } from './environment.ts';

const PROXY_VARIABLES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];

/** Everything among inputs and environment that must be masked and never told, each value once. */
export function readSecrets(environment: Environment): string[] {
  const secrets = [
    ...findCredentialSecrets(environment),
    readInput(environment, 'knownPrivateKey'),
    readInput(environment, 'githubToken'),
    ...INPUT_NAMES.flatMap((name) => readInput(environment, name).match(/mdb_sa_sk_[\w-]+/gi) ?? []),
    ...PROXY_VARIABLES.flatMap((name) => proxySecrets(readVariable(environment, name))),
  ];
  return [...new Set(secrets)].filter((secret) => secret !== '');
}

/** The password and the user info of a proxy's address, as it stands there and decoded. */
function proxySecrets(address: string): string[] {
  // By hand, since an address that is no URL can hold a password too.
  const userInfo = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?<userInfo>.*)@/i.exec(address)?.groups?.userInfo ?? '';
  const colon = userInfo.indexOf(':');
  const password = colon === -1 ? '' : userInfo.slice(colon + 1);
  return [password, decode(password), userInfo, decode(userInfo)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
