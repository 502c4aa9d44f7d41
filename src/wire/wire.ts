/** A request as it goes over the wire. */
export interface WireRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** An answer as it came over the wire. Header names in lower case; repeated ones joined with a comma. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface ConnectionOptions {
  readonly origin: string;
  /** The proxy to go through, as `proxyFor` decides it; undefined is a direct connection. */
  readonly proxy: string | undefined;
  /** The largest body of an answer, in bytes: a larger one is cut off. */
  readonly largest: number;
}

export interface Connection {
  /** Sends one request once. Throws a `WireFault`. Redirects are not followed, and nothing is unpacked. */
  exchange(request: WireRequest, signal: AbortSignal): Promise<WireAnswer>;
  /** Later requests go over a new connection; those under way stay on the old one. */
  renew(): void;
  /** Closes all sockets, those still connecting, too. Never throws. */
  close(): Promise<void>;
}

/** Why a request got no whole answer. */
export type FaultReason =
  /** No connection came about: name, port, route, handshake. */
  | 'unreachable'
  /** The certificate is not trusted, or is for another name. */
  | 'untrusted'
  /** The proxy refused, or cannot be reached. */
  | 'proxy'
  /** The connection broke, or the answer was cut. */
  | 'broken'
  /** What came back is no HTTP. */
  | 'notHttp'
  /** The answer was larger than anything we ask for. */
  | 'tooLarge'
  /** We gave up: the signal aborted. */
  | 'aborted';

/** A request without a whole answer. No user reads it: who asked makes an error of it. */
export class WireFault extends Error {
  override readonly name = 'WireFault';
  readonly reason: FaultReason;
  /** Whether the request may have reached the server. */
  readonly sent: boolean;
  /** The part of the answer's body that did arrive. May hold a secret. */
  readonly received: string;
  /** Node's or undici's code, such as `ECONNREFUSED`, `status 407` of a proxy, or empty. */
  readonly code: string;

  constructor(
    reason: FaultReason,
    facts: { cause: unknown; sent?: boolean; received?: string; code?: string },
  ) {
    const { cause, sent = false, received = '', code = codeOf(cause) } = facts;
    super(code === '' ? reason : code, { cause });
    this.reason = reason;
    this.sent = sent;
    this.received = received;
    this.code = code;
  }
}

/**
 * Names the fault in an error of Node or undici. `begun`: the head of an answer had arrived. `tunnel`: it is to go
 * through a proxy, and until it is sent that is at fault for everything but a certificate behind it.
 */
export function faultOf(
  error: Error,
  facts: { sent: boolean; received: string; begun: boolean; tunnel: boolean },
): WireFault {
  const code = codeOf(error);
  const fault = (reason: FaultReason) => new WireFault(reason, { ...facts, cause: error });
  if (isCertificateCode(code)) return fault('untrusted');
  if (facts.tunnel && !facts.sent) {
    const status = /^Proxy response \((\d{3})\)/.exec(error.message)?.[1];
    const told = status === undefined ? codeOf(error.cause) || code || error.name : `status ${status}`;
    return new WireFault('proxy', { cause: error, code: told });
  }
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return fault('tooLarge');
  // Where the head was HTTP, a parse error after it means that the body was cut off.
  const unparsed = error.name === 'HTTPParserError' && !facts.begun;
  if (unparsed || code === 'UND_ERR_HEADERS_OVERFLOW') return fault('notHttp');
  return fault(facts.sent ? 'broken' : 'unreachable');
}

// https://nodejs.org/api/tls.html#x509-certificate-error-codes, and Node's own check of the name.
const CERTIFICATE =
  /^(?:UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|CRL_|ERROR_IN_C|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|PATH_LENGTH|ERR_TLS_CERT)/;

/** Whether this code of an error says that the other side's certificate is not trusted, or not for this host. */
export function isCertificateCode(code: string): boolean {
  return CERTIFICATE.test(code);
}

/** The code that Node or undici gave an error, or nothing. */
export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

/**
 * Waits for something that others wait for, too, but no longer than this signal allows: then it rejects with a
 * `WireFault`, since nothing was sent. The shared work goes on.
 */
export function waitFor<T>(shared: Promise<T>, signal: AbortSignal): Promise<T> {
  // When nobody waits any more, a failure of the shared work is unhandled, and Node would end the process.
  shared.catch(() => {});
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const abort = () => reject(new WireFault('aborted', { cause: signal.reason }));
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort);
  shared.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  return promise;
}
