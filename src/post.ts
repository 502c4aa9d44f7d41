/** After the job: finishes or undoes what main left, from the state alone. */
import { messageOf } from './atlas/errors.ts';
import { type Business, businessOf } from './business.ts';
import { readJobStatus } from './inputs/run.ts';
import { readSecrets } from './inputs/secrets.ts';
import { fail, log, mask, publishSummary, readState } from './publish.ts';
import { decodeState, type StateRecord } from './state.ts';
import { renderCommit, renderFailure, renderUnfinished } from './summary.ts';
import { regain, TrustError } from './trust.ts';
import { proxyFor } from './wire/proxy.ts';

/**
 * How long post waits for rate limits, in milliseconds: a key lives on if it gives up. Atlas gives out fifty tokens a
 * minute, so this is enough for two hundred jobs that end at the same moment.
 */
const PATIENCE = 5 * 60_000;

try {
  await cleanUp();
} catch (error) {
  fail(error);
  await publishSummary(renderFailure(error));
}

async function cleanUp(): Promise<void> {
  for (const secret of readSecrets(process.env)) mask(secret);
  const record = decodeState(readState());
  if (record === undefined) return;
  const business = businessOf(record.entry, readJobStatus(process.env));
  if (business === undefined) return;
  if (!business.asksAtlas) {
    log.warning(business.told);
    return publishSummary(renderUnfinished(business.task, business.told));
  }
  try {
    await finish(record, business);
  } catch (error) {
    const what = `${messageOf(error)} ${business.told}`;
    if (!(error instanceof TrustError) && business.mayWarn(error)) log.warning(what);
    else fail(new Error(what, { cause: error }));
    await publishSummary(renderUnfinished(business.task, what));
  }
}

async function finish(record: StateRecord, business: Business): Promise<void> {
  const { credentials, proxy } = regainTrust(record);
  // Mostly nothing is left to do, and then the larger part of this action, undici, is not even loaded.
  const { listenForCancel, openSession } = await import('./session.ts');
  const session = openSession({
    record,
    credentials,
    proxy: proxy === '' ? undefined : proxy,
    signals: listenForCancel(),
    patience: PATIENCE,
  });
  try {
    const { commit, warning, problem } = await business.settle(session.step);
    if (problem !== undefined) fail(new Error(problem));
    const told = problem ?? warning;
    if (commit !== undefined) {
      await publishSummary(renderCommit(commit, session.left));
    } else if (told !== undefined) await publishSummary(renderUnfinished(business.task, told));
  } finally {
    await session.close();
  }
}

/** Whom main signed in as and which way it went. Where Atlas is comes from the state. */
function regainTrust({ trust, nonce, baseUrl }: StateRecord) {
  let proxyNow: string | undefined;
  try {
    proxyNow = proxyFor(baseUrl, process.env) ?? '';
  } catch {
    // What the variable holds is no address, so it cannot be the proxy of main.
  }
  const regained = regain(trust, process.env, nonce, proxyNow);
  const { proxy, ignored } = regained;
  if (ignored.length > 0) {
    log.info(
      `${ignored.join(', ')} changed since the step itself ran; the post step still uses ` +
        `${proxy === '' ? 'no proxy' : `the proxy ${proxy}`}.`,
    );
  }
  return regained;
}
