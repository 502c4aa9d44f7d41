import { appendFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { keysBeside, type Scene, type SceneOptions } from '../action/scene.ts';
import { startConnectProxy } from '../atlas/connect-proxy.ts';
import { type JobOptions, openJob } from '../runner/job.ts';
import type { JobResult } from '../runner/run-job.ts';
import type { Step } from '../runner/step.ts';
import { hostileScene } from './hostile-server.ts';

const SERVICE_ACCOUNT = {
  MONGODB_ATLAS_CLIENT_ID: 'mdb_sa_id_0123456789abcdef01234567',
  MONGODB_ATLAS_CLIENT_SECRET: 'mdb_sa_sk_0123456789abcdef01234567',
};

describe('a later step that changes the environment', () => {
  it('cannot point post elsewhere, and may set what does not matter', async () => {
    await using scene = await stage();
    const forged = JSON.stringify({ version: 1, baseUrl: scene.elsewhere.origin });
    const result = await withLaterStep(scene, {
      STATE_journal: forged,
      STATE_JOURNAL: forged,
      INPUT_BASEURL: scene.elsewhere.origin,
      INPUT_API: 'public/v1.0',
      INPUT_GROUPID: '0123456789abcdef01234567',
      INPUT_MODE: 'sweep',
      INPUT_JOBSTATUS: 'failure',
      HTTPS_PROXY: scene.elsewhere.origin,
      https_proxy: scene.elsewhere.origin,
      HTTP_PROXY: scene.elsewhere.origin,
      ALL_PROXY: scene.elsewhere.origin,
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
      MONGODB_ATLAS_BASE_URL: scene.elsewhere.origin,
      MONGODB_ATLAS_OPS_MANAGER_URL: scene.elsewhere.origin,
      GITHUB_API_URL: scene.elsewhere.origin,
      // Nor do credentials matter where those of the step are inputs, nor authorities of other programs.
      MONGODB_ATLAS_PUBLIC_API_KEY: 'zzzzzzzz',
      MONGODB_ATLAS_PRIVATE_API_KEY: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
      ...SERVICE_ACCOUNT,
      SSL_CERT_FILE: '/etc/ssl/cert.pem',
      REQUESTS_CA_BUNDLE: 'x',
    });
    expect(result.post[0]?.log).toContain('Revoked key');
    expect(keysBeside(scene)).toEqual([]);
    expect(scene.elsewhere.visits).toEqual([]);
  });

  it('cannot invent unfinished business for a step that left none', async () => {
    await using scene = await stage();
    const victim = scene.atlas.addKey({ orgId: scene.orgId, desc: 'of somebody', roles: ['ORG_MEMBER'] });
    const run = { repository: 'octo-org/octo-repo', runId: '1', attempt: '1' };
    const purpose = { mode: 'ephemeral', onRevokeFailure: 'warn' };
    const entry = {
      phase: 'handedOut',
      purpose,
      desc: 'x',
      groupIds: [scene.groupId],
      nonce: '0123456789abcdef',
    };
    const record = {
      version: 1,
      baseUrl: scene.atlas.origin,
      surface: 'atlas/v2',
      run,
      nonce: '0123456789abcdef',
      timeout: 30_000,
      caller: scene.owner.publicKey,
      trust: {},
      entry: { ...entry, until: 0, answerLost: false, apiUserId: victim.id, orgId: scene.orgId },
    };
    const result = await withLaterStep(scene, { STATE_journal: JSON.stringify(record) }, { mode: 'ensure' });
    expect(result.conclusion, result.log).toBe('success');
    expect(result.post[0]?.rawLog).not.toContain(victim.id);
    expect(scene.atlas.key(victim.id)?.deletedAt).toBeUndefined();
    expect(scene.elsewhere.visits).toEqual([]);
  });

  it('cannot make post sign in as another', async () => {
    await using scene = await stage();
    const other = scene.atlas.addKey({ orgId: scene.orgId, desc: 'other', roles: ['ORG_OWNER'] });
    const changed = {
      MONGODB_ATLAS_PUBLIC_API_KEY: other.publicKey,
      MONGODB_ATLAS_PRIVATE_API_KEY: other.privateKey,
    };
    const result = await withLaterStep(scene, changed, ...fromEnvironment(scene));
    expectRefusal(scene, result, 'MONGODB_ATLAS_PRIVATE_API_KEY changed since the step itself ran');
    expect(scene.atlas.history.find(({ caller }) => caller === other.id)).toEqual([]);
    expect(result.post[0]?.rawLog).not.toContain(`${other.privateKey}"`);
  });

  it.each([
    ['rotate', 'is not final'],
    ['ephemeral', 'is still alive: delete it'],
  ])(
    'cannot make post believe another authority, which fails the job in every mode: %s',
    async (mode, told) => {
      await using scene = await stage();
      const result = await withLaterStep(scene, { NODE_EXTRA_CA_CERTS: '/evil.pem' }, { mode });
      expect(result.conclusion).toBe('failure');
      expect(result.post[0]?.log).toContain(
        'NODE_EXTRA_CA_CERTS changed since the step itself ran, or a file that it names did',
      );
      expect(result.post[0]?.log).toContain(told);
      expect(scene.atlas.history.find('deleteOrgApiKey')).toEqual([]);
    },
  );

  it('cannot make post go through another proxy: it goes the way of the step itself', async () => {
    await using scene = await stage({ tls: true });
    const direct = await withLaterStep(scene, {
      HTTPS_PROXY: scene.elsewhere.origin,
      NODE_USE_ENV_PROXY: '1',
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
    });
    expect(direct.post[0]?.log).toContain(
      'HTTPS_PROXY changed since the step itself ran; the post step still uses no proxy.',
    );
    expect(direct.conclusion).toBe('success');

    const proxy = await startConnectProxy();
    onTestFinished(() => proxy.close());
    const changed = { HTTPS_PROXY: scene.elsewhere.origin, no_proxy: '*' };
    const proxied = await withLaterStep(scene, changed, {}, { env: { HTTPS_PROXY: proxy.url } });
    expect(proxied.post[0]?.log).toContain(
      `HTTPS_PROXY, no_proxy changed since the step itself ran; the post step still uses the proxy ${proxy.url}/.`,
    );
    expect(proxied.conclusion).toBe('success');
    expect(proxy.targets).toHaveLength(2);

    expect(keysBeside(scene)).toEqual([]);
    expect(scene.elsewhere.visits).toEqual([]);
  });
});

describe('a runner that loses inputs on their way to post', () => {
  it.each([
    ['warn', 'success'],
    ['fail', 'failure'],
  ])('is no attack, and onRevokeFailure: %s decides', async (onRevokeFailure, conclusion) => {
    await using scene = await stage();
    const job = await openJob();
    onTestFinished(() => job[Symbol.asyncDispose]());
    await job.runStep(scene.step({ mode: 'ephemeral', onRevokeFailure }));
    const lost = job.posts.pop();
    if (lost !== undefined) job.posts.push({ ...lost, step: { uses: lost.step.uses } });
    const [post] = await job.runPosts();
    expect(job.status).toBe(conclusion);
    expect(post?.log).toContain(
      'The credentials did not reach the post step: inside composite actions the runner may lose inputs or mix them up. ' +
        "Set the credentials as variables of the job's environment there.",
    );
    expect(keysBeside(scene)).toHaveLength(1);
  });

  it('cannot make post sign in with the inputs of another action', async () => {
    await using scene = await stage();
    const other = scene.atlas.addKey({ orgId: scene.orgId, desc: 'other', roles: ['ORG_OWNER'] });
    const job = await openJob();
    onTestFinished(() => job[Symbol.asyncDispose]());
    await job.runStep(scene.step({ mode: 'ephemeral' }));
    const mixed = job.posts.pop();
    const inputs = { atlasPublicKey: other.publicKey, atlasPrivateKey: other.privateKey };
    if (mixed !== undefined) job.posts.push({ ...mixed, step: scene.step(inputs) });
    const [post] = await job.runPosts();
    expect(job.status).toBe('failure');
    expect(post?.log).toContain(
      'The post step was given other credentials than the step itself, so it did not use them: inside composite actions ' +
        "the runner may lose inputs or mix them up. Set the credentials as variables of the job's environment there.",
    );
    expect(scene.atlas.history.find(({ caller }) => caller === other.id)).toEqual([]);
  });
});

async function stage(options?: SceneOptions) {
  const scene = await hostileScene(options);
  const visits: string[] = [];
  const origin = await scene.serve((request, response) => {
    visits.push(`${request.method} ${request.url}`);
    response.end('{}');
  });
  return { ...scene, elsewhere: { origin, visits } };
}

/** The job fails, the key stays alive, nothing was sent, and post says why. `onRevokeFailure` is `warn`, its default. */
function expectRefusal(scene: Scene, { conclusion, post, log }: JobResult, why: string | RegExp): void {
  expect(conclusion, log).toBe('failure');
  expect(post[0]?.log).toMatch(why);
  expect(post[0]?.log).toMatch(/Key [0-9a-f]{24} of organisation [0-9a-f]{24} is still alive: delete it/);
  expect(scene.atlas.history.find('deleteOrgApiKey')).toEqual([]);
}

/** Inputs and options of a job whose environment holds the credentials. */
function fromEnvironment({ owner }: Scene): [Readonly<Record<string, string>>, JobOptions] {
  const env = {
    MONGODB_ATLAS_PUBLIC_API_KEY: owner.publicKey,
    MONGODB_ATLAS_PRIVATE_API_KEY: owner.privateKey,
  };
  return [{ atlasPublicKey: '', atlasPrivateKey: '' }, { env }];
}

/** A job that uses the action, and then a step that writes these variables to GITHUB_ENV. */
function withLaterStep(
  scene: Scene,
  variables: Readonly<Record<string, string>>,
  inputs: Readonly<Record<string, string>> = {},
  options: JobOptions = {},
) {
  return scene.job([scene.step({ mode: 'ephemeral', ...inputs }), exporting(variables)], options);
}

function exporting(variables: Readonly<Record<string, string>>): Step {
  return {
    run: ({ env }) => {
      for (const [name, value] of Object.entries(variables)) {
        appendFileSync(env.GITHUB_ENV ?? '', `${name}<<EOF\n${value}\nEOF\n`);
      }
    },
  };
}
