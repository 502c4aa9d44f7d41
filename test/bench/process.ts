import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';

export interface Measured {
  readonly total: number;
  /** From its last output to its end. */
  readonly exit: number;
  readonly code: number;
  readonly output: string;
}

/** Runs a process to its end. */
export async function measure(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Measured> {
  const started = performance.now();
  let last = started;
  let output = '';
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      last = performance.now();
      output += chunk;
    });
  }
  const { promise, resolve, reject } = Promise.withResolvers<Measured>();
  child.on('error', reject);
  // Not `close`: the pipes are read by this process, in its own time.
  child.on('exit', (code) => {
    const ended = performance.now();
    setImmediate(() =>
      resolve({ total: ended - started, exit: Math.max(0, ended - last), code: code ?? -1, output }),
    );
  });
  return promise;
}

/** The value below which this part of the sample lies. */
export function quantile(sample: readonly number[], part: number): number {
  const sorted = [...sample].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

export function median(sample: readonly number[]): number {
  return quantile(sample, 0.5);
}

/** What a runner would set for the action, which is to ensure this key in this place. */
export function inputsOf(
  place: Readonly<Record<'baseUrl' | 'groupId' | 'publicKey' | 'privateKey', string>>,
  desc: string,
): Record<string, string> {
  return {
    GITHUB_REPOSITORY: 'octo-org/octo-repo',
    GITHUB_RUN_ID: '1',
    GITHUB_RUN_ATTEMPT: '1',
    INPUT_BASEURL: place.baseUrl,
    INPUT_GROUPID: place.groupId,
    INPUT_DESC: desc,
    INPUT_ROLES: 'GROUP_READ_ONLY',
    INPUT_ATLASPUBLICKEY: place.publicKey,
    INPUT_ATLASPRIVATEKEY: place.privateKey,
  };
}
