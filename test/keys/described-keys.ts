/** Keys as plain data, for the rules that look at nothing else. */
import type { ApiKey } from '../../src/atlas/types.ts';
import type { MadeIntent } from '../../src/keys/journal.ts';
import { describeMarked, type Mark, type MarkState } from '../../src/keys/mark.ts';

export const DESC = 'deploy';
export const GROUP_ID = 'a'.repeat(24);
export const ORG_ID = 'c'.repeat(24);
export const NONCE = '5f3a9c0e1b2d4f67';
export const ORIGIN = { repository: 'acme/shop', runId: '17482910', attempt: '1', nonce: NONCE } as const;

/** Whole seconds, the time at which these tests take place. */
export const NOW = Date.UTC(2026, 10, 23, 12);

/** An id made so many seconds after `NOW`; `last` tells keys of one second apart. */
export function idAt(seconds: number, last = 0): string {
  return (NOW / 1000 + seconds).toString(16).padStart(8, '0') + last.toString(16).padStart(16, '0');
}

/** A key of the description, made so many seconds after `NOW`. */
export function keyAt(seconds: number, desc: string, rest: Partial<ApiKey> = {}): ApiKey {
  const id = idAt(seconds);
  return { id, publicKey: `key${id.slice(3, 8)}`, desc, roles: [], privateKeyTail: '', ...rest };
}

/** What the journal holds of a key that was made. */
export const MADE: MadeIntent = {
  purpose: { mode: 'ensure' },
  desc: DESC,
  groupIds: [GROUP_ID],
  nonce: NONCE,
  until: NOW,
  answerLost: false,
  apiUserId: idAt(0),
  orgId: ORG_ID,
};

/** 16 hex digits that tell this number. */
export function nonceOf(number: number): string {
  return number.toString(16).padStart(16, '0');
}

interface MarkWish {
  readonly desc?: string;
  readonly nonce?: string;
  readonly repository?: string;
  /** Of a pending or ephemeral key; `NOW` when left out. */
  readonly until?: number;
  /** Of an undecided key whose step is at work: until when. */
  readonly atWorkUntil?: number | undefined;
}

/** The description of a key in this state; for `current` the plain text. */
export function descriptionOf(
  state: 'current' | MarkState,
  { desc = DESC, until = NOW, atWorkUntil, ...rest }: MarkWish = {},
): string {
  if (state === 'current') return desc;
  const origin = { ...ORIGIN, ...rest };
  const limits = {
    pending: until,
    ephemeral: until,
    undecided: atWorkUntil,
    previous: undefined,
    retired: undefined,
  };
  const limit = limits[state];
  return describeMarked(desc, { ...origin, state, ...(limit !== undefined && { until: limit }) } as Mark);
}
