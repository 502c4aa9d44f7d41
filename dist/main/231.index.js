export const id = 231;
export const ids = [231];
export const modules = {

/***/ 5836:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ concurrently)
/* harmony export */ });
/**
 * Runs `work` on every item, at most `limit` at once, and returns what each gave, in the items' order. A failure that
 * `work` lets through stops its part of the others: it is a mistake in this code, so `work` catches what may happen.
 */
async function concurrently(items, limit, work) {
    const values = [];
    const queue = items.entries();
    const worker = async () => {
        for (const [index, item] of queue)
            values[index] = await work(item);
    };
    await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
    return values;
}


/***/ }),

/***/ 6231:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  carryOut: () => (/* binding */ modes_carryOut)
});

// EXTERNAL MODULE: ./lib/keys/key.js
var keys_key = __webpack_require__(2375);
// EXTERNAL MODULE: ./lib/keys/mark.js
var keys_mark = __webpack_require__(3043);
;// CONCATENATED MODULE: ./lib/keys/outcome.js
/** An outcome of which only the given parts are remarkable. */
function outcome(parts) {
    return { previous: [], retired: [], family: [], plan: [], ...parts };
}

// EXTERNAL MODULE: ./lib/keys/step.js
var keys_step = __webpack_require__(7168);
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
    if ((0,keys_key/* sameRoles */.io)(account.roles, roles)) {
        step.log.info(`Service account ${clientId} has these roles already.`);
        return false;
    }
    const why = await outsideAccountRemit(step, account, { groupId, orgId });
    if (why !== undefined) {
        throw new keys_step/* KeyError */.eN(`Service account ${clientId} has other roles than those declared, and this step may not change them: ${why}. Declare another desc.`);
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
    return outcome({
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
        : ` Atlas ends the former secret by ${(0,keys_mark/* isoSeconds */.nE)(lease.former.expiresAt)}: run the job again before.`;
    switch (task) {
        case 'deleteSecret':
            return `${name} is still alive. Atlas ends it on ${(0,keys_mark/* isoSeconds */.nE)(expiresAt)}; delete it to end it now.`;
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
        throw new keys_step/* KeyError */.eN(`Secret ${secretId} of service account ${clientId}, which this rotation made, is gone: somebody deleted it. Run the job ` +
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
    return outcome({
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
        : `that ends on ${(0,keys_mark/* isoSeconds */.nE)(made.expiresAt)}${isGone ? ', deleted when the job ends' : ''}`;
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
        ...(after !== undefined && !(0,keys_key/* sameRoles */.io)(before.roles, after.roles)
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

;// CONCATENATED MODULE: ./lib/keys/family.js


/** The longest `timeout`, and what may pass until the last call of its step arrives, in milliseconds. */
const LONGEST_MAKING = 11 * 60_000;
/** The members of the family `desc` among these keys, newest first: named so by us (marked) or by a person. */
function family_familyOf(desc, keys) {
    return keys
        .flatMap((key) => memberOf(desc, key) ?? [])
        .sort((left, right) => (0,keys_key/* newestFirst */.ll)(left.key, right.key));
}
/** The family `desc` as the project lists it now. */
async function readFamily(atlas, groupId, desc) {
    return family_familyOf(desc, await atlas.listProjectKeys(groupId));
}
function memberOf(desc, key) {
    if (key.desc === desc)
        return { state: 'current', key };
    const marked = (0,keys_mark/* readMark */.Mp)(key.desc);
    if (marked === undefined || !(0,keys_mark/* isMarkedAs */.Bi)(marked, desc))
        return undefined;
    return { state: marked.mark.state, key, mark: marked.mark };
}
/**
 * Whether a key counts as one of the family when the whole family is to go: also where something follows the text that
 * is no mark of ours and only looks like one, so that nobody can hide a key behind it.
 */
function passesForMember(desc, key) {
    if (memberOf(desc, key) !== undefined)
        return true;
    return key.desc.startsWith(desc) && (0,keys_mark/* beginsLikeMark */.Jo)(key.desc.slice(desc.length));
}
/** The members in one of these states, newest first. */
function membersIn(family, ...states) {
    return family.filter((member) => states.includes(member.state));
}
/**
 * The key that users of this family hold: the newest plain one. Without any, a commit was interrupted between its
 * two renames: the newest previous key carries the nonce of the step that wanted to put its own in its place, and that
 * one stands in. An undecided key alone never does: its machine may have been lost before anybody got it.
 */
function actingCurrent(family) {
    const [plain] = membersIn(family, 'current');
    if (plain !== undefined)
        return plain;
    const [former] = membersIn(family, 'previous');
    if (former === undefined)
        return undefined;
    return membersIn(family, 'undecided').find((member) => member.mark?.nonce === former.mark?.nonce) ?? former;
}
/**
 * Keys whose makers may still be at work, by the service's clock: pending ones, and undecided ones that are being
 * stored. No maker works longer than `LONGEST_MAKING`: a mark that claims more is not waited for.
 */
function inTheMaking(family, serviceNow) {
    return family.filter(({ key, mark }) => {
        if (mark?.until === undefined || mark.state === 'ephemeral')
            return false;
        return serviceNow <= mark.until && mark.until <= (0,keys_key/* createdAt */.CT)(key.id) + LONGEST_MAKING;
    });
}
/** Pending keys whose maker is gone for good: it had to stop by itself before that time. */
function deadPending(family, serviceNow) {
    return family.filter(({ mark }) => mark?.state === 'pending' && serviceNow > mark.until);
}
/** How long a maker waits before it looks at the other makers again, in milliseconds. */
const LOOK_AGAIN = 700;
/**
 * Who of several makers at once has the key. Each lists after its own create, so of two makers at least one sees the
 * other; whoever sees a current key, or a pending one with a smaller id, gives up, and whoever sees only larger ones waits
 * until they have given up or one of them is current. docs/lifecycle.md has the proof. `makers` are the ids of all who are
 * at work, that of this one (`mine`) among them.
 */
function electionOf(isMade, makers, mine) {
    if (isMade || makers.some((id) => id < mine))
        return 'lost';
    return makers.length === 1 && makers[0] === mine ? 'won' : 'undecided';
}
/** Looks until the election is decided, from this family on: whether the maker of the pending key has won. */
async function winElection(step, first, { groupIds, desc, apiUserId }) {
    for (let family = first;;) {
        const makers = inTheMaking(family, step.atlas.serviceNow()).map(({ key }) => key.id);
        const election = electionOf(actingCurrent(family) !== undefined, makers, apiUserId);
        if (election !== 'undecided')
            return election === 'won';
        await step.pause(LOOK_AGAIN);
        family = await readFamily(step.atlas, groupIds[0], desc);
    }
}

;// CONCATENATED MODULE: ./lib/keys/remit.js
/**
 * What a step may touch. A mark proves nothing about its author: whoever may rename a key of the project can write one on
 * any key that is in it, and the step signs in with more power than such a person has. So what a key is decides, and not
 * what is written on it. Every deletion, rename, unassignment and change of roles of a key that the step did not make
 * itself asks here first; docs/lifecycle.md has the argument.
 */

/** Why a key is left alone, as the end of a sentence; `undefined` where it may be touched. `key` with all its roles. */
function outsideRemit(key, claim, { caller, groupIds }) {
    if (key.publicKey === caller)
        return 'it is the key that this step signs in with';
    const beyond = key.roles.find(({ groupId, roleName }) => groupId === undefined && roleName !== 'ORG_MEMBER');
    if (beyond !== undefined)
        return `it has the organisation role ${beyond.roleName}`;
    const projects = key.roles.flatMap(({ groupId }) => groupId ?? []);
    const other = projects.find((groupId) => !groupIds.includes(groupId));
    if (other !== undefined)
        return `it has roles in project ${other}, too, which this step does not name`;
    if (projects.length === 0 && claim === 'member')
        return 'it is in no project any more';
    return undefined;
}
/**
 * The key as its organisation shows it now, where this step may touch it; else why not. A project's list need not show
 * the roles in other projects, so the key is read in the organisation. Throws `AtlasError`, of kind `gone` where the key
 * is not there any more.
 */
async function judge({ caller, atlas }, key, claim, { orgId, groupIds, whole: seen }) {
    const shown = outsideRemit(key, 'named', { caller, groupIds });
    if (shown !== undefined)
        return { why: shown };
    try {
        const whole = seen?.get(key.id) ?? (await atlas.readOrganizationKey(orgId, key.id));
        const why = outsideRemit(whole, claim, { caller, groupIds });
        return why === undefined ? { key: whole } : { why };
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'notAllowed'))
            throw error;
        return { why: 'this step may not read it in the organisation, which shows its roles in other projects' };
    }
}
/** The same for a member of the family that is otherwise left alone: `undefined` then, and the reason is told. */
async function lookAt(step, key, place) {
    const verdict = await judge(step, key, 'member', place);
    if ('key' in verdict)
        return verdict.key;
    step.leave(key, verdict.why);
    return undefined;
}

;// CONCATENATED MODULE: ./lib/keys/current.js
/** Giving one key of a family its plain description, so that exactly one has it in the end. */





/** Gives the key that this step made the plain text, then looks whether others did the same at the same moment. */
async function becomeCurrent(step, home, apiUserId) {
    await givePlainText(step, home, apiUserId);
    return demoteOlder(step, home);
}
/** To be followed by `demoteOlder`. */
async function givePlainText(step, home, apiUserId) {
    await current_describe(step, home, apiUserId, home.desc);
}
/**
 * Should two keys be plain, all but the newest become previous, which everyone computes alike. To be done by everyone
 * after a rename to the plain text: whoever looks last sees all. Returns the family.
 */
async function demoteOlder(step, home) {
    const family = await readFamily(step.atlas, home.groupIds[0], home.desc);
    const newest = newestCurrent(step, home, family);
    const others = membersIn(family, 'current').filter((member) => member !== newest);
    await Promise.all(others.map((member) => demote(step, home, member)));
    return family;
}
/** The newest plain key that the list does not show out of the remit: what somebody else renamed decides nothing here. */
function newestCurrent({ caller }, { groupIds }, family) {
    return membersIn(family, 'current').find(({ key }) => outsideRemit(key, 'member', { caller, groupIds }) === undefined);
}
/**
 * Gives the plain text to the key that stands in for a current one, after a commit that was interrupted. Whether it has
 * it now: `false` where it is not this step's to rename.
 */
async function promote(step, home, { key }) {
    if ((await lookAt(step, key, home)) === undefined)
        return false;
    await becomeCurrent(step, home, key.id);
    return true;
}
/**
 * Marks this step's own key as one that somebody may hold, and that is not final; with `until`, that the step is still
 * at work on it or on older ones.
 */
async function markUndecided(step, home, apiUserId, until) {
    const mark = { ...(0,keys_step/* ownMark */.a1)(step), state: 'undecided', ...(until !== undefined && { until }) };
    await current_describe(step, home, apiUserId, (0,keys_mark/* describeMarked */.MF)(home.desc, mark));
}
/** Marks a key as superseded and alive, unless it was deleted meanwhile, or is not this step's to rename, which is told. */
async function demote(step, home, { key }) {
    try {
        if ((await lookAt(step, key, home)) === undefined)
            return;
        await current_describe(step, home, key.id, (0,keys_mark/* describeMarked */.MF)(home.desc, { ...(0,keys_step/* ownMark */.a1)(step), state: 'previous' }));
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'gone'))
            throw error;
    }
}
async function current_describe(step, { groupIds, orgId }, apiUserId, desc) {
    await step.atlas.renameKey({ groupId: groupIds[0], orgId, apiUserId }, desc);
}

;// CONCATENATED MODULE: ./lib/keys/journal.js
/** Nothing is left to do, unless a lost create of the same step may still turn up. */
function nothingLeft(intent) {
    return intent.answerLost ? { phase: 'making', ...intent } : { phase: 'idle' };
}

// EXTERNAL MODULE: ./lib/keys/concurrently.js
var concurrently = __webpack_require__(5836);
;// CONCATENATED MODULE: ./lib/keys/retire.js
/**
 * How keys die. To retire a key is to delete it from its organisation, the only true revocation. A caller who may not do
 * that marks it as retired and takes it out of its projects: a sweep with an owner's rights finds it by that mark.
 */





/** Deletions at once: well inside the rate limit of an organisation's key endpoints (500, 250 more a minute). */
const AT_ONCE = 8;
/** After how many keys a line tells how far a long list is. */
const PROGRESS_EVERY = 25;
/** Retires the key that this step made. Throws `AtlasError`; a key that is gone already is fine. */
function retireMade(step, made) {
    return retire(step, step.undoing, made);
}
/**
 * Retires keys that the step did not make, side by side, each only where it lies within the remit. `why` is the end of a
 * sentence that names the key. One failure is told and does not stop the others.
 */
async function retireFound(step, keys, how) {
    const { place, claim, why, next, atlas = step.atlas } = how;
    const deleted = [];
    const unassigned = [];
    const gone = [];
    const left = [];
    const failed = [];
    let ended = 0;
    await (0,concurrently/* concurrently */.r)(keys, AT_ONCE, async (key) => {
        try {
            const fate = await retireOne(step, atlas, key, claim, place);
            if (fate === 'gone') {
                gone.push(key);
                step.log.info(`Key ${(0,keys_step/* nameOf */.Vb)(key)} was gone already.`);
            }
            else if (fate === 'deleted') {
                deleted.push(key);
                step.log.info(`Deleted key ${(0,keys_step/* nameOf */.Vb)(key)}, ${why(key)}.`);
            }
            else if (fate === 'unassigned')
                unassigned.push(key);
            else {
                left.push({ key, ...fate });
                step.leave(key, fate.why);
            }
        }
        catch (error) {
            failed.push({ key, why: (0,errors/* messageOf */.bD)(error) });
            step.log.warning(`Key ${(0,keys_step/* nameOf */.Vb)(key)} could not be deleted; ${next} tries again. ${(0,errors/* messageOf */.bD)(error)}`);
        }
        ended += 1;
        if (ended % PROGRESS_EVERY === 0)
            step.log.info(`${ended} of ${(0,keys_step/* count */.U9)(keys, 'key')} done.`);
    });
    if (unassigned.length > 0)
        step.log.warning(livesOn(unassigned.map(keys_step/* nameOf */.Vb).join(', '), place.orgId));
    const taken = unassigned.filter(({ roles }) => roles.some(({ groupId }) => groupId !== undefined));
    return { deleted, unassigned, gone, left, failed, changed: deleted.length + taken.length > 0 };
}
/** These keys, as the given rounds left them, without those that somebody else had deleted. */
function rowsAfter(keys, rounds) {
    const idsOf = (fate) => new Set(rounds.flatMap((round) => round[fate].map(({ id }) => id)));
    const [deleted, unassigned, gone] = [idsOf('deleted'), idsOf('unassigned'), idsOf('gone')];
    return keys
        .filter(({ id }) => !gone.has(id))
        .map(({ id, publicKey, desc }) => {
        const marked = (0,keys_mark/* readMark */.Mp)(desc);
        const state = deleted.has(id) ? 'revoked' : unassigned.has(id) ? 'retired' : marked?.mark.state;
        return {
            apiUserId: id,
            publicKey,
            state: state ?? 'current',
            ...(marked && { origin: { desc: marked.text, run: marked.mark } }),
        };
    });
}
/** The end of a sentence that names the key. */
function whatItWas({ desc }) {
    return `which was ${(0,keys_mark/* readMark */.Mp)(desc)?.mark.state ?? 'current'}`;
}
/** Of keys that could only be unassigned: what is left to do, and by whom. */
function livesOn(names, orgId) {
    return (`Out of the project, but still alive in organisation ${orgId}: ${names}. Only an Organization Owner may delete keys: do it ` +
        'there, or run mode: sweep with that role.');
}
async function retireOne(step, atlas, key, claim, place) {
    try {
        const verdict = await judge({ caller: step.caller, atlas }, key, claim, place);
        if ('why' in verdict)
            return verdict;
        const whole = verdict.key;
        // The post step of its maker may just have made it current.
        if (claim === 'leftOver' && whole.desc !== key.desc)
            return { why: 'its description has just changed' };
        const marked = (0,keys_mark/* readMark */.Mp)(whole.desc);
        const groupIds = [...new Set(whole.roles.flatMap(({ groupId }) => groupId ?? []))];
        const doomed = { apiUserId: key.id, orgId: place.orgId, groupIds, desc: marked?.text ?? whole.desc };
        // While it has its plain text, an ensure at the same moment would take it for the key to use.
        if (marked === undefined)
            await markRetired(step, atlas, doomed);
        return await retire(step, atlas, doomed);
    }
    catch (error) {
        if ((0,errors/* isAtlasError */.yH)(error, 'gone'))
            return 'gone';
        throw error;
    }
}
async function retire(step, atlas, doomed) {
    const { apiUserId, orgId, groupIds } = doomed;
    try {
        return await atlas.deleteKey(orgId, apiUserId);
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'notAllowed'))
            throw error;
        await markRetired(step, atlas, doomed);
        await Promise.all(groupIds.map((groupId) => atlas.unassignKey(groupId, apiUserId)));
        return 'unassigned';
    }
}
/** The mark only helps readers: a key that cannot be renamed, or is gone, still has to be retired. */
async function markRetired(step, atlas, { desc, apiUserId, orgId, groupIds: [groupId] }) {
    if (groupId === undefined)
        return;
    try {
        const retired = (0,keys_mark/* describeMarked */.MF)(desc, { ...(0,keys_step/* ownMark */.a1)(step), state: 'retired' });
        await atlas.renameKey({ apiUserId, orgId, groupId }, retired);
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'gone', 'notAllowed', 'badRequest', 'unintelligible'))
            throw error;
    }
}

