/** The job summary and the lines of a plan, word by word, from plain data. */
import { describe, expect, it } from 'vitest';
import { InputError } from '../src/inputs/findings.ts';
import { type FamilyRow, type LeftKey, type Outcome, outcome } from '../src/keys/outcome.ts';
import type { Unfinished } from '../src/keys/settle.ts';
import {
  formatAge,
  renderCommit,
  renderFailure,
  renderSummary,
  renderUnfinished,
  tellPlan,
} from '../src/summary.ts';
import { GROUP_ID, idAt, NOW, ORG_ID, ORIGIN } from './keys/described-keys.ts';

const DAY = 86_400;
const key = { id: idAt(-90), publicKey: 'abcdefgh' };
const facts = { key, desc: 'deploy', orgId: ORG_ID, groupIds: [GROUP_ID], roles: ['GROUP_OWNER'] } as const;

function row(state: FamilyRow['state'], days: number): FamilyRow {
  return { apiUserId: idAt(-days * DAY), publicKey: `key${days}`, state };
}

/** As it reads on the page: references and code tags resolved. */
function read(summary: string): string[] {
  return summary
    .replace(/<\/?code>|<wbr>/g, '')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .split('\n');
}

const serverUrl = 'https://github.example';

/** As it is written. */
const write = (
  parts: Parameters<typeof outcome>[0],
  rest: Partial<Parameters<typeof renderSummary>[1]> = {},
) => renderSummary(outcome(parts), { left: [], now: NOW, serverUrl, ...rest });
const page = (parts: Parameters<typeof outcome>[0], left: readonly LeftKey[] = []) =>
  read(write(parts, { left }));

const own = (state: FamilyRow['state']): FamilyRow => ({ ...row(state, 0), apiUserId: key.id });

