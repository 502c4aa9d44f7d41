/** Prints what CHANGELOG.md says of a version. Fails when package.json names another one, or nothing is said. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** The section of this version, without its heading; `undefined` where there is none. */
export function notesOf(version: string, changelog: string): string | undefined {
  const lines = changelog.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`## [${version}]`));
  if (start < 0) return undefined;
  const length = lines.slice(start + 1).findIndex((line) => /^(?:## |\[[^\]]+\]: )/.test(line));
  const section = lines.slice(start + 1, length < 0 ? undefined : start + 1 + length);
  return section.join('\n').trim() || undefined;
}

if (import.meta.main) {
  const version = (process.argv[2] ?? '').replace(/^v/, '');
  const { version: packaged } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const notes = notesOf(version, await readFile(join(root, 'CHANGELOG.md'), 'utf8'));
  if (packaged !== version) throw new Error(`package.json says ${packaged}, the tag says ${version}`);
  if (notes === undefined) throw new Error(`CHANGELOG.md says nothing of ${version}`);
  console.log(notes);
}
