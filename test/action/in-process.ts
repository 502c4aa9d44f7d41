/**
 * The action in the test's own process: `src/main.ts` and `src/post.ts` with the environment, the output and the SIGINT
 * of a process, which costs a fifth of one. Tests of the built action are left with what only a process has: its death,
 * what Node reads when it starts, how it ends.
 */
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as core from '@actions/core';
import { machine } from '../../src/session.ts';
import type { ChildOptions, ChildResult } from '../runner/child.ts';
import { openScene, type Scene, type SceneOptions } from './scene.ts';

const SOURCES = join(import.meta.dirname, '..', '..', 'src');

/** A scene whose steps run in this process, and wait a thousand times as short between two tries. */
export function openQuickScene(options: SceneOptions = {}): Promise<Scene> {
  return openScene({ ...options, start: runInProcess });
}

let runs = 0;
let last: Promise<unknown> = Promise.resolve();

/** Runs what `dist/main` or `dist/post` is made of; one after another, for they share what belongs to the process. */
export function runInProcess(options: ChildOptions): Promise<ChildResult> {
  const result = last.then(() => run(options));
  last = result.catch(() => undefined);
  return result;
}

async function run({ args, env, interruption, onLine }: ChildOptions): Promise<ChildResult> {
  const { env: environment } = process;
  const { write } = process.stdout;
  const { pause } = machine;
  const listeners = new Set(process.listeners('SIGINT'));
  const added = () => process.listeners('SIGINT').filter((listener) => !listeners.has(listener));
  const signals: NodeJS.Signals[] = [];
  const interrupt = (): void => {
    signals.push('SIGINT');
    for (const listener of added()) listener('SIGINT');
  };
  interruption.cancel?.addEventListener('abort', interrupt);
  process.env = { ...env };
  process.stdout.write = (text: string | Uint8Array) => {
    for (const line of `${text}`.split('\n').slice(0, -1)) onLine(line.replace(/\r$/, ''), 'stdout');
    return true;
  };
  Object.assign(machine, { pause: (time: number, signal: AbortSignal) => pause(time / 1000, signal) });
  // The toolkit looks for the file of the summary once in the life of a process, and keeps what it could not write.
  Object.assign(core.summary, { _filePath: undefined, _buffer: '' });
  const entry = basename(dirname(args[0] ?? ''));
  const started = performance.now();
  try {
    // A query makes it another module, whose code runs again.
    await import(`${pathToFileURL(join(SOURCES, `${entry}.ts`))}?run=${++runs}`);
    return { exitCode: Number(process.exitCode ?? 0), signals, milliseconds: performance.now() - started };
  } finally {
    process.exitCode = undefined;
    Object.assign(machine, { pause });
    process.stdout.write = write;
    process.env = environment;
    interruption.cancel?.removeEventListener('abort', interrupt);
    for (const listener of added()) for (const name of ['SIGINT', 'SIGTERM']) process.off(name, listener);
  }
}
