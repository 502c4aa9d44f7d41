/** The workshop of `test/faults`, with a caller that owns the project alone and the requests of service accounts. */
import { it as test } from 'vitest';
import { isoSeconds } from '../../src/keys/mark.ts';
import type { Outcome } from '../../src/keys/outcome.ts';
import type { AccountRequest } from '../../src/request.ts';
import { tellPlan } from '../../src/summary.ts';
import { accountRequestsFor, DESC } from '../faults/requests.ts';
import {
  type HalfRun,
  openWorkshop,
  type Run,
  type RunOptions,
  type Workshop,
  type WorkshopOptions,
} from '../faults/workshop.ts';
import type { SimulatedServiceAccount } from '../simulator/simulator.ts';
import { addCaller, CALLERS, onlyAccount } from './scene.ts';

type Requests = ReturnType<typeof accountRequestsFor>;

export interface AccountShop
  extends Pick<Workshop, 'atlas' | 'orgId' | 'groupId' | 'otherGroupId'>,
    Requests,
    AsyncDisposable {
  /** The caller, where it is a service account. */
  readonly caller: SimulatedServiceAccount | undefined;
  /** Runs main and post, whatever becomes of them. */
  attempt(request: AccountRequest, options?: RunOptions): Promise<Run>;
  /** The same; throws where main fails. */
  run(request: AccountRequest, options?: RunOptions): Promise<Run>;
  /** Main alone, while the job is still at work; throws where it fails. */
  begin(request: AccountRequest, options?: RunOptions): Promise<HalfRun>;
  /** Runs main and post, and tells why main failed; throws where it did not. */
  refusal(request: AccountRequest, options?: RunOptions): Promise<string>;
  /** What a dry run says it would do, and what it has found; throws where it asks Atlas to change anything. */
  plan(request: AccountRequest): Promise<{ readonly told: string[]; readonly outcome: Outcome | undefined }>;
  /** From now on Atlas refuses this operation to everybody. */
  refuse(operation: string): void;
  /** An account that somebody made by hand: "deploy" with GROUP_READ_ONLY in the project, unless told otherwise. */
  add(account?: {
    name?: string;
    description?: string;
    groupIds?: readonly string[];
  }): SimulatedServiceAccount;
  /** The only account after an `ensure`, which has made it. */
  ensured(): Promise<SimulatedServiceAccount>;
}

/** A test that gets a shop of its own, whose caller is a service account and Project Owner. */
export const it = test.extend<{ shop: AccountShop }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from it what else a fixture needs
  shop: async ({}, use) => {
    await using shop = await openAccountShop();
    await use(shop);
  },
});

export async function openAccountShop({
  signIn = CALLERS[0],
  callerRoles = ['GROUP_OWNER'],
  ...options
}: WorkshopOptions & { readonly signIn?: (typeof CALLERS)[number] } = {}): Promise<AccountShop> {
  const shop = await openWorkshop({ speed: 'leaps', callerRoles, ...options });
  const { groupId } = shop;
  const caller = signIn === 'an API key' ? undefined : addCaller(shop, callerRoles);
  const asCaller = caller && { serviceAccount: caller };
  const requests = accountRequestsFor(groupId);
  const attempt: AccountShop['attempt'] = (request, rest) => shop.run(request, { ...asCaller, ...rest });
  const run: AccountShop['run'] = async (request, rest) => {
    const done = await attempt(request, rest);
    if (done.error !== undefined) throw done.error;
    return done;
  };
  return {
    ...shop,
    ...requests,
    caller,
    attempt,
    run,
    add: ({ name = DESC, description, groupIds = [groupId] } = {}) =>
      shop.atlas.addServiceAccount({
        orgId: shop.orgId,
        name,
        ...(description !== undefined && { description }),
        roles: groupIds.map((id) => ({ roleName: 'GROUP_READ_ONLY', groupId: id })),
      }),
    ensured: async () => {
      await run(requests.ensure());
      return onlyAccount({ atlas: shop.atlas, caller });
    },
    begin: async (request, rest) => {
      const half = await shop.runMain(request, { ...asCaller, ...rest });
      if (half.error !== undefined) throw half.error;
      return half;
    },
    refusal: async (request, rest) => {
      const { error, outcome } = await attempt(request, rest);
      const why = error instanceof Error ? error.message : outcome?.problem;
      if (why === undefined) throw new Error(`it did not fail: ${JSON.stringify(outcome)}`);
      return why;
    },
    plan: async (request) => {
      const { requests } = shop.atlas.history;
      const before = requests.length;
      const { outcome, lines, error } = await attempt({ ...request, dryRun: true });
      if (error !== undefined) throw error;
      // Also what Atlas refuses is no business of a dry run.
      const writes = requests
        .slice(before)
        .filter(({ method, target }) => method !== 'GET' && !target.startsWith('/api/oauth/'))
        .map(({ operation }) => `${operation}`);
      if (lines.length > 0 || writes.length > 0)
        throw new Error(`it was no dry run: ${[...lines, ...writes].join()}`);
      return { outcome, told: outcome === undefined ? [] : tellPlan(outcome) };
    },
    refuse: (operation) =>
      void shop.atlas.faults.add({
        when: { operation },
        times: Number.POSITIVE_INFINITY,
        action: { kind: 'error', code: 'USER_UNAUTHORIZED' },
      }),
  };
}

/** When Atlas ends this secret, as people are told. */
export function endOf(secret: { readonly expiresAt: number } | undefined): string {
  return isoSeconds(secret?.expiresAt ?? 0);
}
