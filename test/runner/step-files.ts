import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StepConsole } from './console.ts';
import type { Masks } from './masks.ts';

const SUMMARY_LIMIT = 1024 * 1024;
const NAMES = ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STEP_SUMMARY'] as const;
type Name = (typeof NAMES)[number];

export interface FileCommands {
  readonly outputs: ReadonlyMap<string, string>;
  readonly state: ReadonlyMap<string, string>;
  readonly env: ReadonlyMap<string, string>;
  readonly rawSummary: string;
  readonly summary: string;
}

/** The command files of one step: new and empty for each, read when its process has ended in whatever way. */
export class StepFiles {
  readonly variables: Readonly<Record<Name, string>>;

  private constructor(folder: string) {
    const id = randomUUID();
    const files = NAMES.map((name) => [name, join(folder, `${name.toLowerCase()}_${id}`)]);
    this.variables = Object.fromEntries(files);
  }

  /** Makes the files under the runner's temporary folder. */
  static async create(temp: string): Promise<StepFiles> {
    const folder = join(temp, '_runner_file_commands');
    await mkdir(folder, { recursive: true });
    const files = new StepFiles(folder);
    await Promise.all(NAMES.map((name) => writeFile(files.variables[name], '')));
    return files;
  }

  /** Reads what was written. A file the runner cannot read fails the step and says so on its console. */
  async read(console: StepConsole, masks: Masks): Promise<FileCommands> {
    const pairs = async (name: Name, word: string): Promise<Map<string, string>> => {
      const read = await this.#pairs(name, console);
      for (const [key, value] of read) console.debug(`${word} ${key} = ${value}`);
      return read;
    };
    const rawSummary = await this.#text('GITHUB_STEP_SUMMARY');
    return {
      outputs: await pairs('GITHUB_OUTPUT', 'Set output'),
      state: await pairs('GITHUB_STATE', 'Save intra-action state'),
      env: withoutNodeOptions(await this.#pairs('GITHUB_ENV', console), console),
      rawSummary,
      summary: shownSummary(rawSummary, console, masks),
    };
  }

  async #pairs(name: Name, console: StepConsole): Promise<Map<string, string>> {
    try {
      return parseCommandFile(await this.#text(name));
    } catch (error) {
      console.annotate(
        'error',
        `Unable to process file command '${name.slice(7).toLowerCase()}' successfully.`,
      );
      console.annotate('error', error instanceof Error ? error.message : String(error));
      console.failed = true;
      return new Map();
    }
  }

  /** A step may delete its files: then they say nothing. */
  async #text(name: Name): Promise<string> {
    return readFile(this.variables[name], 'utf8').catch(() => '');
  }
}

function withoutNodeOptions(env: Map<string, string>, console: StepConsole): Map<string, string> {
  for (const name of [...env.keys()].filter((name) => name.toUpperCase() === 'NODE_OPTIONS')) {
    console.annotate('error', `Can't store ${name} output parameter using '$GITHUB_ENV' command.`);
    env.delete(name);
  }
  return env;
}

function shownSummary(raw: string, console: StepConsole, masks: Masks): string {
  const size = Buffer.byteLength(raw);
  if (size <= SUMMARY_LIMIT)
    return raw
      .split('\n')
      .map((line) => masks.apply(line))
      .join('\n');
  const limit = SUMMARY_LIMIT / 1024;
  const got = Math.ceil(size / 1024);
  console.annotate(
    'error',
    `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${limit}k, got ${got}k.`,
  );
  return '';
}

/**
 * The pairs of a command file in order, the last one of a name winning: lines `name=value`, or blocks from
 * `name<<delimiter` to the delimiter. Throws what the runner would complain of.
 */
function parseCommandFile(text: string): Map<string, string> {
  const pairs = new Map<string, string>();
  const lines = text.split(process.platform === 'win32' ? /\r?\n/ : '\n');
  let next = 0;
  while (next < lines.length) {
    const line = lines[next++] ?? '';
    if (line === '') continue;
    const equals = line.indexOf('=');
    const block = line.indexOf('<<');
    if (equals < 0 && block < 0) throw new Error(`Invalid format '${line}'`);
    const isLine = block < 0 || (equals >= 0 && equals < block);
    const name = line.slice(0, isLine ? equals : block);
    const delimiter = line.slice(block + 2);
    if (name === '') throw new Error(`Invalid format '${line}'. Name must not be empty`);
    if (!isLine && delimiter === '') throw new Error(`Invalid format '${line}'. Delimiter must not be empty`);
    const end = isLine ? next - 1 : lines.indexOf(delimiter, next);
    if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
    pairs.set(name, isLine ? line.slice(equals + 1) : lines.slice(next, end).join('\n'));
    next = end + 1;
  }
  return pairs;
}
