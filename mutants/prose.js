/**
 * Leaves sentences alone: a person reads them, and test/action/every-message.test.ts knows each word for word.
 * Everything else is mutated, short strings included.
 */
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

const WORDS = / \S+ \S/;

const prose = {
  shouldIgnore({ node, parent }) {
    // The last words of a sentence that is written over several lines.
    if (node.type === 'StringLiteral' && parent?.type === 'BinaryExpression' && parent.operator === '+') {
      return 'a sentence';
    }
    if (node.type === 'StringLiteral' && WORDS.test(node.value)) return 'a sentence';
    if (node.type !== 'TemplateLiteral') return undefined;
    const text = node.quasis.map(({ value }) => value.cooked).join('…');
    return WORDS.test(text) && !text.includes('[atlas-key/') ? 'a sentence' : undefined;
  },
};

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'prose', prose)];
