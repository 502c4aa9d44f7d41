/** The job summary as Markdown, from plain data. Everything that came from a server or a user is escaped. */
import { messageOf } from './atlas/errors.ts';
import type { Business } from './business.ts';
import { InputError } from './inputs/findings.ts';
import type { Commit } from './keys/commit.ts';
import { createdAt, newestFirst } from './keys/key.ts';
import { isoSeconds } from './keys/mark.ts';
import type { FamilyRow, LeftKey, Outcome, StoredSecrets } from './keys/outcome.ts';
import { count, nameOf } from './keys/step.ts';
import type { Credential } from './request.ts';

/** A table shows no more rows than these. The log names everything. */
const ROWS_SHOWN = 50;

/** What the page shows besides the outcome. */
export interface Surroundings {
  /** Keys that the step left as they are. */
  readonly left: readonly LeftKey[];
  /** Where the new credential is stored. */
  readonly stored?: readonly StoredSecrets[];
  /** GitHub's origin, for links to runs; none where it is empty. */
  readonly serverUrl: string;
  readonly credential?: Credential | undefined;
}

/** What a step did. */
export function renderSummary(outcome: Outcome, surroundings: Surroundings): string {
  const { left, stored = [], serverUrl, credential = 'apiKey' } = surroundings;
  // Where the job decides, the post step tells of the family when that is done.
  const family = standingOf(outcome) === 'undecided' ? [] : outcome.family;
  return page(
    headlineOf(outcome, credential),
    renderFacts(outcome),
    table(['Stored as', 'In'], stored, ({ names, where }) => [codes(names), escaped(where)]),
    table(['Would', 'Key', 'What'], outcome.plan, ({ action, key, what }) => [
      action,
      key === undefined ? '' : code(nameOf(key)),
      escaped(what),
    ]),
    outcome.facts !== undefined && family.length > 0 ? 'Every key of this description:' : '',
    renderFamily(family, outcome.result === 'swept' ? serverUrl : undefined),
    renderLeft(left),
    warned(outcome.problem),
  );
}

/** What post adds when a rotation has been decided. */
export function renderCommit({ outcome, family }: Commit, left: readonly LeftKey[]): string {
  const headline =
    outcome === 'committed'
      ? 'The rotation is final'
      : 'A newer rotation was quicker, and its key is current';
  return page(headline, renderFamily(family), renderLeft(left));
}

const UNFINISHED = {
  findUnanswered: 'A key may be left over',
  withdraw: 'A key is left over',
  revoke: 'The key is still alive',
  finishEnsure: 'The key needs a look',
  commit: 'The rotation is not final',
  leaveUndecided: 'The new key is not current',
  deleteSecret: 'The secret is still alive',
  finishAccount: 'The service account needs a look',
  commitSecret: 'The rotation is not final',
  leaveSecret: 'The new secret is not current',
} as const satisfies Record<Business['task'], string>;

/** What post adds when something is left to do: `told` says what, and why. */
export function renderUnfinished(task: Business['task'], told: string): string {
  return page(UNFINISHED[task], warned(told));
}

/** What is left of a step that failed. */
export function renderFailure(error: unknown): string {
  if (!(error instanceof InputError)) return page('The step failed', warned(messageOf(error)));
  const problems = error.problems.map((problem) => `- ${escaped(problem)}`);
  return page('The inputs are wrong, so nothing was done', problems.join('\n'));
}

function page(headline: string, ...parts: string[]): string {
  return `${[`### ${headline}`, ...parts].filter((part) => part !== '').join('\n\n')}\n`;
}

function warned(sentence = ''): string {
  return sentence && `> [!WARNING]\n> ${escaped(sentence)}`;
}

/** No mode assigns a service account, so that headline is never shown. */
const HEADLINES = {
  created: { apiKey: 'Created a project API key', serviceAccount: 'Made a secret of a service account' },
  rotated: {
    apiKey: 'Rotated the project API key',
    serviceAccount: 'Rotated the secret of a service account',
  },
  assigned: { apiKey: 'Assigned an API key to the project', serviceAccount: 'Assigned a service account' },
  updated: { apiKey: 'Updated an API key', serviceAccount: 'Updated a service account' },
  unchanged: {
    apiKey: 'The API key is as declared',
    serviceAccount: 'The service account is as declared',
  },
} as const satisfies Partial<Record<Outcome['result'], Record<Credential, string>>>;

/** How a headline ends where the new key or secret is not the current one. */
const STANDINGS: Partial<Record<FamilyRow['state'], string>> = {
  ephemeral: ' for this job',
  undecided: ', which becomes current when the job succeeds',
  previous: ', but a newer one is current',
};

function headlineOf(outcome: Outcome, credential: Credential): string {
  const { result, changed, family, plan, problem } = outcome;
  switch (result) {
    case 'created':
    case 'rotated': {
      const after = STANDINGS[standingOf(outcome) ?? 'current'];
      return after === undefined ? HEADLINES[result][credential] : HEADLINES.created[credential] + after;
    }
    case 'revoked':
      if (credential === 'apiKey') return revokedOf(family, 'API key', 'There was no such key to revoke');
      if (problem !== undefined) return 'Not every service account was revoked';
      return changed ? 'Revoked service accounts' : 'There was no such service account to revoke';
    case 'swept':
      return revokedOf(family, 'left-over API key', 'Nothing was left over');
    case 'planned': {
      const what = plan.length === 0 ? 'nothing would be changed' : `${count(plan, 'change')} would be made`;
      return `Dry run: ${what}${problem === undefined ? '' : ', and the step would fail'}`;
    }
    default:
      return HEADLINES[result][credential];
  }
}

