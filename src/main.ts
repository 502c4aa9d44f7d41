/** The step itself. Reads what is asked for, does it, publishes it; the only catch is here. */
import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { OpenSecretStore } from './github/secrets.ts';
import { readSecrets } from './inputs/secrets.ts';
import { type Inputs, readRequest } from './inputs.ts';
import type { StoredSecrets } from './keys/outcome.ts';
import {
  exportVariables,
  fail,
  log,
  mask,
  publishOutputs,
  publishSummary,
  saveNothingToSettle,
} from './publish.ts';
import type { SecretStore } from './request.ts';
import { listenForCancel, machine, openSession, type Signals } from './session.ts';
import { renderFailure, renderSummary, tellPlan } from './summary.ts';
import { trustOf } from './trust.ts';
import { proxyFor } from './wire/proxy.ts';

try {
  for (const secret of readSecrets(process.env)) mask(secret);
  saveNothingToSettle();
  const inputs = readRequest(process.env);
  for (const notice of inputs.notices) log.notice(notice);
  for (const warning of inputs.warnings) log.warning(warning);
  await run(inputs, listenForCancel());
} catch (error) {
  fail(error);
  await publishSummary(renderFailure(error));
}

async function run(inputs: Inputs, signals: Signals): Promise<void> {
  const { request, credentials, service, run, timeout, serverUrl } = inputs;
  const { baseUrl, surface, proxy } = service;
  const nonce = randomBytes(8).toString('hex');
  const trust = trustOf(process.env, credentials, proxy, nonce);
  const handover = 'handover' in request ? request.handover : undefined;
  const stored: StoredSecrets[] = [];
  const session = openSession({
    record: { baseUrl, surface, run, nonce, timeout, trust },
    credentials,
    proxy,
    signals,
    store: async (key) => {
      const open = await opening;
      if (open === undefined) return;
      const written = await open.write(key);
      stored.push(...written);
      const what = request.credential === 'serviceAccount' ? 'client secret' : 'key';
      for (const { names, where } of written) {
        log.info(`Stored the new ${what} as ${names.join(' and ')} in ${where}.`);
      }
    },
  });
  const opening = openStore(request.dryRun ? undefined : handover?.store, session.deadline.signal);
  try {
    // The modes are loaded while the connection is being opened, which gets its turn first. And a store that cannot be
    // opened is told before a key is made.
    const [{ carryOut }] = await Promise.all([setImmediate().then(() => import('./modes.ts')), opening]);
    const outcome = await carryOut(session.step, request);
    for (const line of tellPlan(outcome)) log.info(line);
    publishOutputs(outcome);
    const { credential } = request;
    await publishSummary(renderSummary(outcome, { left: session.left, stored, serverUrl, credential }));
    if (outcome.problem !== undefined) return fail(new Error(outcome.problem));
    // Last: a step that fails after all must not leave variables to the later ones.
    if (handover?.exportEnv && outcome.result !== 'planned') exportVariables(outcome);
  } finally {
    await Promise.allSettled([session.close(), opening.then((open) => open?.close())]);
  }
}

/** Octokit takes longer to load than the rest of this action, so only a step that stores a secret loads it. */
async function openStore(
  store: SecretStore | undefined,
  signal: AbortSignal,
): Promise<OpenSecretStore | undefined> {
  if (store === undefined) return undefined;
  const { openSecretStore } = await import('./github/secrets.ts');
  return openSecretStore(store, { signal, proxy: proxyFor(store.apiUrl, process.env), machine });
}
