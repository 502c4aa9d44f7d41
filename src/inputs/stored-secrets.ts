import type { KnownKey } from '../request.ts';
import { looksLikePrivateKey, looksLikePublicKey } from './identifiers.ts';
import { Faults, type Reader } from './reader.ts';

/** The private key of a secret that an earlier run stored, and the public one where it holds both. */
export const knownKey: Reader<KnownKey> = (text) => {
  if (text.includes('*')) {
    return new Faults(
      'is redacted (it holds `*`): give the private key as the output `privateKey` had it when the key was made.',
    );
  }
  const [knownPrivateKey = '', knownPublicKey] = text.split(':', 2).reverse();
  if (text === '') return {};
  return { knownPrivateKey, ...(knownPublicKey !== undefined && { knownPublicKey }) };
};

export function oddPrivateKey(text: string): string[] {
  if (text === '' || looksLikePrivateKey(text) || looksLikeCombined(text)) return [];
  return [
    'does not have the form of a private key (a UUID in lower case) and will hardly fit: check which secret it comes from.',
  ];
}

/** Whether a text has the form that `combinedSecret` gives a key. */
export function looksLikeCombined(text: string): boolean {
  const [publicKey = '', privateKey = ''] = text.split(/:(.*)/s);
  return looksLikePublicKey(publicKey) && looksLikePrivateKey(privateKey);
}

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
