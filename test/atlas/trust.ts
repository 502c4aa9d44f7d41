import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/** Lets this process trust the simulator's authority, as NODE_EXTRA_CA_CERTS would. What it returns ends that. */
export function trustTheSimulator(): () => void {
  const trusted = getCACertificates('default');
  const authority = readFileSync(new URL('../simulator/certificates/authority.pem', import.meta.url), 'utf8');
  setDefaultCACertificates([...trusted, authority]);
  return () => setDefaultCACertificates(trusted);
}
