/** The environment as the runner hands it over: inputs are `INPUT_<NAME>`, everything else as it is. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Every input with its default, as `action.yml` has them; an empty value counts as not given. */
export const INPUT_DEFAULTS = {
  mode: 'ensure',
  groupId: '',
  desc: '',
  roles: '',
  apiUserId: '',
  atlasPublicKey: '',
  atlasPrivateKey: '',
  atlasClientId: '',
  atlasClientSecret: '',
  baseUrl: 'https://cloud.mongodb.com',
  api: 'atlas/v2',
  accessList: '',
  verify: 'true',
  exportEnv: 'false',
  dryRun: 'false',
  knownPrivateKey: '',
  ttl: '24h',
  rotateAfter: '0',
  keepPrevious: '1',
  commit: 'job',
  onRevokeFailure: 'warn',
  githubToken: '',
  combinedSecret: '',
  publicKeySecret: '',
  privateKeySecret: '',
  secretEnvironment: '',
  timeout: '120s',
  // `${{ job.status }}` in action.yml: only the runner can fill it in.
  jobStatus: '',
} as const;

export type InputName = keyof typeof INPUT_DEFAULTS;

export const INPUT_NAMES = Object.keys(INPUT_DEFAULTS) as readonly InputName[];

/** The input as `core.getInput` reads it, or its default. */
export function readInput(environment: Environment, name: InputName): string {
  return ownValue(environment, name) || INPUT_DEFAULTS[name];
}

/** Whether the workflow asks for something else than the default. Defaults always arrive, so they say nothing. */
export function isGiven(environment: Environment, name: InputName): boolean {
  const value = ownValue(environment, name);
  return value !== '' && value !== INPUT_DEFAULTS[name];
}

/** An environment variable, trimmed; empty when it is not set. */
export function readVariable(environment: Environment, name: string): string {
  return environment[name]?.trim() ?? '';
}

function ownValue(environment: Environment, name: InputName): string {
  return readVariable(environment, `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`);
}
