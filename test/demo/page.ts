/** How the demo looks: headings, indented blocks, Markdown as text. Plain wherever colour is not wanted. */
import { stripVTControlCharacters, styleText } from 'node:util';

/** What fits into a terminal of 100 columns beside the bar. */
const WIDTH = 95;

type Style = Parameters<typeof styleText>[0];

/** Lines that a terminal shows; without colour in a pipe, and where NO_COLOR is set. */
export class Page {
  readonly #write: (text: string) => void;
  readonly #coloured: boolean;

  constructor(write: (text: string) => void, coloured: boolean) {
    this.#write = write;
    this.#coloured = coloured;
  }

  title(text: string): void {
    this.#line(this.#styled('bold', text));
  }

  chapter(number: number, text: string): void {
    this.#line('');
    this.#line(this.#styled(['bold', 'cyan'], `${number}  ${text}`));
  }

  text(text: string): void {
    this.#line(text);
  }

  /** A block with its name before it and a bar at its side. */
  block(name: string, text: string): void {
    this.#line(this.#styled('dim', `   ${name}`));
    for (const line of text.trimEnd().split('\n')) {
      const [level, message] = levelOf(line);
      for (const part of folded(message))
        this.#line(`${this.#styled('dim', '   │')} ${this.#styled(level, part)}`);
    }
  }

  good(text: string): void {
    this.#line(this.#styled('green', `   ✓ ${text}`));
  }

  bad(text: string): void {
    this.#line(this.#styled('red', `   ✗ ${text}`));
  }

  #styled(style: Style | undefined, text: string): string {
    return this.#coloured && style !== undefined ? styleText(style, text, { validateStream: false }) : text;
  }

  #line(text: string): void {
    this.#write(`${this.#coloured ? text : stripVTControlCharacters(text)}\n`);
  }
}

/** The runner's own marks, in the words that a user sees beside the line. */
function levelOf(line: string): [Style | undefined, string] {
  const [, level = '', message = ''] = /^##\[(error|warning|notice)\](.*)$/.exec(line) ?? [];
  switch (level) {
    case 'error':
      return ['red', `Error: ${message}`];
    case 'warning':
      return ['yellow', `Warning: ${message}`];
    case 'notice':
      return ['blue', `Notice: ${message}`];
    default:
      return [undefined, line];
  }
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
