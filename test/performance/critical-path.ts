/** How many round trips a step waited for, out of what the service saw. */
import type { RequestRecord } from '../simulator/history.ts';

/** Arrivals and ends are told in whole milliseconds; requests that follow on one another are a latency apart. */
export const ROUNDING = 2;

/**
 * The longest chain of requests of which each came after the end of the one before. What went side by side overlaps
 * in time, given a service that thinks for a while (`latencyMs`), and so counts once.
 */
export function criticalPath(requests: readonly RequestRecord[]): RequestRecord[] {
  const chains: { readonly end: number; readonly chain: RequestRecord[] }[] = [];
  for (const request of [...requests].sort((left, right) => left.at - right.at)) {
    const before = chains
      .filter(({ end }) => end <= request.at)
      .reduce<RequestRecord[]>((longest, { chain }) => (chain.length > longest.length ? chain : longest), []);
    const end = request.at + (request.elapsedMs ?? 0) - ROUNDING;
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
