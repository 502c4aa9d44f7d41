import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Challenge, parseChallenges } from '../../src/atlas/challenge.ts';
import { AtlasError } from '../../src/atlas/errors.ts';

const plain = (challenges: readonly Challenge[]) =>
  challenges.map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);

describe('a WWW-Authenticate header', () => {
  it.each([
    [
      'as Atlas sends it',
      'Digest realm="MMS Public API", domain="", nonce="SlgYP7Tv3FS/BuCj/x4WQRIV1bNKdpJg", algorithm=MD5, qop="auth", stale=false',
      [
        [
          'digest',
          {
            realm: 'MMS Public API',
            domain: '',
            nonce: 'SlgYP7Tv3FS/BuCj/x4WQRIV1bNKdpJg',
            algorithm: 'MD5',
            qop: 'auth',
            stale: 'false',
          },
        ],
      ],
    ],
    [
      'with several challenges, as in RFC 9110 §11.6.1',
      'Basic realm="simple", Newauth realm="apps", type=1, title="Login to \\"apps\\""',
      [
        ['basic', { realm: 'simple' }],
        ['newauth', { realm: 'apps', type: '1', title: 'Login to "apps"' }],
      ],
    ],
    [
      'with a token68 before',
      'Negotiate YWJj==, DIGEST Realm=a,NONCE = b',
      [
        ['negotiate', {}],
        ['digest', { realm: 'a', nonce: 'b' }],
      ],
    ],
    ['with a token68 alone', 'Negotiate YWJj==', [['negotiate', {}]]],
    ['with blanks before a token68', 'Negotiate \t YWJj=', [['negotiate', {}]]],
    [
      'with schemes alone and empty list items',
      ' , Negotiate,, NTLM , ',
      [
        ['negotiate', {}],
        ['ntlm', {}],
      ],
    ],
    [
      'with commas and quotes in a value',
      'Digest realm="a, b=\\"c\\" \\\\"',
      [['digest', { realm: 'a, b="c" \\' }]],
    ],
    ['that is empty', '', []],
  ])('%s', (_what, header, expected) => {
    expect(plain(parseChallenges(header))).toEqual(expected);
  });

  it.each([
    ['a parameter given twice', 'Digest realm="a", realm="b"'],
    ['a parameter given twice in another case', 'Digest nonce="a", Nonce="b"'],
    ['an open quote', 'Digest realm="a'],
    ['a missing comma', 'Digest realm="a" nonce="b"'],
    ['something behind a value', 'Digest realm="a"x, nonce="b"'],
    ['a value without a name', 'Digest realm="a", ="b"'],
    ['a missing value', 'Digest nonce="b", realm=, qop="auth"'],
    ['a parameter without a scheme', 'realm="a"'],
    ['a line break', 'Digest realm="a\r\nSet-Cookie: b"'],
    ['no names at all', '"a"'],
    ['a scheme that runs into something else', 'Digest"a"'],
  ])('with %s is refused with a typed error', (_what, header) => {
    expect(() => parseChallenges(header)).toThrow(AtlasError);
    expect(() => parseChallenges(header)).toThrow(expect.objectContaining({ kind: 'unintelligible' }));
  });

  it('with a scheme that runs into something else says that', () => {
    expect(() => parseChallenges('Digest"a"')).toThrow(/scheme is followed by neither a blank nor a comma/);
  });

  it('is read back as it was written', () => {
    const token = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}$/);
    const value = fc.stringMatching(/^[\t\x20-\x7e]{0,20}$/);
    const challenge = fc.record({
      scheme: token,
      parameters: fc.uniqueArray(fc.tuple(token, value), {
        selector: ([name]) => name.toLowerCase(),
        maxLength: 6,
      }),
    });
    const written = (challenges: { scheme: string; parameters: [string, string][] }[]) =>
      challenges
        .map(({ scheme, parameters }) => {
          const list = parameters
            .map(([name, text]) => `${name}="${text.replace(/["\\]/g, '\\$&')}"`)
            .join(', ');
          return `${scheme} ${list}`.trim();
        })
        .join(', ');
    fc.assert(
      fc.property(fc.array(challenge, { maxLength: 4 }), (challenges) => {
        const read = parseChallenges(written(challenges)).map(({ scheme, parameters }) => [
          scheme,
          [...parameters],
        ]);
        const meant = challenges.map(({ scheme, parameters }) => [
          scheme.toLowerCase(),
          parameters.map(([name, text]) => [name.toLowerCase(), text]),
        ]);
        expect(read).toEqual(meant);
      }),
    );
  });

  it('never fails with anything but the typed error', () => {
    const pieces = fc.constantFrom(
      'Digest',
      ' ',
      ',',
      '=',
      '"',
      '\\',
      'realm',
      'a',
      '\t',
      '\n',
      'é',
      '=="',
      'x68==',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(text, (header) => {
        try {
          parseChallenges(header);
        } catch (error) {
          expect(error).toBeInstanceOf(AtlasError);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('takes time in proportion to its length', () => {
    const started = performance.now();
    for (const piece of ['Digest realm="\\', 'a ', 'a=', '"', 'x68==', ' \t,']) {
      try {
        parseChallenges(piece.repeat(100_000));
      } catch (error) {
        expect(error).toBeInstanceOf(AtlasError);
      }
    }
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
