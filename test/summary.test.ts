/** The job summary and the lines of a plan, word by word, from plain data. */
import { describe, expect, it } from 'vitest';
import { InputError } from '../src/inputs/findings.ts';
import { type FamilyRow, type Outcome, outcome } from '../src/keys/outcome.ts';
import type { Unfinished } from '../src/keys/settle.ts';
import { renderCommit, renderFailure, renderSummary, renderUnfinished, tellPlan } from '../src/summary.ts';
import { GROUP_ID, idAt, NOW, ORG_ID, ORIGIN } from './keys/described-keys.ts';

const DAY = 86_400;
const key = { id: idAt(-90), publicKey: 'abcdefgh' };
const facts = { key, desc: 'deploy', orgId: ORG_ID, groupIds: [GROUP_ID], roles: ['GROUP_OWNER'] } as const;
const serverUrl = 'https://github.example';

function row(state: FamilyRow['state'], days: number): FamilyRow {
  return { apiUserId: idAt(-days * DAY), publicKey: `key${days}`, state };
}

const own = (state: FamilyRow['state']): FamilyRow => ({ ...row(state, 0), apiUserId: key.id });
const left = [
  { apiUserId: idAt(-9), publicKey: 'yyyyyyyy', why: 'why' },
  { apiUserId: idAt(0), publicKey: 'zzzzzzzz', why: 'its mark names another repository' },
];
const LEFT = [
  'Left as they are, since this step may not touch them:',
  '',
  '| Key | Public key | Why |',
  '| :-- | :-- | :-- |',
  `| ${idAt(0)} | zzzzzzzz | its mark names another repository |`,
  `| ${idAt(-9)} | yyyyyyyy | why |`,
  '',
];

type Parts = Partial<Outcome> & Pick<Outcome, 'result'>;
type Rest = Partial<Parameters<typeof renderSummary>[1]>;

/** As it is written. */
const write = (parts: Parts, rest: Rest = {}) =>
  renderSummary(outcome({ changed: true, ...parts }), { left: [], serverUrl, ...rest });

/** As it reads on the page: references and code tags resolved. */
const read = (summary: string) =>
  summary
    .replace(/<\/?code>|<wbr>/g, '')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .split('\n');
const page = (parts: Parts, rest: Rest = {}) => read(write(parts, rest));

