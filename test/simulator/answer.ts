import { type Refusal, unauthenticatedBody } from './errors.ts';
import type { Settings } from './settings.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | undefined;
  /** The body before it was written as text, for the history. */
  readonly value: unknown;
}

/** What the service's frame puts on every answer that reached a resource. */
const RESOURCE_HEADERS: Readonly<Record<string, string>> = {
  'referrer-policy': 'strict-origin-when-cross-origin',
  server: 'mdbws',
  'strict-transport-security': 'max-age=31536000; includeSubdomains;',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-java-version': '17.0.19+10-LTS',
  'x-mongodb-service-version': 'gitHash=203ac0360368239eed8f27b82e06b1be8429648c; versionString=master',
  'x-permitted-cross-domain-policies': 'none',
};

export interface Form {
  readonly contentType: string;
  readonly java?: string;
  readonly pretty?: boolean;
  readonly rateLimit?: Readonly<Record<string, string>>;
}

/** A successful answer. A 204 carries a content type and no body, as recorded. */
export function success(status: number, value: unknown, form: Form): Answer {
  return {
    status,
    headers: {
      'content-type': form.contentType,
      ...RESOURCE_HEADERS,
      ...(form.java === undefined ? {} : { 'x-java-method': form.java }),
      ...(form.java?.startsWith('ApiPrivate') ? { 'x-xgen-up-proto': 'HTTP/2' } : {}),
      ...form.rateLimit,
    },
    body: value === undefined ? undefined : JSON.stringify(value, null, form.pretty ? 2 : undefined),
    value,
  };
}

/** An error answer: plain JSON on every surface, the code once more in a header. */
export function failure(
  refusal: Refusal,
  { errorsAsOf }: Settings,
  form: Omit<Form, 'contentType'> = {},
): Answer {
  const { error: status, errorCode } = refusal.body;
  const answer = success(status, refusal.body, { ...form, contentType: 'application/json' });
  const headers: Record<string, string | readonly string[]> = {
    ...answer.headers,
    ...(errorsAsOf < '2025-11-24' ? {} : { 'x-error-code': errorCode }),
    ...refusal.headers,
  };
  // Answered before the request has reached the resource's own server, which names its version.
  if (errorCode === 'GROUP_NOT_FOUND' || errorCode === 'ORG_NOT_FOUND')
    delete headers['x-mongodb-service-version'];
  return { ...answer, headers };
}

/** The 401 of somebody who has not signed in: few headers, and the challenge. */
export function unauthenticated(
  challenges: readonly string[],
  { method, target }: { readonly method: string; readonly target: string },
  { errorsAsOf }: Settings,
): Answer {
  const isPrivate = target.startsWith('/api/private/');
  const value = unauthenticatedBody(method, errorsAsOf);
  return {
    status: 401,
    headers: {
      ...(value === undefined ? {} : { 'content-type': 'application/json' }),
      server: 'mdbws',
      ...(method === 'DELETE' || errorsAsOf < '2026' ? {} : { vary: 'Accept-Encoding' }),
      'www-authenticate': challenges,
      ...(isPrivate ? { 'x-xgen-up-proto': 'HTTP/2' } : {}),
    },
    // Blanks and line breaks as the service's own writer sets them: 142 bytes, as recorded.
    body: value && JSON.stringify(value, null, 2).replaceAll('": ', '" : '),
    value,
  };
}

/** Any answer at all, for a fault: a string goes out as it is, the rest as JSON. */
export function freeAnswer(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const isText = typeof value === 'string';
  const contentType = isText ? 'text/html' : 'application/json';
  return {
    status,
    headers: { ...(value === undefined ? {} : { 'content-type': contentType }), server: 'mdbws', ...headers },
    body: isText || value === undefined ? value : JSON.stringify(value),
    value,
  };
}
