import { describe, expect, it } from 'vitest';
import { proxyCredentials, proxyFor } from '../../src/wire/proxy.ts';

const origin = 'https://cloud.mongodb.com';
const proxy = 'http://proxy.example:3128';

describe('the proxy for an origin', () => {
  it.each<[string, Record<string, string | undefined>, string | undefined]>([
    ['none without a variable', {}, undefined],
    ['HTTPS_PROXY', { HTTPS_PROXY: proxy }, `${proxy}/`],
    ['https_proxy', { https_proxy: proxy }, `${proxy}/`],
    ['the lower-case one first', { https_proxy: proxy, HTTPS_PROXY: 'http://other' }, `${proxy}/`],
    ['an empty one does not hide the other', { https_proxy: ' ', HTTPS_PROXY: proxy }, `${proxy}/`],
    ['ALL_PROXY', { ALL_PROXY: proxy }, `${proxy}/`],
    ['all_proxy', { all_proxy: proxy }, `${proxy}/`],
    ['over TLS', { HTTPS_PROXY: 'https://proxy.example' }, 'https://proxy.example/'],
    ['with a path that looks like a URL', { HTTPS_PROXY: 'proxy.example:3128/a://b' }, `${proxy}/a://b`],
    ['HTTP_PROXY is for other requests', { HTTP_PROXY: proxy }, undefined],
    ['without a scheme', { HTTPS_PROXY: 'proxy.example:3128' }, `${proxy}/`],
    [
      'with credentials',
      { HTTPS_PROXY: 'http://u:p%40ss@proxy.example:3128' },
      'http://u:p%40ss@proxy.example:3128/',
    ],
    ['not for NO_PROXY', { HTTPS_PROXY: proxy, NO_PROXY: 'localhost,cloud.mongodb.com' }, undefined],
    ['not for no_proxy', { HTTPS_PROXY: proxy, no_proxy: 'cloud.mongodb.com' }, undefined],
    [
      'an empty no_proxy does not hide',
      { HTTPS_PROXY: proxy, no_proxy: '', NO_PROXY: '.mongodb.com' },
      undefined,
    ],
    ['not for a parent domain', { HTTPS_PROXY: proxy, NO_PROXY: 'MongoDB.com' }, undefined],
    ['not for a wildcard', { HTTPS_PROXY: proxy, NO_PROXY: '*.mongodb.com' }, undefined],
    ['not for all', { HTTPS_PROXY: proxy, NO_PROXY: '*' }, undefined],
    ['not for this port', { HTTPS_PROXY: proxy, NO_PROXY: 'cloud.mongodb.com:443' }, undefined],
    ['but for what is no host', { HTTPS_PROXY: proxy, NO_PROXY: 'x:cloud.mongodb.com:443' }, `${proxy}/`],
    ['but for a port that is none', { HTTPS_PROXY: proxy, NO_PROXY: 'cloud.mongodb.com:https' }, `${proxy}/`],
    ['but for another port', { HTTPS_PROXY: proxy, NO_PROXY: 'cloud.mongodb.com:8443' }, `${proxy}/`],
    [
      'but for a name that only ends alike',
      { HTTPS_PROXY: proxy, NO_PROXY: 'db.com, ongodb.com' },
      `${proxy}/`,
    ],
  ])('%s', (_what, environment, expected) => {
    expect(proxyFor(origin, environment)).toBe(expected);
  });

  it('is not kept from a host with a dot at its end', () => {
    expect(proxyFor('https://cloud.mongodb.com.', { HTTPS_PROXY: proxy })).toBe(`${proxy}/`);
  });

  it('is none for a loopback address over http, and for an excepted IPv6 one', () => {
    expect(proxyFor('http://127.0.0.1:8080', { HTTPS_PROXY: proxy })).toBeUndefined();
    expect(proxyFor('https://[::1]:8443', { HTTPS_PROXY: proxy, NO_PROXY: '[::1]' })).toBeUndefined();
    expect(proxyFor('https://[::1]:8443', { HTTPS_PROXY: proxy, NO_PROXY: '::1' })).toBeUndefined();
    expect(proxyFor('https://[::1]:8443', { HTTPS_PROXY: proxy, NO_PROXY: '[::1]:8443' })).toBeUndefined();
    expect(proxyFor('https://[::1]:8443', { HTTPS_PROXY: proxy, NO_PROXY: '[::1]:1' })).toBe(`${proxy}/`);
  });

  it.each(['socks5://user:secret@proxy', 'http://user:secret@', 'http://user:secret@:::'])(
    'that cannot be used is refused without a word of its value: %s',
    (value) => {
      expect(() => proxyFor(origin, { HTTPS_PROXY: value })).toThrow(/^HTTPS_PROXY is no http or https URL$/);
    },
  );

  it('has credentials that are decoded, where they can be', () => {
    expect(proxyCredentials('http://u:p%40ss@proxy')).toEqual({ username: 'u', password: 'p@ss' });
    expect(proxyCredentials('http://u:100%25%@proxy').password).toBe('100%%');
    expect(proxyCredentials('http://proxy')).toEqual({ username: '', password: '' });
  });
});
