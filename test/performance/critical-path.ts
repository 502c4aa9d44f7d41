/** How many round trips a step waited for, out of what the service saw. */
import type { RequestRecord } from '../simulator/history.ts';

/** The service may note the end of an answer after the request that follows on it; those are a latency apart. */
const NOTED_LATE = 50;

/**
 * The longest chain of requests of which each came after the end of the one before. What went side by side overlaps
 * in time, given a service that thinks for much longer than that (`latencyMs`), and so counts once.
 */
export function criticalPath(requests: readonly RequestRecord[]): RequestRecord[] {
  const chains: { readonly end: number; readonly chain: RequestRecord[] }[] = [];
  for (const request of [...requests].sort((left, right) => left.at - right.at)) {
    const before = chains
      .filter(({ end }) => end <= request.at)
      .reduce<RequestRecord[]>((longest, { chain }) => (chain.length > longest.length ? chain : longest), []);
    const end = request.at + (request.elapsedMs ?? 0) - NOTED_LATE;
    chains.push({ end, chain: [...before, request] });
  }
  return chains.reduce<RequestRecord[]>(
    (longest, { chain }) => (chain.length > longest.length ? chain : longest),
    [],
  );
}

/** A request in a word or two: `listGroupApiKeys`, and `challenge` for the unsigned first try. */
export function nameOfRequest({ operation, method, target, signIn }: RequestRecord): string {
  return signIn === 'challenged' ? 'challenge' : (operation ?? `${method} ${target}`);
}
