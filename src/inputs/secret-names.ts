import { SECRET_KINDS, type SecretKind } from '../request.ts';
import { choice, Faults, listOf, type Reader } from './reader.ts';

export const githubToken: Reader<string> = (text) =>
  /^[\x21-\x7e]*$/.test(text)
    ? text
    : new Faults(
        'holds a blank, a line break or another character that cannot be part of it: store it again.',
      );

/** The name of a secret. Never repeated: people write `${{ secrets.NAME }}` here, and then this is the secret. */
export const secretName: Reader<string> = (text) => {
  if (text !== '' && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(text)) {
    return new Faults(
      `is not the name of a secret: give the bare name (letters, digits and \`_\`, no digit first), not \`\${{ secrets.… }}\`.`,
    );
  }
  return /^GITHUB_/i.test(text)
    ? new Faults('begins with `GITHUB_`, which GitHub keeps for itself: choose another name.')
    : text;
};

/** The name of a deployment environment. */
export const environmentName: Reader<string> = (text) =>
  /\p{C}/u.test(text) || text.length > 255
    ? new Faults('is not the name of an environment: it has at most 255 characters in one line.')
    : text;

/** What one step writes to at the most. */
const MOST_REPOSITORIES = 100;

/** Repositories, each once. */
export const secretRepositories: Reader<readonly string[]> = (text, context) => {
  const read = readRepositories(text, context);
  if (read instanceof Faults) return read;
  // GitHub's names compare without case.
  const repositories = [...new Map(read.map((name) => [name.toLowerCase(), name])).values()];
  return repositories.length <= MOST_REPOSITORIES
    ? repositories
    : new Faults(
        `names ${repositories.length} repositories, and ${MOST_REPOSITORIES} are the most: for more, store an organisation's secret, and choose on GitHub who else sees it.`,
      );
};

const readRepositories = listOf<string>((text, { quote }) =>
  // `..` would lead to another address.
  /^[A-Za-z0-9_-]{1,39}\/(?!\.{1,2}$)[A-Za-z0-9_.-]{1,100}$/.test(text)
    ? text
    : new Faults(`is ${quote(text)}, which is no repository: write its owner and its name, \`owner/name\`.`),
);

/** The name of an organisation; empty when none is given. */
export const organizationName: Reader<string> = (text, { quote }) =>
  text === '' || /^[A-Za-z0-9][A-Za-z0-9-]{0,38}$/.test(text)
    ? text
    : new Faults(
        `is ${quote(text)}, which is not the name of an organisation: write it as its address on GitHub has it.`,
      );

/** Whose secrets are written, each kind once. */
export const secretKinds: Reader<readonly SecretKind[]> = (text, context) => {
  const kinds = listOf<SecretKind>(choice(SECRET_KINDS))(text, context);
  // Nothing but commas.
  return kinds instanceof Faults || kinds.length > 0 ? kinds : new Faults('is empty: write `actions`.');
};
