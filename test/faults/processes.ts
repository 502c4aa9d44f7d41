/** The same runs as in workshop.ts, but as the runner makes them: main and post as processes of the dist. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Request } from '../../src/request.ts';
import { ACTION } from '../action/scene.ts';
import type { JobOptions } from '../runner/job.ts';
import { type JobResult, runJob } from '../runner/run-job.ts';
import type { ActionStep } from '../runner/step.ts';
import type { FaultAction, FaultRequest, Phase, SetFault } from '../simulator/faults.ts';
import type { RequestRecord } from '../simulator/history.ts';
import type { Simulator } from '../simulator/simulator.ts';
import type { RunRecord } from './ledger.ts';
import type { Workshop } from './workshop.ts';

/** What befalls a process at one of its requests; several at once run into each other's ordinals. */
export interface Disturbance {
  /** `lost`: the machine goes, and there is no post. */
  readonly how: 'kill' | 'killPost' | 'cancel' | 'lost' | Extract<FaultAction, { kind: 'reset' }>;
  /** The request's number within the job, from 1, unsigned first tries included. */
  readonly request: number;
  readonly phase: Phase;
}

export interface ProcessRun {
  readonly record: RunRecord;
  readonly result: JobResult;
  readonly requests: readonly RequestRecord[];
  readonly postRequests: readonly RequestRecord[];
}

/** Runs a job of one use of the action, as a run of its own that signs in with a key of its own. */
export async function runProcess(
  shop: Workshop,
  request: Request,
  { disturbance, job = {} }: { readonly disturbance?: Disturbance; readonly job?: JobOptions } = {},
): Promise<ProcessRun> {
  const { atlas, ledger, orgId } = shop;
  const number = ledger.runs.length + 1;
  const caller = atlas.addKey({ orgId, desc: `caller of run ${number}`, roles: ['ORG_OWNER'] });
  const name = `process ${number}: ${request.mode}`;
  const record = ledger.open({
    name,
    request,
    repository: job.repository ?? 'acme/shop',
    callerId: caller.id,
  });

  const ends: Ends = {
    kill: new AbortController(),
    killPost: new AbortController(),
    cancel: new AbortController(),
    lost: new AbortController(),
  };
  const base = atlas.history.requests.length;
  const fault = disturbance && disturb(shop, base, disturbance, ends);
  const step: ActionStep = {
    uses: ACTION,
    with: {
      ...inputsOf(request),
      atlasPublicKey: caller.publicKey,
      atlasPrivateKey: caller.privateKey,
      baseUrl: atlas.origin,
      timeout: '60s',
    },
    kill: ends.kill.signal,
    postKill: ends.killPost.signal,
  };
  let atPost = 0;
  const mark = {
    if: 'always()',
    run: () => {
      atPost = atlas.history.requests.length;
    },
  };
  const result = await runJob({
    repository: 'acme/shop',
    ...job,
    signal: ends.cancel.signal,
    lost: ends.lost.signal,
    steps: [step, mark],
  });
  fault?.remove();

  const [main] = result.steps;
  record.main =
    ends.kill.signal.aborted || result.lost ? 'killed' : main?.outcome === 'success' ? 'success' : 'failure';
  record.post = result.lost
    ? 'lost'
    : ends.killPost.signal.aborted
      ? 'killed'
      : result.post[0]?.outcome === 'success'
        ? 'done'
        : 'failed';
  const { apiUserId = '', privateKey = '' } = main?.outputs ?? {};
  // When it was delivered is only seen where main was killed at that moment.
  if (privateKey !== '') record.delivered.push({ apiUserId, privateKey, at: 0 });
  const { requests } = atlas.history;
  return { record, result, requests: requests.slice(base, atPost), postRequests: requests.slice(atPost) };
}

type Ends = Readonly<Record<'kill' | 'killPost' | 'cancel' | 'lost', AbortController>>;

function disturb(
  { atlas }: Workshop,
  base: number,
  { how, request, phase }: Disturbance,
  ends: Ends,
): SetFault {
  const when = ({ ordinal }: FaultRequest): boolean => ordinal === base + request;
  if (typeof how !== 'string') {
    return atlas.faults.add({ when, phase, action: how });
  }
  return atlas.faults.add({
    when,
    phase,
    run: async () => {
      ends[how].abort();
      // The signal arrives before the answer does.
      await wait(25);
    },
  });
}

/** The inputs that make this request. */
export function inputsOf(request: Request): Record<string, string> {
  const inputs: Record<string, string> = { mode: request.mode, groupId: request.groupIds.join('\n') };
  if ('roles' in request) inputs.roles = request.roles.join('\n');
  if ('desc' in request && request.desc !== undefined) inputs.desc = request.desc;
  if ('key' in request) {
    if (request.key.by === 'desc') inputs.desc = request.key.desc;
    else inputs.apiUserId = request.key.apiUserId;
  }
  if ('ttl' in request) inputs.ttl = `${request.ttl / 60_000}m`;
  if (request.mode === 'rotate') {
    inputs.keepPrevious = String(request.keepPrevious);
    inputs.commit = request.commit;
  }
  return inputs;
}

/** Whether a private key went anywhere but to the outputs, behind its mask: every leak as a sentence. */
export function leaks(atlas: Simulator, { steps, post }: JobResult): string[] {
  const secrets = atlas.keys({ includeDeleted: true }).map(({ privateKey }) => privateKey);
  const masked = new Set<string>();
  const found: string[] = [];
  for (const step of [...steps, ...post]) {
    for (const { text } of step.rawLines) {
      const mask = /^::add-mask::(.*)$/.exec(text)?.[1];
      if (mask !== undefined) masked.add(mask);
      else if (secrets.some((secret) => text.includes(secret) && !masked.has(secret))) {
        found.push(`${step.name} printed a private key before its mask`);
      }
    }
    const elsewhere = { state: step.state, summary: step.rawSummary, annotations: step.annotations };
    for (const [place, content] of Object.entries(elsewhere)) {
      const text = JSON.stringify(content);
      if (secrets.some((secret) => text.includes(secret)))
        found.push(`${step.name} has a private key in its ${place}`);
    }
    if (secrets.some((secret) => step.log.includes(secret)))
      found.push(`the log of ${step.name} shows a private key`);
  }
  return found;
}
