import { describe, expect, it } from 'vitest';
import { parseChallenges } from '../../src/atlas/challenge.ts';
import { chooseChallenge, digestAuthorization } from '../../src/atlas/digest.ts';
import { AtlasError } from '../../src/atlas/errors.ts';

const choose = (header: string) => chooseChallenge(parseChallenges(header));

describe('the digest response', () => {
  // https://www.rfc-editor.org/rfc/rfc7616#section-3.9.1
  const offer = (algorithm: string) =>
    `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`;
  const input = {
    username: 'Mufasa',
    password: 'Circle of Life',
    method: 'GET',
    uri: '/dir/index.html',
    count: 1,
    cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  };

  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('of RFC 7616 §3.9.1 with %s', (algorithm, response) => {
    expect(digestAuthorization(choose(offer(algorithm)), input)).toBe(
      'Digest username="Mufasa", realm="http-auth@example.org", ' +
        'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", uri="/dir/index.html", ' +
        `response="${response}", algorithm=${algorithm}, qop=auth, nc=00000001, ` +
        'cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
    );
  });

  it('of RFC 2617 §3.5', () => {
    const challenge = choose(
      'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
    );
    const header = digestAuthorization(challenge, {
      ...input,
      password: 'Circle Of Life',
      cnonce: '0a4f113b',
    });
    expect(header).toContain('response="6629fae49393a05397450978507c4ef1"');
    expect(header, 'no algorithm is sent when none was named').not.toContain('algorithm');
  });

  it('names neither algorithm nor opaque where the server named none', () => {
    const header = digestAuthorization(choose('Digest realm="r", nonce="n", qop="auth"'), input);
    expect(header.split(', ').map((part) => part.split('=')[0])).toEqual([
      'Digest username',
      'realm',
      'nonce',
      'uri',
      'response',
      'qop',
      'nc',
      'cnonce',
    ]);
  });

  it('of names that are not English is made of their UTF-8', () => {
    const header = digestAuthorization(choose(offer('MD5')), { ...input, username: 'Jäsøn' });
    expect(header).toContain('response="bdf25cd1d6c515b8274ab604fd33a39a"');
  });

  it('counts in eight hexadecimal digits', () => {
    expect(digestAuthorization(choose(offer('MD5')), { ...input, count: 26 })).toContain('nc=0000001a');
  });

  it('quotes what must be quoted', () => {
    const challenge = choose('Digest realm="a \\"b\\" \\\\", nonce="n", qop=auth');
    expect(digestAuthorization(challenge, { ...input, username: 'x"y\\' })).toContain(
      'username="x\\"y\\\\", realm="a \\"b\\" \\\\"',
    );
  });
});

describe('of several challenges', () => {
  it('the strongest is chosen, whatever their order', () => {
    const md5 = 'Digest realm="r", nonce="1", qop="auth", algorithm=MD5';
    const sha = 'Digest realm="r", nonce="2", qop="auth", algorithm=sha-256';
    expect(choose(`${md5}, ${sha}`).nonce).toBe('2');
    expect(choose(`${sha}, ${md5}`).nonce).toBe('2');
    expect(choose(`Basic realm="r", ${md5}`).nonce).toBe('1');
  });

  it.each([
    ['true', true],
    ['"TRUE"', true],
    ['false', false],
    ['maybe', false],
  ])('stale=%s is %s', (text, stale) => {
    expect(choose(`Digest realm="r", nonce="n", qop="auth", stale=${text}`).stale).toBe(stale);
  });

  it.each([
    [
      'MD5-sess',
      'Digest realm="r", nonce="n", qop="auth", algorithm=MD5-sess',
      /digest with MD5-sess and qop=auth/,
    ],
    ['auth-int only', 'Digest realm="r", nonce="n", qop="auth-int"', /digest with MD5 and qop=auth-int/],
    ['no qop', 'Digest realm="r", nonce="n"', /qop=\(none\)/],
    ['no nonce', 'Digest realm="r", qop="auth"', /Understood are/],
    ['an empty nonce', 'Digest realm="r", nonce="", qop="auth"', /Understood are/],
    ['no realm', 'Digest nonce="n", qop="auth"', /Understood are/],
    ['Basic alone', 'Basic realm="r"', /Only basic is offered/],
    ['what is not Digest', 'Other realm="r", nonce="n", qop="auth"', /Only something else is offered/],
    [
      'several offers',
      'A a=1, Basic realm="r", B b=1, Bearer, Negotiate, NTLM',
      /Only something else; basic; bearer; negotiate; ntlm is offered/,
    ],
    [
      'an algorithm that is none',
      'Digest realm="r", nonce="n", qop="auth", algorithm="754c8808-0ba8-4153-8eea-85daa09d408a"',
      /Only digest with another algorithm and qop=auth is offered/,
    ],
    [
      'a qop that is none',
      'Digest realm="r", nonce="n", qop="754c8808-0ba8-4153-8eea-85daa09d408a"',
      /Only digest with MD5 and qop=\(another\) is offered/,
    ],
    ['nothing', '', /No way to sign in is offered/],
    [
      'a hostile name',
      'Digest realm="r", nonce="n", qop="auth", algorithm="::error::x"',
      /digest with another algorithm/,
    ],
  ])('%s is refused, and named', (_what, header, message) => {
    expect(() => choose(header)).toThrow(message);
    expect(() => choose(header)).toThrow(AtlasError);
    expect(() => choose(header)).toThrow(expect.objectContaining({ kind: 'unintelligible' }));
  });

  it('qop may offer several, in any case', () => {
    expect(choose('Digest realm="r", nonce="n", qop="auth-int, Auth"').nonce).toBe('n');
  });

  it('userhash is an offer that is left', () => {
    const challenge = choose('Digest realm="r", nonce="n", qop="auth", userhash=true, charset=UTF-8');
    expect(
      digestAuthorization(challenge, {
        username: 'u',
        password: 'p',
        method: 'GET',
        uri: '/',
        count: 1,
        cnonce: 'c',
      }),
    ).toContain('username="u"');
  });
});
