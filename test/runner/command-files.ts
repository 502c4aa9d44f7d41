/**
 * The files a step writes to: `GITHUB_OUTPUT`, `GITHUB_STATE`, `GITHUB_ENV` hold `name=value` lines or
 * `name<<delimiter` blocks.
 */

/** The pairs of a command file in order, the last one of a name winning. Throws what the runner would complain of. */
export function parseCommandFile(text: string): Map<string, string> {
  const pairs = new Map<string, string>();
  const lines = splitLines(text);
  let next = 0;
  while (next < lines.length) {
    const line = lines[next++] ?? '';
    if (line === '') continue;
    const equals = line.indexOf('=');
    const block = line.indexOf('<<');
    if (equals >= 0 && (block < 0 || equals < block)) {
      const name = line.slice(0, equals);
      if (name === '') throw new Error(`Invalid format '${line}'. Name must not be empty`);
      pairs.set(name, line.slice(equals + 1));
      continue;
    }
    if (block < 0) throw new Error(`Invalid format '${line}'`);
    const name = line.slice(0, block);
    const delimiter = line.slice(block + 2);
    if (name === '' || delimiter === '') {
      throw new Error(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`);
    }
    const end = lines.indexOf(delimiter, next);
    if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
    pairs.set(name, lines.slice(next, end).join('\n'));
    next = end + 1;
  }
  return pairs;
}

function splitLines(text: string): string[] {
  const lines = text.split(process.platform === 'win32' ? /\r?\n/ : '\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
