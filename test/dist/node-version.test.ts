import { expect, it } from 'vitest';
import { readManifest } from '../runner/manifest.ts';

it('runs the tests on the version of Node that GitHub runs the action on', async () => {
  const { runs } = await readManifest('.');
  expect(`node${process.versions.node.split('.')[0]}`).toBe(runs.using);
});
