/** What the demo tells: steps as a workflow has them, what passes before them, and what must come of them. */

/** A key in Atlas when a chapter is over, by what is left of its description and its state. */
export type Holding = 'deploy' | 'deploy, undecided' | 'deploy, previous' | 'from elsewhere';

export interface Chapter {
  readonly title: string;
  /** The `steps:` of the job; the action's own step has the id `key`. */
  readonly steps: string;
  /** Days that pass before this job. */
  readonly daysLater?: number;
  readonly expected: {
    readonly result: string;
    readonly job: 'success' | 'failure';
    /** What the log of the job must say. */
    readonly says: string;
    /** Whether the step hands out a private key. */
    readonly secret: boolean;
    readonly keys: readonly Holding[];
  };
}

/** What all jobs of the demo have in common. */
export const COMMON = `env:
  MONGODB_ATLAS_PROJECT_ID: \${{ vars.ATLAS_PROJECT_ID }}
  MONGODB_ATLAS_PUBLIC_API_KEY: \${{ secrets.ATLAS_PUBLIC_KEY }}
  MONGODB_ATLAS_PRIVATE_API_KEY: \${{ secrets.ATLAS_PRIVATE_KEY }}
`;

export const CHAPTERS: readonly Chapter[] = [
  {
    title: 'The key is not there: it is made',
    steps: `- id: key
  uses: your-org/atlas-project-api-key@v1
  with:
    desc: deploy
    roles: GROUP_READ_ONLY
`,
    expected: { result: 'created', job: 'success', says: 'Created key', secret: true, keys: ['deploy'] },
  },
  {
    title: 'The same step again: nothing to do',
    steps: `- id: key
  uses: your-org/atlas-project-api-key@v1
  with:
    desc: deploy
    roles: GROUP_READ_ONLY
`,
    expected: { result: 'unchanged', job: 'success', says: 'Found key', secret: false, keys: ['deploy'] },
  },
  {
    title: 'Other roles are declared: they are replaced',
    steps: `- id: key
  uses: your-org/atlas-project-api-key@v1
  with:
    desc: deploy
    roles: GROUP_CLUSTER_MANAGER, GROUP_DATA_ACCESS_READ_ONLY
`,
    expected: {
      result: 'updated',
      job: 'success',
      says: 'Updated the roles',
      secret: false,
      keys: ['deploy'],
    },
  },
  {
    title: 'A key of the organisation is named by its id: it is assigned to the project',
    steps: `- id: key
  uses: your-org/atlas-project-api-key@v1
  with:
    apiUserId: \${{ vars.ATLAS_API_USER_ID }}
    roles: GROUP_READ_ONLY
`,
    expected: {
      result: 'assigned',
      job: 'success',
      says: 'Assigned key',
      secret: false,
      keys: ['from elsewhere', 'deploy'],
    },
  },
  {
    title: 'A key for one job: used, then revoked',
    steps: `- id: key
  uses: your-org/atlas-project-api-key@v1
  with:
    mode: ephemeral
    desc: integration tests
    roles: GROUP_DATA_ACCESS_READ_WRITE
- name: Integration tests
  run: console.log('Signing in as', process.env.PUBLIC_KEY, 'with', process.env.PRIVATE_KEY)
  shell: node {0}
  env:
    PUBLIC_KEY: \${{ steps.key.outputs.publicKey }}
    PRIVATE_KEY: \${{ steps.key.outputs.privateKey }}
`,
    expected: {
      result: 'created',
      job: 'success',
      says: 'Revoked key',
      secret: true,
      keys: ['from elsewhere', 'deploy'],
    },
  },
  {
    title: 'A rotation: the job succeeds, so the new key becomes current',
    daysLater: 30,
    steps: `- id: key
  uses: your-org/atlas-project-api-key@v1
  with:
    mode: rotate
    desc: deploy
    roles: GROUP_CLUSTER_MANAGER
- name: Store the key
  run: console.log('Stored where the deployment reads it.')
  shell: node {0}
`,
    expected: {
      result: 'rotated',
      job: 'success',
      says: 'The rotation is final',
      secret: true,
      keys: ['from elsewhere', 'deploy, previous', 'deploy'],
    },
  },
  {
    title: 'A rotation: the job fails, so the former key stays current',
    daysLater: 30,
    steps: `- id: key
  uses: your-org/atlas-project-api-key@v1
  with:
    mode: rotate
    desc: deploy
    roles: GROUP_CLUSTER_MANAGER
- name: Store the key
  run: console.log('The store does not answer.'); process.exit(1)
  shell: node {0}
`,
    expected: {
      result: 'rotated',
      job: 'failure',
      says: 'The former key stays current',
      secret: true,
      keys: ['from elsewhere', 'deploy, previous', 'deploy', 'deploy, undecided'],
    },
  },
];
