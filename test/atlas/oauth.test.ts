import { expect, it } from 'vitest';
import { readToken } from '../../src/atlas/oauth.ts';

const tokenIn = (body: unknown) =>
  readToken({ status: 200, headers: {}, text: typeof body === 'string' ? body : JSON.stringify(body) });

it.each(['eyJhbGciOi.x-y_z', 'a~b+c/d==', 'x'])('the token %s is read, its type in any case', (token) => {
  for (const token_type of ['Bearer', 'BEARER'])
    expect(tokenIn({ access_token: token, token_type, expires_in: 3600 })).toBe(token);
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
])('there is no token in an answer with %s', (_what, body) => {
  expect(tokenIn(body)).toBeUndefined();
});
