export const id = 206;
export const ids = [206];
export const modules = {

/***/ 8206:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  carryOutForAccounts: () => (/* binding */ carryOutForAccounts)
});

// EXTERNAL MODULE: ./lib/keys/key.js
var key = __webpack_require__(2375);
// EXTERNAL MODULE: ./lib/keys/mark.js
var mark = __webpack_require__(3043);
// EXTERNAL MODULE: ./lib/keys/outcome.js
var outcome = __webpack_require__(1884);
// EXTERNAL MODULE: ./lib/keys/key-error.js
var key_error = __webpack_require__(3636);
;// CONCATENATED MODULE: ./lib/accounts/account.js
/** Two secrets an account; an expired one keeps its place until it is deleted. */
const PLACES = 2;
const HOUR = 3_600_000;
/** The longest that a job may run, in milliseconds: https://docs.github.com/en/actions/reference/limits */
const LONGEST_JOB = 5 * 24 * HOUR;
const ID = '[0-9a-f]{24}';
const NOTE = new RegExp('^atlas-account-1(?<leased> leased)?' +
    String.raw `(?: pending (?<nonce>[0-9a-f]{16}) (?<until>\d{1,12}))?` +
    `(?: current (?<current>${ID}))?(?: previous (?<previous>${ID}))?` +
    `(?: next (?<next>${ID}) (?<state>open|stored|failed|kept))?$`);
/** Reads a description strictly; `undefined` for everything that we did not write. */
function readNote(description) {
    const groups = NOTE.exec(description)?.groups;
    if (groups === undefined)
        return undefined;
    const { leased, nonce, until, current, previous, next, state } = groups;
    return {
        ...(leased !== undefined && { isLeased: true }),
        ...(nonce !== undefined && { pending: { nonce, until: Number(until) * 1000 } }),
        ...(current !== undefined && { current }),
        ...(previous !== undefined && { previous }),
        ...(next !== undefined && { next: { id: next, state: state } }),
    };
}
function describe({ isLeased, pending, current, previous, next }) {
    return [
        'atlas-account-1',
        ...(isLeased ? ['leased'] : []),
        ...(pending === undefined ? [] : [`pending ${pending.nonce} ${Math.floor(pending.until / 1000)}`]),
        ...(current === undefined ? [] : [`current ${current}`]),
        ...(previous === undefined ? [] : [`previous ${previous}`]),
        ...(next === undefined ? [] : [`next ${next.id} ${next.state}`]),
    ].join(' ');
}
/** The account as the project lists it now; `undefined` where it does not. */
async function accountIn({ accounts }, { groupId, clientId }) {
    return (await accounts.list(groupId)).find((listed) => listed.clientId === clientId);
}
/**
 * The accounts of exactly this name, oldest first; never the one that the step signs in as. Leased ones are apart: a new
 * secret brings the end of the others on its account nearer, so a lease must not stand beside a secret that is to last.
 */
function familyOf(name, accounts, caller) {
    return accounts
        .filter((account) => account.name === name && account.clientId !== caller)
        .sort((left, right) => (left.clientId < right.clientId ? -1 : 1));
}
/** Those that runs lease: made for it, or by a person and without a secret that works. */
function leasable(family, serviceNow) {
    return family.filter((account) => {
        const note = readNote(account.description);
        return note === undefined ? secretsOf(account, serviceNow).alive.length === 0 : note.isLeased === true;
    });
}
/** Those that are to last. */
function lasting(family) {
    return family.filter(({ description }) => readNote(description)?.isLeased !== true);
}
/** Secrets by the service's clock: those that still work, newest first, and those that only keep a place. */
function secretsOf({ secrets }, serviceNow) {
    return {
        alive: secrets.filter(({ expiresAt }) => expiresAt > serviceNow).sort(newestFirst),
        expired: secrets.filter(({ expiresAt }) => expiresAt <= serviceNow),
    };
}
/**
 * What each living secret is. One that `known` ends like is current, since its user is this job. Without a note the oldest
 * is: of two the newer one may be what a lost run made, and nobody holds it. One that a rotation stored and whose job did
 * not succeed is current all the same: whoever reads the store holds it. No job is older than `LONGEST_JOB`, so a longer
 * wait decides as its failure would. What no note names is somebody else's.
 */
function standingOf(account, serviceNow, known) {
    const { alive } = secretsOf(account, serviceNow);
    const note = readNote(account.description) ?? {};
    const next = alive.find(({ id }) => id === note.next?.id);
    const isOver = next !== undefined && serviceNow - next.createdAt > LONGEST_JOB;
    const state = next === undefined ? undefined : note.next?.state;
    const isOpen = !isOver && (state === 'open' || state === 'stored');
    const isKept = state === 'kept' || (isOver && state === 'stored');
    const named = alive.find(({ id }) => id === note.current);
    const unnamed = note.current === undefined ? alive.findLast((secret) => secret !== next) : undefined;
    const held = alive.find((secret) => secret.tail !== undefined && known?.endsWith(secret.tail) && !(secret === next && isOpen));
    const current = held ?? (isKept ? next : (named ?? unnamed));
    const ours = [note.current, note.previous, note.next?.id];
    const others = alive.filter((secret) => secret !== current);
    const isSpare = (secret) => ours.includes(secret.id) && !(secret === next && isOpen);
    return {
        current,
        spare: others.filter(isSpare),
        taken: others.filter((secret) => !isSpare(secret)),
    };
}
/** Ids begin with their time; of one second the rest only has to be the same order for everybody. */
function newestFirst(left, right) {
    return right.createdAt - left.createdAt || (left.id < right.id ? 1 : -1);
}

