import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

export type Stream = 'stdout' | 'stderr';

export interface Interruption {
  /** The user cancels: SIGINT, then SIGTERM, then SIGKILL. */
  readonly cancel?: AbortSignal | undefined;
  /** The process vanishes without a word: SIGKILL. */
  readonly kill?: AbortSignal | undefined;
}

/** How long the runner waits between the signals of a cancellation. */
export interface Grace {
  readonly afterInterrupt: number;
  readonly afterTerminate: number;
}

export const RUNNER_GRACE: Grace = { afterInterrupt: 7_500, afterTerminate: 2_500 };

export interface ChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly interruption: Interruption;
  readonly grace: Grace;
  /** Whether the processes that it leaves behind end with it; the runner calls them orphans. */
  readonly orphansEnd: boolean;
  /** Called for every complete line, in the order of arrival, without its line break. */
  readonly onLine: (line: string, stream: Stream) => void;
}

export interface ChildResult {
  /** As a shell counts it: 128 and the signal's number for a process that a signal ended. */
  readonly exitCode: number;
  readonly milliseconds: number;
  /** The signals sent because of a cancellation or a kill, in order. */
  readonly signals: readonly NodeJS.Signals[];
}

/** How long output may still come from grandchildren that hold the pipes of a process that has gone. */
const DRAIN_MILLISECONDS = 1_000;
const SIGNAL_NUMBERS: Readonly<Partial<Record<NodeJS.Signals, number>>> = {
  SIGINT: 2,
  SIGKILL: 9,
  SIGTERM: 15,
};

/** Runs a process to its end. Windows has no SIGINT to send: there the first signal ends the process at once. */
export async function runChild(options: ChildOptions): Promise<ChildResult> {
  const started = performance.now();
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, which can be ended as a whole. Windows has none.
    detached: options.orphansEnd && process.platform !== 'win32',
    windowsHide: true,
  });
  const over = new AbortController();
  const signals: NodeJS.Signals[] = [];
  const send = (signal: NodeJS.Signals): void => {
    if (child.kill(signal)) signals.push(signal);
  };
  const { cancel, kill } = options.interruption;
  onAbort(cancel, over.signal, () => void escalate(send, options.grace, over.signal));
  onAbort(kill, over.signal, () => send('SIGKILL'));

  const closed = Promise.withResolvers<void>();
  const exited = Promise.withResolvers<number>();
  const flushes = (['stdout', 'stderr'] as const).map((name) =>
    readLines(child[name], (line) => options.onLine(line, name)),
  );
  child.on('error', exited.reject);
  child.on('exit', (code, signal) => exited.resolve(code ?? 128 + ((signal && SIGNAL_NUMBERS[signal]) ?? 0)));
  child.on('close', () => closed.resolve());
  try {
    const exitCode = await exited.promise;
    const milliseconds = performance.now() - started;
    if (options.orphansEnd) endGroup(child.pid);
    await Promise.race([closed.promise, delay(DRAIN_MILLISECONDS, undefined, { signal: over.signal })]);
    return { exitCode, milliseconds, signals };
  } finally {
    over.abort();
    child.stdout.destroy();
    child.stderr.destroy();
    for (const flush of flushes) flush();
  }
}

function endGroup(leader: number | undefined): void {
  if (leader === undefined || process.platform === 'win32') return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // Nobody was left.
  }
}

async function escalate(
  send: (signal: NodeJS.Signals) => void,
  grace: Grace,
  over: AbortSignal,
): Promise<void> {
  try {
    send('SIGINT');
    await delay(grace.afterInterrupt, undefined, { signal: over });
    send('SIGTERM');
    await delay(grace.afterTerminate, undefined, { signal: over });
    send('SIGKILL');
  } catch {
    // The process ended, so the next signal has nobody to go to.
  }
}

/** Calls at once, too, when the signal came before. */
function onAbort(signal: AbortSignal | undefined, over: AbortSignal, act: () => void): void {
  if (signal?.aborted) act();
  else signal?.addEventListener('abort', act, { once: true, signal: over });
}

/** Cuts a stream into lines; the function it returns hands out what is left without a line break. */
function readLines(stream: NodeJS.ReadableStream, onLine: (line: string) => void): () => void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line.replace(/\r$/, ''));
  });
  return () => {
    if (rest !== '') onLine(rest);
    rest = '';
  };
}
