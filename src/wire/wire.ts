/** What goes over the wire, and what carries it. */

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
