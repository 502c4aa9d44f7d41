/** How a schedule is told to a person. */
import { readMark } from '../../src/keys/mark.ts';
import type { Call } from './world.ts';

/** The end of the id tells the keys of a scene apart. */
export function tellKey(apiUserId: unknown): string {
  return `key ${String(apiUserId).slice(4, 8)}-${String(apiUserId).slice(-2)}`;
}

function tellAccount(clientId: unknown): string {
  return `account ${String(clientId).slice(14, 18)}`;
}

export function tellDescription(desc: string): string {
  const mark = readMark(desc)?.mark;
  return mark === undefined ? `"${desc}"` : `${mark.state} (${mark.nonce.replace(/^0+/, '')})`;
}

export function tellCall({ name, args }: Call): string {
  switch (name) {
    case 'renameKey': {
      const [{ apiUserId }, desc] = args as [{ apiUserId: string }, string];
      return `renames ${tellKey(apiUserId)} to ${tellDescription(desc)}`;
    }
    case 'createKey':
      return `makes a key, ${tellDescription((args[1] as { desc: string }).desc)}`;
    case 'deleteKey':
    case 'assignKey':
    case 'updateRoles':
    case 'unassignKey':
    case 'readOrganizationKey':
      return `${name} ${tellKey(args[1])}`;
    case 'store':
      return `stores ${tellKey(args[0])} as the secret`;
    case 'output':
      return `sets its outputs to ${tellKey(args[0])}`;
    case 'accounts.update':
      return `writes ${JSON.stringify(args[2])} on ${tellAccount(args[1])}`;
    case 'accounts.createSecret':
    case 'accounts.delete':
    case 'accounts.unassign':
      return `${name} of ${tellAccount(args[1])}`;
    case 'accounts.deleteSecret':
      return `${name} ${tellKey(args[2])} of ${tellAccount(args[1])}`;
    default:
      return name;
  }
}
