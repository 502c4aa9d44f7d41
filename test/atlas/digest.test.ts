import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseChallenge, digestAuthorization, parseChallenges } from '../../src/atlas/digest.ts';
import { ChallengeError } from '../../src/atlas/errors.ts';

const UNREADABLE = 'The WWW-Authenticate header cannot be read.';

describe('a WWW-Authenticate header', () => {
  const read = (header: string) =>
    parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);
  const OF_ATLAS =
    'Digest realm="MMS Public API", domain="", nonce="SlgYP7Tv3FS/BuCj/x4WQRIV1bNKdpJg", algorithm=MD5, qop="auth", stale=false';
  const NONCE = 'SlgYP7Tv3FS/BuCj/x4WQRIV1bNKdpJg';
  const rest = { algorithm: 'MD5', qop: 'auth', stale: 'false' };
  const basic = ['basic', { realm: 'simple' }];
  const negotiate = ['negotiate', {}];
  it.each<[string, string, unknown[]]>([
    [
      'as Atlas sends it',
      OF_ATLAS,
      [['digest', { realm: 'MMS Public API', domain: '', nonce: NONCE, ...rest }]],
    ],
    [
      'with several challenges, as in RFC 9110 §11.6.1',
      'Basic realm="simple", Newauth realm="apps", type=1, title="Login to \\"apps\\""',
      [basic, ['newauth', { realm: 'apps', type: '1', title: 'Login to "apps"' }]],
    ],
    [
      'with a token68 before',
      'Negotiate YWJj==, DIGEST Realm=a,NONCE = b',
      [negotiate, ['digest', { realm: 'a', nonce: 'b' }]],
    ],
    ['with a token68 alone', 'Negotiate YWJj==', [negotiate]],
    ['with blanks before a token68', 'Negotiate \t YWJj=', [negotiate]],
    ['with schemes alone and empty items', ' , Negotiate,, NTLM , ', [negotiate, ['ntlm', {}]]],
    ['with commas and quotes', 'Digest realm="a, b=\\"c\\" \\\\"', [['digest', { realm: 'a, b="c" \\' }]]],
    ['that is empty', '', []],
  ])('%s', (_what, header, expected) => {
    expect(read(header)).toEqual(expected);
  });

  const TWICE = 'The WWW-Authenticate header cannot be read: a parameter is given twice.';
  it.each([
    ['Digest realm="a", realm="b"', TWICE],
    ['Digest nonce="a", Nonce="b"', TWICE],
    ['Digest realm="a', UNREADABLE],
    ['Digest nonce="b", realm=, qop="auth"', UNREADABLE],
    ['Digest realm="a\r\nSet-Cookie: b"', UNREADABLE],
    ['Digest realm="a" nonce="b"', UNREADABLE],
    ['Digest realm="a"x, nonce="b"', UNREADABLE],
    ['Digest realm="a", ="b"', UNREADABLE],
    ['"a"', UNREADABLE],
    ['realm="a"', UNREADABLE],
    ['realm="a", Digest realm="b"', UNREADABLE],
    ['Digest"a"', UNREADABLE],
  ])('that cannot be read is refused: %j', (header, message) => {
    expect(() => parseChallenges(header)).toThrow(new ChallengeError(message));
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
        expect(error).toBeInstanceOf(ChallengeError);
      }
    };
    const words = ['Digest', ' ', ',', '=', '"', '\\', 'realm', 'a', '\t', '\n', 'é', '=="', 'x68=='];
    const sentences = fc.array(fc.constantFrom(...words)).map((list) => list.join(''));
    fc.assert(fc.property(fc.oneof(fc.string(), sentences), attempt));
    const started = process.cpuUsage();
    for (const piece of ['Digest realm="\\', 'a ', 'a', 'a=', '"', 'x68==', 'a x', ' \t,', ' '])
      attempt(`${piece.repeat(100_000)}"`);
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(2_000);
  });
});

