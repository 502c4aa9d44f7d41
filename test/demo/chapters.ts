/** What the demo tells: steps as a workflow has them, what passes before them, and what must come of them. */

/** A key in Atlas when a chapter is over, by what is left of its description and its state. */
export type Holding =
  | 'deploy'
  | 'deploy, undecided'
  | 'deploy, previous'
  | 'from elsewhere'
  | 'integration tests, ephemeral';

export interface Chapter {
  readonly title: string;
  /** The `steps:` of the job; the action's own step comes first. */
  readonly steps: string;
  /** Days that pass before this job. */
  readonly daysLater?: number;
  /** The machine is lost as soon as the log says this. */
  readonly lostAt?: string;
  /** What the log of the job must say. */
  readonly says: string;
  readonly result: string;
  /** The job fails. */
  readonly fails?: true;
  /** The step hands out a secret. */
  readonly secret?: true;
  /** What Atlas holds then; as before when left out. */
  readonly keys?: readonly Holding[];
}

/** What all jobs of the demo have in common. */
export const COMMON = `env:
  MONGODB_ATLAS_PROJECT_ID: \${{ vars.ATLAS_PROJECT_ID }}
  MONGODB_ATLAS_CLIENT_ID: \${{ secrets.ATLAS_CLIENT_ID }}
  MONGODB_ATLAS_CLIENT_SECRET: \${{ secrets.ATLAS_CLIENT_SECRET }}
`;

const STEP = `- id: key
  uses: your-org/atlas-project-api-key@v1
  with:
`;
const STORED = `    githubToken: \${{ secrets.SECRETS_TOKEN }}
    combinedSecret: DEPLOY_KEY
`;

const DECLARED = `${STEP}    desc: deploy
    roles: GROUP_READ_ONLY
    knownPrivateKey: \${{ secrets.DEPLOY_KEY }}
${STORED}`;

const OTHER_ROLES = `${STEP}    desc: deploy
    roles: GROUP_CLUSTER_MANAGER, GROUP_READ_ONLY
`;

const FOR_ONE_JOB = `${STEP}    mode: ephemeral
    desc: integration tests
    roles: GROUP_READ_ONLY
- name: Integration tests
`;

const ROTATED = `${STEP}    mode: rotate
    desc: deploy
    roles: GROUP_CLUSTER_MANAGER
`;

export const CHAPTERS: readonly Chapter[] = [
  {
    title: 'The key is not there: it is made, and stored as the secret DEPLOY_KEY',
    steps: DECLARED,
    says: 'Stored the new key as DEPLOY_KEY in the Actions secrets',
    result: 'created',
    secret: true,
    keys: ['deploy'],
  },
  {
    title: 'The same step again: nothing to do, and the stored secret is handed out',
    steps: DECLARED,
    says: 'Found key',
    result: 'unchanged',
    secret: true,
  },
  {
    title: 'Other roles are declared: a dry run says what would be done',
    steps: `${OTHER_ROLES}    dryRun: true\n`,
    says: 'Dry run, would update key',
    result: 'planned',
  },
  {
    title: 'And without dryRun: the roles are replaced',
    steps: OTHER_ROLES,
    says: 'Updated the roles',
    result: 'updated',
  },
  {
    title: 'A key of the organisation is named by its id: it is assigned to the project',
    steps: `${STEP}    apiUserId: \${{ vars.ATLAS_API_USER_ID }}
    roles: GROUP_READ_ONLY
`,
    says: 'Assigned key',
    result: 'assigned',
    keys: ['from elsewhere', 'deploy'],
  },
  {
    title: 'A key for one job: used, then revoked',
    steps: `${FOR_ONE_JOB}  run: console.log('Signing in as', process.env.PUBLIC_KEY, 'with', process.env.PRIVATE_KEY)
  shell: node {0}
  env:
    PUBLIC_KEY: \${{ steps.key.outputs.publicKey }}
    PRIVATE_KEY: \${{ steps.key.outputs.privateKey }}
`,
    says: 'Revoked key',
    result: 'created',
    secret: true,
  },
  {
    title: 'The same job, but its machine is lost: no post step runs, and the key lives on',
    steps: `${FOR_ONE_JOB}  run: console.log('The machine is lost.')
  shell: node {0}
`,
    lostAt: 'The machine is lost.',
    says: 'it counts as left over after',
    result: 'created',
    fails: true,
    secret: true,
    keys: ['from elsewhere', 'deploy', 'integration tests, ephemeral'],
  },
  {
    title: 'A sweep revokes what was left over',
    daysLater: 2,
    steps: `${STEP}    mode: sweep\n`,
    says: 'left over: "integration tests',
    result: 'swept',
    keys: ['from elsewhere', 'deploy'],
  },
  {
    title: 'A rotation: the job succeeds, so the new key becomes current',
    daysLater: 30,
    steps: ROTATED + STORED,
    says: 'The rotation is final',
    result: 'rotated',
    secret: true,
    keys: ['from elsewhere', 'deploy, previous', 'deploy'],
  },
  {
    title: 'A rotation: the job fails, so the former key stays current',
    daysLater: 30,
    steps: `${ROTATED}- name: Store the key
  run: console.log('The store does not answer.'); process.exit(1)
  shell: node {0}
`,
    says: 'stays current',
    result: 'rotated',
    fails: true,
    secret: true,
    keys: ['from elsewhere', 'deploy, previous', 'deploy', 'deploy, undecided'],
  },
  {
    title: 'A lease of a service account: its caller is Project Owner, and Atlas would end it by itself',
    steps: `${STEP}    mode: ephemeral
    credential: serviceAccount
    desc: integration tests
    roles: GROUP_READ_ONLY
    atlasClientId: \${{ secrets.PROJECT_CLIENT_ID }}
    atlasClientSecret: \${{ secrets.PROJECT_CLIENT_SECRET }}
- name: Integration tests
  run: console.log('Signing in as', process.env.CLIENT_ID, 'with', process.env.CLIENT_SECRET)
  shell: node {0}
  env:
    CLIENT_ID: \${{ steps.key.outputs.clientId }}
    CLIENT_SECRET: \${{ steps.key.outputs.clientSecret }}
`,
    says: 'Deleted secret',
    result: 'created',
    secret: true,
  },
  {
    title: 'An error: what is wrong, and what to do',
    steps: `${STEP}    mode: ephemeral
    desc: integration tests
    roles: READ_ONLY
    ttl: soon
`,
    says: 'Nothing was sent to Atlas',
    result: '',
    fails: true,
  },
];
