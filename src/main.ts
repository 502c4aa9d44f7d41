/** The step itself. Reads what is asked for, does it, publishes it; the only catch is here. */
import { randomBytes } from 'node:crypto';
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
  saveState,
} from './publish.ts';
import type { Request, SecretStore } from './request.ts';
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
  const nonce = randomBytes(8).toString('hex');
  const record = {
    baseUrl: service.baseUrl,
    surface: service.surface,
    run,
    nonce,
    timeout,
    trust: trustOf(process.env, credentials, service.proxy, nonce),
  };
  const store = storeOf(request);
  const stored: StoredSecrets[] = [];
  const session = openSession({
    service,
    credentials,
    run,
    nonce,
    timeout,
    signals,
    journal: (entry) => saveState({ ...record, entry }),
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
  const opening = store && openStore(store, session.deadline.signal);
  try {
    // A store that cannot be opened is told before a key is made.
    const [{ carryOut }] = await Promise.all([loadModes(), opening]);
    const outcome = await carryOut(session.step, request);
    for (const line of tellPlan(outcome)) log.info(line);
    publishOutputs(outcome);
    const { credential } = request;
    await publishSummary(renderSummary(outcome, { left: session.left, stored, serverUrl, credential }));
    if (outcome.problem !== undefined) return fail(new Error(outcome.problem));
    // Last: a step that fails after all must not leave variables to the later ones.
    if (exportsVariables(request) && outcome.result !== 'planned') exportVariables(outcome);
  } finally {
    await Promise.allSettled([session.close(), opening?.then((vault) => vault.close())]);
  }
}

function storeOf(request: Request): SecretStore | undefined {
  return 'handover' in request && !request.dryRun ? request.handover.store : undefined;
}

function exportsVariables(request: Request): boolean {
  return 'handover' in request && request.handover.exportEnv;
}

/** The modes are loaded while the connection is being opened, which gets its turn first. */
async function loadModes(): Promise<typeof import('./modes.ts')> {
  await new Promise(setImmediate);
  return import('./modes.ts');
}

/** Octokit takes longer to load than the rest of this action, so only a step that stores a secret loads it. */
async function openStore(store: SecretStore, signal: AbortSignal): Promise<OpenSecretStore> {
  const { openSecretStore } = await import('./github/secrets.ts');
  return openSecretStore(store, {
    signal,
    proxy: proxyFor(store.apiUrl, process.env),
    machine,
  });
}
