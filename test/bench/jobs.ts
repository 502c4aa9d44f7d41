import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Measured, measure, median, quantile } from './process.ts';
import type { Place } from './service.ts';

/** Milliseconds there and back, and how long the service thinks. */
export const NETWORKS = [
  { name: 'RTT 0 / server 0', delay: 0, latency: 0 },
  { name: 'RTT 50 / server 50', delay: 25, latency: 50 },
] as const;
const PROTOCOLS = ['HTTP/2', 'HTTP/1.1'] as const;
const JOBS = ['list, then create', 'unchanged'] as const;
const CONTENDERS = ['floor', 'action', 'curl + jq'] as const;

type Contender = (typeof CONTENDERS)[number];

/** One job on one network over one protocol, done by all. */
export interface Comparison {
  readonly job: (typeof JOBS)[number];
  readonly network: (typeof NETWORKS)[number];
  readonly protocol: (typeof PROTOCOLS)[number];
  readonly figures: Readonly<Record<Contender, Figures>>;
}

/** Milliseconds of a whole process. */
export interface Figures {
  readonly median: number;
  /** Between the quartiles. */
  readonly spread: number;
  /** From the last output to the end. */
  readonly exit: number;
  readonly requests: number;
}

interface Sample extends Measured {
  readonly requests: number;
}

/** Does every job with every contender, one after the other and round after round, so that a machine that slows down slows all. */
export async function measureJobs(runs: number, note: (line: string) => void): Promise<Comparison[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const comparisons: Comparison[] = [];
  try {
    for (const network of NETWORKS) {
      for (const protocol of PROTOCOLS) {
        await using service = await startService(network, protocol);
        note(`${network.name}, ${protocol}`);
        const noSamples = (): Record<Contender, Sample[]> => ({ floor: [], action: [], 'curl + jq': [] });
        const samples = { 'list, then create': noSamples(), unchanged: noSamples() };
        for (let run = -1; run < runs; run += 1) {
          for (const job of JOBS) {
            for (const contender of CONTENDERS) {
              const sample = await runOnce(contender, job, service, folder);
              // The first of each warms the disk's cache and is not counted.
              if (run >= 0) samples[job][contender].push(sample);
            }
          }
        }
        for (const job of JOBS) {
          const { floor, action, 'curl + jq': curl } = samples[job];
          const figures = {
            floor: figuresOf(floor),
            action: figuresOf(action),
            'curl + jq': figuresOf(curl),
          };
          comparisons.push({ job, network, protocol, figures });
        }
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return comparisons;
}

async function runOnce(
  contender: Contender,
  job: Comparison['job'],
  service: Service,
  folder: string,
): Promise<Sample> {
  const file = (name: string): string => {
    const path = join(folder, name);
    writeFileSync(path, '');
    return path;
  };
  const { place } = service;
  const desc = job === 'unchanged' ? 'there' : 'wanted';
  const files = {
    GITHUB_OUTPUT: file('output'),
    GITHUB_STATE: file('state'),
    GITHUB_STEP_SUMMARY: file('summary'),
  };
  const simple = {
    ...files,
    BASE_URL: place.baseUrl,
    ORG_ID: place.orgId,
    GROUP_ID: place.groupId,
    PUBLIC_KEY: place.publicKey,
    PRIVATE_KEY: place.privateKey,
    DESC: desc,
    ROLE: 'GROUP_READ_ONLY',
    NODE_EXTRA_CA_CERTS: place.authorityFile,
    CURL_CA_BUNDLE: place.authorityFile,
  };
  const measured = await {
    floor: () => measure(process.execPath, ['test/bench/floor.cjs'], simple),
    'curl + jq': () => measure('bash', ['test/bench/today.sh'], simple),
    action: () =>
      measure(process.execPath, ['dist/main/index.js'], {
        ...files,
        NODE_EXTRA_CA_CERTS: place.authorityFile,
        GITHUB_REPOSITORY: 'octo-org/octo-repo',
        GITHUB_RUN_ID: '1',
        GITHUB_RUN_ATTEMPT: '1',
        INPUT_BASEURL: place.baseUrl,
        INPUT_GROUPID: place.groupId,
        INPUT_DESC: desc,
        INPUT_ROLES: 'GROUP_READ_ONLY',
        INPUT_ATLASPUBLICKEY: place.publicKey,
        INPUT_ATLASPRIVATEKEY: place.privateKey,
      }),
  }[contender]();
  const requests = await service.forget();
  if (measured.code !== 0) throw new Error(`${contender} failed:\n${measured.output}`);
  return { ...measured, requests };
}

interface Service extends AsyncDisposable {
  readonly place: Place;
  /** Forgets what it saw, and tells how many requests that were. */
  forget(): Promise<number>;
}

async function startService(
  { delay, latency }: Comparison['network'],
  protocol: Comparison['protocol'],
): Promise<Service> {
  const options = ['--delay', `${delay}`, '--latency', `${latency}`];
  const child = fork(
    new URL('service.ts', import.meta.url),
    protocol === 'HTTP/2' ? options : [...options, '--http1'],
  );
  const [place] = (await once(child, 'message')) as [Place];
  return {
    place,
    async forget() {
      const answered = once(child, 'message');
      child.send('forget');
      const [requests] = (await answered) as [number];
      return requests;
    },
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

function figuresOf(samples: readonly Sample[]): Figures {
  const totals = samples.map(({ total }) => total);
  return {
    median: median(totals),
    spread: quantile(totals, 0.75) - quantile(totals, 0.25),
    exit: median(samples.map(({ exit }) => exit)),
    requests: median(samples.map(({ requests }) => requests)),
  };
}
