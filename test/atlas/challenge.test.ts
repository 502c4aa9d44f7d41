import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseChallenges } from '../../src/atlas/digest.ts';
import { AtlasError } from '../../src/atlas/errors.ts';

const read = (header: string) =>
  parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);

describe('a WWW-Authenticate header', () => {
  const OF_ATLAS =
    'Digest realm="MMS Public API", domain="", nonce="SlgYP7Tv3FS/BuCj/x4WQRIV1bNKdpJg", algorithm=MD5, qop="auth", stale=false';
  const NONCE = 'SlgYP7Tv3FS/BuCj/x4WQRIV1bNKdpJg';
  const rest = { algorithm: 'MD5', qop: 'auth', stale: 'false' };
  const APPS = { realm: 'apps', type: '1', title: 'Login to "apps"' };
  it.each<[string, string, [string, Record<string, string>][]]>([
    [
      'as Atlas sends it',
      OF_ATLAS,
      [['digest', { realm: 'MMS Public API', domain: '', nonce: NONCE, ...rest }]],
    ],
    [
      'with several challenges, as in RFC 9110 §11.6.1',
      'Basic realm="simple", Newauth realm="apps", type=1, title="Login to \\"apps\\""',
      [
        ['basic', { realm: 'simple' }],
        ['newauth', APPS],
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
      'with schemes alone and empty items',
      ' , Negotiate,, NTLM , ',
      [
        ['negotiate', {}],
        ['ntlm', {}],
      ],
    ],
    ['with commas and quotes', 'Digest realm="a, b=\\"c\\" \\\\"', [['digest', { realm: 'a, b="c" \\' }]]],
    ['that is empty', '', []],
  ])('%s', (_what, header, expected) => {
    expect(read(header)).toEqual(expected);
  });

  it.each([
    ['Digest realm="a", realm="b"', 'a parameter is given twice'],
    ['Digest nonce="a", Nonce="b"', 'a parameter is given twice'],
    ['Digest realm="a', 'a value is missing or its quotes are not closed'],
    ['Digest nonce="b", realm=, qop="auth"', 'a value is missing or its quotes are not closed'],
    ['Digest realm="a\r\nSet-Cookie: b"', 'a value is missing or its quotes are not closed'],
    ['Digest realm="a" nonce="b"', 'a comma is missing'],
    ['Digest realm="a"x, nonce="b"', 'a comma is missing'],
    ['Digest realm="a", ="b"', 'a name is missing'],
    ['"a"', 'a name is missing'],
    ['realm="a"', 'a parameter stands before its scheme'],
    ['Digest"a"', 'a scheme is followed by neither a blank nor a comma'],
  ])('that cannot be read is refused with a typed error: %j', (header, why) => {
    const message = `The WWW-Authenticate header cannot be read: ${why}.`;
    expect(() => parseChallenges(header)).toThrow(
      expect.objectContaining({ message, kind: 'unintelligible' }),
    );
  });

  it('is read back as it was written', () => {
    const token = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}$/);
    const value = fc.stringMatching(/^[\t\x20-\x7e]{0,20}$/);
    const lower = ([name]: [string, string]) => name.toLowerCase();
    const parameters = fc.uniqueArray(fc.tuple(token, value), { selector: lower, maxLength: 6 });
    const quoted = ([name, text]: [string, string]) => `${name}="${text.replace(/["\\]/g, '\\$&')}"`;
    fc.assert(
      fc.property(fc.array(fc.tuple(token, parameters), { maxLength: 4 }), (challenges) => {
        const written = challenges.map(([scheme, all]) => `${scheme} ${all.map(quoted).join(', ')}`.trim());
        const meant = challenges.map(([scheme, all]) => [
          scheme.toLowerCase(),
          all.map(([name, text]) => [name.toLowerCase(), text]),
        ]);
        const found = parseChallenges(written.join(', '));
        expect(found.map(({ scheme, parameters }) => [scheme, [...parameters]])).toEqual(meant);
      }),
    );
  });

  it('never fails with anything but the typed error, in time that is in proportion to its length', () => {
    const attempt = (header: string) => {
      try {
        parseChallenges(header);
      } catch (error) {
        expect(error).toBeInstanceOf(AtlasError);
      }
    };
    const words = ['Digest', ' ', ',', '=', '"', '\\', 'realm', 'a', '\t', '\n', 'é', '=="', 'x68=='];
    const sentences = fc.array(fc.constantFrom(...words)).map((list) => list.join(''));
    const text = fc.oneof(fc.string({ unit: 'binary' }), sentences);
    fc.assert(fc.property(text, attempt), { numRuns: 500 });
    const started = process.cpuUsage();
    for (const piece of ['Digest realm="\\', 'a ', 'a=', '"', 'x68==', ' \t,'])
      attempt(piece.repeat(100_000));
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(2_000);
  });
});
