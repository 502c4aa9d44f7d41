/** The job summary as Markdown, from plain data. Everything that came from a server or a user is escaped. */
import { ageAt, createdAt } from './keys/key.ts';
import { isoSeconds } from './keys/mark.ts';
import type { AccountFacts, FamilyRow, LeftKey, Outcome, PlannedChange } from './keys/outcome.ts';
import type { Credential } from './request.ts';

const HEADLINES = {
  created: 'Created a project API key',
  assigned: 'Assigned an API key to the project',
  updated: 'Updated an API key',
  unchanged: 'The API key is as declared',
  rotated: 'Rotated the project API key',
  revoked: 'Revoked API keys',
  swept: 'Swept left-over API keys',
  planned: 'Dry run: nothing was changed',
} as const satisfies Record<Outcome['result'], string>;

/** Nobody assigns service accounts, or sweeps them. */
const ACCOUNT_HEADLINES: Readonly<Record<Outcome['result'], string>> = {
  ...HEADLINES,
  created: 'Made a secret of a service account',
  updated: 'Updated a service account',
  unchanged: 'The service account is as declared',
  rotated: 'Rotated the secret of a service account',
  revoked: 'Revoked service accounts',
};

/** More lines than this make nobody wiser; the log has them all. */
const ROWS_SHOWN = 50;

/** What a step did. `now` is by the service's clock, in milliseconds since 1970. */
export function renderSummary(
  outcome: Outcome,
  left: readonly LeftKey[],
  now: number,
  credential: Credential = 'apiKey',
): string {
  const headlines = credential === 'apiKey' ? HEADLINES : ACCOUNT_HEADLINES;
  const parts = [
    `### ${headlines[outcome.result]}`,
    renderFacts(outcome, now),
    renderPlan(outcome),
    outcome.facts !== undefined && outcome.family.length > 0 ? 'Every key of this description:' : '',
    renderFamily(outcome.family, now),
    renderLeft(left),
    outcome.problem === undefined ? '' : `> [!WARNING]\n> ${escaped(outcome.problem)}`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** What post adds after it made a rotation final. */
export function renderCommit(family: readonly FamilyRow[], left: readonly LeftKey[], now: number): string {
  const parts = ['### The rotation is final', renderFamily(family, now), renderLeft(left)];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function renderLeft(left: readonly LeftKey[]): string {
  if (left.length === 0) return '';
  const rows = left
    .slice(0, ROWS_SHOWN)
    .map(({ apiUserId, publicKey, why }) => [code(apiUserId), code(publicKey), escaped(why)]);
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
    ['Roles', facts.roles.map(code).join(' ')],
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
  if (result !== 'planned') return '';
  if (plan.length === 0) return 'Nothing would be changed.';
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
  if (family.length === 0) return '';
  const shown = family.slice(0, ROWS_SHOWN);
  const rows = shown.map((row) => [
    code(row.apiUserId),
    code(row.publicKey),
    formatAge(ageAt(now, row.apiUserId)),
    row.state,
  ]);
  return [
    table(['Key', 'Public key', 'Age', 'State'], rows),
    ...more(family),
    '',
    renderLives(shown, now),
  ].join('\n');
}

const STATES_IN_ORDER: readonly FamilyRow['state'][] = [
  'current',
  'undecided',
  'pending',
  'ephemeral',
  'previous',
  'retired',
];

const LOOKS: Partial<Record<FamilyRow['state'], string>> = { current: 'active, ', retired: 'done, ' };

/**
 * When each key lived, as a Mermaid gantt with a section a state. Its syntax takes no escapes, so only public keys
 * and states go in.
 */
function renderLives(family: readonly FamilyRow[], now: number): string {
  const births = family.map(({ apiUserId }) => createdAt(apiUserId));
  const span = Math.max(now - Math.min(...births), 10_000);
  const bar = ({ apiUserId, publicKey, state }: FamilyRow): string => {
    // The youngest key would be thinner than a line beside one of months.
    const from = Math.min(createdAt(apiUserId), now - span / 100);
    const name = publicKey.replace(/\W/g, '');
    return `    ${name} :${LOOKS[state] ?? ''}${ganttTime(from)}, ${ganttTime(now)}`;
  };
  const sections = STATES_IN_ORDER.flatMap((state) => {
    const rows = family.filter((row) => row.state === state);
    return rows.length === 0 ? [] : [`    section ${state}`, ...rows.map(bar)];
  });
  return [
    '```mermaid',
    'gantt',
    '    title When each key lived (UTC)',
    '    dateFormat YYYY-MM-DD HH:mm:ss',
    `    axisFormat ${axisFormat(span)}`,
    '    todayMarker off',
    ...sections,
    '```',
  ].join('\n');
}

/** About ten ticks share the axis, so each says only what tells it from the next. */
function axisFormat(span: number): string {
  const hour = 3_600_000;
  if (span < hour / 6) return '%H:%M:%S';
  if (span < 24 * hour) return '%H:%M';
  if (span < 5 * 24 * hour) return '%a %H:%M';
  return span < 300 * 24 * hour ? '%d %b' : '%b %Y';
}

function ganttTime(milliseconds: number): string {
  return isoSeconds(milliseconds).slice(0, 19).replace('T', ' ');
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
