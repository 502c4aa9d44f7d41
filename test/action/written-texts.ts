/** The texts in a source file as they are written there: what src can say, and what a test expects. */
import { parseAst } from 'vite';

/** Stands wherever something is put into a text. */
export const HOLE = '\0';

interface Node extends Readonly<Record<string, unknown>> {
  readonly type: string;
}

/** Every literal, template, pattern and sum of them; `leaveOut` says which parts of the file are not looked at. */
export function textsIn(source: string, leaveOut: (node: Node) => boolean): string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) visit(one);
    if (!isNode(value) || value.type === 'ImportDeclaration' || leaveOut(value)) return;
    const text = textOf(value);
    if (text !== undefined) found.push(text);
    // The parts of a sum are told with it.
    for (const child of text === undefined ? Object.values(value) : insertionsOf(value)) visit(child);
  };
  visit(parseAst(source, { lang: 'ts' }).body);
  return found;
}

/** Whether a call is `….name(…)`. */
export function isCallOf(node: Node, ...names: readonly string[]): boolean {
  return node.type === 'CallExpression' && names.includes(nameOf(node.callee));
}

/** Whether a call is `expect(…).not.….(…)`. */
export function isDenial({ type, callee }: Node): boolean {
  return type === 'CallExpression' && isNode(callee) && nameOf(callee.object) === 'not';
}

/** Whether `expected` has all that is fixed in `text`, in this order. */
export function covers(expected: string, text: string): boolean {
  let from = 0;
  return text.split(HOLE).every((piece) => {
    const at = expected.indexOf(piece, from);
    from = at + piece.length;
    return at >= 0;
  });
}

function textOf(node: Node): string | undefined {
  if (node.type === 'Literal') {
    if (typeof node.value === 'string') return node.value;
    return node.value instanceof RegExp ? node.value.source.replace(/\\(.)/g, '$1') : undefined;
  }
  if (node.type === 'TemplateLiteral') {
    return nodesIn(node.quasis)
      .map(({ value }) => (value as { cooked: string }).cooked)
      .join(HOLE);
  }
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return undefined;
  const sides = nodesIn([node.left, node.right]).map(textOf);
  return sides.every((side) => side === undefined) ? undefined : sides.map((side) => side ?? HOLE).join('');
}

/** What is put into a text. */
function insertionsOf(node: Node): readonly Node[] {
  if (node.type === 'TemplateLiteral') return nodesIn(node.expressions);
  if (node.type !== 'BinaryExpression') return [];
  return nodesIn([node.left, node.right]).flatMap((side) =>
    textOf(side) === undefined ? [side] : insertionsOf(side),
  );
}

function nameOf(value: unknown): string {
  if (!isNode(value)) return '';
  return typeof value.name === 'string' ? value.name : nameOf(value.property);
}

function nodesIn(value: unknown): Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
