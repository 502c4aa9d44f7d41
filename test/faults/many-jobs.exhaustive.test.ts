/** Sixty jobs at once, with keys and with leases of service accounts. */
import { expect, it } from 'vitest';
import { assertAllWell, type EndedJob, JOBS } from './many-jobs.ts';
import { accountRequestsFor, requestsFor } from './requests.ts';
import { openWorkshop } from './workshop.ts';

it('sixty ephemeral jobs at once: none fails, none leaves a key, and the log says what was waited for', {
  timeout: 120_000,
}, async () => {
  await using shop = await openWorkshop({ speed: 'leaps', settings: { tokens: { newPerMinute: 50 } } });
  const { atlas, orgId, groupId } = shop;
  const serviceAccount = atlas.addServiceAccount({ orgId, roles: ['ORG_OWNER'] });
  const ephemeral = async (): Promise<EndedJob> => {
    const run = await shop.run(requestsFor(groupId).ephemeral(), { serviceAccount });
    return {
      succeeded: run.record.main === 'success' && run.record.post === 'done',
      apiUserId: run.record.delivered[0]?.apiUserId,
      log: [...run.lines, ...run.warnings, `${run.error ?? run.postError ?? ''}`].join('\n'),
    };
  };
  const jobs = await Promise.all(Array.from({ length: JOBS }, ephemeral));
  assertAllWell(atlas, serviceAccount.clientId, jobs);
});

// They contend for the two places of each account, and those that find none make accounts.
it('sixty leases at once, on two accounts and those that are missing: none fails, none ends another, none is left', {
  timeout: 120_000,
}, async () => {
  await using shop = await openWorkshop({ speed: 'leaps' });
  const { ephemeral } = accountRequestsFor(shop.groupId);
  // An account stays when its lease is over, for the next one.
  await Promise.all([shop.run(ephemeral()), shop.run(ephemeral())]);
  const started = shop.atlas.serviceAccounts().length;
  const options = { timeout: 600_000 };
  const halves = await Promise.all(Array.from({ length: JOBS }, () => shop.runMain(ephemeral(), options)));
  const delivered = halves.map(({ error, record }) => {
    expect(error).toBeUndefined();
    return record.delivered[0]?.privateKey;
  });
  const accounts = shop.atlas.serviceAccounts();
  const alive = accounts.flatMap(({ secrets }) => secrets.map(({ secret }) => secret));
  expect(new Set(delivered)).toEqual(new Set(alive));
  expect(alive).toHaveLength(JOBS);
  expect(accounts.length).toBeLessThanOrEqual(JOBS);
  expect(accounts.length).toBeGreaterThanOrEqual(Math.max(started, JOBS / 2));

  await Promise.all(halves.map((half) => half.finish()));
  expect(halves.map(({ record }) => record.post)).toEqual(halves.map(() => 'done'));
  expect(shop.atlas.serviceAccounts().flatMap(({ secrets }) => secrets)).toEqual([]);
});
