/**
 * What a user reads when it does not work: each situation and every sentence it brings, through the built action.
 * PROJECT, ORG, HOST, KEY, KEY-ID and OWN-KEY stand for what differs in every run. The sentences about wrong inputs
 * are in wrong-inputs.slow.test.ts and test/inputs, those about Actions secrets in test/github.
 */
import { expect, it } from 'vitest';
import { provoke } from './provoke.ts';
import { SITUATIONS } from './situations.ts';

const SENTENCES: Readonly<Record<string, readonly string[]>> = {
  'the private key is wrong': [
    "Could not list the project's keys: the credentials are not accepted. Check that both halves belong together, that the key or secret still exists, and that baseUrl is the right cloud. (GET /api/atlas/v2/groups/PROJECT/apiKeys was answered with 401 UNEXPECTED_ERROR: “You are not authorized for this resource.”)",
  ],
  "the service account's secret is wrong": [
    'Could not sign in as the service account: the credentials are not accepted. Check that both halves belong together, that the key or secret still exists, and that baseUrl is the right cloud. (POST /api/oauth/token was answered with 401 INVALID_CLIENT: “wrong client credentials”)',
  ],
  'the token endpoint answers with nonsense': [
    'Could not sign in as the service account: the answer holds no bearer token. Check baseUrl, and the proxy if there is one. (POST /api/oauth/token)',
  ],
  'the caller may not read the project': [
    "Could not list the project's keys: the caller is known but lacks the role Project Read Only, which this call needs. Give the calling key or service account that role, and check groupId: it may be a project of another organisation. (GET /api/atlas/v2/groups/PROJECT/apiKeys was answered with 401 NOT_IN_GROUP: “The current user is not in the group PROJECT, or the group does not exist.”)",
  ],
  'the caller may not make keys': [
    'Could not make a key in the project: the caller is known but lacks the role Project Access Manager, which this call needs. Give the calling key or service account that role. (POST /api/atlas/v2/groups/PROJECT/apiKeys was answered with 401 NOT_GROUP_USER_ADMIN: “The current user does not have the user admin role for the group PROJECT.”)',
  ],
  'the caller may not set roles': [
    "Could not set the key's roles in the project: the caller is known but lacks the role Project Access Manager, which this call needs. Give the calling key or service account that role. (PATCH /api/atlas/v2/groups/PROJECT/apiKeys/KEY-ID was answered with 401 NOT_GROUP_USER_ADMIN: “The current user does not have the user admin role for the group PROJECT.”)",
  ],
  'the caller may not read keys of the organisation': [
    'Could not read the key: the caller is known but lacks the role Organization Member, which this call needs. Give the calling key or service account that role. (GET /api/atlas/v2/orgs/ORG/apiKeys/0123456789abcdef01234567 was answered with 401 USER_CANNOT_ACCESS_ORG: “Current user is not authorized to access organization ORG.”)',
  ],
  'the address is not on the access list': [
    "Could not list the project's keys: the caller may not call from 198.51.100.7. Add it to the access list of the calling key itself (its API access list, not the project's IP access list). (GET /api/atlas/v2/groups/PROJECT/apiKeys was answered with 403 IP_ADDRESS_NOT_ON_ACCESS_LIST: “IP address 198.51.100.7 is not allowed to access this resource.”)",
  ],
  'the organisation requires an access list': [
    "Could not list the project's keys: the caller may not call from this address. Add the runner's address to the access list of the calling key itself (its API access list, not the project's IP access list). (GET /api/atlas/v2/groups/PROJECT/apiKeys was answered with 403 ORG_REQUIRES_ACCESS_LIST: “This organization requires access through an access list of ip ranges.”)",
  ],
  'there is no such project': [
    "Could not list the project's keys: the project is not there, or the caller cannot see it. Check the id, and that baseUrl is the right cloud. (GET /api/atlas/v2/groups/0123456789abcdef01234567/apiKeys was answered with 404 GROUP_NOT_FOUND: “No group with ID 0123456789abcdef01234567 exists.”)",
  ],
  'there is no such key': [
    'Could not read the key: it is not there, or the caller cannot see it. Check the id. (GET /api/atlas/v2/orgs/ORG/apiKeys/0123456789abcdef01234567 was answered with 400 API_KEY_NOT_FOUND: “No API key with ID 0123456789abcdef01234567 exists.”)',
  ],
  'the organisation is full': [
    'Could not make a key in the project: the organisation holds as many API keys as it may (500). Delete some that nobody uses. (POST /api/atlas/v2/groups/PROJECT/apiKeys was answered with 403 MAX_PUBLIC_API_KEY_REACHED: “The maximum number of API keys (1) has been reached.”)',
  ],
  'a role is unknown to Atlas': [
    'Could not make a key in the project: the request was refused. Check roles: Atlas does not take one of them here. (POST /api/atlas/v2/groups/PROJECT/apiKeys was answered with 400 INVALID_ENUM_VALUE: “An invalid enumeration value GROUP_NONSENSE was specified.”)',
  ],
  'a role belongs to Ops Manager': [
    'Could not make a key in the project: the request was refused. Check roles: Atlas does not take one of them here. (POST /api/atlas/v2/groups/PROJECT/apiKeys was answered with 400 INVALID_ROLE_FOR_GROUP: “Role GROUP_AUTOMATION_ADMIN is invalid for group PROJECT.”)',
  ],
  'the rate limit is reached': [
    "Could not list the project's keys: the rate limit is reached. Try again in a few minutes, or with fewer runs side by side. (GET /api/atlas/v2/groups/PROJECT/apiKeys was answered with 429 RATE_LIMITED: “Resource is limited to requests every 1 minutes.”)",
  ],
  'Atlas is being upgraded': [
    'Could not make a key in the project: the service does not serve this right now. Try again later; https://status.mongodb.com tells its state. (POST /api/atlas/v2/groups/PROJECT/apiKeys was answered with 405 WRITES_NOT_ALLOWED_DURING_APP_UPGRADES: “Writes are not allowed during application upgrades.”)',
  ],
  'Atlas has trouble of its own': [
    "Could not list the project's keys: the service does not serve this right now. Try again later; https://status.mongodb.com tells its state. (GET /api/atlas/v2/groups/PROJECT/apiKeys was answered with 503)",
  ],
  'a proxy answers with HTML': [
    "Could not list the project's keys: the answer is not the service's own but HTML or text. Check baseUrl, and the proxy if there is one. (GET /api/atlas/v2/groups/PROJECT/apiKeys was answered with 403)",
  ],
  'a page answers instead of Atlas': [
    "Could not list the project's keys: the answer (200) is no JSON. Check baseUrl, and the proxy if there is one. (GET /api/atlas/v2/groups/PROJECT/apiKeys)",
  ],
  'the answer is empty': [
    "Could not list the project's keys: the answer (200) is empty. Check baseUrl, and the proxy if there is one. (GET /api/atlas/v2/groups/PROJECT/apiKeys)",
  ],
  'the answer is of another shape': [
    "Could not list the project's keys: the answer (200) is not what the API documents. Check baseUrl and api. (GET /api/atlas/v2/groups/PROJECT/apiKeys)",
  ],
  'the answer is a redirect': [
    "Could not list the project's keys: a redirect to login.example was not followed. Check baseUrl. (GET /api/atlas/v2/groups/PROJECT/apiKeys was answered with 302)",
  ],
  'the answer says success and error': [
    "Could not list the project's keys: the answer says 200 and NOT_IN_GROUP at once. Check baseUrl, and the proxy if there is one. (GET /api/atlas/v2/groups/PROJECT/apiKeys)",
  ],
  'every answer is cut': [
    "Could not list the project's keys: the connection to HOST broke before the answer was complete [BROKEN]. Try again; if it happens again, check the network and the proxy. (GET /api/atlas/v2/groups/PROJECT/apiKeys)",
  ],
  'nothing answers in time': [
    "Could not list the project's keys: the time for all calls of this step (timeout) is used up. Run the job again, or give a longer timeout. (GET /api/atlas/v2/groups/PROJECT/apiKeys)",
  ],
  'nobody listens there': [
    "Could not list the project's keys: no connection to 127.0.0.1:1 came about [ECONNREFUSED]. Check baseUrl, the runner's network, and whether it needs HTTPS_PROXY. (GET /api/atlas/v2/groups/PROJECT/apiKeys)",
  ],
  'the name cannot be resolved': [
    "Could not list the project's keys: the name atlas.invalid cannot be resolved [ENOTFOUND]. Check baseUrl and the runner's DNS. (GET /api/atlas/v2/groups/PROJECT/apiKeys)",
  ],
  'the certificate is for another name': [
    "Could not list the project's keys: the certificate of HOST is for another name [ERR_TLS_CERT_ALTNAME_INVALID]. Check baseUrl, and the proxy if there is one. (GET /api/atlas/v2/groups/PROJECT/apiKeys)",
  ],
  "the certificate's authority is unknown": [
    "Could not list the project's keys: the certificate of HOST is signed by an authority that this machine does not know [UNABLE_TO_VERIFY_LEAF_SIGNATURE]. If that is a private one, name its PEM file in the environment variable NODE_EXTRA_CA_CERTS of this job. (GET /api/atlas/v2/groups/PROJECT/apiKeys)",
  ],
  'the proxy is not there': [
    "Could not list the project's keys: the proxy made no way to HOST [ECONNREFUSED]. Check HTTPS_PROXY and NO_PROXY. (GET /api/atlas/v2/groups/PROJECT/apiKeys)",
  ],
  'no answer to a create arrives': [
    'Could not make a key in the project: the connection to HOST broke before the answer was complete [BROKEN]. Try again; if it happens again, check the network and the proxy. (POST /api/atlas/v2/groups/PROJECT/apiKeys) Atlas may have carried it out nevertheless.',
  ],
  'several keys of the project fit': [
    '2 keys of the project are named "deploy": KEY, KEY. Say which one with apiUserId, or give the others another description.',
  ],
  "the caller's own key is declared otherwise": [
    'Key OWN-KEY has other roles than those declared, and this step may not change them: it is the key that this step signs in with. Sign in with another key, or declare another desc.',
  ],
  "the caller's own key is to be rotated": [
    'Key OWN-KEY has this desc, and this step may not touch it: it is the key that this step signs in with. Nothing was changed. Give that key another description, or rotate under another desc.',
  ],
  "the caller's own key is to be revoked": [
    '1 key could not be revoked. OWN-KEY: it is the key that this step signs in with. Delete in Atlas by hand what is to go all the same.',
  ],
  "an owner's key is declared otherwise": [
    'Key KEY has other roles than those declared, and this step may not change them: it has the organisation role ORG_OWNER. Name the key with apiUserId if it is the one that is meant, or declare another desc.',
  ],
  'knownPrivateKey is of another key': [
    'knownPrivateKey is not the secret of key KEY: its end is another one. Store the secret again, or use mode: rotate, which makes a new key when the stored secret does not fit.',
  ],
  'knownPrivateKey only ends alike': [
    'knownPrivateKey is not the secret of key KEY: Atlas refuses it. Store the secret again, or use mode: rotate, which makes a new key when the stored secret does not fit.',
  ],
  'another run never finishes its key': [
    'Another run began to make this key (KEY) and has not finished. If that run is gone, its key counts as left over after TIME: run this job again then, or give a longer timeout.',
  ],
  "this machine's address cannot be told": [
    'accessList: current cannot be used: Atlas did not tell the address of this machine (GET /api/private/ipinfo is refused or missing here). Name the addresses or CIDR blocks instead.',
  ],
  'the access list leaves this machine out': [
    "The new key KEY may not be used from this machine: its access list does not hold this machine's address. Add `current` to accessList, or set verify: false when the key is for another machine.",
  ],
  'the new key never works': [
    'Atlas still refuses the new key KEY after 10 seconds, so it was not handed out. Run the job again; if it happens again, look at https://status.mongodb.com.',
  ],
  'time is up before the new key works': [
    'The time for all calls of this step (timeout) is used up, and it still waited: for Atlas to know the new key, or for another run to finish its own. Run the job again, or give a longer timeout.',
  ],
  'a key for this run could not be revoked again': [
    'The caller is no Organization Owner, so the key cannot be deleted when the job ends: it is only unassigned from the project and lives on in the organisation. Nothing was made, because onRevokeFailure is fail. Give the caller Organization Owner, or set onRevokeFailure: warn.',
  ],
  'the last rename is refused': [
    "Could not change the key's description: the request was refused. Check desc. (PATCH /api/atlas/v2/orgs/ORG/apiKeys/KEY-ID was answered with 400 INVALID_API_KEY_DESC: “All API keys require a non-empty description.”)",
  ],
  'keys could not be revoked': [
    '1 key could not be revoked. Out of the project, but still alive in organisation ORG: KEY. Only an Organization Owner may delete keys: do it there, or run mode: sweep with that role.',
  ],
  'left-overs could not be deleted': [
    '1 left-over key could not be deleted: KEY. The warnings above say why; the next sweep tries again.',
  ],
  'the run is cancelled': [
    'Could not make a key in the project: the run was cancelled while it was under way. (POST /api/atlas/v2/groups/PROJECT/apiKeys) Atlas may have carried it out nevertheless.',
  ],
  'a later step overwrote the credentials': [
    'MONGODB_ATLAS_PRIVATE_KEY changed since the step itself, so the post step no longer has the secret that the step signed in with. Set such variables for the whole job. Key KEY-ID of organisation ORG is still alive: delete it.',
  ],
  'post would believe another authority': [
    'NODE_EXTRA_CA_CERTS changed since the step itself, or a file named there did, so the credentials were not sent: a later step could have made this one believe another server. Set such variables for the whole job. Key KEY-ID of organisation ORG is still alive: delete it.',
  ],
  'post cannot revoke': [
    'Could not delete the key: the request was refused. Check the inputs against what Atlas says. (DELETE /api/atlas/v2/orgs/ORG/apiKeys/KEY-ID was answered with 400 VALIDATION_ERROR: “The x field is invalid: y.”) Key KEY-ID of organisation ORG is still alive: delete it.',
  ],
  'post cannot finish a rotation': [
    "Could not change the key's description: the caller is known but lacks the role Project Access Manager, which this call needs. Give the calling key or service account that role, and check groupId: it may be a project of another organisation. (PATCH /api/atlas/v2/groups/PROJECT/apiKeys/KEY-ID was answered with 401 NOT_IN_GROUP: “The current user is not in the group PROJECT, or the group does not exist.”) The rotation to key KEY-ID of project PROJECT is not final. There was no current key before it. The next rotation makes another key.",
  ],
  'the rotated key is gone before post': [
    'Key KEY-ID that this rotation made is no longer in use, so it cannot become current. No other key was changed. Somebody revoked it. Run the job again. The rotation to key KEY-ID of project PROJECT is not final. There was no current key before it. The next rotation makes another key.',
  ],
};

it('every situation has its sentence, and every sentence its situation', () => {
  expect(Object.keys(SENTENCES).sort()).toEqual(Object.keys(SITUATIONS).sort());
});

it.concurrent.each(Object.entries(SITUATIONS))('%s', async (what, situation) => {
  expect(await provoke(situation)).toEqual(SENTENCES[what]);
});

it('every sentence says what to do', () => {
  const advice =
    /Check|Give|Add|Run|run |Try|Delete|delete|Sign in|sign in|Say which|Store|Set |Name |name its|Put|give the|declare another/;
  for (const sentence of Object.values(SENTENCES).flat()) expect(sentence).toMatch(advice);
});
