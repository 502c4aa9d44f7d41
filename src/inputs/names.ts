/** What the user calls things: keys and service accounts in Atlas, and on GitHub secrets and where they are kept. */
import { DESC_LIMIT, looksLikeMark } from '../keys/mark.ts';
import { SECRET_KINDS, type SecretKind } from '../request.ts';
import type { Context, Reader } from './findings.ts';
import { choice, listOf, textLike } from './readers.ts';

// Control characters, line and paragraph separators, halves of surrogate pairs, and the marks that turn the
// direction of text: none survives the way through Atlas, a log and a table unharmed.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;

/** The key's description; empty when none is given and the mode can do without. */
export const description: Reader<string> = (text, context) => {
  const { quote, mode, fault } = context;
  if (text === '' && (mode === 'ephemeral' || mode === 'rotate')) {
    fault(`is missing: mode \`${mode}\` finds and names its keys by it; give 1 to 250 characters.`);
  }
  checkShown(text, DESC_LIMIT, context);
  if (UNPRINTABLE.test(text)) {
    fault(
      `is ${quote(text)} and holds a line break or another control character: write it as one line of plain text.`,
    );
  }
  if (looksLikeMark(text)) {
    fault(
      `is ${quote(text)} and holds \`[atlas-key/\`, which this action writes behind the descriptions of keys it has not finished with: choose another text.`,
    );
  }
  return text;
};

/** The name of the service account, of 1 to 64 characters; every mode finds it by that. */
export const accountName: Reader<string> = (text, context) => {
  const { quote, fault } = context;
  if (text === '') {
    fault('is missing: it is the name of the service account; give 1 to 64 characters.');
  }
  checkShown(text, 64, context);
  if (!/^[\p{L}\p{N}\-_.,' ]*$/u.test(text)) {
    fault(
      `is ${quote(text)}, but the name of a service account holds letters, digits, blanks and \`-_.,'\` alone: write it with these.`,
    );
  }
  return text;
};

function checkShown(text: string, limit: number, { holdsSecret, fault }: Context): void {
  if (holdsSecret(text)) {
    fault(
      'holds one of the secrets given to this step, and Atlas shows it to everybody in the organisation: choose another text.',
    );
  }
  // Atlas counts characters; the limit is kept in UTF-16 units too, so that no way of counting exceeds it.
  if (text.length > limit) {
    fault(
      `has ${text.length} characters (an emoji counts as two), but Atlas takes at most ${limit} here: shorten it.`,
    );
  }
}

export const githubToken = textLike(
  /^[\x21-\x7e]*$/,
  () => 'holds a blank, a line break or another character that cannot be part of it: store it again.',
);

/** The name of a secret. The text is never repeated: with `${{ secrets.NAME }}` people give the secret itself. */
export const secretName = textLike(
  /^(?!GITHUB_)([A-Z_][A-Z0-9_]*)?$/i,
  () =>
    `is not the name of a secret: give the bare name (letters, digits and \`_\`; no digit and no \`GITHUB_\` first), not \`\${{ secrets.… }}\`.`,
);

/** The name of a deployment environment. */
export const environmentName = textLike(
  /^\P{C}{0,255}$/u,
  () => 'is not the name of an environment: it has at most 255 characters in one line.',
);

/** The name of an organisation; empty when none is given. */
export const organizationName = textLike(
  /^([A-Za-z0-9][A-Za-z0-9-]{0,38})?$/,
  (quoted) =>
    `is ${quoted}, which is not the name of an organisation: write it as its address on GitHub has it.`,
);

const readRepositories = listOf(
  textLike(
    // `..` would lead to another address.
    /^[A-Za-z0-9_-]{1,39}\/(?!\.{1,2}$)[A-Za-z0-9_.-]{1,100}$/,
    (quoted) => `is ${quoted}, which is no repository: write its owner and its name, \`owner/name\`.`,
  ),
);

/** Repositories, each once; a step writes to a hundred at the most. */
export const secretRepositories: Reader<readonly string[]> = (text, context) => {
  const read = readRepositories(text, context);
  // GitHub's names compare without case.
  const repositories = read && [...new Map(read.map((name) => [name.toLowerCase(), name])).values()];
  if (repositories === undefined || repositories.length <= 100) return repositories;
  return context.fault(
    `names ${repositories.length} repositories, and 100 are the most: for more, store an organisation's secret, and choose on GitHub who else sees it.`,
  );
};

/** Whose secrets are written, each kind once. */
export const secretKinds: Reader<readonly SecretKind[]> = (text, context) => {
  const kinds = listOf(choice(SECRET_KINDS))(text, context);
  // The text holds nothing but commas.
  return kinds?.length === 0 ? context.fault('is empty: write `actions`.') : kinds;
};
