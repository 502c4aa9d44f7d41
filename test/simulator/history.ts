/** Everything that was asked and everything that changed, in order, without a secret in it. */

/** How a request proved who it is, or failed to. */
export type SignIn = 'none' | 'challenged' | 'stale' | 'replayed' | 'refused' | 'signedIn';

/** How the exchange ended, seen from the service. */
export type Outcome = 'pending' | 'answered' | 'clientGone' | 'reset' | 'hung' | 'truncated';

/** One HTTP request, the first unsigned try of a Digest exchange included. */
export interface RequestRecord {
  /** From 1, in order of arrival. */
  readonly ordinal: number;
  /** The service's clock at arrival. */
  readonly at: number;
  readonly method: string;
  /** Path and query, exactly as sent. */
  readonly target: string;
  readonly operation: string | undefined;
  readonly httpVersion: string;
  /** The connection it came on, as in `Simulator.connections`. */
  readonly connection: number;
  /** The scheme of its Authorization header: `Digest`, `Bearer`, `Basic`. */
  readonly scheme: string | undefined;
  readonly userAgent: string | undefined;
  signIn: SignIn;
  /** Why it was refused, for the reader of a failed test. */
  refusal?: string;
  /** The caller's key id or client id, once signed in. */
  caller?: string;
  requestBody?: unknown;
  status?: number;
  errorCode?: string | undefined;
  answerBody?: unknown;
  outcome: Outcome;
  /** Whether a fault took part. */
  fault?: string;
  elapsedMs?: number;
}

/** Who or what caused a change: a request, or the test itself. */
export interface Cause {
  readonly ordinal?: number;
  readonly caller?: string;
}

interface Change {
  readonly at: number;
  readonly ordinal: number | undefined;
  readonly caller: string | undefined;
}

/** One change of one key, or one use of it. */
export type KeyChange = Change & { readonly keyId: string } & KeyEvent;

/** One change of one service account, or one use of it. */
export type AccountChange = Change & { readonly clientId: string } & AccountEvent;

/** What happens to keys and to service accounts alike. */
export type MemberEvent =
  | { readonly kind: 'assigned' | 'unassigned'; readonly groupId: string; readonly roles: readonly string[] }
  | {
      readonly kind: 'rolesChanged';
      readonly groupId: string | undefined;
      readonly from: readonly string[];
      readonly to: readonly string[];
    }
  | { readonly kind: 'accessListAdded' | 'accessListRemoved'; readonly entry: string };

export type KeyEvent =
  | MemberEvent
  | { readonly kind: 'created'; readonly desc: string; readonly orgId: string }
  | { readonly kind: 'renamed'; readonly from: string; readonly to: string }
  | { readonly kind: 'signedIn' }
  | { readonly kind: 'deleted'; readonly desc: string };

export type AccountEvent =
  | MemberEvent
  | { readonly kind: 'created'; readonly name: string; readonly orgId: string }
  | { readonly kind: 'renamed' | 'described'; readonly from: string; readonly to: string }
  | { readonly kind: 'secretMade'; readonly secretId: string; readonly expiresAt: number }
  | {
      readonly kind: 'secretShortened';
      readonly secretId: string;
      readonly from: number;
      readonly to: number;
    }
  | { readonly kind: 'secretDeleted' | 'tokenIssued'; readonly secretId: string }
  | { readonly kind: 'deleted'; readonly name: string };

/** The record of a simulator's life. */
export class History {
  readonly requests: RequestRecord[] = [];
  readonly changes: KeyChange[] = [];
  readonly accountChanges: AccountChange[] = [];

  /** The changes of one key, in order. */
  of(keyId: string): KeyChange[] {
    return this.changes.filter((change) => change.keyId === keyId);
  }

  /** The changes of one service account, in order. */
  ofAccount(clientId: string): AccountChange[] {
    return this.accountChanges.filter((change) => change.clientId === clientId);
  }

  /** The requests of one operation, or of those that match. */
  find(match: string | ((request: RequestRecord) => boolean)): RequestRecord[] {
    const matches = typeof match === 'string' ? (r: RequestRecord) => r.operation === match : match;
    return this.requests.filter(matches);
  }

  /** Forgets everything so far; ordinals go on. */
  clear(): void {
    this.requests.length = 0;
    this.changes.length = 0;
    this.accountChanges.length = 0;
  }
}

const SECRET_FIELDS: readonly string[] = ['privateKey', 'access_token', 'token', 'clientSecret', 'secret'];

/** A copy of a body with its secrets taken out. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      SECRET_FIELDS.includes(name) && typeof inner === 'string' ? redacted(inner) : withoutSecrets(inner),
    ]),
  );
}

function redacted(secret: string): string {
  return secret.startsWith('****') ? secret : '[secret]';
}
