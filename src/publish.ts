/**
 * Everything that leaves this action: masks, state, outputs, variables, log, summary. The only file that knows
 * `@actions/core`.
 */
import * as core from '@actions/core';
import { messageOf } from './atlas/errors.ts';
import { InputError } from './inputs/findings.ts';
import { createdAt as createdAtOf } from './keys/key.ts';
import { isoSeconds } from './keys/mark.ts';
import type { Outcome } from './keys/outcome.ts';
import type { Delivery, Log } from './keys/step.ts';
import { encodeState, NOTHING_TO_SETTLE, type StateRecord } from './state.ts';

const STATE = 'journal';

/** Keeps a secret out of everything that is printed from now on. */
export function mask(secret: string): void {
  if (secret.trim() !== '') core.setSecret(secret);
}

/** A line for the person who reads the run. */
export const log: Log & { debug(line: string): void } = {
  info: (line) => core.info(plain(line)),
  notice: (line) => core.notice(plain(line)),
  warning: (line) => core.warning(plain(line)),
  debug: (line) => core.debug(plain(line)),
};

/**
 * Makes text harmless in the log. The runner takes a line that begins with `::`, and `##[` anywhere, for a
 * command, and `info` escapes nothing.
 */
export function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll('##[', '## [')
    .replace(/^\s*::/, ': :');
}

export function saveNothingToSettle(): void {
  core.saveState(STATE, NOTHING_TO_SETTLE);
}

export function saveState(record: StateRecord): void {
  core.saveState(STATE, encodeState(record));
}

export function readState(): string {
  return core.getState(STATE);
}

/** Sets the outputs that a new key's holders need, as soon as they may have them. */
export function deliverOutputs(delivery: Delivery): void {
  const { orgId } = delivery;
  if ('key' in delivery) {
    const { id: apiUserId, publicKey, privateKey } = delivery.key;
    setOutputs({ orgId, apiUserId, publicKey, privateKey });
  } else {
    setOutputs({ orgId, clientId: delivery.clientId, clientSecret: delivery.clientSecret });
  }
}

/** Takes them back: an output may be set twice, and the runner keeps the last value. */
export function recallOutputs(): void {
  setOutputs({ orgId: '', apiUserId: '', publicKey: '', privateKey: '', clientId: '', clientSecret: '' });
}

export function publishOutputs({ facts, account, privateKey = '', ...outcome }: Outcome): void {
  const { orgId = '', groupIds = [], desc = '', roles = [] } = facts ?? account ?? {};
  const createdAt = facts === undefined ? account?.createdAt : createdAtOf(facts.key.id);
  setOutputs({
    result: outcome.result,
    created: outcome.result === 'created' || outcome.result === 'rotated',
    changed: outcome.changed,
    apiUserId: facts?.key.id ?? '',
    publicKey: facts?.key.publicKey ?? '',
    privateKey: account === undefined ? privateKey : '',
    clientId: account?.clientId ?? '',
    clientSecret: account === undefined ? '' : privateKey,
    orgId,
    groupId: groupIds[0] ?? '',
    desc,
    roles,
    createdAt: createdAt === undefined ? '' : isoSeconds(createdAt),
    expiresAt: outcome.expiresAt === undefined ? '' : isoSeconds(outcome.expiresAt),
    previousApiUserIds: outcome.previous,
    retiredApiUserIds: outcome.retired,
  });
}

function setOutputs(values: Readonly<Record<string, string | number | boolean | readonly string[]>>): void {
  for (const [name, value] of Object.entries(values)) core.setOutput(name, value);
}

/** Sets the variables that the Atlas CLI and the Terraform provider read, for the later steps of this job. */
export function exportVariables({ facts, account, privateKey }: Outcome): void {
  const place = facts ?? account;
  if (place === undefined || privateKey === undefined) {
    core.notice(
      'exportEnv: nothing was exported, because this step does not know the secret, which Atlas shows only once. ' +
        'Give it as knownPrivateKey, or let mode: rotate or ephemeral make a new one.',
    );
    return;
  }
  const variables: Readonly<Record<string, string>> = {
    ...(facts !== undefined && {
      MONGODB_ATLAS_PUBLIC_API_KEY: facts.key.publicKey,
      MONGODB_ATLAS_PRIVATE_API_KEY: privateKey,
      MONGODB_ATLAS_PUBLIC_KEY: facts.key.publicKey,
      MONGODB_ATLAS_PRIVATE_KEY: privateKey,
    }),
    ...(account !== undefined && {
      MONGODB_ATLAS_CLIENT_ID: account.clientId,
      MONGODB_ATLAS_CLIENT_SECRET: privateKey,
    }),
    MONGODB_ATLAS_PROJECT_ID: place.groupIds[0],
    MONGODB_ATLAS_ORG_ID: place.orgId,
  };
  const replaced = Object.keys(variables).filter(
    (name) => process.env[name] !== undefined && process.env[name] !== variables[name],
  );
  if (replaced.length > 0) {
    log.warning(
      `exportEnv replaces ${replaced.join(', ')} for the rest of this job. Another use of this ` +
        'action that signs in with these variables, its post step included, then finds the wrong ones: give it its ' +
        'credentials as inputs.',
    );
  }
  for (const [name, value] of Object.entries(variables)) core.exportVariable(name, value);
}

/** Appends to the job's summary. A summary that cannot be written is no reason to fail: the key is in use. */
export async function publishSummary(markdown: string): Promise<void> {
  try {
    await core.summary.addRaw(markdown, true).write();
  } catch (error) {
    log.warning(`The job summary could not be written; nothing else depends on it. ${messageOf(error)}`);
  }
}

/** Fails the step with a line for a person, or one for each wrong input; how it came about goes to the debug log. */
export function fail(error: unknown): void {
  const lines = error instanceof InputError ? error.problems : [messageOf(error)];
  for (const line of lines) core.setFailed(plain(line));
  if (error instanceof InputError) core.info('Nothing was sent to Atlas.');
  for (let cause = error; cause instanceof Error && cause.cause !== undefined; ) {
    cause = cause.cause;
    core.debug(plain(`caused by: ${cause}`));
  }
}
