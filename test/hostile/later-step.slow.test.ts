import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { keysBeside, type Scene } from '../action/scene.ts';
import type { JobOptions } from '../runner/job.ts';
import type { Step } from '../runner/step.ts';
import { hostileScene } from './hostile-server.ts';

describe('a later step that changes the environment', () => {
  it('cannot point post elsewhere', async () => {
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
    const inherited = {
      MONGODB_ATLAS_PUBLIC_API_KEY: scene.owner.publicKey,
      MONGODB_ATLAS_PRIVATE_API_KEY: scene.owner.privateKey,
    };
    const changed = {
      MONGODB_ATLAS_PUBLIC_API_KEY: other.publicKey,
      MONGODB_ATLAS_PRIVATE_API_KEY: other.privateKey,
    };
    const inputs = { atlasPublicKey: '', atlasPrivateKey: '' };
    const result = await withLaterStep(scene, changed, inputs, { env: inherited });
    expect(result.post[0]?.log).toMatch(
      /other credentials than the step itself.*Key [0-9a-f]{24} .* is still alive/,
    );
    expect(scene.atlas.history.find(({ caller }) => caller === other.id)).toEqual([]);
    expect(result.post[0]?.rawLog).not.toContain(`${other.privateKey}"`);
  });

  it('cannot make post do its work without credentials, which post says', async () => {
    await using scene = await stage();
    const inherited = {
      MONGODB_ATLAS_PUBLIC_API_KEY: scene.owner.publicKey,
      MONGODB_ATLAS_PRIVATE_API_KEY: scene.owner.privateKey,
    };
    const inputs = { atlasPublicKey: '', atlasPrivateKey: '' };
    const result = await withLaterStep(scene, { MONGODB_ATLAS_PRIVATE_API_KEY: '' }, inputs, {
      env: inherited,
    });
    expect(result.post[0]?.log).toMatch(/Key [0-9a-f]{24} of organisation [0-9a-f]{24} is still alive/);
    expect(keysBeside(scene)).toHaveLength(1);
  });

  it('changes nothing where the credentials are inputs', async () => {
    await using scene = await stage();
    const result = await withLaterStep(scene, {
      MONGODB_ATLAS_PUBLIC_API_KEY: 'zzzzzzzz',
      MONGODB_ATLAS_PRIVATE_API_KEY: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
      MONGODB_ATLAS_CLIENT_ID: 'mdb_sa_id_0123456789abcdef01234567',
      MONGODB_ATLAS_CLIENT_SECRET: 'mdb_sa_sk_0123456789abcdef01234567',
    });
    expect(result.post[0]?.log).toContain('Revoked key');
  });

  it.each([
    ['NODE_EXTRA_CA_CERTS', (file: string) => ({ NODE_EXTRA_CA_CERTS: file })],
    ["the system's authorities", (file: string) => ({ NODE_USE_SYSTEM_CA: '1', SSL_CERT_FILE: file })],
  ])('cannot make post believe another authority: %s', async (_what, variables) => {
    await using scene = await stage();
    const folder = mkdtempSync(join(tmpdir(), 'authority-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'evil.pem');
    writeFileSync(file, '');
    scene.atlas.history.clear();
    const result = await withLaterStep(scene, { ...variables(file), HTTPS_PROXY: scene.elsewhere.origin });
    const asked = scene.atlas.history.find('deleteOrgApiKey');
    expect(result.post[0]?.log).toMatch(/changed since the step itself, so the credentials were not sent/);
    expect(result.post[0]?.log).toMatch(
      /Key [0-9a-f]{24} of organisation [0-9a-f]{24} is still alive: delete it/,
    );
    expect(asked).toEqual([]);
  });

  it('may set SSL_CERT_FILE for its own tools', async () => {
    await using scene = await stage();
    const result = await withLaterStep(scene, {
      SSL_CERT_FILE: '/etc/ssl/cert.pem',
      REQUESTS_CA_BUNDLE: 'x',
    });
    expect(result.post[0]?.log).toContain('Revoked key');
  });
});

async function stage() {
  const scene = await hostileScene();
  const visits: string[] = [];
  const origin = await scene.serve((request, response) => {
    visits.push(`${request.method} ${request.url}`);
    response.end('{}');
  });
  return { ...scene, elsewhere: { origin, visits } };
}

/** A job that uses the action, and then a step that writes these variables to GITHUB_ENV. */
function withLaterStep(
  scene: Scene,
  variables: Readonly<Record<string, string>>,
  inputs: Readonly<Record<string, string>> = {},
  options: JobOptions = {},
) {
  const later: Step = {
    run: ({ env }) => {
      for (const [name, value] of Object.entries(variables)) {
        appendFileSync(env.GITHUB_ENV ?? '', `${name}<<EOF\n${value}\nEOF\n`);
      }
    },
  };
  return scene.job([scene.step({ mode: 'ephemeral', ...inputs }), later], options);
}