// EXTERNAL MODULE: ./lib/atlas/errors.js
var errors = __webpack_require__(7236);
;// CONCATENATED MODULE: ./lib/accounts/remit.js
/** What a step may do to an account that it did not make, and bringing one to the declared roles. */



/**
 * Why an account is left alone, as the end of a sentence; `undefined` where it may be touched. A Project Owner cannot see
 * an account's other projects, and Atlas itself then refuses him: an account in a second project is beyond his role.
 */
async function outsideAccountRemit(step, { clientId }, { groupId, orgId }) {
    if (clientId === step.caller)
        return 'it is the account that this step signs in as';
    try {
        const projects = await step.atlas.accounts.listProjects(orgId, clientId);
        const other = projects.find((project) => project !== groupId);
        return other === undefined ? undefined : `it is in project ${other}, too, which this step does not name`;
    }
    catch (error) {
        if ((0,errors/* isAtlasError */.yH)(error, 'notAllowed'))
            return undefined;
        throw error;
    }
}
/** Whether the roles had to be changed. Throws where they may not be. */
async function bringRoles(step, { groupIds: [groupId], roles }, account, orgId) {
    const { clientId } = account;
    if ((0,key/* sameRoles */.io)(account.roles, roles)) {
        step.log.info(`Service account ${clientId} has these roles already.`);
        return false;
    }
    const why = await outsideAccountRemit(step, account, { groupId, orgId });
    if (why !== undefined) {
        throw new key_error/* KeyError */.e(`Service account ${clientId} has other roles than those declared, and this step may not change them: ${why}. Declare another desc.`);
    }
    await step.atlas.accounts.update(groupId, clientId, { roles });
    step.log.info(`Updated the roles of service account ${clientId}, was ${account.roles.join(', ')}.`);
    return true;
}

;// CONCATENATED MODULE: ./lib/accounts/revoke.js
/** revoke: every secret of the accounts of this name, then the accounts. What is gone already is a success. */




async function revokeAccounts(step, { groupIds, desc }) {
    const [groupId] = groupIds;
    const [listed, { orgId }] = await Promise.all([
        step.atlas.accounts.list(groupId),
        step.atlas.readProject(groupId),
    ]);
    const family = listed.filter(({ name }) => name === desc);
    if (family.length === 0)
        step.log.info('There is no such service account any more.');
    const left = [];
    let changed = false;
    for (const account of family) {
        try {
            const why = await outsideAccountRemit(step, account, { groupId, orgId });
            if (why === undefined) {
                await withdrawAccount(step, { groupId, orgId }, account);
                changed = true;
            }
            else {
                step.log.warning(`Left service account ${account.clientId} as it is: ${why}.`);
                left.push(`${account.clientId}: ${why}`);
            }
        }
        catch (error) {
            left.push(`${account.clientId}: ${(0,errors/* messageOf */.bD)(error)}`);
        }
    }
    return (0,outcome/* outcome */.b)({
        result: 'revoked',
        changed,
        ...(left.length > 0 && { problem: `Not every service account could be revoked. ${left.join('; ')}` }),
    });
}
/**
 * Ends every secret of the account, then the account. Without the right to that in the organisation it is taken out of the
 * project, empty. Throws `AtlasError` where a secret may still work.
 */
async function withdrawAccount(step, { groupId, orgId }, { clientId, secrets }) {
    const { accounts } = step.undoing;
    const end = (doomed) => Promise.all(doomed.map(({ id }) => accounts.deleteSecret(groupId, clientId, id)));
    await end(secrets);
    try {
        await accounts.delete(orgId, clientId);
        step.log.info(`Deleted service account ${clientId}.`);
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'notAllowed'))
            throw error;
        // Out of the project nobody here could end a secret that another run has made meanwhile.
        const account = await accountIn(step.undoing, { groupId, clientId });
        await end(account?.secrets ?? []);
        await accounts.unassign(groupId, clientId);
        step.log.info(`Deleted every secret of service account ${clientId} and took it out of the project. It stays in the organisation, empty, ` +
            'and counts towards its limit of 200: deleting it needs Organization Owner.');
    }
}
/** Ends a secret that this run made; an account that was made with it goes, too. */
async function takeBack(step, lease) {
    const { groupId, clientId, secretId, isNewAccount } = lease;
    if (isNewAccount)
        return withdrawAccount(step, lease, { clientId, secrets: [{ id: secretId }] });
    const deletion = await step.undoing.accounts.deleteSecret(groupId, clientId, secretId);
    step.log.info(deletion === 'deleted'
        ? `Deleted secret ${secretId} of service account ${clientId}.`
        : `Secret ${secretId} of service account ${clientId} was gone already.`);
}

;// CONCATENATED MODULE: ./lib/accounts/settle.js
/** What post does about the secret that main made, from the journal alone. May be run again at any point. */





