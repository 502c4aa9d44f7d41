/**
 * Every input of action.yml, in its order: its default, the modes that read it, how its text becomes a value, and why a
 * mode refuses it. What only several inputs together tell is in modes.ts, credentials.ts and secret-store.ts.
 */
import { SURFACES } from '../atlas/types.ts';
import { CREDENTIALS, type Credential, MAKING_MODES, MODES, type Mode } from '../request.ts';
import { accessList } from './access-list.ts';
import type { Reader } from './findings.ts';
import { apiUserId, groupIds, knownSecret } from './identifiers.ts';
import {
  accountName,
  description,
  environmentName,
  githubToken,
  organizationName,
  secretKinds,
  secretName,
  secretRepositories,
} from './names.ts';
import {
  anyText,
  boolean,
  byCredential,
  choice,
  duration,
  secretLifetime,
  serviceOrigin,
  wholeNumber,
} from './readers.ts';
import { projectRoles } from './roles.ts';

/** One input. */
export interface Row {
  /** As action.yml has it. An empty input counts as not given; without a default the reader gets the empty text. */
  readonly default?: string;
  /** The variable that is read where the input is empty. */
  readonly variable?: string;
  /** The modes that read it, where not all do: in another one it is refused or has no effect, and that is told. */
  readonly modes?: readonly Mode[];
  readonly read: Reader<unknown>;
  /**
   * Why a mode, or a step with this `credential`, refuses it, and what to do instead. That is for inputs which make the
   * user expect something that is not done there.
   */
  readonly refused?: Readonly<Partial<Record<Mode | Credential, string>>>;
}

const STORED = {
  modes: ['ensure', 'rotate'],
  refused: {
    ephemeral:
      'what it makes dies with the job, and the stored secret would be dead; leave that out, or use mode `rotate`.',
  },
} as const;
const STORED_KEY = {
  ...STORED,
  refused: {
    ...STORED.refused,
    serviceAccount:
      'the client id stays the same; give `secretName` for the client secret alone, or `combinedSecret` for both.',
  },
} as const;

/** The inputs that ask for a new credential to be stored. */
export const STORING = {
  githubToken: { ...STORED, read: githubToken },
  combinedSecret: { ...STORED, read: secretName },
  secretName: {
    ...STORED,
    read: secretName,
    refused: {
      ...STORED.refused,
      apiKey:
        'a new key has a new public key, too; give `combinedSecret`, or `publicKeySecret` and `privateKeySecret`.',
    },
  },
  publicKeySecret: { ...STORED_KEY, read: secretName },
  privateKeySecret: { ...STORED_KEY, read: secretName },
  secretEnvironment: { ...STORED, read: environmentName },
  secretRepositories: { ...STORED, read: secretRepositories },
  secretOrganization: { ...STORED, read: organizationName },
  secretKinds: { ...STORED, default: 'actions', read: secretKinds },
} as const;

export const INPUTS = {
  // These two come first, because all other readers are told their values.
  mode: { default: 'ensure', read: choice(MODES) },
  credential: {
    default: 'apiKey',
    read: choice(CREDENTIALS),
    refused: {
      sweep:
        'Atlas ends the secrets of service accounts by itself, so nothing is left over; use mode `revoke` to end them at once.',
    },
  },
  groupId: { variable: 'MONGODB_ATLAS_PROJECT_ID', read: groupIds },
  desc: { read: byCredential(description, accountName) },
  roles: { modes: MAKING_MODES, read: projectRoles },
  accessList: { modes: MAKING_MODES, read: accessList },
  exportEnv: { default: 'false', modes: MAKING_MODES, read: boolean },
  dryRun: { default: 'false', read: boolean },
  atlasPublicKey: { read: anyText },
  atlasPrivateKey: { read: anyText },
  atlasClientId: { read: anyText },
  atlasClientSecret: { read: anyText },
  apiUserId: {
    modes: ['ensure', 'revoke'],
    read: apiUserId,
    refused: {
      serviceAccount: 'it is the id of an API key; name the service account by `desc`.',
      ephemeral: 'it makes a new key in every run; use mode `ensure` or `revoke` for a certain one.',
      rotate: 'it finds its keys by `desc`, since their ids change; leave `apiUserId` out.',
      sweep: 'it deletes what is left over; use mode `revoke` for a certain key.',
    },
  },
  knownPrivateKey: {
    modes: ['ensure', 'rotate'],
    read: knownSecret,
    refused: { ephemeral: 'it makes a new secret in every run; leave that out, or use mode `ensure`.' },
  },
  ttl: {
    default: '24h',
    modes: ['ephemeral', 'sweep'],
    read: duration(
      '1s',
      '365d',
      'a key that is older counts as left over, so choose more than your longest job takes, and no more than a year',
    ),
    refused: {
      serviceAccount:
        'Atlas ends the secret of a service account by itself; say when with `secretExpiresAfter`.',
    },
  },
  onRevokeFailure: { default: 'warn', modes: ['ephemeral'], read: choice(['warn', 'fail']) },
  rotateAfter: {
    default: '0',
    modes: ['rotate'],
    read: duration('0', '3650d', 'beyond ten years no key would ever be rotated'),
  },
  keepPrevious: {
    default: '1',
    modes: ['rotate'],
    read: byCredential(wholeNumber(10), wholeNumber(1, ', since a service account has two secrets at most')),
  },
  commit: { default: 'job', modes: ['rotate'], read: choice(['job', 'step']) },
  secretExpiresAfter: {
    modes: MAKING_MODES,
    read: secretLifetime,
    refused: {
      apiKey: 'Atlas never ends an API key by itself; leave that out, or use `credential: serviceAccount`.',
    },
  },
  ...STORING,
  verify: { default: 'true', modes: MAKING_MODES, read: boolean },
  baseUrl: { default: 'https://cloud.mongodb.com', read: serviceOrigin },
  api: {
    default: 'atlas/v2',
    read: choice(SURFACES),
    refused: {
      serviceAccount: 'only `atlas/v2` has service accounts; leave that out, or use `credential: apiKey`.',
    },
  },
  timeout: {
    default: '120s',
    // The mark of a pending key ends a minute after this time, and a mark that claims more than eleven is not believed.
    read: duration(
      '5s',
      '10m',
      'Atlas needs some seconds for the calls, and what a dying step leaves behind is swept only after its time is over',
    ),
  },
  // action.yml has `${{ job.status }}`, which only the runner can fill in.
  jobStatus: { read: anyText },
} as const satisfies Readonly<Record<string, Row>>;

export type InputName = keyof typeof INPUTS;

export const INPUT_NAMES = Object.keys(INPUTS) as readonly InputName[];

/** The same table, with one type for all rows. */
export const ROWS: Readonly<Record<InputName, Row>> = INPUTS;

/** What the readers make of all inputs. */
export type Values = {
  readonly [Name in InputName]: Exclude<ReturnType<(typeof INPUTS)[Name]['read']>, undefined>;
};

/** The same while problems are still looked for: what is malformed may have no value. */
export type Draft = Partial<Values>;
