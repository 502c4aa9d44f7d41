/** How the demo looks: headings, indented blocks, Markdown as text. Plain in a pipe, and where NO_COLOR is set. */
import { stripVTControlCharacters, styleText } from 'node:util';

/** What fits into a terminal of 100 columns beside the bar. */
const WIDTH = 95;

type Style = Parameters<typeof styleText>[0];

const coloured = process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === '';

/** A line of the page. */
export function say(text: string, style?: Style): void {
  process.stdout.write(`${coloured ? styled(style, text) : stripVTControlCharacters(text)}\n`);
}

/** A block with its name before it and a bar at its side. */
export function block(name: string, text: string): void {
  say(`   ${name}`, 'dim');
  for (const line of text.trimEnd().split('\n')) {
    const [, level = '', message = line] = /^##\[(error|warning|notice)\](.*)$/.exec(line) ?? [];
    const { style, word } = LEVELS[level] ?? {};
    const whole = word === undefined ? message : `${word}: ${message}`;
    for (const part of folded(whole)) say(`${styled('dim', '   │')} ${styled(style, part)}`);
  }
}

/** The runner's own marks, in the words that a user sees beside the line. */
const LEVELS: Readonly<Record<string, { readonly style: Style; readonly word: string }>> = {
  error: { style: 'red', word: 'Error' },
  warning: { style: 'yellow', word: 'Warning' },
  notice: { style: 'blue', word: 'Notice' },
};

function styled(style: Style | undefined, text: string): string {
  return style === undefined ? text : styleText(style, text, { validateStream: false });
}

/** A long line in several, broken at blanks; its indentation is kept. */
function folded(line: string): string[] {
  const [indent = ''] = /^ */.exec(line) ?? [];
  const parts: string[] = [];
  let rest = line;
  while (rest.length > WIDTH) {
    const at = rest.lastIndexOf(' ', WIDTH);
    if (at <= indent.length) break;
    parts.push(rest.slice(0, at));
    rest = `${indent}  ${rest.slice(at + 1)}`;
  }
  return [...parts, rest];
}

/** A summary as it reads without a browser: tables as columns. */
export function markdownAsText(markdown: string): string {
  const blocks = markdown.split(/\n{2,}/).filter((block) => block.trim() !== '');
  return blocks.map((block) => (block.startsWith('|') ? columns(block) : unmarked(block))).join('\n\n');
}

function columns(table: string): string {
  const [head = '', , ...body] = table.split('\n');
  const rows = [head, ...body].map((row) =>
    row
      .replace(/^\||\|$/g, '')
      .split(/(?<!\\)\|/)
      .map((cell) => unmarked(cell).trim()),
  );
  const kept = rows.filter((row) => row.some((cell) => cell !== ''));
  const widths = (kept[0] ?? []).map((_, column) => Math.max(...kept.map((row) => row[column]?.length ?? 0)));
  return kept
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Without what makes Markdown: heading marks, code spans, bold, escapes. */
function unmarked(text: string): string {
  return text
    .replace(/^#+ /gm, '')
    .replace(/<code>(.*?)<\/code>/g, '$1')
    .replace(/`([^`]*)`/g, '$1')
    .replace(/\*\*([^*]*)\*\*/g, '$1')
    .replace(/<wbr>|<\/?a\b[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/\\([^\w\s])/g, '$1');
}
