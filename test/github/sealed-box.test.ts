import fc from 'fast-check';
import sodium from 'libsodium-wrappers';
import { expect, it } from 'vitest';
import { seal } from '../../src/github/places.ts';

await sodium.ready;
const { publicKey, privateKey } = sodium.crypto_box_keypair();

it('a sealed box is opened by libsodium, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      const box = Uint8Array.from(Buffer.from(seal(text, publicKey), 'base64'));
      const opened = sodium.crypto_box_seal_open(box, publicKey, privateKey);
      expect(Buffer.from(opened).toString()).toBe(text);
    }),
    { numRuns: 40 },
  );
});

it('a sealed box is never the same twice', () => {
  const boxes = Array.from({ length: 20 }, () => seal('same', publicKey));
  expect(new Set(boxes).size).toBe(20);
});
