/** Every situation in which Atlas, the environment or a key stops the action, provoked for real. */
import { appendFile } from 'node:fs/promises';
import { describeMarked, type Mark } from '../../src/keys/mark.ts';
import type { JobOptions } from '../runner/job.ts';
import type { Step } from '../runner/step.ts';
import type { FaultAction } from '../simulator/faults.ts';
import type { Scene, SceneOptions } from './scene.ts';

export interface Situation {
  readonly scene?: SceneOptions;
  /** Prepares the scene; returns inputs over the scene's. */
  readonly inputs?: Readonly<Record<string, string>> | ((scene: Scene) => Readonly<Record<string, string>>);
  readonly options?: JobOptions | ((scene: Scene) => JobOptions);
  /** Runs between the action and its post. */
  readonly later?: (scene: Scene) => Step;
}

const MARK = { repository: 'octo-org/octo-repo', runId: '1', attempt: '1', nonce: '0123456789abcdef' };
const AT_CREATE = { operation: 'createGroupApiKey' };

/** A key that is there before the step. */
export function addKey(
  scene: Scene,
  { roles = [] as readonly string[], mark = undefined as Mark | undefined } = {},
) {
  return scene.atlas.addKey({
    orgId: scene.orgId,
    desc: mark === undefined ? 'deploy' : describeMarked('deploy', mark),
    roles: ['ORG_MEMBER', ...roles.map((roleName) => ({ roleName, groupId: scene.groupId }))],
  });
}

function fails(scene: Scene, operation: string, action: FaultAction, phase: 'before' | 'after' = 'before') {
  scene.atlas.faults.add({ when: { operation }, times: 99, phase, action });
  return {};
}

const error = (
  code: Extract<FaultAction, { kind: 'error' }>['code'],
  ...parameters: string[]
): FaultAction => {
  return { kind: 'error', code, parameters };
};
const answer = (status: number, body: unknown, headers = {}): FaultAction => ({
  kind: 'answer',
  status,
  body,
  headers,
});

