/** The job summary as Markdown, from plain data. Everything that came from a server or a user is escaped. */
import { messageOf } from './atlas/errors.ts';
import type { Business } from './business.ts';
import { InputError } from './inputs/findings.ts';
import type { Commit } from './keys/commit.ts';
import { ageAt, newestFirst } from './keys/key.ts';
import { isoSeconds } from './keys/mark.ts';
import type {
  AccountFacts,
  FamilyRow,
  LeftKey,
  Outcome,
  PlannedChange,
  StoredSecrets,
} from './keys/outcome.ts';
import { count } from './keys/step.ts';
import type { Credential, RunIdentity } from './request.ts';

/** Nobody assigns service accounts, or sweeps them; a dry run has its own headline. */
const ACCOUNT_HEADLINES: Partial<Record<Outcome['result'], string>> = {
  created: 'Made a secret of a service account',
  updated: 'Updated a service account',
  unchanged: 'The service account is as declared',
  rotated: 'Rotated the secret of a service account',
  revoked: 'Revoked service accounts',
};

/** More lines than this make nobody wiser; the log has them all. */
const ROWS_SHOWN = 50;

/** What the page shows besides the outcome. */
export interface Surroundings {
  /** Keys that the step left as they are. */
  readonly left: readonly LeftKey[];
  /** Where the new credential is stored. */
  readonly stored?: readonly StoredSecrets[];
  /** By the service's clock, in milliseconds since 1970. */
  readonly now: number;
  /** GitHub's origin, for links to runs; none where it is empty. */
  readonly serverUrl: string;
  readonly credential?: Credential | undefined;
}

/** What a step did. */
export function renderSummary(outcome: Outcome, surroundings: Surroundings): string {
  const { left, stored = [], now, serverUrl, credential } = surroundings;
  // Where the job decides, the post step tells of the family when that is done.
  const family = stateOfOwn(outcome) === 'undecided' ? [] : outcome.family;
  return page(
    credential === 'serviceAccount' ? headlineOfAccount(outcome) : headlineOf(outcome),
    renderFacts(outcome, now),
    renderStored(stored),
    renderPlan(outcome),
    outcome.facts !== undefined && family.length > 0 ? 'Every key of this description:' : '',
    outcome.result === 'swept' ? renderSwept(family, now, serverUrl) : renderFamily(family, now),
    renderLeft(left),
    warned(outcome.problem),
  );
}