/** Decides from the journal and the job's status, which is undefined where the runner did not say. */
function unfinishedLease({ phase, ...lease }, jobStatus) {
    const { purpose } = lease;
    if (phase === 'made' || purpose.mode === 'ephemeral')
        return { task: 'deleteSecret', lease };
    if (purpose.mode === 'ensure')
        return { task: 'finishAccount', lease };
    const isFinal = phase === 'handedOut' && (jobStatus === 'success' || purpose.commit === 'step');
    return { task: isFinal ? 'commitSecret' : 'leaveSecret', lease: { ...lease, purpose } };
}
/** The unfinished business as a sentence, for the person who has to do it by hand. */
function tellUnfinishedLease({ task, lease }) {
    const { clientId, secretId, expiresAt } = lease;
    const name = `Secret ${secretId} of service account ${clientId}`;
    const former = lease.former === undefined
        ? ''
        : ` Atlas ends the former secret by ${(0,mark/* isoSeconds */.nE)(lease.former.expiresAt)}: run the job again before.`;
    switch (task) {
        case 'deleteSecret':
            return `${name} is still alive. Atlas ends it on ${(0,mark/* isoSeconds */.nE)(expiresAt)}; delete it to end it now.`;
        case 'finishAccount':
            return `${name} was handed out, and the account's description still says that it is being made. Run the job again.`;
        case 'commitSecret':
            return `The rotation to secret ${secretId} of service account ${clientId} is not final.${former}`;
        case 'leaveSecret':
            return `${name} stays alive beside the former one, because the job did not succeed.${former}`;
    }
}
/** Finishes or undoes. Throws `AtlasError` or `KeyError` when that was not possible. */
async function settleLease(step, unfinished) {
    const { lease } = unfinished;
    switch (unfinished.task) {
        case 'deleteSecret':
            await takeBack(step, lease);
            return {};
        case 'finishAccount':
            return finishAccount(step, lease);
        case 'commitSecret':
            await commitLease(step, unfinished.lease);
            return { commit: { outcome: 'committed', retired: [], family: [] } };
        case 'leaveSecret':
            return giveUp(step, unfinished);
    }
}
/** Makes the new secret the current one. With `keepPrevious: 0` the former one is deleted. */
async function commitLease(step, lease) {
    const { groupId, clientId, secretId, former, purpose } = lease;
    const { accounts } = step.atlas;
    const account = await accountIn(step.atlas, lease);
    if (!account?.secrets.some(({ id }) => id === secretId)) {
        throw new key_error/* KeyError */.e(`Secret ${secretId} of service account ${clientId}, which this rotation made, is gone: somebody deleted it. Run the job ` +
            'again for a new one.');
    }
    const note = readNote(account.description);
    // Unless it was done before, by a run that was interrupted then: another rotation may have followed since.
    if (note?.current === undefined || note.next?.id === secretId) {
        // The former one is named even where it is about to be deleted: were that lost, nobody could tell whose secret it is.
        const description = describe({ current: secretId, ...(former && { previous: former.id }) });
        await accounts.update(groupId, clientId, { description });
        step.log.info(`The rotation is final: secret ${secretId} of service account ${clientId} is current.`);
    }
    if (purpose.keepPrevious === 1 || former === undefined)
        return;
    await accounts.deleteSecret(groupId, clientId, former.id);
    step.log.info(`Deleted the former secret ${former.id} of service account ${clientId}.`);
}
/** An account that is not pending any more may have been rotated since. */
async function finishAccount(step, lease) {
    const { groupId, clientId } = lease;
    const account = await accountIn(step.atlas, lease);
    if (readNote(account?.description ?? '')?.pending !== undefined) {
        await step.atlas.accounts.update(groupId, clientId, { description: describe({}) });
    }
    return {};
}
/** The job did not succeed. Says so in the description, so that the next rotation knows which secret may go. */
async function giveUp(step, unfinished) {
    const { lease } = unfinished;
    const { groupId, clientId, secretId } = lease;
    const account = await accountIn(step.atlas, lease);
    const note = readNote(account?.description ?? '') ?? {};
    if (note.next?.id === secretId) {
        const state = note.next.state === 'stored' ? 'kept' : 'failed';
        const description = describe({ ...note, next: { id: secretId, state } });
        await step.atlas.accounts.update(groupId, clientId, { description });
    }
    return { problem: tellUnfinishedLease(unfinished) };
}
/** Whether post may only warn about this failure: the user said so, and Atlas ends the secret by itself. */
function mayWarnOfLease({ task, lease: { purpose } }, error) {
    if (task === 'deleteSecret')
        return purpose.mode !== 'ephemeral' || purpose.onRevokeFailure === 'warn';
    return task === 'finishAccount' || isAtlasError(error, 'gone');
}

;// CONCATENATED MODULE: ./lib/accounts/dry-run.js




