/** After the job: finishes or undoes what main left, from the state alone. */
import { readPostInputs } from './inputs.ts';
import { mayWarn, settle, tellUnfinished, unfinishedBusiness } from './keys/settle.ts';
import { fail, log, mask, publishSummary, readState, saveState } from './publish.ts';
import { listenForCancel, openSession } from './session.ts';
import { decodeState, type StateRecord } from './state.ts';
import { renderCommit } from './summary.ts';

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
  const unfinished = unfinishedBusiness(record.entry, inputs.jobStatus ?? 'unknown');
  if (unfinished === undefined) return;
  if (unfinished.task === 'leaveUndecided') {
    log.warning(tellUnfinished(unfinished));
    return;
  }
  if (inputs.credentials === undefined) {
    throw new Error(`${inputs.missing} ${tellUnfinished(unfinished)}`);
  }
  const changed = changedSurroundings(record, inputs.credentials);
  if (changed !== undefined) throw new Error(`${changed} ${tellUnfinished(unfinished)}`);

  const proxy = inputs.proxyFor(record.baseUrl);
  const session = openSession({
    service: { baseUrl: record.baseUrl, surface: record.surface, ...(proxy !== undefined && { proxy }) },
    credentials: inputs.credentials,
    run: record.run,
    nonce: record.nonce,
    timeout: record.timeout,
    signals: listenForCancel(),
    journal: (entry) => saveState({ ...record, entry }),
  });
  try {
    const { commit, problem } = await settle(session.step, unfinished);
    if (commit?.outcome === 'committed') {
      await publishSummary(renderCommit(commit.family, session.step.atlas.serviceNow()));
    }
    if (problem !== undefined) fail(new Error(problem));
  } catch (error) {
    const what = `${error instanceof Error ? error.message : String(error)} ${tellUnfinished(unfinished)}`;
    if (mayWarn(unfinished, error)) log.warning(what);
    else throw new Error(what, { cause: error });
  } finally {
    await session.close();
  }
}

/** A later step can change this process's environment, but not what it signs in with or whom it trusts. */
function changedSurroundings(
  record: StateRecord,
  credentials: NonNullable<ReturnType<typeof readPostInputs>['credentials']>,
): string | undefined {
  const publicKey = credentials.kind === 'apiKey' ? credentials.publicKey : undefined;
  if (publicKey !== record.callerPublicKey) {
    return (
      'The post step has other credentials than the step itself had, so it did not use them. Was a variable of the ' +
      'environment overwritten by a later step? Give the credentials as inputs.'
    );
  }
  if ((process.env.NODE_EXTRA_CA_CERTS || undefined) !== record.extraCertificates) {
    return (
      'NODE_EXTRA_CA_CERTS is another one than in the step itself, so the post step did not send the credentials. Set it ' +
      'for the whole job.'
    );
  }
  return undefined;
}
