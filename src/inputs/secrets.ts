import { findCredentialSecrets } from './credentials.ts';
import { type Environment, inputVariable, readVariable } from './reader.ts';

const PROXY_VARIABLES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];

/** Everything among inputs and environment that must be masked and never told, each value once. */
export function readSecrets(environment: Environment): string[] {
  const secrets = [
    ...findCredentialSecrets(environment),
    ...withPrivateHalf(readVariable(environment, inputVariable('knownPrivateKey'))),
    readVariable(environment, inputVariable('githubToken')),
    ...Object.keys(environment)
      .filter((name) => name.startsWith('INPUT_'))
      .flatMap((name) => environment[name]?.match(/mdb_sa_sk_[\w-]+/gi) ?? []),
    ...PROXY_VARIABLES.flatMap((name) => proxySecrets(readVariable(environment, name))),
  ];
  return [...new Set(secrets)].filter((secret) => secret !== '');
}

/** A combined secret is masked as a whole only; its private half is handed out by itself. */
function withPrivateHalf(known: string): string[] {
  return [known, known.slice(known.indexOf(':') + 1)];
}

/** A user name without a password is a token from this length on; a shorter one is a word that logs may show. */
const SHORTEST_TOKEN = 8;

/** The password and the user info of a proxy's address: as they stand there, as a URL encodes them, decoded. */
function proxySecrets(address: string): string[] {
  // By hand, since an address that is no URL can hold a password too.
  const userInfo = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?<userInfo>.*)@/i.exec(address)?.groups?.userInfo ?? '';
  if (userInfo === '') return [];
  const url = URL.parse(address.includes('://') ? address : `http://${address}`);
  const encoded =
    url === null || url.password === '' ? (url?.username ?? '') : `${url.username}:${url.password}`;
  return [userInfo, encoded, decode(userInfo)].flatMap((form) => {
    const [user = '', ...rest] = form.split(':');
    const password = rest.join(':');
    if (password !== '') return [form, password];
    return user.length < SHORTEST_TOKEN ? [] : [user];
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
