import { isIPv4 } from 'node:net';
import { Refusal } from './errors.ts';
import type { Call, Operation, Result } from './operation.ts';
import type { Need } from './roles.ts';
import { projectView, statusView } from './views.ts';

/** Who calls and from where, one project, and an organisation's settings: as much as a step asks for beside keys. */

function whoAmI(call: Call): Result {
  return { status: 200, body: statusView(call.organizations.keys.get(call.caller.id), call, call.surface) };
}

function currentAddress({ callerAddress }: Call): Result {
  return { status: 200, body: { currentIpv4Address: isIPv4(callerAddress) ? callerAddress : null } };
}

function readProject(call: Call): Result {
  const project = call.organizations.projects.get(call.groupId ?? '');
  if (project === undefined) throw new Refusal('UNEXPECTED_ERROR');
  return { status: 200, body: projectView(project, call) };
}

function readSettings({ organizations, orgId }: Call): Result {
  const organization = organizations.organizations.get(orgId);
  if (organization === undefined) throw new Refusal('UNEXPECTED_ERROR');
  return {
    status: 200,
    body: {
      apiAccessListRequired: organization.requireAccessList,
      genAIFeaturesEnabled: true,
      maxServiceAccountSecretValidityInHours: organization.maxSecretHours,
      multiFactorAuthRequired: false,
      restrictEmployeeAccess: false,
    },
  };
}

const settings = '/orgs/{orgId}/settings';

export const accountOperations: readonly Operation[] = [
  operation('getSystemStatus', '', 'ApiRootResource::getSystemStatus', 'any', whoAmI),
  operation('getGroup', '/groups/{groupId}', 'ApiAtlasGroupsResource::getGroup', 'projectRead', readProject),
  operation(
    'getOrgSettings',
    settings,
    'ApiOrganizationSettingsResource::getSettings',
    'orgMember',
    readSettings,
  ),
  {
    ...operation('getIpInfo', '/ipinfo', 'ApiPrivateIpInfoResource::getIpInfo', 'any', currentAddress),
    surfaces: ['private'],
  },
];

function operation(name: string, path: string, java: string, need: Need, run: Operation['run']): Operation {
  return { name, method: 'GET', path, java, need, run };
}
