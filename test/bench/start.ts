import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure, median, quantile } from './process.ts';
import { buildReference, REFERENCE_COST, START_BUDGET } from './reference.ts';

export interface StartFigures {
  /** `node -e 0`, in milliseconds; the others are over that. */
  readonly node: number;
  readonly rows: readonly StartRow[];
  /** The budget of 60 ms, as this machine is slower or faster than the one it was set on. */
  readonly budget: number;
}

export interface StartRow {
  readonly what: string;
  readonly over: number;
  readonly spread: number;
  readonly kilobytes: number | undefined;
}

/** How long the bundles take to be ready, without any network. */
export async function measureStart(runs: number, note: (line: string) => void): Promise<StartFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const state = join(folder, 'state');
  writeFileSync(state, '');
  const reference = await buildReference();
  const bundles: readonly (readonly [string, string])[] = [
    ['core + undici + github, loaded at once', reference],
    ['main, up to an error in its inputs', 'dist/main/index.js'],
    ['post, with nothing to do', 'dist/post/index.js'],
  ];
  const samples = new Map<string, number[]>([
    ['node', []],
    ...bundles.map(([what]) => [what, []] as [string, number[]]),
  ]);
  for (let run = 0; run < runs * 2; run += 1) {
    note(`start: ${run + 1} of ${runs * 2}`);
    samples.get('node')?.push((await measure(process.execPath, ['-e', '0'], {})).total);
    for (const [what, file] of bundles) {
      samples.get(what)?.push((await measure(process.execPath, [file], { GITHUB_STATE: state })).total);
    }
  }
  rmSync(folder, { recursive: true });
  const node = median(samples.get('node') ?? []);
  const rows = bundles.map(([what, file]): StartRow => {
    const sample = samples.get(what) ?? [];
    return {
      what,
      over: median(sample) - node,
      spread: quantile(sample, 0.75) - quantile(sample, 0.25),
      kilobytes: statSync(file).size / 1000,
    };
  });
  return { node, rows, budget: ((rows[0]?.over ?? Number.NaN) / REFERENCE_COST) * START_BUDGET };
}
