import { arch, cpus, platform } from 'node:os';
import type { Comparison, Figures } from './jobs.ts';
import type { StartFigures } from './start.ts';

/** What the action waits for beyond the floor, and why. Over HTTP/1.1 nothing goes side by side. */
export const SAFETY = [
  {
    what: 'look among the keys of the organisation',
    why: 'a key that is there already is assigned, and not made a second time',
    http1: false,
  },
  {
    what: 'list again, after the create',
    why: 'of any number of steps at the same moment exactly one makes the key',
    http1: false,
  },
  {
    what: 'sign in as the new key (HTTP/2: beside the list)',
    why: 'the key works when it is handed over',
    http1: true,
  },
  {
    what: 'rename to the plain description',
    why: 'a key that was made and never handed out is told apart, and no crash leaves one behind',
    http1: false,
  },
  {
    what: 'list again, after the rename',
    why: 'a rotation that was committed at the same moment is seen, and one key is current in the end',
    http1: false,
  },
] as const;

/** The table of start-up times. */
export function startTable({ node, rows, budget }: StartFigures): string {
  const lines = rows.map(
    ({ what, over, spread, kilobytes }) =>
      `| ${what} | +${ms(over)} | ${ms(spread)} | ${kilobytes === undefined ? '' : ms(kilobytes)} |`,
  );
  return [
    '| start, whole process | ms | spread | index.js, kB |',
    '|---|--:|--:|--:|',
    `| \`node -e 0\` | ${ms(node)} | | |`,
    ...lines,
    `| *budget for main on this machine* | +${ms(budget)} | | 1200 |`,
  ].join('\n');
}

/** The table of jobs; one line is one job on one network over one protocol. */
export function jobTable(jobs: readonly Comparison[]): string {
  return [
    '| job | network | protocol | action | curl + jq | floor | to curl | to floor | floor × 1.15 + safety | exit | requests (action, curl, floor) |',
    '|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|',
    ...jobs.map((comparison) => {
      const { action, 'curl + jq': curl, floor } = comparison.figures;
      const allowed = allowance(comparison);
      const cells = [
        comparison.job,
        comparison.network.name,
        comparison.protocol,
        timed(action),
        timed(curl),
        timed(floor),
        (action.median / curl.median).toFixed(2),
        (action.median / floor.median).toFixed(2),
        `${ms(allowed)} ${action.median <= allowed ? '✓' : `✗ (+${ms(action.median - allowed)})`}`,
        ms(action.exit),
        [action, curl, floor].map(({ requests }) => requests).join(', '),
      ];
      return `| ${cells.join(' | ')} |`;
    }),
  ].join('\n');
}

/** What the action may take: 1.15 of the floor, and the round trips that safety adds to it. */
export function allowance({ job, network, protocol, figures }: Comparison): number {
  const trips =
    job === 'unchanged' ? 0 : SAFETY.filter(({ http1 }) => !http1 || protocol === 'HTTP/1.1').length;
  return figures.floor.median * 1.15 + trips * (2 * network.delay + network.latency);
}

/** docs/benchmark.md. */
export function document(runs: number, start: StartFigures, jobs: readonly Comparison[]): string {
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${platform()} ${arch()}, Node ${process.versions.node}`;
  return `# Benchmark

Made by \`npm run bench -- --runs ${runs} --write\` on ${machine}. Medians of interleaved runs, whole processes, in
milliseconds; ± is the distance between the quartiles.

- **action**: \`dist/main/index.js\`, as committed.
- **curl + jq**: [today.sh](../test/bench/today.sh), the job as people write it into a workflow.
- **floor**: [floor.cjs](../test/bench/floor.cjs), \`node:https\` over one connection, with nothing but the necessary
  requests and no safety at all. It speaks HTTP/1.1 whatever the server offers.
- **RTT 50 / server 50**: TLS 1.3 through a relay that holds every piece back for 25 ms in each direction (TCP's own
  handshake excepted), and a service that thinks for 50 ms.

${jobTable(jobs)}

When it creates, the action waits for these round trips that the floor does not make:

| round trip | why |
|---|---|
${SAFETY.map(({ what, why }) => `| ${what} | ${why} |`).join('\n')}

In a project without any key one more, for the organisation that the project is in. \`unchanged\` adds none.

So the secret is known after four round trips, five in a project without any key; the aim was at most five. The key is handed
over one round trip later (over HTTP/1.1 two), and the rename and the last look follow: seven or eight in all (over HTTP/1.1
one more).

A ✗ says by how much the action misses 1.15 of the floor plus those round trips. A part of that is undici, which the floor
does without: it is most of \`index.js\` and takes about 25 ms of the start on a machine with nothing else to do.
The spread tells how busy the machine was.

${startTable(start)}

The budget is 60 ms on a machine on which core, undici and github, loaded at once with one undici, cost 82; it is
scaled by what these cost here.
`;
}

function timed({ median, spread }: Figures): string {
  return `${ms(median)} ± ${ms(spread)}`;
}

function ms(milliseconds: number): string {
  return milliseconds.toFixed(0);
}
