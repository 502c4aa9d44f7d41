/** The job summary and the lines of a plan, word by word, from plain data. */
import { describe, expect, it } from 'vitest';
import { type FamilyRow, type Outcome, outcome } from '../src/keys/outcome.ts';
import { formatAge, renderCommit, renderSummary, tellPlan } from '../src/summary.ts';
import { GROUP_ID, idAt, NOW, ORG_ID } from './keys/described-keys.ts';

const DAY = 86_400;
const key = { id: idAt(-90), publicKey: 'abcdefgh' };
const facts = { key, desc: 'deploy', orgId: ORG_ID, groupIds: [GROUP_ID], roles: ['GROUP_OWNER'] } as const;

function row(state: FamilyRow['state'], days: number): FamilyRow {
  return { apiUserId: idAt(-days * DAY), publicKey: `key${days}`, state };
}

/** As it reads on the page: without the chart of lives and tags, references resolved. */
function read(summary: string): string[] {
  return summary
    .replace(/\n\n```mermaid[\s\S]*?```/g, '')
    .replace(/<\/?code>|<wbr>/g, '')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .split('\n');
}

const page = (parts: Parameters<typeof outcome>[0], left: Parameters<typeof renderSummary>[1] = []) =>
  read(renderSummary(outcome(parts), left, NOW));

describe('the summary', () => {
  it.each<[Outcome['result'], string]>([
    ['created', '### Created a project API key'],
    ['assigned', '### Assigned an API key to the project'],
    ['updated', '### Updated an API key'],
    ['unchanged', '### The API key is as declared'],
    ['rotated', '### Rotated the project API key'],
    ['revoked', '### Revoked API keys'],
    ['swept', '### Swept left-over API keys'],
    ['planned', '### Dry run: nothing was changed'],
  ])('begins with what was done: %s', (result, headline) => {
    expect(page({ result, changed: false })[0]).toBe(headline);
  });

  it('tells the facts of a key', () => {
    expect(page({ result: 'unchanged', changed: false, facts })).toEqual([
      '### The API key is as declared',
      '',
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

  it('tells the facts of a service account, and by when its former secret ends', () => {
    const clientId = `mdb_sa_id_${idAt(0)}`;
    const account = { ...facts, clientId, formerEndsAt: NOW + 7 * DAY * 1000 };
    const parts = { result: 'rotated', changed: true, account, expiresAt: NOW + 90 * DAY * 1000 } as const;
    expect(read(renderSummary(outcome(parts), [], NOW, 'serviceAccount'))).toEqual([
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

  it.each<[Outcome['result'], string]>([
    ['created', '### Made a secret of a service account'],
    ['updated', '### Updated a service account'],
    ['unchanged', '### The service account is as declared'],
    ['rotated', '### Rotated the secret of a service account'],
    ['revoked', '### Revoked service accounts'],
    ['planned', '### Dry run: nothing was changed'],
  ])('of a service account begins with what was done: %s', (result, headline) => {
    const parts = outcome({ result, changed: false });
    expect(read(renderSummary(parts, [], NOW, 'serviceAccount'))[0]).toBe(headline);
  });

  it('lists the family under the facts, keys left alone, and last what went wrong', () => {
    const left = [{ apiUserId: idAt(0), publicKey: 'zzzzzzzz', why: 'its mark names another repository' }];
    const family = [row('current', 1), row('previous', 40)];
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

  it('lists the keys of a sweep, which have no description in common', () => {
    expect(page({ result: 'swept', changed: true, family: [row('retired', 3)] })).toEqual([
      '### Swept left-over API keys',
      '',
      '| Key | Public key | Age | State |',
      '| :-- | :-- | :-- | :-- |',
      `| ${idAt(-3 * DAY)} | key3 | 3 d 0 h | retired |`,
      '',
    ]);
  });

  it.each([
    [50, 50, undefined],
    [51, 50, 'and 1 more'],
    [53, 50, 'and 3 more'],
  ])('of %i keys shows %i, and says how many it leaves out: %s', (all, shown, rest) => {
    const keys = Array.from({ length: all }, (_, days) => row('retired', days));
    const left = keys.map((one) => ({ ...one, why: 'why' }));
    const plan = keys.map(() => ({ action: 'revoke', key, what: 'what' }) as const);
    const more = rest === undefined ? [] : [rest];
    const restOf = (lines: string[]) => lines.filter((line) => line.startsWith('and '));
    const family = page({ result: 'swept', changed: true, family: keys });
    expect(family.filter((line) => line.endsWith('| retired |'))).toHaveLength(shown);
    expect(restOf(family)).toEqual(more);
    const alone = page({ result: 'swept', changed: true }, left);
    expect(alone.filter((line) => line.endsWith('| why |'))).toHaveLength(shown);
    expect(restOf(alone)).toEqual(more);
    const planned = page({ result: 'planned', changed: false, plan });
    expect(planned.filter((line) => line.startsWith('- '))).toHaveLength(shown);
    expect(restOf(planned)).toEqual(more);
  });

  it('after the job says that a rotation is final, with the family and the keys left alone', () => {
    const left = [{ apiUserId: idAt(0), publicKey: 'zzzzzzzz', why: 'why' }];
    const final = read(renderCommit([row('current', 0)], left, NOW));
    expect(final.slice(0, 8)).toEqual([
      '### The rotation is final',
      '',
      '| Key | Public key | Age | State |',
      '| :-- | :-- | :-- | :-- |',
      `| ${idAt(0)} | key0 | 0 s | current |`,
      '',
      'Left as they are, since this step may not touch them:',
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
    const summaries = [
      renderSummary(
        outcome({ result: 'created', changed: true, facts: made, family, problem: hostile }),
        left,
        NOW,
      ),
      renderSummary(
        outcome({
          result: 'planned',
          changed: false,
          plan: [{ action: 'revoke', key: named, what: hostile }],
        }),
        [],
        NOW,
      ),
    ];
    const places = ['desc', 'key', 'role', 'member', 'left', 'why', 'problem', 'planned key', 'plan'];
    expect(summaries.join('').split(harmless)).toHaveLength(places.length + 1);
  });

  it('makes no link to a commit of what looks like its hash, and leaves the ids of Atlas whole', () => {
    const problem = `0123456 abcdef0123456789 ${key.id} abcdef`;
    const summary = renderSummary(outcome({ result: 'revoked', changed: true, problem }), [], NOW);
    expect(summary).toContain(`> 012345<wbr>6 abcdef<wbr>012345<wbr>6789 ${key.id} abcdef\n`);
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
      '### Dry run: nothing was changed',
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
    expect(page(planned).slice(2)).toEqual(['Nothing would be changed.', '']);
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
