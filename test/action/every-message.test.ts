/**
 * No error, warning or notice that nobody has read: whatever src/ can say to a user stands word for word in a test that
 * expects it. Most stand in situations.ts, with what brings them.
 */
import { glob, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { covers, HOLE, isCallOf, isDenial, textsIn } from './written-texts.ts';

const root = join(import.meta.dirname, '..', '..');

/** The summary, which is expected as a whole, and the form of the notes in descriptions, which is no sentence. */
const NO_MESSAGES = ['src/summary.ts', 'src/accounts/account.ts', 'src/bundle/'];

/** Only ever the cause of an error, or what cannot happen: the debug log alone has them. */
const UNHEARD = [
  "read the organisation's settings",
  'given up while it was queued',
  'no connection to the proxy',
  'no time left after …',
  'Key … may not be deleted.',
  'revoke the token',
  'to be sent a second time',
];

it('every message of src/ is expected by a test', async () => {
  const said = await collect('src/**/*.ts', (node) => isCallOf(node, 'info', 'debug'));
  const texts = await collect('test/**/{*.test,situations}.ts', isDenial);
  const expected = [...new Set(texts.map(([text]) => text))];
  const messages = said.filter(
    ([text, file]) => wordsIn(text) >= 3 && !NO_MESSAGES.some((place) => file.startsWith(place)),
  );
  expect(messages.length).toBeGreaterThan(200);
  const unread = new Map(
    messages
      .filter(([text]) => !expected.some((other) => covers(other, text)))
      .map(([text, file]) => [text.replaceAll(HOLE, '…'), file]),
  );
  expect([...unread].filter(([text]) => !UNHEARD.includes(text))).toEqual([]);
  const heard = UNHEARD.filter((text) => !unread.has(text));
  expect(heard, 'are expected by now, or gone').toEqual([]);
});

/** The texts in files, each with its file. */
async function collect(files: string, leaveOut: Parameters<typeof textsIn>[1]) {
  const found: (readonly [string, string])[] = [];
  for await (const file of glob(files, { cwd: root })) {
    if (file.endsWith('.d.ts') || file.endsWith(basename(import.meta.filename))) continue;
    const texts = textsIn(await readFile(join(root, file), 'utf8'), leaveOut);
    found.push(...texts.map((text) => [text, file.replaceAll('\\', '/')] as const));
  }
  return found;
}

/** Fewer words than three are a name, a format or an end of something. */
function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => /^[\p{L}'’]+[,.;:]?$/u.test(word)).length;
}
