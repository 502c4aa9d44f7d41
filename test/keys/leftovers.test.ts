import { describe, expect, it } from 'vitest';
import { createdAt } from '../../src/keys/key.ts';
import { isLeftover, type Leftovers } from '../../src/keys/sweep.ts';
import { DESC, idAt, type KeySketch, keyOf } from './builders.ts';

const HOUR = 3_600_000;
const MADE = createdAt(idAt(0));
const sweep: Leftovers = {
  desc: undefined,
  repository: 'acme/shop',
  ttl: 24 * HOUR,
  serviceNow: MADE + 25 * HOUR,
  callerPublicKey: 'caller',
};
const due: KeySketch = { at: 0, state: 'ephemeral', until: MADE + 24 * HOUR };

describe('what a sweep takes', () => {
  it.each<[string, KeySketch, Partial<Leftovers>, boolean]>([
    ['an ephemeral key past its time and ttl', due, {}, true],
    ['an ephemeral key not yet due', due, { serviceNow: MADE + 23 * HOUR }, false],
    ['an ephemeral key at the very moment', due, { serviceNow: MADE + 24 * HOUR }, false],
    ['an ephemeral key past its time but younger than ttl', due, { ttl: 48 * HOUR }, false],
    ['an ephemeral key older than ttl but within its time', { ...due, until: MADE + 30 * HOUR }, {}, false],
    ['a pending key past its time, whatever the ttl', { ...due, state: 'pending' }, { ttl: 99 * HOUR }, true],
    ['a pending key in the making', { ...due, state: 'pending', until: MADE + 26 * HOUR }, {}, false],
    ['a key whose deletion was begun', { at: 0, state: 'retired' }, {}, true],
    ['an undecided key', { at: 0, state: 'undecided' }, {}, false],
    ['a previous key', { at: 0, state: 'previous' }, {}, false],
    ['a key without a mark', { at: 0, desc: `${DESC} [ephemeral]` }, {}, false],
    ["the caller's own key", { ...due, publicKey: 'caller' }, {}, false],
    ["another repository's", { ...due, repository: 'acme/other' }, {}, false],
    ["another repository's, by its own desc", { ...due, repository: 'acme/other' }, { desc: DESC }, true],
    ["this repository's of another desc", { ...due, desc: 'other' }, { desc: DESC }, false],
  ])('%s: %o %o → %s', (_, key, wish, expected) => {
    expect(isLeftover(keyOf(key), { ...sweep, ...wish })).toBe(expected);
  });
});
