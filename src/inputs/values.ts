/** Reads the inputs as the table says. */
import { MODES, type Mode } from '../request.ts';
import type { Findings } from './findings.ts';
import { type Environment, type Faults, inputVariable, nameAll, readVariable } from './reader.ts';
import { INPUTS, type InputName, type Row } from './table.ts';

const ROWS: Readonly<Record<InputName, Row>> = INPUTS;

const modesOf = (name: InputName): readonly Mode[] => ROWS[name].modes ?? MODES;

export const INPUT_NAMES = Object.keys(INPUTS) as readonly InputName[];

/** What the readers make of all inputs. */
export type Values = {
  readonly [Name in InputName]: Exclude<ReturnType<(typeof INPUTS)[Name]['read']>, Faults>;
};

/** Reads all inputs, whatever the mode, so that every malformed one is told; those have no value. */
export function readValues(environment: Environment, findings: Findings): Partial<Values> {
  const values: { [Name in InputName]?: unknown } = {};
  for (const input of INPUT_NAMES) {
    const { default: usual = '', variable = '', read, warn, notice } = ROWS[input];
    const given = readVariable(environment, inputVariable(input)) || usual;
    const text = given || readVariable(environment, variable);
    const name = text === given ? input : variable;
    const { quote, holdsSecret } = findings;
    const { mode, credential } = values as Partial<Values>;
    const context = { quote, holdsSecret, mode, credential };
    values[input] = findings.accept(name, read(text, context));
    for (const sentence of warn?.(text, context) ?? []) findings.warning(`\`${name}\` ${sentence}`);
    for (const sentence of notice?.(text, context) ?? []) findings.notice(`\`${name}\` ${sentence}`);
  }
  return values as Partial<Values>;
}

/** Refuses the inputs that do not fit the credential or mislead in this mode, and warns of those without effect. */
export function checkFit(
  { mode, credential }: Partial<Values>,
  environment: Environment,
  findings: Findings,
): void {
  if (mode === undefined || credential === undefined) return;
  // A default always arrives, so it says nothing.
  const given = INPUT_NAMES.filter(
    (name) => !['', ROWS[name].default].includes(readVariable(environment, inputVariable(name))),
  );
  const unfit = given.filter((name) => ROWS[name].refused?.[credential] !== undefined);
  for (const name of unfit) {
    findings.problem(
      `\`credential: ${credential}\` does not take \`${name}\`: ${ROWS[name].refused?.[credential]}`,
    );
  }
  const foreign = given.filter((name) => !unfit.includes(name) && !modesOf(name).includes(mode));
  const refusals = Map.groupBy(foreign, (name) => ROWS[name].refused?.[mode]);
  for (const [refusal, names] of refusals) {
    if (refusal !== undefined) {
      findings.problem(`Mode \`${mode}\` does not take ${nameAll(names, 'and')}: ${refusal}`);
      continue;
    }
    for (const name of names) {
      const modes = nameAll(modesOf(name), 'and');
      findings.warning(`\`${name}\` is ignored in mode \`${mode}\`: it is for mode ${modes}.`);
    }
  }
}
