import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secretsIn } from '../../src/atlas/secrets.ts';

const secret = '754c8808-0ba8-4153-8eea-85daa09d408a';
const escaped = secret.replaceAll('-', '\\u002d');

describe('the secrets in an answer', () => {
  it.each<[string, string, boolean, string[]]>([
    ['whole', `{"privateKey":"${secret}"}`, true, [secret]],
    ['in broken JSON', `<html>{{"privateKey":"${secret}",,`, true, [secret]],
    ['without its name', `here is ${secret}!`, true, [secret]],
    ['in upper case', secret.toUpperCase(), true, [secret.toUpperCase()]],
    ['as written and as meant', `{"privateKey":"${escaped}"}`, false, [escaped, secret]],
    ['that cannot be read', '{"privateKey":"bad\\escape-12"', false, ['bad\\escape-12']],
    ['like nothing, with blanks', '{"privateKey" \t:\n "not-a-uuid"}', false, ['not-a-uuid']],
    ['of the token endpoint', '{"access_token":"eyJhbGciOi.x-y_z"}', false, ['eyJhbGciOi.x-y_z']],
    ['but none redacted', '{"privateKey":"********-****-****-85daa09d408a"}', true, []],
    ['but none empty or short', '{"privateKey":"","privateKey":"a"}', true, []],
    ['but no UUID of a list', `{"id":"${secret}"}`, false, []],
  ])('%s', (_what, text, created, found) => {
    expect(secretsIn(text, created)).toEqual(found);
  });

  it.each([
    [7, false],
    [8, true],
    [16_384, true],
    [16_385, false],
  ])('with %i characters: %s', (length, masked) => {
    expect(secretsIn(`{"privateKey":"${'x'.repeat(length)}"}`, false)).toHaveLength(masked ? 1 : 0);
  });

  it('are found wherever a create was cut behind them', () => {
    const id = '6a793fbd2c88faeba59bd3b1';
    const body = JSON.stringify({ desc: 'x', id, privateKey: secret, publicKey: 'flezioeg' });
    const end = body.indexOf(secret) + secret.length;
    fc.assert(
      fc.property(fc.integer({ min: end, max: body.length }), (length) => {
        expect(secretsIn(body.slice(0, length), true)).toContain(secret);
      }),
    );
  });
});
