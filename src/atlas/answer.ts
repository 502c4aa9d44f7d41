import { isIP } from 'node:net';
import type { WireAnswer } from '../wire/wire.ts';
import type { AtlasErrorKind } from './errors.ts';
import { withoutSecrets } from './secrets.ts';

/** What an answer that is no success says, as far as it can be read. */
export interface Refusal {
  readonly status: number;
  readonly errorCode: string | undefined;
  /** The service's sentence, cleaned. */
  readonly detail: string | undefined;
  /** The address that the service saw, when it names one. */
  readonly address: string | undefined;
  /** After how many milliseconds its token bucket has something again, when it says so. */
  readonly refilledAfter: number | undefined;
  /** `other` is anything that is no JSON object: HTML of a proxy, text, cut JSON. */
  readonly body: 'json' | 'empty' | 'other';
}

/** Reads an answer's error body: `{error, errorCode, detail, reason, parameters}`, or whatever else came. */
export function readRefusal(answer: WireAnswer): Refusal {
  const body = parseObject(answer.text);
  const nothing = { errorCode: undefined, detail: undefined, address: undefined, refilledAfter: undefined };
  if (body === undefined) {
    return { status: answer.status, ...nothing, body: answer.text.trim() === '' ? 'empty' : 'other' };
  }
  const sentence = body.detail ?? body.error_description;
  const told = typeof sentence === 'string' ? withoutSecrets(sentence, answer.text) : '';
  const detail = told.trim() === '' ? undefined : cleaned(told);
  const parameters = Array.isArray(body.parameters) ? body.parameters : [];
  const words = [...parameters, detail].filter((word) => typeof word === 'string').slice(0, 20);
  const errorCode = errorCodeIn(body) ?? oauthErrorIn(body);
  return {
    status: answer.status,
    errorCode: errorCode === withoutSecrets(errorCode ?? '', answer.text) ? errorCode : undefined,
    detail,
    address: words
      .flatMap((text) => text.slice(0, 1000).split(/[\s,;()[\]"']/))
      .map(bareAddress)
      .find((word) => isIP(word) > 0),
    refilledAfter: errorCode === 'RATE_LIMITED_TOKEN_BUCKET' ? secondsOfBucket(parameters) : undefined,
    body: 'json',
  };
}

/** `["api/atlas/v2/orgs",55,10,5,60]`: 55 seconds. https://www.mongodb.com/docs/atlas/api/api-rate-limit/ */
function secondsOfBucket([, seconds]: readonly unknown[]): number | undefined {
  return typeof seconds === 'number' && seconds >= 0 ? seconds * 1000 : undefined;
}

/** Whether a 401 says "I know you, but no", and signing in again would only repeat it. */
export function isRefusalOfKnownCaller(answer: WireAnswer): boolean {
  return kindOf(readRefusal(answer)) !== 'credentials';
}

// https://www.mongodb.com/docs/api/doc/atlas-admin-api-v2/ and the recordings; the status alone decides nothing.
const KINDS: readonly (readonly [RegExp, AtlasErrorKind])[] = [
  [/^(?:INVALID_CLIENT|UNAUTHORIZED_CLIENT|INVALID_GRANT|INVALID_TOKEN)$/, 'credentials'],
  [/^(?:NOT_ATLAS_GROUP|ATLAS_GROUP|NOT_ATLAS_ORG)$/, 'wrongSurface'],
  [/^(?:USER_UNAUTHORIZED|USER_CANNOT_ACCESS_\w+|NOT_\w+|API_KEY_\w+_ACCESS_DENIED)$/, 'notAllowed'],
  [/^(?:IP_ADDRESS_NOT_ON|ORG_REQUIRES|RESOURCE_REQUIRES)_(?:ACCESS_LIST|WHITELIST)$/, 'addressRefused'],
  [/^(?:API_KEY|API_KEY_ACCESS_LIST|RESOURCE|GROUP|ORG)_NOT_FOUND$/, 'gone'],
  [/^(?:API_KEY_ALREADY_IN_GROUP|ADDRESS_ALREADY_IN_ACCESS_LIST)$/, 'alreadyThere'],
  [/^(?:MAX_PUBLIC_API_KEY_REACHED|MAX_(?:API_KEYS|SERVICE_ACCOUNTS)_PER_ORG_EXCEEDED)$/, 'full'],
  [/^ACCOUNT_SUSPENDED$/, 'suspended'],
  [
    /^(?:INVALID_ENUM_VALUE|UNSUPPORTED_ROLE|INVALID_ROLE_FOR_GROUP|CANNOT_ADD_(?:ORG|GROUP|GLOBAL)_ROLE|MISSING_API_KEY_ROLES)$/,
    'badRequest',
  ],
  [/^(?:INVALID_API_KEY_DESC|API_KEY_REQUIRES_DESCRIPTION)$/, 'badRequest'],
  [/^(?:DUPLICATE_ADDRESSES_IN_INPUT|CANNOT_ADD_IP_ADDRESS_TO_API_KEY_ACCESS_LIST)$/, 'badRequest'],
  [/^(?:INVALID_JSON|MALFORMED_JSON|VALIDATION_ERROR|PATH_PARAM_PARSE_ERROR)$/, 'badRequest'],
  [/^RATE_LIMITED(?:_TOKEN_BUCKET)?$/, 'rateLimited'],
  [/^(?:WRITES_NOT_ALLOWED_DURING_APP_UPGRADES|DATA_CONCURRENCY_ERROR)$/, 'unavailable'],
];

/** What a refusal means to the caller: by its `errorCode`, and only where that is unknown by its status. */
export function kindOf(refusal: Refusal): AtlasErrorKind {
  const { status, errorCode, body } = refusal;
  if (isTokenLimit(refusal)) return 'rateLimited';
  const known = KINDS.find(([pattern]) => errorCode !== undefined && pattern.test(errorCode));
  if (known !== undefined) return known[1];
  // Wrong credentials come with the challenge's own code, or with none; any other code is for someone known.
  if (status === 401)
    return (errorCode ?? 'UNEXPECTED_ERROR') === 'UNEXPECTED_ERROR' ? 'credentials' : 'notAllowed';
  if (status === 407) return 'network';
  if (status === 429) return 'rateLimited';
  if (status >= 500) return 'unavailable';
  if (status < 400) return 'unintelligible';
  // A 403 or 404 that is not the service's own may come from a proxy, and says nothing about the key.
  if (body !== 'json') return 'unintelligible';
  if (status === 403) return 'notAllowed';
  if (status === 404) return 'gone';
  if (status === 409) return 'alreadyThere';
  return 'badRequest';
}

/** Whether as many tokens of the service account are alive as may be. It has no code of its own. */
export function isTokenLimit({ errorCode, detail }: Refusal): boolean {
  return errorCode === 'ACCESS_DENIED' && /\btoken limit\b/i.test(detail ?? '');
}

/**
 * A text from the service as it may stand in an error: one line of at most 300 characters, without control,
 * bidirectional and invisible characters.
 */
export function cleaned(text: string): string {
  const line = text
    .slice(0, 2000)
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = Array.from(line);
  return characters.length <= 300 ? line : `${characters.slice(0, 299).join('')}…`;
}

/** The JSON object in a text, or undefined for anything else. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The `errorCode` of an error body, when it has the form of one. */
export function errorCodeIn(body: Readonly<Record<string, unknown>>): string | undefined {
  const { errorCode } = body;
  return typeof errorCode === 'string' && /^[A-Z][A-Z0-9_]{0,99}$/.test(errorCode) ? errorCode : undefined;
}

/** The token endpoint's own errors, `invalid_client` for one: https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
function oauthErrorIn({ error }: Readonly<Record<string, unknown>>): string | undefined {
  return typeof error === 'string' && /^[a-z_]{1,60}$/.test(error) ? error.toUpperCase() : undefined;
}

function bareAddress(word: string): string {
  return word.replace(/[.:]+$/, '').replace(/\/\d+$/, '');
}
