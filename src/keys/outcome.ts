/** What a mode did, as plain data: outputs and summary are made from it. */
import type { ApiKey } from '../atlas/types.ts';
import type { GroupIds, RunIdentity } from '../request.ts';
import type { Member } from './family.ts';

/** One line of a table of keys. */
export interface FamilyRow {
  readonly apiUserId: string;
  readonly publicKey: string;
  /** `revoked`: this step deleted it. `retired`: it carries that mark and is still alive. */
  readonly state: Member['state'] | 'revoked';
  /** Of a marked key: its text, and the run that its mark names. */
  readonly origin?: { readonly desc: string; readonly run: RunIdentity };
}

/** A key that lies outside the remit and was left as it is. */
export interface LeftKey {
  readonly apiUserId: string;
  readonly publicKey: string;
  /** The end of a sentence. */
  readonly why: string;
}

/** Secrets of one place on GitHub that hold the new credential. */
export interface StoredSecrets {
  readonly names: readonly string[];
  /** In words: `the Actions secrets of the repository octo-org/app`. */
  readonly where: string;
}

/** Something that dryRun would have done. */
export interface PlannedChange {
  readonly action: 'create' | 'assign' | 'update' | 'rename' | 'unassign' | 'revoke';
  /** The key, where there is one already. */
  readonly key?: Pick<ApiKey, 'id' | 'publicKey'>;
  /** The rest of the sentence: `"deploy" with GROUP_READ_ONLY`. */
  readonly what: string;
}

interface KeyFacts {
  readonly key: Pick<ApiKey, 'id' | 'publicKey'>;
  /** The human text, without a mark. */
  readonly desc: string;
  readonly orgId: string;
  readonly groupIds: GroupIds;
  /** In the first project, sorted. */
  readonly roles: readonly string[];
}

/** `desc` is its name. */
export interface AccountFacts extends Omit<KeyFacts, 'key'> {
  readonly clientId: string;
  /** When its secret was made, in milliseconds since 1970; unknown where it has none. */
  readonly createdAt?: number;
  /** What the secret that this step made is until the job ends; without it, the current one. */
  readonly standing?: 'ephemeral' | 'undecided';
  /** When Atlas ends the secret that this step superseded, in milliseconds since 1970. */
  readonly formerEndsAt?: number;
}

export interface Outcome {
  readonly result:
    | 'created'
    | 'assigned'
    | 'updated'
    | 'unchanged'
    | 'rotated'
    | 'revoked'
    | 'swept'
    | 'planned';
  /** Whether anything was changed in Atlas. */
  readonly changed: boolean;
  /** What is told of the key, or of the account. */
  readonly facts?: KeyFacts;
  readonly account?: AccountFacts;
  /** The key's, or the account's, secret, when this step made it or `knownPrivateKey` fits; masked by then. */
  readonly privateKey?: string;
  /** Milliseconds since 1970. */
  readonly expiresAt?: number;
  /** Superseded keys that are still alive, newest first. */
  readonly previous: readonly string[];
  /** Keys that this step deleted. */
  readonly retired: readonly string[];
  readonly family: readonly FamilyRow[];
  readonly plan: readonly PlannedChange[];
  /** What was not achieved although the rest was; fails the step after its outputs are set. */
  readonly problem?: string;
}

/** An outcome of which only the given parts are remarkable. */
export function outcome(parts: Pick<Outcome, 'result' | 'changed'> & Partial<Outcome>): Outcome {
  return { previous: [], retired: [], family: [], plan: [], ...parts };
}
