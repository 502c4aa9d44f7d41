/**
 * Workflow commands in a step's output: `::name key=value::data`, and the older `##[name key=value]data`.
 * The older form is found anywhere in a line, which is why text from elsewhere is dangerous even behind a prefix.
 */

export interface WorkflowCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

const REGISTERED: ReadonlySet<string> = new Set([
  ...['add-mask', 'add-matcher', 'add-path', 'debug', 'echo', 'endgroup', 'error', 'group', 'notice'],
  ...['remove-matcher', 'save-state', 'set-env', 'set-output', 'stop-commands', 'warning'],
]);

/** The command in a line, if the runner would take it for one. `resumeToken` is known while commands are stopped. */
export function parseWorkflowCommand(line: string, resumeToken?: string): WorkflowCommand | undefined {
  return parseColonForm(line, resumeToken) ?? parseBracketForm(line, resumeToken);
}

function parseColonForm(line: string, resumeToken: string | undefined): WorkflowCommand | undefined {
  const text = line.trimStart();
  const end = text.indexOf('::', 2);
  if (!text.startsWith('::') || end < 0) return undefined;
  return command(text.slice(2, end), ',', text.slice(end + 2), resumeToken, {
    property: { '%0D': '\r', '%0A': '\n', '%3A': ':', '%2C': ',' },
    data: { '%0D': '\r', '%0A': '\n' },
  });
}

function parseBracketForm(line: string, resumeToken: string | undefined): WorkflowCommand | undefined {
  const start = line.indexOf('##[');
  const end = line.indexOf(']', start);
  if (start < 0 || end < 0) return undefined;
  const escapes = { '%3B': ';', '%0D': '\r', '%0A': '\n', '%5D': ']' };
  const head = line.slice(start + 3, end);
  return command(head, ';', line.slice(end + 1), resumeToken, { property: escapes, data: escapes });
}

function command(
  head: string,
  separator: string,
  data: string,
  resumeToken: string | undefined,
  escapes: Readonly<Record<'property' | 'data', Readonly<Record<string, string>>>>,
): WorkflowCommand | undefined {
  const space = head.indexOf(' ');
  const name = (space < 0 ? head : head.slice(0, space)).toLowerCase();
  if (!REGISTERED.has(name) && name !== resumeToken?.toLowerCase()) return undefined;
  const properties: Record<string, string> = {};
  for (const pair of space < 0 ? [] : head.slice(space + 1).split(separator)) {
    const equals = pair.indexOf('=');
    const key = pair.slice(0, equals).trim();
    const value = pair.slice(equals + 1);
    if (equals > 0 && value !== '') properties[key] = unescapeAll(value, escapes.property);
  }
  return { name, properties, data: unescapeAll(data, escapes.data) };
}

/** `%25` comes last, or an escaped `%250A` would become a line break. */
function unescapeAll(value: string, escapes: Readonly<Record<string, string>>): string {
  let text = value;
  for (const [escaped, plain] of Object.entries({ ...escapes, '%25': '%' })) {
    text = text.replaceAll(escaped, plain);
  }
  return text;
}