describe('the summary', () => {
  const change = { action: 'revoke', key, what: 'what' } as const;
  it.each<[string, Partial<Outcome> & Pick<Outcome, 'result'>]>([
    ['Created a project API key', { result: 'created' }],
    ['Created a project API key for this job', { result: 'created', facts, expiresAt: NOW }],
    ['Created a project API key', { result: 'created', facts, family: [own('current')] }],
    [
      'Created a project API key, which becomes current when the job succeeds',
      { result: 'created', facts, family: [own('undecided')] },
    ],
    [
      'Created a project API key, which becomes current when the job succeeds',
      { result: 'rotated', facts, family: [own('undecided'), row('current', 3)] },
    ],
    [
      'Created a project API key, but a newer one is current',
      { result: 'rotated', facts, family: [own('previous')] },
    ],
    ['Rotated the project API key', { result: 'rotated', facts, family: [own('current')] }],
    ['Assigned an API key to the project', { result: 'assigned' }],
    ['Updated an API key', { result: 'updated' }],
    ['The API key is as declared', { result: 'unchanged' }],
    ['There was no such key to revoke', { result: 'revoked' }],
    ['Revoked 1 API key', { result: 'revoked', family: [row('revoked', 1)] }],
    ['Revoked 2 API keys', { result: 'revoked', family: [row('revoked', 1), row('revoked', 2)] }],
    ['Revoked 1 of 2 API keys', { result: 'revoked', family: [row('revoked', 1), row('previous', 2)] }],
    ['Revoked none of 2 API keys', { result: 'revoked', family: [row('retired', 1), row('previous', 2)] }],
    ['The API key was not revoked', { result: 'revoked', family: [row('current', 1)], problem: 'why' }],
    ['Nothing was left over', { result: 'swept' }],
    ['Revoked 1 left-over API key', { result: 'swept', family: [row('revoked', 1)] }],
    ['The left-over API key was not revoked', { result: 'swept', family: [row('retired', 1)] }],
    ['Dry run: nothing would be changed', { result: 'planned' }],
    ['Dry run: 1 change would be made', { result: 'planned', plan: [change] }],
    ['Dry run: 2 changes would be made', { result: 'planned', plan: [change, change] }],
    [
      'Dry run: nothing would be changed, and the step would fail',
      { result: 'planned', problem: '1 key could not be revoked.' },
    ],
  ])('begins with what was done: %s', (headline, parts) => {
    expect(page({ changed: false, ...parts })[0]).toBe(`### ${headline}`);
  });

  it('tells the facts of a key', () => {
    expect(page({ result: 'unchanged', changed: false, facts }).slice(2)).toEqual([
      '| Description | deploy |',
      '| :-- | :-- |',
      `| Key | ${key.id} |`,
      '| Public key | abcdefgh |',
      '| Roles | GROUP_OWNER |',
      `| Project | ${GROUP_ID} |`,
      '| Age | 1 min |',
      '',
    ]);
  });

  it('tells of a new key in several projects until when it lives', () => {
    const other = 'b'.repeat(24);
    const wide = {
      ...facts,
      groupIds: [GROUP_ID, other] as const,
      roles: ['GROUP_OWNER', 'GROUP_READ_ONLY'],
    };
    const lines = page({ result: 'created', changed: true, facts: wide, expiresAt: NOW + 5_400_000 });
    expect(lines.slice(6, -1)).toEqual([
      '| Roles | GROUP_OWNER GROUP_READ_ONLY |',
      `| Projects | ${GROUP_ID} ${other} |`,
      '| Age | new |',
      '| Lives until | the end of this job; counts as left over from 2026-11-23T13:30:00Z |',
    ]);
    expect(page({ result: 'rotated', changed: true, facts })).toContain('| Age | new |');
  });

  it('says of a key that is in no project yet that it has no roles there', () => {
    const unassigned = { ...facts, roles: [] };
    const lines = page({ result: 'planned', changed: false, facts: unassigned });
    expect(lines).toContain('| Roles | none in this project |');
  });

  it('tells the facts of a service account, and by when its former secret ends', () => {
    const clientId = `mdb_sa_id_${idAt(0)}`;
    const account = { ...facts, clientId, formerEndsAt: NOW + 7 * DAY * 1000 };
    const parts = { result: 'rotated', changed: true, account, expiresAt: NOW + 90 * DAY * 1000 } as const;
    expect(read(write(parts, { credential: 'serviceAccount' }))).toEqual([
      '### Rotated the secret of a service account',
      '',
      '| Service account | deploy |',
      '| :-- | :-- |',
      `| Client id | ${clientId} |`,
      '| Roles | GROUP_OWNER |',
      `| Project | ${GROUP_ID} |`,
      '| Secret ends | 2027-02-21T12:00:00Z |',
      '| Former secret ends | by 2026-11-30T12:00:00Z |',
      '',
    ]);
  });

  it('lists the family under the facts, keys left alone, and last what went wrong', () => {
    const left = [{ apiUserId: idAt(0), publicKey: 'zzzzzzzz', why: 'its mark names another repository' }];
    const family = [row('previous', 40), row('retired', 50), row('current', 1)];
    const lines = page(
      { result: 'rotated', changed: true, facts, family, problem: '1 key is <alive>.' },
      left,
    );
    expect(lines.slice(10)).toEqual([
      'Every key of this description:',
      '',
      '| Key | Public key | Age | State |',
      '| :-- | :-- | :-- | :-- |',
      `| ${idAt(-DAY)} | key1 | 1 d 0 h | current |`,
      `| ${idAt(-40 * DAY)} | key40 | 40 d 0 h | previous |`,
      `| ${idAt(-50 * DAY)} | key50 | 50 d 0 h | retired, still alive |`,
      '',
      'Left as they are, since this step may not touch them:',
      '',
      '| Key | Public key | Why |',
      '| :-- | :-- | :-- |',
      `| ${idAt(0)} | zzzzzzzz | its mark names another repository |`,
      '',
      '> [!WARNING]',
      '> 1 key is <alive>.',
      '',
    ]);
  });

  it('leaves the family to the post step where the job decides', () => {
    const lines = page({ result: 'rotated', changed: true, facts, family: [own('undecided')] });
    expect(lines.slice(8)).toEqual(['| Age | new |', '']);
  });

  it('lists the keys of a sweep with the description and the run of each, newest first', () => {
    const origin = { desc: 'deploy | <b>', run: ORIGIN };
    const family = [{ ...row('retired', 4), origin }, { ...row('revoked', 3), origin }, row('revoked', 9)];
    const run = `<a href="${serverUrl}/acme/shop/actions/runs/17482910">acme/shop 17482910.1</a>`;
    expect(page({ result: 'swept', changed: true, family })).toEqual([
      '### Revoked 2 of 3 left-over API keys',
      '',
      '| Key | Public key | Description | Run | Age | State |',
      '| :-- | :-- | :-- | :-- | :-- | :-- |',
      `| ${idAt(-3 * DAY)} | key3 | deploy | <b> | ${run} | 3 d 0 h | revoked |`,
      `| ${idAt(-4 * DAY)} | key4 | deploy | <b> | ${run} | 4 d 0 h | retired, still alive |`,
      `| ${idAt(-9 * DAY)} | key9 |  |  | 9 d 0 h | revoked |`,
      '',
    ]);
  });

  it('makes no link where the runner does not say where GitHub is', () => {
    const family = [{ ...row('revoked', 3), origin: { desc: 'deploy', run: ORIGIN } }];
    expect(read(write({ result: 'swept', changed: true, family }, { serverUrl: '' }))[4]).toBe(
      `| ${idAt(-3 * DAY)} | key3 | deploy | acme/shop 17482910.1 | 3 d 0 h | revoked |`,
    );
  });

  it.each([
    [50, 50, undefined],
    [51, 50, 'and 1 more'],
    [53, 50, 'and 3 more'],
  ])('of %i keys shows %i, and says how many it leaves out: %s', (all, shown, rest) => {
    const keys = Array.from({ length: all }, (_, days) => row('revoked', days));
    const left = keys.map((one) => ({ ...one, why: 'why' }));
    const plan = keys.map(() => ({ action: 'revoke', key, what: 'what' }) as const);
    const more = rest === undefined ? [] : [rest];
    const restOf = (lines: string[]) => lines.filter((line) => line.startsWith('and '));
    const family = page({ result: 'swept', changed: true, family: keys });
    expect(family.filter((line) => line.endsWith('| revoked |'))).toHaveLength(shown);
    expect(restOf(family)).toEqual(more);
    const alone = page({ result: 'swept', changed: true }, left);
    expect(alone.filter((line) => line.endsWith('| why |'))).toHaveLength(shown);
    expect(restOf(alone)).toEqual(more);
    const planned = page({ result: 'planned', changed: false, plan });
    expect(planned.filter((line) => line.startsWith('- '))).toHaveLength(shown);
    expect(restOf(planned)).toEqual(more);
  });

  it.each([
    ['committed', '### The rotation is final'],
    ['superseded', '### A newer rotation was quicker, and its key is current'],
  ] as const)(
    'after the job says what became of a rotation, with the family and the keys left alone: %s',
    (end, headline) => {
      const left = [{ apiUserId: idAt(0), publicKey: 'zzzzzzzz', why: 'why' }];
      const commit = { outcome: end, retired: [], family: [row('current', 0)] };
      expect(read(renderCommit(commit, left, NOW)).slice(0, 8)).toEqual([
        headline,
        '',
        '| Key | Public key | Age | State |',
        '| :-- | :-- | :-- | :-- |',
        `| ${idAt(0)} | key0 | 0 s | current |`,
        '',
        'Left as they are, since this step may not touch them:',
        '',
      ]);
    },
  );

  it.each<[Unfinished['task'], string]>([
    ['findUnanswered', 'A key may be left over'],
    ['withdraw', 'A key is left over'],
    ['revoke', 'The key is still alive'],
    ['finishEnsure', 'The key needs a look'],
    ['commit', 'The rotation is not final'],
    ['leaveUndecided', 'The new key is not current'],
  ])('after the job says what is left to do: %s', (task, headline) => {
    expect(read(renderUnfinished(task, 'Why, and what to do.'))).toEqual([
      `### ${headline}`,
      '',
      '> [!WARNING]',
      '> Why, and what to do.',
      '',
    ]);
  });

  it('of a step that failed says why', () => {
    expect(read(renderFailure(new Error('Could not do it: <why>.')))).toEqual([
      '### The step failed',
      '',
      '> [!WARNING]',
      '> Could not do it: <why>.',
      '',
    ]);
  });

  it('of wrong inputs has one point for each', () => {
    expect(read(renderFailure(new InputError(['`mode` is *wrong*.', '`ttl` is wrong.'])))).toEqual([
      '### The inputs are wrong, so nothing was done',
      '',
      '- `mode` is *wrong*.',
      '- `ttl` is wrong.',
      '',
    ]);
  });

  it('takes everything from outside as text, whatever Markdown or HTML would make of it', () => {
    const hostile =
      '</code><img src=x>|**b** `c` [x](http://e) @a #1 ~s~ $m$ \\ {} + - ^ _ " \' & <!--\n!\u2028\u202ez';
    // A break keeps GitHub from making links of what is left: addresses, mentions, numbers of issues.
    const harmless = hostile
      .replace(/[\n\u2028\u202e]+/g, ' ')
      .replace(/[^a-z\d\s]/g, (one) => `&#${one.codePointAt(0)};${/[#./:@-]/.test(one) ? '<wbr>' : ''}`);
    const named = { id: idAt(0), publicKey: hostile };
    const family = [{ ...row('current', 0), publicKey: hostile }];
    const left = [{ apiUserId: idAt(0), publicKey: hostile, why: hostile }];
    const made = { ...facts, key: named, desc: hostile, roles: [hostile] };
    const swept = { ...row('revoked', 0), origin: { desc: hostile, run: ORIGIN } };
    const summaries = [
      write({ result: 'created', changed: true, facts: made, family, problem: hostile }, { left }),
      write({ result: 'planned', changed: false, plan: [{ action: 'revoke', key: named, what: hostile }] }),
      write({ result: 'swept', changed: true, family: [swept] }),
      renderUnfinished('revoke', hostile),
      renderFailure(new Error(hostile)),
      renderFailure(new InputError([hostile])),
    ];
    // desc, key, role, member, left, why, problem, planned key, plan, swept desc, left to do, failure, wrong input
    expect(summaries.join('').split(harmless)).toHaveLength(13 + 1);
  });

  it('makes no link to a commit of what looks like its hash, and leaves the ids of Atlas whole', () => {
    const problem = `0123456 abcdef0123456789 ${key.id} abcdef`;
    expect(write({ result: 'revoked', changed: true, problem })).toContain(
      `> 012345<wbr>6 abcdef<wbr>012345<wbr>6789 ${key.id} abcdef\n`,
    );
  });
});

