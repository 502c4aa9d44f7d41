/**
 * Random histories of runs, faults, kills, lost machines, runs side by side, people at work, and time: plain data, so that
 * they shrink and print as a list; acted out in a workshop; whatever must hold is looked at after each act.
 */
import fc from 'fast-check';
import type { Request } from '../../src/request.ts';
import { violations } from './invariants.ts';
import { type Disturbance, runProcess } from './processes.ts';
import { DESC, ROLES, requestsFor } from './requests.ts';
import { addBystanders } from './scenarios.ts';
import { openWorkshop, type RunFault, type RunOptions, type Workshop } from './workshop.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const MONTH = 30 * 24 * HOUR;

const FAULTS = {
  'reset before': { phase: 'before', action: { kind: 'reset' } },
  'reset after': { phase: 'after', action: { kind: 'reset' } },
  'cut answer': { phase: 'after', action: { kind: 'truncate' } },
  '503 after': { phase: 'after', action: { kind: 'answer', status: 503, body: 'no' } },
  refused: { phase: 'before', action: { kind: 'error', code: 'NOT_GROUP_USER_ADMIN' } },
  late: { phase: 'before', action: { kind: 'delay', ms: 30 } },
  'cancelled before': { phase: 'before', cancels: true },
  'cancelled after': { phase: 'after', cancels: true },
} as const satisfies Record<string, RunFault>;

type RunAct = typeof run extends fc.Arbitrary<infer Drawn> ? Drawn : never;

type Act =
  | { readonly kind: 'runs'; readonly runs: readonly RunAct[] }
  | { readonly kind: 'wait'; readonly milliseconds: number }
  | { readonly kind: 'linger'; readonly milliseconds: number }
  | { readonly kind: 'personMakes'; readonly desc: string }
  | { readonly kind: 'personDeletes'; readonly which: number }
  | { readonly kind: 'personRenames'; readonly which: number; readonly desc: string };

/** Mostly nothing goes wrong, or the wrong things never meet. */
function seldom<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.option(arbitrary, { freq: 2, nil: null });
}

const run = fc.record({
  mode: fc.constantFrom<Request['mode'][]>('ensure', 'rotate', 'rotate', 'ephemeral', 'sweep', 'revoke'),
  repository: fc.constantFrom('acme/shop', 'acme/api'),
  commit: fc.constantFrom('job', 'step'),
  keepPrevious: fc.constantFrom<number[]>(1, 0, 2),
  jobFails: fc.boolean(),
  fault: seldom(
    fc.record({
      kind: fc.constantFrom(...(Object.keys(FAULTS) as (keyof typeof FAULTS)[])),
      request: fc.integer({ min: 1, max: 12 }),
    }),
  ),
  killedAfter: seldom(fc.integer({ min: 1, max: 12 })),
  machineLost: fc.boolean(),
  postKilledAfter: seldom(fc.integer({ min: 1, max: 7 })),
});

const alone = run.map((one): Act => ({ kind: 'runs', runs: [one] }));
const together = fc.array(run, { minLength: 2, maxLength: 4 }).map((runs): Act => ({ kind: 'runs', runs }));
const wait = fc
  .constantFrom(2 * SECOND, 10 * MINUTE, 30 * HOUR)
  .map((milliseconds): Act => ({ kind: 'wait', milliseconds }));
const linger = fc
  .constantFrom(0, 120 * SECOND)
  .map((milliseconds): Act => ({ kind: 'linger', milliseconds }));
const which = fc.nat({ max: 9 });
const text = fc.constantFrom(DESC, 'by hand');
const person = fc.oneof(
  text.map((desc): Act => ({ kind: 'personMakes', desc })),
  which.map((one): Act => ({ kind: 'personDeletes', which: one })),
  fc.tuple(which, text).map(([one, desc]): Act => ({ kind: 'personRenames', which: one, desc })),
);

/** Histories with people who delete, rename and make keys by hand, and those without. */
const history = fc.oneof({ weight: 3, arbitrary: acts(5, 0) }, { weight: 1, arbitrary: acts(3, 4) });

function acts(runsTogether: number, people: number): fc.Arbitrary<Act[]> {
  const act = fc.oneof(
    { weight: 8, arbitrary: alone },
    { weight: runsTogether, arbitrary: together },
    { weight: people, arbitrary: person },
    { weight: 4, arbitrary: wait },
    { weight: 1, arbitrary: linger },
  );
  return fc.array(act, { minLength: 1, maxLength: 10 });
}

function tell(history: readonly Act[]): string {
  return history.map((act, index) => `${index + 1}. ${JSON.stringify(act)}`).join('\n');
}

/** How one run of an act is made: inside this process, or by the dist. */
type Make = (shop: Workshop, run: RunAct) => Promise<unknown>;

const inProcess: Make = (shop, one) => shop.run(requestOf(shop, one), optionsOf(one));

/** With processes side by side the disturbance strikes whoever sends the request of that number. */
const asProcess: Make = (shop, one) => {
  const disturbance = disturbanceOf(one);
  const job = { repository: one.repository };
  return runProcess(shop, requestOf(shop, one), { job, ...(disturbance && { disturbance }) });
};

