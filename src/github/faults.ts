import { codeOf } from '../wire/fault.ts';

/** A fault in a few words: the code of what is at the bottom of it where that has one, else its message. */
export function nameOfFault(fault: Error): string {
  let root: unknown = fault;
  while (root instanceof Error && root.cause !== undefined) root = root.cause;
  const code = codeOf(root);
  const message = root instanceof Error ? clean(root.message) : '';
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