;// CONCATENATED MODULE: ./lib/keys/make-key.js
/**
 * Making a key so that none is ever left that nobody holds: the intent is saved, the create is sent, the id is
 * saved; a create that was answered to nobody is found by its nonce, deleted and made again; every failure
 * before the hand-over deletes the key.
 */






/** How often a create is sent in all, when its answers get lost. */
const CREATES = 3;
/** How long after its deadline a maker's last rename may still reach the service. */
const GRACE = 60_000;
/** The roles that call `POST /groups/{groupId}/apiKeys`. */
const MAKE_KEYS = ['GROUP_OWNER', 'GROUP_ACCESS_MANAGER'];
/**
 * Cloud Manager and Ops Manager change a description through the organisation alone, which is for its owners. Says so
 * before a key is made that could never get its name.
 */
async function checkMayRename(step) {
    if (step.surface !== 'public/v1.0')
        return;
    const caller = await step.atlas.whoAmI();
    if (caller === undefined || (0,keys_key/* isOwner */.u8)(caller))
        return;
    throw new keys_step/* KeyError */.eN('A key cannot be made in this mode: it is made under a provisional description, and on api: public/v1.0 only an ' +
        'Organization Owner may change descriptions, which the caller is not. Nothing was made. Give the caller that role, or ' +
        'make the key by hand and let mode: ensure keep its roles.');
}
/**
 * Waits until the service's clock has left the second in which the newest of these keys was made: within one second ids
 * tell no order, and by their order the newest is current.
 */
async function outlastSecondOf(step, keys) {
    const newest = Math.max(0, ...keys.map(({ id }) => (0,keys_key/* createdAt */.CT)(id)));
    const rest = newest + 1000 - step.atlas.serviceNow();
    // A key can be a second younger than the service's clock.
    if (rest > 0 && rest <= 2000)
        await step.pause(rest);
}
/** Makes a key that nobody may take for a current one: it is marked pending until it has been handed out. */
function makePendingKey(step, making) {
    // By then this step is certainly over.
    return makeKey(step, making, 'pending', wholeSeconds(step.atlas.serviceNow() + step.remaining() + GRACE));
}
/** Makes a key that belongs to this run and says until when. */
function makeEphemeralKey(step, making, ttl) {
    return makeKey(step, making, 'ephemeral', wholeSeconds(step.atlas.serviceNow() + ttl));
}
/** Marks know no finer ones. */
function wholeSeconds(milliseconds) {
    return Math.floor(milliseconds / 1000) * 1000;
}
async function makeKey(step, { purpose, desc, groupIds, roles }, state, until) {
    let intent = { purpose, desc, groupIds, nonce: step.nonce, until, answerLost: false };
    const marked = (0,keys_mark/* describeMarked */.MF)(desc, { ...step.run, nonce: step.nonce, state, until });
    for (let tried = 1;; tried += 1) {
        step.journal({ phase: 'making', ...intent });
        const created = await createOnce(step, intent, { desc: marked, roles });
        if ('key' in created)
            return completeMaking(step, intent, created.key, roles);
        intent = { ...intent, answerLost: true };
        step.journal({ phase: 'making', ...intent });
        const cleared = await clearLostCreate(step, intent);
        if (!cleared || tried === CREATES || step.isOver())
            throw created.lost;
    }
}
/** The key, or the error of a create that may have been carried out. Throws where none was. */
async function createOnce(step, intent, key) {
    try {
        return { key: await step.atlas.createKey(intent.groupIds[0], key) };
    }
    catch (error) {
        if ((0,errors/* isAtlasError */.yH)(error, 'answerLost', 'timeout', 'cancelled'))
            return { lost: error };
        step.journal(nothingLeft(intent));
        throw error;
    }
}
/** Whether it is certain that no key of the unanswered create is left, as far as lists can tell. */
async function clearLostCreate(step, intent) {
    try {
        const deleted = await retireStrays(step, intent);
        step.log.info(deleted === 0
            ? 'A create was not answered, and no key came of it.'
            : 'A create was not answered; the key that came of it had a secret that nobody has, and was deleted.');
        return true;
    }
    catch {
        step.log.warning('A create was not answered, and Atlas could not be searched for its key; the post step does it.');
        return false;
    }
}
async function completeMaking(step, intent, key, roles) {
    const [first, ...others] = intent.groupIds;
    const orgId = await (0,keys_key/* organizationOfProject */.Sk)(step.atlas, first, [key]);
    const made = { key, intent: { ...intent, apiUserId: key.id, orgId } };
    step.journal({ phase: 'made', ...made.intent });
    try {
        const assigned = await Promise.allSettled(others.map((groupId) => step.atlas.assignKey(groupId, key.id, roles)));
        // Waits for all of them: an assignment that ends after the undoing would put the key back into its project.
        const failed = assigned.find((result) => result.status === 'rejected');
        if (failed !== undefined)
            throw failed.reason;
    }
    catch (error) {
        await undo(step, made);
        throw error;
    }
    const powers = roles.filter((role) => MAKE_KEYS.includes(role));
    if (powers.length > 0) {
        step.log.info(`Whoever holds the new key can make further keys with ${powers.join(', ')}, and revoking this one does not end ` +
            'those. Give it narrower roles where they suffice.');
    }
    return made;
}
/** What is told of a key that this step made. */
function factsOf({ key, intent }) {
    const { desc, orgId, groupIds } = intent;
    return { key, desc, orgId, groupIds, roles: (0,keys_key/* rolesIn */.t4)(groupIds[0], key) };
}
/**
 * Retires a key that was made and that nobody shall hold, with the budget for undoing. What fails here is only told:
 * post does it again from the journal.
 */
