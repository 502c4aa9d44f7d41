import { it } from 'vitest';
import { assertAllWell, type EndedJob, JOBS } from './many-jobs.ts';
import { requestsFor } from './requests.ts';
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