const dry_run_HOUR = 3_600_000;
/** No id of Atlas's own: what would be made has none yet. */
const NEW = 'f'.repeat(24);
/** Carries out `mode` and its post without changing anything. Warnings are told; of what is not so, nothing is. */
async function rehearseAccounts(step, mode) {
    const memory = rememberWrites(step);
    let entry;
    const atlas = { ...step.atlas, accounts: memory.calls };
    const acting = {
        ...step,
        atlas,
        undoing: atlas,
        log: { ...step.log, info: () => { } },
        journal: (next) => {
            entry = 'credential' in next ? next : undefined;
        },
        deliver: async () => { },
        recall: () => { },
    };
    const { account, expiresAt, problem } = await mode(acting);
    const atOnce = new Map(memory.accounts);
    if (entry !== undefined)
        await settleLease(acting, unfinishedLease(entry, 'success'));
    const found = account && memory.found.get(account.clientId);
    const isThere = found?.secrets.some((secret) => secret.expiresAt === expiresAt);
    return (0,outcome/* outcome */.b)({
        result: 'planned',
        changed: false,
        plan: [...memory.accounts].flatMap(([clientId, after]) => changesOf(clientId, memory.found.get(clientId), atOnce.get(clientId), after)),
        ...(account && found && { account: { ...account, roles: [...found.roles].sort() } }),
        ...(isThere && expiresAt !== undefined && { expiresAt }),
        ...(problem !== undefined && { problem }),
    });
}
function rememberWrites({ atlas }) {
    const real = atlas.accounts;
    const found = new Map();
    const accounts = new Map();
    const write = (clientId, change) => {
        const before = accounts.get(clientId) ?? found.get(clientId);
        // not covered: a mode writes only to what it has listed or made.
        if (before === undefined)
            throw new Error(`${clientId} was not listed`);
        const after = { ...before, ...change(before) };
        accounts.set(clientId, after);
        return after;
    };
    const newSecret = (hours) => {
        const now = atlas.serviceNow();
        return { id: NEW, createdAt: now, expiresAt: now + hours * dry_run_HOUR, secret: '' };
    };
    const end = async (_place, clientId) => {
        accounts.set(clientId, undefined);
        return 'deleted';
    };
    return {
        found,
        accounts,
        calls: {
            ...real,
            list: async (groupId) => {
                for (const account of await real.list(groupId))
                    found.set(account.clientId, account);
                const all = new Map([...found, ...accounts]);
                return [...all.values()].filter((account) => account !== undefined);
            },
            create: async (_groupId, { hours, ...account }) => {
                const clientId = `mdb_sa_id_${NEW}`;
                const secret = newSecret(hours);
                const made = { ...account, clientId, secrets: [secret] };
                accounts.set(clientId, made);
                return { ...made, secret };
            },
            update: async (_groupId, clientId, change) => write(clientId, () => change),
            createSecret: async (_groupId, clientId, hours) => {
                const secret = newSecret(hours);
                write(clientId, ({ secrets }) => ({ secrets: [...secrets, secret] }));
                return secret;
            },
            deleteSecret: async (_groupId, clientId, secretId) => {
                write(clientId, ({ secrets }) => ({ secrets: secrets.filter(({ id }) => id !== secretId) }));
                return 'deleted';
            },
            delete: end,
            unassign: end,
            addEntries: async () => { },
            removeEntry: async () => 'deleted',
            listEntries: async (groupId, clientId) => found.has(clientId) ? real.listEntries(groupId, clientId) : [],
            signInAs: async (account) => (account.clientSecret === '' ? undefined : real.signInAs(account)),
        },
    };
}
/** `atOnce` is how far the step itself got, `after` what the success of its job makes of that. */
function changesOf(clientId, before, atOnce, after) {
    const name = `service account ${clientId}`;
    const made = secretsBeside(atOnce, before)[0];
    const isGone = secretsBeside(after, before).length === 0;
    const end = made === undefined
        ? ''
        : `that ends on ${(0,mark/* isoSeconds */.nE)(made.expiresAt)}${isGone ? ', deleted when the job ends' : ''}`;
    if (before === undefined) {
        if (atOnce === undefined)
            return [];
        const { name: desc, roles } = atOnce;
        return [
            { action: 'create', what: `service account "${desc}" with ${roles.join(', ')}, with a secret ${end}` },
        ];
    }
    const gone = secretsBeside(before, after);
    const later = (id) => atOnce?.secrets.some((secret) => secret.id === id) ? ' when the job succeeds' : '';
    return [
        ...(after !== undefined && !(0,key/* sameRoles */.io)(before.roles, after.roles)
            ? [
                {
                    action: 'update',
                    what: `${after.roles.join(', ')} of ${name}, was ${before.roles.join(', ')}`,
                },
            ]
            : []),
        ...(made === undefined ? [] : [{ action: 'create', what: `a secret of ${name} ${end}` }]),
        ...gone.map(({ id }) => ({ action: 'revoke', what: `secret ${id} of ${name}${later(id)}` })),
        // Who signs in as a service account does not learn its own roles, so both are told.
        ...(after === undefined
            ? [
                {
                    action: 'revoke',
                    what: `${name}, "${before.name}"; without Organization Owner it is taken out of the project, empty`,
                },
            ]
            : []),
    ];
}
function secretsBeside(account, other) {
    return (account?.secrets ?? []).filter(({ id }) => !other?.secrets.some((secret) => secret.id === id));
}

// EXTERNAL MODULE: ./lib/keys/handover.js
var keys_handover = __webpack_require__(7377);
;// CONCATENATED MODULE: ./lib/accounts/hand-over.js
/** What comes between the making of a secret and its use: the account's access list, a first sign-in, the hand-over. */





/** What is told of an account, and of the secret of it that the step knows. */
function factsOf({ clientId, name, roles }, place, secret, former) {
    const account = {
        clientId,
        desc: name,
        ...place,
        roles: [...roles].sort(),
        ...(secret !== undefined && { createdAt: secret.createdAt }),
        ...(former !== undefined && { formerEndsAt: former.expiresAt }),
    };
    return {
        account,
        ...(secret !== undefined && { expiresAt: secret.expiresAt }),
        ...(secret?.secret !== undefined && { privateKey: secret.secret }),
    };
}
/**
 * Adds what is missing on the account's access list. An account that is leased also loses single addresses that were
 * added longer ago than any lease of `until` milliseconds lives, or its list would fill up: runs behind one address share
 * an entry, so no run may remove its own.
 */
async function bringAccessList(step, { groupId, clientId }, entries, lifetime) {
    if (entries.length === 0)
        return;
    const { accounts } = step.atlas;
    const list = () => accounts.listEntries(groupId, clientId);
    let listed = await list();
    const isAmong = (entry, others) => others.some((other) => other.ipAddress === entry.ipAddress && other.cidrBlock === entry.cidrBlock);
    const add = async () => {
        const missing = entries.filter((entry) => !isAmong(entry, listed));
        if (missing.length > 0)
            await accounts.addEntries(groupId, clientId, missing);
    };
    await add().catch(async (error) => {
        if (!(0,errors/* isAtlasError */.yH)(error, 'alreadyThere'))
            throw error;
        // Another run was quicker with one of them, and Atlas added none.
        listed = await list();
        await add();
    });
    if (lifetime === undefined)
        return;
    const old = listed.filter((entry) => !isAmong(entry, entries) && step.atlas.serviceNow() - entry.usedAt > lifetime);
    const addresses = old.flatMap(({ ipAddress }) => ipAddress ?? []);
    await Promise.all(addresses.map((address) => accounts.removeEntry(groupId, clientId, address)));
}
/** Fetches a token with the new secret and gives it back. Throws when the secret is of no use. */
async function verify(step, { lease, secret }) {
    const { clientId } = lease;
    await (0,keys_handover/* whileUnknown */.KC)(step, `secret of service account ${clientId}`, () => step.atlas.accounts.signInAs({ clientId, clientSecret: secret.secret }));
}
/**
 * Makes the secret usable and gives it to those who will hold it. After a failure it is deleted, unless somebody may hold
 * it. `beforeStoring` is done where it is going to be stored beyond this machine, before the first write.
 */
