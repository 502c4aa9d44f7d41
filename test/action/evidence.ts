/** What a run left to be seen: by the user, by the runner, by Atlas. */
import { expect } from 'vitest';
import type { StepResult } from '../runner/step.ts';
import type { RequestRecord } from '../simulator/history.ts';
import type { Run, Scene } from './scene.ts';

/** Every error that the step told, as the user reads it. */
export function errorsIn(step: StepResult): string[] {
  return step.annotations.filter(({ level }) => level === 'error').map(({ message }) => message);
}

/** The only error of a step that failed; anything else fails the test. */
export function onlyError(step: StepResult): string {
  expect(step.outcome, step.rawLog).toBe('failure');
  expect(errorsIn(step), step.rawLog).toHaveLength(1);
  return errorsIn(step)[0] ?? '';
}

/** What a person reads in the log: everything that is no command. */
export function storyOf(step: StepResult): string[] {
  return step.rawLines.map(({ text }) => text).filter((text) => !text.startsWith('::'));
}

/** The lines of the debug log. */
export function debugLines(step: StepResult): string[] {
  return step.commands.filter(({ name }) => name === 'debug').map(({ data }) => data);
}

/** Requests that could have changed something: also the unsigned first tries of a sign-in. */
export function writes(scene: Scene): RequestRecord[] {
  return scene.atlas.history.find(
    ({ method, operation }) => method !== 'GET' && operation?.endsWith('Token') !== true,
  );
}

/** The operations that were carried out for somebody who had signed in, in order. */
export function operations(scene: Scene): (string | undefined)[] {
  return scene.atlas.history.find(({ signIn }) => signIn === 'signedIn').map(({ operation }) => operation);
}

/** Nowhere but in its mask and in the outputs that are to hold it does a secret appear, and the mask comes first. */
export function expectMasked(run: Run, secret: string): void {
  for (const step of [...run.steps, ...run.post]) {
    const lines = step.rawLines.map(({ text }) => text).filter((text) => text.includes(secret));
    expect(lines, 'besides its mask').toEqual(lines.map(() => `::add-mask::${secret}`));
    expect(JSON.stringify(step.state)).not.toContain(secret);
    expect(step.rawSummary).not.toContain(secret);
  }
  expect(run.masks).toContain(secret);
}
