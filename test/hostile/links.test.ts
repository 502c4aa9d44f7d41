import { expect, it } from 'vitest';
import { renderSummary } from '../../src/summary.ts';

/** The text between tags, references resolved: no link reaches beyond a tag. */
function textRunsIn(summary: string): string[] {
  return summary
    .split(/<[^>]*>/)
    .map((run) => run.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))));
}

/** What GitHub makes links of (https://github.github.com/gfm/#autolinks-extension-, and references of its own). */
const LINKS = [
  'www.evil.example',
  'http://evil.example',
  'https://evil.example/path',
  'ftp://evil.example',
  'mailto:somebody@evil.example',
  'xmpp:somebody@evil.example',
  'somebody@evil.example',
  '@octocat',
  '@octo-org/team',
  '#12',
  'octo-org/octo-repo#12',
  'GH-12',
  'a5c3785ed8d6a35868bc169f07e40e889087fd2e',
  'a5c3785',
  'octo-org/octo-repo@a5c3785ed8d6a35868bc169f07e40e889087fd2e',
];

/** In text between two tags, however it is written there. Ids of Atlas are no hashes of commits. */
const LINKED =
  /www\.\S|:\/\/|\b(?:mailto|xmpp):\S|\S@\S|@\w|#\d|\bGH-\d|(?<![\da-f])(?![\da-f]{24}(?![\da-f]))[\da-f]{7,40}(?![\da-f])/i;

it.each(LINKS)('the summary makes no link out of %s', (text) => {
  expect(text).toMatch(LINKED);
  const key = { id: '0123456789abcdef01234567', publicKey: 'abcdefgh' };
  const facts = { key, desc: text, orgId: key.id, groupIds: [key.id] as const, roles: [text] };
  const common = { changed: false, previous: [], retired: [], family: [], problem: `Not ${text}.` };
  const left = [{ apiUserId: key.id, publicKey: key.publicKey, why: text }];
  const plan = [{ action: 'create' as const, what: `"${text}", (${text})` }];
  const summaries = [
    renderSummary({ ...common, result: 'created', facts, plan: [] }, { left, serverUrl: '' }),
    renderSummary({ ...common, result: 'planned', plan }, { left, serverUrl: '' }),
  ];
  for (const summary of summaries) {
    expect(summary).not.toContain(text);
    expect(textRunsIn(summary).filter((run) => LINKED.test(run))).toEqual([]);
    expect(textRunsIn(summary).join('')).toContain(text);
  }
});
