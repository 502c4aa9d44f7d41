import { describe, expect, it } from 'vitest';
import { familyOf } from '../../src/keys/family.ts';
import { memberOfSecret } from '../../src/keys/known-secret.ts';
import { DESC, descriptionOf, idAt, keyAt } from './described-keys.ts';

const SECRET = '754c8808-0ba8-4153-8eea-85daa09d408a';
const family = familyOf(DESC, [
  keyAt(3, DESC, { publicKey: 'aaaaaaaa', privateKeyTail: '' }),
  keyAt(2, descriptionOf('previous'), { publicKey: 'bbbbbbbb', privateKeyTail: '01bdd56c8977' }),
  keyAt(1, descriptionOf('undecided'), { publicKey: 'cccccccc', privateKeyTail: '85daa09d408a' }),
]);

describe('the member of a family that a stored secret belongs to', () => {
  it.each([
    ['none without a secret', {}, undefined],
    ['none for a public key alone', { knownPublicKey: 'bbbbbbbb' }, undefined],
    ['by the end of the private key', { knownPrivateKey: SECRET }, 1],
    ['none that ends otherwise', { knownPrivateKey: SECRET.replace('408a', '408b') }, undefined],
    ['by the public key, whatever the end', { knownPrivateKey: SECRET, knownPublicKey: 'bbbbbbbb' }, 2],
    ['none with another public key', { knownPrivateKey: SECRET, knownPublicKey: 'dddddddd' }, undefined],
  ] as const)('is %s', (_what, known, seconds) => {
    expect(memberOfSecret(family, known)?.id).toBe(seconds && idAt(seconds));
  });
});
