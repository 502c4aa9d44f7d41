/** Whether a private key went anywhere but to the outputs, behind its mask. */
import type { JobResult } from '../runner/run-job.ts';
import type { Simulator } from '../simulator/simulator.ts';

/** Every leak as a sentence; empty when there is none. */
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
