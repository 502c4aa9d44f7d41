/** What stops a mode although Atlas answered as it should. One sentence for a person: what failed, why, what to do. */
export class KeyError extends Error {
  override readonly name = 'KeyError';
}