async function handOver(step, made, handover, prepare, beforeStoring) {
    const { lease, secret } = made;
    const isStored = handover.store !== undefined;
    try {
        await Promise.all([prepare(), handover.verify ? verify(step, made) : undefined]);
        if (isStored) {
            await beforeStoring();
            step.journal({ phase: 'stored', ...lease });
        }
        await step.deliver({
            clientId: lease.clientId,
            clientSecret: secret.secret,
            orgId: lease.orgId,
        });
    }
    catch (error) {
        const nobodyHasIt = error instanceof key_error/* DeliveryError */.V ? error.nobodyHasIt : true;
        if (nobodyHasIt)
            await undo(step, made);
        else {
            step.log.warning(`The new secret of service account ${lease.clientId} stays: some of it may have been stored. Atlas ends it on ` +
                `${(0,mark/* isoSeconds */.nE)(secret.expiresAt)}.`);
        }
        throw error;
    }
    step.journal({ phase: 'handedOut', ...lease });
}
/** Deletes a secret that nobody has. What fails here is only told: post does it again, and in the end Atlas does. */
async function undo(step, { lease, secret }) {
    try {
        await takeBack(step, lease);
        step.journal({ phase: 'idle' });
    }
    catch (error) {
        step.journal({ phase: 'made', ...lease });
        step.log.warning(`The new secret of service account ${lease.clientId} could not be deleted yet; the post step tries again, and Atlas ends ` +
            `it on ${(0,mark/* isoSeconds */.nE)(secret.expiresAt)}. ${(0,errors/* messageOf */.bD)(error)}`);
    }
}

;// CONCATENATED MODULE: ./lib/accounts/known-secret.js
/** Whether a client secret that was stored in an earlier run is one of the account that was found. */

/** `undefined` where none is given. Atlas masks secrets wholly, so only a sign-in tells. */
async function knownSecretFits(step, clientId, { knownClientSecret: clientSecret, knownClientId }) {
    if (clientSecret === undefined)
        return undefined;
    if (knownClientId !== undefined && knownClientId !== clientId)
        return false;
    try {
        await step.atlas.accounts.signInAs({ clientId, clientSecret });
        return true;
    }
    catch (error) {
        if ((0,errors/* isAtlasError */.yH)(error, 'credentials'))
            return false;
        throw error;
    }
}

// EXTERNAL MODULE: ./lib/keys/election.js
var keys_election = __webpack_require__(497);
;// CONCATENATED MODULE: ./lib/accounts/journal.js
/** The lease of a secret that this step has just made. */
function leaseOf(purpose, place, { id, expiresAt }) {
    return { credential: 'serviceAccount', purpose, ...place, secretId: id, expiresAt };
}

;// CONCATENATED MODULE: ./lib/accounts/refusal.js
/** What a refusal to make a secret means, where its code alone does not tell. */


/**
 * Makes something on an account, or a new account. A refusal is told as what it is where the organisation's longest
 * validity, or the place of the account, explains it.
 */
async function explained(step, { orgId, hours, clientId }, make) {
    try {
        return await make();
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'badRequest', 'notAllowed'))
            throw error;
        const longest = await step.atlas.accounts.longestSecret(orgId).catch(() => undefined);
        if (longest !== undefined && hours > longest) {
            throw new key_error/* KeyError */.e(`secretExpiresAfter is ${hours}h, and organisation ${orgId} lets no secret of a service account live longer than ` +
                `${longest}h. Set secretExpiresAfter: ${longest}h, or have an Organization Owner raise that limit.`, { cause: error });
        }
        if (error.kind === 'badRequest' || clientId === undefined)
            throw error;
        throw new key_error/* KeyError */.e(`${error.message} Service account ${clientId} is out of a Project Owner's reach where it is in a second project or has an ` +
            'organisation role: declare another desc then.', { cause: error });
    }
}

;// CONCATENATED MODULE: ./lib/accounts/make-account.js
/**
 * Finding the one account of a name that is to last, or making it: any number of steps at the same moment leave one. It is
 * made under a description that says pending, by the election of keys (docs/lifecycle.md).
 */








/** How long after its deadline a maker's last call may still reach the service, in milliseconds. */
const GRACE = 60_000;
/** The longest `timeout` and that grace: a note that claims more is not waited for. */
const LONGEST_MAKING = 11 * 60_000;
/**
 * The account of this name, once nobody is making it any more; `undefined` where there is none. Those whose makers are
 * gone are removed. Throws `KeyError` where there are several.
 */
