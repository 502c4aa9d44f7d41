import { describe, expect, it } from 'vitest';
import { familyOf } from '../../src/keys/family.ts';
import { outcome, planned } from '../../src/keys/outcome.ts';
import { planDeletion, planMaking, planRotation } from '../../src/keys/plan.ts';
import { requestsFor } from '../faults/requests.ts';
import { DESC, descriptionOf, GROUP_ID, idAt, keyAt, NONCE } from './described-keys.ts';

const OTHER = 'b'.repeat(24);
const roles = ['GROUP_READ_ONLY', 'GROUP_CLUSTER_MANAGER'];

it('the plan of a making names text, roles, project and, where there are any, other projects and the end', () => {
  const first = `"${DESC}" with GROUP_READ_ONLY, GROUP_CLUSTER_MANAGER in project ${GROUP_ID}`;
  expect(planMaking({ desc: DESC, roles, groupIds: [GROUP_ID] })).toEqual({ action: 'create', what: first });
  expect(planMaking({ desc: DESC, roles, groupIds: [GROUP_ID, OTHER, GROUP_ID] }, 'revoked').what).toBe(
    `${first}, assigned to ${OTHER}, ${GROUP_ID}, revoked`,
  );
});

it('the plan of a deletion names the key by its description', () => {
  const key = keyAt(1, descriptionOf('ephemeral'));
  expect(planDeletion(key)).toEqual({ action: 'revoke', key, what: `"${key.desc}"` });
});

describe('the plan of a rotation', () => {
  const family = familyOf(DESC, [
    keyAt(6, descriptionOf('undecided')),
    keyAt(5, descriptionOf('undecided')),
    keyAt(4, descriptionOf('undecided')),
    keyAt(3, DESC),
    keyAt(2, descriptionOf('previous', { nonce: '0123456789abcdef' })),
    keyAt(1, descriptionOf('retired')),
  ]);
  const plan = (commit: 'job' | 'step', keepPrevious: number) =>
    planRotation(requestsFor(GROUP_ID).rotate({ commit, keepPrevious }), family, NONCE).map(
      ({ action, key, what }) => [action, key?.id, what],
    );

  it('says what goes at once and what goes when the job succeeds', () => {
    expect(plan('job', 1)).toEqual([
      ['create', undefined, expect.stringContaining(', current when the job succeeds')],
      ['revoke', idAt(5), 'is undecided'],
      ['revoke', idAt(4), 'is undecided'],
      ['rename', idAt(3), 'is current, becomes previous when the job succeeds'],
      ['revoke', idAt(2), 'is previous, goes when the job succeeds'],
      ['revoke', idAt(1), 'is retired, goes when the job succeeds'],
    ]);
  });

  it('that keeps nothing revokes the current key instead of renaming it', () => {
    expect(plan('step', 0)).toEqual([
      ['create', undefined, expect.stringContaining(', current at once')],
      ['revoke', idAt(3), 'is current'],
      ['revoke', idAt(2), 'is previous'],
      ['revoke', idAt(5), 'is undecided'],
      ['revoke', idAt(4), 'is undecided'],
      ['revoke', idAt(1), 'is retired'],
    ]);
  });
});

it('an outcome has all its lists, and a plan changes nothing', () => {
  const bare = { result: 'unchanged', changed: false } as const;
  expect(outcome(bare)).toEqual({ ...bare, previous: [], retired: [], family: [], plan: [] });
  expect(planned([], { retired: ['x'] })).toMatchObject({
    result: 'planned',
    changed: false,
    retired: ['x'],
  });
});
