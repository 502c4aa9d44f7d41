import type { AccessListWish, GroupIds, KnownKey, SecretStore } from '../request.ts';
import { readAccessList } from './access-list.ts';
import { readDescription } from './description.ts';
import { readDuration } from './duration.ts';
import { type Environment, readInput } from './environment.ts';
import type { Findings } from './findings.ts';
import { readApiUserId, readGroupIds } from './identifiers.ts';
import { readRoles } from './roles.ts';
import { readBoolean, readChoice, readCount } from './scalars.ts';
import { readSecretStore } from './secret-store.ts';

const DAY = 86_400_000;
const MOST_PREVIOUS = 10;

/** What a request is made of, each well-formed; which of it a mode needs and allows is decided in modes.ts. */
export interface Fields {
  readonly groupIds: GroupIds;
  readonly desc: string | undefined;
  readonly roles: readonly string[];
  readonly apiUserId: string | undefined;
  readonly accessList: readonly AccessListWish[];
  readonly verify: boolean;
  readonly exportEnv: boolean;
  readonly dryRun: boolean;
  readonly known: KnownKey;
  readonly ttl: number;
  readonly rotateAfter: number;
  readonly keepPrevious: number;
  readonly commit: 'job' | 'step';
  readonly onRevokeFailure: 'warn' | 'fail';
  readonly store: SecretStore | undefined;
}

/**
 * Reads all fields, whatever the mode, so that every malformed one is told.
 * @param hint why secrets may be missing in this run, or empty
 */
export function readFields(environment: Environment, hint: string, findings: Findings): Fields {
  return {
    groupIds: readGroupIds(environment, findings),
    desc: readDescription(environment, findings),
    roles: readRoles(environment, findings),
    apiUserId: readApiUserId(environment, findings),
    accessList: readAccessList(environment, findings),
    verify: readBoolean(environment, 'verify', findings),
    exportEnv: readBoolean(environment, 'exportEnv', findings),
    dryRun: readBoolean(environment, 'dryRun', findings),
    known: readKnownKey(environment, findings),
    ttl: readDuration(environment, 'ttl', TTL, findings),
    rotateAfter: readDuration(environment, 'rotateAfter', ROTATE_AFTER, findings),
    keepPrevious: readCount(environment, 'keepPrevious', MOST_PREVIOUS, findings),
    commit: readChoice(environment, 'commit', ['job', 'step'], findings) ?? 'job',
    onRevokeFailure: readChoice(environment, 'onRevokeFailure', ['warn', 'fail'], findings) ?? 'warn',
    store: readSecretStore(environment, hint, findings),
  };
}

/** The budget of the whole step, in milliseconds. */
export function readTimeout(environment: Environment, findings: Findings): number {
  return readDuration(environment, 'timeout', TIMEOUT, findings);
}

const TTL = {
  min: 1000,
  max: 365 * DAY,
  reason:
    'it is the age at which a key counts as left over, so no running job may be older and no forgotten key much older',
};

const ROTATE_AFTER = { min: 0, max: 3650 * DAY, reason: 'beyond ten years no key would ever be rotated' };

const TIMEOUT = {
  min: 5000,
  max: 600_000,
  reason:
    'Atlas needs some seconds for the calls, and what a dying step leaves behind is swept only after its time is over',
};

function readKnownKey(environment: Environment, findings: Findings): KnownKey {
  const text = readInput(environment, 'knownPrivateKey');
  if (text === '') return {};
  const [privateKey, publicKey] = text.split(':', 2).reverse() as [string, string?];
  if (text.includes('*')) {
    findings.problem(
      '`knownPrivateKey` is redacted (it holds `*`): give the private key as the output `privateKey` had it when the key was made.',
    );
  } else if (!/^([a-z]{8}:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) {
    findings.warning(
      '`knownPrivateKey` does not have the form of a private key (a UUID in lower case) and will hardly fit: check which secret it comes from.',
    );
  }
  return { knownPrivateKey: privateKey, ...(publicKey !== undefined && { knownPublicKey: publicKey }) };
}
