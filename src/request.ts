/**
 * What the user asked for, as one typed record a mode: the inputs after reading and checking.
 * Durations are milliseconds.
 */
import type { AccessListEntry, Credentials, Surface } from './atlas/types.ts';

export type { Credentials } from './atlas/types.ts';

/** What names the caller and is no secret: the public key, or the client id. */
export function nameOfCaller(credentials: Credentials): string {
  return credentials.kind === 'apiKey' ? credentials.publicKey : credentials.clientId;
}

/** Where Atlas is, and how to get there. */
export interface Service {
  /** An origin, without a trailing slash. */
  readonly baseUrl: string;
  readonly surface: Surface;
  /** The proxy that the environment names for this origin. */
  readonly proxy?: string;
}

/** The project that the key is made in, then those it is assigned to as well. */
export type GroupIds = readonly [string, ...string[]];

/** How an existing key is found. */
export type KeySelector =
  | { readonly by: 'desc'; readonly desc: string }
  | { readonly by: 'apiUserId'; readonly apiUserId: string };

/** One wish for a new key's own access list; `current` is this machine's address. */
export type AccessListWish = 'current' | AccessListEntry;

/** Whose runs read a secret: those of workflows, or those of Dependabot. */
export const SECRET_KINDS = ['actions', 'dependabot'] as const;
export type SecretKind = (typeof SECRET_KINDS)[number];

/** A place on GitHub that keeps secrets, and has a key of its own to seal them for. Repositories are `owner/name`. */
export type SecretPlace =
  | { readonly in: 'repository'; readonly kind: SecretKind; readonly repository: string }
  | { readonly in: 'environment'; readonly repository: string; readonly environment: string }
  | {
      readonly in: 'organization';
      readonly kind: SecretKind;
      readonly organization: string;
      /** The repositories that a new secret is visible to. */
      readonly visibleTo: readonly string[];
      /** Those of them that an existing secret becomes visible to, too. */
      readonly added: readonly string[];
    };

/** Where a newly made credential is stored, and under which names. */
export interface SecretStore {
  readonly githubToken: string;
  /** GitHub's REST API, from `GITHUB_API_URL`. */
  readonly apiUrl: string;
  readonly places: readonly SecretPlace[];
  readonly names:
    | { readonly form: 'combined'; readonly secret: string }
    /** The secret alone, of a service account, whose client id stays the same. */
    | { readonly form: 'secret'; readonly secret: string }
    | { readonly form: 'pair'; readonly publicKeySecret: string; readonly privateKeySecret: string };
}

/** What happens between a key's making and its hand-over. */
export interface Handover {
  readonly verify: boolean;
  readonly accessList: readonly AccessListWish[];
  readonly store?: SecretStore;
  readonly exportEnv: boolean;
}

/** A secret that an earlier run stored: a private key, or a client secret. */
export interface Known {
  readonly knownSecret?: string;
  /** The public key, or the client id, before it, where both were stored as one combined secret. */
  readonly knownId?: string;
}

interface Common {
  readonly groupIds: GroupIds;
  readonly dryRun: boolean;
}

/** What a new credential is made with. */
interface Made {
  readonly roles: readonly string[];
  readonly handover: Handover;
}

interface Lease extends Made {
  readonly mode: 'ephemeral';
  readonly onRevokeFailure: 'warn' | 'fail';
}

interface Rotation extends Made, Known {
  readonly mode: 'rotate';
  readonly rotateAfter: number;
  readonly keepPrevious: number;
  readonly commit: 'job' | 'step';
}

export type EnsureRequest = Common & Made & Known & { readonly mode: 'ensure'; readonly key: KeySelector };
export type EphemeralRequest = Common & Lease & { readonly desc: string; readonly ttl: number };
export type RotateRequest = Common & Rotation & { readonly desc: string };
export type RevokeRequest = Common & { readonly mode: 'revoke'; readonly key: KeySelector };
/** With a `desc` only left-overs of that text; without it, only those of this repository. */
export type SweepRequest = Common & { readonly mode: 'sweep'; readonly desc?: string; readonly ttl: number };

export type KeyRequest = EnsureRequest | EphemeralRequest | RotateRequest | RevokeRequest | SweepRequest;

/** What is asked of a service account; `desc` is its name. */
interface OfAccount {
  readonly credential: 'serviceAccount';
  /** Only one, because a Project Owner cannot manage an account that is in a second project. */
  readonly groupIds: readonly [string];
  readonly desc: string;
  readonly dryRun: boolean;
}

interface OfNewSecret extends OfAccount {
  /** How long a new secret lives: `secretExpiresAfter`. */
  readonly hours: number;
}

export type AccountEnsureRequest = OfNewSecret & Made & Known & { readonly mode: 'ensure' };
export type AccountEphemeralRequest = OfNewSecret & Lease;
export type AccountRotateRequest = OfNewSecret & Rotation & { readonly keepPrevious: 0 | 1 };
export type AccountRevokeRequest = OfAccount & { readonly mode: 'revoke' };

export type AccountRequest =
  | AccountEnsureRequest
  | AccountEphemeralRequest
  | AccountRotateRequest
  | AccountRevokeRequest;

export type Request = (KeyRequest & { readonly credential?: 'apiKey' }) | AccountRequest;

/** What a step makes and hands out. */
export const CREDENTIALS = ['apiKey', 'serviceAccount'] as const;
export type Credential = (typeof CREDENTIALS)[number];

export const MODES = ['ensure', 'ephemeral', 'rotate', 'revoke', 'sweep'] as const;
export type Mode = (typeof MODES)[number];

/** The modes that may make a key, and so hand one over. */
export const MAKING_MODES: readonly Mode[] = ['ensure', 'ephemeral', 'rotate'];

/** The run that this step belongs to, as the runner tells it; checked, since it goes into descriptions. */
export interface RunIdentity {
  /** `owner/name` */
  readonly repository: string;
  readonly runId: string;
  readonly attempt: string;
}

/** How the job has gone so far, as post is told. */
export const JOB_STATUSES = ['success', 'failure', 'cancelled'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];
