import { readFileSync } from 'node:fs';

/** Whom a server on this machine shows itself as; the simulator's authority vouches for all of them. */
export type Identity = 'loopback' | 'wrong-name';

/** The certificate and its key, as Node's servers take them. */
export function identityOf(name: Identity): { readonly cert: string; readonly key: string } {
  const file = (end: string) => readFileSync(new URL(`certificates/${name}${end}`, import.meta.url), 'utf8');
  return { cert: file('.pem'), key: file('.key.pem') };
}
