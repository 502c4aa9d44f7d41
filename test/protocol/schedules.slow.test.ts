import { describe, expect, it } from 'vitest';
import { explore } from './explore.ts';
import { NOT_COVERED } from './properties.ts';
import { QUICK, QUICK_ACCOUNTS } from './scenes.ts';

/** Where a breach is found that docs/lifecycle.md or docs/accounts.md does not cover. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    [
      'ensure that stores and rotate (commit: job, keepPrevious: 0, storing); nothing before',
      'ensure and rotate (commit: job, keepPrevious: 0); an interrupted commit before',
      'ensure and rotate (commit: step, keepPrevious: 0); nothing before',
      ...[
        'job, keepPrevious: 0',
        'step, keepPrevious: 0',
        'job, keepPrevious: 1',
        'step, keepPrevious: 1',
      ].map((how) => `rotate (commit: ${how}) and rotate (commit: ${how}); a key before`),
    ].map((jobs) => [`${jobs}; one killed anywhere`, [NOT_COVERED]]),
  ),
  // They cannot delete an account, only take it out of the project, and a lease may be made between the last look and that.
  'lease and revoke; an account of leases, by Project Owners; one killed anywhere': [
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
