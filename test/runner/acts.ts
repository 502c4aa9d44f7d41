/** The kinds of steps: an action's script, a shell's script, a function of the test. */
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Turn } from './attempt.ts';
import { type ChildOptions, RUNNER_GRACE, runChild } from './child.ts';
import { interpolate } from './expressions.ts';
import type { JobContext } from './job-context.ts';
import type { Manifest } from './manifest.ts';
import type { ActionStep, FunctionStep, ScriptStep } from './step.ts';

/** Runs an action's main or post script, with the inputs as they are now and the state that it kept. */
export async function runAction(
  context: JobContext,
  turn: Turn,
  { step, manifest }: { readonly step: ActionStep; readonly manifest: Manifest },
  script: string,
): Promise<void> {
  const inputs = Object.entries(inputsOf(context, turn, step, manifest));
  const env = {
    ...context.processEnvironment(turn.env, turn.files.variables),
    ...Object.fromEntries(inputs.map(([name, value]) => [inputVariable(name), value])),
    ...Object.fromEntries([...turn.state].map(([name, value]) => [`STATE_${name}`, value])),
    GITHUB_ACTION_PATH: resolve(step.uses),
  };
  const program = {
    command: process.execPath,
    args: [join(resolve(step.uses), script)],
    cwd: context.folders.workspace,
    env,
    orphansEnd: false,
  };
  await run(context, turn, program, context.options.start);
}

/** Runs a shell step's script from a file, as the runner does. */
export async function runScript(context: JobContext, turn: Turn, step: ScriptStep): Promise<void> {
  const file = join(context.folders.temp, randomUUID());
  await writeFile(file, interpolate(step.run, context.scope(turn.env)));
  if (step.shell !== undefined && step.shell !== 'node {0}')
    throw new Error(`shell: '${step.shell}' is not known here`);
  const [command, args] = step.shell === 'node {0}' ? [process.execPath, [file]] : ['bash', ['-e', file]];
  const env = context.processEnvironment(turn.env, turn.files.variables);
  await run(context, turn, { command, args, cwd: context.folders.workspace, env, orphansEnd: true });
}

/** Runs a piece of the test itself. */
export async function runFunction(context: JobContext, turn: Turn, step: FunctionStep): Promise<void> {
  const outputs = context.results.flatMap(({ id, outputs }) =>
    id === undefined ? [] : [[id, outputs] as const],
  );
  await step.run({
    env: context.processEnvironment(turn.env, turn.files.variables),
    outputs: Object.fromEntries(outputs),
    print: (line) => turn.console.take(line, 'stdout'),
  });
}

type Program = Pick<ChildOptions, 'command' | 'args' | 'cwd' | 'env' | 'orphansEnd'>;

async function run(context: JobContext, turn: Turn, program: Program, start = runChild): Promise<void> {
  turn.ended = await start({
    ...program,
    interruption: turn.interruption,
    grace: { ...RUNNER_GRACE, ...context.options.grace },
    onLine: (line, stream) => turn.console.take(line, stream),
  });
}

/** The inputs by their names in lower case; what is neither given nor preset arrives empty. */
function inputsOf(
  context: JobContext,
  turn: Turn,
  step: ActionStep,
  manifest: Manifest,
): Record<string, string> {
  const scope = context.scope(turn.env);
  const presets = Object.entries(manifest.inputs);
  const given = Object.entries(step.with ?? {});
  const known = presets.map(([name]) => name.toLowerCase());
  const unknown = given.filter(([name]) => !known.includes(name.toLowerCase()));
  if (unknown.length > 0) {
    const [unexpected, valid] = [unknown, presets].map((list) =>
      list.map(([name]) => `'${name}'`).join(', '),
    );
    turn.console.annotate('warning', `Unexpected input(s) ${unexpected}, valid inputs are [${valid}]`);
  }
  const merged = new Map([...presets, ...given].map(([name, value]) => [name.toLowerCase(), value]));
  return Object.fromEntries([...merged].map(([name, value]) => [name, interpolate(value, scope)]));
}

/** `INPUT_<NAME>`: upper case, blanks to underscores, nothing else changed. */
function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}
