import { blake2b } from '@noble/hashes/blake2.js';
import nacl from 'tweetnacl';

/** Decodes the public key of a repository or environment; undefined when it is not one. */
export function decodePublicKey(base64: string): Uint8Array | undefined {
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
  return bytes.length === nacl.box.publicKeyLength ? bytes : undefined;
}

/**
 * Seals a text for the holder of the private key, as libsodium's `crypto_box_seal` does: the public key of
 * a pair made for this box alone, then the box. Base64, the form in which GitHub takes it.
 * https://doc.libsodium.org/public-key_cryptography/sealed_boxes
 */
export function seal(text: string, recipient: Uint8Array): string {
  const once = nacl.box.keyPair();
  const nonce = blake2b(Uint8Array.from([...once.publicKey, ...recipient]), { dkLen: nacl.box.nonceLength });
  // tweetnacl takes no Buffer made from a pool, hence the plain array.
  const box = nacl.box(new TextEncoder().encode(text), nonce, recipient, once.secretKey);
  return Buffer.concat([once.publicKey, box]).toString('base64');
}
