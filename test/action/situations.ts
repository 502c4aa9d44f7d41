/**
 * Situations in which Atlas, the environment or a key stops the action, and what the user reads then, word for word.
 * PROJECT, ORG, HOST, KEY, KEY-ID and OWN-KEY stand for what differs in every run.
 */
import { appendFile } from 'node:fs/promises';
import { describeMarked } from '../../src/keys/mark.ts';
import type { FunctionContext, StepResult } from '../runner/step.ts';
import type { FaultAction } from '../simulator/faults.ts';
import type { StartOptions } from '../simulator/server.ts';
import { keysBeside, type openScene, type Scene } from './scene.ts';

type Variables = Readonly<Record<string, string>>;

export interface Situation {
  /** The roles of the caller, who is an owner of the organisation by default. */
  readonly caller?: readonly string[];
  /** Signs in as a service account. */
  readonly account?: boolean;
  /** The roles of a key of this desc that is there. */
  readonly key?: readonly string[];
  readonly settings?: StartOptions['settings'];
  readonly tls?: Pick<StartOptions, 'certificate'>;
  /** How an operation is answered every time, before or after it is carried out. */
  readonly fault?: readonly [operation: string, action: FaultAction, phase?: 'after'];
  /** The operation at which the run is cancelled. */
  readonly cancelledAt?: string;
  /** What else is there before; returns more inputs. */
  readonly prepare?: (scene: Scene) => Variables | undefined;
  readonly inputs?: Variables;
  readonly env?: (scene: Scene) => Variables;
  /** Runs between the action and its post. */
  readonly later?: (context: FunctionContext, scene: Scene) => void | Promise<void>;
  /** The errors, or the warnings where there are no errors. */
  readonly told: string;
}

const LIST = 'listGroupApiKeys';
const CREATE = 'createGroupApiKey';
const ID = '0123456789abcdef01234567';
const OWNER_AND_MEMBER = ['ORG_OWNER', 'GROUP_OWNER'];
const RUN = { repository: 'octo-org/octo-repo', runId: '1', attempt: '1', nonce: '0123456789abcdef' };

type AtlasError = Extract<FaultAction, { kind: 'error' }>;
const error = (code: AtlasError['code'], ...parameters: string[]): AtlasError => {
  return { kind: 'error', code, parameters };
};
const answer = (status: number, body: unknown, headers = {}): FaultAction => {
  return { kind: 'answer', status, body, headers };
};