async function findAccount(step, { groupIds: [groupId], desc }, orgId) {
    for (let saidWaiting = false;;) {
        const family = await readFamily(step, groupId, desc);
        const made = family.filter(isMade);
        if (made.length > 1) {
            throw new key_error/* KeyError */.e(`${made.length} service accounts of the project are named "${desc}": ${made.map(({ clientId }) => clientId).join(', ')}. ` +
                'Which of them is meant? Delete the others in Atlas, or give them another name.');
        }
        if (made[0] !== undefined)
            return made[0];
        const maker = family.find((account) => isInTheMaking(account, step));
        if (maker === undefined) {
            for (const dead of family) {
                // What its description says proves nothing about who wrote it.
                const why = await outsideAccountRemit(step, dead, { groupId, orgId });
                if (why === undefined)
                    await withdrawAccount(step, { groupId, orgId }, dead);
                else
                    step.log.warning(`Left service account ${dead.clientId} as it is: ${why}.`);
            }
            return undefined;
        }
        if (!saidWaiting)
            step.log.info(`Another run is making this account (${maker.clientId}); waiting for it.`);
        saidWaiting = true;
        await step.pause(keys_election/* LOOK_AGAIN */.hs);
    }
}
/** Makes the account with its first secret; `undefined` when another maker has it. After a failure it is gone. */
async function makeAccount(step, { groupIds: [groupId], desc, roles, hours }, orgId, purpose) {
    const until = step.atlas.serviceNow() + step.remaining() + GRACE;
    const description = describe({ pending: { nonce: step.nonce, until } });
    const account = await explained(step, { orgId, hours }, () => step.atlas.accounts.create(groupId, { name: desc, description, roles, hours })).catch(async (error) => {
        if ((0,errors/* isAtlasError */.yH)(error, 'answerLost', 'timeout', 'cancelled')) {
            // Others would wait for this maker; where even that fails, until its time is over.
            await withdrawUnanswered(step, { groupId, orgId }, description).catch(() => undefined);
        }
        throw error;
    });
    const { clientId, secret } = account;
    const lease = { ...leaseOf(purpose, { desc, groupId, orgId, clientId }, secret), isNewAccount: true };
    step.journal({ phase: 'made', ...lease });
    const withdraw = async () => {
        await withdrawAccount(step, lease, account);
        step.journal({ phase: 'idle' });
    };
    try {
        if (await isElected(step, groupId, desc, clientId)) {
            step.log.info(`Created service account ${clientId}.`);
            return { account, secret, lease };
        }
    }
    catch (error) {
        // Post does it again where this fails.
        await withdraw().catch(() => undefined);
        throw error;
    }
    await withdraw();
    step.log.info('Another run was first; using its account.');
    return undefined;
}
/** Withdraws an account that may have been made although nobody said so: no other has this description. */
async function withdrawUnanswered(step, place, description) {
    const listed = await step.undoing.accounts.list(place.groupId);
    const lost = listed.find((account) => account.description === description);
    if (lost !== undefined)
        await withdrawAccount(step, place, lost);
}
async function isElected(step, groupId, desc, clientId) {
    for (;;) {
        const family = await readFamily(step, groupId, desc);
        const makers = family
            .filter((account) => isInTheMaking(account, step))
            .map((account) => account.clientId);
        const election = (0,keys_election/* electionOf */.FZ)(family.some(isMade), makers, clientId);
        if (election !== 'undecided')
            return election === 'won';
        await step.pause(keys_election/* LOOK_AGAIN */.hs);
    }
}
async function readFamily(step, groupId, desc) {
    return lasting(familyOf(desc, await step.atlas.accounts.list(groupId), step.caller));
}
function isMade({ description }) {
    return readNote(description)?.pending === undefined;
}
/** Whether the maker of an account may still be at work, by the service's clock. */
function isInTheMaking({ description }, step) {
    const until = readNote(description)?.pending?.until ?? 0;
    const now = step.atlas.serviceNow();
    return now <= until && until <= now + LONGEST_MAKING;
}

;// CONCATENATED MODULE: ./lib/accounts/ensure.js









/** A secret that ends sooner than this is warned of, in milliseconds. */
const SOON = 14 * 24 * 3_600_000;
async function ensureAccount(step, request) {
    const { groupIds, handover } = request;
    const [groupId] = groupIds;
    const [{ orgId }, entries] = await Promise.all([
        step.atlas.readProject(groupId),
        (0,keys_handover/* resolveAccessList */.p)(step, handover.accessList),
    ]);
    for (;;) {
        const account = await findAccount(step, request, orgId);
        if (account !== undefined)
            return useAccount(step, request, account, orgId);
        const made = await makeAccount(step, request, orgId, { mode: 'ensure' });
        if (made === undefined)
            continue;
        const { clientId } = made.lease;
        const settle = () => step.atlas.accounts.update(groupId, clientId, { description: describe({}) });
        // Marked as made before it is stored: an account whose maker is lost is removed with its secret.
        await handOver(step, made, handover, () => bringAccessList(step, made.lease, entries), async () => void (await settle()));
        if (handover.store === undefined)
            await settle();
        step.journal({ phase: 'idle' });
        step.log.info(`Atlas ends the secret of service account ${clientId} on ${(0,mark/* isoSeconds */.nE)(made.secret.expiresAt)}.`);
        return (0,outcome/* outcome */.b)({
            result: 'created',
            changed: true,
            ...factsOf(made.account, { orgId, groupIds }, made.secret),
        });
    }
}
async function useAccount(step, request, account, orgId) {
    const { groupIds, roles, knownClientSecret: known } = request;
    const { clientId } = account;
    step.log.info(`Found service account ${clientId} in the project.`);
    if ((await knownSecretFits(step, clientId, request)) === false) {
        throw new key_error/* KeyError */.e(`knownPrivateKey is not a secret of service account ${clientId}. Store the secret again, or use mode: rotate, which ` +
            'makes a new one when the stored secret does not fit.');
    }
    const changed = await bringRoles(step, request, account, orgId);
    const { current } = standingOf(account, step.atlas.serviceNow(), known);
    if (current === undefined) {
        step.log.warning(`Service account ${clientId} has no secret that still works. Use mode: rotate to make one.`);
    }
    else if (current.expiresAt - step.atlas.serviceNow() < SOON) {
        step.log.warning(`Secret ${current.id} of service account ${clientId} ends on ${(0,mark/* isoSeconds */.nE)(current.expiresAt)}. Use mode: rotate to ` +
            'replace it before.');
    }
    return (0,outcome/* outcome */.b)({
        result: changed ? 'updated' : 'unchanged',
        changed,
        ...factsOf({ ...account, roles }, { orgId, groupIds }, current),
        ...(known !== undefined && { privateKey: known }),
    });
}

