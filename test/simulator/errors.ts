import { STATUS_CODES } from 'node:http';

/** The service's error answers: `{detail, error, errorCode, parameters, reason}`. */

/** Status and wording of each code; `%s` stands for a parameter, as in MongoDB's list of errors. */
const CATALOGUE = {
  ACCOUNT_SUSPENDED: [402, 'The organization %s has an unpaid invoice.'],
  ADDRESS_ALREADY_IN_ACCESS_LIST: [409, 'The address %s is already in the access list.'],
  API_KEY_ACCESS_LIST_ACCESS_DENIED: [
    401,
    'The access list of API key %s is only accessible by the API key or by a user administrator.',
  ],
  API_KEY_ACCESS_LIST_NOT_FOUND: [404, 'IP address %s is not in the access list of API key %s.'],
  API_KEY_ALREADY_IN_GROUP: [409, 'API key %s is already in group %s.'],
  API_KEY_NOT_FOUND: [400, 'No API key with ID %s exists.'],
  API_KEY_REQUIRES_DESCRIPTION: [400, 'An API key requires a description.'],
  ATLAS_GROUP: [404, 'Group %s is an Atlas group; use the Atlas API to access it.'],
  CANNOT_ADD_GROUP_ROLE: [400, 'Project role %s cannot be added to an organization.'],
  CANNOT_ADD_IP_ADDRESS_TO_API_KEY_ACCESS_LIST: [400, 'The address %s cannot be added to an access list.'],
  CANNOT_ADD_ORG_ROLE: [400, 'Organization role %s cannot be added to a project.'],
  CANNOT_REMOVE_CALLER_FROM_ACCESS_LIST: [400, 'Cannot remove caller IP address %s from the access list.'],
  DUPLICATE_ADDRESSES_IN_INPUT: [400, 'The address %s stands in the request twice.'],
  DATA_CONCURRENCY_ERROR: [409, 'The resource was changed by another request at the same time.'],
  GROUP_NOT_FOUND: [404, 'No group with ID %s exists.'],
  INVALID_API_KEY_DESC: [400, 'All API keys require a non-empty description.'],
  INVALID_ATTRIBUTE: [400, 'Invalid attribute %s specified.'],
  INVALID_ENUM_VALUE: [400, 'An invalid enumeration value %s was specified.'],
  INVALID_IP_ADDRESS_OR_CIDR_NOTATION: [400, 'The address %s must be in valid IP address or CIDR notation.'],
  INVALID_JSON: [400, 'Received JSON is malformed.'],
  INVALID_QUERY_PARAMETER: [400, 'Invalid query parameter %s specified.'],
  INVALID_ROLE_FOR_GROUP: [400, 'Role %s is invalid for group %s.'],
  INVALID_VERSION_DATE: [400, 'Invalid accept header or version date.'],
  IP_ADDRESS_NOT_ON_ACCESS_LIST: [403, 'IP address %s is not allowed to access this resource.'],
  MAX_API_KEYS_PER_ORG_EXCEEDED: [400, 'The maximum number of API keys (%s) in organization %s is reached.'],
  MAX_PUBLIC_API_KEY_REACHED: [403, 'The maximum number of API keys (%s) has been reached.'],
  MAX_SERVICE_ACCOUNTS_PER_ORG_EXCEEDED: [
    400,
    'Maximum number of Service Accounts per org (%s) in %s exceeded when trying to add a new Service Account.',
  ],
  METHOD_NOT_ALLOWED: [405, 'Method %s is not allowed for this resource.'],
  MISSING_API_KEY_ROLES: [400, 'An API key requires at least one role.'],
  MISSING_ATTRIBUTE: [400, 'The required attribute %s was not specified.'],
  NOT_ATLAS_GROUP: [404, 'Group %s is not an Atlas group; use the Cloud Manager API to access it.'],
  NOT_ATLAS_ORG: [404, 'Organization %s is not an Atlas organization.'],
  NOT_GROUP_USER_ADMIN: [401, 'The current user does not have the user admin role for the group %s.'],
  NOT_IN_GROUP: [401, 'The current user is not in the group %s, or the group does not exist.'],
  NOT_ORG_OWNER: [401, 'The current user is not an owner of organization %s.'],
  ORG_NOT_FOUND: [404, 'No organization with ID %s exists.'],
  ORG_REQUIRES_ACCESS_LIST: [403, 'This organization requires access through an access list of ip ranges.'],
  PATH_PARAM_PARSE_ERROR: [400, 'One or more path parameter in the request URI %s is malformed.'],
  RATE_LIMITED: [429, 'Resource %s is limited to %s requests every 1 minutes.'],
  RATE_LIMITED_TOKEN_BUCKET: [429, 'Rate limit of the endpoint set %s exceeded; try again in %s seconds.'],
  REQUEST_ENTITY_TOO_LARGE: [413, 'The request is too large.'],
  RESOURCE_NOT_FOUND: [404, 'Cannot find resource %s.'],
  UNEXPECTED_ERROR: [500, 'Unexpected error.'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'The content type %s is not supported.'],
  USER_CANNOT_ACCESS_ORG: [401, 'Current user is not authorized to access organization %s.'],
  USER_UNAUTHORIZED: [401, 'Current user is not authorized to perform this action.'],
  VALIDATION_ERROR: [400, 'The %s field is invalid: %s.'],
  WRITES_NOT_ALLOWED_DURING_APP_UPGRADES: [405, 'Writes are not allowed during application upgrades.'],
} as const satisfies Record<string, readonly [number, string]>;

export type ErrorCode = keyof typeof CATALOGUE;

/** Rate limits name numbers, everything else texts. */
export type Parameter = string | number;

/** The body of an error answer, in the order the service writes it. */
export interface ErrorBody {
  readonly detail: string;
  readonly error: number;
  readonly errorCode: string;
  readonly parameters: readonly Parameter[] | null;
  readonly reason: string;
  readonly badRequestDetail?: { fields: { description: string; field: string }[] };
}

/** Thrown by an operation that refuses; it becomes the answer. Nothing has been changed by then. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly body: ErrorBody;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ErrorCode,
    parameters: readonly Parameter[] = [],
    options: { status?: number; wording?: string; headers?: Readonly<Record<string, string>> } = {},
  ) {
    const [status, wording] = CATALOGUE[code];
    super(code);
    this.body = errorBody(options.status ?? status, code, options.wording ?? wording, parameters);
    this.headers = options.headers ?? {};
  }
}

function errorBody(
  status: number,
  errorCode: string,
  wording: string,
  parameters: readonly Parameter[],
): ErrorBody {
  const rest = [...parameters];
  const detail = wording.replaceAll('%s', () => `${rest.shift() ?? ''}`);
  const reason = STATUS_CODES[status] ?? 'Unknown';
  const body = { detail, error: status, errorCode, parameters, reason };
  const [field, description] = parameters;
  if (errorCode !== 'VALIDATION_ERROR' || typeof field !== 'string' || typeof description !== 'string')
    return body;
  return { ...body, badRequestDetail: { fields: [{ description, field }] } };
}

/**
 * The body both of a challenge and of wrong credentials: nothing tells them apart, as recorded. The days are those of
 * the first recordings with it.
 */
export function unauthenticatedBody(method: string, asOf: string) {
  if (method === 'DELETE' && asOf < '2026-02-11') return undefined;
  const body = { error: 401, reason: 'Unauthorized', detail: 'You are not authorized for this resource.' };
  return asOf < '2026-08-10' ? body : { ...body, errorCode: 'UNEXPECTED_ERROR' };
}
