import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleaned, isRefusalOfKnownCaller, kindOf, parseObject, readRefusal } from '../../src/atlas/answer.ts';
import { AtlasError, type AtlasErrorKind, isAtlasError, messageOf } from '../../src/atlas/errors.ts';
import { secretsIn } from '../../src/atlas/secrets.ts';
import { readKey, readKeyPage, readNewKey } from '../../src/atlas/shapes.ts';
import { factsMissing, recordings } from '../simulator/shared-facts.ts';

const answer = (status: number, body: unknown) => {
  return { status, headers: {}, text: typeof body === 'string' ? body : JSON.stringify(body) };
};
const refusalOf = (status: number, body: unknown) => readRefusal(answer(status, body));

describe.skipIf(factsMissing)('the recordings', () => {
  it('of errors: each is understood by its code', () => {
    const found = recordings('Errors').map(({ status, body }) => {
      const refusal = refusalOf(status, body);
      return [refusal.errorCode, status, kindOf(refusal)];
    });
    expect(found).toEqual([
      ['CLUSTER_NOT_FOUND', 404, 'gone'],
      ['CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API', 400, 'badRequest'],
      ['CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API', 400, 'badRequest'],
      ['CANNOT_TERMINATE_CLUSTER_WHEN_TERMINATION_PROTECTION_ENABLED', 400, 'badRequest'],
      ['DATA_FEDERATION_TENANT_NOT_FOUND_FOR_NAME', 404, 'gone'],
      ['UNEXPECTED_ERROR', 401, 'credentials'],
      ['GROUP_NOT_FOUND', 404, 'gone'],
      ['UNEXPECTED_ERROR', 404, 'gone'],
      ['ONLINE_ARCHIVE_MUST_BE_ACTIVE_TO_PAUSE', 409, 'alreadyThere'],
      ['ONLINE_ARCHIVE_CANNOT_MODIFY_FIELD', 400, 'badRequest'],
      ['RESOURCE_NOT_FOUND', 404, 'gone'],
    ]);
  });

  it('of keys: each key, new key and page is read', () => {
    for (const recording of ['ProjectAPIKeys', 'OrgAPIKeys'].flatMap(recordings)) {
      const { body, method } = recording;
      if (method === 'DELETE') continue;
      if (method === 'GET' && recording.case?.startsWith('List')) {
        expect(readKeyPage(body)?.results.length, recording.path).toBeGreaterThan(0);
      } else if (method === 'POST') {
        expect(readNewKey(body)?.privateKey, recording.path).toMatch(/^[0-9a-f-]{36}$/);
      } else {
        expect(readKey(body)?.privateKeyTail, recording.path).toMatch(/^[0-9a-f]{12}$/);
        expect(readNewKey(body), 'a redacted key is never handed out').toBeUndefined();
      }
    }
  });
});

