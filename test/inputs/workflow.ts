/** A workflow step that is well written, to be spoilt one input at a time. */
import { expect, test } from 'vitest';
import { type Environment, InputError } from '../../src/inputs/findings.ts';
import type { InputName } from '../../src/inputs/table.ts';
import { type Inputs, readRequest } from '../../src/inputs.ts';

export const PROJECT = '5f3a9c0e1b2d4f675f3a9c0e';
export const OTHER_PROJECT = '6a3a9c0e1b2d4f675f3a9c0f';
export const KEY_ID = '68b1c2d3e4f5061728394a5b';
export const PUBLIC_KEY = 'abcdwxyz';
export const PRIVATE_KEY = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
export const CLIENT_ID = `mdb_sa_id_${PROJECT}`;
export const CLIENT_SECRET = 'mdb_sa_sk_V2hhdCBhIG5pY2Ugc2VjcmV0';

export type Spoilt = Partial<Record<InputName, string>>;

const WELL_WRITTEN: Spoilt = {
  groupId: PROJECT,
  desc: 'deploy',
  roles: 'GROUP_READ_ONLY',
  atlasPublicKey: PUBLIC_KEY,
  atlasPrivateKey: PRIVATE_KEY,
};

const RUNNER = { GITHUB_REPOSITORY: 'acme/shop', GITHUB_RUN_ID: '17482910', GITHUB_RUN_ATTEMPT: '1' };

/** The environment of a step with these inputs instead of the well-written ones. */
export function step(inputs: Spoilt = {}, variables: Environment = {}): Environment {
  const given = Object.entries({ ...WELL_WRITTEN, ...inputs });
  const named = given.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  return { ...RUNNER, ...variables, ...Object.fromEntries(named) };
}

export function read(inputs: Spoilt = {}, variables: Environment = {}): Inputs {
  return readRequest(step(inputs, variables));
}

/** What the user is told about this environment; nothing else may be thrown. */
export function problemsIn(environment: Environment): readonly string[] {
  try {
    readRequest(environment);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).problems;
  }
}

/** Inputs, what is told of them, and the variables beside them. */
export type Refusal = [Spoilt, readonly string[], Environment?];

/** A test a row: a step with these inputs is told these problems and no other. */
export function refuses(rows: readonly Refusal[]): void {
  test.each<Refusal>([...rows])('what is wrong with %j', (inputs, problems, variables) => {
    expect(problemsIn(step(inputs, variables))).toEqual(problems);
  });
}
