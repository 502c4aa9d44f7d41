/**
 * The modes and their post against a real simulator over HTTP, but inside this process: what main.ts, post.ts and
 * session.ts do around them is done here with time that runs fast, a journal in memory, and a process that is
 * killed by never going on. Thousands of runs that end badly cost seconds.
 */
import { randomBytes } from 'node:crypto';
import { type AtlasSession, openAtlas } from '../../src/atlas/api.ts';
import { AtlasError } from '../../src/atlas/errors.ts';
import type { ServiceAccount } from '../../src/atlas/oauth.ts';
import { businessOf } from '../../src/business.ts';
import type { JournalEntry, LeaseEntry } from '../../src/keys/journal.ts';
import type { Outcome } from '../../src/keys/outcome.ts';
import type { Settlement } from '../../src/keys/settle.ts';
import { type Log, nameOf, type Step } from '../../src/keys/step.ts';
import { carryOut } from '../../src/modes.ts';
import type { JobStatus, Request } from '../../src/request.ts';
import type { Fault, FaultRequest, SetFault } from '../simulator/faults.ts';
import { type StartOptions, startSimulator } from '../simulator/server.ts';
import type { SimulatedKey, Simulator } from '../simulator/simulator.ts';
import { type FastTime, leapOverPauses, speedUp } from './fast-time.ts';
import { type Interruption, Lifeline } from './interruption.ts';
import { Ledger, type RunRecord } from './ledger.ts';

const TIMEOUT = 120_000;
const KEPT_FOR_UNDOING = 10_000;
const UNDOING_AFTER_CANCEL = 5_000;
const PATIENCE_OF_POST = 5 * 60_000;

export interface RunFault extends Omit<Fault, 'when'> {
  readonly when?: (request: FaultRequest) => boolean;
  /** The run is cancelled while the request is under way. */
  readonly cancels?: boolean;
  /** How long a try may take, in milliseconds of the test; half a second when left out. */
  readonly tryLimit?: number;
}

export interface RunOptions {
  readonly name?: string;
  readonly repository?: string;
  /** Whom it signs in as; a key of its own when left out. `violations` tells runs apart by that key. */
  readonly serviceAccount?: ServiceAccount;
  /** Milliseconds; two minutes when left out. */
  readonly timeout?: number;
  /** How the job went, as post is told; by default as main ended. */
  readonly job?: JobStatus;
  readonly interruption?: Interruption | undefined;
  readonly postInterruption?: Interruption | undefined;
  /** The machine is gone when main ends, however it ends: no post. */
  readonly lost?: boolean;
  /** What the wire or the service does to this run's signed requests, or to those of them that match. */
  readonly fault?: RunFault | undefined;
  /** Called where Actions secrets would be stored. */
  readonly store?: () => Promise<void>;
}

/** A run from its start to the end of its post. */
export interface Run {
  readonly record: RunRecord;
  readonly outcome: Outcome | undefined;
  readonly error: unknown;
  readonly postError?: unknown;
  readonly settlement?: Settlement;
  /** What post would tell as left to do, where something was. */
  readonly told?: string;
  /** What main left for post. */
  readonly entry: JournalEntry | LeaseEntry;
  /** The calls of main and of post, by name. */
  readonly calls: readonly string[];
  readonly postCalls: readonly string[];
  readonly lines: readonly string[];
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
}

/** A run of which main has ended and post has not begun. */
export interface HalfRun {
  readonly record: RunRecord;
  readonly outcome: Outcome | undefined;
  readonly error: unknown;
  finish(): Promise<Run>;
}

export interface Workshop extends AsyncDisposable {
  readonly atlas: Simulator;
  readonly ledger: Ledger;
  readonly orgId: string;
  readonly groupId: string;
  /** A second project of the same organisation. */
  readonly otherGroupId: string;
  /** Runs main and post. */
  run(request: Request, options?: RunOptions): Promise<Run>;
  /** Runs main alone. */
  runMain(request: Request, options?: RunOptions): Promise<HalfRun>;
}

export interface WorkshopOptions extends Omit<StartOptions, 'like'> {
  readonly like?: Workshop;
  /** Roles of each run's own key; one of a project is given as `GROUP_…` and means the first. */
  readonly callerRoles?: readonly string[];
  /**
   * How fast time runs; 40 times the machine's when left out. One where real processes take part; `leaps` where many
   * share this process, and work must not take their time.
   */
  readonly speed?: number | 'leaps';
}