;// CONCATENATED MODULE: ./lib/accounts/lease.js
/**
 * ephemeral: a secret for this run. Post deletes it; if there is no post, Atlas ends it by itself. Runs share accounts, and
 * their secrets are independent of each other.
 */









const lease_HOUR = 3_600_000;
async function lease(step, request) {
    const { groupIds, desc, handover, hours, onRevokeFailure } = request;
    const [groupId] = groupIds;
    const [accounts, { orgId }, entries] = await Promise.all([
        step.atlas.accounts.list(groupId),
        step.atlas.readProject(groupId),
        (0,keys_handover/* resolveAccessList */.p)(step, handover.accessList),
    ]);
    const { account, secret } = await takePlace(step, request, leasable(familyOf(desc, accounts, step.caller), step.atlas.serviceNow()), orgId);
    const { clientId } = account;
    const purpose = { mode: 'ephemeral', onRevokeFailure };
    const made = { account, secret, lease: leaseOf(purpose, { desc, groupId, orgId, clientId }, secret) };
    step.journal({ phase: 'made', ...made.lease });
    await handOver(step, made, handover, () => bringAccessList(step, made.lease, entries, hours * lease_HOUR), async () => { });
    step.log.info(`Made a secret of service account ${clientId} for this run. The post step deletes it; if that cannot run, Atlas ` +
        `ends it on ${(0,mark/* isoSeconds */.nE)(secret.expiresAt)}.`);
    return (0,outcome/* outcome */.b)({
        result: 'created',
        changed: true,
        ...factsOf(account, { orgId, groupIds, standing: 'ephemeral' }, secret),
    });
}
/** A secret on the oldest account with a free place; on a new one where there is none. */
async function takePlace(step, request, family, orgId) {
    const { groupIds, desc, roles, hours } = request;
    const [groupId] = groupIds;
    const { accounts } = step.atlas;
    for (const account of family) {
        const { clientId } = account;
        const { alive, expired } = secretsOf(account, step.atlas.serviceNow());
        if (alive.length >= PLACES)
            continue;
        const take = async () => {
            // An expired one keeps its place; of one that another run has just deleted nothing is left to do.
            await Promise.all(expired.map(({ id }) => accounts.deleteSecret(groupId, clientId, id)));
            if (!(0,key/* sameRoles */.io)(account.roles, roles))
                await accounts.update(groupId, clientId, { roles });
            const secret = await accounts.createSecret(groupId, clientId, hours);
            return { account: { ...account, roles }, secret };
        };
        try {
            return await take();
        }
        catch (error) {
            if (!(0,errors/* isAtlasError */.yH)(error) || (0,errors/* isAtlasError */.yH)(error, 'timeout', 'cancelled'))
                throw error;
            // Atlas documents no code for a want of places, so a look tells. A secret that was made without an answer, and that
            // nobody has, takes one, too, until it ends.
            const now = await accountIn(step.atlas, { groupId, clientId });
            const places = now === undefined ? 0 : PLACES - now.secrets.length;
            // Two runs may have given their places back since the refusal, so only a second one says that it is another matter.
            if (places > 0)
                return await explained(step, { orgId, hours, clientId }, take);
            step.log.info(`Service account ${clientId} has no place for another secret; looking on.`);
        }
    }
    const description = describe({ isLeased: true });
    const account = await explained(step, { orgId, hours }, () => accounts.create(groupId, { name: desc, description, roles, hours }));
    step.log.info(`Created service account ${account.clientId}.`);
    return { account, secret: account.secret };
}

;// CONCATENATED MODULE: ./lib/accounts/rotate.js












