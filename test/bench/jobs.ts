import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inputsOf, type Measured, measure, median, quantile } from './process.ts';
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
        const samples = new Map<string, Sample[]>();
        for (let run = -1; run < runs; run += 1) {
          for (const job of JOBS) {
            for (const contender of CONTENDERS) {
              const sample = await runOnce(contender, job, service, folder);
              // The first of each warms the disk's cache and is not counted.
              const counted = run < 0 ? [] : [...(samples.get(`${job} ${contender}`) ?? []), sample];
              samples.set(`${job} ${contender}`, counted);
            }
          }
        }
        for (const job of JOBS) {
          const of = (contender: Contender) => figuresOf(samples.get(`${job} ${contender}`) ?? []);
          const figures = { floor: of('floor'), action: of('action'), 'curl + jq': of('curl + jq') };
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
  const { baseUrl, orgId, groupId, publicKey, privateKey, authorityFile } = service.place;
  const desc = job === 'unchanged' ? 'there' : 'wanted';
  const env = {
    GITHUB_OUTPUT: file('output'),
    GITHUB_STATE: file('state'),
    GITHUB_STEP_SUMMARY: file('summary'),
    NODE_EXTRA_CA_CERTS: authorityFile,
    CURL_CA_BUNDLE: authorityFile,
    BASE_URL: baseUrl,
    ORG_ID: orgId,
    GROUP_ID: groupId,
    PUBLIC_KEY: publicKey,
    PRIVATE_KEY: privateKey,
    DESC: desc,
    ROLE: 'GROUP_READ_ONLY',
    ...inputsOf(service.place, desc),
  };
  const commands = {
    floor: [process.execPath, 'test/bench/floor.cjs'],
    'curl + jq': ['bash', 'test/bench/today.sh'],
    action: [process.execPath, 'dist/main/index.js'],
  } as const;
  const [command, script] = commands[contender];
  const measured = await measure(command, [script], env);
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
