import { Faults, type Reader } from './reader.ts';

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
