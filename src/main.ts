/** The step itself. Reads what is asked for, does it, publishes it; the only catch is here. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { messageOf } from './atlas/errors.ts';
import { SecretStoreError } from './github/errors.ts';
import type { OpenSecretStore } from './github/secrets.ts';
import { type Inputs, readRequest, readSecrets } from './inputs.ts';
import { DeliveryError } from './keys/delivery-error.ts';
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
  const inputs = readRequest(process.env, (path) => readFileSync(path, 'utf8'));
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
      if (open === undefined || store === undefined) return;
      await open.write(key).catch(refuseDelivery);
      log.info(tellStored(store, request));
    },
  });
  const opening = store && openStore(store, session.deadline.signal);
  try {
    // A store that cannot be opened is told before a key is made.
    const [{ carryOut }] = await Promise.all([loadModes(), opening]);
    const outcome = await carryOut(session.step, request);
    for (const line of tellPlan(outcome)) log.info(line);
    publishOutputs(outcome);
    const now = session.step.atlas.serviceNow();
    const { credential } = request;
    await publishSummary(renderSummary(outcome, { left: session.left, now, serverUrl, credential }));
    if (outcome.problem !== undefined) return fail(new Error(outcome.problem));
    // Last: a step that fails after all must not leave variables to the later ones.
    if (exportsVariables(request) && outcome.result !== 'planned') exportVariables(outcome);
  } finally {
    await Promise.allSettled([session.close(), opening?.then((vault) => vault.close())]);
  }
}

function refuseDelivery(error: unknown): never {
  const nobodyHasIt =
    error instanceof SecretStoreError && error.written.length === 0 && error.perhapsWritten === undefined;
  throw new DeliveryError(messageOf(error), { nobodyHasIt, cause: error });
}

function storeOf(request: Request): SecretStore | undefined {
  return 'handover' in request && !request.dryRun ? request.handover.store : undefined;
}

function exportsVariables(request: Request): boolean {
  return 'handover' in request && request.handover.exportEnv;
}

function tellStored({ names, repository, environment }: SecretStore, { credential }: Request): string {
  const what = credential === 'serviceAccount' ? 'client secret' : 'key';
  const place = environment === undefined ? repository : `the environment "${environment}" of ${repository}`;
  return names.form === 'pair'
    ? `Stored the new ${what} as the Actions secrets ${names.publicKeySecret} and ${names.privateKeySecret} of ${place}.`
    : `Stored the new ${what} as the Actions secret ${names.secret} of ${place}.`;
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
