import type { Stream } from './child.ts';
import type { Masks } from './masks.ts';

export interface RawLine {
  readonly stream: Stream;
  readonly text: string;
}

/** What shows up beside the run, on top of its log. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly message: string;
  readonly title?: string;
}

/** Commands that stand in the log themselves while `echo` is on. */
const ECHOED = ['add-matcher', 'add-path', 'echo', 'remove-matcher', 'save-state', 'set-env', 'set-output'];

export interface ConsoleOptions {
  readonly masks: Masks;
  /** Whether the user turned debug logging on. */
  readonly debug: boolean;
  readonly onLog: (line: string) => void;
}

/**
 * One step's console: takes the raw lines, obeys the commands among them, writes the log that a user sees.
 * Both streams are read for commands, as the runner does.
 */
export class StepConsole {
  readonly raw: RawLine[] = [];
  readonly log: string[] = [];
  readonly commands: WorkflowCommand[] = [];
  readonly annotations: Annotation[] = [];
  readonly outputs = new Map<string, string>();
  readonly state = new Map<string, string>();
  /** A command that the runner could not obey fails the step, whatever its exit code. */
  failed = false;
  readonly #options: ConsoleOptions;
  #resumeToken: string | undefined;
  #echo = false;

  constructor(options: ConsoleOptions) {
    this.#options = options;
    this.#echo = options.debug;
  }

  /** Takes one line of the step's output. */
  take(text: string, stream: Stream): void {
    this.raw.push({ stream, text });
    const command = parseWorkflowCommand(text, this.#resumeToken);
    if (command === undefined || !this.#accepts(command)) {
      this.write(text);
      return;
    }
    this.commands.push(command);
    this.#obey(command, text);
  }

  /** Writes a line of the runner's own, or of the step, into the log. */
  write(text: string): void {
    const shown = this.#options.masks.apply(text);
    this.log.push(shown);
    this.#options.onLog(shown);
  }

  /** Writes what only those see who turned debug logging on. */
  debug(text: string): void {
    if (this.#options.debug) this.write(`##[debug]${text}`);
  }

  /** Adds an annotation and its line in the log. */
  annotate(level: Annotation['level'], message: string, title?: string): void {
    const shown = this.#options.masks.apply(message);
    this.annotations.push({
      level,
      message: shown,
      ...(title === undefined ? {} : { title: this.#options.masks.apply(title) }),
    });
    this.write(`##[${level}]${message}`);
  }

  /** While commands are stopped only the token that resumes them is one. */
  #accepts(command: WorkflowCommand): boolean {
    return this.#resumeToken === undefined || command.name === this.#resumeToken.toLowerCase();
  }

  #obey(command: WorkflowCommand, line: string): void {
    const { name, properties, data } = command;
    if (this.#echo && ECHOED.includes(name)) this.write(line);
    switch (name) {
      case this.#resumeToken?.toLowerCase():
        this.#resumeToken = undefined;
        this.write(line);
        return;
      case 'stop-commands':
        this.#resumeToken = data;
        this.write(line);
        return;
      case 'add-mask':
        this.#addMask(data);
        return;
      case 'error':
      case 'warning':
      case 'notice':
        this.annotate(name, data, properties.title);
        return;
      case 'debug':
        this.debug(data);
        return;
      case 'group':
        this.write(`##[group]${data}`);
        return;
      case 'endgroup':
        this.write('##[endgroup]');
        return;
      case 'echo':
        this.#echo = data.trim().toLowerCase() === 'on';
        return;
      case 'set-output':
        this.outputs.set(properties.name ?? '', data);
        return;
      case 'save-state':
        this.state.set(properties.name ?? '', data);
        return;
      case 'set-env':
      case 'add-path':
        this.#refuse(`The \`${name}\` command is disabled. Please upgrade to using Environment Files.`, line);
        return;
      default: // Problem matchers colour the log and do nothing else.
    }
  }

  #addMask(value: string): void {
    if (value.trim() === '') {
      this.annotate('warning', "Can't add secret mask for empty string in ##[add-mask] command.");
      return;
    }
    if (this.#echo) this.write('::add-mask::***');
    this.#options.masks.add(value);
  }

  #refuse(reason: string, line: string): void {
    this.annotate('error', `Unable to process command '${line}' successfully.`);
    this.annotate('error', reason);
    this.failed = true;
  }
}

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

const LINE_BREAKS = { '%0D': '\r', '%0A': '\n' };
const IN_BRACKETS = { ...LINE_BREAKS, '%3B': ';', '%5D': ']' };

/** Where a command stands in a line, what parts its properties, and what is escaped in these and in its data. */
const FORMS = [
  [/^\s*::(.*?)::(.*)$/s, ',', { ...LINE_BREAKS, '%3A': ':', '%2C': ',' }, LINE_BREAKS],
  [/##\[(.*?)\](.*)$/s, ';', IN_BRACKETS, IN_BRACKETS],
] as const;

/** The command in a line, if the runner would take it for one. `resumeToken` is known while commands are stopped. */
function parseWorkflowCommand(line: string, resumeToken?: string): WorkflowCommand | undefined {
  for (const [form, separator, inProperties, inData] of FORMS) {
    const [found, head = '', data = ''] = form.exec(line) ?? [];
    const [word = '', ...rest] = head.split(' ');
    const name = word.toLowerCase();
    const isKnown = REGISTERED.has(name) || name === resumeToken?.toLowerCase();
    if (found === undefined || !isKnown) continue;
    const pairs = rest.join(' ').split(separator);
    const properties = pairs.flatMap((pair) => {
      const [, key = '', value = ''] = /^([^=]+)=(.+)$/s.exec(pair) ?? [];
      return value === '' ? [] : [[key.trim(), unescapeAll(value, inProperties)]];
    });
    return { name, properties: Object.fromEntries(properties), data: unescapeAll(data, inData) };
  }
  return undefined;
}

/** `%25` comes last, or an escaped `%250A` would become a line break. */
function unescapeAll(value: string, escapes: Readonly<Record<string, string>>): string {
  let text = value;
  for (const [escaped, plain] of Object.entries({ ...escapes, '%25': '%' })) {
    text = text.replaceAll(escaped, plain);
  }
  return text;
}
