/** The environment as the runner hands it over: inputs are `INPUT_<NAME>`, everything else as it is. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** An environment variable, trimmed; empty when it is not set. */
export function readVariable(environment: Environment, name: string): string {
  return environment[name]?.trim() ?? '';
}

/** Where `core.getInput` looks. */
export function inputVariable(name: string): string {
  return `INPUT_${name.toUpperCase()}`;
}