describe('the summary', () => {
  const change = { action: 'revoke', key, what: 'what' } as const;
  const UNDECIDED = 'Created a project API key, which becomes current when the job succeeds';
  it.each<[string, Parts]>([
    ['Created a project API key', { result: 'created' }],
    ['Created a project API key for this job', { result: 'created', facts, expiresAt: NOW }],
    ['Created a project API key', { result: 'created', facts, family: [own('current')] }],
    [UNDECIDED, { result: 'created', facts, family: [own('undecided')] }],
    [UNDECIDED, { result: 'rotated', facts, family: [own('undecided'), row('current', 3)] }],
    [
      'Created a project API key, but a newer one is current',
      { result: 'rotated', facts, family: [own('previous')] },
    ],
    ['Rotated the project API key', { result: 'rotated', facts, family: [own('current')] }],
    ['Assigned an API key to the project', { result: 'assigned' }],
    ['Updated an API key', { result: 'updated' }],
    ['The API key is as declared', { result: 'unchanged', facts, family: [own('previous')] }],
    ['There was no such key to revoke', { result: 'revoked' }],
    ['Revoked 1 API key', { result: 'revoked', family: [row('revoked', 1)] }],
    ['Revoked 2 API keys', { result: 'revoked', family: [row('revoked', 1), row('revoked', 2)] }],
    ['Revoked 1 of 2 API keys', { result: 'revoked', family: [row('revoked', 1), row('previous', 2)] }],
    ['Revoked no API key', { result: 'revoked', family: [row('current', 1)], problem: 'why' }],
    ['Revoked no left-over API key', { result: 'swept', family: [row('retired', 1), row('retired', 2)] }],
    ['Nothing was left over', { result: 'swept' }],
    ['Revoked 1 left-over API key', { result: 'swept', family: [row('revoked', 1)] }],
    ['Dry run: nothing would be changed', { result: 'planned' }],
    ['Dry run: 1 change would be made', { result: 'planned', plan: [change] }],
    ['Dry run: 2 changes would be made', { result: 'planned', plan: [change, change] }],
    ['Dry run: nothing would be changed, and the step would fail', { result: 'planned', problem: 'why' }],
  ])('begins with what was done: %s', (headline, parts) => {
    expect(page(parts)[0]).toBe(`### ${headline}`);
  });

  it('tells the facts of a key', () => {
    expect(page({ result: 'unchanged', facts }).slice(2)).toEqual([
      '| Description | deploy |',
      '| :-- | :-- |',
      `| Key | ${key.id} |`,
      '| Public key | abcdefgh |',
      '| Roles | GROUP_OWNER |',
      `| Project | ${GROUP_ID} |`,
      '| Made | 2026-11-23T11:58:30Z |',
      '',
    ]);
  });

  it('tells of a key in several projects, without a role there, until when it lives', () => {
    const other = 'b'.repeat(24);
    const wide = { ...facts, groupIds: [GROUP_ID, other] as const, roles: [] };
    expect(page({ result: 'created', facts: wide, expiresAt: NOW + 5_400_000 }).slice(6, -1)).toEqual([
      '| Roles | none in this project |',
      `| Projects | ${GROUP_ID} ${other} |`,
      '| Made | 2026-11-23T11:58:30Z |',
      '| Lives until | the end of this job; counts as left over from 2026-11-23T13:30:00Z |',
    ]);
  });

  it('tells the facts of a service account, and by when its former secret ends', () => {
    const clientId = `mdb_sa_id_${idAt(0)}`;
    const roles = ['GROUP_OWNER', 'GROUP_READ_ONLY'];
    const account = { ...facts, roles, clientId, formerEndsAt: NOW + 7 * DAY * 1000 };
    const parts = { result: 'rotated', account, expiresAt: NOW + 90 * DAY * 1000 } as const;
    expect(page(parts, { credential: 'serviceAccount' })).toEqual([
      '### Rotated the secret of a service account',
      '',
      '| Service account | deploy |',
      '| :-- | :-- |',
      `| Client id | ${clientId} |`,
      '| Roles | GROUP_OWNER GROUP_READ_ONLY |',
      `| Project | ${GROUP_ID} |`,
      '| Secret ends | 2027-02-21T12:00:00Z |',
      '| Former secret ends | by 2026-11-30T12:00:00Z |',
      '',
    ]);
  });

  it('lists where the key is stored, the family, keys left alone, and last what went wrong', () => {
    const family = [row('previous', 40), row('retired', 50), row('current', 1)];
    const stored = [{ names: ['A', 'B'], where: 'here' }];
    const parts = { result: 'rotated', facts, family, problem: '1 key is <alive>.' } as const;
    expect(page(parts, { left, stored }).slice(10)).toEqual([
      '| Stored as | In |',
      '| :-- | :-- |',
      '| A B | here |',
      '',
      'Every key of this description:',
      '',
      '| Key | Public key | Made | State |',
      '| :-- | :-- | :-- | :-- |',
      `| ${idAt(-DAY)} | key1 | 2026-11-22T12:00:00Z | current |`,
      `| ${idAt(-40 * DAY)} | key40 | 2026-10-14T12:00:00Z | previous |`,
      `| ${idAt(-50 * DAY)} | key50 | 2026-10-04T12:00:00Z | retired, still alive |`,
      '',
      ...LEFT,
      '> [!WARNING]',
      '> 1 key is <alive>.',
      '',
    ]);
  });

  it('leaves the family to the post step where the job decides', () => {
    const lines = page({ result: 'rotated', facts, family: [own('undecided')] });
    expect(lines.slice(8)).toEqual(['| Made | 2026-11-23T11:58:30Z |', '']);
  });

  it.each([
    [serverUrl, `<a href="${serverUrl}/acme/shop/actions/runs/17482910">acme/shop 17482910.1</a>`],
    ['', 'acme/shop 17482910.1'],
  ])('lists the keys of a sweep with the description and the run of each, on GitHub at "%s"', (url, run) => {
    const origin = { desc: 'deploy | <b>', run: ORIGIN };
    const family = [{ ...row('retired', 4), origin }, { ...row('revoked', 3), origin }, row('revoked', 9)];
    expect(page({ result: 'swept', family }, { serverUrl: url })).toEqual([
      '### Revoked 2 of 3 left-over API keys',
      '',
      '| Key | Public key | Description | Run | Made | State |',
      '| :-- | :-- | :-- | :-- | :-- | :-- |',
      `| ${idAt(-3 * DAY)} | key3 | deploy | <b> | ${run} | 2026-11-20T12:00:00Z | revoked |`,
      `| ${idAt(-4 * DAY)} | key4 | deploy | <b> | ${run} | 2026-11-19T12:00:00Z | retired, still alive |`,
      `| ${idAt(-9 * DAY)} | key9 |  |  | 2026-11-14T12:00:00Z | revoked |`,
      '',
    ]);
  });

  it('makes no reference to an issue or a commit of the name of a run', () => {
    const summary = write({
      result: 'swept',
      family: [{ ...row('revoked', 3), origin: { desc: 'x', run: ORIGIN } }],
    });
    expect(summary).toContain('>acme&#47;<wbr>shop 174829<wbr>10&#46;<wbr>1</a>');
  });

  it.each([
    [50, 50, []],
    [51, 50, ['and 1 more']],
    [53, 50, ['and 3 more']],
  ])('of %i rows shows %i, and says how many it leaves out: %j', (all, shown, more) => {
    const keys = Array.from({ length: all }, (_, days) => row('revoked', days));
    for (const lines of [
      page({ result: 'swept', family: keys }),
      page({ result: 'swept' }, { left: keys.map((one) => ({ ...one, why: 'why' })) }),
      page({ result: 'planned', plan: keys.map(() => ({ action: 'revoke', key, what: 'what' })) }),
      page({ result: 'created' }, { stored: keys.map(() => ({ names: ['A'], where: 'here' })) }),
    ]) {
      expect(lines.filter((line) => line.startsWith('| '))).toHaveLength(shown + 2);
      expect(lines.filter((line) => line.startsWith('and '))).toEqual(more);
    }
  });

  it.each([
    ['committed', 'The rotation is final'],
    ['superseded', 'A newer rotation was quicker, and its key is current'],
  ] as const)('after the job says what became of a rotation: %s', (end, headline) => {
    const commit = { outcome: end, retired: [], previous: [], family: [row('current', 0)] };
    expect(read(renderCommit(commit, left))).toEqual([
      `### ${headline}`,
      '',
      '| Key | Public key | Made | State |',
      '| :-- | :-- | :-- | :-- |',
      `| ${idAt(0)} | key0 | 2026-11-23T12:00:00Z | current |`,
      '',
      ...LEFT,
    ]);
  });

  it.each<[Unfinished['task'], string]>([
    ['findUnanswered', 'A key may be left over'],
    ['withdraw', 'A key is left over'],
    ['revoke', 'The key is still alive'],
    ['finishEnsure', 'The key needs a look'],
    ['commit', 'The rotation is not final'],
    ['leaveUndecided', 'The new key is not current'],
  ])('after the job says what is left to do: %s', (task, headline) => {
    const lines = read(renderUnfinished(task, 'Why, and what to do.'));
    expect(lines).toEqual([`### ${headline}`, '', '> [!WARNING]', '> Why, and what to do.', '']);
  });

  it('of a step that failed says why, and of wrong inputs has one point for each', () => {
    expect(read(renderFailure(new Error('Could not do it: <why>.')))).toEqual([
      '### The step failed',
      '',
      '> [!WARNING]',
      '> Could not do it: <why>.',
      '',
    ]);
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
    const alone = [{ apiUserId: idAt(0), publicKey: hostile, why: hostile }];
    const stored = [{ names: [hostile], where: hostile }];
    const made = { ...facts, key: named, desc: hostile, roles: [hostile] };
    const account = { ...facts, clientId: hostile, desc: hostile, roles: [hostile] };
    const swept = { ...row('revoked', 0), origin: { desc: hostile, run: ORIGIN } };
    const summaries = [
      write({ result: 'created', facts: made, family, problem: hostile }, { left: alone, stored }),
      write({ result: 'created', account }),
      write({ result: 'planned', plan: [{ action: 'revoke', key: named, what: hostile }] }),
      write({ result: 'swept', family: [swept] }),
      renderUnfinished('revoke', hostile),
      renderFailure(new Error(hostile)),
      renderFailure(new InputError([hostile])),
    ];
    // desc, key, role, member, left, why, stored name and place, problem; of the account: id, desc, role; planned key,
    // plan; swept desc; left to do; failure; wrong input
    expect(summaries.join('').split(harmless)).toHaveLength(9 + 3 + 2 + 1 + 3 + 1);
    for (const summary of summaries) expect(summary).not.toMatch(/<img|\]\(|\*\*b/);
  });

  it('makes no link to a commit of what looks like its hash, and leaves the ids of Atlas whole', () => {
    const problem = `0123456 abcdef0123456789 ${key.id} abcdef`;
    expect(write({ result: 'revoked', problem })).toContain(
      `> 012345<wbr>6 abcdef<wbr>012345<wbr>6789 ${key.id} abcdef\n`,
    );
  });
});

it('a plan is a table on the page and lines of the log', () => {
  const plan = [
    { action: 'create', what: '"deploy" with GROUP_OWNER' },
    { action: 'revoke', key, what: '"deploy"' },
  ] as const;
  expect(page({ result: 'planned', plan }).slice(1)).toEqual([
    '',
    '| Would | Key | What |',
    '| :-- | :-- | :-- |',
    '| create |  | "deploy" with GROUP_OWNER |',
    `| revoke | ${key.id} (abcdefgh) | "deploy" |`,
    '',
  ]);
  expect(tellPlan(outcome({ result: 'planned', changed: false, plan }))).toEqual([
    'Dry run, would create: "deploy" with GROUP_OWNER',
    `Dry run, would revoke key ${key.id} (abcdefgh): "deploy"`,
  ]);
  expect(tellPlan(outcome({ result: 'planned', changed: false }))).toEqual([
    'Dry run: nothing would be changed.',
  ]);
  expect(tellPlan(outcome({ result: 'created', changed: true }))).toEqual([]);
});