export const SITUATIONS: Readonly<Record<string, Situation>> = {
  'the private key is wrong': {
    inputs: { atlasPrivateKey: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' },
    told: "Could not list the project's keys: the credentials are not accepted. Check that both halves belong together, that the key or secret still exists, and that baseUrl is the right cloud. (GET /api/atlas/v2/groups/PROJECT/apiKeys was answered with 401 UNEXPECTED_ERROR: “You are not authorized for this resource.”)",
  },
  "the service account's secret is wrong": {
    account: true,
    inputs: { atlasClientSecret: 'mdb_sa_sk_wrong-wrong-wrong' },
    told: 'Could not sign in as the service account: the credentials are not accepted. Check that both halves belong together, that the key or secret still exists, and that baseUrl is the right cloud. (POST /api/oauth/token was answered with 401 INVALID_CLIENT: “wrong client credentials”)',
  },
  'the token endpoint answers with nonsense': {
    account: true,
    fault: ['createToken', answer(200, { token: 'x' })],
    told: 'Could not sign in as the service account: the answer (200) is not what the API documents. Check baseUrl and api. (POST /api/oauth/token)',
  },
  'the caller may not read the project': {
    caller: ['ORG_MEMBER'],
    told: "Could not list the project's keys: the caller is known but lacks the role Project Read Only, which this call needs. Give the calling key or service account that role, and check groupId: it may be a project of another organisation. (GET /api/atlas/v2/groups/PROJECT/apiKeys was answered with 401 NOT_IN_GROUP: “The current user is not in the group PROJECT, or the group does not exist.”)",
  },
  'the caller may not make keys': {
    caller: ['GROUP_READ_ONLY'],
    told: 'Could not make a key in the project: the caller is known but lacks the role Project Access Manager, which this call needs. Give the calling key or service account that role. (POST /api/atlas/v2/groups/PROJECT/apiKeys was answered with 401 NOT_GROUP_USER_ADMIN: “The current user does not have the user admin role for the group PROJECT.”)',
  },
  'the caller may not set roles': {
    caller: ['GROUP_READ_ONLY'],
    key: ['GROUP_OWNER'],
    told: "Could not set the key's roles in the project: the caller is known but lacks the role Project Access Manager, which this call needs. Give the calling key or service account that role. (PATCH /api/atlas/v2/groups/PROJECT/apiKeys/KEY-ID was answered with 401 NOT_GROUP_USER_ADMIN: “The current user does not have the user admin role for the group PROJECT.”)",
  },
  'the caller may not read keys of the organisation': {
    fault: ['getOrgApiKey', error('USER_CANNOT_ACCESS_ORG', 'ORG')],
    inputs: { desc: '', apiUserId: ID },
    told: 'Could not read the key: the caller is known but lacks the role Organization Member, which this call needs. Give the calling key or service account that role. (GET /api/atlas/v2/orgs/ORG/apiKeys/0123456789abcdef01234567 was answered with 401 USER_CANNOT_ACCESS_ORG: “Current user is not authorized to access organization ORG.”)',
  },
  'the address is not on the access list': {
    fault: [LIST, error('IP_ADDRESS_NOT_ON_ACCESS_LIST', '198.51.100.7')],
    told: "Could not list the project's keys: the caller may not call from 198.51.100.7. Add it to the access list of the calling key itself (its API access list, not the project's IP access list). (GET /api/atlas/v2/groups/PROJECT/apiKeys was answered with 403 IP_ADDRESS_NOT_ON_ACCESS_LIST: “IP address 198.51.100.7 is not allowed to access this resource.”)",
  },
  'the organisation requires an access list': {
    fault: [LIST, error('ORG_REQUIRES_ACCESS_LIST')],
    told: "Could not list the project's keys: the caller may not call from this address. Add the runner's address to the access list of the calling key itself (its API access list, not the project's IP access list). (GET /api/atlas/v2/groups/PROJECT/apiKeys was answered with 403 ORG_REQUIRES_ACCESS_LIST: “This organization requires access through an access list of ip ranges.”)",
  },
  'there is no such project': {
    inputs: { groupId: ID },
    told: "Could not list the project's keys: the project is not there, or the caller cannot see it. Check the id, and that baseUrl is the right cloud. (GET /api/atlas/v2/groups/0123456789abcdef01234567/apiKeys was answered with 404 GROUP_NOT_FOUND: “No group with ID 0123456789abcdef01234567 exists.”)",
  },
  'there is no such key': {
    inputs: { desc: '', apiUserId: ID },
    told: 'Could not read the key: it is not there, or the caller cannot see it. Check the id. (GET /api/atlas/v2/orgs/ORG/apiKeys/0123456789abcdef01234567 was answered with 400 API_KEY_NOT_FOUND: “No API key with ID 0123456789abcdef01234567 exists.”)',
  },
  'the organisation is full': {
    settings: { keysPerOrganization: 1 },
    told: 'Could not make a key in the project: the organisation holds as many API keys as it may (500). Delete some that nobody uses. (POST /api/atlas/v2/groups/PROJECT/apiKeys was answered with 403 MAX_PUBLIC_API_KEY_REACHED: “The maximum number of API keys (1) has been reached.”)',
  },
  'a role is unknown to Atlas': {
    settings: { unknownRole: 'INVALID_ENUM_VALUE' },
    inputs: { roles: 'GROUP_NONSENSE' },
    told: 'Could not make a key in the project: the request was refused. Check roles: Atlas does not take one of them here. (POST /api/atlas/v2/groups/PROJECT/apiKeys was answered with 400 INVALID_ENUM_VALUE: “An invalid enumeration value GROUP_NONSENSE was specified.”)',
  },
  'a role belongs to Ops Manager': {
    inputs: { roles: 'GROUP_AUTOMATION_ADMIN' },
    told: 'Could not make a key in the project: the request was refused. Check roles: Atlas does not take one of them here. (POST /api/atlas/v2/groups/PROJECT/apiKeys was answered with 400 INVALID_ROLE_FOR_GROUP: “Role GROUP_AUTOMATION_ADMIN is invalid for group PROJECT.”)',
  },
  'the rate limit is reached': {
    fault: [LIST, { ...error('RATE_LIMITED'), headers: { 'retry-after': '99' } }],
    told: "Could not list the project's keys: the rate limit is reached. Try again in a few minutes, or with fewer runs side by side. (GET /api/atlas/v2/groups/PROJECT/apiKeys was answered with 429 RATE_LIMITED: “Resource is limited to requests every 1 minutes.”)",
  },
  'Atlas is being upgraded': {
    fault: [CREATE, error('WRITES_NOT_ALLOWED_DURING_APP_UPGRADES')],
    told: 'Could not make a key in the project: the service does not serve this right now. Try again later; https://status.mongodb.com tells its state. (POST /api/atlas/v2/groups/PROJECT/apiKeys was answered with 405 WRITES_NOT_ALLOWED_DURING_APP_UPGRADES: “Writes are not allowed during application upgrades.”)',
  },
  'Atlas has trouble of its own': {
    fault: [LIST, answer(503, '')],
    told: "Could not list the project's keys: the service does not serve this right now. Try again later; https://status.mongodb.com tells its state. (GET /api/atlas/v2/groups/PROJECT/apiKeys was answered with 503)",
  },
  'a proxy answers with HTML': {
    fault: [LIST, answer(403, '<html>blocked')],
    told: "Could not list the project's keys: the answer is not the service's own but HTML or text. Check baseUrl, and the proxy if there is one. (GET /api/atlas/v2/groups/PROJECT/apiKeys was answered with 403)",
  },
  'the answer is a redirect': {
    fault: [LIST, answer(302, '', { location: 'https://login.example/x?y' })],
    told: "Could not list the project's keys: a redirect to login.example was not followed. Check baseUrl. (GET /api/atlas/v2/groups/PROJECT/apiKeys was answered with 302)",
  },
  'the answer says success and error': {
    fault: [LIST, answer(200, { errorCode: 'NOT_IN_GROUP' })],
    told: "Could not list the project's keys: the answer says 200 and NOT_IN_GROUP at once. Check baseUrl, and the proxy if there is one. (GET /api/atlas/v2/groups/PROJECT/apiKeys)",
  },
  'every answer is cut': {
    fault: [LIST, { kind: 'truncate', bytes: 10 }],
    told: "Could not list the project's keys: the connection to HOST broke before the answer was complete [BROKEN]. Try again; if it happens again, check the network and the proxy. (GET /api/atlas/v2/groups/PROJECT/apiKeys)",
  },
  'nobody listens there': {
    inputs: { baseUrl: 'http://127.0.0.1:1' },
    told: "Could not list the project's keys: no connection to 127.0.0.1:1 came about [ECONNREFUSED]. Check baseUrl, the runner's network, and whether it needs HTTPS_PROXY. (GET /api/atlas/v2/groups/PROJECT/apiKeys)",
  },
  'the name cannot be resolved': {
    inputs: { baseUrl: 'https://atlas.invalid' },
    told: "Could not list the project's keys: the name atlas.invalid cannot be resolved [ENOTFOUND]. Check baseUrl and the runner's DNS. (GET /api/atlas/v2/groups/PROJECT/apiKeys)",
  },
  'the proxy is not there': {
    tls: {},
    env: () => ({ HTTPS_PROXY: 'http://127.0.0.1:1' }),
    told: "Could not list the project's keys: there is no way through the proxy to HOST [ECONNREFUSED]. Check HTTPS_PROXY and NO_PROXY. (GET /api/atlas/v2/groups/PROJECT/apiKeys)",
  },
  'no answer to a create arrives': {
    fault: [CREATE, { kind: 'reset' }, 'after'],
    told: 'Could not make a key in the project: the connection to HOST broke before the answer was complete [BROKEN]. Try again; if it happens again, check the network and the proxy. (POST /api/atlas/v2/groups/PROJECT/apiKeys) Atlas may have carried it out nevertheless.',
  },
  'several keys of the project fit': {
    prepare: (scene) => void addKey(scene, ['GROUP_OWNER']),
    key: ['GROUP_OWNER'],
    told: '2 keys of the project are named "deploy": KEY, KEY. Say which one with apiUserId, or give the others another description.',
  },
  "the caller's own key is declared otherwise": {
    caller: OWNER_AND_MEMBER,
    inputs: { desc: 'the caller' },
    told: 'Key OWN-KEY has other roles than those declared, and this step may not change them: it is the key that this step signs in with. Sign in with another key, or declare another desc.',
  },
  "the caller's own key is to be rotated": {
    caller: OWNER_AND_MEMBER,
    inputs: { desc: 'the caller', mode: 'rotate' },
    told: 'Key OWN-KEY has this desc, and this step may not touch it: it is the key that this step signs in with. Nothing was changed. Give that key another description, or rotate under another desc.',
  },
  "the caller's own key is to be revoked": {
    caller: OWNER_AND_MEMBER,
    inputs: { desc: 'the caller', mode: 'revoke', roles: '' },
    told: '1 key could not be revoked. OWN-KEY: it is the key that this step signs in with. Delete by hand in Atlas whatever has to go all the same.',
  },
  "an owner's key is declared otherwise": {
    key: ['ORG_OWNER', 'GROUP_OWNER'],
    told: 'Key KEY has other roles than those declared, and this step may not change them: it has the organisation role ORG_OWNER. Name the key with apiUserId if it is the one that is meant, or declare another desc.',
  },
  'knownPrivateKey is of another key': {
    key: ['GROUP_READ_ONLY'],
    inputs: { knownPrivateKey: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' },
    told: 'knownPrivateKey is not the secret of key KEY: its end is another one. Store the secret again, or use mode: rotate, which makes a new key when the stored secret does not fit.',
  },
  'knownPrivateKey only ends alike': {
    prepare: (scene) => {
      const { privateKey } = addKey(scene, ['GROUP_READ_ONLY']);
      return { knownPrivateKey: `3f2504e0-4f89-41d3-9a0c-${privateKey.slice(-12)}` };
    },
    told: 'knownPrivateKey is not the secret of key KEY: Atlas refuses it. Store the secret again, or use mode: rotate, which makes a new key when the stored secret does not fit.',
  },
  "this machine's address cannot be told": {
    fault: ['getIpInfo', error('RESOURCE_NOT_FOUND', '/x')],
    inputs: { accessList: 'current' },
    told: 'accessList: current cannot be used: Atlas did not tell the address of this machine (GET /api/private/ipinfo is refused or missing here). Name the addresses or CIDR blocks instead.',
  },
  'the access list leaves this machine out': {
    inputs: { accessList: '203.0.113.7' },
    told: "The new key KEY may not be used from this machine: its access list does not hold this machine's address. Add `current` to accessList, or set verify: false when the key is for another machine.",
  },
  'a key for this run could not be revoked again': {
    caller: ['GROUP_OWNER'],
    inputs: { mode: 'ephemeral', onRevokeFailure: 'fail' },
    told: 'The caller is no Organization Owner, so the key cannot be deleted when the job ends: it is only unassigned from the project and lives on in the organisation. Nothing was made, because onRevokeFailure is fail. Give the caller Organization Owner, or set onRevokeFailure: warn.',
  },
  'the last rename is refused': {
    prepare: ({ atlas }) =>
      void atlas.faults.add({
        when: ({ method, body }) => method === 'PATCH' && JSON.stringify(body) === '{"desc":"deploy"}',
        times: 9,
        action: error('INVALID_API_KEY_DESC'),
      }),
    told: "Could not change the key's description: the request was refused. Check desc. (PATCH /api/atlas/v2/orgs/ORG/apiKeys/KEY-ID was answered with 400 INVALID_API_KEY_DESC: “All API keys require a non-empty description.”)",
  },
  'keys could not be revoked': {
    caller: ['GROUP_OWNER'],
    key: ['GROUP_OWNER'],
    inputs: { mode: 'revoke', roles: '' },
    told: '1 key could not be revoked. KEY: it is out of its projects, but only an Organization Owner may delete it. Delete by hand in Atlas whatever has to go all the same.',
  },
  'left-overs could not be deleted': {
    prepare: (scene) =>
      void addKey(scene, ['GROUP_OWNER'], describeMarked('deploy', { ...RUN, state: 'retired' })),
    fault: ['deleteOrgApiKey', error('VALIDATION_ERROR', 'x', 'y')],
    inputs: { mode: 'sweep', roles: '' },
    told: '1 left-over key could not be deleted: KEY. The warnings above say why; the next sweep tries again.',
  },
  'the run is cancelled': {
    cancelledAt: CREATE,
    told: 'Could not make a key in the project: the run was cancelled while it was under way. (POST /api/atlas/v2/groups/PROJECT/apiKeys) Atlas may have carried it out nevertheless.',
  },
  'a later step overwrote the credentials': {
    inputs: { mode: 'ephemeral', atlasPublicKey: '', atlasPrivateKey: '' },
    env: ({ owner }) => ({
      MONGODB_ATLAS_PUBLIC_KEY: owner.publicKey,
      MONGODB_ATLAS_PRIVATE_KEY: owner.privateKey,
    }),
    later: ({ env }) => appendFile(env.GITHUB_ENV ?? '', 'MONGODB_ATLAS_PRIVATE_KEY=\n'),
    told: 'MONGODB_ATLAS_PRIVATE_KEY changed since the step itself ran, so the post step no longer has the secret that the step signed in with. Set such variables for the whole job. Key KEY-ID of organisation ORG is still alive: delete it.',
  },
  'post would believe another authority': {
    inputs: { mode: 'ephemeral' },
    later: ({ env }) => appendFile(env.GITHUB_ENV ?? '', 'NODE_EXTRA_CA_CERTS=/tmp/another.pem\n'),
    told: 'NODE_EXTRA_CA_CERTS changed since the step itself ran, or a file that it names did, so the credentials were not sent: a later step could have made this one believe another server. Set such variables for the whole job. Key KEY-ID of organisation ORG is still alive: delete it.',
  },
  'post cannot revoke': {
    inputs: { mode: 'ephemeral', onRevokeFailure: 'fail' },
    later: (_, scene) => fails(scene, 'deleteOrgApiKey', error('VALIDATION_ERROR', 'x', 'y')),
    told: 'Could not delete the key: the request was refused. Check the inputs against what Atlas says. (DELETE /api/atlas/v2/orgs/ORG/apiKeys/KEY-ID was answered with 400 VALIDATION_ERROR: “The x field is invalid: y.”) Key KEY-ID of organisation ORG is still alive: delete it.',
  },
  'post cannot finish a rotation': {
    inputs: { mode: 'rotate' },
    later: (_, scene) => fails(scene, 'updateGroupApiKeyRoles', error('NOT_IN_GROUP', scene.groupId)),
    told: "Could not change the key's description: the caller is known but lacks the role Project Access Manager, which this call needs. Give the calling key or service account that role, and check groupId: it may be a project of another organisation. (PATCH /api/atlas/v2/groups/PROJECT/apiKeys/KEY-ID was answered with 401 NOT_IN_GROUP: “The current user is not in the group PROJECT, or the group does not exist.”) The rotation to key KEY-ID of project PROJECT is not final. There was no current key before it. The next rotation makes another key.",
  },
  'the rotated key is gone before post': {
    inputs: { mode: 'rotate' },
    later: (_, scene) => {
      for (const { id } of keysBeside(scene)) scene.atlas.deleteKey(id);
    },
    told: 'Key KEY-ID, which this rotation made, cannot become current, because somebody revoked it. No other key was changed. Run the job again. The rotation to key KEY-ID of project PROJECT is not final. There was no current key before it. The next rotation makes another key.',
  },
};

/** Node reads the authorities that it trusts when it starts, and the shortest timeout takes seconds. */
export const OF_ITS_OWN_PROCESS: Readonly<Record<string, Situation>> = {
  'nothing answers in time': {
    fault: [LIST, { kind: 'hang' }],
    inputs: { timeout: '5s' },
    told: "Could not list the project's keys: the time for all calls of this step (timeout) is used up. Run the job again, or give a longer timeout. (GET /api/atlas/v2/groups/PROJECT/apiKeys)",
  },
  'the certificate is for another name': {
    tls: { certificate: 'wrong-name' },
    told: "Could not list the project's keys: the certificate of HOST is for another name [ERR_TLS_CERT_ALTNAME_INVALID]. Check baseUrl, and the proxy if there is one. (GET /api/atlas/v2/groups/PROJECT/apiKeys)",
  },
  "the certificate's authority is unknown": {
    tls: {},
    env: () => ({ NODE_EXTRA_CA_CERTS: '' }),
    told: "Could not list the project's keys: the certificate of HOST is signed by an authority that this machine does not know [UNABLE_TO_VERIFY_LEAF_SIGNATURE]. If that is a private one, name its PEM file in the environment variable NODE_EXTRA_CA_CERTS of this job. (GET /api/atlas/v2/groups/PROJECT/apiKeys)",
  },
};

function addKey({ atlas, orgId, groupId }: Scene, roles: readonly string[], desc = 'deploy') {
  const held = roles.map((roleName) => (roleName.startsWith('ORG_') ? roleName : { roleName, groupId }));
  return atlas.addKey({ orgId, desc, roles: ['ORG_MEMBER', ...held] });
}

function fails({ atlas }: Scene, operation: string, action: FaultAction, phase?: 'after'): void {
  atlas.faults.add({ when: { operation }, times: 99, phase: phase ?? 'before', action });
}

/** Runs the action in a situation and returns what it tells the user. */
export async function provoke(situation: Situation, open: typeof openScene): Promise<string[]> {
  const { caller = ['ORG_OWNER'], settings = {}, tls, later } = situation;
  await using scene = await open({ callerRoles: caller, settings, ...(tls && { tls: true, ...tls }) });
  const { atlas, orgId } = scene;
  const { clientId, clientSecret } = atlas.addServiceAccount({ orgId, roles: ['ORG_OWNER'] });
  const account = { atlasPublicKey: '', atlasPrivateKey: '', atlasClientId: clientId };
  if (situation.key !== undefined) addKey(scene, situation.key);
  if (situation.fault !== undefined) fails(scene, ...situation.fault);
  const cancel = new AbortController();
  const at = { operation: situation.cancelledAt ?? 'never' };
  atlas.faults.add({ when: at, run: () => cancel.abort(), action: { kind: 'hang' } });
  const step = scene.step({
    ...(situation.account && { ...account, atlasClientSecret: clientSecret }),
    ...situation.prepare?.(scene),
    ...situation.inputs,
  });
  const steps =
    later === undefined ? [step] : [step, { run: (context: FunctionContext) => later(context, scene) }];
  const run = await scene.job(steps, { signal: cancel.signal, env: situation.env?.(scene) ?? {} });
  const all = [...run.steps, ...run.post];
  const errors = told(all, 'error').filter((message) => message !== 'The operation was canceled.');
  return (errors.length > 0 ? errors : told(all, 'warning')).map((message) => timeless(message, scene));
}

function told(steps: readonly StepResult[], level: string): string[] {
  return steps.flatMap(({ annotations }) =>
    annotations.filter((annotation) => annotation.level === level).map(({ message }) => message),
  );
}

/** The message with names for what is different in every run. */
function timeless(message: string, { groupId, orgId, owner, atlas }: Scene): string {
  const name = (key: { id: string; publicKey: string }) => `${key.id} (${key.publicKey})`;
  const keys = atlas.keys({ includeDeleted: true }).filter(({ id }) => id !== owner.id);
  return (
    keys
      .reduce((text, key) => text.replaceAll(name(key), 'KEY').replaceAll(key.id, 'KEY-ID'), message)
      .replaceAll(name(owner), 'OWN-KEY')
      .replaceAll(groupId, 'PROJECT')
      .replaceAll(orgId, 'ORG')
      .replaceAll(new URL(atlas.origin).host, 'HOST')
      // The same broken connection, as different machines and versions of Node call it.
      .replace(/\[(?:ECONNRESET|EPIPE|UND_ERR_SOCKET)\]/g, '[BROKEN]')
  );
}