function revokedOf(family: readonly FamilyRow[], noun: string, none: string): string {
  if (family.length === 0) return none;
  const revoked = family.filter(({ state }) => state === 'revoked').length;
  if (revoked === 0) return `Revoked no ${noun}`;
  return `Revoked ${revoked === family.length ? '' : `${revoked} of `}${count(family, noun)}`;
}

/** What the key, or the secret, that the outcome is about has become. */
function standingOf({ facts, account, expiresAt, family }: Outcome): FamilyRow['state'] | undefined {
  if (account !== undefined) return account.standing;
  if (expiresAt !== undefined) return 'ephemeral';
  return family.find(({ apiUserId }) => apiUserId === facts?.key.id)?.state;
}

function renderFacts({ facts, account, expiresAt }: Outcome): string {
  const about = facts ?? account;
  if (about === undefined) return '';
  const at = (time: number | undefined) => (time === undefined ? undefined : isoSeconds(time));
  const [until, formerUntil] = [at(expiresAt), at(account?.formerEndsAt)];
  const rows: [string, string | undefined][] = [
    ['Key', facts && code(facts.key.id)],
    ['Public key', facts && code(facts.key.publicKey)],
    ['Client id', account && code(account.clientId)],
    ['Roles', codes(about.roles) || 'none in this project'],
    [about.groupIds.length === 1 ? 'Project' : 'Projects', codes(about.groupIds)],
    ['Made', facts && isoSeconds(createdAt(facts.key.id))],
    ['Lives until', facts && until && `the end of this job; counts as left over from ${until}`],
    ['Secret ends', account && until],
    ['Former secret ends', formerUntil && `by ${formerUntil}`],
  ];
  const head = [facts === undefined ? 'Service account' : 'Description', code(about.desc)];
  const known = rows.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return table(head, known, (row) => row);
}

/** The plan as lines of the log. */
export function tellPlan({ result, plan }: Outcome): string[] {
  if (result !== 'planned') return [];
  if (plan.length === 0) return ['Dry run: nothing would be changed.'];
  return plan.map(({ action, key, what }) => {
    return `Dry run, would ${action}${key === undefined ? '' : ` key ${nameOf(key)}`}: ${what}`;
  });
}

/** @param serverUrl given for keys of many descriptions and runs, of which each row then tells its own */
function renderFamily(family: readonly FamilyRow[], serverUrl?: string): string {
  const columns = serverUrl === undefined ? [] : ['Description', 'Run'];
  return table(['Key', 'Public key', ...columns, 'Made', 'State'], newest(family), (row) => [
    code(row.apiUserId),
    code(row.publicKey),
    ...(serverUrl === undefined ? [] : cellsOfOrigin(row, serverUrl)),
    isoSeconds(createdAt(row.apiUserId)),
    row.state === 'retired' ? 'retired, still alive' : row.state,
  ]);
}

/** The only link of the summary. It leads to GitHub's own page of the run; a mark is parsed strictly, so it is safe. */
function cellsOfOrigin({ origin }: FamilyRow, serverUrl: string): [string, string] {
  if (origin === undefined) return ['', ''];
  const { repository, runId, attempt } = origin.run;
  const name = escaped(`${repository} ${runId}.${attempt}`);
  const address = `${serverUrl}/${repository}/actions/runs/${runId}`;
  return [code(origin.desc), serverUrl === '' ? name : `<a href="${address}">${name}</a>`];
}

function renderLeft(left: readonly LeftKey[]): string {
  const rows = table(['Key', 'Public key', 'Why'], newest(left), ({ apiUserId, publicKey, why }) => [
    code(apiUserId),
    code(publicKey),
    escaped(why),
  ]);
  return rows && `Left as they are, since this step may not touch them:\n\n${rows}`;
}

function newest<Row extends { readonly apiUserId: string }>(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted((left, right) => newestFirst({ id: left.apiUserId }, { id: right.apiUserId }));
}

/** A table with a row for each item, or nothing where there is none. */
function table<Item>(
  head: readonly string[],
  items: readonly Item[],
  cellsOf: (item: Item) => readonly string[],
): string {
  if (items.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rows = items.slice(0, ROWS_SHOWN).map((item) => line(cellsOf(item)));
  const more = items.length > ROWS_SHOWN ? [`\nand ${items.length - ROWS_SHOWN} more`] : [];
  return [line(head), line(head.map(() => ':--')), ...rows, ...more].join('\n');
}

function codes(texts: readonly string[]): string {
  return texts.map(code).join(' ');
}

function code(text: string): string {
  return `<code>${escaped(text)}</code>`;
}

/**
 * Text that is text wherever it stands in Markdown or HTML: whatever could be syntax becomes a reference. GitHub also
 * makes links of bare addresses, e-mail addresses, names, numbers of issues and hashes of commits, some of them after
 * references are resolved, but never across a tag (https://github.github.com/gfm/#autolinks-extension-).
 */
function escaped(text: string): string {
  return (
    text
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
      .replace(/[&<>"'|\\`*_[\](){}#~!:@^$+=./-]/g, (character) => {
        return `&#${character.codePointAt(0)};${'#-./:@'.includes(character) ? '<wbr>' : ''}`;
      })
      // Ids of Atlas, which have 24 digits, are no hashes of commits.
      .replace(/\b(?![\da-f]{24}\b)[\da-f]{7,}\b/gi, (hash) => hash.replace(/.{6}/g, '$&<wbr>'))
  );
}
