import { isIP } from 'node:net';
import type { WireAnswer } from '../wire/wire.ts';
import type { AtlasErrorKind } from './errors.ts';
import { parseJson, withoutSecrets } from './secrets.ts';
import { parseHttpDate } from './time.ts';

/** What an answer that is no success says, as far as it can be read. */
export type Refusal = ReturnType<typeof readRefusal>;

/** Reads an answer's error body: `{error, errorCode, detail, reason, parameters}`, or whatever else came. */
export function readRefusal({ status, headers, text }: WireAnswer) {
  const json = parseObject(text);
  const code = json && (errorCodeIn(json) ?? oauthErrorIn(json));
  const errorCode = code === withoutSecrets(code ?? '', text) ? code : undefined;
  const sentence = json?.detail ?? json?.error_description;
  const detail = typeof sentence === 'string' ? cleaned(withoutSecrets(sentence, text)) : '';
  const parameters: unknown[] = Array.isArray(json?.parameters) ? json.parameters : [];
  /** As many tokens of the service account are alive as may be. It has no code of its own. */
  const isTokenLimit = errorCode === 'ACCESS_DENIED' && /\btoken limit\b/i.test(detail);
  // `["api/atlas/v2/orgs",55,10,5,60]`: 55 seconds. https://www.mongodb.com/docs/atlas/api/api-rate-limit/
  const seconds = errorCode === 'RATE_LIMITED_TOKEN_BUCKET' ? parameters[1] : undefined;
  const host = withoutSecrets(URL.parse(headers.location ?? '')?.host ?? '', text);
  return {
    status,
    errorCode,
    /** What it means to the caller. */
    kind: isTokenLimit ? 'rateLimited' : kindOf(status, errorCode, json !== undefined),
    isTokenLimit,
    /** The service's sentence, cleaned, or empty. */
    detail,
    /** The address that the service saw, when it names one. */
    address: addressIn([...parameters, detail]),
    /** After how many milliseconds to ask again, when it says so. */
    retryAfter:
      retryAfter(headers) ?? (typeof seconds === 'number' && seconds >= 0 ? seconds * 1000 : undefined),
    /** The host that a redirect leads to. */
    redirect: /^[\w.:[\]-]{1,100}$/.test(host) ? host : undefined,
    /** Anything else is HTML of a proxy, text, or cut JSON. */
    isJson: json !== undefined,
    isEmpty: text.trim() === '',
  };
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
  [/^CANNOT_ADD_(?:ORG|GROUP|GLOBAL)_ROLE$/, 'badRequest'],
  [/^RATE_LIMITED(?:_TOKEN_BUCKET)?$/, 'rateLimited'],
  [/^(?:WRITES_NOT_ALLOWED_DURING_APP_UPGRADES|DATA_CONCURRENCY_ERROR)$/, 'unavailable'],
];

function kindOf(status: number, errorCode: string | undefined, isJson: boolean): AtlasErrorKind {
  const known = KINDS.find(([pattern]) => errorCode !== undefined && pattern.test(errorCode));
  if (known !== undefined) return known[1];
  // Wrong credentials come with the challenge's own code, or with none; any other code is for someone known.
  if (status === 401)
    return (errorCode ?? 'UNEXPECTED_ERROR') === 'UNEXPECTED_ERROR' ? 'credentials' : 'notAllowed';
  if (status === 407) return 'network';
  if (status === 429) return 'rateLimited';
  if (status >= 500) return 'unavailable';
  // A 403 or 404 that is not the service's own may come from a proxy, and says nothing about the key.
  if (status < 400 || !isJson) return 'unintelligible';
  if (status === 403) return 'notAllowed';
  if (status === 404) return 'gone';
  if (status === 409) return 'alreadyThere';
  return 'badRequest';
}

/**
 * `Retry-After` in milliseconds: seconds, or a date, which is compared with the answer's own `Date` since this
 * machine's clock may be wrong (https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3).
 */
export function retryAfter(headers: WireAnswer['headers']): number | undefined {
  const value = headers['retry-after']?.trim() ?? '';
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const until = parseHttpDate(value);
  const now = parseHttpDate(headers.date);
  return until === undefined || now === undefined ? undefined : Math.max(0, until - now);
}

function addressIn(texts: readonly unknown[]): string | undefined {
  return texts
    .filter((text) => typeof text === 'string')
    .slice(0, 20)
    .flatMap((text) => text.slice(0, 1000).split(/[\s,;()[\]"']/))
    .map((word) => word.replace(/[.:]+$/, '').replace(/\/\d+$/, ''))
    .find((word) => isIP(word) > 0);
}

/** A text from the service as one line of at most 300 characters, none of them a control or invisible one. */
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
  const value = parseJson(text);
  return isObject(value) ? value : undefined;
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The `errorCode` of an error body, when it has the form of one. */
export function errorCodeIn({ errorCode }: Readonly<Record<string, unknown>>): string | undefined {
  return typeof errorCode === 'string' && /^[A-Z][A-Z0-9_]{0,99}$/.test(errorCode) ? errorCode : undefined;
}

/** The token endpoint's own errors, `invalid_client` for one: https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
function oauthErrorIn({ error }: Readonly<Record<string, unknown>>): string | undefined {
  return typeof error === 'string' && /^[a-z_]{1,60}$/.test(error) ? error.toUpperCase() : undefined;
}
