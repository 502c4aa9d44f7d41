import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const MANIFEST = `
name: fixture
description: for this test
inputs:
  who: { description: a name, default: world }
  not given: { description: no default }
  jobStatus: { description: how the job went, default: '\${{ job.status }}' }
runs: { using: node24, main: main.mjs, post: post.mjs }
`;

const FILES = `
import { appendFileSync as append } from 'node:fs';
export const write = (file, name, value) => append(process.env['GITHUB_' + file], name + '<<EOF\\n' + value + '\\nEOF\\n');
export const env = process.env;
`;

/** A tiny action in a folder of its own; its scripts find `write(file, name, value)` and `env`. */
export async function fixtureAction(scripts: { main: string; post?: string }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'action-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const imports = "import { write, env } from './files.mjs';\n";
  await writeFile(join(folder, 'files.mjs'), FILES);
  await writeFile(join(folder, 'action.yml'), MANIFEST);
  await writeFile(join(folder, 'main.mjs'), imports + scripts.main);
  await writeFile(join(folder, 'post.mjs'), imports + (scripts.post ?? ''));
  return folder;
}

/** `${{ source }}`, which biome would take for a forgotten template literal. */
export function expression(source: string): string {
  return ['$', '{{ ', source, ' }}'].join('');
}