describe('the digest response', () => {
  // https://www.rfc-editor.org/rfc/rfc7616#section-3.9.1
  const offer = (algorithm: string) =>
    `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`;
  const sign = (
    header: string,
    { publicKey = 'Mufasa', privateKey = 'Circle of Life', count = 1, cnonce = 'c' } = {},
  ) => {
    const key = { publicKey, privateKey };
    const call = { method: 'GET', path: '/dir/index.html' };
    return digestAuthorization({ ...chooseChallenge(header), uses: count }, key, call, cnonce);
  };
  const cnonce = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ';

  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('of RFC 7616 §3.9.1 with %s', (algorithm, response) => {
    expect(sign(offer(algorithm), { cnonce })).toBe(
      'Digest username="Mufasa", realm="http-auth@example.org", ' +
        'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", uri="/dir/index.html", ' +
        `response="${response}", algorithm=${algorithm}, qop=auth, nc=00000001, ` +
        'cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
    );
  });

  it('of RFC 2617 §3.5', () => {
    const header = sign(
      'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
      { privateKey: 'Circle Of Life', cnonce: '0a4f113b' },
    );
    expect(header).toContain('response="6629fae49393a05397450978507c4ef1"');
  });

  it('names neither algorithm nor opaque where the server named none', () => {
    const names = sign('Digest realm="r", nonce="n", qop="auth", userhash=true, charset=UTF-8')
      .split(', ')
      .map((part) => part.split('=')[0]);
    expect(names.join()).toBe('Digest username,realm,nonce,uri,response,qop,nc,cnonce');
  });

  it('is made of UTF-8, counts in eight hexadecimal digits, and quotes what must be quoted', () => {
    const umlaut = sign(offer('MD5'), { publicKey: 'Jäsøn', cnonce });
    expect(umlaut).toContain('response="bdf25cd1d6c515b8274ab604fd33a39a"');
    expect(sign(offer('MD5'), { count: 26 })).toContain('nc=0000001a');
    const quoted = sign('Digest realm="a \\"b\\" \\\\", nonce="n", qop=auth', { publicKey: 'x"y\\' });
    expect(quoted).toContain('username="x\\"y\\\\", realm="a \\"b\\" \\\\"');
  });
});

describe('of several challenges', () => {
  const md5 = 'Digest realm="r", nonce="md5", qop="auth-int, Auth", algorithm=MD5';
  const sha = 'Digest realm="r", nonce="sha", qop="auth", algorithm=sha-256';
  it.each([
    [`${md5}, ${sha}`, 'sha'],
    [`${sha}, ${md5}`, 'sha'],
    [`Basic realm="r", ${md5}`, 'md5'],
  ])('the strongest is chosen: %s', (header, nonce) => {
    expect(chooseChallenge(header).nonce).toBe(nonce);
  });

  it.each([
    ['true', true],
    ['"TRUE"', true],
    ['false', false],
    ['maybe', false],
  ])('stale=%s is %s', (text, stale) => {
    expect(chooseChallenge(`${md5}, stale=${text}`).stale).toBe(stale);
  });

  const UUID = '754c8808-0ba8-4153-8eea-85daa09d408a';
  const AUTH = 'Only digest with MD5 and qop=auth is offered to sign in';
  it.each([
    [
      'Digest realm="r", nonce="n", qop="auth", algorithm=MD5-sess',
      'Only digest with MD5-sess and qop=auth is offered to sign in',
    ],
    [
      'Digest realm="r", nonce="n", qop="auth-int"',
      'Only digest with MD5 and qop=auth-int is offered to sign in',
    ],
    ['Digest realm="r", nonce="n"', 'Only digest with MD5 and qop=(none) is offered to sign in'],
    ['Digest realm="r", qop="auth"', AUTH],
    ['Digest realm="r", nonce="", qop="auth"', AUTH],
    ['Digest nonce="n", qop="auth"', AUTH],
    ['Basic realm="r"', 'Only basic is offered to sign in'],
    ['Other realm="r", nonce="n", qop="auth"', 'Only something else is offered to sign in'],
    [
      'A a=1, Basic realm="r", B b=1, Bearer, Negotiate, NTLM',
      'Only something else; basic; bearer; negotiate; ntlm is offered to sign in',
    ],
    [
      `Digest realm="r", nonce="n", qop="auth", algorithm="${UUID}"`,
      'Only digest with another algorithm or qop is offered to sign in',
    ],
    [
      `Digest realm="r", nonce="n", qop="${UUID}"`,
      'Only digest with another algorithm or qop is offered to sign in',
    ],
    ['', 'No way to sign in is offered'],
  ])('%j is not enough, and what it offers is named', (header, what) => {
    const message = `${what}. This action understands Digest with MD5 or SHA-256 and qop=auth.`;
    expect(() => chooseChallenge(header)).toThrow(new ChallengeError(message));
  });
});
