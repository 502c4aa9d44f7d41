/**
 * Marks in descriptions: the only store this action has. A mark stands at the end of a key's description,
 * is built and read only here, and is public interface (docs/public-interface.md).
 *
 *     deploy [atlas-key/1 pending acme/shop 17482910.1 5f3a9c0e1b2d4f67 9c1185a5 2026-11-23T12:00:00Z]
 *     text    ours, version, state, repository, run.attempt, nonce, digest of the text, until
 */
import { createHash } from 'node:crypto';
import type { RunIdentity } from '../request.ts';

/** Atlas keeps descriptions of 1 to 250 characters. */
export const DESC_LIMIT = 250;

const SETTLED_STATES = ['undecided', 'previous', 'retired'] as const;
const LIMITED_STATES = ['pending', 'ephemeral'] as const;

/** What a marked key is; a key that is current carries no mark. */
export type MarkState = (typeof SETTLED_STATES)[number] | (typeof LIMITED_STATES)[number];

interface Origin extends RunIdentity {
  /** 16 hex digits, one a step: finds a key whose create was answered to nobody. */
  readonly nonce: string;
}

export type Mark =
  | (Origin & { readonly state: (typeof SETTLED_STATES)[number] })
  /** `until`, in milliseconds since 1970 by the service's clock, whole seconds. */
  | (Origin & { readonly state: (typeof LIMITED_STATES)[number]; readonly until: number });

export interface MarkedDescription {
  /** The human text, or its beginning where the mark left no room for all of it. */
  readonly text: string;
  /** Of the whole human text: keeps families apart whose texts were cut alike. */
  readonly digest: string;
  readonly mark: Mark;
}

// Owner and name as GitHub allows them; with the longest of each, 12 characters are left for the text.
const PATTERN = new RegExp(
  String.raw`^(?<text>.*) \[atlas-key/1 ` +
    `(?:(?<settled>${SETTLED_STATES.join('|')})|(?<limited>${LIMITED_STATES.join('|')})) ` +
    String.raw`(?<repository>[\w.-]{1,39}/[\w.-]{1,100}) (?<runId>\d{1,20})\.(?<attempt>\d{1,4}) ` +
    '(?<nonce>[0-9a-f]{16}) (?<digest>[0-9a-f]{8})' +
    String.raw`(?: (?<until>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ))?\]$`,
  's',
);

/** Whether a human text could be taken for a mark; such a `desc` is refused on input. */
export function looksLikeMark(text: string): boolean {
  return text.includes('[atlas-key/');
}

/** The description of a marked key: the human text, cut first, then the mark. */
export function describeMarked(desc: string, mark: Mark): string {
  const until = 'until' in mark ? ` ${isoSeconds(mark.until)}` : '';
  const suffix =
    ` [atlas-key/1 ${mark.state} ${mark.repository} ${mark.runId}.${mark.attempt} ` +
    `${mark.nonce} ${digestOf(desc)}${until}]`;
  return cut(desc, DESC_LIMIT - suffix.length) + suffix;
}

/** Reads a description strictly; `undefined` for everything that we did not write. */
export function readMark(description: string): MarkedDescription | undefined {
  const groups = PATTERN.exec(description)?.groups;
  if (groups === undefined) return undefined;
  const { text, settled, limited, repository, runId, attempt, nonce, digest, until } = groups;
  const origin = { repository, runId, attempt, nonce } as Origin;
  const limit = until === undefined ? undefined : Date.parse(until);
  if ((settled === undefined) === (limit === undefined) || Number.isNaN(limit)) return undefined;
  const mark = (
    limit === undefined ? { ...origin, state: settled } : { ...origin, state: limited, until: limit }
  ) as Mark;
  return { text: text as string, digest: digest as string, mark };
}

/** Whether a marked description was made for exactly this human text. */
export function isMarkedAs(marked: MarkedDescription, desc: string): boolean {
  return marked.digest === digestOf(desc) && desc.startsWith(marked.text);
}

/** Whole seconds, since neither `Date` headers nor key ids know finer ones: `2026-11-23T12:00:00Z`. */
export function isoSeconds(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

function digestOf(desc: string): string {
  return createHash('sha256').update(desc).digest('hex').slice(0, 8);
}

/** Cuts without leaving half of a surrogate pair or a blank at the end. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  return text
    .slice(0, length)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd();
}
