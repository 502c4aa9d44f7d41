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

function visibleProjects(call: Call): Project[] {
  return [...call.organizations.projects.values()].filter((project) =>
    satisfies(call.caller.who, 'projectRead', project.orgId, project.id),
  );
}

function projectPage(projects: readonly Project[], call: Call, path: string): Result {
  const views = projects.map((project) => projectView(project, call.place));
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
  return { status: 200, body: projectView(call.project, call.place) };
}

function listOrganizations(call: Call): Result {
  const name = call.query.get('name') ?? '';
  const views = [...call.organizations.organizations.values()]
    .filter((organization) => organization.id === call.caller.who.orgId && organization.name.startsWith(name))
    .map((organization) => organizationView(organization, call.place));
  return { status: 200, body: paginate(views, readPaging(call.query), `${call.place.root}/orgs`) };
}

function readOrganization(call: OrganizationCall): Result {
  return { status: 200, body: organizationView(call.organization, call.place) };
}

function readSettings(call: OrganizationCall): Result {
  return {
    status: 200,
    body: {
      apiAccessListRequired: call.organization.requireAccessList,
      genAIFeaturesEnabled: true,
      multiFactorAuthRequired: false,
      restrictEmployeeAccess: false,
    },
  };
}

function updateSettings(call: OrganizationCall): Result {
  const { apiAccessListRequired } = fieldsOf(call.body);
  if (apiAccessListRequired !== undefined) {
    if (typeof apiAccessListRequired !== 'boolean')
      throw new Refusal('INVALID_ATTRIBUTE', ['apiAccessListRequired']);
    call.organization.requireAccessList = apiAccessListRequired;
  }
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
    java: 'ApiGroupsResource::getAllGroups',
    need: 'any',
    scope: 'none',
    run: listProjects,
  },
  {
    operation: 'getGroup',
    method: 'GET',
    path: '/groups/{groupId}',
    java: 'ApiGroupsResource::getGroup',
    need: 'projectRead',
    scope: 'project',
    run: readProject,
  },
  {
    operation: 'listOrgs',
    method: 'GET',
    path: '/orgs',
    java: 'ApiOrganizationsResource::getAllOrganizations',
    need: 'any',
    scope: 'none',
    run: listOrganizations,
  },
  {
    operation: 'getOrg',
    method: 'GET',
    path: '/orgs/{orgId}',
    java: 'ApiOrganizationsResource::getOrganization',
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
