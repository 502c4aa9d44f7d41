import { expect, it } from 'vitest';
import { type Outcome, outcome } from '../../src/keys/outcome.ts';
import { renderSummary } from '../../src/summary.ts';

const account = { clientId: 'mdb_sa_id_0', desc: 'deploy', orgId: '0', groupIds: ['1'], roles: [] } as const;
const ephemeral = { ...account, standing: 'ephemeral' } as const;
const undecided = { ...account, standing: 'undecided' } as const;

it.each<[string, Outcome['result'], Partial<Outcome>]>(
  // biome-ignore format: a table, one row a line
  [
    ['Made a secret of a service account', 'created', { account }],
    ['Made a secret of a service account for this job', 'created', { account: ephemeral }],
    ['Made a secret of a service account, which becomes current when the job succeeds', 'rotated', { account: undecided }],
    ['Dry run: nothing would be changed', 'planned', { account: ephemeral, changed: false }],
    ['Rotated the secret of a service account', 'rotated', { account }],
    ['Updated a service account', 'updated', { account }],
    ['The service account is as declared', 'unchanged', { account, changed: false }],
    ['Revoked service accounts', 'revoked', {}],
    ['There was no such service account to revoke', 'revoked', { changed: false }],
    ['Not every service account was revoked', 'revoked', { problem: 'One is left.' }],
  ],
)('the summary of a service account begins with what was done: %s', (headline, result, rest) => {
  const surroundings = { left: [], serverUrl: '', credential: 'serviceAccount' } as const;
  const lines = renderSummary(outcome({ result, changed: true, ...rest }), surroundings).split('\n');
  expect(lines[0]).toBe(`### ${headline}`);
  expect(lines.join()).not.toContain('Former secret ends');
});