describe('what a refusal means', () => {
  const codes: [AtlasErrorKind, number, string][] = [
    ['notAllowed', 401, 'USER_UNAUTHORIZED NOT_API_KEY_ADMIN NOT_IN_GROUP NOT_ORG_OWNER NOT_ORG_USER_ADMIN'],
    ['notAllowed', 401, 'NOT_GROUP_USER_ADMIN USER_CANNOT_ACCESS_ORG USER_CANNOT_ACCESS_GROUP'],
    ['notAllowed', 401, 'API_KEY_GROUP_ACCESS_DENIED API_KEY_ACCESS_LIST_ACCESS_DENIED'],
    [
      'addressRefused',
      403,
      'IP_ADDRESS_NOT_ON_ACCESS_LIST ORG_REQUIRES_ACCESS_LIST RESOURCE_REQUIRES_ACCESS_LIST',
    ],
    ['addressRefused', 403, 'IP_ADDRESS_NOT_ON_WHITELIST ORG_REQUIRES_WHITELIST RESOURCE_REQUIRES_WHITELIST'],
    ['gone', 400, 'API_KEY_NOT_FOUND'],
    [
      'gone',
      404,
      'API_KEY_NOT_FOUND RESOURCE_NOT_FOUND GROUP_NOT_FOUND ORG_NOT_FOUND API_KEY_ACCESS_LIST_NOT_FOUND',
    ],
    ['alreadyThere', 400, 'API_KEY_ALREADY_IN_GROUP'],
    ['alreadyThere', 409, 'ADDRESS_ALREADY_IN_ACCESS_LIST'],
    ['full', 403, 'MAX_PUBLIC_API_KEY_REACHED'],
    ['full', 400, 'MAX_API_KEYS_PER_ORG_EXCEEDED'],
    ['wrongSurface', 404, 'NOT_ATLAS_GROUP ATLAS_GROUP NOT_ATLAS_ORG'],
    ['suspended', 402, 'ACCOUNT_SUSPENDED'],
    ['badRequest', 403, 'CANNOT_ADD_GLOBAL_ROLE'],
    ['badRequest', 400, 'DUPLICATE_ADDRESSES_IN_INPUT CANNOT_ADD_IP_ADDRESS_TO_API_KEY_ACCESS_LIST'],
    [
      'badRequest',
      400,
      'API_KEY_REQUIRES_DESCRIPTION MISSING_API_KEY_ROLES CANNOT_ADD_GROUP_ROLE INVALID_JSON',
    ],
    ['badRequest', 400, 'MALFORMED_JSON INVALID_ENUM_VALUE UNSUPPORTED_ROLE INVALID_ROLE_FOR_GROUP'],
    ['badRequest', 400, 'CANNOT_ADD_ORG_ROLE INVALID_API_KEY_DESC VALIDATION_ERROR PATH_PARAM_PARSE_ERROR'],
    ['rateLimited', 429, 'RATE_LIMITED RATE_LIMITED_TOKEN_BUCKET'],
    ['unavailable', 405, 'WRITES_NOT_ALLOWED_DURING_APP_UPGRADES'],
    ['unavailable', 409, 'DATA_CONCURRENCY_ERROR'],
  ];
  it.each(
    codes.flatMap(([kind, status, list]) => list.split(' ').map((code) => [kind, code, status] as const)),
  )('%s, whatever the status, and only for the whole code: %s', (kind, code, usual) => {
    const by = (status: number, errorCode: string) => kindOf(refusalOf(status, { error: status, errorCode }));
    expect(by(usual, code)).toBe(kind);
    // What JSON of this status means without a code that is known.
    const [status, otherwise] =
      kind === 'badRequest' ? ([409, 'alreadyThere'] as const) : ([400, 'badRequest'] as const);
    expect(by(status, code)).toBe(kind);
    expect(by(status, `X${code}`)).toBe(otherwise);
    if (!/^(?:NOT|USER_CANNOT_ACCESS)_/.test(code)) expect(by(status, `${code}X`)).toBe(otherwise);
  });

  it.each<[string, number, unknown, AtlasErrorKind]>([
    ['HTML', 404, '<html>no</html>', 'unintelligible'],
    ['nothing', 404, '', 'unintelligible'],
    ['HTML', 403, '<html>blocked</html>', 'unintelligible'],
    ['HTML', 502, '<html>', 'unavailable'],
    ['nothing', 401, '', 'credentials'],
    ['a redirect', 302, '', 'unintelligible'],
    ['a proxy', 407, '', 'network'],
    ['cut JSON', 400, '{"errorCode": "API_KEY_NOT', 'unintelligible'],
    ['an array', 400, '[]', 'unintelligible'],
    ['JSON for a redirect', 302, {}, 'unintelligible'],
    ['JSON without a code', 404, { error: 404 }, 'gone'],
    ['JSON without a code', 429, {}, 'rateLimited'],
    ['JSON without a code', 500, {}, 'unavailable'],
    ['JSON without a code', 499, {}, 'badRequest'],
    ['the general code', 401, { errorCode: 'UNEXPECTED_ERROR' }, 'credentials'],
    ['the general code', 500, { errorCode: 'UNEXPECTED_ERROR' }, 'unavailable'],
    ['a code of tomorrow', 401, { errorCode: 'A_CODE_OF_TOMORROW' }, 'notAllowed'],
    ['a code of tomorrow', 403, { errorCode: 'SOMETHING_NEW' }, 'notAllowed'],
    ['a code of tomorrow', 409, { errorCode: 'SOMETHING_NEW' }, 'alreadyThere'],
    ['a code of tomorrow', 400, { errorCode: 'SOMETHING_NEW' }, 'badRequest'],
    ['a code that is none', 400, { errorCode: 'x\nAPI_KEY_NOT_FOUND' }, 'badRequest'],
    ['a longer code', 400, { errorCode: 'NO_API_KEY_NOT_FOUND_HERE' }, 'badRequest'],
    ['codes that only begin alike', 500, { errorCode: 'NOT_IN_GROUP-' }, 'unavailable'],
    ['the list of somebody else', 400, { errorCode: 'SOME_ORG_REQUIRES_ACCESS_LIST_TODAY' }, 'badRequest'],
    ['an error of OAuth', 400, { error: 'invalid_client' }, 'credentials'],
    ['an error of OAuth', 400, { error: 'unauthorized_client' }, 'credentials'],
    ['an error of OAuth', 400, { error: 'invalid_grant' }, 'credentials'],
    ['an error of OAuth', 400, { error: 'invalid_token' }, 'credentials'],
    ['more than an error of OAuth', 400, { error: 'xinvalid_client' }, 'badRequest'],
    ['more than an error of OAuth', 400, { error: 'invalid_tokenx' }, 'badRequest'],
    ['an error of OAuth, written otherwise', 400, { error: 'Invalid_client' }, 'badRequest'],
    ['a number for a code', 400, { errorCode: 7 }, 'badRequest'],
  ])('%s with %i %j', (_what, status, body, kind) => {
    expect(kindOf(refusalOf(status, body))).toBe(kind);
  });

  it.each([
    [{ errorCode: 'API_KEY_NOT_FOUND' }, 'API_KEY_NOT_FOUND'],
    [{ errorCode: ['API_KEY_NOT_FOUND'] }, undefined],
    [{ errorCode: 'x API_KEY_NOT_FOUND' }, undefined],
    [{ errorCode: 'API_KEY_NOT_FOUND x' }, undefined],
    [{ errorCode: 'X'.repeat(100) }, 'X'.repeat(100)],
    [{ errorCode: 'X'.repeat(101) }, undefined],
    [{ error: 'invalid_client' }, 'INVALID_CLIENT'],
    [{ error: ['invalid_client'] }, undefined],
    [{ error: 'invalid_client!' }, undefined],
    [{ error: '! invalid_client' }, undefined],
  ])('the code of %j is %j', (body, code) => {
    expect(refusalOf(400, body).errorCode).toBe(code);
  });

  it('a 401 is by someone known only with a code of its own', () => {
    const known = (body: unknown) => isRefusalOfKnownCaller(answer(401, body));
    expect(known({ errorCode: 'NOT_ORG_OWNER' })).toBe(true);
    expect(known({ errorCode: 'UNEXPECTED_ERROR' })).toBe(false);
    expect(known('<html>')).toBe(false);
    expect(known({ error: 'invalid_token' })).toBe(false);
  });

  it.each([
    [{ parameters: ['203.0.113.7'] }, '203.0.113.7'],
    [{ detail: 'IP address 203.0.113.7 is not allowed to access this resource.' }, '203.0.113.7'],
    [{ detail: 'Address 2001:db8::1.' }, '2001:db8::1'],
    [{ parameters: null, detail: 'No address here, 1.2.3' }, undefined],
    [{ parameters: [7, {}, ['1.1.1.1']] }, undefined],
    [{ detail: 'The block "198.51.100.0/24".' }, '198.51.100.0'],
    [{ detail: 'From 203.0.113.7...' }, '203.0.113.7'],
    [{ detail: 'From 203.0.113.7/24/7' }, undefined],
    [{ parameters: [...Array(20).fill('x'), '203.0.113.7'] }, undefined],
    [{ parameters: [`${'x'.repeat(1000)} 203.0.113.7`] }, undefined],
  ])('the address is found in %j', (body, address) => {
    expect(refusalOf(403, body).address).toBe(address);
  });
});

