/** The grammar of `${{ }}` expressions: text to a tree. */

export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly of: Expression; readonly key: Expression | '*' }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'not'; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    };

const TOKEN =
  /\s*(?:(?<text>'(?:[^']|'')*')|(?<number>-?(?:0x[\da-fA-F]+|\d+(?:\.\d+)?(?:e[+-]?\d+)?))|(?<name>[A-Za-z_][\w-]*)|(?<sign>&&|\|\||[=!<>]=|[<>!()[\],.*]))/y;

interface Token {
  readonly kind: 'text' | 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
}

/** From loosest to tightest. */
const LEVELS: readonly (readonly string[])[] = [['||'], ['&&'], ['==', '!='], ['<', '<=', '>', '>=']];

/** Parses one expression, without the `${{ }}` around it. */
export function parseExpression(source: string): Expression {
  return new Parser(source).parse();
}

class Parser {
  readonly #source: string;
  readonly #tokens: Token[];
  #at = 0;

  constructor(source: string) {
    this.#source = source;
    this.#tokens = tokens(source);
  }

  parse(): Expression {
    const expression = this.#binary(0);
    if (this.#peek().kind !== 'end') this.#fail();
    return expression;
  }

  #binary(level: number): Expression {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    while (this.#peek().kind === 'sign' && operators.includes(this.#peek().text)) {
      const operator = this.#next().text;
      left = { kind: 'binary', operator, left, right: this.#binary(level + 1) };
    }
    return left;
  }

  #unary(): Expression {
    return this.#take('!') ? { kind: 'not', operand: this.#unary() } : this.#postfix();
  }

  #postfix(): Expression {
    let expression = this.#primary();
    for (;;) {
      if (this.#take('.')) {
        const key = this.#next();
        if (key.text === '*') expression = { kind: 'index', of: expression, key: '*' };
        else if (key.kind === 'name') {
          expression = { kind: 'index', of: expression, key: { kind: 'literal', value: key.text } };
        } else this.#fail();
      } else if (this.#take('[')) {
        const key = this.#take('*') ? '*' : this.#binary(0);
        this.#expect(']');
        expression = { kind: 'index', of: expression, key };
      } else return expression;
    }
  }

  #primary(): Expression {
    const token = this.#next();
    if (token.text === '(' && token.kind === 'sign') {
      const inner = this.#binary(0);
      this.#expect(')');
      return inner;
    }
    if (token.kind === 'text')
      return { kind: 'literal', value: token.text.slice(1, -1).replaceAll("''", "'") };
    if (token.kind === 'number') return { kind: 'literal', value: Number(token.text) };
    if (token.kind !== 'name') this.#fail();
    if (this.#take('(')) return { kind: 'call', name: token.text.toLowerCase(), args: this.#arguments() };
    const constants: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };
    const constant = constants[token.text];
    return constant === undefined ? { kind: 'name', name: token.text } : { kind: 'literal', value: constant };
  }

  #arguments(): Expression[] {
    const args: Expression[] = [];
    if (this.#take(')')) return args;
    do args.push(this.#binary(0));
    while (this.#take(','));
    this.#expect(')');
    return args;
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '' };
  }

  #next(): Token {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }

  #take(sign: string): boolean {
    const token = this.#peek();
    if (token.kind !== 'sign' || token.text !== sign) return false;
    this.#at += 1;
    return true;
  }

  #expect(sign: string): void {
    if (!this.#take(sign)) this.#fail();
  }

  #fail(): never {
    throw new Error(`The expression '${this.#source.trim()}' is not valid near '${this.#peek().text}'`);
  }
}

function tokens(source: string): Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  const text = source.trimEnd();
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(text)?.groups;
    if (groups === undefined)
      throw new Error(`The expression '${text.trim()}' is not valid near '${text.slice(at)}'`);
    for (const kind of ['text', 'number', 'name', 'sign'] as const) {
      const value = groups[kind];
      if (value !== undefined) found.push({ kind, text: value });
    }
  }
  return found;
}
