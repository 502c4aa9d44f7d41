/** A step without a service, for rules that make few calls. */
import type { Atlas } from '../../src/atlas/types.ts';
import type { Step } from '../../src/keys/step.ts';
import { NONCE, NOW, ORIGIN } from './described-keys.ts';

/** A step in which only these calls are answered; and what it said, `!` before a warning, and saved for post. */
export function stepWith(calls: Partial<Atlas>, rest: Partial<Step> = {}) {
  const said: string[] = [];
  const saved: Parameters<Step['journal']>[0][] = [];
  const atlas = { serviceNow: () => NOW, ...calls } as Atlas;
  const { repository, runId, attempt } = ORIGIN;
  const step: Step = {
    atlas,
    undoing: atlas,
    surface: 'atlas/v2',
    run: { repository, runId, attempt },
    nonce: NONCE,
    caller: 'mine',
    log: {
      info: (line) => void said.push(line),
      notice: (line) => void said.push(line),
      warning: (line) => void said.push(`! ${line}`),
    },
    remaining: () => 0,
    isOver: () => true,
    leave: (key, why) => void said.push(`left ${key.id}: ${why}`),
    pause: async () => {},
    journal: (entry) => void saved.push(entry),
    deliver: async () => {},
    recall: () => {},
    ...rest,
  };
  return { step, said, saved };
}
