import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleaned, parseObject, readRefusal } from '../../src/atlas/answer.ts';
import { AtlasError, type AtlasErrorKind, isAtlasError, messageOf } from '../../src/atlas/errors.ts';
import { secretsIn } from '../../src/atlas/secrets.ts';
import { readKey, readKeyPage, readNewKey } from '../../src/atlas/shapes.ts';
import { factsMissing, recordings } from '../simulator/shared-facts.ts';

const refusalOf = (status: number, body: unknown, headers = {}) =>
  readRefusal({ status, headers, text: typeof body === 'string' ? body : JSON.stringify(body) });

describe.skipIf(factsMissing)('the recordings', () => {
  it('of errors: each is understood by its code', () => {
    const found = recordings('Errors').map(({ status, body }) => {
      const { errorCode, kind } = refusalOf(status, body);
      return [errorCode, status, kind];
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
  const codes: Record<string, string> = {
    notAllowed:
      'USER_UNAUTHORIZED NOT_API_KEY_ADMIN NOT_IN_GROUP NOT_ORG_OWNER NOT_GROUP_USER_ADMIN USER_CANNOT_ACCESS_ORG API_KEY_GROUP_ACCESS_DENIED API_KEY_ACCESS_LIST_ACCESS_DENIED',
    addressRefused:
      'IP_ADDRESS_NOT_ON_ACCESS_LIST ORG_REQUIRES_ACCESS_LIST RESOURCE_REQUIRES_ACCESS_LIST IP_ADDRESS_NOT_ON_WHITELIST ORG_REQUIRES_WHITELIST RESOURCE_REQUIRES_WHITELIST',
    gone: 'API_KEY_NOT_FOUND RESOURCE_NOT_FOUND GROUP_NOT_FOUND ORG_NOT_FOUND API_KEY_ACCESS_LIST_NOT_FOUND',
    alreadyThere: 'API_KEY_ALREADY_IN_GROUP ADDRESS_ALREADY_IN_ACCESS_LIST',
    full: 'MAX_PUBLIC_API_KEY_REACHED MAX_API_KEYS_PER_ORG_EXCEEDED MAX_SERVICE_ACCOUNTS_PER_ORG_EXCEEDED',
    wrongSurface: 'NOT_ATLAS_GROUP ATLAS_GROUP NOT_ATLAS_ORG',
    suspended: 'ACCOUNT_SUSPENDED',
    badRequest: 'CANNOT_ADD_GLOBAL_ROLE CANNOT_ADD_GROUP_ROLE CANNOT_ADD_ORG_ROLE',
    rateLimited: 'RATE_LIMITED RATE_LIMITED_TOKEN_BUCKET',
    unavailable: 'WRITES_NOT_ALLOWED_DURING_APP_UPGRADES DATA_CONCURRENCY_ERROR',
    credentials: 'INVALID_CLIENT UNAUTHORIZED_CLIENT INVALID_GRANT INVALID_TOKEN',
  };
  const rows = Object.entries(codes).flatMap(([kind, list]) => list.split(' ').map((code) => [kind, code]));
  it.each(rows)('%s, whatever the status, and only for the whole code: %s', (kind, code) => {
    // What JSON of this status means without a code that is known.
    const [status, otherwise] = kind === 'badRequest' ? [409, 'alreadyThere'] : [400, 'badRequest'];
    const by = (errorCode: string) => refusalOf(Number(status), { errorCode }).kind;
    expect([by(`${code}`), by(`X${code}`)]).toEqual([kind, otherwise]);
    if (!/^(?:NOT|USER_CANNOT_ACCESS)_/.test(`${code}`)) expect(by(`${code}X`)).toBe(otherwise);
  });

  it.each<[string, number, unknown, AtlasErrorKind]>([
    ['HTML', 404, '<html>no</html>', 'unintelligible'],
    ['HTML', 403, '<html>blocked</html>', 'unintelligible'],
    ['HTML', 502, '<html>', 'unavailable'],
    ['HTML', 401, '<html>', 'credentials'],
    ['nothing', 404, '', 'unintelligible'],
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
    ['codes that only begin alike', 500, { errorCode: 'NOT_IN_GROUP-' }, 'unavailable'],
    ['the list of somebody else', 400, { errorCode: 'SOME_ORG_REQUIRES_ACCESS_LIST_TODAY' }, 'badRequest'],
  ])('%s with %i %j', (_what, status, body, kind) => {
    expect(refusalOf(status, body).kind).toBe(kind);
  });

  it.each([
    [{ errorCode: 'API_KEY_NOT_FOUND' }, 'API_KEY_NOT_FOUND'],
    [{ errorCode: ['API_KEY_NOT_FOUND'] }, undefined],
    [{ errorCode: 'x\nAPI_KEY_NOT_FOUND' }, undefined],
    [{ errorCode: 'API_KEY_NOT_FOUND x' }, undefined],
    [{ errorCode: 7 }, undefined],
    [{ errorCode: 'X'.repeat(100) }, 'X'.repeat(100)],
    [{ errorCode: 'X'.repeat(101) }, undefined],
    [{ error: 'invalid_client' }, 'INVALID_CLIENT'],
    [{ error: 'Invalid_client' }, undefined],
    [{ error: ['invalid_client'] }, undefined],
    [{ error: 'invalid_client!' }, undefined],
    [{ error: '! invalid_client' }, undefined],
  ])('the code of %j is %j', (body, code) => {
    expect(refusalOf(400, body).errorCode).toBe(code);
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

  it.each(['<html>', 'null', '7', '"text"', '[{}]', 'true', '', ' \n'])('its body %j is no JSON', (text) => {
    const { isJson, isEmpty } = refusalOf(404, text);
    expect([isJson, isEmpty]).toEqual([false, text.trim() === '']);
    expect(refusalOf(404, {})).toMatchObject({ isJson: true, isEmpty: false });
  });

  it.each([
    [{ detail: 'No.' }, 'No.'],
    [{ error_description: 'No.' }, 'No.'],
    [{ detail: '  ' }, ''],
    [{ detail: 7 }, ''],
    [{ detail: `made ${secret}` }, 'made ***'],
    [{ detail: 'made another-secret', privateKey: 'another-secret' }, 'made ***'],
  ])('the sentence of %j is %j', (body, detail) => {
    expect(refusalOf(400, body).detail).toBe(detail);
  });

  it.each([
    ['https://evil.example/a?b', 'evil.example'],
    ['https://[::1]:8443/', '[::1]:8443'],
    ['https://evil.$(id).example/', undefined],
    ['::error::', undefined],
    ['/elsewhere', undefined],
  ])('a redirect to %s leads to %s', (location, redirect) => {
    expect(refusalOf(302, '', { location }).redirect).toBe(redirect);
  });

  const date = 'Mon, 10 Aug 2026 03:46:41 GMT';
  it.each([
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after': ' 0 ' }, 0],
    [{ 'retry-after': 'Mon, 10 Aug 2026 03:46:51 GMT', date }, 10_000],
    [{ 'retry-after': 'Mon, 10 Aug 2026 03:46:31 GMT', date }, 0],
    [{ 'retry-after': 'Mon, 10 Aug 2026 03:46:51 GMT' }, undefined],
    [{ 'retry-after': '-1' }, undefined],
    [{ 'retry-after': '1.5' }, undefined],
    [{ 'retry-after': '99999999999' }, undefined],
    [{ 'retry-after': 'soon', date }, undefined],
    [{}, undefined],
  ])('with %j it asks for a wait of %s', (headers, milliseconds) => {
    expect(refusalOf(503, '', headers).retryAfter).toBe(milliseconds);
  });
});

describe('a text from the service', () => {
  it.each([
    ['  a  ', 'a'],
    ['x'.repeat(300), 'x'.repeat(300)],
    ['x'.repeat(301), `${'x'.repeat(299)}…`],
    [`${'\u0000'.repeat(2000)}late`, ''],
    ['a\r\n::error::b\u202ec\u0000\u200b\u2028d\ud800  e', 'a ::error::b c d e'],
  ])('%j is shown as %j', (text, shown) => {
    expect(cleaned(text)).toBe(shown);
  });

  it('is at most 300 characters long, and one line without anything invisible, whatever it was', () => {
    const points = fc.array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 400, size: 'max' });
    fc.assert(
      fc.property(points, (list) => {
        const line = cleaned(String.fromCodePoint(...list));
        expect(Array.from(line).length).toBeLessThanOrEqual(300);
        expect(line).not.toMatch(/[\p{C}\p{Zl}\p{Zp}\n\r\t]/u);
      }),
    );
  });
});

describe('JSON that is nested without need', () => {
  it.each([
    ['[', ']'],
    ['{"a":', '}'],
  ])('of %s is read like any other', (opening, closing) => {
    const times = Math.floor(400_000 / (opening.length + closing.length));
    const text = `{"x":${opening.repeat(times)}1${closing.repeat(times)}}`;
    const body = parseObject(text);
    expect(body).toBeDefined();
    expect(readKeyPage(body)).toBeUndefined();
    expect(secretsIn(text, true)).toEqual([]);
  });

  it.each([
    [249_996, true],
    [249_997, false],
  ])('with %i commas is read: %s', (commas, isRead) => {
    expect(parseObject(`{"x":[${'1,'.repeat(commas)}1]}`) !== undefined).toBe(isRead);
  });

  it('takes no more than a moment, also with quotes that are never closed', () => {
    const started = process.cpuUsage();
    expect(secretsIn('"\\'.repeat(1_000_000), true)).toEqual([]);
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(2_000);
  });
});

describe('an error', () => {
  it.each([
    [new Error('it broke'), 'it broke'],
    ['it broke', 'it broke'],
    [undefined, 'undefined'],
  ])('has a sentence, whatever was thrown: %s', (thrown, sentence) => {
    expect(messageOf(thrown)).toBe(sentence);
  });

  it('is told by its kind, and by being one of Atlas', () => {
    const gone = new AtlasError('gone', { kind: 'gone' });
    expect(isAtlasError(gone)).toBe(true);
    expect(isAtlasError(gone, 'gone', 'full')).toBe(true);
    expect(isAtlasError(gone, 'full')).toBe(false);
    expect(isAtlasError(Object.assign(new Error('gone'), { kind: 'gone' }), 'gone')).toBe(false);
  });

  it('has a cause only where there is one', () => {
    expect(new AtlasError('gone', { kind: 'gone' })).not.toHaveProperty('cause');
    const caused = new AtlasError('gone', { kind: 'gone', cause: 'x' });
    expect(caused).toMatchObject({ cause: 'x', name: 'AtlasError' });
  });
});
