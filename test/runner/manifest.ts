import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { entries, fields, optionalText, requiredText } from './yaml-fields.ts';

/** What `action.yml` says, of the subset that a JavaScript action needs. */
export interface Manifest {
  /** Their defaults, which may hold expressions: an empty text where there is none. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly runs: {
    readonly using: 'node24';
    readonly main: string;
    readonly post?: string;
    /** When post runs; the runner's default is `always()`. */
    readonly postIf: string;
  };
}

const ROOT = ['name', 'description', 'author', 'branding', 'inputs', 'outputs', 'runs'];
const INPUT = ['description', 'required', 'default', 'deprecationMessage'];

/** Reads the manifest of the action in a folder. Whatever this runner does not know is an error, not ignored. */
export async function readManifest(folder: string): Promise<Manifest> {
  const root = fields(parse(await readFile(join(folder, 'action.yml'), 'utf8')), 'action.yml', ROOT);
  const runs = fields(root.runs, 'runs', ['using', 'main', 'post', 'post-if']);
  if (runs.using !== 'node24')
    throw new Error(`runs.using: '${String(runs.using)}' is not supported, only 'node24'`);
  const post = optionalText(runs.post, 'runs.post');
  return {
    inputs: described(
      root.inputs,
      'inputs',
      INPUT,
      ({ default: preset }, place) => optionalText(preset, place) ?? '',
    ),
    outputs: described(root.outputs, 'outputs', ['description'], (output) => output),
    runs: {
      using: 'node24',
      main: requiredText(runs.main, 'runs.main'),
      ...(post === undefined ? {} : { post }),
      postIf: optionalText(runs['post-if'], 'runs.post-if') ?? 'always()',
    },
  };
}

function described<T>(
  value: unknown,
  place: string,
  known: readonly string[],
  read: (entry: Readonly<Record<string, unknown>>, place: string) => T,
): Record<string, T> {
  const all = entries(value, place).map(([name, entry]): [string, T] => {
    const record = fields(entry, `${place}.${name}`, known);
    requiredText(record.description, `${place}.${name}.description`);
    return [name, read(record, `${place}.${name}`)];
  });
  return Object.fromEntries(all);
}
