import type { GroupIds } from '../request.ts';
import { type Environment, readInput, readVariable } from './environment.ts';
import type { Findings } from './findings.ts';
import { parseList } from './lists.ts';

const OBJECT_ID = /^[0-9a-f]{24}$/;

/** Whether a text has the form of an API key's public part. */
export function looksLikePublicKey(text: string): boolean {
  return /^[a-z]{8}$/.test(text);
}

/** The projects from `groupId`, or from `MONGODB_ATLAS_PROJECT_ID` when the input is empty. */
export function readGroupIds(environment: Environment, findings: Findings): GroupIds {
  const input = readInput(environment, 'groupId');
  const name = input === '' ? 'MONGODB_ATLAS_PROJECT_ID' : 'groupId';
  const { items, repeated } = parseList(input === '' ? readVariable(environment, name) : input);
  const [first, ...others] = items;
  if (first === undefined) {
    findings.problem(
      '`groupId` is missing: give the id of the project, 24 hex digits in its address in Atlas (…/v2/<id>), or set `MONGODB_ATLAS_PROJECT_ID`.',
    );
    return [''];
  }
  for (const item of items) checkGroupId(name, item, findings);
  if (repeated.length > 0) {
    findings.notice(
      `\`${name}\` names ${repeated.map((id) => findings.quote(id)).join(', ')} more than once: taken once.`,
    );
  }
  return [first, ...others];
}

/** An existing key's id, or `undefined` when none is given. */
export function readApiUserId(environment: Environment, findings: Findings): string | undefined {
  const text = readInput(environment, 'apiUserId');
  if (text === '') return undefined;
  if (looksLikePublicKey(text)) {
    findings.problem(
      `\`apiUserId\` is ${findings.quote(text)}, which is a public key: give the key's id, 24 hex digits, as this action's output \`apiUserId\` or \`atlas organizations apiKeys list\` shows it.`,
    );
  } else if (!OBJECT_ID.test(text)) {
    findings.problem(`\`apiUserId\` is ${findings.quote(text)}, but ${faultOf(text, "a key's id")}`);
  }
  return text;
}

function checkGroupId(name: string, text: string, findings: Findings): void {
  if (OBJECT_ID.test(text)) return;
  const digits = /^[0-9a-f]+$/i.test(text);
  findings.problem(
    digits
      ? `\`${name}\` is ${findings.quote(text)}, but ${faultOf(text, "a project's id")}`
      : `\`${name}\` is ${findings.quote(text)}, which is not a project's id but perhaps its name: give the 24 hex digits in its address in Atlas (…/v2/<id>).`,
  );
}

/** The end of the sentence: how a text misses the form of an id. */
function faultOf(text: string, what: string): string {
  if (OBJECT_ID.test(text.toLowerCase())) return `${what} is lower case: write \`${text.toLowerCase()}\`.`;
  if (!/^[0-9a-f]+$/i.test(text)) return `${what} is 24 hex digits (0-9, a-f): copy it again.`;
  const found = text.length === 1 ? '1 digit' : `${text.length} digits`;
  return `${what} has 24 hex digits and this has ${found}: copy it again.`;
}
