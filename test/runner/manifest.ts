import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

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
  // `default: true` is written without quotes by most; GitHub takes every scalar as its text.
  const preset = input.default === undefined ? {} : { default: String(input.default) };
  return {
    description: requiredText(input.description, `${place}.description`),
    required: input.required === true,
    ...preset,
  };
}

function mapEntries<T>(
  value: unknown,
  place: string,
  read: (value: unknown, place: string) => T,
): Record<string, T> {
  if (value === undefined) return {};
  return Object.fromEntries(
    Object.entries(fields(value, place)).map(([key, entry]) => [key, read(entry, `${place}.${key}`)]),
  );
}

/** A mapping with no other keys than the known ones. */
function fields(value: unknown, place: string, known?: readonly string[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${place}: not a mapping`);
  const record = value as Record<string, unknown>;
  const unknown = Object.keys(record).filter((key) => known !== undefined && !known.includes(key));
  if (unknown.length > 0) throw new Error(`${place}: unknown ${unknown.join(', ')}`);
  return record;
}

function requiredText(value: unknown, place: string): string {
  if (typeof value !== 'string' || value === '') throw new Error(`${place}: not a text`);
  return value;
}

function optionalText(value: unknown, place: string): string | undefined {
  return value === undefined ? undefined : requiredText(value, place);
}
