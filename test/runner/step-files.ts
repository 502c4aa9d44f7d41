import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCommandFile } from './command-files.ts';
import type { StepConsole } from './console.ts';
import type { Masks } from './masks.ts';

const SUMMARY_LIMIT = 1024 * 1024;
const NAMES = ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STEP_SUMMARY'] as const;
type Name = (typeof NAMES)[number];

/** What a step left in its files. */
export interface FileCommands {
  readonly outputs: ReadonlyMap<string, string>;
  readonly state: ReadonlyMap<string, string>;
  readonly env: ReadonlyMap<string, string>;
  readonly path: readonly string[];
  readonly rawSummary: string;
  readonly summary: string;
}

/** The command files of one step: new and empty for each, read when its process has ended in whatever way. */
export class StepFiles {
  /** The variables that name the files. */
  readonly variables: Readonly<Record<Name, string>>;

  private constructor(folder: string) {
    const id = randomUUID();
    const file = (name: Name): string => join(folder, `${name.toLowerCase()}_${id}`);
    this.variables = {
      GITHUB_OUTPUT: file('GITHUB_OUTPUT'),
      GITHUB_STATE: file('GITHUB_STATE'),
      GITHUB_ENV: file('GITHUB_ENV'),
      GITHUB_PATH: file('GITHUB_PATH'),
      GITHUB_STEP_SUMMARY: file('GITHUB_STEP_SUMMARY'),
    };
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
      path: (await this.#text('GITHUB_PATH')).split(/\r?\n/).filter((line) => line !== ''),
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
