import { DESC_LIMIT, looksLikeMark } from '../keys/mark.ts';
import { Faults, type Reader } from './reader.ts';

// Control characters, line and paragraph separators, halves of surrogate pairs, and the marks that turn the
// direction of text: none survives the way through Atlas, a log and a table unharmed.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;

/** The key's description; empty when none is given and the mode can do without. */
export const description: Reader<string> = (text, { quote, holdsSecret, mode }) => {
  const faults: string[] = [];
  if (text === '' && (mode === 'ephemeral' || mode === 'rotate')) {
    faults.push(`is missing: mode \`${mode}\` finds and names its keys by it; give 1 to 250 characters.`);
  }
  if (holdsSecret(text)) {
    faults.push(
      'holds one of the secrets given to this step: Atlas shows descriptions to everybody in the organisation; choose another text.',
    );
  }
  if (text.length > DESC_LIMIT) {
    faults.push(`has ${lengthOf(text)}, but Atlas takes at most ${DESC_LIMIT}: shorten it.`);
  }
  if (UNPRINTABLE.test(text)) {
    faults.push(
      `is ${quote(text)} and holds a line break or another control character: write it as one line of plain text.`,
    );
  }
  if (looksLikeMark(text)) {
    faults.push(
      `is ${quote(text)} and holds \`[atlas-key/\`, which this action writes behind the descriptions of keys it has not finished with: choose another text.`,
    );
  }
  return faults.length > 0 ? new Faults(...faults) : text;
};

/** Atlas takes names of service accounts of 1 to 64 characters. */
const NAME_LIMIT = 64;

/** The name of the service account; every mode finds it by that. */
export const accountName: Reader<string> = (text, { quote, holdsSecret }) => {
  if (text === '') {
    return new Faults('is missing: it is the name of the service account; give 1 to 64 characters.');
  }
  const faults: string[] = [];
  if (holdsSecret(text)) {
    faults.push(
      'holds one of the secrets given to this step: Atlas shows names to everybody in the organisation; choose another text.',
    );
  }
  if (text.length > NAME_LIMIT) {
    faults.push(
      `has ${lengthOf(text)}, but Atlas takes at most ${NAME_LIMIT} in the name of a service account: shorten it.`,
    );
  }
  if (!/^[\p{L}\p{N}\-_.,' ]*$/u.test(text)) {
    faults.push(
      `is ${quote(text)}, but the name of a service account holds letters, digits, blanks and \`-_.,'\` alone: write it with these.`,
    );
  }
  return faults.length > 0 ? new Faults(...faults) : text;
};

/** Atlas counts characters; the limit is kept in UTF-16 units too, so that no way of counting exceeds it. */
function lengthOf(text: string): string {
  return [...text].length === text.length
    ? `${text.length} characters`
    : `${text.length} characters (those outside the basic plane, such as emoji, count as two)`;
}
