import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { entries, fields, optionalText, requiredText } from './yaml-fields.ts';

export interface InputDefinition {
  readonly description: string;
  readonly required: boolean;
  /** May hold expressions; absent means an empty string. */
  readonly default?: string;
}

/** What `action.yml` says, of the subset that a JavaScript action needs. */
export interface Manifest {
  readonly name: string;
  readonly description: string;
  readonly inputs: Readonly<Record<string, InputDefinition>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: {
    readonly using: 'node24';
    readonly main: string;
    readonly post?: string;
    /** When post runs; the runner's default is `always()`. */
    readonly postIf: string;
  };
  readonly branding?: { readonly icon: string; readonly color: string };
}

/** Reads the manifest of the action in a folder. Whatever this runner does not know is an error, not ignored. */
export async function readManifest(folder: string): Promise<Manifest> {
  return parseManifest(await readFile(join(folder, 'action.yml'), 'utf8'));
}

/** Reads a manifest's text. */
export function parseManifest(text: string): Manifest {
  const root = fields(parse(text), 'action.yml', [
    'name',
    'description',
    'author',
    'branding',
    'inputs',
    'outputs',
    'runs',
  ]);
  const runs = fields(root.runs, 'runs', ['using', 'main', 'post', 'post-if']);
  if (runs.using !== 'node24')
    throw new Error(`runs.using: '${String(runs.using)}' is not supported, only 'node24'`);
  const post = optionalText(runs.post, 'runs.post');
  const branding =
    root.branding === undefined ? undefined : fields(root.branding, 'branding', ['icon', 'color']);
  return {
    name: requiredText(root.name, 'name'),
    description: requiredText(root.description, 'description'),
    inputs: mapEntries(root.inputs, 'inputs', inputDefinition),
    outputs: mapEntries(root.outputs, 'outputs', (value, place) => ({
      description: requiredText(fields(value, place, ['description']).description, `${place}.description`),
    })),
    runs: {
      using: 'node24',
      main: requiredText(runs.main, 'runs.main'),
      ...(post === undefined ? {} : { post }),
      postIf: optionalText(runs['post-if'], 'runs.post-if') ?? 'always()',
    },
    ...(branding === undefined
      ? {}
      : {
          branding: {
            icon: requiredText(branding.icon, 'branding.icon'),
            color: requiredText(branding.color, 'branding.color'),
          },
        }),
  };
}

function inputDefinition(value: unknown, place: string): InputDefinition {
  const input = fields(value, place, ['description', 'required', 'default', 'deprecationMessage']);
  const preset = optionalText(input.default, `${place}.default`);
  return {
    description: requiredText(input.description, `${place}.description`),
    required: input.required === true,
    ...(preset === undefined ? {} : { default: preset }),
  };
}

function mapEntries<T>(
  value: unknown,
  place: string,
  read: (value: unknown, place: string) => T,
): Record<string, T> {
  return Object.fromEntries(
    entries(value, place).map(([key, entry]) => [key, read(entry, `${place}.${key}`)]),
  );
}
