/** What goes over the wire, what carries it, and why no whole answer came back. */

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
  /** Node's or undici's code, such as `ECONNREFUSED`, or empty. */
  readonly code: string;

  constructor(reason: FaultReason, facts: { sent: boolean; received: string; cause: unknown }) {
    const code = codeOf(facts.cause);
    super(code === '' ? reason : code, { cause: facts.cause });
    this.reason = reason;
    this.sent = facts.sent;
    this.received = facts.received;
    this.code = code;
  }
}

/** A proxy's own refusal, or a failure on the way to it. */
export class ProxyRefusal extends Error {
  override readonly name = 'ProxyRefusal';
  /** `status 407`, or Node's or undici's code, or the name of the error. */
  readonly code: string;

  constructor(code: string, cause: unknown) {
    super(`the proxy said ${code}`, { cause });
    this.code = code;
  }
}

/** Names an error of a request through a proxy that was not sent. Behind the proxy, only a certificate can be at fault. */
export function refusalOfProxy(error: Error): Error {
  if (isCertificateCode(codeOf(error))) return error;
  const status = /^Proxy response \((\d{3})\)/.exec(error.message)?.[1];
  const code = codeOf(error.cause) || codeOf(error) || error.name;
  return new ProxyRefusal(status === undefined ? code : `status ${status}`, error);
}

/** Names the fault in an error of Node or undici. `begun`: the head of an answer had arrived. */
export function faultOf(
  error: unknown,
  facts: { sent: boolean; received: string; begun: boolean },
): WireFault {
  const code = codeOf(error);
  const fault = (reason: FaultReason) => new WireFault(reason, { ...facts, cause: error });
  if (error instanceof ProxyRefusal) return fault('proxy');
  if (isCertificateCode(code)) return fault('untrusted');
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return fault('tooLarge');
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return fault('notHttp');
  // Where the head was HTTP, a parse error after it means that the body was cut off.
  const unparsed = error instanceof Error && error.name === 'HTTPParserError';
  if (unparsed && !facts.begun) return fault('notHttp');
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
