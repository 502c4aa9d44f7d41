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
    ['with credentials', { HTTPS_PROXY: 'http://u:p%40ss@proxy' }, 'http://u:p%40ss@proxy/'],
    ['not for no_proxy', { HTTPS_PROXY: proxy, no_proxy: 'cloud.mongodb.com' }, undefined],
    ['an empty no_proxy hides none', { HTTPS_PROXY: proxy, no_proxy: '', NO_PROXY: '*' }, undefined],
  ])('%s', (_what, environment, expected) => {
    expect(proxyFor(origin, environment)).toBe(expected);
  });

  it.each([
    [origin, 'localhost,cloud.mongodb.com', false],
    [origin, '.mongodb.com', false],
    [origin, 'MongoDB.com', false],
    [origin, '*.mongodb.com', false],
    [origin, '*', false],
    [origin, 'cloud.mongodb.com:443', false],
    [origin, 'x:cloud.mongodb.com:443', true],
    [origin, 'cloud.mongodb.com:https', true],
    [origin, 'cloud.mongodb.com:8443', true],
    [origin, 'db.com, ongodb.com', true],
    ['https://cloud.mongodb.com.', 'cloud.mongodb.com', true],
    ['http://127.0.0.1:8080', '', false],
    ['https://[::1]:8443', '[::1]', false],
    ['https://[::1]:8443', '::1', false],
    ['https://[::1]:8443', '[::1]:8443', false],
    ['https://[::1]:8443', '[::1]:1', true],
  ])('of %s, with the exceptions %j: %s', (from, exceptions, through) => {
    const expected = through ? `${proxy}/` : undefined;
    expect(proxyFor(from, { HTTPS_PROXY: proxy, NO_PROXY: exceptions })).toBe(expected);
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
