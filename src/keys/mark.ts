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

const STATES = ['pending', 'undecided', 'previous', 'retired', 'ephemeral'] as const;

/** What a marked key is; a key that is current carries no mark. */
export type MarkState = (typeof STATES)[number];

interface Origin extends RunIdentity {
  /** 16 hex digits, one a step: finds a key whose create was answered to nobody. */
  readonly nonce: string;
}

/** `until`: in milliseconds since 1970 by the service's clock, whole seconds. */
export type Mark =
  | (Origin & { readonly state: 'pending' | 'ephemeral'; readonly until: number })
  /** `until` stands there while its maker stores the key. */
  | (Origin & { readonly state: 'undecided'; readonly until?: number })
  | (Origin & { readonly state: 'previous' | 'retired'; readonly until?: never });

interface MarkedDescription {
  /** The human text, or its beginning where the mark left no room for all of it. */
  readonly text: string;
  /** Of the whole human text: keeps families apart whose texts were cut alike. */
  readonly digest: string;
  readonly mark: Mark;
}

// Owner and name as GitHub allows them; with the longest of each, 12 characters are left for the text.
const PATTERN = new RegExp(
  String.raw`^(?<text>.*) \[atlas-key/1 ` +
    `(?<state>${STATES.join('|')}) ` +
    String.raw`(?<repository>[\w.-]{1,39}/[\w.-]{1,100}) (?<runId>\d{1,20})\.(?<attempt>\d{1,4}) ` +
    '(?<nonce>[0-9a-f]{16}) (?<digest>[0-9a-f]{8})' +
    String.raw`(?: (?<until>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ))?\]$`,
  's',
);

/** Whether a human text could be taken for a mark; such a `desc` is refused on input. */
export function looksLikeMark(text: string): boolean {
  return text.includes('[atlas-key/');
}

/** Whether what follows a human text begins as a mark does, ours or not. */
export function beginsLikeMark(rest: string): boolean {
  return rest.trimStart().startsWith('[atlas-key/');
}

/** The description of a marked key: the human text, cut first, then the mark. */
export function describeMarked(desc: string, mark: Mark): string {
  const until = mark.until === undefined ? '' : ` ${isoSeconds(mark.until)}`;
  const suffix =
    ` [atlas-key/1 ${mark.state} ${mark.repository} ${mark.runId}.${mark.attempt} ` +
    `${mark.nonce} ${digestOf(desc)}${until}]`;
  return cut(desc, DESC_LIMIT - suffix.length) + suffix;
}

/** Reads a description strictly; `undefined` for everything that we did not write. */
export function readMark(description: string): MarkedDescription | undefined {
  const groups = PATTERN.exec(description)?.groups;
  if (groups === undefined) return undefined;
  const { text, state, repository, runId, attempt, nonce, digest, until } = groups;
  const isLimited = state === 'pending' || state === 'ephemeral';
  if (until === undefined ? isLimited : !(isLimited || state === 'undecided')) return undefined;
  const limit = until === undefined ? {} : { until: Date.parse(until) };
  if (Number.isNaN(limit.until)) return undefined;
  const mark = { repository, runId, attempt, nonce, state, ...limit } as Mark;
  return { text: text as string, digest: digest as string, mark };
}

/** What a key of this description is. */
export function stateOf(description: string): 'current' | MarkState {
  return readMark(description)?.mark.state ?? 'current';
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
