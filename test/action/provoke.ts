import type { StepResult } from '../runner/step.ts';
import { openScene, type Scene } from './scene.ts';
import type { Situation } from './situations.ts';

/** Runs the action in a situation and returns what it tells the user: errors, and warnings where there are no errors. */
export async function provoke({ scene: wish = {}, inputs, options, later }: Situation): Promise<string[]> {
  await using scene = await openScene(wish);
  const given = typeof inputs === 'function' ? inputs(scene) : inputs;
  const job = typeof options === 'function' ? options(scene) : options;
  const { steps, post } = await scene.job([scene.step(given ?? {}), ...(later ? [later(scene)] : [])], job);
  const all = [...steps, ...post];
  const errors = told(all, 'error').filter((message) => message !== 'The operation was canceled.');
  return (errors.length > 0 ? errors : told(all, 'warning')).map((message) => timeless(message, scene));
}

function told(steps: readonly StepResult[], level: string): string[] {
  return steps.flatMap(({ annotations }) =>
    annotations.filter((annotation) => annotation.level === level).map(({ message }) => message),
  );
}

/** The message with names for what is different in every run. */
function timeless(message: string, { groupId, orgId, owner, atlas }: Scene): string {
  const name = (key: { id: string; publicKey: string }) => `${key.id} (${key.publicKey})`;
  const keys = atlas.keys({ includeDeleted: true }).filter(({ id }) => id !== owner.id);
  return (
    keys
      .reduce((text, key) => text.replaceAll(name(key), 'KEY').replaceAll(key.id, 'KEY-ID'), message)
      .replaceAll(name(owner), 'OWN-KEY')
      .replaceAll(groupId, 'PROJECT')
      .replaceAll(orgId, 'ORG')
      .replaceAll(new URL(atlas.origin).host, 'HOST')
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'TIME')
      .replace(/\b[0-9a-f]{16}\b/g, 'NONCE')
      // The same broken connection, as different machines and versions of Node call it.
      .replace(/\[(?:ECONNRESET|EPIPE|UND_ERR_SOCKET)\]/g, '[BROKEN]')
  );
}
