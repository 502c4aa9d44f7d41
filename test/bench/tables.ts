import { arch, cpus, platform } from 'node:os';
import type { Comparison, Figures } from './jobs.ts';
import type { StartFigures } from './start.ts';

/** What the action waits for beyond the floor, and why. */
export const SAFETY = [
  {
    what: 'list again, after the create',
    why: 'of any number of steps at the same moment exactly one makes the key',
  },
  {
    what: 'rename to the plain description',
    why: 'a key that was made and never handed out is told apart, and no crash leaves one behind',
  },
  {
    what: 'list again, after the rename',
    why: 'a rotation that was committed at the same moment is seen, and one key is current in the end',
  },
] as const;

/** The table of start-up times. */
export function startTable({ node, rows }: StartFigures): string {
  return [
    '| start, whole process | ms | spread | index.js, kB |',
    '|---|--:|--:|--:|',
    `| \`node -e 0\` | ${ms(node)} | | |`,
    ...rows.map(
      ({ what, over, spread, kilobytes }) => `| ${what} | +${ms(over)} | ${ms(spread)} | ${ms(kilobytes)} |`,
    ),
  ].join('\n');
}

/** The table of jobs; one line is one job on one network over one protocol. */
export function jobTable(jobs: readonly Comparison[]): string {
  return [
    '| job | network | protocol | action | curl + jq | floor | to curl | to floor | floor × 1.15 + safety | exit | requests (action, curl, floor) |',
    '|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|',
    ...jobs.map((comparison) => {
      const { action, 'curl + jq': curl, floor } = comparison.figures;
      const cells = [
        comparison.job,
        comparison.network.name,
        comparison.protocol,
        timed(action),
        timed(curl),
        timed(floor),
        (action.median / curl.median).toFixed(2),
        (action.median / floor.median).toFixed(2),
        limit(comparison, jobs),
        ms(action.exit),
        [action, curl, floor].map(({ requests }) => requests).join(', '),
      ];
      return `| ${cells.join(' | ')} |`;
    }),
  ].join('\n');
}

/** What the action may take, how that comes about, and whether it does. */
function limit(comparison: Comparison, jobs: readonly Comparison[]): string {
  const { action, floor } = comparison.figures;
  const { trips, trip } = safetyOf(comparison, jobs);
  const allowed = floor.median * 1.15 + trips * trip;
  const sum = trips === 0 ? '' : `${ms(floor.median * 1.15)} + ${trips} × ${ms(trip)} = `;
  return `${sum}${ms(allowed)} ${action.median <= allowed ? '✓' : `✗ (+${ms(action.median - allowed)})`}`;
}

/**
 * The round trips that safety adds, and what one costs: what the floor's own last one, its create, cost in the same run.
 * That is the network's and the service's time, and what relay and service add to it on this machine.
 */
function safetyOf(
  { job, network, protocol }: Comparison,
  jobs: readonly Comparison[],
): { trips: number; trip: number } {
  const floorOf = (wanted: Comparison['job']): number =>
    jobs.find((other) => other.job === wanted && other.network === network && other.protocol === protocol)
      ?.figures.floor.median ?? Number.NaN;
  const trip = Math.max(0, floorOf('list, then create') - floorOf('unchanged'));
  // Over HTTP/1.1 the sign-in as the new key waits for the list beside which it goes over HTTP/2.
  const trips = SAFETY.length + (protocol === 'HTTP/1.1' ? 1 : 0);
  return { trips: job === 'unchanged' ? 0 : trips, trip };
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

The sign-in as the new key costs none over HTTP/2: it goes beside the list after the create. Over HTTP/1.1, which Atlas does
not speak, it waits for the list, and that is one more. \`unchanged\` adds none.

So the secret is known after three round trips; the aim was at most five. The key is handed over one round trip later, and the
rename and the last look follow: six in all.

The limit is 1.15 of the floor and those round trips, each at what the floor's create costs the floor in the same run (its
\`list, then create\` less its \`unchanged\`): with the relay and the service on the same machine that is a little more than the
delay and the service's time together. A ✗ says by how much the action misses it. At RTT 0 that is mostly undici, which the
floor does without; with a network, it is loaded while the TLS handshake is on its way. It parses HTTP/1.1 in WebAssembly, which
V8 optimises from the second answer on, and the process waits for that at its end, about 60 ms; over HTTP/2 it does not.
The spread tells how busy the machine was.

${startTable(start)}

Up to an error in its inputs main needs no undici, and does not load it: that is a file of its own beside \`index.js\`.
`;
}

function timed({ median, spread }: Figures): string {
  return `${ms(median)} ± ${ms(spread)}`;
}

function ms(milliseconds: number): string {
  return milliseconds.toFixed(0);
}
