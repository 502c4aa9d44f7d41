export const id = 180;
export const ids = [180];
export const modules = {

/***/ 6180:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  commitLease: () => (/* binding */ commitLease),
  mayWarnOfLease: () => (/* binding */ mayWarnOfLease),
  settleLease: () => (/* binding */ settleLease),
  tellUnfinishedLease: () => (/* binding */ tellUnfinishedLease),
  unfinishedLease: () => (/* binding */ unfinishedLease)
});

// EXTERNAL MODULE: ./lib/atlas/errors.js
var errors = __webpack_require__(7236);
// EXTERNAL MODULE: ./lib/keys/key-error.js
var key_error = __webpack_require__(3636);
// EXTERNAL MODULE: ./lib/keys/mark.js
var mark = __webpack_require__(3043);
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
            left.push(`${account.clientId}: ${messageOf(error)}`);
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
    return task === 'finishAccount' || (0,errors/* isAtlasError */.yH)(error, 'gone');
}


/***/ })

};
