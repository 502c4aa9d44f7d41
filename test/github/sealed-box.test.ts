import fc from 'fast-check';
import sodium from 'libsodium-wrappers';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodePublicKey, seal } from '../../src/github/secrets.ts';

beforeAll(() => sodium.ready);

describe('a sealed box', () => {
  it('is opened by libsodium, whatever the text', () => {
    const pair = sodium.crypto_box_keypair();
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const box = Uint8Array.from(Buffer.from(seal(text, pair.publicKey), 'base64'));
        const opened = sodium.crypto_box_seal_open(box, pair.publicKey, pair.privateKey);
        expect(Buffer.from(opened).toString()).toBe(text);
      }),
      { numRuns: 40 },
    );
  });

  it('is never the same twice', () => {
    const { publicKey } = sodium.crypto_box_keypair();
    const boxes = Array.from({ length: 20 }, () => seal('same', publicKey));
    expect(new Set(boxes).size).toBe(20);
  });
});

describe('a public key', () => {
  it('is 32 bytes in base64', () => {
    const { publicKey } = sodium.crypto_box_keypair();
    expect(decodePublicKey(Buffer.from(publicKey).toString('base64'))).toEqual(publicKey);
  });

  it.each(['', 'c2hvcnQ=', Buffer.alloc(33).toString('base64')])('is not %j', (text) => {
    expect(decodePublicKey(text)).toBeUndefined();
  });
});