describe('what else a refusal says', () => {
  const secret = '754c8808-0ba8-4153-8eea-85daa09d408a';

  it.each([
    ['', 'empty'],
    [' \n', 'empty'],
    ['<html>', 'other'],
    ['{}', 'json'],
    ...['null', '7', '"text"', '[{}]', 'true'].map((text) => [text, 'other']),
  ])('its body %j is told as %s', (text, body) => {
    expect(refusalOf(404, text).body).toBe(body);
  });

  it.each([
    [{ detail: 'No.' }, 'No.'],
    [{ error_description: 'No.' }, 'No.'],
    [{ detail: '  ' }, undefined],
    [{ detail: 7 }, undefined],
    [{ detail: `made ${secret}` }, 'made ***'],
    [{ detail: 'made another-secret', privateKey: 'another-secret' }, 'made ***'],
  ])('the sentence of %j is %j', (body, detail) => {
    expect(refusalOf(400, body).detail).toBe(detail);
  });
});

describe('a text from the service', () => {
  it.each([
    ['  a  ', 'a'],
    ['x'.repeat(300), 'x'.repeat(300)],
    ['x'.repeat(301), `${'x'.repeat(299)}…`],
    [`${'\u0000'.repeat(2000)}late`, ''],
  ])('%j is shown as %j', (text, shown) => {
    expect(cleaned(text)).toBe(shown);
  });

  it('becomes one line without anything invisible', () => {
    expect(cleaned('a\r\n::error::b\u202ec\u0000\u200b\u2028d\ud800  e')).toBe('a ::error::b c d e');
  });

  it('is at most 300 characters long, and one line, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 1000 }), (text) => {
        const line = cleaned(text);
        expect(Array.from(line).length).toBeLessThanOrEqual(300);
        expect(line).not.toMatch(/[\p{C}\p{Zl}\p{Zp}\n\r\t]/u);
      }),
    );
    expect(Array.from(cleaned('ab'.repeat(500))).length).toBe(300);
  });
});

