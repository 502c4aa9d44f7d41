import type { History } from './history.ts';
import { Keys, newObjectId, ServiceAccounts } from './members.ts';
import type { Clock, Settings } from './settings.ts';

export interface Organization {
  readonly id: string;
  readonly name: string;
  /** Whether a key without an access list of its own is refused. */
  requireAccessList: boolean;
  /** How long the secret of a service account may live at most. */
  maxSecretHours: number;
}

export type OrganizationInput = Partial<Organization>;

export interface Project {
  readonly id: string;
  readonly orgId: string;
  readonly name: string;
  readonly createdAt: number;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

export type ProjectInput = Partial<Pick<Project, 'id' | 'name' | 'tags'>>;

/** The state: organisations, their projects, keys and service accounts. Whatever a client sees lies wholly before or after a change. */
export class Organizations {
  readonly organizations = new Map<string, Organization>();
  readonly projects = new Map<string, Project>();
  readonly keys: Keys;
  readonly serviceAccounts: ServiceAccounts;
  readonly #clock: Clock;

  constructor(clock: Clock, settings: Settings, history: History) {
    this.#clock = clock;
    this.keys = new Keys(clock, history, settings);
    this.serviceAccounts = new ServiceAccounts(clock, history, settings);
  }

  /** Takes over all that another service holds now, but for its history. */
  copy(other: Organizations): void {
    for (const [id, organization] of other.organizations) this.organizations.set(id, { ...organization });
    for (const [id, project] of other.projects) this.projects.set(id, project);
    this.keys.copy(other.keys);
    this.serviceAccounts.copy(other.serviceAccounts);
  }

  addOrganization({
    id = newObjectId(this.#clock.now()),
    name = `organization-${id.slice(-4)}`,
    requireAccessList = false,
    maxSecretHours = 8760,
  }: OrganizationInput = {}): Organization {
    const organization = { id, name, requireAccessList, maxSecretHours };
    this.organizations.set(id, organization);
    return organization;
  }

  addProject({ id: orgId }: { readonly id: string }, input: ProjectInput = {}): Project {
    const createdAt = this.#clock.now();
    const { id = newObjectId(createdAt), name = `project-${id.slice(-4)}`, tags = [] } = input;
    const project = { id, orgId, name, createdAt, tags };
    this.projects.set(id, project);
    return project;
  }
}
