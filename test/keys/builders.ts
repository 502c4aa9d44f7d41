/** Keys and families for the tests of pure functions. */
import type { ApiKey } from '../../src/atlas/types.ts';
import { familyOf, type Member } from '../../src/keys/family.ts';
import { describeMarked, type MarkState } from '../../src/keys/mark.ts';

export const DESC = 'deploy';
export const ORG_ID = 'a'.repeat(24);
export const GROUP_ID = 'b'.repeat(24);
/** 2026-11-23T12:00:00Z */
export const NOW = 1_795_435_200_000;

/** 16 hex digits that tell this number. */
export function nonce(number: number): string {
  return number.toString(16).padStart(16, '0');
}

/** An id that was made so many seconds after the epoch of these tests. */
export function idAt(seconds: number, rest = 0): string {
  return (1_700_000_000 + seconds).toString(16) + nonce(rest);
}

export interface KeySketch {
  /** Seconds after the epoch of these tests; orders the keys. */
  readonly at: number;
  readonly state?: MarkState | 'current';
  readonly nonce?: string;
  readonly until?: number;
  readonly desc?: string;
  readonly repository?: string;
  readonly publicKey?: string;
}

export function keyOf(sketch: KeySketch): ApiKey {
  const { at, state = 'current', desc = DESC, repository = 'acme/shop', until = NOW + 60_000 } = sketch;
  const origin = { repository, runId: '7', attempt: '1', nonce: sketch.nonce ?? nonce(at) };
  const description =
    state === 'current'
      ? desc
      : state === 'pending' || state === 'ephemeral'
        ? describeMarked(desc, { ...origin, state, until })
        : describeMarked(desc, { ...origin, state });
  return {
    id: idAt(at),
    publicKey: sketch.publicKey ?? `key${at}`,
    desc: description,
    roles: [
      { roleName: 'ORG_MEMBER', orgId: ORG_ID },
      { roleName: 'GROUP_READ_ONLY', groupId: GROUP_ID },
    ],
    privateKeyTail: '',
  };
}

export function family(...sketches: readonly KeySketch[]): Member[] {
  return familyOf(DESC, sketches.map(keyOf));
}

/** The seconds by which the sketches of these members are known. */
export function timesOf(members: readonly { readonly key: ApiKey }[]): number[] {
  return members.map(({ key }) => Number.parseInt(key.id.slice(0, 8), 16) - 1_700_000_000);
}