describe('JSON that is nested without need', () => {
  it.each([
    ['[', ']'],
    ['{"a":', '}'],
  ])('of %s is read like any other, as far as an answer may go', (opening, closing) => {
    const times = Math.floor(1_900_000 / (opening.length + closing.length));
    const text = `{"x":${opening.repeat(times)}1${closing.repeat(times)}}`;
    expect(parseObject(text)).toBeDefined();
    expect(secretsIn(text, true)).toEqual([]);
    expect(readKeyPage(parseObject(text))).toBeUndefined();
  });

  it('takes no more than a moment, also with quotes that are never closed', () => {
    const started = process.cpuUsage();
    expect(secretsIn('"\\'.repeat(1_000_000), true)).toEqual([]);
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(2_000);
  });
});

it.each([
  [new Error('it broke'), 'it broke'],
  ['it broke', 'it broke'],
  [undefined, 'undefined'],
])('whatever was thrown has a sentence: %s', (thrown, sentence) => {
  expect(messageOf(thrown)).toBe(sentence);
});

it('an error is told by its kind, and by being one of Atlas', () => {
  const gone = new AtlasError('gone', { kind: 'gone' });
  expect(isAtlasError(gone)).toBe(true);
  expect(isAtlasError(gone, 'gone', 'full')).toBe(true);
  expect(isAtlasError(gone, 'full')).toBe(false);
  expect(isAtlasError(Object.assign(new Error('gone'), { kind: 'gone' }), 'gone')).toBe(false);
});

it('an error has a cause only where there is one', () => {
  expect(new AtlasError('gone', { kind: 'gone' })).not.toHaveProperty('cause');
  expect(new AtlasError('gone', { kind: 'gone', cause: 'x' })).toMatchObject({
    cause: 'x',
    name: 'AtlasError',
  });
});
