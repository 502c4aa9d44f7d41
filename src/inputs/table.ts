/**
 * Every input of action.yml, in the order of README's table: its default, the modes that read it, how its text becomes a
 * value, and why a mode refuses it. What only several inputs together tell is in modes.ts, credentials.ts and
 * secret-store.ts.
 */
import { SURFACES } from '../atlas/types.ts';
import { MAKING_MODES, MODES, type Mode } from '../request.ts';
import { accessList } from './access-list.ts';
import { description } from './description.ts';
import { duration } from './duration.ts';
import { apiUserId, groupIds, knownKey, oddPrivateKey, repeatedGroupIds } from './identifiers.ts';
import { serviceUrl } from './origin.ts';
import { anyText, boolean, type Context, choice, type Reader, wholeNumber } from './reader.ts';
import { projectRoles, unknownRoles } from './roles.ts';
import { environmentName, githubToken, secretName } from './secret-names.ts';

/** Sentences without their subject, the name of the input. */
type Remark = (text: string, context: Context) => readonly string[];

/** One input. */
export interface Row {
  /** As action.yml has it. An empty text counts as not given, so without a default the reader gets that. */
  readonly default?: string;
  /** The variable that is read where the input is empty. */
  readonly variable?: string;
  /** The modes that read it, where not all do: in another one it is refused or has no effect, and that is told. */
  readonly modes?: readonly Mode[];
  readonly read: Reader<unknown>;
  readonly warn?: Remark;
  readonly notice?: Remark;
  /** Why a mode refuses it, because whoever gives it expects what the mode does not do; and what to do instead. */
  readonly refused?: Readonly<Partial<Record<Mode, string>>>;
}

const BY_ID = 'leave that out, or use mode `ensure` or `revoke`.';
const NEW_KEY = 'it makes a new key in every run';
const STORED = {
  modes: ['ensure', 'rotate'],
  refused: {
    ephemeral:
      'its key dies with the job, and the stored secret would be dead; leave that out, or use mode `rotate`.',
  },
} as const;

export const GROUPS = {
  common: {
    // First, since the other readers are told it.
    mode: { default: 'ensure', read: choice(MODES) },
    groupId: { variable: 'MONGODB_ATLAS_PROJECT_ID', read: groupIds, notice: repeatedGroupIds },
    desc: { read: description },
    roles: { modes: MAKING_MODES, read: projectRoles, warn: unknownRoles },
    accessList: { modes: MAKING_MODES, read: accessList },
    exportEnv: { default: 'false', modes: MAKING_MODES, read: boolean },
    dryRun: { default: 'false', read: boolean },
  },
  'sign-in': {
    atlasPublicKey: { read: anyText },
    atlasPrivateKey: { read: anyText },
    atlasClientId: { read: anyText },
    atlasClientSecret: { read: anyText },
  },
  ensure: {
    apiUserId: {
      modes: ['ensure', 'revoke'],
      read: apiUserId,
      refused: {
        ephemeral: `${NEW_KEY}; ${BY_ID}`,
        rotate: `it finds its keys by \`desc\`, since their ids change; ${BY_ID}`,
        sweep: `it deletes what is left over, not a certain key; ${BY_ID}`,
      },
    },
    knownPrivateKey: {
      modes: ['ensure', 'rotate'],
      read: knownKey,
      warn: oddPrivateKey,
      refused: { ephemeral: `${NEW_KEY}; leave that out, or use mode \`ensure\`.` },
    },
  },
  ephemeral: {
    ttl: {
      default: '24h',
      modes: ['ephemeral', 'sweep'],
      read: duration(
        '1s',
        '365d',
        'it is the age at which a key counts as left over, so no running job may be older and no forgotten key much older',
      ),
    },
    onRevokeFailure: { default: 'warn', modes: ['ephemeral'], read: choice(['warn', 'fail']) },
  },
  rotate: {
    rotateAfter: {
      default: '0',
      modes: ['rotate'],
      read: duration('0', '3650d', 'beyond ten years no key would ever be rotated'),
    },
    keepPrevious: { default: '1', modes: ['rotate'], read: wholeNumber(10) },
    commit: { default: 'job', modes: ['rotate'], read: choice(['job', 'step']) },
  },
  storing: {
    githubToken: { ...STORED, read: githubToken },
    combinedSecret: { ...STORED, read: secretName },
    publicKeySecret: { ...STORED, read: secretName },
    privateKeySecret: { ...STORED, read: secretName },
    secretEnvironment: { ...STORED, read: environmentName },
  },
  rare: {
    verify: { default: 'true', modes: MAKING_MODES, read: boolean },
    baseUrl: { default: 'https://cloud.mongodb.com', read: serviceUrl({ path: false }) },
    api: { default: 'atlas/v2', read: choice(SURFACES) },
    timeout: {
      default: '120s',
      // A key that is pending is marked for as long and a minute more, and nobody believes a mark beyond eleven.
      read: duration(
        '5s',
        '10m',
        'Atlas needs some seconds for the calls, and what a dying step leaves behind is swept only after its time is over',
      ),
    },
    // action.yml has `${{ job.status }}`, which only the runner can fill in.
    jobStatus: { read: anyText },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Row>>>>;

export const INPUTS = {
  ...GROUPS.common,
  ...GROUPS['sign-in'],
  ...GROUPS.ensure,
  ...GROUPS.ephemeral,
  ...GROUPS.rotate,
  ...GROUPS.storing,
  ...GROUPS.rare,
};

export type InputName = keyof typeof INPUTS;
