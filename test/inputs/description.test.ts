import { expect, test } from 'vitest';
import { PRIVATE_KEY, problemsIn, read, step } from './workflow.ts';

test.each(['d', 'x'.repeat(250), 'größer & <b>"quoted"</b>', '👩‍💻 deploy', '😀'.repeat(125)])(
  'desc: %s',
  (desc) => {
    expect(read({ desc }).request).toMatchObject({ key: { by: 'desc', desc } });
  },
);

test('is trimmed, as the runner trims', () => {
  expect(read({ desc: '  deploy \n' }).request).toMatchObject({ key: { desc: 'deploy' } });
});

test.each(
  // biome-ignore format: a table, one row a line
  [
    ['x'.repeat(251), '`desc` has 251 characters (an emoji counts as two), but Atlas takes at most 250 here: shorten it.'],
    ['😀'.repeat(126), '`desc` has 252 characters (an emoji counts as two), but Atlas takes at most 250 here: shorten it.'],
    ['one\ntwo', '`desc` is "one two" and holds a line break or another control character: write it as one line of plain text.'],
    ['a\u202Eb', '`desc` is "a b" and holds a line break or another control character: write it as one line of plain text.'],
    ['a\uD800b', '`desc` is "a b" and holds a line break or another control character: write it as one line of plain text.'],
    ['x [atlas-key/1 pending acme/shop', '`desc` is "x [atlas-key/1 pending acme/shop" and holds `[atlas-key/`, which this action writes behind the descriptions of keys it has not finished with: choose another text.'],
    [`key ${PRIVATE_KEY}`, '`desc` holds one of the secrets given to this step, and Atlas shows it to everybody in the organisation: choose another text.'],
  ],
)('refuses %j', (desc, problem) => {
  expect(problemsIn(step({ desc }))).toEqual([problem]);
});
