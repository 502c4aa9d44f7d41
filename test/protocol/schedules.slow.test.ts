import { describe, expect, it } from 'vitest';
import { explore } from './explore.ts';
import { NOT_COVERED } from './properties.ts';
import { QUICK, QUICK_ACCOUNTS } from './scenes.ts';

/** Where a breach is found that docs/lifecycle.md or docs/accounts.md does not cover. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  'ensure and rotate, commit: job, keepPrevious: 0, both storing': [NOT_COVERED],
  'ensure and rotate, commit: job, keepPrevious: 0, after an interrupted commit': [NOT_COVERED],
  'ensure and rotate, commit: step, keepPrevious: 0, no key before': [NOT_COVERED],
  'rotate and rotate, commit: job, keepPrevious: 0, one killed anywhere': [NOT_COVERED],
  'rotate and rotate, commit: step, keepPrevious: 0, one killed anywhere': [NOT_COVERED],
  'rotate and rotate, commit: job, keepPrevious: 1, one killed anywhere': [NOT_COVERED],
  'rotate and rotate, commit: step, keepPrevious: 1, one killed anywhere': [NOT_COVERED],
  // They cannot delete an account, only take it out of the project, and a lease may be made between the last look and that.
  'lease beside revoke by Project Owners': [
    'B takes an account out whose secret works.',
    'A secret of A works out of reach.',
  ],
};

describe.each([
  ['keys', QUICK],
  ['service accounts', QUICK_ACCOUNTS],
])('every schedule of %s holds what the documentation says of', (_what, scenes) => {
  it.for(Object.entries(scenes))('%s', { timeout: 120_000 }, async ([name, scene], { annotate }) => {
    const { states, schedules, exhausted, breaches } = await explore(scene);
    await annotate(`${states} states, ${schedules} schedules`);
    const known = KNOWN[name] ?? [];
    const found = [...breaches].filter(([breach]) => !known.includes(breach));
    expect(found.flat().join('\n')).toBe('');
    expect(known.filter((breach) => !breaches.has(breach))).toEqual([]);
    expect(exhausted).toBe(true);
  });
});