describe('a plan', () => {
  const plan = [
    { action: 'create', what: '"deploy" with GROUP_OWNER' },
    { action: 'revoke', key, what: '"deploy"' },
  ] as const;

  it('is a list on the page and lines of the log', () => {
    const planned = outcome({ result: 'planned', changed: false, plan });
    expect(page(planned)).toEqual([
      '### Dry run: 2 changes would be made',
      '',
      'This would be done:',
      '',
      '- **create**: "deploy" with GROUP_OWNER',
      `- **revoke** ${key.id} (abcdefgh): "deploy"`,
      '',
    ]);
    expect(tellPlan(planned)).toEqual([
      'Dry run, would create: "deploy" with GROUP_OWNER',
      `Dry run, would revoke key ${key.id} (abcdefgh): "deploy"`,
    ]);
  });

  it('that is empty says so', () => {
    const planned = outcome({ result: 'planned', changed: false });
    expect(page(planned)).toEqual(['### Dry run: nothing would be changed', '']);
    expect(tellPlan(planned)).toEqual(['Dry run: nothing would be changed.']);
  });

  it('is not told by a step that does something', () => {
    const done = outcome({ result: 'created', changed: true, plan });
    expect(tellPlan(done)).toEqual([]);
    expect(page(done)).toEqual(['### Created a project API key', '']);
  });
});

it.each([
  [0, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [3_599_999, '59 min'],
  [3_600_000, '1 h 0 min'],
  [86_399_999, '23 h 59 min'],
  [86_400_000, '1 d 0 h'],
  [100 * 86_400_000 + 7_200_000, '100 d 2 h'],
])('an age of %i milliseconds reads %s', (milliseconds, text) => {
  expect(formatAge(milliseconds)).toBe(text);
});
