/**
 * What a user reads when it does not work. The sentences about wrong inputs are in test/inputs, those about Actions
 * secrets in test/github, those that need a stranger server in test/atlas/messages.test.ts.
 */
import { describe, expect, it } from 'vitest';
import { requestsFor } from '../faults/requests.ts';
import { openWorkshop } from '../faults/workshop.ts';
import { stand } from '../keys/standing.ts';
import { openQuickScene } from './in-process.ts';
import { provoke, SITUATIONS } from './situations.ts';

describe('a situation', () => {
  it.each(Object.entries(SITUATIONS))('%s', async (_what, situation) => {
    expect(await provoke(situation, openQuickScene)).toEqual([situation.told]);
  });
});

describe('what takes time', () => {
  it('a key that another run never finishes', async () => {
    await using shop = await openWorkshop({ speed: 'leaps' });
    const { id, publicKey } = stand(shop, 'pending', { age: 0, until: 0.1 });
    const { error } = await shop.run(requestsFor(shop.groupId).ensure(), { timeout: 20_000 });
    expect(String(error).replace(/\d{4}-\S+Z/, 'TIME')).toContain(
      `Another run began to make this key (${id} (${publicKey})) and has not finished. If that run is gone, its key counts as left over after TIME: run this job again then, or give a longer timeout.`,
    );
  });

  it('a new key that never works', async () => {
    await using shop = await openWorkshop({ speed: 'leaps', settings: { newKeyRefusedMs: 3_600_000 } });
    const { error } = await shop.run(requestsFor(shop.groupId).ensure());
    expect(String(error)).toMatch(
      /Atlas still refuses the new key \w+ \(\w+\) after 10 seconds, so it was not handed out\. Run the job again; if it happens again, look at https:\/\/status\.mongodb\.com\.$/,
    );
  });
});

it('every sentence says what to do', () => {
  const advice =
    /Check|Give|Add|Run|run |Try|Delete|delete|Sign in|sign in|Say which|Store|Set |Name |name its|Put|give the|declare another/;
  for (const { told } of Object.values(SITUATIONS)) expect(told).toMatch(advice);
});
