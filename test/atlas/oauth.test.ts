import { describe, expect, it } from 'vitest';
import {
  basicAuthorization,
  FORM,
  REVOKE_PATH,
  readToken,
  revokeForm,
  TOKEN_FORM,
  TOKEN_PATH,
} from '../../src/atlas/oauth.ts';

const answered = (body: unknown) => {
  return { status: 200, headers: {}, text: typeof body === 'string' ? body : JSON.stringify(body) };
};

describe('the token', () => {
  it.each(['eyJhbGciOi.x-y_z', 'a~b+c/d==', 'x'])('%s is read, its type in any case', (token) => {
    for (const token_type of ['Bearer', 'BEARER'])
      expect(readToken(answered({ access_token: token, token_type, expires_in: 3600 }))).toBe(token);
  });

  it.each([
    ['no JSON', '<html>'],
    ['nothing', {}],
    ['no type', { access_token: 'x' }],
    ['another type', { access_token: 'x', token_type: 'mac' }],
    ['a type that is no text', { access_token: 'x', token_type: ['bearer'] }],
    ['a token that is no text', { access_token: ['x'], token_type: 'bearer' }],
    ['an empty token', { access_token: '', token_type: 'bearer' }],
    ['a token with a line break', { access_token: 'x\nHost: evil', token_type: 'bearer' }],
    ['a token with a blank before', { access_token: ' x', token_type: 'bearer' }],
    ['a token with a sign of equality inside', { access_token: 'a=b', token_type: 'bearer' }],
  ])('is none in an answer with %s', (_what, body) => {
    expect(readToken(answered(body))).toBeUndefined();
  });
});

describe('what a service account sends', () => {
  it('is what RFC 6749 §4.4.2 and RFC 7009 §2.1 ask for, as a form', () => {
    expect([TOKEN_PATH, REVOKE_PATH]).toEqual(['/api/oauth/token', '/api/oauth/revoke']);
    expect([FORM, TOKEN_FORM]).toEqual([
      'application/x-www-form-urlencoded',
      'grant_type=client_credentials',
    ]);
    expect(revokeForm('a+b/c==')).toBe('token=a%2Bb%2Fc%3D%3D&token_type_hint=access_token');
  });

  it('signs in with id and secret as they are', () => {
    const header = basicAuthorization({ clientId: 'mdb_sa_id_1', clientSecret: 'mdb_sa_sk_ü' });
    expect(Buffer.from(header.replace('Basic ', ''), 'base64').toString('utf8')).toBe(
      'mdb_sa_id_1:mdb_sa_sk_ü',
    );
    expect(header).toMatch(/^Basic /);
  });
});