export async function openWorkshop({
  speed = 40,
  callerRoles = ['ORG_OWNER'],
  like,
  ...options
}: WorkshopOptions = {}): Promise<Workshop> {
  const atlas = await startSimulator({ ...options, ...(like && { like: like.atlas }) });
  const time = speed === 'leaps' ? leapOverPauses(atlas) : speedUp(atlas, speed);
  const { orgId, groupId, otherGroupId } = like ?? foundation(atlas);
  const ledger = new Ledger(like?.ledger.runs);
  const sessions = new Set<AtlasSession>();
  const roles = callerRoles.map((roleName) =>
    roleName.startsWith('ORG_') ? roleName : { roleName, groupId },
  );
  const place = { atlas, time, ledger, sessions, orgId, roles };
  const runMain: Workshop['runMain'] = (request, how = {}) => new Bench(place, request, how).main();
  return {
    atlas,
    ledger,
    orgId,
    groupId,
    otherGroupId,
    runMain,
    run: async (request, how) => {
      const run = await (await runMain(request, how)).finish();
      // Real jobs are further apart: within one second a rotation would wait for its end.
      atlas.clock.advance(1_000);
      return run;
    },
    async [Symbol.asyncDispose]() {
      await atlas.close();
      await Promise.all([...sessions].map((session) => session.close()));
    },
  };
}

function foundation(atlas: Simulator): Pick<Workshop, 'orgId' | 'groupId' | 'otherGroupId'> {
  const organization = atlas.addOrganization({ name: 'acme' });
  const [project, other] = ['shop', 'depot'].map((name) => atlas.addProject(organization, { name }).id);
  return { orgId: organization.id, groupId: project ?? '', otherGroupId: other ?? '' };
}

interface Place {
  readonly atlas: Simulator;
  readonly time: FastTime;
  readonly ledger: Ledger;
  /** Those that are still open. */
  readonly sessions: Set<AtlasSession>;
  readonly orgId: string;
  readonly roles: NonNullable<Parameters<Simulator['addKey']>[0]['roles']>;
}

class Bench {
  readonly record: RunRecord;
  readonly #place: Place;
  readonly #request: Request;
  readonly #options: RunOptions;
  readonly #caller: SimulatedKey;
  readonly #nonce = randomBytes(8).toString('hex');
  readonly #lines: string[] = [];
  readonly #warnings: string[] = [];
  readonly #notices: string[] = [];
  #entry: JournalEntry | LeaseEntry = { phase: 'idle' };

