/** Sixty leases at once: they contend for the two places of each account, and those that find none make accounts. */
import { expect, it } from 'vitest';
import { accountRequestsFor } from './requests.ts';
import { openWorkshop } from './workshop.ts';

const JOBS = 60;

it('sixty leases at once, on two accounts and those that are missing: none fails, none ends another, none is left', {
  timeout: 120_000,
}, async () => {
  await using shop = await openWorkshop({ settings: { serviceAccounts: { perOrganization: 200 } } });
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