/** What post adds when a rotation has been decided. */
export function renderCommit({ outcome, family }: Commit, left: readonly LeftKey[], now: number): string {
  const headline =
    outcome === 'committed'
      ? 'The rotation is final'
      : 'A newer rotation was quicker, and its key is current';
  return page(headline, renderFamily(family, now), renderLeft(left));
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

function headlineOfAccount(outcome: Outcome): string {
  const headline = ACCOUNT_HEADLINES[outcome.result];
  if (headline === undefined) return headlineOf(outcome);
  switch (outcome.account?.standing) {
    case 'ephemeral':
      return 'Made a secret of a service account for this job';
    case 'undecided':
      return 'Made a secret of a service account, which becomes current when the job succeeds';
  }
  if (outcome.result === 'revoked' && outcome.problem !== undefined)
    return 'Not every service account was revoked';
  if (outcome.result === 'revoked' && !outcome.changed) return 'There was no such service account to revoke';
  return headline;
}

function headlineOf(outcome: Outcome): string {
  const { result, family, plan, problem, expiresAt } = outcome;
  switch (result) {
    case 'created':
    case 'rotated':
      if (expiresAt !== undefined) return 'Created a project API key for this job';
      switch (stateOfOwn(outcome)) {
        case 'undecided':
          return 'Created a project API key, which becomes current when the job succeeds';
        case 'previous':
          return 'Created a project API key, but a newer one is current';
        default:
          return result === 'created' ? 'Created a project API key' : 'Rotated the project API key';
      }
    case 'assigned':
      return 'Assigned an API key to the project';
    case 'updated':
      return 'Updated an API key';
    case 'unchanged':
      return 'The API key is as declared';
    case 'revoked':
      return family.length === 0 ? 'There was no such key to revoke' : revokedOf(family, 'API key');
    case 'swept':
      return family.length === 0 ? 'Nothing was left over' : revokedOf(family, 'left-over API key');
    case 'planned': {
      const what = plan.length === 0 ? 'nothing would be changed' : `${count(plan, 'change')} would be made`;
      return `Dry run: ${what}${problem === undefined ? '' : ', and the step would fail'}`;
    }
  }
}

function revokedOf(family: readonly FamilyRow[], noun: string): string {
  const revoked = family.filter(({ state }) => state === 'revoked');
  if (revoked.length === family.length) return `Revoked ${count(family, noun)}`;
  if (family.length === 1) return `The ${noun} was not revoked`;
  return `Revoked ${revoked.length === 0 ? 'none' : revoked.length} of ${count(family, noun)}`;
}

/** What the key that the outcome is about has become. */
function stateOfOwn({ facts, family }: Outcome): FamilyRow['state'] | undefined {
  return family.find(({ apiUserId }) => apiUserId === facts?.key.id)?.state;
}

function renderStored(stored: readonly StoredSecrets[]): string {
  if (stored.length === 0) return '';
  const rows = stored
    .slice(0, ROWS_SHOWN)
    .map(({ names, where }) => [names.map(code).join(' '), escaped(where)]);
  return [table(['Stored as', 'In'], rows), ...more(stored)].join('\n');
}

function renderLeft(left: readonly LeftKey[]): string {
  if (left.length === 0) return '';
  const rows = shownOf(left).map(({ apiUserId, publicKey, why }) => [
    code(apiUserId),
    code(publicKey),
    escaped(why),
  ]);
  return [
    'Left as they are, since this step may not touch them:',
    '',
    table(['Key', 'Public key', 'Why'], rows),
    ...more(left),
  ].join('\n');
}

function renderFacts({ facts, account, expiresAt, result }: Outcome, now: number): string {
  if (account !== undefined) return renderAccount(account, expiresAt);
  if (facts === undefined) return '';
  const head: [string, string] = ['Description', code(facts.desc)];
  const rows: [string, string][] = [
    ['Key', code(facts.key.id)],
    ['Public key', code(facts.key.publicKey)],
    ['Roles', facts.roles.map(code).join(' ') || 'none in this project'],
    [facts.groupIds.length === 1 ? 'Project' : 'Projects', facts.groupIds.map(code).join(' ')],
    ['Age', result === 'created' || result === 'rotated' ? 'new' : formatAge(ageAt(now, facts.key.id))],
  ];
  if (expiresAt !== undefined) {
    rows.push(['Lives until', `the end of this job; counts as left over from ${isoSeconds(expiresAt)}`]);
  }
  return table(head, rows);
}

function renderAccount(account: AccountFacts, expiresAt: number | undefined): string {
  const rows: [string, string][] = [
    ['Client id', code(account.clientId)],
    ['Roles', account.roles.map(code).join(' ')],
    ['Project', account.groupIds.map(code).join(' ')],
  ];
  if (expiresAt !== undefined) rows.push(['Secret ends', isoSeconds(expiresAt)]);
  if (account.formerEndsAt !== undefined)
    rows.push(['Former secret ends', `by ${isoSeconds(account.formerEndsAt)}`]);
  return table(['Service account', code(account.desc)], rows);
}

function renderPlan({ result, plan }: Outcome): string {
  if (result !== 'planned' || plan.length === 0) return '';
  return ['This would be done:', '', ...plan.slice(0, ROWS_SHOWN).map(planLine), ...more(plan)].join('\n');
}

/** The plan as lines of the log. */
export function tellPlan({ result, plan }: Outcome): string[] {
  if (result !== 'planned') return [];
  if (plan.length === 0) return ['Dry run: nothing would be changed.'];
  return plan.map(({ action, key, what }) => {
    return `Dry run, would ${action}${key === undefined ? '' : ` key ${key.id} (${key.publicKey})`}: ${what}`;
  });
}

function planLine({ action, key, what }: PlannedChange): string {
  const name = key === undefined ? '' : ` ${code(key.id)} (${code(key.publicKey)})`;
  return `- **${action}**${name}: ${escaped(what)}`;
}

function renderFamily(family: readonly FamilyRow[], now: number): string {
  return renderKeys(family, now, [], () => []);
}

/** Keys of many descriptions and runs. */
function renderSwept(family: readonly FamilyRow[], now: number, serverUrl: string): string {
  return renderKeys(family, now, ['Description', 'Run'], ({ origin }) =>
    origin === undefined ? ['', ''] : [code(origin.desc), runLink(origin.run, serverUrl)],
  );
}

function renderKeys(
  family: readonly FamilyRow[],
  now: number,
  columns: readonly string[],
  cellsOf: (row: FamilyRow) => readonly string[],
): string {
  if (family.length === 0) return '';
  const rows = shownOf(family).map((row) => [
    code(row.apiUserId),
    code(row.publicKey),
    ...cellsOf(row),
    formatAge(ageAt(now, row.apiUserId)),
    row.state === 'retired' ? 'retired, still alive' : row.state,
  ]);
  return [table(['Key', 'Public key', ...columns, 'Age', 'State'], rows), ...more(family)].join('\n');
}

/** The only link of the summary: it leads to GitHub's own page of a run, and a mark is parsed strictly. */
function runLink({ repository, runId, attempt }: RunIdentity, serverUrl: string): string {
  const name = escaped(`${repository} ${runId}.${attempt}`);
  return serverUrl === '' ? name : `<a href="${serverUrl}/${repository}/actions/runs/${runId}">${name}</a>`;
}

/** The rows that a table shows, newest key first. */
function shownOf<Row extends { readonly apiUserId: string }>(rows: readonly Row[]): readonly Row[] {
  const idOf = ({ apiUserId }: Row) => ({ id: apiUserId });
  return rows.toSorted((left, right) => newestFirst(idOf(left), idOf(right))).slice(0, ROWS_SHOWN);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => ':--')), ...rows.map(line)].join('\n');
}

function more(items: readonly unknown[]): string[] {
  return items.length > ROWS_SHOWN ? [`\nand ${items.length - ROWS_SHOWN} more`] : [];
}

/** `3 d 4 h`, `12 min`, `5 s`. */
export function formatAge(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const [minutes, hours, days] = [60, 3600, 86_400].map((unit) => Math.floor(seconds / unit)) as [
    number,
    number,
    number,
  ];
  if (days > 0) return `${days} d ${hours % 24} h`;
  if (hours > 0) return `${hours} h ${minutes % 60} min`;
  return minutes > 0 ? `${minutes} min` : `${seconds} s`;
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
