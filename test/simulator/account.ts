import { isIPv4 } from 'node:net';
import { Refusal } from './errors.ts';
import {
  type Call,
  fieldsOf,
  type Operation,
  type OrganizationCall,
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

function listOrganizationProjects(call: OrganizationCall): Result {
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

export const accountOperations: readonly Operation[] = [
  {
    operation: 'getSystemStatus',
    method: 'GET',
    path: '',
    java: 'ApiRootResource::getSystemStatus',
    need: 'any',
    scope: 'none',
    run: whoAmI,
  },
  {
    operation: 'getIpInfo',
    method: 'GET',
    path: '/ipinfo',
    java: 'ApiPrivateIpInfoResource::getIpInfo',
    need: 'any',
    surfaces: ['private'],
    scope: 'none',
    run: currentAddress,
  },
  {
    operation: 'listGroups',
    method: 'GET',
    path: '/groups',
    java: 'ApiAtlasGroupsResource::getAllGroups',
    need: 'any',
    scope: 'caller',
    limit: 'project',
    run: listProjects,
  },
  {
    operation: 'getGroup',
    method: 'GET',
    path: '/groups/{groupId}',
    java: 'ApiAtlasGroupsResource::getGroup',
    need: 'projectRead',
    scope: 'project',
    run: readProject,
  },
  {
    operation: 'listOrgs',
    method: 'GET',
    path: '/orgs',
    java: 'ApiOrganizationsResource::getAllOrgs',
    need: 'any',
    scope: 'caller',
    limit: 'organizations',
    run: listOrganizations,
  },
  {
    operation: 'getOrg',
    method: 'GET',
    path: '/orgs/{orgId}',
    java: 'ApiOrganizationsResource::getOrg',
    need: 'orgMember',
    scope: 'organization',
    run: readOrganization,
  },
  {
    operation: 'getOrgGroups',
    method: 'GET',
    path: '/orgs/{orgId}/groups',
    java: 'ApiOrganizationsResource::getGroups',
    need: 'orgMember',
    scope: 'organization',
    run: listOrganizationProjects,
  },
  {
    operation: 'getOrgSettings',
    method: 'GET',
    path: '/orgs/{orgId}/settings',
    java: 'ApiOrganizationSettingsResource::getSettings',
    need: 'orgMember',
    scope: 'settings',
    run: readSettings,
  },
  {
    operation: 'updateOrgSettings',
    method: 'PATCH',
    path: '/orgs/{orgId}/settings',
    java: 'ApiOrganizationSettingsResource::updateSettings',
    need: 'orgOwner',
    takesBody: true,
    scope: 'settings',
    run: updateSettings,
  },
];
