import { isIPv4 } from 'node:net';
import { Refusal } from './errors.ts';
import {
  type Call,
  endpoint,
  fieldsOf,
  type Operation,
  type OrganizationCall,
  ofOrganization,
  ofProject,
  type ProjectCall,
  type Result,
} from './operation.ts';
import type { Project } from './organization.ts';
import { paginate, readPaging } from './paging.ts';
import { satisfies } from './roles.ts';
import { organizationView, projectView, statusView } from './views.ts';

/** The caller, and the organisations and projects it can see. */

function whoAmI(call: Call): Result {
  const key = call.caller.kind === 'key' ? call.caller.who : undefined;
  return { status: 200, body: statusView(key, call.place, call.surface) };
}

function currentAddress(call: Call): Result {
  const address = call.callerAddress;
  return { status: 200, body: { currentIpv4Address: isIPv4(address) ? address : null } };
}

/** By name, capitals first, as recorded. */
function visibleProjects(call: Call): Project[] {
  return [...call.organizations.projects.values()]
    .filter((project) => satisfies(call.caller.who, 'projectRead', project.orgId, project.id))
    .sort(byName);
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  if (a.name === b.name) return 0;
  return a.name < b.name ? -1 : 1;
}

function projectPage(projects: readonly Project[], call: Call, path: string): Result {
  const views = projects.map((project) => projectView(project, call.place, 'listed'));
  return { status: 200, body: paginate(views, readPaging(call.query), call.place.root + path) };
}

function listProjects(call: Call): Result {
  return projectPage(visibleProjects(call), call, '/groups');
}

function listProjectsOfOne(call: OrganizationCall): Result {
  const { id } = call.organization;
  const projects = visibleProjects(call).filter((project) => project.orgId === id);
  return projectPage(projects, call, `/orgs/${id}/groups`);
}

function readProject(call: ProjectCall): Result {
  return { status: 200, body: projectView(call.project, call.place, 'alone') };
}

function listOrganizations(call: Call): Result {
  const name = call.query.get('name') ?? '';
  const views = [...call.organizations.organizations.values()]
    .filter((organization) => organization.id === call.caller.who.orgId && organization.name.startsWith(name))
    .sort(byName)
    .map((organization) => organizationView(organization, call.place, 'listed'));
  const page = paginate(views, readPaging(call.query), `${call.place.root}/orgs`, { name });
  return { status: 200, body: page };
}

function readOrganization(call: OrganizationCall): Result {
  return { status: 200, body: organizationView(call.organization, call.place, 'alone') };
}

function readSettings(call: OrganizationCall): Result {
  return {
    status: 200,
    body: {
      apiAccessListRequired: call.organization.requireAccessList,
      genAIFeaturesEnabled: true,
      maxServiceAccountSecretValidityInHours: call.organization.maxSecretHours,
      multiFactorAuthRequired: false,
      restrictEmployeeAccess: false,
    },
  };
}

function updateSettings(call: OrganizationCall): Result {
  const { apiAccessListRequired, maxServiceAccountSecretValidityInHours: hours } = fieldsOf(call.body);
  if (hours !== undefined && !(Number.isInteger(hours) && Number(hours) >= 8 && Number(hours) <= 8760))
    throw new Refusal('INVALID_ATTRIBUTE', ['maxServiceAccountSecretValidityInHours']);
  if (apiAccessListRequired !== undefined) {
    if (typeof apiAccessListRequired !== 'boolean')
      throw new Refusal('INVALID_ATTRIBUTE', ['apiAccessListRequired']);
    call.organization.requireAccessList = apiAccessListRequired;
  }
  if (hours !== undefined) call.organization.maxSecretHours = Number(hours);
  return readSettings(call);
}

const org = '/orgs/{orgId}';
const [groups, orgs] = ['ApiAtlasGroupsResource::', 'ApiOrganizationsResource::'];
const [root, ipInfo] = ['ApiRootResource::getSystemStatus', 'ApiPrivateIpInfoResource::getIpInfo'];
const settings = (method: string): string => `ApiOrganizationSettingsResource::${method}`;

export const accountOperations: readonly Operation[] = [
  { ...endpoint(['getSystemStatus', 'GET', '', root, 'any', whoAmI]), scope: 'none' },
  { ...endpoint(['getIpInfo', 'GET', '/ipinfo', ipInfo, 'any', currentAddress, ['private']]), scope: 'none' },
  {
    ...endpoint(['listGroups', 'GET', '/groups', `${groups}getAllGroups`, 'any', listProjects]),
    scope: 'caller',
    limit: 'project',
  },
  {
    ...endpoint(['listOrgs', 'GET', '/orgs', `${orgs}getAllOrgs`, 'any', listOrganizations]),
    scope: 'caller',
    limit: 'organizations',
  },
  ...ofProject(['getGroup', 'GET', '/groups/{groupId}', `${groups}getGroup`, 'projectRead', readProject]),
  ...ofOrganization(
    ['getOrg', 'GET', org, `${orgs}getOrg`, 'orgMember', readOrganization],
    ['getOrgGroups', 'GET', `${org}/groups`, `${orgs}getGroups`, 'orgMember', listProjectsOfOne],
    ['getOrgSettings', 'GET', `${org}/settings`, settings('getSettings'), 'orgMember', readSettings],
    ['updateOrgSettings', 'PATCH', `${org}/settings`, settings('updateSettings'), 'orgOwner', updateSettings],
  ),
];