  constructor(place: Place, request: Request, options: RunOptions) {
    const { atlas, ledger, orgId, roles } = place;
    const number = ledger.runs.length + 1;
    const { repository = 'acme/shop', name = `run ${number}: ${request.mode}` } = options;
    this.#place = place;
    this.#request = request;
    this.#options = options;
    this.#caller = atlas.addKey({ orgId, desc: `caller of run ${number}`, roles });
    this.record = ledger.open({ name, request, repository, callerId: this.#caller.id });
  }

  async main(): Promise<HalfRun> {
    const { record } = this;
    const { fault, interruption, lost = false } = this.#options;
    const life = new Lifeline(interruption);
    const set = fault && this.#arm(fault, life);
    let outcome: Outcome | undefined;
    let error: unknown;
    const { step, session } = this.#open(life);
    try {
      const ended = await Promise.race([carryOut(step, this.#request), life.death]);
      if (ended === 'killed') record.main = 'killed';
      else {
        outcome = ended;
        record.main = ended.problem === undefined && !life.cancelled.signal.aborted ? 'success' : 'failure';
      }
    } catch (thrown) {
      error = thrown;
      record.main = 'failure';
    }
    if (record.main !== 'killed') await this.#close(session);
    set?.remove();
    record.job =
      this.#options.job ??
      (life.cancelled.signal.aborted ? 'cancelled' : record.main === 'success' ? 'success' : 'failure');
    if (lost) record.post = 'lost';
    const finish = async (): Promise<Run> => {
      const post = lost ? {} : await this.#post();
      return {
        record,
        outcome,
        error,
        entry: this.#entry,
        postCalls: [],
        calls: life.names,
        lines: this.#lines,
        warnings: this.#warnings,
        notices: this.#notices,
        ...post,
      };
    };
    return { record, outcome, error, finish };
  }

  async #post(): Promise<Partial<Run>> {
    const { record } = this;
    const unfinished = await businessOf(this.#entry, record.job);
    record.post = 'done';
    if (unfinished === undefined) return {};
    const { told } = unfinished;
    const life = new Lifeline(this.#options.postInterruption);
    const { step, session } = this.#open(life, PATIENCE_OF_POST);
    try {
      const ended = await Promise.race([unfinished.settle(step), life.death]);
      if (ended === 'killed') record.post = 'killed';
      else if (ended.problem !== undefined) record.post = 'failed';
      return { told, postCalls: life.names, ...(ended === 'killed' ? {} : { settlement: ended }) };
    } catch (postError) {
      record.post = 'failed';
      if (unfinished.mayWarn(postError)) this.#warnings.push(String(postError));
      return { told, postCalls: life.names, postError };
    } finally {
      if (!life.dead) await this.#close(session);
    }
  }

  async #close(session: AtlasSession): Promise<void> {
    await session.close();
    this.#place.sessions.delete(session);
  }

  #open(life: Lifeline, patience = 0): { readonly step: Step; readonly session: AtlasSession } {
    const { atlas, time, sessions } = this.#place;
    const { timeout = TIMEOUT, store, fault, serviceAccount } = this.#options;
    const { publicKey, privateKey } = this.#caller;
    const deadline = time.startDeadline(
      timeout - Math.min(KEPT_FOR_UNDOING, timeout / 4),
      life.cancelled.signal,
      patience,
    );
    const abandoned = new AbortController();
    life.cancelled.signal.addEventListener('abort', () => {
      setTimeout(() => abandoned.abort(new Error('no time left')), time.real(UNDOING_AFTER_CANCEL)).unref();
    });
    const alive = (act: () => void): void => {
      if (!life.dead) act();
    };
    const log: Log = {
      info: (line) => alive(() => this.#lines.push(line)),
      notice: (line) => alive(() => this.#notices.push(line)),
      warning: (line) => alive(() => this.#warnings.push(line)),
    };
    const session = openAtlas({
      baseUrl: atlas.origin,
      surface: 'atlas/v2',
      credentials: serviceAccount
        ? { kind: 'serviceAccount', ...serviceAccount }
        : { kind: 'apiKey', publicKey, privateKey },
      deadline,
      machine: {
        clock: time.clock,
        pause: time.pause,
        random: Math.random,
        mask: () => {},
        info: log.info,
        debug: () => {},
      },
      tryLimit: fault && (fault.tryLimit ?? 500),
    });
    sessions.add(session);
    const step: Step = {
      atlas: life.watch(session.atlas),
      undoing: life.watch(session.within(time.startDeadline(timeout, abandoned.signal, patience))),
      surface: 'atlas/v2',
      run: { repository: this.record.repository, runId: '1', attempt: '1' },
      nonce: this.#nonce,
      caller: serviceAccount === undefined ? publicKey : serviceAccount.clientId,
      log,
      leave: (key, why) => log.warning(`Left key ${nameOf(key)} as it is: ${why}.`),
      remaining: deadline.remaining,
      isOver: () => deadline.signal.aborted,
      pause: (milliseconds) =>
        life.survive(async () => {
          await time.pause(milliseconds, deadline.signal);
          if (!deadline.signal.aborted) return;
          const timedOut = deadline.signal.reason instanceof DOMException;
          throw new AtlasError('The step has ended.', { kind: timedOut ? 'timeout' : 'cancelled' });
        }),
      journal: (entry) =>
        alive(() => {
          this.#entry = entry;
        }),
      deliver: async (delivery) => {
        await store?.();
        alive(() => {
          const at = atlas.history.changes.length;
          this.record.delivered.push(
            'key' in delivery
              ? { apiUserId: delivery.key.id, privateKey: delivery.key.privateKey, at }
              : { apiUserId: this.#idOf(delivery), privateKey: delivery.clientSecret, at },
          );
        });
      },
      recall: () => alive(() => this.record.recalled.push(...this.record.delivered.splice(0))),
    };
    return { step, session };
  }

  /** The id of an account's secret. */
  #idOf({ clientId, clientSecret }: { readonly clientId: string; readonly clientSecret: string }): string {
    const { secrets = [] } = this.#place.atlas.serviceAccount(clientId) ?? {};
    return secrets.find(({ secret }) => secret === clientSecret)?.id ?? '';
  }

  #arm({ when = () => true, cancels = false, ...fault }: RunFault, life: Lifeline): SetFault {
    return this.#place.atlas.faults.add({
      ...fault,
      when: (request) => this.#isMine(request) && when(request),
      run: async (request) => {
        if (cancels) life.cancelled.abort(new Error('SIGINT'));
        await fault.run?.(request);
      },
    });
  }

  /** Signed by the caller, or by the key or the account that this run has made something of and tries. */
  #isMine({ caller }: FaultRequest): boolean {
    const { history } = this.#place.atlas;
    return (
      caller === this.#caller.id ||
      history.changes.some(
        (change) => change.kind === 'created' && change.keyId === caller && change.caller === this.#caller.id,
      ) ||
      history.accountChanges.some(
        (change) =>
          change.kind === 'secretMade' && change.clientId === caller && change.caller === this.#caller.id,
      )
    );
  }
}
