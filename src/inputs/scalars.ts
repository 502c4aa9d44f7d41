import { type Environment, type InputName, readInput } from './environment.ts';
import type { Findings } from './findings.ts';
import { nameAll } from './lists.ts';

/** `true` or `false` in the spellings of YAML 1.2, as `core.getBooleanInput` takes them. */
export function readBoolean(environment: Environment, name: InputName, findings: Findings): boolean {
  const text = readInput(environment, name);
  if (/^(true|True|TRUE)$/.test(text)) return true;
  if (!/^(false|False|FALSE)$/.test(text)) {
    findings.problem(`\`${name}\` is ${findings.quote(text)}: write \`true\` or \`false\`.`);
  }
  return false;
}

/** One of a closed set of words; `undefined` after a problem. */
export function readChoice<Choice extends string>(
  environment: Environment,
  name: InputName,
  choices: readonly Choice[],
  findings: Findings,
): Choice | undefined {
  const text = readInput(environment, name);
  const choice = choices.find((candidate) => candidate === text);
  if (choice === undefined) {
    findings.problem(
      `\`${name}\` is ${findings.quote(text)}, which does not exist: choose ${nameAll(choices, 'or')}.`,
    );
  }
  return choice;
}

/** A whole number from 0 to `max`. */
export function readCount(
  environment: Environment,
  name: InputName,
  max: number,
  findings: Findings,
): number {
  const text = readInput(environment, name);
  const count = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(count <= max)) {
    findings.problem(`\`${name}\` is ${findings.quote(text)}: write a whole number from 0 to ${max}.`);
  }
  return count;
}