async function undo(step, { key, intent }) {
    step.journal({ phase: 'made', ...intent });
    try {
        const retirement = await retireMade(step, intent);
        step.journal(nothingLeft(intent));
        if (retirement === 'unassigned')
            step.log.warning(livesOn((0,keys_step/* nameOf */.Vb)(key), intent.orgId));
        else
            step.log.info(`The new key ${(0,keys_step/* nameOf */.Vb)(key)} was deleted again.`);
    }
    catch {
        step.log.warning(`The new key ${(0,keys_step/* nameOf */.Vb)(key)} could not be deleted yet; the post step tries again.`);
    }
}
/** Retires every key that a create of this intent made, but for `keep`. Returns how many went. */
async function retireStrays(step, intent, keep) {
    const { groupIds, nonce } = intent;
    const keys = await step.undoing.listProjectKeys(groupIds[0]);
    const strays = keys.filter((key) => key.id !== keep && isStray(key, nonce));
    if (strays.length === 0)
        return 0;
    const orgId = await (0,keys_key/* organizationOfProject */.Sk)(step.undoing, groupIds[0], strays);
    const { deleted, unassigned, failed } = await retireFound(step, strays, {
        place: { orgId, groupIds },
        claim: 'member',
        why: () => 'which a create without an answer had made',
        next: 'the post step',
        atlas: step.undoing,
    });
    if (failed[0] !== undefined)
        throw new keys_step/* KeyError */.eN(failed[0].why);
    return deleted.length + unassigned.length;
}
/**
 * Whether a create of this nonce's step made the key and nothing became of it. A step writes its nonce on keys of
 * others, too: on the former current one when that becomes previous.
 */
function isStray(key, nonce) {
    const mark = (0,keys_mark/* readMark */.Mp)(key.desc)?.mark;
    return (mark?.nonce === nonce &&
        (mark.state === 'pending' || mark.state === 'ephemeral' || mark.state === 'retired'));
}

;// CONCATENATED MODULE: ./lib/keys/handover.js
/** What comes between a key's making and its use: its own access list, a first sign-in, and those who will hold it. */





/** A new key may be unknown to the service's other machines for a moment: how long a 401 is waited out, in milliseconds. */
const SIGN_IN_PATIENCE = 10_000;
const SIGN_IN_PAUSE = 500;
/** Turns the wishes into entries; asks Atlas for this machine's address where `current` is among them. */
async function resolveAccessList(step, wishes) {
    if (!wishes.includes('current'))
        return wishes.filter((wish) => wish !== 'current');
    try {
        const current = { ipAddress: await step.atlas.currentAddress() };
        step.log.info(`This machine is ${current.ipAddress} to Atlas; the new key's access list gets it.`);
        const entries = wishes.map((wish) => (wish === 'current' ? current : wish));
        // Atlas takes no address twice, and `current` may be one that is written out as well.
        return [...new Map(entries.map((entry) => [JSON.stringify(entry), entry])).values()];
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'credentials', 'notAllowed', 'gone', 'badRequest', 'unintelligible'))
            throw error;
        // A 401 may be about this address of the service alone. Credentials that are wrong everywhere are told as such.
        if (error.kind === 'credentials')
            await step.atlas.whoAmI();
        throw new keys_step/* KeyError */.eN('accessList: current cannot be used: Atlas did not tell the address of this machine ' +
            '(GET /api/private/ipinfo is refused or missing here). Name the addresses or CIDR blocks instead.', { cause: error });
    }
}
/** Says which of the wishes for a new key do nothing for one that exists. */
function tellWhatIsForNewKeys(step, { accessList, store }) {
    if (accessList.length > 0) {
        step.log.info('accessList is for a newly made key; the access list of this one stays as it is.');
    }
    if (store !== undefined) {
        step.log.info('Secrets are written for a newly made key only; those that are there stay as they are.');
    }
}
/** Puts the entries on the new key's own list, then signs in as the key. Throws when the key is of no use. */
async function makeUsable(step, made, handover, entries) {
    if (entries.length > 0)
        await writeAccessList(step, made, entries);
    if (handover.verify)
        await verifyKey(step, made.key, entries.length > 0);
}
/** A caller who may not write the key's list leaves that to the key, which may write its own. */
async function writeAccessList(step, { key, intent: { orgId } }, entries) {
    try {
        return await step.atlas.addAccessListEntries(orgId, key.id, entries);
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'notAllowed'))
            throw error;
    }
    try {
        await whileUnknown(step, `key ${(0,keys_step/* nameOf */.Vb)(key)}`, () => step.atlas.addAccessListEntries(orgId, key.id, entries, key));
        step.log.info(`The caller may not write the access list of key ${(0,keys_step/* nameOf */.Vb)(key)}; the key wrote it itself.`);
    }
    catch (error) {
        throw new keys_step/* KeyError */.eN(`The access list of the new key ${(0,keys_step/* nameOf */.Vb)(key)} could not be written: the caller may not do it, for which it ` +
            `needs Organization Owner, and the key itself could not, either. ${(0,errors/* messageOf */.bD)(error)}`, { cause: error });
    }
}
async function verifyKey(step, key, limited) {
    try {
        await whileUnknown(step, `key ${(0,keys_step/* nameOf */.Vb)(key)}`, () => step.atlas.signInAs(key));
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'addressRefused'))
            throw error;
        if (limited) {
            throw new keys_step/* KeyError */.eN(`The new key ${(0,keys_step/* nameOf */.Vb)(key)} may not be used from this machine: its access list does not hold this ` +
                "machine's address. Add `current` to accessList, or set verify: false when the key is for another " +
                'machine.', { cause: error });
        }
        step.log.warning(`The new key ${(0,keys_step/* nameOf */.Vb)(key)} may not be used from this machine: its organisation requires an access list, ` +
            'and the key has none. Set accessList: current, unless the key is meant for another machine whose ' +
            'address you add yourself.');
    }
}
/** Does something with a new key, or secret, again and again as long as Atlas may not know it yet. */
async function whileUnknown(step, name, act) {
    const patience = step.remaining() - SIGN_IN_PATIENCE;
    for (;;) {
        try {
            return await act();
        }
        catch (error) {
            if (!(0,errors/* isAtlasError */.yH)(error, 'credentials'))
                throw error;
            if (step.remaining() - SIGN_IN_PAUSE <= patience) {
                throw new keys_step/* KeyError */.eN(`Atlas still refuses the new ${name} after ${SIGN_IN_PATIENCE / 1000} seconds, so it was not ` +
                    'handed out. Run the job again; if it happens again, look at https://status.mongodb.com.', { cause: error });
            }
            await step.pause(SIGN_IN_PAUSE);
        }
    }
}
/**
 * Gives the key to those who will hold it. One that is stored beyond this machine is marked as held before the first
 * write: were the machine lost just then, a sweep would take a pending one. `tooLate`: a newer key of the family is being
 * stored, or was, so this one was not; it is still there. Throws after a failure, and the key is gone then, unless
 * somebody may hold it.
 */
async function handOver(step, made, store) {
    const { key, intent } = made;
    if (store !== undefined) {
        try {
            if (!(await claimStore(step, made)))
                return 'tooLate';
        }
        catch (error) {
            await undo(step, made);
            throw error;
        }
        step.journal({ phase: 'delivering', ...intent });
    }
    try {
        await step.deliver({ key, orgId: intent.orgId });
    }
    catch (error) {
        const nobodyHasIt = error instanceof keys_step/* DeliveryError */.VE ? error.nobodyHasIt : store === undefined;
        if (!nobodyHasIt) {
            step.log.warning(`Key ${(0,keys_step/* nameOf */.Vb)(key)} stays alive, undecided: some of it may have been stored. No other key was changed.`);
        }
        else
            await undo(step, made);
        throw error;
    }
    step.journal({ phase: 'handedOut', ...intent });
    return 'handedOut';
}
/**
 * What is stored last shall be the newest key, for that is the one which commits leave current. So each step first marks
 * its key as being stored and then looks at the others: it gives way to a newer key, and waits for an older one that is
 * being stored. Of two at once at least one sees the other. docs/lifecycle.md has the proof.
 */
async function claimStore(step, { key, intent }) {
    const { desc, groupIds, until } = intent;
    await markUndecided(step, intent, key.id, until);
    for (;;) {
        const family = await readFamily(step.atlas, groupIds[0], desc);
        const newer = membersIn(family, 'current', 'undecided', 'previous').find((member) => member.key.id > key.id);
        if (newer !== undefined) {
            step.log.info(`Key ${(0,keys_step/* nameOf */.Vb)(newer.key)} is newer and may be stored already, so the new key ${(0,keys_step/* nameOf */.Vb)(key)} was not stored.`);
            return false;
        }
        const others = membersIn(inTheMaking(family, step.atlas.serviceNow()), 'undecided');
        if (others.every((member) => member.key.id === key.id))
            return true;
        await step.pause(LOOK_AGAIN);
    }
}

;// CONCATENATED MODULE: ./lib/accounts/hand-over.js
/** What comes between the making of a secret and its use: the account's access list, a first sign-in, the hand-over. */





/** What is told of an account, and of the secret of it that the step knows. */
function hand_over_factsOf({ clientId, name, roles }, place, secret, former) {
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
    await whileUnknown(step, `secret of service account ${clientId}`, () => step.atlas.accounts.signInAs({ clientId, clientSecret: secret.secret }));
}
/**
 * Makes the secret usable and gives it to those who will hold it. After a failure it is deleted, unless somebody may hold
 * it. `beforeStoring` is done where it is going to be stored beyond this machine, before the first write.
 */
async function hand_over_handOver(step, made, handover, prepare, beforeStoring) {
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
        const nobodyHasIt = error instanceof keys_step/* DeliveryError */.VE ? error.nobodyHasIt : true;
        if (nobodyHasIt)
            await hand_over_undo(step, made);
        else {
            step.log.warning(`The new secret of service account ${lease.clientId} stays: some of it may have been stored. Atlas ends it on ` +
                `${(0,keys_mark/* isoSeconds */.nE)(secret.expiresAt)}.`);
        }
        throw error;
    }
    step.journal({ phase: 'handedOut', ...lease });
}
/** Deletes a secret that nobody has. What fails here is only told: post does it again, and in the end Atlas does. */
async function hand_over_undo(step, { lease, secret }) {
    try {
        await takeBack(step, lease);
        step.journal({ phase: 'idle' });
    }
    catch (error) {
        step.journal({ phase: 'made', ...lease });
        step.log.warning(`The new secret of service account ${lease.clientId} could not be deleted yet; the post step tries again, and Atlas ends ` +
            `it on ${(0,keys_mark/* isoSeconds */.nE)(secret.expiresAt)}. ${(0,errors/* messageOf */.bD)(error)}`);
    }
}
/**
 * Whether a client secret that was stored in an earlier run is one of the account that was found; `undefined` where none
 * is given. Atlas masks secrets wholly, so only a sign-in tells.
 */
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

;// CONCATENATED MODULE: ./lib/accounts/journal.js
/** The lease of a secret that this step has just made. */
function leaseOf(purpose, place, { id, expiresAt }) {
    return { credential: 'serviceAccount', purpose, ...place, secretId: id, expiresAt };
}

;// CONCATENATED MODULE: ./lib/accounts/make-account.js
/**
 * Finding the one account of a name that is to last, or making it: any number of steps at the same moment leave one. It is
 * made under a description that says pending, by the election of keys (docs/lifecycle.md).
 */







/** How long after its deadline a maker's last call may still reach the service, in milliseconds. */
const make_account_GRACE = 60_000;
/** The longest `timeout` and that grace: a note that claims more is not waited for. */
const make_account_LONGEST_MAKING = 11 * 60_000;
/**
 * The account of this name, once nobody is making it any more; `undefined` where there is none. Those whose makers are
 * gone are removed. Throws `KeyError` where there are several.
 */
