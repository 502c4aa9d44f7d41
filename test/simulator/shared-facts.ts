import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The facts about Atlas that lie beside the repository and are not part of it, for their licence. */

const folder = process.env.ATLAS_SHARED ?? fileURLToPath(new URL('../../../shared/atlas', import.meta.url));

/** Whether they are there; without them the tests that compare with them are skipped, with a word. */
export const factsMissing = !existsSync(`${folder}/recordings/Errors.json`);
if (factsMissing) console.warn(`skipped: no recordings and no specification in ${folder} (set ATLAS_SHARED)`);

export interface Recording {
  readonly case?: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: whatever JSON was recorded
  readonly body: any;
}

/** The exchanges of one file; none when the facts are missing. */
export function recordings(name: string): Recording[] {
  return factsMissing ? [] : JSON.parse(readFileSync(`${folder}/recordings/${name}.json`, 'utf8'));
}

/** Complete runs of MongoDB's own end-to-end tests, each with its name; none when the facts are missing. */
export function runs(): [name: string, exchanges: Recording[]][] {
  if (factsMissing) return [];
  return readdirSync(`${folder}/recordings/series`)
    .sort()
    .map((file) => {
      const run = JSON.parse(readFileSync(`${folder}/recordings/series/${file}`, 'utf8'));
      return [file.replace('.json', ''), Object.values<Recording[]>(run).flat()];
    });
}

/** The specification's documents: of keys and projects, and of an organisation's service accounts. */
export function specifications(): Record<string, unknown>[] {
  if (factsMissing) return [];
  const names = ['openapi-subset', 'openapi-service-accounts'];
  return names.map((name) => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8')));
}
