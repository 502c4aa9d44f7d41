import { DESC_LIMIT, looksLikeMark } from '../keys/mark.ts';
import { type Environment, readInput } from './environment.ts';
import type { Findings } from './findings.ts';

// Control characters, line and paragraph separators, halves of surrogate pairs, and the marks that turn the
// direction of text: none survives the way through Atlas, a log and a table unharmed.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;

/** The key's description, or `undefined` when none is given. */
export function readDescription(environment: Environment, findings: Findings): string | undefined {
  const text = readInput(environment, 'desc');
  if (text === '') return undefined;
  if (findings.holdsSecret(text)) {
    findings.problem(
      '`desc` holds one of the secrets given to this step: Atlas shows descriptions to everybody in the organisation; choose another text.',
    );
  }
  if (text.length > DESC_LIMIT) findings.problem(tooLong(text));
  if (UNPRINTABLE.test(text)) {
    findings.problem(
      `\`desc\` is ${findings.quote(text)} and holds a line break or another control character: write it as one line of plain text.`,
    );
  }
  if (looksLikeMark(text)) {
    findings.problem(
      `\`desc\` is ${findings.quote(text)} and holds \`[atlas-key/\`, which this action writes behind the descriptions of keys it has not finished with: choose another text.`,
    );
  }
  return text;
}

/** Atlas counts characters; the limit is kept in UTF-16 units too, so that no way of counting exceeds it. */
function tooLong(text: string): string {
  const characters = [...text].length;
  const counted =
    characters === text.length
      ? `${characters} characters`
      : `${text.length} characters (those outside the basic plane, such as emoji, count as two)`;
  return `\`desc\` has ${counted}, but Atlas takes at most ${DESC_LIMIT}: shorten it.`;
}
