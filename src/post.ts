/** After the job: finishes or undoes what main left, from the state alone. */
import { messageOf } from './atlas/errors.ts';
import { type PostInputs, readPostInputs } from './inputs.ts';
import { mayWarn, settle, tellUnfinished, type Unfinished, unfinishedBusiness } from './keys/settle.ts';
import { fail, log, mask, publishSummary, readState, saveState } from './publish.ts';
import { type Credentials, nameOfCaller } from './request.ts';
import { decodeState, type StateRecord } from './state.ts';
import { renderCommit } from './summary.ts';
import { differencesOfTrust, trustOf } from './trust.ts';

try {
  await cleanUp();
} catch (error) {
  fail(error);
}

async function cleanUp(): Promise<void> {
  const inputs = readPostInputs(process.env);
  for (const secret of inputs.secrets) mask(secret);
  const record = decodeState(readState());
  if (record === undefined) return;
  const unfinished = unfinishedBusiness(record.entry, inputs.jobStatus);
  if (unfinished === undefined) return;
  // Nothing to ask Atlas for.
  if (unfinished.task === 'leaveUndecided' && !unfinished.made.answerLost) {
    log.warning(tellUnfinished(unfinished));
    return;
  }
  try {
    await finish(record, unfinished, inputs);
  } catch (error) {
    const what = `${messageOf(error)} ${tellUnfinished(unfinished)}`;
    if (mayWarn(unfinished, error)) log.warning(what);
    else throw new Error(what, { cause: error });
  }
}

async function finish(record: StateRecord, unfinished: Unfinished, inputs: PostInputs): Promise<void> {
  const credentials = checkSurroundings(record, inputs);
  const proxy = inputs.proxyFor(record.baseUrl);
  // Mostly nothing is left to do, and then the larger part of this action, undici, is not even loaded.
  const { listenForCancel, openSession } = await import('./session.ts');
  const session = openSession({
    service: { baseUrl: record.baseUrl, surface: record.surface, ...(proxy !== undefined && { proxy }) },
    credentials,
    run: record.run,
    nonce: record.nonce,
    timeout: record.timeout,
    signals: listenForCancel(),
    // not covered: nothing that post does saves anything, but whatever makes and deletes keys may.
    journal: (entry) => saveState({ ...record, entry }),
  });
  try {
    const { commit, problem } = await settle(session.step, unfinished);
    if (commit?.outcome === 'committed') {
      await publishSummary(renderCommit(commit.family, session.left, session.step.atlas.serviceNow()));
    }
    if (problem !== undefined) fail(new Error(problem));
  } finally {
    await session.close();
  }
}

/**
 * A later step can change this process's environment, but neither whom it signs in as nor whom it trusts. Where
 * Atlas is comes from the state.
 */
function checkSurroundings(record: StateRecord, { credentials, missing }: PostInputs): Credentials {
  if (credentials === undefined) throw new Error(missing);
  if (nameOfCaller(credentials) !== record.caller) {
    throw new Error(
      'The post step was given other credentials than the step itself, so it did not use them. Was a variable of the ' +
        'environment overwritten by a later step? Give the credentials as inputs.',
    );
  }
  const changed = differencesOfTrust(record.trust, trustOf(process.env));
  if (changed.length > 0) {
    throw new Error(
      `${changed.join(' and ')} changed since the step itself, so the credentials were not sent: a later step could ` +
        'have made this one believe another server. Set such variables for the whole job.',
    );
  }
  return credentials;
}