async function rotateAccount(step, request) {
    const { groupIds, handover, commit, keepPrevious } = request;
    const [groupId] = groupIds;
    const purpose = { mode: 'rotate', commit, keepPrevious };
    const [{ orgId }, entries] = await Promise.all([
        step.atlas.readProject(groupId),
        (0,keys_handover/* resolveAccessList */.p)(step, handover.accessList),
    ]);
    let made;
    while (made === undefined) {
        const account = await findAccount(step, request, orgId);
        if (account === undefined) {
            made = await makeAccount(step, request, orgId, purpose);
            continue;
        }
        const { current } = standingOf(account, step.atlas.serviceNow(), request.knownClientSecret);
        if (current !== undefined) {
            const reason = await reasonToRotate(step, request, account, current);
            if (reason === undefined)
                return keep(step, request, account, current, orgId);
            step.log.info(`The current secret of service account ${account.clientId} is ${current.id}; ${reason}`);
        }
        made = await makeSecret(step, request, account, orgId, purpose);
    }
    const { lease, secret, account } = made;
    await handOver(step, made, handover, () => bringAccessList(step, lease, entries), () => noteNext(step, lease, 'stored'));
    if (commit === 'step') {
        await commitLease(step, lease);
        step.journal({ phase: 'idle' });
    }
    else {
        if (lease.isNewAccount && handover.store === undefined)
            await noteNext(step, lease, 'open');
        step.log.info('The rotation becomes final when the job succeeds.');
    }
    const former = commit === 'step' && keepPrevious === 0 ? undefined : lease.former;
    return (0,outcome/* outcome */.b)({
        result: lease.former === undefined ? 'created' : 'rotated',
        changed: true,
        ...factsOf(account, { orgId, groupIds, ...(commit === 'job' && { standing: 'undecided' }) }, secret, former),
    });
}
/** Why a new secret is due, as the end of a sentence; `undefined` when the current one is to stay. */
async function reasonToRotate(step, request, { clientId }, { createdAt, expiresAt }) {
    if ((await knownSecretFits(step, clientId, request)) === false) {
        return 'the stored secret is not one of its secrets, so a new one is due now.';
    }
    if (step.atlas.serviceNow() - createdAt >= request.rotateAfter)
        return 'a new one is due.';
    return expiresAt <= createdAt + request.rotateAfter
        ? `it ends on ${(0,mark/* isoSeconds */.nE)(expiresAt)}, before a rotation would be due, so a new one is due now.`
        : undefined;
}
async function keep(step, request, account, current, orgId) {
    const changed = await bringRoles(step, request, account, orgId);
    step.log.info(`Secret ${current.id} of service account ${account.clientId} is younger than rotateAfter; it stays.`);
    const known = request.knownClientSecret;
    return (0,outcome/* outcome */.b)({
        result: changed ? 'updated' : 'unchanged',
        changed,
        ...factsOf({ ...account, roles: request.roles }, { orgId, groupIds: request.groupIds }, { ...current, ...(known !== undefined && { secret: known }) }),
    });
}
/**
 * Makes room on the account, and then the secret. The second place is what rotations contend for: the note is written only
 * by the one that has it, and from a look after that, so none writes over what another has written meanwhile.
 */
async function makeSecret(step, { groupIds: [groupId], desc, roles, hours, knownClientSecret: known }, found, orgId, purpose) {
    const { accounts } = step.atlas;
    const { clientId } = found;
    const { expired } = secretsOf(found, step.atlas.serviceNow());
    const { spare, taken } = standingOf(found, step.atlas.serviceNow(), known);
    if (taken[0] !== undefined)
        throw noPlace(found, taken[0]);
    const why = await outsideAccountRemit(step, found, { groupId, orgId });
    if (why !== undefined) {
        throw new key_error/* KeyError */.e(`Service account ${clientId} is not this step's to change: ${why}. Declare another desc.`);
    }
    // That the account may be changed is seen before one of its secrets is made, which could not be taken back otherwise.
    await explained(step, { orgId, hours, clientId }, () => accounts.update(groupId, clientId, { roles }));
    for (const secret of [...expired, ...spare]) {
        await accounts.deleteSecret(groupId, clientId, secret.id);
        if (spare.includes(secret)) {
            step.log.info(`Deleted secret ${secret.id} of service account ${clientId} to make room.`);
        }
    }
    const secret = await explained(step, { orgId, hours, clientId }, () => accounts.createSecret(groupId, clientId, hours));
    const lease = leaseOf(purpose, { desc, groupId, orgId, clientId }, secret);
    step.journal({ phase: 'made', ...lease });
    step.log.info(`Made secret ${secret.id} of service account ${clientId}.`);
    try {
        const beside = await standingBeside(step, lease, known);
        if (beside.taken[0] !== undefined)
            throw noPlace(found, beside.taken[0]);
        const { current: former } = beside;
        const full = { ...lease, ...(former && { former: { id: former.id, expiresAt: former.expiresAt } }) };
        step.journal({ phase: 'made', ...full });
        if (former !== undefined) {
            step.log.info(`Atlas ends the former secret ${former.id} by ${(0,mark/* isoSeconds */.nE)(former.expiresAt)}.`);
        }
        await noteNext(step, full, 'open');
        return { account: { ...found, roles }, secret, lease: full };
    }
    catch (error) {
        await undo(step, { lease, secret });
        throw error;
    }
}
/** What is on the account beside the secret that this step made. */
async function standingBeside(step, lease, known) {
    const account = await accountIn(step.atlas, lease);
    const secrets = account?.secrets.filter(({ id }) => id !== lease.secretId) ?? [];
    return standingOf({ description: account?.description ?? '', secrets }, step.atlas.serviceNow(), known);
}
/** Says in the description that the secret is a rotation's that is not final. */
async function noteNext(step, { groupId, clientId, secretId, former }, state) {
    const note = { ...(former && { current: former.id }), next: { id: secretId, state } };
    await step.atlas.accounts.update(groupId, clientId, { description: describe(note) });
}
/** Atlas keeps two secrets an account, and this one is not this step's to delete. */
function noPlace({ clientId, description }, { id, expiresAt }) {
    return new key_error/* KeyError */.e(readNote(description)?.next?.id === id
        ? `Another run made secret ${id} of service account ${clientId}, and its job has not decided about it yet, so no other was ` +
            'made. Run the job again when that one has ended; if it was lost, delete that secret in Atlas.'
        : `Service account ${clientId} has no place for another secret: ${id} was made by somebody else, or by a run that was lost ` +
            `just then, and ends on ${(0,mark/* isoSeconds */.nE)(expiresAt)}. Delete it in Atlas if nobody needs it, or declare another desc.`);
}

;// CONCATENATED MODULE: ./lib/accounts/modes.js





function carryOutForAccounts(step, request) {
    return request.dryRun
        ? rehearseAccounts(step, (acting) => perform(acting, request))
        : perform(step, request);
}
function perform(step, request) {
    switch (request.mode) {
        case 'ensure':
            return ensureAccount(step, request);
        case 'ephemeral':
            return lease(step, request);
        case 'rotate':
            return rotateAccount(step, request);
        case 'revoke':
            return revokeAccounts(step, request);
    }
}


/***/ })

};
