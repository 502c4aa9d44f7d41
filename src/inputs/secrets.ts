import querystring from 'node:querystring';
import { readPairs } from './credentials.ts';
import { type Environment, looksLikeSecret, readInput, readVariable } from './findings.ts';

const PROXY_VARIABLES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];

/** Everything among inputs and environment that must be masked and never told, each value once. */
export function readSecrets(environment: Environment): string[] {
  const pairs = readPairs(environment);
  const given = [...pairs.map(({ secret }) => secret), readInput(environment, 'knownPrivateKey')];
  const secrets = [
    // The runner masks a combined secret as a whole only, and its second half is handed out by itself.
    ...given.flatMap((secret) => [secret, secret.slice(secret.indexOf(':') + 1)]),
    // A secret that was pasted where an id should stand.
    ...pairs.map(({ id }) => id).filter(looksLikeSecret),
    readInput(environment, 'githubToken'),
    ...Object.keys(environment)
      .filter((name) => name.startsWith('INPUT_'))
      .flatMap((name) => environment[name]?.match(/mdb_sa_sk_[\w-]+/gi) ?? []),
    ...PROXY_VARIABLES.flatMap((name) => proxySecrets(readVariable(environment, name))),
  ];
  return [...new Set(secrets)].filter((secret) => secret !== '');
}

/** A user name without a password is a token from this length on; a shorter one is a word that logs may show. */
const SHORTEST_TOKEN = 8;

/** The password and the user info of a proxy's address: as they stand there, as a URL encodes them, decoded. */
function proxySecrets(address: string): string[] {
  // By hand, since an address that is no URL can hold a password too.
  const userInfo = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?<userInfo>.*)@/i.exec(address)?.groups?.userInfo ?? '';
  if (userInfo === '') return [];
  const url = URL.parse(address.includes('://') ? address : `http://${address}`);
  const encoded = url === null ? '' : `${url.username}:${url.password}`;
  return [userInfo, encoded, querystring.unescape(userInfo)].flatMap((form) => {
    const [user = '', ...rest] = form.split(':');
    const password = rest.join(':');
    if (password !== '') return [form, password];
    return user.length < SHORTEST_TOKEN ? [] : [user];
  });
}
