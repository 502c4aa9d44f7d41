import { codeOf, isCertificateCode } from '../certificate-fault.ts';

/** Whether the connection failed on the other side's certificate: trying again does not change it. */
export function isCertificateFault(cause: unknown): boolean {
  return isCertificateCode(codeOf(cause));
}

/** A fault in a few words: its code where it has one, else its message. */
export function nameOfFault(cause: unknown): string {
  const code = codeOf(cause);
  const message = cause instanceof Error ? clean(cause.message) : '';
  if (code === '' || message.includes(code)) return message || code || 'unknown fault';
  return message === '' ? code : `${code}, ${message}`;
}

/**
 * Text from outside, fit for one line of a log: without control characters, without what looks like a
 * token or a sealed box, and not long.
 */
export function clean(text: string): string {
  const line = text
    .slice(0, 4000)
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\w+/=-]{36,}/g, '***')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length <= 200 ? line : `${line.slice(0, 199)}…`;
}