async function findAccount(step, { groupIds: [groupId], desc }, orgId) {
    for (let saidWaiting = false;;) {
        const family = await make_account_readFamily(step, groupId, desc);
        const made = family.filter(isMade);
        if (made.length > 1) {
            throw new keys_step/* KeyError */.eN(`${made.length} service accounts of the project are named "${desc}": ${made.map(({ clientId }) => clientId).join(', ')}. ` +
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
        await step.pause(LOOK_AGAIN);
    }
}
/** Makes the account with its first secret; `undefined` when another maker has it. After a failure it is gone. */
async function makeAccount(step, { groupIds: [groupId], desc, roles, hours }, orgId, purpose) {
    const until = step.atlas.serviceNow() + step.remaining() + make_account_GRACE;
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
        const family = await make_account_readFamily(step, groupId, desc);
        const makers = family
            .filter((account) => isInTheMaking(account, step))
            .map((account) => account.clientId);
        const election = electionOf(family.some(isMade), makers, clientId);
        if (election !== 'undecided')
            return election === 'won';
        await step.pause(LOOK_AGAIN);
    }
}
async function make_account_readFamily(step, groupId, desc) {
    return lasting(familyOf(desc, await step.atlas.accounts.list(groupId), step.caller));
}
function isMade({ description }) {
    return readNote(description)?.pending === undefined;
}
/** Whether the maker of an account may still be at work, by the service's clock. */
function isInTheMaking({ description }, step) {
    const until = readNote(description)?.pending?.until ?? 0;
    const now = step.atlas.serviceNow();
    return now <= until && until <= now + make_account_LONGEST_MAKING;
}
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
            throw new keys_step/* KeyError */.eN(`secretExpiresAfter is ${hours}h, and organisation ${orgId} lets no secret of a service account live longer than ` +
                `${longest}h. Set secretExpiresAfter: ${longest}h, or have an Organization Owner raise that limit.`, { cause: error });
        }
        if (error.kind === 'badRequest' || clientId === undefined)
            throw error;
        throw new keys_step/* KeyError */.eN(`${error.message} Service account ${clientId} is out of a Project Owner's reach where it is in a second project or has an ` +
            'organisation role: declare another desc then.', { cause: error });
    }
}

;// CONCATENATED MODULE: ./lib/accounts/ensure.js








