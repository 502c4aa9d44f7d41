import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secretsIn } from '../../src/atlas/secrets.ts';

const secret = '754c8808-0ba8-4153-8eea-85daa09d408a';

describe('the secrets in an answer', () => {
  it.each([
    ['whole', `{"privateKey":"${secret}"}`],
    ['spaced', `{"privateKey" : "${secret}"}`],
    ['cut behind it', `{"id":"x","privateKey":"${secret}`],
    ['in broken JSON', `<html>{{"privateKey":"${secret}",,`],
    ['without its name', `here is ${secret}!`],
    ['in upper case', secret.toUpperCase()],
  ])('%s', (_what, text) => {
    expect(secretsIn(text, true).map((found) => found.toLowerCase())).toContain(secret);
  });

  it('are found as they are written and as they are meant', () => {
    const escaped = secret.replaceAll('-', '\\u002d');
    expect(secretsIn(`{"privateKey":"${escaped}"}`, false)).toEqual([escaped, secret]);
    expect(secretsIn('{"privateKey":"bad\\escape-12"', false)).toEqual(['bad\\escape-12']);
  });

  it('are found with blanks around the colon, also where they look like nothing', () => {
    expect(secretsIn('{"privateKey" \t:\n "not-a-uuid"}', false)).toEqual(['not-a-uuid']);
  });

  it.each([
    [7, false],
    [8, true],
    [16_384, true],
    [16_385, false],
  ])('with %i characters: %s', (length, masked) => {
    expect(secretsIn(`{"privateKey":"${'x'.repeat(length)}"}`, false)).toHaveLength(masked ? 1 : 0);
  });

  it('are never a redacted value, an empty or a short one', () => {
    expect(secretsIn('{"privateKey":"********-****-****-85daa09d408a"}', true)).toEqual([]);
    expect(secretsIn('{"privateKey":"","privateKey":"a"}', true)).toEqual([]);
  });

  it('of a list hold no UUID that is no private key', () => {
    expect(secretsIn(`{"id":"${secret}"}`, false)).toEqual([]);
  });

  it('of the token endpoint: the token', () => {
    expect(secretsIn('{"access_token":"eyJhbGciOi.x-y_z","expires_in":3600}', false)).toEqual([
      'eyJhbGciOi.x-y_z',
    ]);
  });

  it('are found wherever a create was cut behind them', () => {
    const body = JSON.stringify({
      desc: 'x',
      id: '6a793fbd2c88faeba59bd3b1',
      privateKey: secret,
      publicKey: 'flezioeg',
    });
    const end = body.indexOf(secret) + secret.length;
    fc.assert(
      fc.property(fc.integer({ min: end, max: body.length }), (length) => {
        expect(secretsIn(body.slice(0, length), true)).toContain(secret);
      }),
    );
  });
});
