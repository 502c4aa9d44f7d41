import { isIPv4 } from 'node:net';
import { Refusal } from './errors.ts';
import { type Call, fieldsOf, hrefOf, type Operation, operationsOf, type Result } from './operation.ts';
import type { Organization } from './organization.ts';
import { pageOf } from './paging.ts';
import { satisfies } from './roles.ts';
import { organizationView, projectView, statusView } from './views.ts';

/** The caller, and the organisations and projects it can see. */

function whoAmI(call: Call): Result {
  return { status: 200, body: statusView(call.organizations.keys.get(call.caller.id), call, call.surface) };
}

function currentAddress({ callerAddress }: Call): Result {
  return { status: 200, body: { currentIpv4Address: isIPv4(callerAddress) ? callerAddress : null } };
}

/** By name, capitals first, as recorded. */
function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  if (a.name === b.name) return 0;
  return a.name < b.name ? -1 : 1;
}

/** All that the caller can see, or those of one organisation. */
function listProjects(call: Call): Result {
  const { orgId } = call.params;
  const views = [...call.organizations.projects.values()]
    .filter((project) => satisfies(call.caller, 'projectRead', project.orgId, project.id))
    .filter((project) => orgId === undefined || project.orgId === orgId)
    .sort(byName)
    .map((project) => projectView(project, call, 'listed'));
  return pageOf(views, call, orgId === undefined ? `${call.root}/groups` : hrefOf(call, 'groups'));
}

function readProject(call: Call): Result {
  const project = call.organizations.projects.get(call.groupId ?? '');
  if (project === undefined) throw new Refusal('UNEXPECTED_ERROR');
  return { status: 200, body: projectView(project, call, 'alone') };
}

function listOrganizations(call: Call): Result {
  const name = call.query.get('name') ?? '';
  const views = [organizationOf(call)]
    .filter((organization) => organization.name.startsWith(name))
    .map((organization) => organizationView(organization, call, 'listed'));
  return pageOf(views, call, `${call.root}/orgs`, { name });
}

function organizationOf({ organizations, orgId }: Call): Organization {
  const organization = organizations.organizations.get(orgId);
  if (organization === undefined) throw new Refusal('UNEXPECTED_ERROR');
  return organization;
}

function readOrganization(call: Call): Result {
  return { status: 200, body: organizationView(organizationOf(call), call, 'alone') };
}

function readSettings(call: Call): Result {
  const { requireAccessList, maxSecretHours } = organizationOf(call);
  return {
    status: 200,
    body: {
      apiAccessListRequired: requireAccessList,
      genAIFeaturesEnabled: true,
      maxServiceAccountSecretValidityInHours: maxSecretHours,
      multiFactorAuthRequired: false,
      restrictEmployeeAccess: false,
    },
  };
}

function updateSettings(call: Call): Result {
  const organization = organizationOf(call);
  const { apiAccessListRequired: required, maxServiceAccountSecretValidityInHours: hours } = fieldsOf(
    call.body,
  );
  if (hours !== undefined && !(Number.isInteger(hours) && Number(hours) >= 8 && Number(hours) <= 8760))
    throw new Refusal('INVALID_ATTRIBUTE', ['maxServiceAccountSecretValidityInHours']);
  if (required !== undefined && typeof required !== 'boolean')
    throw new Refusal('INVALID_ATTRIBUTE', ['apiAccessListRequired']);
  organization.requireAccessList = required ?? organization.requireAccessList;
  organization.maxSecretHours = Number(hours ?? organization.maxSecretHours);
  return readSettings(call);
}

const org = '/orgs/{orgId}';

export const accountOperations: readonly Operation[] = [
  ...operationsOf('ApiRootResource', ['getSystemStatus', 'GET', '', 'getSystemStatus', 'any', whoAmI]),
  ...operationsOf('ApiPrivateIpInfoResource', [
    'getIpInfo',
    'GET',
    '/ipinfo',
    'getIpInfo',
    'any',
    currentAddress,
    { surfaces: ['private'] },
  ]),
  ...operationsOf(
    'ApiAtlasGroupsResource',
    ['listGroups', 'GET', '/groups', 'getAllGroups', 'any', listProjects],
    ['getGroup', 'GET', '/groups/{groupId}', 'getGroup', 'projectRead', readProject],
  ),
  ...operationsOf(
    'ApiOrganizationsResource',
    ['listOrgs', 'GET', '/orgs', 'getAllOrgs', 'any', listOrganizations],
    ['getOrg', 'GET', org, 'getOrg', 'orgMember', readOrganization],
    ['getOrgGroups', 'GET', `${org}/groups`, 'getGroups', 'orgMember', listProjects],
  ),
  ...operationsOf(
    'ApiOrganizationSettingsResource',
    ['getOrgSettings', 'GET', `${org}/settings`, 'getSettings', 'orgMember', readSettings],
    ['updateOrgSettings', 'PATCH', `${org}/settings`, 'updateSettings', 'orgOwner', updateSettings],
  ),
];
