/** The readers that several inputs share. */
import { nameAll, type Reader } from './findings.ts';

/** Any text, as it is. */
export const anyText: Reader<string> = (text) => text;

/** A text of this form; `fault` is told of any other, which it gets as a sentence may repeat it. */
export function textLike(form: RegExp, fault: (quoted: string) => string): Reader<string> {
  return (text, context) => (form.test(text) ? text : context.fault(fault(context.quote(text))));
}

/** `true` or `false` in the spellings of YAML 1.2, as `core.getBooleanInput` takes them. */
export const boolean: Reader<boolean> = (text, { quote, fault }) => {
  if (/^(true|True|TRUE)$/.test(text)) return true;
  return /^(false|False|FALSE)$/.test(text)
    ? false
    : fault(`is ${quote(text)}: write \`true\` or \`false\`.`);
};

/** One of a closed set of words. */
export function choice<const Choice extends string>(choices: readonly Choice[]): Reader<Choice> {
  return (text, { quote, fault }) =>
    choices.find((candidate) => candidate === text) ??
    fault(`is ${quote(text)}, which does not exist: choose ${nameAll(choices, 'or')}.`);
}

/** A whole number from 0 to `max`; `because` ends the sentence. */
export function wholeNumber(max: number, because = ''): Reader<number> {
  return (text, { quote, fault }) =>
    /^\d{1,9}$/.test(text) && Number(text) <= max
      ? Number(text)
      : fault(`is ${quote(text)}: write a whole number from 0 to ${max}${because}.`);
}

/** Reads one way for API keys and another way for service accounts. */
export function byCredential<Value>(apiKey: Reader<Value>, serviceAccount: Reader<Value>): Reader<Value> {
  return (text, context) =>
    (context.credential === 'serviceAccount' ? serviceAccount : apiKey)(text, context);
}

/** Items one a line or separated by commas, in their order, each once. */
export function parseList(text: string): string[] {
  const items = text.split(/[,\r\n]/).map((item) => item.trim());
  return [...new Set(items)].filter((item) => item !== '');
}

/** Reads each item of a list; what is wrong with any of them is told. */
export function listOf<Item extends {}>(readItem: Reader<Item>): Reader<readonly Item[]> {
  return (text, context) => {
    const items = parseList(text).map((item) => readItem(item, context));
    return items.every((item) => item !== undefined) ? items : undefined;
  };
}

const HOUR = 3_600_000;
const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: HOUR, d: 24 * HOUR };

/** Milliseconds of `120s`, `90m`, `24h`, `7d` or `0`; `undefined` for anything else. */
function parseDuration(text: string): number | undefined {
  if (text === '0') return 0;
  const [, count, unit = ''] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const milliseconds = UNITS[unit];
  return milliseconds && Number(count) * milliseconds;
}

/** A duration in milliseconds, from `min` to `max` as they are written here; `because` ends the sentence. */
export function duration(min: string, max: string, because: string): Reader<number> {
  const [least = 0, most = 0] = [min, max].map(parseDuration);
  return (text, { quote, fault }) => {
    const milliseconds = parseDuration(text);
    if (milliseconds === undefined) {
      return fault(
        `is ${quote(text)}, which is not a duration: write a whole number and its unit, such as \`120s\`, \`90m\`, \`24h\` or \`7d\`.`,
      );
    }
    return milliseconds >= least && milliseconds <= most
      ? milliseconds
      : fault(`is ${quote(text)}, but must be from ${min} to ${max}: ${because}.`);
  };
}

const YEAR = duration('8h', '365d', 'Atlas makes no secret that lives shorter or longer');
const WEEK = duration(
  '8h',
  '7d',
  'in mode `ephemeral` another run may make a secret of the same service account, and Atlas then ends this one within seven days',
);

/** How long the secret of a service account lives, in hours, which Atlas counts in. */
export const secretLifetime: Reader<number> = (text, context) => {
  const [read, usual] = context.mode === 'ephemeral' ? [WEEK, '8h'] : [YEAR, '90d'];
  const milliseconds = read(text || usual, context);
  if (milliseconds === undefined) return undefined;
  return milliseconds % HOUR === 0
    ? milliseconds / HOUR
    : context.fault(`is ${context.quote(text)}, but Atlas counts whole hours: write it as hours or days.`);
};

/** The hosts of this machine, where `http` is fine. */
const LOOPBACK = /^(localhost|\[::1\]|127\.\d+\.\d+\.\d+)$/;

/** An address that secrets are sent to: `https`, or `http` on this machine. Its value has no trailing slash. */
export const serviceUrl: Reader<string> = (text, { quote, fault }) => {
  if (text.includes('@')) {
    // Not repeated: what stands before the @ may be a password.
    return fault('holds a user or a password before an `@`: leave them out, they have inputs of their own.');
  }
  const url = /^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(text) ? URL.parse(text) : null;
  if (url === null) {
    return fault(
      `is ${quote(text)}, which is not an address: write one with its scheme, such as \`https://cloud.mongodb.com\`.`,
    );
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.test(url.hostname))) {
    return fault(
      `is ${quote(text)}, but credentials are sent over \`https\` only (\`http\` to this machine aside): write \`https://…\`.`,
    );
  }
  if (/[?#]/.test(text)) return fault(`is ${quote(text)}, but must end before \`?\` and \`#\`.`);
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
};

/** Such an address that ends after the host. */
export const serviceOrigin: Reader<string> = (text, context) => {
  const address = serviceUrl(text, context);
  const origin = address && new URL(address).origin;
  return address === origin
    ? origin
    : context.fault(
        `is ${context.quote(text)}, but must end after the host: write \`${origin}\` (the path is for the input \`api\`).`,
      );
};
