import { Refusal } from './errors.ts';
import type { Surface } from './operation.ts';

/** Versioned media types: `application/vnd.atlas.2023-01-01+json`. */

const FIRST_VERSION = '2023-01-01';
const VERSIONED = /^application\/vnd\.atlas\.(\d{4}-\d{2}-\d{2})\+json$/;

/**
 * The content type a successful answer carries; refuses an Accept without a version the resource has. That a resource
 * younger than the version asked for is refused in the same way is a guess.
 */
export function negotiate(
  surface: Surface,
  accept: string | undefined,
  version: string = FIRST_VERSION,
): string {
  if (surface === 'private') return 'application/json';
  if (surface !== 'atlas/v2') return 'application/json;charset=utf-8';
  const dates = (accept ?? '').split(',').flatMap((range) => versionOf(range) ?? []);
  // A later date is answered with the newest version that is not later: each resource here has only one.
  if (!dates.some((date) => date >= version)) throw new Refusal('INVALID_VERSION_DATE');
  return `application/vnd.atlas.${version}+json;charset=utf-8`;
}

/** Refuses a body of another type. Plain JSON is taken everywhere, the versioned one only by v2. */
export function checkContentType(
  surface: Surface,
  contentType: string | undefined,
  version: string = FIRST_VERSION,
): void {
  const type = mediaType(contentType ?? '');
  const sent = surface === 'atlas/v2' ? versionOf(type) : undefined;
  const fits = type === 'application/json' || (sent !== undefined && sent >= version);
  if (!fits) throw new Refusal('UNSUPPORTED_MEDIA_TYPE', [contentType ?? '']);
}

/** Whether this is a form, as OAuth sends it. */
export function isForm(contentType: string | undefined): boolean {
  return mediaType(contentType ?? '') === 'application/x-www-form-urlencoded';
}

function mediaType(text: string): string {
  return (text.split(';')[0] ?? '').trim().toLowerCase();
}

function versionOf(range: string): string | undefined {
  const date = VERSIONED.exec(mediaType(range))?.[1];
  if (date === undefined) return undefined;
  const parsed = new Date(`${date}T00:00:00Z`);
  const real = !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
  return real ? date : undefined;
}
