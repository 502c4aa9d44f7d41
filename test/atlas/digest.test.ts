import { describe, expect, it } from 'vitest';
import { chooseChallenge, digestAuthorization, parseChallenges } from '../../src/atlas/digest.ts';

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
    const names = header.split(', ').map((part) => part.split('=')[0]);
    expect(names.join()).toBe('Digest username,realm,nonce,uri,response,qop,nc,cnonce');
  });

  it('is made of UTF-8, counts in eight hexadecimal digits, and quotes what must be quoted', () => {
    const sign = (header: string, more: object) => digestAuthorization(choose(header), { ...input, ...more });
    const umlaut = sign(offer('MD5'), { username: 'Jäsøn' });
    expect(umlaut).toContain('response="bdf25cd1d6c515b8274ab604fd33a39a"');
    expect(sign(offer('MD5'), { count: 26 })).toContain('nc=0000001a');
    const quoted = sign('Digest realm="a \\"b\\" \\\\", nonce="n", qop=auth', { username: 'x"y\\' });
    expect(quoted).toContain('username="x\\"y\\\\", realm="a \\"b\\" \\\\"');
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

  const UUID = '754c8808-0ba8-4153-8eea-85daa09d408a';
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
    ['Digest realm="r", qop="auth"', 'Only digest with MD5 and qop=auth is offered to sign in'],
    ['Digest realm="r", nonce="", qop="auth"', 'Only digest with MD5 and qop=auth is offered to sign in'],
    ['Digest nonce="n", qop="auth"', 'Only digest with MD5 and qop=auth is offered to sign in'],
    ['Basic realm="r"', 'Only basic is offered to sign in'],
    ['Other realm="r", nonce="n", qop="auth"', 'Only something else is offered to sign in'],
    [
      'A a=1, Basic realm="r", B b=1, Bearer, Negotiate, NTLM',
      'Only something else; basic; bearer; negotiate; ntlm is offered to sign in',
    ],
    [
      `Digest realm="r", nonce="n", qop="auth", algorithm="${UUID}"`,
      'Only digest with another algorithm and qop=auth is offered to sign in',
    ],
    [
      `Digest realm="r", nonce="n", qop="${UUID}"`,
      'Only digest with MD5 and qop=(another) is offered to sign in',
    ],
    ['', 'No way to sign in is offered'],
  ])('%j is not enough, and what it offers is named', (header, what) => {
    const message = `${what}. Understood are Digest with MD5 or SHA-256 and qop=auth.`;
    expect(() => choose(header)).toThrow(expect.objectContaining({ message, kind: 'unintelligible' }));
  });

  it('qop may offer several, in any case; userhash is an offer that is left', () => {
    expect(choose('Digest realm="r", nonce="n", qop="auth-int, Auth"').nonce).toBe('n');
    const challenge = choose('Digest realm="r", nonce="n", qop="auth", userhash=true, charset=UTF-8');
    const input = { username: 'u', password: 'p', method: 'GET', uri: '/', count: 1, cnonce: 'c' };
    expect(digestAuthorization(challenge, input)).toContain('username="u"');
  });
});
