import { isIPv6 } from 'node:net';
import querystring from 'node:querystring';

/**
 * The proxy for an origin, from the environment: the first of `https_proxy`, `HTTPS_PROXY`, `all_proxy`,
 * `ALL_PROXY` that is not empty (the lower-case spelling first, as curl does), unless `no_proxy` or `NO_PROXY` names
 * the host. Undefined is a direct connection, as always for plain http, which only a loopback address speaks. Throws a
 * `TypeError` when the value is no http(s) URL; the message does not repeat it, since it may hold a password.
 */
export function proxyFor(
  origin: string,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const { protocol, hostname, port } = new URL(origin);
  const read = (name: string) => environment[name]?.trim() || undefined;
  const name = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'].find(read);
  const value = read(name ?? '');
  if (value === undefined || protocol !== 'https:') return undefined;

  const exceptions = `${read('no_proxy') ?? ''},${read('NO_PROXY') ?? ''}`.split(/[\s,]/);
  if (exceptions.some((exception) => covers(exception, hostname, port || '443'))) return undefined;

  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new TypeError(`${name} is no http or https URL`);
  }
  return url.href;
}

/** `host`, `.host` and `*.host` cover the host and all below it; `host:port` only that port; `*` everything. */
function covers(exception: string, hostname: string, port: string): boolean {
  if (exception === '*') return true;
  // A URL writes an IPv6 address in brackets, and so must we to tell its colons from a port's.
  const written = isIPv6(exception) ? `[${exception}]` : exception.toLowerCase();
  const [, host = '', onlyPort] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(written) ?? [];
  const bare = host.replace(/^\*?\./, '');
  if (bare === '' || (onlyPort !== undefined && onlyPort !== port)) return false;
  return hostname === bare || hostname.endsWith(`.${bare}`);
}

/** A proxy URL's user name and password, decoded as far as they can be; empty when it has none. */
export function proxyCredentials(proxy: string): { username: string; password: string } {
  const { username, password } = new URL(proxy);
  return { username: querystring.unescape(username), password: querystring.unescape(password) };
}