/** Acts the history out. Resolves with what was violated first, or with nothing. */
async function actOut(history: readonly Act[], by: 'workshop' | 'processes' = 'workshop'): Promise<string[]> {
  const make = by === 'workshop' ? inProcess : asProcess;
  await using shop = await openWorkshop(by === 'workshop' ? {} : { speed: 1 });
  const bystanders = addBystanders(shop);
  for (const [index, act] of history.entries()) {
    await perform(shop, act, make);
    const found = violations(shop.atlas, shop.ledger, { bystanders });
    if (found.length > 0) return [`after act ${index + 1}:`, ...found];
  }
  const people = history.some(({ kind }) => kind.startsWith('person'));
  return await endOf(shop, { bystanders }, people);
}

/** However it went: when time has passed, each mode works again, and sweeps leave nothing that nobody holds. */
async function endOf(
  shop: Workshop,
  expectations: Pick<Parameters<typeof violations>[2] & object, 'bystanders'>,
  people: boolean,
): Promise<string[]> {
  const { atlas, ledger, groupId } = shop;
  const { rotate, ensure, sweep } = requestsFor(groupId);
  // A key deleted by hand under the plain text is ambiguous as long as it is listed; nothing can tell it from a living one.
  if (people) atlas.settings.deletedKeyLingersMs = 0;
  atlas.clock.advance(HOUR);
  const problems: string[] = [];
  for (const request of [rotate({ commit: 'step' }), ensure()]) {
    const { record, error } = await shop.run(request);
    atlas.clock.advance(5 * SECOND);
    if (record.main !== 'success') problems.push(`in the end ${request.mode} fails: ${String(error)}`);
  }
  atlas.clock.advance(MONTH);
  for (const repository of ['acme/shop', 'acme/api']) await shop.run(sweep(), { repository });
  const current = people ? {} : { current: { groupId, desc: DESC, count: 1 } };
  return [...problems, ...violations(atlas, ledger, { ...expectations, ...current, swept: true })];
}

async function perform(shop: Workshop, act: Act, make: Make): Promise<void> {
  const { atlas, orgId, groupId } = shop;
  switch (act.kind) {
    case 'runs':
      await Promise.all(act.runs.map((one) => make(shop, one)));
      return;
    case 'wait':
      atlas.clock.advance(act.milliseconds);
      return;
    case 'linger':
      atlas.settings.deletedKeyLingersMs = act.milliseconds;
      return;
    case 'personMakes':
      atlas.addKey({ orgId, desc: act.desc, roles: ROLES.map((roleName) => ({ roleName, groupId })) });
      return;
    default: {
      const family = atlas
        .keys()
        .filter(({ desc }) => desc.startsWith(`${DESC} [atlas-key`) || desc === DESC);
      const key = family[act.which % Math.max(1, family.length)];
      if (key === undefined) return;
      if (act.kind === 'personDeletes') atlas.deleteKey(key.id);
      else atlas.renameKey(key.id, act.desc);
    }
  }
}

function requestOf({ groupId }: Workshop, { mode, commit, keepPrevious }: RunAct): Request {
  const requests = requestsFor(groupId);
  return mode === 'rotate' ? requests.rotate({ commit, keepPrevious }) : requests[mode]();
}

function optionsOf(one: RunAct): RunOptions {
  const { fault, killedAfter, postKilledAfter } = one;
  return {
    repository: one.repository,
    ...(one.jobFails ? { job: 'failure' } : {}),
    ...(fault === null ? {} : { fault: { ...FAULTS[fault.kind], skip: fault.request - 1 } }),
    ...(killedAfter === null ? {} : { interruption: { call: killedAfter, moment: 'after' } }),
    ...(killedAfter !== null && one.machineLost ? { lost: true } : {}),
    ...(postKilledAfter === null ? {} : { postInterruption: { call: postKilledAfter, moment: 'after' } }),
  };
}

function disturbanceOf({
  fault,
  killedAfter,
  machineLost,
  postKilledAfter,
}: RunAct): Disturbance | undefined {
  if (killedAfter !== null)
    return { how: machineLost ? 'lost' : 'kill', request: killedAfter, phase: 'after' };
  if (postKilledAfter !== null) return { how: 'killPost', request: 9 + postKilledAfter, phase: 'after' };
  if (fault === null) return undefined;
  const how = fault.kind.startsWith('cancelled') ? 'cancel' : ({ kind: 'reset' } as const);
  return { how, request: fault.request, phase: fault.kind.endsWith('before') ? 'before' : 'after' };
}

interface Search {
  readonly runs: number;
  readonly seed: number;
  /** Milliseconds after which the search ends, whatever it has found. */
  readonly timeLimit?: number;
  /** By whom the runs are made; the workshop when left out. */
  readonly by?: 'workshop' | 'processes';
}

/** Searches for a history in which something does not hold. Resolves with how many were tried; throws the shortest. */
export async function searchHistories({ runs, seed, timeLimit, by = 'workshop' }: Search): Promise<number> {
  const property = fc.asyncProperty(history, async (acts) => {
    const found = await actOut(acts, by);
    if (found.length > 0) throw new Error(found.join('\n'));
  });
  const details = await fc.check(property, {
    numRuns: runs,
    seed,
    // A shorter history of processes costs more than reading a longer one.
    endOnFailure: by === 'processes',
    ...(timeLimit === undefined ? {} : { interruptAfterTimeLimit: timeLimit }),
  });
  // A search that time ended before its first history counts as failed, without an example.
  if (!details.failed || details.counterexample === null) return details.numRuns;
  const [acts] = details.counterexample;
  const path = details.counterexamplePath ?? '';
  throw new Error(
    `seed ${details.seed}, path ${path}: in this history something does not hold.\n${tell(acts)}\n` +
      `${details.errorInstance instanceof Error ? details.errorInstance.message : details.errorInstance}`,
  );
}
