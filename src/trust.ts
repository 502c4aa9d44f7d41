/**
 * Whom this process signs in as, whose certificates it believes and which proxy it goes through, as far as environment
 * and files decide it. A later step can change all of that for post, so main leaves fingerprints in the state.
 */
import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Credentials, nameOfCaller } from './request.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Fingerprints are keyed with the caller's secret: from the state alone nobody can try out passwords of a proxy. */
export interface Trust {
  readonly kind: Credentials['kind'];
  /** The public key or the client id. */
  readonly caller: string;
  /** The variables that held the caller's secret, inputs among them. */
  readonly heldIn: readonly string[];
  /** The fingerprint of the caller's secret alone. */
  readonly secret: string;
  /** The proxy's address; empty for none, and for an address with more in it than host and port. */
  readonly proxy: string;
  /** The fingerprint of the proxy's whole address. */
  readonly route: string;
  /** The fingerprints of variables, and of the files that they name. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Post may not do its work in these surroundings, which fails the job, whatever `onRevokeFailure` says. */
export class TrustError extends Error {}

/** What main leaves for post. */
export function trustOf(
  environment: Environment,
  credentials: Credentials,
  proxy: string | undefined,
  nonce: string,
): Trust {
  const secret = credentials.kind === 'apiKey' ? credentials.privateKey : credentials.clientSecret;
  return {
    kind: credentials.kind,
    caller: nameOfCaller(credentials),
    heldIn: Object.keys(environment).filter((name) => environment[name]?.trim() === secret),
    secret: fingerprint(secret, nonce),
    proxy: proxy !== undefined && `${new URL(proxy).origin}/` === proxy ? proxy : '',
    route: fingerprint(secret, nonce, proxy ?? ''),
    variables: fingerprintsOf(environment, secret, nonce),
  };
}

/**
 * Finds in the environment of post what main had: the credentials, the proxy (empty for none), and which variables name
 * another proxy now, and are ignored.
 * @param proxyNow what the environment of post names: empty for none, `undefined` for no address
 * @throws {TrustError} where it is not there any more, and an `Error` where the runner may have lost it
 */
export function regain(main: Trust, environment: Environment, nonce: string, proxyNow: string | undefined) {
  const secret = Object.values(environment)
    .map((value) => value?.trim() ?? '')
    .find((value) => value !== '' && fingerprint(value, nonce) === main.secret);
  if (secret === undefined) throw lost(main, environment);
  const now = fingerprintsOf(environment, secret, nonce);
  const names = new Set([...Object.keys(main.variables), ...Object.keys(now)]);
  const differing = [...names].filter((name) => main.variables[name] !== now[name]);
  const doubtful = differing.filter((name) => !PROXIES.includes(name));
  if (doubtful.length > 0) {
    throw changed(
      doubtful,
      'or a file that it names did, so the credentials were not sent: a later step could have made this one believe ' +
        'another server.',
    );
  }
  const proxy = [main.proxy, proxyNow].find(
    (address) => address !== undefined && fingerprint(secret, nonce, address) === main.route,
  );
  if (proxy === undefined) {
    throw changed(
      differing,
      "so nothing was sent: the post step goes through the step's own proxy only, and its address is not kept.",
    );
  }
  const credentials: Credentials =
    main.kind === 'apiKey'
      ? { kind: main.kind, publicKey: main.caller, privateKey: secret }
      : { kind: main.kind, clientId: main.caller, clientSecret: secret };
  return { credentials, proxy, ignored: proxy === proxyNow ? [] : differing };
}

function lost({ heldIn }: Trust, environment: Environment): Error {
  const overwritten = heldIn.filter((name) => !name.startsWith('INPUT_'));
  if (overwritten.length > 0) {
    return changed(overwritten, 'so the post step no longer has the secret that the step signed in with.');
  }
  const composites =
    'inside composite actions the runner may lose inputs or mix them up. Set the credentials as variables of the ' +
    "job's environment there.";
  return heldIn.some((name) => environment[name])
    ? new TrustError(
        `The post step was given other credentials than the step itself, so it did not use them: ${composites}`,
      )
    : new Error(`The credentials did not reach the post step: ${composites}`);
}

function changed(names: readonly string[], what: string): TrustError {
  return new TrustError(
    `${names.join(', ')} changed since the step itself ran, ${what} Set such variables for the whole job.`,
  );
}

const PROXIES = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY', 'no_proxy', 'NO_PROXY'];

/** What Node and its OpenSSL obey: https://nodejs.org/docs/latest-v24.x/api/cli.html#environment-variables-1 */
const SETTINGS = ['NODE_OPTIONS', 'NODE_USE_SYSTEM_CA', 'SSLKEYLOGFILE'];
const FILES = [
  'NODE_EXTRA_CA_CERTS',
  'OPENSSL_CONF',
  'OPENSSL_CONF_INCLUDE',
  'OPENSSL_ENGINES',
  'OPENSSL_MODULES',
];

/** Many tools set these. Node reads them only when it is to trust the authorities of the system or of OpenSSL. */
const FILES_OF_THE_SYSTEM = ['SSL_CERT_FILE', 'SSL_CERT_DIR'];

function fingerprintsOf(environment: Environment, secret: string, nonce: string): Record<string, string> {
  const { NODE_USE_SYSTEM_CA, NODE_OPTIONS = '' } = environment;
  const system = NODE_USE_SYSTEM_CA || /use.(?:system|openssl).ca/.test(NODE_OPTIONS);
  const files = [...FILES, ...(system ? FILES_OF_THE_SYSTEM : [])];
  return Object.fromEntries(
    [...PROXIES, ...SETTINGS, ...files].flatMap((name) => {
      const value = environment[name];
      if (!value) return [];
      // OpenSSL takes a list of folders.
      const paths = files.includes(name) ? [...new Set([value, ...value.split(delimiter)])] : [];
      return [[name, fingerprint(secret, nonce, name, value, ...paths.flatMap(contentsOf))]];
    }),
  );
}

function fingerprint(secret: string, ...parts: readonly string[]): string {
  return createHmac('sha256', secret).update(JSON.stringify(parts)).digest('hex');
}

/** The names and contents of all files in a folder, or of a file; its content is empty where it cannot be read. */
function contentsOf(path: string): string[] {
  try {
    const names = readdirSync(path).sort();
    return names.flatMap((name) => [name, contentOf(join(path, name))]);
  } catch {
    return [path, contentOf(path)];
  }
}

function contentOf(path: string): string {
  try {
    // To read a pipe or a device might never end.
    return statSync(path).isFile() ? readFileSync(path, 'base64') : '';
  } catch {
    return '';
  }
}