export const SITUATIONS: Readonly<Record<string, Situation>> = {
  'the private key is wrong': { inputs: { atlasPrivateKey: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' } },
  "the service account's secret is wrong": {
    inputs: (scene) => ({
      atlasPublicKey: '',
      atlasPrivateKey: '',
      atlasClientId: scene.atlas.addServiceAccount({ orgId: scene.orgId, roles: ['ORG_OWNER'] }).clientId,
      atlasClientSecret: 'mdb_sa_sk_wrong-wrong-wrong',
    }),
  },
  'the token endpoint answers with nonsense': {
    inputs: (scene) => {
      const account = scene.atlas.addServiceAccount({ orgId: scene.orgId, roles: ['ORG_OWNER'] });
      fails(scene, 'createToken', answer(200, { token: 'x' }));
      return { atlasClientId: account.clientId, atlasClientSecret: account.clientSecret };
    },
  },
  'the caller may not read the project': { scene: { callerRoles: ['ORG_MEMBER'] } },
  'the caller may not make keys': { scene: { callerRoles: ['GROUP_READ_ONLY'] } },
  'the caller may not set roles': {
    scene: { callerRoles: ['GROUP_READ_ONLY'] },
    inputs: (scene) => ({ ...(addKey(scene, { roles: ['GROUP_OWNER'] }) && {}) }),
  },
  'the caller may not read keys of the organisation': {
    inputs: (scene) => ({
      ...fails(scene, 'getOrgApiKey', error('USER_CANNOT_ACCESS_ORG', scene.orgId)),
      desc: '',
      apiUserId: '0123456789abcdef01234567',
    }),
  },
  'the address is not on the access list': {
    scene: { settings: { callerAddress: '198.51.100.7' } },
    inputs: (scene) =>
      fails(scene, 'listGroupApiKeys', error('IP_ADDRESS_NOT_ON_ACCESS_LIST', '198.51.100.7')),
  },
  'the organisation requires an access list': {
    inputs: (scene) => fails(scene, 'listGroupApiKeys', error('ORG_REQUIRES_ACCESS_LIST')),
  },
  'there is no such project': { inputs: { groupId: '0123456789abcdef01234567' } },
  'there is no such key': { inputs: { desc: '', apiUserId: '0123456789abcdef01234567' } },
  'the organisation is full': { scene: { settings: { keysPerOrganization: 1 } } },
  'a role is unknown to Atlas': {
    scene: { settings: { unknownRole: 'INVALID_ENUM_VALUE' } },
    inputs: { roles: 'GROUP_NONSENSE' },
  },
  'a role belongs to Ops Manager': { inputs: { roles: 'GROUP_AUTOMATION_ADMIN' } },
  'the rate limit is reached': {
    inputs: (scene) =>
      fails(scene, 'listGroupApiKeys', {
        ...error('RATE_LIMITED'),
        headers: { 'retry-after': '99' },
      } as FaultAction),
  },
  'Atlas is being upgraded': {
    inputs: (scene) => ({
      ...fails(scene, 'createGroupApiKey', error('WRITES_NOT_ALLOWED_DURING_APP_UPGRADES')),
      timeout: '5s',
    }),
  },
  'Atlas has trouble of its own': {
    inputs: (scene) => ({ ...fails(scene, 'listGroupApiKeys', answer(503, '')), timeout: '5s' }),
  },
  'a proxy answers with HTML': {
    inputs: (scene) => fails(scene, 'listGroupApiKeys', answer(403, '<html>blocked')),
  },
  'a page answers instead of Atlas': {
    inputs: (scene) => fails(scene, 'listGroupApiKeys', answer(200, '<html>')),
  },
  'the answer is empty': { inputs: (scene) => fails(scene, 'listGroupApiKeys', answer(200, '')) },
  'the answer is of another shape': {
    inputs: (scene) => fails(scene, 'listGroupApiKeys', answer(200, { a: 1 })),
  },
  'the answer is a redirect': {
    inputs: (scene) =>
      fails(scene, 'listGroupApiKeys', answer(302, '', { location: 'https://login.example/x?y' })),
  },
  'the answer says success and error': {
    inputs: (scene) => fails(scene, 'listGroupApiKeys', answer(200, { errorCode: 'NOT_IN_GROUP' })),
  },
  'every answer is cut': {
    inputs: (scene) => ({
      ...fails(scene, 'listGroupApiKeys', { kind: 'truncate', bytes: 10 }),
      timeout: '5s',
    }),
  },
  'nothing answers in time': {
    inputs: (scene) => ({ ...fails(scene, 'listGroupApiKeys', { kind: 'hang' }), timeout: '5s' }),
  },
  'nobody listens there': { inputs: { baseUrl: 'http://127.0.0.1:1', timeout: '5s' } },
  'the name cannot be resolved': { inputs: { baseUrl: 'https://atlas.invalid', timeout: '20s' } },
  'the certificate is for another name': { scene: { tls: true, certificate: 'wrong-name' } },
  "the certificate's authority is unknown": {
    scene: { tls: true },
    options: { env: { NODE_EXTRA_CA_CERTS: '' } },
  },
  'the proxy is not there': {
    scene: { tls: true },
    options: (scene) => ({
      env: { HTTPS_PROXY: 'http://127.0.0.1:1', NODE_EXTRA_CA_CERTS: scene.atlas.authorityFile },
    }),
    inputs: { timeout: '20s' },
  },
  'no answer to a create arrives': {
    inputs: (scene) => fails(scene, 'createGroupApiKey', { kind: 'reset' }, 'after'),
  },
  'several keys of the project fit': {
    inputs: (scene) => ({
      ...(addKey(scene, { roles: ['GROUP_OWNER'] }) && addKey(scene, { roles: ['GROUP_OWNER'] }) && {}),
    }),
  },
  "the caller's own key is declared otherwise": {
    scene: { callerRoles: ['ORG_OWNER', 'GROUP_OWNER'] },
    inputs: { desc: 'the caller' },
  },
  "the caller's own key is to be rotated": {
    scene: { callerRoles: ['ORG_OWNER', 'GROUP_OWNER'] },
    inputs: { desc: 'the caller', mode: 'rotate' },
  },
  "the caller's own key is to be revoked": {
    scene: { callerRoles: ['ORG_OWNER', 'GROUP_OWNER'] },
    inputs: { desc: 'the caller', mode: 'revoke', roles: '' },
  },
  "an owner's key is declared otherwise": {
    inputs: (scene) => {
      scene.atlas.addKey({
        orgId: scene.orgId,
        desc: 'deploy',
        roles: ['ORG_OWNER', { roleName: 'GROUP_OWNER', groupId: scene.groupId }],
      });
      return {};
    },
  },
  'knownPrivateKey is of another key': {
    inputs: (scene) => {
      addKey(scene, { roles: ['GROUP_READ_ONLY'] });
      return { knownPrivateKey: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' };
    },
  },
  'knownPrivateKey only ends alike': {
    inputs: (scene) => {
      const { privateKey } = addKey(scene, { roles: ['GROUP_READ_ONLY'] });
      return { knownPrivateKey: `3f2504e0-4f89-41d3-9a0c-${privateKey.slice(-12)}` };
    },
  },
  'another run never finishes its key': {
    inputs: (scene) => {
      const until = Math.floor(scene.atlas.clock.now() / 1000) * 1000 + 600_000;
      addKey(scene, { roles: ['GROUP_READ_ONLY'], mark: { ...MARK, state: 'pending', until } });
      return { timeout: '5s' };
    },
  },
  "this machine's address cannot be told": {
    inputs: (scene) => ({
      ...fails(scene, 'getIpInfo', error('RESOURCE_NOT_FOUND', '/x')),
      accessList: 'current',
    }),
  },
  'the access list leaves this machine out': { inputs: { accessList: '203.0.113.7' } },
  'the new key never works': {
    scene: { settings: { newKeyRefusedMs: 3_600_000 } },
    inputs: { timeout: '60s' },
  },
  'time is up before the new key works': {
    scene: { settings: { newKeyRefusedMs: 3_600_000 } },
    inputs: { timeout: '5s' },
  },
  'a key for this run could not be revoked again': {
    scene: { callerRoles: ['GROUP_OWNER'] },
    inputs: { mode: 'ephemeral', onRevokeFailure: 'fail' },
  },
  'the last rename is refused': {
    inputs: (scene) => {
      scene.atlas.faults.add({
        when: ({ method, body }) => method === 'PATCH' && JSON.stringify(body) === '{"desc":"deploy"}',
        times: 9,
        action: error('INVALID_API_KEY_DESC'),
      });
      return {};
    },
  },
  'keys could not be revoked': {
    scene: { callerRoles: ['GROUP_OWNER'] },
    inputs: (scene) => (addKey(scene, { roles: ['GROUP_OWNER'] }) && { mode: 'revoke', roles: '' }) || {},
  },
  'left-overs could not be deleted': {
    inputs: (scene) => {
      addKey(scene, { roles: ['GROUP_OWNER'], mark: { ...MARK, state: 'retired' } });
      scene.atlas.faults.add({
        when: { operation: 'deleteOrgApiKey' },
        action: { kind: 'error', code: 'VALIDATION_ERROR', parameters: ['x', 'y'] },
      });
      return { mode: 'sweep', roles: '' };
    },
  },
  'the run is cancelled': {
    options: (scene) => {
      const cancel = new AbortController();
      scene.atlas.faults.add({ when: AT_CREATE, run: () => cancel.abort(), action: { kind: 'hang' } });
      return { signal: cancel.signal };
    },
  },
  'a later step overwrote the credentials': {
    inputs: { mode: 'ephemeral', atlasPublicKey: '', atlasPrivateKey: '' },
    options: (scene) => ({
      env: {
        MONGODB_ATLAS_PUBLIC_KEY: scene.owner.publicKey,
        MONGODB_ATLAS_PRIVATE_KEY: scene.owner.privateKey,
      },
    }),
    later: () => exporting({ MONGODB_ATLAS_PRIVATE_KEY: '' }),
  },
  'post would believe another authority': {
    inputs: { mode: 'ephemeral' },
    later: () => exporting({ NODE_EXTRA_CA_CERTS: '/tmp/another.pem' }),
  },
  'post cannot revoke': {
    inputs: { mode: 'ephemeral', onRevokeFailure: 'fail' },
    later: (scene) => ({
      run: () => void fails(scene, 'deleteOrgApiKey', error('VALIDATION_ERROR', 'x', 'y')),
    }),
  },
  'post cannot finish a rotation': {
    inputs: { mode: 'rotate' },
    later: (scene) => ({
      run: () => void fails(scene, 'updateGroupApiKeyRoles', error('NOT_IN_GROUP', scene.groupId)),
    }),
  },
  'the rotated key is gone before post': {
    inputs: { mode: 'rotate' },
    later: (scene) => ({
      run: () => {
        for (const key of scene.atlas.keys()) if (key.id !== scene.owner.id) scene.atlas.deleteKey(key.id);
      },
    }),
  },
};

function exporting(variables: Readonly<Record<string, string>>): Step {
  return {
    run: async ({ env }) => {
      const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
      await appendFile(env.GITHUB_ENV ?? '', lines.join(''));
    },
  };
}
