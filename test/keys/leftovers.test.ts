import { describe, expect, it } from 'vitest';
import type { ApiKey } from '../../src/atlas/types.ts';
import { isLeftover, type Leftovers } from '../../src/keys/sweep.ts';
import { DESC, descriptionOf, keyAt, NOW } from './described-keys.ts';

const asked: Leftovers = { desc: undefined, repository: 'acme/shop', ttl: 60_000, serviceNow: NOW };
const past = { until: NOW - 1_000 };
const old = -60;
const elsewhere = keyAt(old, descriptionOf('retired', { repository: 'acme/other' }));
const release = keyAt(old, descriptionOf('retired', { desc: 'release' }));
/** In seconds, as the time of a key is. */
const YEAR = 365 * 86_400;

describe('left over', () => {
  it.each<[string, boolean, ApiKey, string?]>([
    ['a key of a person', false, keyAt(old, DESC)],
    ['an ephemeral key past its time', true, keyAt(old, descriptionOf('ephemeral', past))],
    ['one at the very moment of its time', false, keyAt(old, descriptionOf('ephemeral'))],
    ['one younger than ttl', false, keyAt(old + 1, descriptionOf('ephemeral', past))],
    ['one whose time is a year after its making', true, keyAt(-YEAR - 1, descriptionOf('ephemeral', past))],
    ['one whose mark claims more than that', false, keyAt(-YEAR - 3, descriptionOf('ephemeral', past))],
    ['a pending key past its time, however young', true, keyAt(0, descriptionOf('pending', past))],
    ['a pending key at the very moment', false, keyAt(old, descriptionOf('pending'))],
    ['a retired key', true, keyAt(0, descriptionOf('retired'))],
    ['an undecided key', false, keyAt(old, descriptionOf('undecided'))],
    ['a previous key', false, keyAt(old, descriptionOf('previous'))],
    ["another repository's key", false, elsewhere],
    ["another repository's key that its own desc asks for", true, elsewhere, DESC],
    ["this repository's key of another desc than asked for", false, release, DESC],
  ])('%s: %s', (_, expected, key, desc) => {
    expect(isLeftover(key, { ...asked, desc })).toBe(expected);
  });
});