/** A secret that ends sooner than this is warned of, in milliseconds. */
const SOON = 14 * 24 * 3_600_000;
async function ensureAccount(step, request) {
    const { groupIds, handover } = request;
    const [groupId] = groupIds;
    const [{ orgId }, entries] = await Promise.all([
        step.atlas.readProject(groupId),
        resolveAccessList(step, handover.accessList),
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
        await hand_over_handOver(step, made, handover, () => bringAccessList(step, made.lease, entries), async () => void (await settle()));
        if (handover.store === undefined)
            await settle();
        step.journal({ phase: 'idle' });
        step.log.info(`Atlas ends the secret of service account ${clientId} on ${(0,keys_mark/* isoSeconds */.nE)(made.secret.expiresAt)}.`);
        return outcome({
            result: 'created',
            changed: true,
            ...hand_over_factsOf(made.account, { orgId, groupIds }, made.secret),
        });
    }
}
async function useAccount(step, request, account, orgId) {
    const { groupIds, roles, knownClientSecret: known } = request;
    const { clientId } = account;
    step.log.info(`Found service account ${clientId} in the project.`);
    if ((await knownSecretFits(step, clientId, request)) === false) {
        throw new keys_step/* KeyError */.eN(`knownPrivateKey is not a secret of service account ${clientId}. Store the secret again, or use mode: rotate, which ` +
            'makes a new one when the stored secret does not fit.');
    }
    const changed = await bringRoles(step, request, account, orgId);
    const { current } = standingOf(account, step.atlas.serviceNow(), known);
    if (current === undefined) {
        step.log.warning(`Service account ${clientId} has no secret that still works. Use mode: rotate to make one.`);
    }
    else if (current.expiresAt - step.atlas.serviceNow() < SOON) {
        step.log.warning(`Secret ${current.id} of service account ${clientId} ends on ${(0,keys_mark/* isoSeconds */.nE)(current.expiresAt)}. Use mode: rotate to ` +
            'replace it before.');
    }
    return outcome({
        result: changed ? 'updated' : 'unchanged',
        changed,
        ...hand_over_factsOf({ ...account, roles }, { orgId, groupIds }, current),
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
        resolveAccessList(step, handover.accessList),
    ]);
    const { account, secret } = await takePlace(step, request, leasable(familyOf(desc, accounts, step.caller), step.atlas.serviceNow()), orgId);
    const { clientId } = account;
    const purpose = { mode: 'ephemeral', onRevokeFailure };
    const made = { account, secret, lease: leaseOf(purpose, { desc, groupId, orgId, clientId }, secret) };
    step.journal({ phase: 'made', ...made.lease });
    await hand_over_handOver(step, made, handover, () => bringAccessList(step, made.lease, entries, hours * lease_HOUR), async () => { });
    step.log.info(`Made a secret of service account ${clientId} for this run. The post step deletes it; if that cannot run, Atlas ` +
        `ends it on ${(0,keys_mark/* isoSeconds */.nE)(secret.expiresAt)}.`);
    return outcome({
        result: 'created',
        changed: true,
        ...hand_over_factsOf(account, { orgId, groupIds, standing: 'ephemeral' }, secret),
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
            if (!(0,keys_key/* sameRoles */.io)(account.roles, roles))
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
        resolveAccessList(step, handover.accessList),
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
    await hand_over_handOver(step, made, handover, () => bringAccessList(step, lease, entries), () => noteNext(step, lease, 'stored'));
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
    return outcome({
        result: lease.former === undefined ? 'created' : 'rotated',
        changed: true,
        ...hand_over_factsOf(account, { orgId, groupIds, ...(commit === 'job' && { standing: 'undecided' }) }, secret, former),
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
        ? `it ends on ${(0,keys_mark/* isoSeconds */.nE)(expiresAt)}, before a rotation would be due, so a new one is due now.`
        : undefined;
}
async function keep(step, request, account, current, orgId) {
    const changed = await bringRoles(step, request, account, orgId);
    step.log.info(`Secret ${current.id} of service account ${account.clientId} is younger than rotateAfter; it stays.`);
    const known = request.knownClientSecret;
    return outcome({
        result: changed ? 'updated' : 'unchanged',
        changed,
        ...hand_over_factsOf({ ...account, roles: request.roles }, { orgId, groupIds: request.groupIds }, { ...current, ...(known !== undefined && { secret: known }) }),
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
        throw new keys_step/* KeyError */.eN(`Service account ${clientId} is not this step's to change: ${why}. Declare another desc.`);
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
            step.log.info(`Atlas ends the former secret ${former.id} by ${(0,keys_mark/* isoSeconds */.nE)(former.expiresAt)}.`);
        }
        await noteNext(step, full, 'open');
        return { account: { ...found, roles }, secret, lease: full };
    }
    catch (error) {
        await hand_over_undo(step, { lease, secret });
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
    return new keys_step/* KeyError */.eN(readNote(description)?.next?.id === id
        ? `Another run made secret ${id} of service account ${clientId}, and its job has not decided about it yet, so no other was ` +
            'made. Run the job again when that one has ended; if it was lost, delete that secret in Atlas.'
        : `Service account ${clientId} has no place for another secret: ${id} was made by somebody else, or by a run that was lost ` +
            `just then, and ends on ${(0,keys_mark/* isoSeconds */.nE)(expiresAt)}. Delete it in Atlas if nobody needs it, or declare another desc.`);
}

;// CONCATENATED MODULE: ./lib/keys/commit.js
/** How a rotation becomes final, and which keys go then. */





/**
 * Makes the rotation's key the current one: the former become previous, then it gets the plain text, then those
 * beyond `keepPrevious` are retired. May be run again after it was interrupted. Throws `KeyError` when the key is gone.
 */
async function commitRotation(step, rotation) {
    const { desc, apiUserId, groupIds } = rotation;
    const first = await readFamily(step.atlas, groupIds[0], desc);
    const mine = first.find((member) => member.key.id === apiUserId);
    if (mine === undefined || mine.state === 'retired') {
        throw new keys_step/* KeyError */.eN(`Key ${apiUserId} that this rotation made is no longer in use, so it cannot become current. No other key was ` +
            'changed. Somebody revoked it. Run the job again.');
    }
    // What was stored last is the newest; docs/lifecycle.md says why.
    const isSuperseded = (family) => {
        const newest = newestCurrent(step, rotation, family);
        return newest !== undefined && (0,keys_key/* newestFirst */.ll)(newest.key, mine.key) < 0;
    };
    if (isSuperseded(first)) {
        await demote(step, rotation, mine);
        return superseded(await readFamily(step.atlas, groupIds[0], desc));
    }
    const former = membersIn(first, 'current').filter((member) => member !== mine);
    await Promise.all(former.map((member) => demote(step, rotation, member)));
    const last = await becomeCurrent(step, rotation, apiUserId);
    if (isSuperseded(last))
        return superseded(last);
    const retired = await retireMembers(step, rotation, [
        // An earlier try had made it current already. What has become previous since then is left to the next rotation.
        ...(mine.state === 'current' ? [] : supersededToRetire(first, last, rotation)),
        ...abandonedToRetire(first, rotation, step.atlas.serviceNow()),
    ]);
    return { outcome: 'committed', retired: retired.map(({ key }) => key.id), family: rowsOf(last, retired) };
}
function superseded(family) {
    return { outcome: 'superseded', retired: [], family: rowsOf(family, []) };
}
/** Retires these members side by side, each where it lies within the remit. Returns those that went. */
async function retireMembers(step, place, members) {
    const { deleted } = await retireFound(step, members.map(({ key }) => key), { place, claim: 'member', why: whatItWas, next: 'the next rotation' });
    return members.filter(({ key }) => deleted.includes(key));
}
/** The family as a table, newest first, with what this step deleted. */
function rowsOf(family, retired) {
    const gone = new Set(retired.map(({ key }) => key.id));
    const alive = family.filter(({ key }) => !gone.has(key.id));
    return [...alive, ...retired]
        .sort((left, right) => (0,keys_key/* newestFirst */.ll)(left.key, right.key))
        .map(({ key, state }) => ({
        apiUserId: key.id,
        publicKey: key.publicKey,
        state: gone.has(key.id) ? 'revoked' : state,
    }));
}
/** No job runs longer, in milliseconds: https://docs.github.com/en/actions/reference/limits has five days. */
const commit_LONGEST_JOB = 6 * 24 * 3_600_000;
/**
 * Which superseded members a commit retires: all but the one that was current in its first look and then the newest, up
 * to `keepPrevious`. They are counted as the last look shows them. What is current there, or was demoted only since the
 * first, is left to the next rotation: somebody may just have got it.
 */
function supersededToRetire(first, last, { apiUserId, nonce, purpose: { keepPrevious } }) {
    const before = allBut(apiUserId, first);
    const previous = membersIn(before, 'previous');
    // Where an earlier try has demoted it, the former current key is known by the nonce with which it did.
    const formerFirst = [
        ...membersIn(before, 'current'),
        ...previous.filter(({ mark }) => mark?.nonce === nonce),
        ...previous,
    ];
    const known = formerFirst.map(({ key }) => key.id);
    const superseded = membersIn(allBut(apiUserId, last), 'current', 'previous');
    const isFormer = ({ key }) => key.id === known[0];
    return [...superseded.filter(isFormer), ...superseded.filter((member) => !isFormer(member))]
        .slice(keepPrevious)
        .filter(({ key, state }) => state === 'previous' && known.includes(key.id));
}
/**
 * Which members go with any rotation, final or not: undecided ones whose job cannot commit them any more, but for the
 * newest `keepPrevious` and the key that stands in for a current one; and what is retired already.
 */
function abandonedToRetire(family, { apiUserId, purpose: { keepPrevious } }, serviceNow) {
    const others = allBut(apiUserId, family);
    const acting = actingCurrent(others);
    const undecided = membersIn(others, 'undecided').slice(keepPrevious);
    return [
        ...undecided.filter((member) => member !== acting && serviceNow - (0,keys_key/* createdAt */.CT)(member.key.id) > commit_LONGEST_JOB),
        ...membersIn(others, 'retired'),
    ];
}
function allBut(apiUserId, family) {
    return family.filter(({ key }) => key.id !== apiUserId);
}

;// CONCATENATED MODULE: ./lib/keys/settle.js
/**
 * What post does about the key that main made, from the journal alone: finish what was begun, or undo it. May be
 * run again at any point.
 */






/** A create that was on its way when its process died may arrive this much later, in milliseconds. */
const LATE_CREATE = 1_500;
/**
 * Decides from the journal and the job's status, which is undefined where the runner did not say; `undefined` when
 * nothing is left, and no call is needed.
 */
function unfinishedBusiness(entry, jobStatus) {
    switch (entry.phase) {
        case 'idle':
            return undefined;
        case 'making':
            return { task: 'findUnanswered', entry };
        case 'made':
            return { task: entry.purpose.mode === 'ephemeral' ? 'revoke' : 'withdraw', made: entry };
        case 'delivering':
            return { task: 'markUndecided', made: entry, why: 'the step ended while it stored the key' };
        case 'open':
            return isFinal(entry.purpose, jobStatus)
                ? { task: 'commit', made: entry }
                : { task: 'leaveUndecided', made: entry, why: whyOpen(jobStatus) };
        case 'handedOut': {
            const { purpose, ...made } = entry;
            switch (purpose.mode) {
                case 'ephemeral':
                    return { task: 'revoke', made: entry };
                case 'ensure':
                    return { task: 'finishEnsure', made: entry };
                case 'rotate':
                    return isFinal(purpose, jobStatus)
                        ? { task: 'commit', made: { ...made, purpose } }
                        : { task: 'markUndecided', made: entry, why: whyOpen(jobStatus) };
            }
        }
    }
}
function whyOpen(jobStatus) {
    return jobStatus === undefined
        ? 'the runner did not tell the post step how the job went (inside composite actions inputs get lost; commit: step ' +
            'does not wait for the job)'
        : 'the job did not succeed';
}
function isFinal({ commit }, jobStatus) {
    return jobStatus === 'success' || commit === 'step';
}
/** The unfinished business as a sentence, for the person who has to do it by hand. */
function tellUnfinished(unfinished) {
    switch (unfinished.task) {
        case 'findUnanswered':
            return (`A key with the mark ${unfinished.entry.nonce} may have been made in project ` +
                `${unfinished.entry.groupIds[0]} and is held by nobody: delete it if it is there.`);
        case 'withdraw':
        case 'revoke':
            return `Key ${unfinished.made.apiUserId} of organisation ${unfinished.made.orgId} is still alive: delete it.`;
        case 'finishEnsure':
            return (`Key ${unfinished.made.apiUserId} of project ${unfinished.made.groupIds[0]} was handed out and still carries a ` +
                `mark: give it the description "${unfinished.made.desc}".`);
        case 'commit':
            return (`The rotation to key ${unfinished.made.apiUserId} of project ${unfinished.made.groupIds[0]} is not final. ` +
                `${tellFormer(unfinished.made)} The next rotation makes another key.`);
        case 'markUndecided':
        case 'leaveUndecided':
            return (`Key ${unfinished.made.apiUserId} of project ${unfinished.made.groupIds[0]} stays alive, undecided, because ` +
                `${unfinished.why}, and somebody may have stored it. ` +
                (unfinished.made.purpose.mode === 'ensure'
                    ? 'The next run makes another one. Delete this one when nobody holds it.'
                    : `Later rotations remove it. ${tellFormer(unfinished.made)}`));
    }
}
/** Which key others find meanwhile. */
function tellFormer({ purpose }) {
    return purpose.mode === 'rotate' && purpose.former !== undefined
        ? `The former key ${purpose.former} stays current.`
        : 'There was no current key before it.';
}
/** Finishes or undoes. Throws `AtlasError` or `KeyError` when that was not possible. */
async function settle(step, unfinished) {
    const settlement = await carryOut(step, unfinished);
    if (unfinished.task !== 'findUnanswered' && unfinished.made.answerLost) {
        await retireStrays(step, unfinished.made, unfinished.made.apiUserId);
    }
    return settlement;
}
async function carryOut(step, unfinished) {
    switch (unfinished.task) {
        case 'findUnanswered':
            return findUnanswered(step, unfinished.entry);
        case 'withdraw':
            return withdraw(step, unfinished.made);
        case 'revoke':
            return revokeEphemeral(step, unfinished.made);
        case 'finishEnsure':
            return finishEnsure(step, unfinished.made);
        case 'commit':
            return commit(step, unfinished.made);
        case 'markUndecided':
            return keepUndecided(step, unfinished.made, unfinished.why);
        case 'leaveUndecided':
            return warn(step, tellUnfinished(unfinished));
    }
}
function warn(step, warning) {
    step.log.warning(warning);
    return { warning };
}
async function findUnanswered(step, entry) {
    let deleted = await retireStrays(step, entry);
    if (deleted === 0) {
        await step.pause(LATE_CREATE);
        deleted = await retireStrays(step, entry);
    }
    step.log.info(deleted === 0
        ? 'A create of this step was not answered; no key came of it.'
        : 'A create of this step was not answered; the key that came of it, which nobody holds, was deleted.');
    return {};
}
async function withdraw(step, made) {
    const { apiUserId, orgId } = made;
    if ((await retireMade(step, made)) === 'unassigned')
        return warn(step, livesOn(apiUserId, orgId));
    step.log.info(`The step ended before key ${apiUserId} was final; it was deleted.`);
    return {};
}
async function revokeEphemeral(step, made) {
    const { purpose, apiUserId, orgId } = made;
    const retirement = await retireMade(step, made);
    if (retirement === 'unassigned') {
        const warning = livesOn(apiUserId, orgId);
        const mustFail = purpose.mode === 'ephemeral' && purpose.onRevokeFailure === 'fail';
        return mustFail ? { problem: warning } : warn(step, warning);
    }
    step.log.info(retirement === 'deleted' ? `Revoked key ${apiUserId}.` : `Key ${apiUserId} was gone already.`);
    return {};
}
/** The key was handed out, and what ends its making is missing. */
async function finishEnsure(step, made) {
    const { desc, groupIds, apiUserId } = made;
    const family = await readFamily(step.atlas, groupIds[0], desc);
    const mine = family.find(({ key }) => key.id === apiUserId);
    switch (mine?.state) {
        case undefined:
            return warn(step, `Key ${apiUserId}, which this step handed out, is gone: somebody else deleted it. Run the job again for a new one.`);
        case 'pending':
            // Its time may be over, and another run may have made the key meanwhile.
            if (membersIn(family, 'current').length > 0)
                return withdraw(step, made);
            break;
        case 'undecided':
            break;
        case 'retired':
            return withdraw(step, made);
        case 'current':
            await demoteOlder(step, made);
            return {};
        default:
            // It was current, and a later rotation has superseded it.
            return {};
    }
    await becomeCurrent(step, made, apiUserId);
    step.log.info(`The step had ended before key ${apiUserId} got its description; it has it now.`);
    return {};
}
/** The key was handed out, or may have been, and the job did not succeed. */
async function keepUndecided(step, made, why) {
    const { desc, groupIds, apiUserId } = made;
    const family = await readFamily(step.atlas, groupIds[0], desc);
    const mine = family.find(({ key }) => key.id === apiUserId);
    if (mine === undefined || mine.state === 'retired') {
        return warn(step, `Key ${apiUserId}, which this step made, is no longer in use: somebody revoked it. ${tellFormer(made)}`);
    }
    if (mine.mark?.until !== undefined)
        await markUndecided(step, made, apiUserId);
    return warn(step, tellUnfinished({ task: 'leaveUndecided', made, why }));
}
async function commit(step, made) {
    const done = await commitRotation(step, made);
    step.log.info(done.outcome === 'committed'
        ? `The rotation is final: key ${made.apiUserId} is current.`
        : `A newer rotation was committed meanwhile; key ${made.apiUserId} counts as previous.`);
    return { commit: done };
}
/**
 * Whether post may only warn about this failure: the user said so, or nothing can be lost by it. A limit alone is no
 * reason to leave a key behind unseen: it strikes many jobs at once, and will again.
 */
function mayWarn(unfinished, error) {
    const reasons = [error, error instanceof Error && error.cause];
    if (reasons.some((reason) => isAtlasError(reason, 'rateLimited')))
        return false;
    if (unfinished.task === 'revoke') {
        const { purpose } = unfinished.made;
        return purpose.mode === 'ephemeral' && purpose.onRevokeFailure === 'warn';
    }
    return unfinished.task !== 'commit' || isAtlasError(error, 'gone');
}

;// CONCATENATED MODULE: ./lib/keys/dry-run.js
/**
 * dryRun: the mode itself, and then what the job's success would bring, on an Atlas that reads from the real one and only
 * remembers what is written. What differs in the end is the plan, so it cannot say anything else than what would be done.
 */





/** Carries out `mode` and its post without changing anything. Warnings are told; of what is not so, nothing is. */
async function rehearse(step, mode) {
    const memory = dry_run_rememberWrites(step.atlas);
    let entry = { phase: 'idle' };
    const acting = {
        ...step,
        atlas: memory.atlas,
        undoing: memory.atlas,
        log: { ...step.log, info: () => { }, notice: () => { } },
        journal: (next) => {
            // not covered: a mode for API keys makes no other entry, which the types do not know.
            if (!('credential' in next))
                entry = next;
        },
        deliver: async () => { },
        recall: () => { },
    };
    const { facts, problem } = await mode(acting);
    const atOnce = new Map(memory.written);
    const unfinished = unfinishedBusiness(entry, 'success');
    if (unfinished !== undefined)
        await settle(acting, unfinished);
    const key = facts && memory.found.get(facts.key.id);
    return outcome({
        result: 'planned',
        changed: false,
        plan: changesIn(memory, atOnce),
        ...(facts && key && { facts: { ...facts, roles: (0,keys_key/* rolesIn */.t4)(facts.groupIds[0], key) } }),
        ...(problem !== undefined && { problem }),
    });
}
function dry_run_rememberWrites(real) {
    const found = new Map();
    const written = new Map();
    const list = (keys, within) => {
        for (const key of keys)
            found.set(key.id, key);
        const now = new Map([...keys.map((key) => [key.id, key]), ...written]);
        return [...now.values()].filter((key) => key !== undefined).filter(within);
    };
    const current = (apiUserId) => {
        const key = written.has(apiUserId) ? written.get(apiUserId) : found.get(apiUserId);
        // not covered: no mode asks for a key that it has deleted.
        if (key === undefined)
            throw new errors/* AtlasError */.qL(`Key ${apiUserId} is gone.`, { kind: 'gone' });
        return key;
    };
    const write = (apiUserId, change) => {
        const before = current(apiUserId);
        const after = { ...before, ...change(before) };
        written.set(apiUserId, after);
        return after;
    };
    const giveRoles = (groupId, apiUserId, roles) => write(apiUserId, (key) => ({
        roles: [
            ...key.roles.filter((role) => role.groupId !== groupId),
            ...roles.map((roleName) => ({ roleName, groupId })),
        ],
    }));
    /** Of a service account Atlas does not tell the roles; then only the real run finds out whether it may delete. */
    let caller;
    const isIn = (groupId) => (key) => (0,keys_key/* rolesIn */.t4)(groupId, key).length > 0;
    return {
        found,
        written,
        atlas: {
            ...real,
            listProjectKeys: async (groupId) => list(await real.listProjectKeys(groupId), isIn(groupId)),
            listOrganizationKeys: async (orgId) => list(await real.listOrganizationKeys(orgId), () => true),
            readOrganizationKey: async (orgId, apiUserId) => {
                if (!written.has(apiUserId))
                    found.set(apiUserId, await real.readOrganizationKey(orgId, apiUserId));
                return current(apiUserId);
            },
            createKey: async (groupId, { desc, roles }) => {
                const { orgId } = await real.readProject(groupId);
                // Newer than any key that is there.
                const id = Math.floor(real.serviceNow() / 1000).toString(16) + 'f'.repeat(16);
                const key = {
                    id,
                    publicKey: 'new',
                    desc,
                    privateKeyTail: '',
                    roles: [{ roleName: 'ORG_MEMBER', orgId }, ...roles.map((roleName) => ({ roleName, groupId }))],
                };
                written.set(id, key);
                return { ...key, privateKey: '' };
            },
            assignKey: async (groupId, apiUserId, roles) => void giveRoles(groupId, apiUserId, roles),
            updateRoles: async (groupId, apiUserId, roles) => giveRoles(groupId, apiUserId, roles),
            renameKey: async ({ apiUserId }, desc) => write(apiUserId, () => ({ desc })),
            unassignKey: async (groupId, apiUserId) => {
                giveRoles(groupId, apiUserId, []);
                return 'deleted';
            },
            deleteKey: async (_orgId, apiUserId) => {
                caller ??= real.whoAmI();
                const known = await caller;
                if (known !== undefined && !(0,keys_key/* isOwner */.u8)(known)) {
                    throw new errors/* AtlasError */.qL(`Key ${apiUserId} may not be deleted.`, { kind: 'notAllowed' });
                }
                written.set(apiUserId, undefined);
                return 'deleted';
            },
            signInAs: async (key) => (key.publicKey === 'new' ? undefined : real.signInAs(key)),
            addAccessListEntries: async () => { },
        },
    };
}
/** What was written, in the order of its beginning; `atOnce` is how far the step itself got. */
function changesIn({ found, written }, atOnce) {
    return [...written].flatMap(([id, after]) => {
        const later = after === atOnce.get(id) && atOnce.has(id) ? '' : ' when the job succeeds';
        const before = found.get(id);
        if (before === undefined)
            return planOfNew(atOnce.get(id), after, later);
        const key = { id, publicKey: before.publicKey };
        const was = `is ${stateOf(before)}`;
        if (after === undefined) {
            const what = `"${before.desc}", ${was}${later === '' ? '' : `, goes${later}`}`;
            return [{ action: 'revoke', key, what }];
        }
        const renamed = after.desc === before.desc
            ? []
            : [{ action: 'rename', key, what: `${was}, becomes ${stateOf(after)}${later}` }];
        return [...renamed, ...planOfRoles(key, before, after)];
    });
}
function planOfNew(made, after, later) {
    // not covered: what follows on the step itself makes no key.
    if (made === undefined)
        return [];
    const text = (0,keys_mark/* readMark */.Mp)(made.desc)?.text ?? made.desc;
    const [first, ...others] = [...new Set(made.roles.flatMap(({ groupId }) => groupId ?? []))];
    const roles = (0,keys_key/* rolesIn */.t4)(`${first}`, made);
    const elsewhere = others.length === 0 ? '' : `, assigned to ${others.join(', ')}`;
    const end = after === undefined ? ', revoked when the job ends' : `, ${stateOf(after)}${later || ' at once'}`;
    return [
        { action: 'create', what: `"${text}" with ${roles.join(', ')} in project ${first}${elsewhere}${end}` },
    ];
}
function planOfRoles(key, before, after) {
    const projects = new Set([...before.roles, ...after.roles].flatMap(({ groupId }) => groupId ?? []));
    return [...projects].flatMap((groupId) => {
        const [was, is] = [(0,keys_key/* rolesIn */.t4)(groupId, before), (0,keys_key/* rolesIn */.t4)(groupId, after)];
        if ((0,keys_key/* sameRoles */.io)(was, is))
            return [];
        const old = was.length === 0 ? '' : `, was ${was.join(', ')}`;
        if (is.length === 0)
            return [{ action: 'unassign', key, what: `from project ${groupId}${old}` }];
        return [
            {
                action: was.length === 0 ? 'assign' : 'update',
                key,
                what: `${is.join(', ')} in project ${groupId}${old}`,
            },
        ];
    });
}
function stateOf({ desc }) {
    return (0,keys_mark/* readMark */.Mp)(desc)?.mark.state ?? 'current';
}

;// CONCATENATED MODULE: ./lib/keys/converge.js




/** Assigns or updates where the roles differ. Never touches the caller's own key. */
async function converge(step, convergence) {
    const { request, key, orgId, desc, isPromoted, privateKey } = convergence;
    const changes = request.groupIds
        .map((groupId) => ({ groupId, was: (0,keys_key/* rolesIn */.t4)(groupId, key) }))
        .filter(({ was }) => !(0,keys_key/* sameRoles */.io)(was, request.roles));
    const facts = {
        key,
        desc,
        orgId,
        groupIds: request.groupIds,
        roles: [...request.roles].sort(),
    };
    if (changes.length > 0)
        await refuseOutside(step, convergence);
    const done = await Promise.allSettled(changes.map(({ groupId, was }) => was.length === 0
        ? step.atlas.assignKey(groupId, key.id, request.roles)
        : step.atlas.updateRoles(groupId, key.id, request.roles)));
    tellOf(step, changes, done, key);
    const changed = changes.length > 0 || isPromoted;
    if (!changed)
        step.log.info(`Key ${(0,keys_step/* nameOf */.Vb)(key)} has these roles already.`);
    return outcome({
        result: changes.some(({ was }) => was.length === 0) ? 'assigned' : changed ? 'updated' : 'unchanged',
        changed,
        facts,
        ...(privateKey === undefined ? {} : { privateKey }),
    });
}
/** A key that this step may not touch keeps its roles, and then the declared ones cannot be had. */
async function refuseOutside(step, { request, key, claim, orgId }) {
    const isOwn = key.publicKey === step.caller;
    if (claim === 'named' && !isOwn)
        return;
    const verdict = await judge(step, key, claim, { orgId, groupIds: request.groupIds });
    if ('key' in verdict)
        return;
    throw new keys_step/* KeyError */.eN(`Key ${(0,keys_step/* nameOf */.Vb)(key)} has other roles than those declared, and this step may not change them: ${verdict.why}. ` +
        `${isOwn ? 'Sign in with another key' : 'Name the key with apiUserId if it is the one that is meant'}, or declare another desc.`);
}
/**
 * The key with its roles everywhere: a project's list need not show the roles in other projects, so a request
 * that names several reads the key in the organisation.
 */
async function readRolesEverywhere(step, key, orgId, groupIds) {
    return groupIds.length === 1 ? key : step.atlas.readOrganizationKey(orgId, key.id);
}
/** Says what was done; on a failure half-way also that it stays, since the key was there before. */
function tellOf(step, changes, done, key) {
    changes.forEach(({ groupId, was }, index) => {
        if (done[index]?.status !== 'fulfilled')
            return;
        step.log.info(was.length === 0
            ? `Assigned key ${(0,keys_step/* nameOf */.Vb)(key)} to project ${groupId}.`
            : `Updated the roles of key ${(0,keys_step/* nameOf */.Vb)(key)} in project ${groupId}, was ${was.join(', ')}.`);
    });
    const failed = done.find((result) => result.status === 'rejected');
    if (failed === undefined)
        return;
    if (done.some((result) => result.status === 'fulfilled')) {
        step.log.warning(`Key ${(0,keys_step/* nameOf */.Vb)(key)} has its new roles in some of the projects only; the next run goes on from there.`);
    }
    throw failed.reason;
}

;// CONCATENATED MODULE: ./lib/keys/known-secret.js
/** Whether a secret that was stored in an earlier run is the secret of the key that was found. */


/**
 * Compares the tail with the one that Atlas shows, which costs no call, then signs in. Where the key's access
 * list refuses this machine's address, the tail (12 characters) has to do. `undefined` where no secret is given.
 */
async function checkKnownSecret(step, key, { knownPrivateKey: privateKey, knownPublicKey }) {
    if (privateKey === undefined)
        return undefined;
    if (knownPublicKey !== undefined && knownPublicKey !== key.publicKey)
        return 'otherKey';
    if (key.privateKeyTail !== '' && !privateKey.endsWith(key.privateKeyTail))
        return 'tailDiffers';
    try {
        await step.atlas.signInAs({ publicKey: key.publicKey, privateKey });
        return 'fits';
    }
    catch (error) {
        if ((0,errors/* isAtlasError */.yH)(error, 'addressRefused')) {
            step.log.warning(`Key ${(0,keys_step/* nameOf */.Vb)(key)} may not be used from this machine: its own access list does not hold this machine's address. ` +
                'Add the address to it in Atlas, if the key is for this machine.');
            return 'fits';
        }
        if ((0,errors/* isAtlasError */.yH)(error, 'credentials'))
            return 'refused';
        throw error;
    }
}
/** The secret to hand on: the known one where it fits. Throws `KeyError` where one is given that does not. */
async function acceptKnownSecret(step, key, known) {
    const verdict = await checkKnownSecret(step, key, known);
    if (verdict === undefined)
        return undefined;
    if (verdict === 'fits') {
        step.log.info(`knownPrivateKey is the secret of key ${(0,keys_step/* nameOf */.Vb)(key)}; it is handed on.`);
        return known.knownPrivateKey;
    }
    throw new keys_step/* KeyError */.eN(`knownPrivateKey is not the secret of key ${(0,keys_step/* nameOf */.Vb)(key)}: ${misfit(verdict, known)}. Store the secret again, or use mode: ` +
        'rotate, which makes a new key when the stored secret does not fit.');
}
function misfit(verdict, { knownPublicKey }) {
    switch (verdict) {
        case 'otherKey':
            return `it belongs to the key ${knownPublicKey}`;
        case 'tailDiffers':
            return 'its end is another one';
        case 'refused':
            return 'Atlas refuses it';
    }
}
/** The member of the family that the known secret belongs to, by public key or by tail; not yet signed in with. */
function memberOfSecret(family, { knownPrivateKey, knownPublicKey }) {
    if (knownPrivateKey === undefined)
        return undefined;
    return family.find(({ key }) => knownPublicKey === undefined
        ? key.privateKeyTail !== '' && knownPrivateKey.endsWith(key.privateKeyTail)
        : key.publicKey === knownPublicKey);
}

;// CONCATENATED MODULE: ./lib/keys/make-current.js
/**
 * How ensure makes the key: as pending, in an election with all others who do the same, and current only when it has
 * been handed out.
 */









/** Makes the key; `undefined` when another maker has it. */
async function makeCurrent(step, request, desc) {
    const { groupIds, roles, handover } = request;
    const entries = await resolveAccessList(step, handover.accessList);
    const made = await makePendingKey(step, { purpose: { mode: 'ensure' }, desc, groupIds, roles });
    if (!(await make_current_isElected(step, made, request, entries))) {
        await undo(step, made);
        return undefined;
    }
    step.log.info(`Created key ${(0,keys_step/* nameOf */.Vb)(made.key)}.`);
    if ((await handOver(step, made, handover.store)) === 'tooLate') {
        await undo(step, made);
        return undefined;
    }
    const family = await finish(step, made, handover.store !== undefined);
    if (handover.store === undefined) {
        step.log.notice(`Key ${(0,keys_step/* nameOf */.Vb)(made.key)} is permanent, and this step did not store its private key: unless a later step of this job ` +
            'does, nobody has it when the job ends. Give githubToken and combinedSecret and let mode: rotate make a new key, or ' +
            'use mode: ephemeral for a key that ends with the job.');
    }
    const retired = await retireDead(step, made, deadPending(family, step.atlas.serviceNow()));
    return outcome({
        result: 'created',
        changed: true,
        facts: factsOf(made),
        privateKey: made.key.privateKey,
        retired,
    });
}
/** Makes the key usable and stands for election with it. After a failure the key is gone. */
async function make_current_isElected(step, made, { handover }, entries) {
    const { intent } = made;
    try {
        const [family] = await Promise.all([
            readFamily(step.atlas, intent.groupIds[0], intent.desc),
            makeUsable(step, made, handover, entries),
        ]);
        return await winElection(step, family, intent);
    }
    catch (error) {
        await undo(step, made);
        throw error;
    }
}
/**
 * The last rename. It stays within the deadline that the mark tells everybody, because every call does. When it is
 * refused for good, a key that was not stored is undone; when it is only unanswered, post sends it again. Returns the
 * family.
 */
async function finish(step, made, isStored) {
    const { intent } = made;
    try {
        await givePlainText(step, intent, intent.apiUserId);
    }
    catch (error) {
        if (!isStored && (0,errors/* isAtlasError */.yH)(error, 'notAllowed', 'badRequest', 'gone')) {
            step.recall();
            await undo(step, made);
        }
        throw error;
    }
    try {
        // A rotation takes no part in the election: it may have committed since.
        const family = await demoteOlder(step, intent);
        step.journal(nothingLeft(intent));
        return family;
    }
    catch {
        step.log.warning('Whether a rotation was committed at the same moment is left to the post step to find out.');
        return [];
    }
}
/** Pending keys of makers that are gone: after the new key is safe, and only as a favour. */
async function retireDead(step, { intent }, dead) {
    const { deleted } = await retireFound(step, dead.map(({ key }) => key), {
        place: intent,
        claim: 'leftOver',
        why: () => 'which a run that died had made and handed to nobody',
        next: 'a sweep',
    });
    return deleted.map(({ id }) => id);
}

;// CONCATENATED MODULE: ./lib/keys/ensure.js
/**
 * ensure: the key is there, once, with exactly the declared roles. Any number of these steps at the same moment
 * leave one key; one of them reports `created`.
 */











/** How often ensure looks again before it believes what only a commit in this very moment would explain. */
const LOOKS = 3;
async function ensure(step, request) {
    return request.key.by === 'apiUserId'
        ? ensureById(step, request, request.key.apiUserId)
        : ensureByDesc(step, request, request.key.desc);
}
async function ensureById(step, request, apiUserId) {
    const { orgId } = await step.atlas.readProject(request.groupIds[0]);
    const key = await step.atlas.readOrganizationKey(orgId, apiUserId);
    step.log.info(`Found key ${(0,keys_step/* nameOf */.Vb)(key)} in the organisation.`);
    return bringToDeclared(step, request, { key, claim: 'named', orgId, desc: key.desc, isPromoted: false });
}
async function ensureByDesc(step, request, desc) {
    const [groupId] = request.groupIds;
    let missed;
    for (let saidWaiting = false, looks = 0;;) {
        const family = await readFamily(step.atlas, groupId, desc);
        const stored = memberOfSecret(membersIn(family, 'undecided', 'previous'), request);
        if (stored !== undefined && stored !== actingCurrent(family)) {
            return useStored(step, request, desc, stored);
        }
        if (looks < LOOKS && isBetweenRenames(family)) {
            looks += 1;
            await step.pause(LOOK_AGAIN);
            continue;
        }
        const current = onlyCurrent(desc, family);
        if (current !== undefined) {
            if (missed?.apiUserId === current.key.id)
                throw missed.error;
            try {
                return await useCurrent(step, request, desc, current);
            }
            catch (error) {
                if (!(0,errors/* isAtlasError */.yH)(error, 'gone'))
                    throw error;
                // A rotation may have retired it since that look; another look tells.
                missed = { apiUserId: current.key.id, error };
                continue;
            }
        }
        const [rival] = inTheMaking(family, step.atlas.serviceNow());
        if (rival !== undefined) {
            if (!saidWaiting)
                step.log.info(`Another run is making this key (${(0,keys_step/* nameOf */.Vb)(rival.key)}); waiting for it.`);
            saidWaiting = true;
            await waitForRival(step, rival);
            continue;
        }
        await checkMayRename(step);
        const made = await makeCurrent(step, request, desc);
        if (made !== undefined)
            return made;
        step.log.info('Another run was first; using its key.');
    }
}
/** Within a commit no key is plain for a moment; of two at once both may be, until they have looked and renamed. */
function isBetweenRenames(family) {
    const plain = membersIn(family, 'current');
    return plain.length > 1 || (plain.length === 0 && actingCurrent(family) !== undefined);
}
/** The key that carries this text; the newest of those handed out where a commit was interrupted. */
function onlyCurrent(desc, family) {
    const plain = membersIn(family, 'current');
    if (plain.length > 1) {
        throw new keys_step/* KeyError */.eN(`${plain.length} keys of the project are named "${desc}": ${plain.map(({ key }) => (0,keys_step/* nameOf */.Vb)(key)).join(', ')}. Say ` +
            'which one with apiUserId, or give the others another description.');
    }
    return actingCurrent(family);
}
async function useCurrent(step, request, desc, current) {
    const [groupId] = request.groupIds;
    step.log.info(`Found key ${(0,keys_step/* nameOf */.Vb)(current.key)} in the project.`);
    tellWhatIsForNewKeys(step, request.handover);
    const orgId = await (0,keys_key/* organizationOfProject */.Sk)(step.atlas, groupId, [current.key]);
    let isPromoted = false;
    if (current.state !== 'current') {
        isPromoted = await promote(step, { groupIds: request.groupIds, orgId, desc }, current);
        if (isPromoted) {
            step.log.info('An earlier rotation was interrupted before it was final; this key is the newest that was handed out.');
        }
    }
    const key = await readRolesEverywhere(step, current.key, orgId, request.groupIds);
    return bringToDeclared(step, request, { key, claim: 'member', orgId, desc, isPromoted });
}
/**
 * The stored secret is that of a key that a rotation has superseded, or has not made final. Such keys stay alive for
 * those who hold them, and this job is one.
 */
async function useStored(step, request, desc, stored) {
    const [groupId] = request.groupIds;
    step.log.info(`knownPrivateKey belongs to key ${(0,keys_step/* nameOf */.Vb)(stored.key)}, which is ${stored.state} and still alive.`);
    const orgId = await (0,keys_key/* organizationOfProject */.Sk)(step.atlas, groupId, [stored.key]);
    const key = await readRolesEverywhere(step, stored.key, orgId, request.groupIds);
    return bringToDeclared(step, request, { key, claim: 'member', orgId, desc, isPromoted: false });
}
/** Brings the key that was found to the declared roles, and hands its secret on where that is known and fits. */
async function bringToDeclared(step, request, found) {
    const privateKey = await acceptKnownSecret(step, found.key, request);
    // With exportEnv, `exportVariables` says so.
    if (privateKey === undefined && !request.handover.exportEnv) {
        step.log.notice(`privateKey is empty: key ${(0,keys_step/* nameOf */.Vb)(found.key)} was there before this step, and Atlas shows a private key only when the ` +
            'key is made. To hand it out, give the stored one as knownPrivateKey, or let mode: rotate make a new key.');
    }
    return converge(step, { request, ...found, privateKey });
}
async function waitForRival(step, rival) {
    if (step.remaining() <= LOOK_AGAIN) {
        // not covered: every key in the making has that time in its mark; only the type of a member allows none.
        const until = rival.mark?.until === undefined ? 'a while' : (0,keys_mark/* isoSeconds */.nE)(rival.mark.until);
        throw new keys_step/* KeyError */.eN(`Another run began to make this key (${(0,keys_step/* nameOf */.Vb)(rival.key)}) and has not finished. If that run is gone, its key ` +
            `counts as left over after ${until}: run this job again then, or give a longer timeout.`);
    }
    await step.pause(LOOK_AGAIN);
}

;// CONCATENATED MODULE: ./lib/keys/sweep.js
/**
 * sweep: retires what runs left behind. Only what carries our mark, is due by the service's clock, and lies within the
 * remit; never one that may still be in use.
 */






/** The longest `ttl`, in milliseconds: a mark that claims more is none of ours. A key may be a second older than its mark. */
const LONGEST_TTL = 365 * 24 * 3_600_000 + 1000;
async function sweep(step, request) {
    const { groupIds } = request;
    const lists = await Promise.all(groupIds.map((groupId) => step.atlas.listProjectKeys(groupId)));
    const orgId = await (0,keys_key/* organizationOfProject */.Sk)(step.atlas, groupIds[0], lists.flat());
    const whole = await listWhole(step, orgId);
    const orphans = [...whole.values()].filter(({ roles }) => roles.every(({ groupId }) => groupId === undefined));
    const keys = new Map([...lists.flat(), ...orphans].map((key) => [key.id, key]));
    const leftovers = leftoversOf(step, request);
    const due = [...keys.values()].filter((key) => isLeftover(key, leftovers));
    if (due.length === 0)
        step.log.info('Nothing is left over.');
    const swept = await retireLeftovers(step, due, { groupIds, orgId, whole });
    return outcome({
        result: 'swept',
        changed: swept.changed,
        retired: swept.deleted.map(({ id }) => id),
        family: rowsAfter(due, [swept]),
        ...problemOf(swept),
    });
}
/**
 * What an ephemeral step does in passing for its own text. Never rejects: another run's left-overs are no
 * reason to fail this one.
 */
async function sweepInPassing(step, request) {
    const { groupIds } = request;
    try {
        const leftovers = leftoversOf(step, request);
        const keys = await step.atlas.listProjectKeys(groupIds[0]);
        const due = keys.filter((key) => isLeftover(key, leftovers));
        if (due.length === 0)
            return [];
        const orgId = await (0,keys_key/* organizationOfProject */.Sk)(step.atlas, groupIds[0], due);
        const { deleted } = await retireLeftovers(step, due, { groupIds, orgId });
        return deleted.map(({ id }) => id);
    }
    catch (error) {
        step.log.warning(`Left-over keys of earlier runs were not looked for; the next run does it. ${(0,errors/* messageOf */.bD)(error)}`);
        return [];
    }
}
/** Whether a key's mark says that it is left over: ours, due, and within what the sweep was asked for. */
function isLeftover(key, leftovers) {
    const marked = (0,keys_mark/* readMark */.Mp)(key.desc);
    if (marked === undefined)
        return false;
    const { mark } = marked;
    const asked = leftovers.desc === undefined
        ? mark.repository === leftovers.repository
        : (0,keys_mark/* isMarkedAs */.Bi)(marked, leftovers.desc);
    if (!asked)
        return false;
    switch (mark.state) {
        case 'ephemeral': {
            const isOurs = mark.until <= (0,keys_key/* createdAt */.CT)(key.id) + LONGEST_TTL;
            const age = (0,keys_key/* ageAt */.h_)(leftovers.serviceNow, key.id);
            return isOurs && leftovers.serviceNow > mark.until && age >= leftovers.ttl;
        }
        case 'pending':
            return leftovers.serviceNow > mark.until;
        case 'retired':
            // Its deletion was begun and did not end, or was not allowed.
            return true;
        case 'undecided':
        case 'previous':
            return false;
    }
}
/** Every key of the organisation by its id; none for a caller who may not list them. */
async function listWhole(step, orgId) {
    try {
        const keys = await step.atlas.listOrganizationKeys(orgId);
        return new Map(keys.map((key) => [key.id, key]));
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'notAllowed'))
            throw error;
        step.log.info('Only the project is swept: listing the keys of the organisation needs Organization Member.');
        return new Map();
    }
}
function leftoversOf(step, { desc, ttl }) {
    return { desc, ttl, repository: step.run.repository, serviceNow: step.atlas.serviceNow() };
}
function retireLeftovers(step, due, place) {
    return retireFound(step, due, {
        place,
        claim: 'leftOver',
        why: ({ desc }) => `left over: "${desc}"`,
        next: 'the next sweep',
    });
}
function problemOf({ failed }) {
    if (failed.length === 0)
        return {};
    return {
        problem: `${(0,keys_step/* count */.U9)(failed, 'left-over key')} could not be deleted: ${failed.map(({ key }) => (0,keys_step/* nameOf */.Vb)(key)).join(', ')}. The ` +
            'warnings above say why; the next sweep tries again.',
    };
}

;// CONCATENATED MODULE: ./lib/keys/ephemeral.js







async function ephemeral(step, request) {
    const { desc, groupIds, roles, handover, ttl, onRevokeFailure } = request;
    const [entries] = await Promise.all([
        resolveAccessList(step, handover.accessList),
        tellWhetherRevocable(step, onRevokeFailure),
    ]);
    const purpose = { mode: 'ephemeral', onRevokeFailure };
    const made = await makeEphemeralKey(step, { purpose, desc, groupIds, roles }, ttl);
    const sweeping = sweepInPassing(step, request);
    try {
        await makeUsable(step, made, handover, entries);
        await step.deliver({ key: made.key, orgId: made.intent.orgId });
    }
    catch (error) {
        await Promise.all([undo(step, made), sweeping]);
        throw error;
    }
    step.journal({ phase: 'handedOut', ...made.intent });
    step.log.info(`Created key ${(0,keys_step/* nameOf */.Vb)(made.key)} for this run. The post step revokes it; if that cannot run, it counts as left ` +
        `over after ${(0,keys_mark/* isoSeconds */.nE)(made.intent.until)}.`);
    return outcome({
        result: 'created',
        changed: true,
        facts: factsOf(made),
        privateKey: made.key.privateKey,
        expiresAt: made.intent.until,
        retired: await sweeping,
    });
}
/** Says before minting that post will only be able to unassign, where the caller's own roles can be read. */
async function tellWhetherRevocable(step, onRevokeFailure) {
    // Of a service account Atlas tells nothing here; but the answer brings its clock, which the expiry needs.
    const caller = await step.atlas.whoAmI();
    if (caller === undefined || (0,keys_key/* isOwner */.u8)(caller))
        return;
    const what = 'The caller is no Organization Owner, so the key cannot be deleted when the job ends: it is only unassigned from ' +
        'the project and lives on in the organisation';
    if (onRevokeFailure === 'fail') {
        throw new keys_step/* KeyError */.eN(`${what}. Nothing was made, because onRevokeFailure is fail. Give the caller Organization Owner, or set ` +
            'onRevokeFailure: warn.');
    }
    step.log.warning(`${what}. Give the caller Organization Owner to have it truly revoked.`);
}

;// CONCATENATED MODULE: ./lib/keys/revoke.js
/** revoke: one key by its id, or all keys of a text in the projects. What is gone already is a success. */







/** How often the family is looked for: keys that were in the making come to light while others are deleted. */
const revoke_LOOKS = 3;
async function revoke(step, request) {
    const { groupIds } = request;
    const claim = request.key.by === 'apiUserId' ? 'named' : 'member';
    const first = await find(step, request);
    if (first.keys.length === 0)
        step.log.info('There is no such key any more.');
    const place = { groupIds, orgId: first.orgId };
    const seen = new Map();
    const rounds = [];
    const how = { place, claim, why: whatItWas, next: 'the next run' };
    let keys = first.keys;
    for (let looks = 0; keys.length > 0 && looks < revoke_LOOKS; looks += 1) {
        for (const key of keys)
            seen.set(key.id, key);
        // Current keys go last: without any, an ensure at the same moment would give a superseded key its text back, just
        // before that one is deleted.
        for (const isPlain of [false, true]) {
            const some = keys.filter(({ desc }) => ((0,keys_mark/* readMark */.Mp)(desc) === undefined) === isPlain);
            rounds.push(await retireFound(step, some, how));
        }
        if (request.key.by === 'apiUserId')
            keys = [];
        else
            keys = (await findFamily(step, request, request.key.desc)).filter(({ id }) => !seen.has(id));
    }
    for (const key of keys)
        seen.set(key.id, key);
    const unassigned = rounds.flatMap((round) => round.unassigned);
    const left = [
        ...rounds.flatMap((round) => [...round.left, ...round.failed]),
        ...keys.map((key) => ({ key, why: 'it was made meanwhile' })),
    ];
    const alive = [...left, ...unassigned];
    const problem = [`${(0,keys_step/* count */.U9)(alive, 'key')} could not be revoked.`];
    if (left.length > 0) {
        const reasons = left.map(({ key, why }) => `${(0,keys_step/* nameOf */.Vb)(key)}: ${why}`);
        problem.push(`${reasons.join('; ')}. Delete in Atlas by hand what is to go all the same.`);
    }
    if (unassigned.length > 0)
        problem.push(livesOn(unassigned.map(keys_step/* nameOf */.Vb).join(', '), place.orgId));
    return outcome({
        result: 'revoked',
        changed: rounds.some(({ changed }) => changed),
        retired: rounds.flatMap(({ deleted }) => deleted.map(({ id }) => id)),
        family: rowsAfter([...seen.values()], rounds),
        ...(alive.length > 0 && { problem: problem.join(' ') }),
    });
}
async function find(step, { key, groupIds }) {
    if (key.by === 'apiUserId') {
        const { orgId } = await step.atlas.readProject(groupIds[0]);
        try {
            return { keys: [await step.atlas.readOrganizationKey(orgId, key.apiUserId)], orgId };
        }
        catch (error) {
            if ((0,errors/* isAtlasError */.yH)(error, 'gone'))
                return { keys: [], orgId };
            throw error;
        }
    }
    const keys = await findFamily(step, { groupIds }, key.desc);
    return { keys, orgId: await (0,keys_key/* organizationOfProject */.Sk)(step.atlas, groupIds[0], keys) };
}
async function findFamily(step, { groupIds }, desc) {
    const lists = await Promise.all(groupIds.map((groupId) => step.atlas.listProjectKeys(groupId)));
    const all = new Map(lists.flat().map((key) => [key.id, key]));
    return [...all.values()].filter((key) => passesForMember(desc, key)).sort(keys_key/* newestFirst */.ll);
}

;// CONCATENATED MODULE: ./lib/keys/rotate.js












async function rotate(step, request) {
    const { desc, groupIds } = request;
    const family = await readFamily(step.atlas, groupIds[0], desc);
    const current = actingCurrent(family);
    if (current !== undefined) {
        const verdict = await checkKnownSecret(step, current.key, request);
        const reason = rotate_reasonToRotate(step, request, current, verdict);
        if (reason === undefined)
            return rotate_keep(step, request, family, current);
        await rotate_refuseOutside(step, request, current);
        step.log.info(`The current key is ${(0,keys_step/* nameOf */.Vb)(current.key)}; ${reason}`);
    }
    else {
        step.log.info('There is no key of this desc yet.');
    }
    await checkMayRename(step);
    await outlastSecondOf(step, family.map(({ key }) => key));
    const made = await makeUndecided(step, request, current);
    const final = request.commit === 'step' ? await commitNow(step, made) : await leaveOpen(step, made, family);
    return outcome({
        result: current === undefined ? 'created' : 'rotated',
        changed: true,
        facts: factsOf(made),
        privateKey: made.key.privateKey,
        retired: final.retired,
        previous: supersededIn(final.family, made.key.id),
        family: final.family,
    });
}
/** Why a new key is due, as the end of a sentence; `undefined` when the current one is to stay. */
function rotate_reasonToRotate(step, { rotateAfter }, current, verdict) {
    if (verdict !== undefined && verdict !== 'fits') {
        return 'the stored secret is not its secret, so a new one is due now.';
    }
    const age = (0,keys_key/* ageAt */.h_)(step.atlas.serviceNow(), current.key.id);
    return age >= rotateAfter ? 'a new one is due.' : undefined;
}
/** The current key stays; its roles are brought to those declared. A known secret fits it by now. */
async function rotate_keep(step, request, family, current) {
    const { desc, groupIds } = request;
    const orgId = await (0,keys_key/* organizationOfProject */.Sk)(step.atlas, groupIds[0], [current.key]);
    const isPromoted = current.state !== 'current' && (await promote(step, { groupIds, orgId, desc }, current));
    step.log.info(`Key ${(0,keys_step/* nameOf */.Vb)(current.key)} is younger than rotateAfter; it stays.`);
    tellWhatIsForNewKeys(step, request.handover);
    const key = await readRolesEverywhere(step, current.key, orgId, groupIds);
    const rows = rowsOf(family, []);
    const privateKey = request.knownPrivateKey;
    const kept = await converge(step, { request, key, claim: 'member', orgId, desc, isPromoted, privateKey });
    return { ...kept, family: rows, previous: supersededIn(rows, key.id) };
}
/** The new key, made, tried and handed over. */
async function makeUndecided(step, request, former) {
    const { desc, groupIds, roles, handover, commit, keepPrevious } = request;
    const entries = await resolveAccessList(step, handover.accessList);
    const purpose = { mode: 'rotate', commit, keepPrevious, ...(former && { former: former.key.id }) };
    const made = await makePendingKey(step, { purpose, desc, groupIds, roles });
    try {
        await makeUsable(step, made, handover, entries);
    }
    catch (error) {
        await undo(step, made);
        throw error;
    }
    step.log.info(`Created key ${(0,keys_step/* nameOf */.Vb)(made.key)}.`);
    if ((await handOver(step, made, handover.store)) === 'tooLate') {
        await undo(step, made);
        throw new keys_step/* KeyError */.eN('Another run rotated this key at the same moment and has the newer key, so nothing of this run was stored. Run the ' +
            'job again if a new key is still needed, and let concurrency in the workflow keep its runs apart.');
    }
    return made;
}
async function commitNow(step, { intent }) {
    const commit = await commitRotation(step, intent);
    step.journal(nothingLeft(intent));
    step.log.info(commit.outcome === 'committed'
        ? 'The rotation is final: the new key is current.'
        : 'A newer rotation was committed meanwhile; this key counts as previous.');
    return commit;
}
/**
 * The job decides. A key that was not stored is marked undecided only now: were the machine lost with its outputs before,
 * nobody had it, and a sweep shall find it. Undecided keys of jobs that are long over are retired.
 */
async function leaveOpen(step, { key, intent }, family) {
    await markUndecided(step, intent, key.id);
    step.journal({ phase: 'open', ...intent });
    const abandoned = abandonedToRetire(family, intent, step.atlas.serviceNow());
    const retired = await retireMembers(step, intent, abandoned);
    const until = actingCurrent(family) === undefined ? '' : '; until then the former key stays current';
    step.log.info(`The rotation becomes final when the job succeeds${until}.`);
    const mine = { apiUserId: key.id, publicKey: key.publicKey, state: 'undecided' };
    return { retired: retired.map(({ key: { id } }) => id), family: [mine, ...rowsOf(family, retired)] };
}
/** Keys that the new one takes over from and that are still alive. */
function supersededIn(family, apiUserId) {
    return family
        .filter((row) => row.apiUserId !== apiUserId && (row.state === 'current' || row.state === 'previous'))
        .map((row) => row.apiUserId);
}
/** A former key that this step may not touch would stay current beside the new one. */
async function rotate_refuseOutside(step, { groupIds }, { key }) {
    const orgId = await (0,keys_key/* organizationOfProject */.Sk)(step.atlas, groupIds[0], [key]);
    const verdict = await judge(step, key, 'member', { orgId, groupIds });
    if ('key' in verdict)
        return;
    throw new keys_step/* KeyError */.eN(`Key ${(0,keys_step/* nameOf */.Vb)(key)} has this desc, and this step may not touch it: ${verdict.why}. Nothing was changed. Give that key ` +
        'another description, or rotate under another desc.');
}

;// CONCATENATED MODULE: ./lib/modes.js
/** Which function serves which mode. */











/** Carries out what is asked for, or rehearses it. */
function modes_carryOut(step, request) {
    if (request.credential === 'serviceAccount') {
        const perform = (acting) => performForAccounts(acting, request);
        return request.dryRun ? rehearseAccounts(step, perform) : perform(step);
    }
    const perform = (acting) => performForKeys(acting, request);
    return request.dryRun ? rehearse(step, perform) : perform(step);
}
function performForKeys(step, request) {
    switch (request.mode) {
        case 'ensure':
            return ensure(step, request);
        case 'ephemeral':
            return ephemeral(step, request);
        case 'rotate':
            return rotate(step, request);
        case 'revoke':
            return revoke(step, request);
        case 'sweep':
            return sweep(step, request);
    }
}
function performForAccounts(step, request) {
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
