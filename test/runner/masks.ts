/**
 * The job's masks: every registered value in every form the runner knows. A mask holds for what is shown later,
 * never for what has been shown. (PowerShell's cut at `&` is left out: no PowerShell runs here.)
 */
export class Masks {
  readonly #values = new Set<string>();
  readonly #forms = new Set<string>();

  /** The values as they were registered. */
  get values(): readonly string[] {
    return [...this.#values];
  }

  /** Registers a value and each of its lines. */
  add(value: string): void {
    for (const part of [value, ...value.split(/[\r\n]+/)]) {
      if (part === '') continue;
      this.#values.add(part);
      for (const form of formsOf(part)) if (form !== '') this.#forms.add(form);
    }
  }

  /** The text as the log shows it: overlapping and touching secrets become one `***`. */
  apply(text: string): string {
    const spans = [...this.#forms]
      .flatMap((form) => occurrences(text, form))
      .sort((a, b) => a.start - b.start);
    let shown = '';
    let at = 0;
    let last = -1;
    for (const { start, end } of spans) {
      if (start > last) {
        shown += `${text.slice(at, start)}***`;
        last = end;
      } else {
        last = Math.max(last, end);
      }
      at = last;
    }
    return shown + text.slice(at);
  }
}

function occurrences(text: string, form: string): { start: number; end: number }[] {
  const found = [];
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
    found.push({ start: at, end: at + form.length });
  }
  return found;
}

function formsOf(value: string): string[] {
  return [
    value,
    ...[0, 1, 2].flatMap((offset) => base64Forms(value, offset)),
    value.replaceAll('"', '\\"'),
    value.replaceAll("'", "''"),
    JSON.stringify(value).slice(1, -1),
    uriForm(value),
    xmlForm(value),
    value.length > 8 && /^".*"$/s.test(value) ? value.slice(1, -1) : '',
  ];
}

/** What base64 of a longer text shows of a value that starts `offset` bytes into one of its groups of three. */
function base64Forms(value: string, offset: number): string[] {
  const bytes = Buffer.from(value, 'utf8');
  const encoded = bytes.subarray(bytes.length > offset ? offset : 0).toString('base64');
  // Where text follows, the last group is another one: only the characters that whole bytes decide are the same.
  const decided = encoded.endsWith('=') ? encoded.replace(/.=+$/, '') : encoded;
  return decided.length >= 4 ? [encoded, decided] : [encoded];
}

/** As .NET's `Uri.EscapeDataString`, which also escapes what `encodeURIComponent` leaves. */
function uriForm(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function xmlForm(value: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&apos;',
  };
  return value.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
