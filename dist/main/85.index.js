export const id = 85;
export const ids = [85];
export const modules = {

/***/ 5085:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  carryOut: () => (/* binding */ carryOut)
});

// EXTERNAL MODULE: ./lib/atlas/errors.js
var errors = __webpack_require__(7236);
// EXTERNAL MODULE: ./lib/keys/key.js
var keys_key = __webpack_require__(2375);
;// CONCATENATED MODULE: ./lib/keys/key-error.js
/** One sentence for a person: what failed, why, what to do. */
class KeyError extends Error {
    name = 'KeyError';
    code;
    constructor(code, message, options) {
        super(message, options);
        this.code = code;
    }
}

;// CONCATENATED MODULE: ./lib/keys/outcome.js
/** An outcome of which only the given parts are remarkable. */
function outcome(parts) {
    return { previous: [], retired: [], family: [], plan: [], ...parts };
}
/** What dryRun answers. */
function planned(plan, parts = {}) {
    return outcome({ ...parts, result: 'planned', changed: false, plan });
}

;// CONCATENATED MODULE: ./lib/keys/step.js
/** `6a79…d3b1 (flezioeg)`: how a key is named to a person. Neither part is a secret. */
function nameOf(key) {
    return `${key.id} (${key.publicKey})`;
}
/** `1 key`, `2 keys`. */
function count(items, noun) {
    return `${items.length} ${noun}${items.length === 1 ? '' : 's'}`;
}

;// CONCATENATED MODULE: ./lib/keys/converge.js




/** Assigns or updates where the roles differ. Never touches the caller's own key. */
async function converge(step, convergence) {
    const { request, key, orgId, desc, before, privateKey } = convergence;
    const changes = changesNeeded(request.groupIds, request.roles, key);
    const facts = { key, desc, orgId, groupIds: request.groupIds, roles: [...request.roles].sort() };
    const plan = changes.map(({ action, groupId }) => ({
        action,
        key,
        what: `${request.roles.join(', ')} in project ${groupId}${wasRoles(key, groupId)}`,
    }));
    if (changes.length > 0 && key.publicKey === step.callerPublicKey) {
        throw new KeyError('callersOwn', `Key ${nameOf(key)} is the one this step signs in with, and its roles differ from those declared. The step never ` +
            'changes its own key: sign in with another one, or declare another desc.');
    }
    if (request.dryRun)
        return planned([...before, ...plan], { facts });
    const done = await Promise.allSettled(changes.map(({ action, groupId }) => action === 'assign'
        ? step.atlas.assignKey(groupId, key.id, request.roles)
        : step.atlas.updateRoles(groupId, key.id, request.roles)));
    tellOf(step, changes, done, key);
    if (changes.length === 0 && before.length === 0)
        step.log.info(`Key ${nameOf(key)} has these roles already.`);
    return outcome({
        result: changes.some(({ action }) => action === 'assign')
            ? 'assigned'
            : changes.length + before.length > 0
                ? 'updated'
                : 'unchanged',
        changed: changes.length + before.length > 0,
        facts,
        ...(privateKey === undefined ? {} : { privateKey }),
    });
}
/** One change a project in which the key's roles are not the declared set. */
function changesNeeded(groupIds, roles, key) {
    return groupIds.flatMap((groupId) => {
        const actual = (0,keys_key/* rolesIn */.t4)(groupId, key);
        if ((0,keys_key/* sameRoles */.io)(actual, roles))
            return [];
        return [{ action: actual.length === 0 ? 'assign' : 'update', groupId }];
    });
}
/**
 * The key with its roles everywhere: a project's list need not show the roles in other projects, so a request
 * that names several reads the key in the organisation.
 */
async function readRolesEverywhere(step, key, orgId, groupIds) {
    return groupIds.length === 1 ? key : step.atlas.readOrganizationKey(orgId, key.id);
}
function wasRoles(key, groupId) {
    const actual = (0,keys_key/* rolesIn */.t4)(groupId, key);
    return actual.length === 0 ? '' : `, was ${actual.join(', ')}`;
}
/** Says what was done; on a failure half-way also that it stays, since the key was there before. */
function tellOf(step, changes, done, key) {
    changes.forEach(({ action, groupId }, index) => {
        if (done[index]?.status !== 'fulfilled')
            return;
        const was = wasRoles(key, groupId);
        step.log.info(action === 'assign'
            ? `Assigned key ${nameOf(key)} to project ${groupId}.`
            : `Updated the roles of key ${nameOf(key)} in project ${groupId}${was}.`);
    });
    const failed = done.find((result) => result.status === 'rejected');
    if (failed === undefined)
        return;
    if (done.some((result) => result.status === 'fulfilled')) {
        step.log.warning(`Key ${nameOf(key)} has its new roles in some of the projects only; the next run goes on from there.`);
    }
    throw failed.reason;
}

// EXTERNAL MODULE: ./lib/keys/mark.js
var keys_mark = __webpack_require__(3043);
;// CONCATENATED MODULE: ./lib/keys/family.js


/** The members of the family `desc` among these keys, newest first: named so by us (marked) or by a person. */
function familyOf(desc, keys) {
    return keys
        .flatMap((key) => memberOf(desc, key) ?? [])
        .sort((left, right) => (0,keys_key/* newestFirst */.ll)(left.key, right.key));
}
/** The family `desc` as the project lists it now. */
async function readFamily(atlas, groupId, desc) {
    return familyOf(desc, await atlas.listProjectKeys(groupId));
}
function memberOf(desc, key) {
    if (key.desc === desc)
        return { state: 'current', key };
    const marked = (0,keys_mark/* readMark */.Mp)(key.desc);
    if (marked === undefined || !(0,keys_mark/* isMarkedAs */.Bi)(marked, desc))
        return undefined;
    return { state: marked.mark.state, key, mark: marked.mark };
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
    return membersIn(family, 'undecided').find((member) => nonceOf(member) === nonceOf(former)) ?? former;
}
/** The nonce of the step that marked the key last. */
function nonceOf(member) {
    return 'mark' in member ? member.mark.nonce : undefined;
}
/** Pending keys whose maker may still be at work, by the service's clock. */
function livePending(family, serviceNow) {
    return family.filter((member) => member.state === 'pending' && !isPast(member, serviceNow));
}
/** Pending keys whose maker is gone for good: it had to stop by itself before that time. */
function deadPending(family, serviceNow) {
    return family.filter((member) => member.state === 'pending' && isPast(member, serviceNow));
}
function isPast(member, serviceNow) {
    return 'mark' in member && 'until' in member.mark && serviceNow > member.mark.until;
}

;// CONCATENATED MODULE: ./lib/keys/organization.js

/** From its keys where there are any, each of which is a member of the organisation; else by one more call. */
async function organizationOfProject(atlas, groupId, keys) {
    for (const key of keys) {
        const orgId = (0,keys_key/* organizationOf */.d1)(key);
        if (orgId !== undefined)
            return orgId;
    }
    return (await atlas.readProject(groupId)).orgId;
}

;// CONCATENATED MODULE: ./lib/keys/revoke-key.js
/** How one key dies. */


/**
 * Deletes the key from its organisation, the only true revocation. A caller who may not do that unassigns it
 * from its projects instead. A key that is already gone is fine. Throws `AtlasError` for everything else.
 */
async function revokeKey(atlas, key) {
    try {
        const deletion = await atlas.deleteKey(key.orgId, key.apiUserId);
        return { outcome: deletion === 'deleted' ? 'revoked' : 'gone' };
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'notAllowed'))
            throw error;
        await Promise.all(key.groupIds.map((groupId) => atlas.unassignKey(groupId, key.apiUserId)));
        return { outcome: 'unassigned', refusal: error };
    }
}
/** Of a key that could only be unassigned: what is left to do, and by whom. */
function livesOn(name, orgId) {
    return (`Key ${name} is out of the project but lives on in organisation ${orgId}: deleting it needs Organization Owner. ` +
        'Delete it there, or run mode: sweep with that role.');
}
/**
 * Marks the key as retired, then revokes it. A deleted key may be listed for two more minutes; the mark keeps
 * such a ghost from being taken for a current or a pending key, and lets a sweep with an owner's rights find
 * a key that could only be unassigned.
 */
async function retireKey(atlas, key, name) {
    const { repository, runId, attempt, nonce } = name.mark;
    const retired = (0,keys_mark/* describeMarked */.MF)(name.desc, { state: 'retired', repository, runId, attempt, nonce });
    const [groupId] = key.groupIds;
    if (groupId !== undefined) {
        try {
            await atlas.renameKey({ groupId, orgId: key.orgId, apiUserId: key.apiUserId }, retired);
        }
        catch (error) {
            // The mark only helps readers. A key that cannot be renamed, or is gone, still has to be revoked.
            if (!(0,errors/* isAtlasError */.yH)(error, 'gone', 'notAllowed', 'badRequest', 'unintelligible'))
                throw error;
        }
    }
    return revokeKey(atlas, key);
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
    throw new KeyError('notSupported', 'A key cannot be made in this mode: it is made under a provisional description, and on api: public/v1.0 only an ' +
        'Organization Owner may change descriptions, which the caller is not. Nothing was made. Give the caller that role, or ' +
        'make the key by hand and let mode: ensure keep its roles.');
}
/** Makes a key that nobody may take for a current one: it is marked pending until it has been handed out. */
function makePendingKey(step, making) {
    return makeKey(step, making, 'pending', pendingUntil(step));
}
/** The time for the mark of a key that is pending from now on: when this step surely does nothing more. */
function pendingUntil(step) {
    return wholeSeconds(step.atlas.serviceNow() + step.remaining() + GRACE);
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
        const deleted = await deleteStrays(step, intent);
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
    const orgId = await organizationOfProject(step.atlas, first, [key]);
    const made = { key, intent: { ...intent, apiUserId: key.id, orgId } };
    step.journal({ phase: 'made', ...made.intent });
    try {
        const assigned = await Promise.allSettled(others.map((groupId) => step.atlas.assignKey(groupId, key.id, roles)));
        // Only once all have ended: an assignment under way would outlive the undoing of one who may only unassign.
        const failed = assigned.find((result) => result.status === 'rejected');
        if (failed !== undefined)
            throw failed.reason;
    }
    catch (error) {
        await undoMaking(step, made);
        throw error;
    }
    return made;
}
/** What is told of a key that this step made. */
function factsOf({ key, intent }) {
    const { desc, orgId, groupIds } = intent;
    return { key, desc, orgId, groupIds, roles: (0,keys_key/* rolesIn */.t4)(groupIds[0], key) };
}
/**
 * Deletes a key that nobody shall hold, with the budget for undoing. What fails here is only told: post does
 * it again from the journal.
 */
async function undoMaking(step, made) {
    try {
        const { outcome } = await withdrawKey(step, made);
        if (outcome !== 'unassigned')
            step.log.info(`The new key ${nameOf(made.key)} was deleted again.`);
    }
    catch {
        step.log.warning(`The new key ${nameOf(made.key)} could not be deleted yet; the post step tries again.`);
    }
}
/** Deletes a key that was made and shall not be used, and notes that nothing is left to do. */
async function withdrawKey(step, made) {
    const revocation = await retireKey(step.undoing, made.intent, {
        desc: made.intent.desc,
        mark: ownMark(step),
    });
    if (revocation.outcome === 'unassigned')
        step.log.warning(livesOn(nameOf(made.key), made.intent.orgId));
    step.journal(nothingLeft(made.intent));
    return revocation;
}
/** Nothing is left to do, unless a lost create of the same step may still turn up. */
function nothingLeft(intent) {
    return intent.answerLost ? { phase: 'making', ...intent } : { phase: 'idle' };
}
/** Deletes every key that a create of this intent made, but for `keep`. Returns how many went. */
async function deleteStrays(step, intent, keep) {
    const keys = await step.undoing.listProjectKeys(intent.groupIds[0]);
    const strays = keys.filter((key) => key.id !== keep && isStray(key, intent.nonce));
    let deleted = 0;
    for (const stray of strays) {
        const orgId = await organizationOfProject(step.undoing, intent.groupIds[0], [stray]);
        const doomed = { apiUserId: stray.id, orgId, groupIds: intent.groupIds };
        const revocation = await retireKey(step.undoing, doomed, { desc: intent.desc, mark: ownMark(step) });
        if (revocation.outcome === 'unassigned')
            step.log.warning(livesOn(nameOf(stray), orgId));
        if (revocation.outcome !== 'gone')
            deleted += 1;
    }
    return deleted;
}
/** What this step writes into marks of its own making. */
function ownMark(step) {
    return { ...step.run, nonce: step.nonce };
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

;// CONCATENATED MODULE: ./lib/keys/current.js
/** Giving one key of a family its plain description, so that exactly one has it in the end. */





/** Renames the key to the plain text, then looks whether others did the same at the same moment. */
async function settleCurrent(step, promotion) {
    await step.atlas.renameKey(promotion, promotion.desc);
    return demoteOlder(step, promotion);
}
/**
 * Should two keys be plain, all but the newest become previous, which everyone computes alike. To be done by everyone
 * after a rename to the plain text: whoever looks last sees all. Returns the family.
 */
async function demoteOlder(step, place) {
    const family = await readFamily(step.atlas, place.groupId, place.desc);
    const [, ...older] = membersIn(family, 'current');
    await Promise.all(older.map((member) => demote(step, member, place)));
    return family;
}
/** Marks a rotation's key as one that somebody may hold, and that is not final. */
async function markUndecided(step, key) {
    await step.atlas.renameKey(key, (0,keys_mark/* describeMarked */.MF)(key.desc, { ...ownMark(step), state: 'undecided' }));
}
/**
 * Gives the plain text back where no key has it. An undecided key that was retired may have been committed at the same
 * moment; then the key that stands in for a current one becomes current.
 */
async function restoreCurrent(step, place) {
    const family = await readFamily(step.atlas, place.groupId, place.desc);
    const acting = actingCurrent(family);
    if (acting === undefined || acting.state === 'current')
        return;
    const { groupId, orgId, desc } = place;
    await settleCurrent(step, { groupId, orgId, desc, apiUserId: acting.key.id });
}
/** Marks a key as superseded and alive. `gone`: it was deleted, and is only listed still. */
async function demote(step, { key }, { groupId, orgId, desc }) {
    const previous = (0,keys_mark/* describeMarked */.MF)(desc, { ...ownMark(step), state: 'previous' });
    const target = { groupId, orgId: (0,keys_key/* organizationOf */.d1)(key) ?? orgId, apiUserId: key.id };
    try {
        await step.atlas.renameKey(target, previous);
        return 'demoted';
    }
    catch (error) {
        if ((0,errors/* isAtlasError */.yH)(error, 'gone'))
            return 'gone';
        throw error;
    }
}

;// CONCATENATED MODULE: ./lib/keys/election.js
/**
 * Who of several makers at once has the key. Each lists after its own create, so of two makers at least one
 * sees the other; whoever sees a current key, or a pending one with a smaller id, gives up, and whoever sees
 * only larger ones waits until they have given up or one of them is current. docs/lifecycle.md has the proof.
 */

/** How long a maker waits before it looks at the other makers again, in milliseconds. */
const LOOK_AGAIN = 700;
/** The state of the election as this family shows it to the maker of the pending key `apiUserId`. */
function electionOf(family, apiUserId, serviceNow) {
    if (membersIn(family, 'current').length > 0)
        return 'lost';
    const makers = livePending(family, serviceNow).map((member) => member.key.id);
    if (makers.some((id) => id < apiUserId))
        return 'lost';
    return makers.length === 1 && makers[0] === apiUserId ? 'won' : 'undecided';
}
/** Looks until the election is decided, from this family on: whether the maker of the pending key has won. */
async function winElection(step, first, { groupId, desc, apiUserId, }) {
    for (let family = first;;) {
        const election = electionOf(family, apiUserId, step.atlas.serviceNow());
        if (election !== 'undecided')
            return election === 'won';
        await step.pause(LOOK_AGAIN);
        family = await readFamily(step.atlas, groupId, desc);
    }
}

;// CONCATENATED MODULE: ./lib/keys/handover.js
/** What makes a new key usable before anybody gets it: its own access list, and a first sign-in. */



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
        return wishes.map((wish) => (wish === 'current' ? current : wish));
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'credentials', 'notAllowed', 'gone', 'badRequest', 'unintelligible'))
            throw error;
        // A 401 may be about this address of the service alone. Credentials that are wrong everywhere are told as such.
        if (error.kind === 'credentials')
            await step.atlas.whoAmI();
        throw new KeyError('addressUnknown', 'accessList: current cannot be used: Atlas did not tell the address of this machine ' +
            '(GET /api/private/ipinfo is refused or missing here). Name the addresses or CIDR blocks instead.', { cause: error });
    }
}
/** Says which of the wishes for a new key do nothing for one that exists. */
function tellWhatIsForNewKeys(step, { accessList, store }) {
    if (accessList.length > 0) {
        step.log.info('accessList is for a newly made key; the access list of this one stays as it is.');
    }
    if (store !== undefined) {
        step.log.info('Actions secrets are written for a newly made key only; those that are there stay as they are.');
    }
}
/** Puts the entries on the new key's own list, then signs in as the key. Throws when the key is of no use. */
async function makeUsable(step, made, handover, entries) {
    if (entries.length > 0) {
        await step.atlas.addAccessListEntries(made.intent.orgId, made.key.id, entries);
    }
    if (handover.verify)
        await verifyKey(step, made, entries.length > 0);
}
async function verifyKey(step, { key }, limited) {
    const patience = step.remaining() - SIGN_IN_PATIENCE;
    for (;;) {
        try {
            return await step.atlas.signInAs(key);
        }
        catch (error) {
            if ((0,errors/* isAtlasError */.yH)(error, 'addressRefused')) {
                if (limited) {
                    throw new KeyError('notUsable', `The new key ${nameOf(key)} may not be used from this machine: its access list does not hold this ` +
                        "machine's address. Add `current` to accessList, or set verify: false when the key is for another " +
                        'machine.', { cause: error });
                }
                step.log.warning(`The new key ${nameOf(key)} may not be used from this machine: its organisation requires an access list, ` +
                    'and the key has none. Set accessList: current, unless the key is meant for another machine whose ' +
                    'address you add yourself.');
                return;
            }
            if (!(0,errors/* isAtlasError */.yH)(error, 'credentials'))
                throw error;
            if (step.remaining() - SIGN_IN_PAUSE <= patience) {
                throw new KeyError('notUsable', `Atlas still refuses the new key ${nameOf(key)} after ${SIGN_IN_PATIENCE / 1000} seconds, so it was not ` +
                    'handed out. Run the job again; if it happens again, look at https://status.mongodb.com.', { cause: error });
            }
            await step.pause(SIGN_IN_PAUSE);
        }
    }
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
            step.log.warning(`Key ${nameOf(key)} may not be used from this machine: its own access list does not hold this machine's address. ` +
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
        step.log.info(`knownPrivateKey is the secret of key ${nameOf(key)}; it is handed on.`);
        return known.knownPrivateKey;
    }
    throw new KeyError('secretMismatch', `knownPrivateKey is not the secret of key ${nameOf(key)}: ${misfit(verdict, known)}. Store the secret again, or use mode: ` +
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
    const [groupId] = groupIds;
    try {
        const [family] = await Promise.all([
            readFamily(step.atlas, groupId, desc),
            makeUsable(step, made, handover, entries),
        ]);
        const candidate = { groupId, desc, apiUserId: made.key.id };
        if (!(await winElection(step, family, candidate))) {
            await withdrawKey(step, made);
            return undefined;
        }
        step.log.info(`Created key ${nameOf(made.key)}.`);
        await step.deliver({ key: made.key, orgId: made.intent.orgId });
    }
    catch (error) {
        await undoMaking(step, made);
        throw error;
    }
    step.journal({ phase: 'handedOut', ...made.intent });
    const family = await becomeCurrent(step, made);
    const retired = await retireDead(step, request, desc, deadPending(family, step.atlas.serviceNow()));
    return outcome({
        result: 'created',
        changed: true,
        facts: factsOf(made),
        privateKey: made.key.privateKey,
        retired,
    });
}
/**
 * The last rename. It stays within the deadline that the mark tells everybody, because every call does. When
 * it is refused for good, the key is undone; when it is only unanswered, post sends it again. Returns the family.
 */
async function becomeCurrent(step, made) {
    const { desc, groupIds, orgId, apiUserId } = made.intent;
    const promotion = { groupId: groupIds[0], orgId, apiUserId, desc };
    try {
        await step.atlas.renameKey(promotion, desc);
    }
    catch (error) {
        if ((0,errors/* isAtlasError */.yH)(error, 'notAllowed', 'badRequest', 'gone')) {
            step.recall();
            step.journal({ phase: 'made', ...made.intent });
            await undoMaking(step, made);
        }
        throw error;
    }
    try {
        // A rotation takes no part in the election: it may have committed since.
        const family = await demoteOlder(step, promotion);
        step.journal({ phase: 'settled', ...made.intent });
        return family;
    }
    catch {
        step.log.warning('Whether a rotation was committed at the same moment is left to the post step to find out.');
        return [];
    }
}
/** Pending keys of makers that are gone: after the new key is safe, and only as a favour. */
async function retireDead(step, request, desc, dead) {
    const retired = [];
    for (const { key } of dead.filter(({ key }) => key.publicKey !== step.callerPublicKey)) {
        try {
            const orgId = await organizationOfProject(step.atlas, request.groupIds[0], [key]);
            const doomed = { apiUserId: key.id, orgId, groupIds: request.groupIds };
            const { outcome: how } = await retireKey(step.atlas, doomed, { desc, mark: ownMark(step) });
            if (how === 'revoked')
                retired.push(key.id);
            const verb = how === 'unassigned' ? 'Unassigned' : 'Deleted';
            step.log.info(`${verb} key ${nameOf(key)}, which a run that died had made and handed to nobody.`);
        }
        catch {
            step.log.warning(`Key ${nameOf(key)}, which a run that died had made, could not be deleted; a sweep does it.`);
        }
    }
    return retired;
}

;// CONCATENATED MODULE: ./lib/keys/retirement.js
/** Which members of a family go when a rotation has made a new key. Decides alone; `commit.ts` carries it out. */

/**
 * What is in use in the family as a commit finds it. In a commit that is done again the former current key is known by
 * `nonce`, with which the first try marked it.
 */
function inUse(before, { apiUserId, nonce }) {
    const others = allBut(apiUserId, before);
    const superseded = membersIn(others, 'current', 'previous');
    const former = superseded.find((member) => member.state === 'current' || nonceOf(member) === nonce) ?? superseded[0];
    const acting = actingCurrent(others);
    return { former, standIn: acting?.state === 'undecided' ? acting : undefined };
}
/**
 * Which members a commit retires: of the superseded all but the former current one and then the newest, up to
 * `keepPrevious`; of the undecided all but the newest `keepPrevious` + 1 and the stand-in; and what is retired already.
 */
function membersToRetire(family, { apiUserId, keepPrevious }, { former, standIn }) {
    const others = allBut(apiUserId, family);
    const superseded = membersIn(others, 'current', 'previous');
    const formerFirst = [
        ...superseded.filter((member) => isSame(member, former)),
        ...superseded.filter((member) => !isSame(member, former)),
    ];
    const undecided = membersIn(others, 'undecided')
        .slice(keepPrevious + 1)
        .filter((member) => keepPrevious === 0 || !isSame(member, standIn));
    return [...formerFirst.slice(keepPrevious), ...undecided, ...membersIn(others, 'retired')];
}
/**
 * Which undecided members go when another rotation has been made and is not final yet: with the new one, the newest
 * `keepPrevious` + 1 stay. The key that stands in for a current one always stays.
 */
function undecidedToRetire(family, { apiUserId, keepPrevious }) {
    const others = allBut(apiUserId, family);
    const acting = actingCurrent(others);
    return membersIn(others, 'undecided')
        .slice(keepPrevious)
        .filter((member) => !isSame(member, acting));
}
/**
 * Of these members, as the newest look shows them, those that were doomed in an earlier one as well. What is current, or
 * was demoted or made only since then, is left to the next rotation: somebody may just have got it.
 */
function doomedAsBefore(doomed, before) {
    const states = new Map(before.map(({ key, state }) => [key.id, state]));
    return doomed.filter(({ key, state }) => {
        const earlier = states.get(key.id);
        if (state === 'current')
            return false;
        return state === 'previous' ? earlier === 'current' || earlier === 'previous' : earlier === state;
    });
}
function allBut(apiUserId, family) {
    return family.filter(({ key }) => key.id !== apiUserId);
}
function isSame(member, other) {
    return member.key.id === other?.key.id;
}

;// CONCATENATED MODULE: ./lib/keys/plan.js


/** The making of a key and its assignment to the other projects. */
function planMaking({ desc, roles, groupIds }, until) {
    const [first, ...others] = groupIds;
    const elsewhere = others.length === 0 ? '' : `, assigned to ${others.join(', ')}`;
    const end = until === undefined ? '' : `, ${until}`;
    return {
        action: 'create',
        what: `"${desc}" with ${roles.join(', ')} in project ${first}${elsewhere}${end}`,
    };
}
/** The deletion of a key, told by its description. */
function planDeletion(key) {
    return { action: 'revoke', key, what: `"${key.desc}"` };
}
/** A rotation from its making to its commit. `nonce` is this step's own. */
function planRotation(request, family, nonce) {
    const when = request.commit === 'step' ? '' : ' when the job succeeds';
    // The key is not there yet.
    const rotation = { apiUserId: '', keepPrevious: request.keepPrevious, nonce };
    const atOnce = request.commit === 'step' ? [] : undecidedToRetire(family, rotation);
    const later = membersToRetire(family, rotation, inUse(family, rotation)).filter((member) => !atOnce.includes(member));
    const superseded = membersIn(family, 'current').filter((member) => !later.includes(member));
    return [
        planMaking(request, `current${when === '' ? ' at once' : when}`),
        ...atOnce.map(({ key, state }) => ({ action: 'revoke', key, what: `is ${state}` })),
        ...superseded.map(({ key }) => ({ action: 'rename', key, what: `is current, becomes previous${when}` })),
        ...later.map(({ key, state }) => ({
            action: 'revoke',
            key,
            what: `is ${state}${when && `, goes${when}`}`,
        })),
    ];
}

;// CONCATENATED MODULE: ./lib/keys/ensure.js
/**
 * ensure: the key is there, once, with exactly the declared roles. Any number of these steps at the same moment
 * leave one key; one of them reports `created`.
 */
















/** How often ensure looks again before it believes that a person named two keys alike. */
const LOOKS_AT_SEVERAL = 3;
async function ensure(step, request) {
    return request.key.by === 'apiUserId'
        ? ensureById(step, request, request.key.apiUserId)
        : ensureByDesc(step, request, request.key.desc);
}
async function ensureById(step, request, apiUserId) {
    const { orgId } = await step.atlas.readProject(request.groupIds[0]);
    const key = await step.atlas.readOrganizationKey(orgId, apiUserId);
    step.log.info(`Found key ${nameOf(key)} in the organisation.`);
    return bringToDeclared(step, request, { key, orgId, desc: key.desc, before: [] });
}
async function ensureByDesc(step, request, desc) {
    const [groupId] = request.groupIds;
    for (let saidWaiting = false, sawSeveral = 0;;) {
        const keys = await step.atlas.listProjectKeys(groupId);
        const family = familyOf(desc, keys);
        if (sawSeveral < LOOKS_AT_SEVERAL && membersIn(family, 'current').length > 1) {
            // Two rotations that commit at the same moment both have the plain text until they have looked and renamed.
            sawSeveral += 1;
            await step.pause(LOOK_AGAIN);
            continue;
        }
        const current = onlyCurrent(desc, family);
        const stored = memberOfSecret(membersIn(family, 'undecided', 'previous'), request);
        if (stored !== undefined && stored !== current)
            return useStored(step, request, desc, stored);
        if (current !== undefined)
            return useCurrent(step, request, desc, current);
        const [rival] = livePending(family, step.atlas.serviceNow());
        if (rival !== undefined) {
            if (!saidWaiting)
                step.log.info(`Another run is making this key (${nameOf(rival.key)}); waiting for it.`);
            saidWaiting = true;
            await waitForRival(step, rival);
            continue;
        }
        const elsewhere = await findInOrganization(step, groupId, desc, keys);
        if (elsewhere !== undefined) {
            step.log.info(`Found key ${nameOf(elsewhere.key)} in the organisation, not yet in the project. Whoever holds its secret gets these roles here.`);
            tellWhatIsForNewKeys(step, request.handover);
            return bringToDeclared(step, request, { ...elsewhere, desc, before: [] });
        }
        await checkMayRename(step);
        if (request.dryRun) {
            step.log.info('There is no such key yet.');
            const dead = deadPending(family, step.atlas.serviceNow());
            return planned([planMaking({ ...request, desc }), ...dead.map(({ key }) => planDeletion(key))]);
        }
        const made = await makeCurrent(step, request, desc);
        if (made !== undefined)
            return made;
        step.log.info('Another run was first; using its key.');
    }
}
/** The key that carries this text; the newest of those handed out where a commit was interrupted. */
function onlyCurrent(desc, family) {
    const plain = membersIn(family, 'current');
    if (plain.length > 1)
        throw ambiguous(desc, plain.map(({ key }) => key), 'project');
    return actingCurrent(family);
}
async function useCurrent(step, request, desc, current) {
    const [groupId] = request.groupIds;
    step.log.info(`Found key ${nameOf(current.key)} in the project.`);
    tellWhatIsForNewKeys(step, request.handover);
    const orgId = await organizationOfProject(step.atlas, groupId, [current.key]);
    const before = current.state === 'current' ? [] : [{ action: 'rename', key: current.key, what: `"${desc}"` }];
    if (before.length > 0 && current.key.publicKey === step.callerPublicKey) {
        throw new KeyError('callersOwn', `Key ${nameOf(current.key)} is the one this step signs in with, and a rotation to it was not finished. The step ` +
            'never changes its own key: sign in with another one to finish it.');
    }
    if (before.length > 0 && !request.dryRun) {
        step.log.info('A rotation stopped between its two renames; this key is the newest that was handed out.');
        await settleCurrent(step, { groupId, orgId, apiUserId: current.key.id, desc });
    }
    const key = await readRolesEverywhere(step, current.key, orgId, request.groupIds);
    return bringToDeclared(step, request, { key, orgId, desc, before });
}
/**
 * The stored secret is that of a key that a rotation has superseded, or has not made final. Such keys stay alive for
 * those who hold them, and this job is one.
 */
async function useStored(step, request, desc, stored) {
    const [groupId] = request.groupIds;
    step.log.info(`knownPrivateKey belongs to key ${nameOf(stored.key)}, which is ${stored.state} and still alive.`);
    const orgId = await organizationOfProject(step.atlas, groupId, [stored.key]);
    const key = await readRolesEverywhere(step, stored.key, orgId, request.groupIds);
    return bringToDeclared(step, request, { key, orgId, desc, before: [] });
}
/** Brings the key that was found to the declared roles, and hands its secret on where that is known and fits. */
async function bringToDeclared(step, request, found) {
    const privateKey = await acceptKnownSecret(step, found.key, request);
    return converge(step, { request, ...found, privateKey });
}
/** A key of this text that the organisation has and the project lacks. Who may not list keys has none there. */
async function findInOrganization(step, groupId, desc, projectKeys) {
    const orgId = await organizationOfProject(step.atlas, groupId, projectKeys);
    const keys = await listWhereAllowed(step, orgId);
    // A key that was just unassigned, or assigned since, is the project list's business.
    const named = keys.filter((key) => key.desc === desc && (0,keys_key/* rolesIn */.t4)(groupId, key).length === 0);
    if (named.length > 1)
        throw ambiguous(desc, named, 'organisation');
    return named[0] === undefined ? undefined : { key: named[0], orgId };
}
async function listWhereAllowed(step, orgId) {
    try {
        return await step.atlas.listOrganizationKeys(orgId);
    }
    catch (error) {
        if ((0,errors/* isAtlasError */.yH)(error, 'notAllowed'))
            return [];
        throw error;
    }
}
function ambiguous(desc, keys, where) {
    return new KeyError('ambiguous', `${keys.length} keys of the ${where} are named "${desc}": ${keys.map(nameOf).join(', ')}. Say which one with ` +
        'apiUserId, or give the others another description.');
}
async function waitForRival(step, rival) {
    if (step.remaining() <= LOOK_AGAIN) {
        // not covered: every pending key's mark says until when, which the type of a member does not.
        const until = 'mark' in rival && 'until' in rival.mark ? (0,keys_mark/* isoSeconds */.nE)(rival.mark.until) : 'a while';
        throw new KeyError('unfinished', `Another run began to make this key (${nameOf(rival.key)}) and has not finished. If that run is gone, its key ` +
            `counts as left over after ${until}: run this job again then, or give a longer timeout.`);
    }
    await step.pause(LOOK_AGAIN);
}

;// CONCATENATED MODULE: ./lib/keys/concurrently.js
/**
 * Runs `work` on every item, at most `limit` at once, and returns how each ended, in the items' order. One
 * failure does not stop the others.
 */
async function concurrently(items, limit, work) {
    const results = [];
    const queue = items.entries();
    const worker = async () => {
        for (const [index, item] of queue) {
            [results[index]] = (await Promise.allSettled([work(item)]));
        }
    };
    await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
    return results;
}

;// CONCATENATED MODULE: ./lib/keys/sweep.js
/**
 * sweep: deletes what runs left behind. Only what carries our mark and is due by the service's clock; never a
 * key that a person made, never the caller's own, never one that may still be in use.
 */









/** Deletions at once: well inside the rate limit of an organisation's key endpoints (500, 250 more a minute). */
const AT_ONCE = 8;
/** After how many deletions a line tells how far a long sweep is. */
const PROGRESS_EVERY = 25;
const WORDS = { revoked: 'Deleted', gone: 'Already gone:', unassigned: 'Unassigned' };
async function sweep(step, request) {
    const doomed = await findLeftovers(step, request);
    const rows = doomed.map(({ key }) => rowOf(key));
    if (doomed.length === 0)
        step.log.info('Nothing is left over.');
    if (request.dryRun) {
        return planned(doomed.map(({ key }) => planDeletion(key)), { family: rows });
    }
    const swept = await deleteAll(step, doomed);
    const gone = new Set(swept.deleted.map((key) => key.id));
    return outcome({
        result: 'swept',
        changed: swept.deleted.length + swept.unassigned.length > 0,
        retired: [...gone],
        family: rows.map((row) => (gone.has(row.apiUserId) ? { ...row, state: 'retired' } : row)),
        ...problemOf(swept),
    });
}
/**
 * What an ephemeral step does in passing for its own text. Never rejects: another run's left-overs are no
 * reason to fail this one.
 */
async function sweepInPassing(step, request) {
    try {
        const due = await findInPassing(step, request);
        if (due.length === 0)
            return [];
        const orgId = await organizationOfProject(step.atlas, request.groupIds[0], due);
        const swept = await deleteAll(step, due.map((key) => ({ key, orgId, groupIds: request.groupIds })));
        return swept.deleted.map((key) => key.id);
    }
    catch (error) {
        step.log.warning(`Left-over keys of earlier runs were not looked for; the next run does it. ${(0,errors/* messageOf */.bD)(error)}`);
        return [];
    }
}
/** What `sweepInPassing` would delete. */
async function findInPassing(step, request) {
    const keys = await step.atlas.listProjectKeys(request.groupIds[0]);
    const leftovers = leftoversOf(step, request);
    return keys.filter((key) => isLeftover(key, leftovers));
}
/** Whether a key is left over: ours, due, and within what the sweep was asked for. */
function isLeftover(key, leftovers) {
    const marked = (0,keys_mark/* readMark */.Mp)(key.desc);
    if (marked === undefined || key.publicKey === leftovers.callerPublicKey)
        return false;
    const { mark } = marked;
    const asked = leftovers.desc === undefined
        ? mark.repository === leftovers.repository
        : (0,keys_mark/* isMarkedAs */.Bi)(marked, leftovers.desc);
    if (!asked)
        return false;
    switch (mark.state) {
        case 'ephemeral': {
            const age = leftovers.serviceNow - (0,keys_key/* createdAt */.CT)(key.id);
            return leftovers.serviceNow > mark.until && age >= leftovers.ttl;
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
async function findLeftovers(step, request) {
    const lists = await Promise.all(request.groupIds.map(async (groupId) => ({ groupId, keys: await step.atlas.listProjectKeys(groupId) })));
    // not covered: there is a list for every project, which the types do not know.
    const orgId = await organizationOfProject(step.atlas, request.groupIds[0], lists[0]?.keys ?? []);
    const orphans = await listOrphans(step, orgId);
    const leftovers = leftoversOf(step, request);
    const doomed = new Map();
    for (const { groupId, keys } of lists) {
        for (const key of keys.filter((candidate) => isLeftover(candidate, leftovers))) {
            doomed.set(key.id, { key, orgId, groupIds: [...(doomed.get(key.id)?.groupIds ?? []), groupId] });
        }
    }
    for (const key of orphans.filter((candidate) => isLeftover(candidate, leftovers))) {
        doomed.set(key.id, { key, orgId, groupIds: [] });
    }
    return [...doomed.values()];
}
/** Keys of the organisation that are in no project any more; none for a caller who may not list them. */
async function listOrphans(step, orgId) {
    try {
        const keys = await step.atlas.listOrganizationKeys(orgId);
        return keys.filter((key) => key.roles.every((role) => role.groupId === undefined));
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'notAllowed'))
            throw error;
        step.log.info('Only the project is swept: listing the keys of the organisation needs Organization Member.');
        return [];
    }
}
function leftoversOf(step, wish) {
    return {
        desc: wish.desc,
        repository: step.run.repository,
        ttl: wish.ttl,
        serviceNow: step.atlas.serviceNow(),
        callerPublicKey: step.callerPublicKey,
    };
}
async function deleteAll(step, doomed) {
    const deleted = [];
    const unassigned = [];
    // Were in no project any more.
    const outOfReach = [];
    let ended = 0;
    const results = await concurrently(doomed, AT_ONCE, async ({ key, orgId, groupIds }) => {
        const { outcome: how } = await revokeKey(step.atlas, { apiUserId: key.id, orgId, groupIds });
        if (how === 'revoked')
            deleted.push(key);
        if (how === 'unassigned')
            (groupIds.length === 0 ? outOfReach : unassigned).push(key);
        if (how !== 'unassigned' || groupIds.length > 0) {
            step.log.info(`${WORDS[how]} left-over key ${nameOf(key)}: "${key.desc}".`);
        }
        ended += 1;
        if (ended % PROGRESS_EVERY === 0)
            step.log.info(`${ended} of ${count(doomed, 'left-over key')} done.`);
    });
    const failed = doomed.filter((_, index) => results[index]?.status === 'rejected').map(({ key }) => key);
    results.forEach((result, index) => {
        const key = doomed[index]?.key;
        if (result.status === 'rejected' && key !== undefined) {
            step.log.warning(`Left-over key ${nameOf(key)} could not be deleted; the next sweep tries again. ${(0,errors/* messageOf */.bD)(result.reason)}`);
        }
    });
    const alive = [...unassigned, ...outOfReach];
    if (alive.length > 0) {
        step.log.warning('Still alive in the organisation, though out of the project, since deleting needs Organization Owner: ' +
            `${alive.map(nameOf).join(', ')}. Sweep with that role.`);
    }
    return { deleted, unassigned, failed };
}
function problemOf({ failed }) {
    if (failed.length === 0)
        return {};
    return {
        problem: `${count(failed, 'left-over key')} could not be deleted: ${failed.map(nameOf).join(', ')}. The warnings above say why; ` +
            'the next sweep tries again.',
    };
}
function rowOf(key) {
    // not covered: what was swept had a mark.
    const state = (0,keys_mark/* readMark */.Mp)(key.desc)?.mark.state ?? 'current';
    return { apiUserId: key.id, publicKey: key.publicKey, state };
}

;// CONCATENATED MODULE: ./lib/keys/ephemeral.js









async function ephemeral(step, request) {
    const { desc, groupIds, roles, handover, ttl, onRevokeFailure } = request;
    const [entries] = await Promise.all([
        resolveAccessList(step, handover.accessList),
        tellWhetherRevocable(step, onRevokeFailure),
    ]);
    if (request.dryRun) {
        const leftovers = await findInPassing(step, { groupIds, desc, ttl });
        return planned([planMaking(request, 'revoked when the job ends'), ...leftovers.map(planDeletion)]);
    }
    const purpose = { mode: 'ephemeral', onRevokeFailure };
    const made = await makeEphemeralKey(step, { purpose, desc, groupIds, roles }, ttl);
    const sweeping = sweepInPassing(step, { groupIds, desc, ttl });
    try {
        await makeUsable(step, made, handover, entries);
        await step.deliver({ key: made.key, orgId: made.intent.orgId });
    }
    catch (error) {
        await Promise.all([undoMaking(step, made), sweeping]);
        throw error;
    }
    step.journal({ phase: 'handedOut', ...made.intent });
    step.log.info(`Created key ${nameOf(made.key)} for this run. The post step revokes it; if that cannot run, it counts as left ` +
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
        throw new KeyError('notRevocable', `${what}. Nothing was made, because onRevokeFailure is fail. Give the caller Organization Owner, or set ` +
            'onRevokeFailure: warn.');
    }
    step.log.warning(`${what}. Give the caller Organization Owner to have it truly revoked.`);
}

;// CONCATENATED MODULE: ./lib/keys/revoke.js
/** revoke: one key by its id, or all keys of a text in the projects. What is gone already is a success. */











const revoke_AT_ONCE = 8;
async function revoke(step, request) {
    const targets = request.key.by === 'apiUserId'
        ? await findById(step, request, request.key.apiUserId)
        : await findFamily(step, request, request.key.desc);
    refuseCallersOwn(step, targets);
    if (targets.length === 0)
        step.log.info('There is no such key any more.');
    if (request.dryRun) {
        return planned(targets.map(({ key }) => planDeletion(key)), { family: targets.map(revoke_rowOf) });
    }
    // Current ones go last: without any, an ensure at the same moment would give a superseded key its text back, just
    // before that one is deleted and goes on being listed.
    const current = targets.filter(({ state }) => state === 'current');
    const superseded = targets.filter(({ state }) => state !== 'current');
    const results = [...(await retireAll(step, superseded)), ...(await retireAll(step, current))];
    const revoked = [];
    let unassigned = 0;
    const left = [];
    [...superseded, ...current].forEach((target, index) => {
        const result = results[index];
        const name = nameOf(target.key);
        if (result?.status === 'rejected') {
            left.push(`${name}: ${(0,errors/* messageOf */.bD)(result.reason)}`);
        }
        else if (result?.value.outcome === 'unassigned') {
            unassigned += 1;
            left.push(livesOn(name, target.orgId));
        }
        else if (result?.value.outcome === 'revoked') {
            revoked.push(target);
            step.log.info(`Revoked key ${name}.`);
        }
        else {
            step.log.info(`Key ${name} was gone already.`);
        }
    });
    const gone = new Set(revoked.map(({ key }) => key.id));
    return outcome({
        result: 'revoked',
        changed: gone.size + unassigned > 0,
        retired: [...gone],
        family: targets.map((target) => gone.has(target.key.id) ? { ...revoke_rowOf(target), state: 'retired' } : revoke_rowOf(target)),
        ...(left.length === 0
            ? {}
            : { problem: `${count(left, 'key')} could not be revoked. ${left.join(' ')}` }),
    });
}
function retireAll(step, targets) {
    return concurrently(targets, revoke_AT_ONCE, ({ key, orgId, groupIds, desc }) => retireKey(step.atlas, { apiUserId: key.id, orgId, groupIds }, { desc, mark: ownMark(step) }));
}
async function findById(step, { groupIds }, apiUserId) {
    const { orgId } = await step.atlas.readProject(groupIds[0]);
    try {
        const key = await step.atlas.readOrganizationKey(orgId, apiUserId);
        const inProjects = [...new Set(key.roles.flatMap((role) => role.groupId ?? []))];
        const marked = (0,keys_mark/* readMark */.Mp)(key.desc);
        const state = marked?.mark.state ?? 'current';
        return [{ key, state, orgId, groupIds: inProjects, desc: marked?.text ?? key.desc }];
    }
    catch (error) {
        if ((0,errors/* isAtlasError */.yH)(error, 'gone'))
            return [];
        throw error;
    }
}
async function findFamily(step, { groupIds }, desc) {
    const targets = new Map();
    for (const groupId of groupIds) {
        const family = await readFamily(step.atlas, groupId, desc);
        // One in the making would die under the hands of its maker, and be listed under the plain text it had got.
        const spared = [...membersIn(family, 'ephemeral'), ...livePending(family, step.atlas.serviceNow())];
        for (const { key, state } of spared) {
            step.log.info(state === 'ephemeral'
                ? `Left ephemeral key ${nameOf(key)} alone: its own run revokes it, or a sweep once it is due.`
                : `Left key ${nameOf(key)} alone: another run is making it. If that run is gone, a sweep deletes it once it is due.`);
        }
        for (const { key, state } of family.filter((member) => !spared.includes(member))) {
            const orgId = await organizationOfProject(step.atlas, groupId, [key]);
            const known = targets.get(key.id)?.groupIds ?? [];
            targets.set(key.id, { key, state, orgId, groupIds: [...known, groupId], desc });
        }
    }
    return [...targets.values()];
}
function refuseCallersOwn(step, targets) {
    const own = targets.find(({ key }) => key.publicKey === step.callerPublicKey);
    if (own === undefined)
        return;
    throw new KeyError('callersOwn', `Key ${nameOf(own.key)} is the one this step signs in with; it is never revoked, and no other key was touched. Sign ` +
        'in with another one to revoke it.');
}
function revoke_rowOf({ key, state }) {
    return { apiUserId: key.id, publicKey: key.publicKey, state };
}

;// CONCATENATED MODULE: ./lib/keys/commit.js
/** How a rotation becomes final, and which keys go then. */









/**
 * Makes the rotation's key the current one: the former become previous, then it gets the plain text, then those
 * beyond `keepPrevious` are retired. May be run again after it was interrupted. Throws `KeyError` when the key is gone.
 */
async function commitRotation(step, rotation) {
    const { desc, apiUserId } = rotation;
    const promotion = { groupId: rotation.groupIds[0], orgId: rotation.orgId, apiUserId, desc };
    const before = await readFamily(step.atlas, promotion.groupId, desc);
    const mine = before.find((member) => member.key.id === apiUserId);
    if (mine === undefined || mine.state === 'retired') {
        throw new KeyError('notFound', `Key ${apiUserId} that this rotation made is no longer in use, so it cannot become current. No other key was ` +
            'changed. Somebody revoked it, or more rotations than keepPrevious + 1 were open at once. Run the job again, one rotation at a time.');
    }
    const plain = membersIn(before, 'current').filter((member) => member !== mine);
    // Within one second ids tell no order: then the later commit wins.
    if (plain.some((member) => (0,keys_key/* createdAt */.CT)(member.key.id) > (0,keys_key/* createdAt */.CT)(apiUserId))) {
        await demote(step, mine, promotion);
        return superseded(await readFamily(step.atlas, promotion.groupId, desc));
    }
    const demoted = await Promise.all(plain.map((member) => demote(step, member, promotion)));
    const gone = plain.filter((_, index) => demoted[index] === 'gone').map(({ key }) => key.id);
    const after = await settleCurrent(step, promotion).catch(async (error) => {
        // Another rotation retired it after that look; the former key must not be left without its name.
        if ((0,errors/* isAtlasError */.yH)(error, 'gone'))
            await restoreCurrent(step, promotion);
        throw error;
    });
    const [newest] = membersIn(after, 'current');
    if (newest !== undefined && newest.key.id !== apiUserId)
        return superseded(after);
    // One that is only listed still keeps nobody's place.
    const alive = (members) => members.filter(({ key }) => !gone.includes(key.id));
    const held = inUse(alive(before), { apiUserId, nonce: step.nonce });
    const doomed = doomedAsBefore(membersToRetire(alive(after), rotation, held), before);
    // An earlier try had got this far: who knows what has become previous since.
    const leaving = mine.state === 'current' ? doomed.filter(({ state }) => state !== 'previous') : doomed;
    const retired = await retireMembers(step, rotation, leaving);
    if (leaving.some((member) => member.state === 'undecided'))
        await restoreCurrent(step, promotion);
    return {
        outcome: 'committed',
        retired: retired.map(({ key }) => key.id),
        family: rowsOf(alive(after), retired),
    };
}
function superseded(family) {
    return { outcome: 'superseded', retired: [], family: rowsOf(family, []) };
}
/** Retires these members side by side. A failure is told and left to the next rotation. Returns those that went. */
async function retireMembers(step, { groupIds, orgId, desc }, members) {
    const results = await Promise.all(members.map(async (member) => {
        const doomed = { apiUserId: member.key.id, orgId: (0,keys_key/* organizationOf */.d1)(member.key) ?? orgId, groupIds };
        try {
            const { outcome } = await retireKey(step.atlas, doomed, { desc, mark: ownMark(step) });
            if (outcome === 'revoked')
                step.log.info(`Retired key ${nameOf(member.key)}, which was ${member.state}.`);
            if (outcome === 'unassigned')
                step.log.warning(livesOn(nameOf(member.key), doomed.orgId));
            return outcome === 'revoked' ? [member] : [];
        }
        catch (error) {
            const why = (0,errors/* messageOf */.bD)(error);
            step.log.warning(`Key ${nameOf(member.key)} could not be retired; the next rotation tries again. ${why}`);
            return [];
        }
    }));
    return results.flat();
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
        state: gone.has(key.id) ? 'retired' : state,
    }));
}

// EXTERNAL MODULE: ./lib/keys/delivery-error.js
var delivery_error = __webpack_require__(973);
;// CONCATENATED MODULE: ./lib/keys/rotate.js















async function rotate(step, request) {
    const { desc, groupIds } = request;
    const family = await readFamily(step.atlas, groupIds[0], desc);
    rotate_refuseCallersOwn(step, family);
    const current = actingCurrent(family);
    if (current !== undefined) {
        const verdict = await checkKnownSecret(step, current.key, request);
        const reason = reasonToRotate(step, request, current, verdict);
        if (reason === undefined)
            return keep(step, request, family, current);
        step.log.info(`The current key is ${nameOf(current.key)}; ${reason}`);
    }
    else {
        step.log.info('There is no key of this desc yet.');
    }
    await checkMayRename(step);
    if (request.dryRun) {
        return planned(planRotation(request, family, step.nonce), { family: rowsOf(family, []) });
    }
    const made = await makeUndecided(step, request);
    const rotation = { ...made.intent, keepPrevious: request.keepPrevious };
    const final = request.commit === 'step'
        ? await commitNow(step, made, rotation)
        : await leaveOpen(step, made, rotation, family);
    return outcome({
        result: 'rotated',
        changed: true,
        facts: factsOf(made),
        privateKey: made.key.privateKey,
        retired: final.retired,
        previous: supersededIn(final.family, made.key.id),
        family: final.family,
    });
}
/** Why a new key is due, as the end of a sentence; `undefined` when the current one is to stay. */
function reasonToRotate(step, { rotateAfter }, current, verdict) {
    if (verdict !== undefined && verdict !== 'fits') {
        return 'the stored secret is not its secret, so a new one is due now.';
    }
    const age = step.atlas.serviceNow() - (0,keys_key/* createdAt */.CT)(current.key.id);
    return age >= rotateAfter ? 'a new one is due.' : undefined;
}
/** The current key stays; its roles are brought to those declared. A known secret fits it by now. */
async function keep(step, request, family, current) {
    const { desc, groupIds } = request;
    const orgId = await organizationOfProject(step.atlas, groupIds[0], [current.key]);
    const before = [];
    if (current.state !== 'current') {
        before.push({ action: 'rename', key: current.key, what: `"${desc}"` });
        if (!request.dryRun) {
            await settleCurrent(step, { groupId: groupIds[0], orgId, apiUserId: current.key.id, desc });
        }
    }
    step.log.info(`Key ${nameOf(current.key)} is younger than rotateAfter; it stays.`);
    tellWhatIsForNewKeys(step, request.handover);
    const key = await readRolesEverywhere(step, current.key, orgId, groupIds);
    const rows = rowsOf(family, []);
    const privateKey = request.knownPrivateKey;
    const kept = await converge(step, { request, key, orgId, desc, before, privateKey });
    return { ...kept, family: rows, previous: supersededIn(rows, key.id) };
}
/**
 * The new key, made, tried, handed over and marked undecided. The mark comes first where the key is stored beyond this
 * machine: were the machine lost just then, a sweep would take a pending one. Otherwise it comes last: were the
 * machine lost with the outputs, a sweep shall take it.
 */
async function makeUndecided(step, request) {
    const { desc, groupIds, roles, handover, commit, keepPrevious } = request;
    const entries = await resolveAccessList(step, handover.accessList);
    const purpose = { mode: 'rotate', commit, keepPrevious };
    const made = await makePendingKey(step, { purpose, desc, groupIds, roles });
    const { orgId, apiUserId } = made.intent;
    const inProject = { groupId: groupIds[0], orgId, apiUserId, desc };
    const isStored = handover.store !== undefined;
    try {
        await makeUsable(step, made, handover, entries);
        if (isStored)
            await markUndecided(step, inProject);
    }
    catch (error) {
        await undoMaking(step, made);
        throw error;
    }
    step.journal({ phase: 'delivering', ...made.intent });
    step.log.info(`Created key ${nameOf(made.key)}.`);
    try {
        await step.deliver({ key: made.key, orgId });
    }
    catch (error) {
        if (error instanceof delivery_error/* DeliveryError */.V && error.nobodyHasIt)
            await undoMaking(step, made);
        else {
            step.log.warning(`Key ${nameOf(made.key)} stays, undecided: some of it may have been stored. The former key stays valid.`);
        }
        throw error;
    }
    step.journal({ phase: 'handedOut', ...made.intent });
    if (!isStored)
        await markUndecided(step, inProject);
    step.journal({ phase: 'open', ...made.intent });
    return made;
}
async function commitNow(step, made, rotation) {
    step.journal({ phase: 'committing', ...made.intent });
    const commit = await commitRotation(step, rotation);
    step.journal({ phase: 'settled', ...made.intent });
    step.log.info(commit.outcome === 'committed'
        ? 'The rotation is final: the new key is current.'
        : 'A newer rotation was committed meanwhile; this key counts as previous.');
    return commit;
}
/** The job decides. Only undecided keys of rotations that came to nothing are thinned out. */
async function leaveOpen(step, made, rotation, family) {
    const retired = await thinOut(step, rotation, family);
    const until = actingCurrent(family) === undefined ? '' : '; until then the former key stays current';
    step.log.info(`The rotation becomes final when the job succeeds${until}.`);
    const mine = { apiUserId: made.key.id, publicKey: made.key.publicKey, state: 'undecided' };
    return { retired: retired.map(({ key }) => key.id), family: [mine, ...rowsOf(family, retired)] };
}
/** Retires undecided keys of rotations that came to nothing, unless they were committed since the family was read. */
async function thinOut(step, rotation, family) {
    if (undecidedToRetire(family, rotation).length === 0)
        return [];
    const now = await readFamily(step.atlas, rotation.groupIds[0], rotation.desc);
    const doomed = doomedAsBefore(undecidedToRetire(now, rotation), family);
    const retired = await retireMembers(step, rotation, doomed);
    const { groupIds, orgId, desc } = rotation;
    if (doomed.length > 0)
        await restoreCurrent(step, { groupId: groupIds[0], orgId, desc });
    return retired;
}
/** Keys that the new one takes over from and that are still alive. */
function supersededIn(family, apiUserId) {
    return family
        .filter((row) => row.apiUserId !== apiUserId && (row.state === 'current' || row.state === 'previous'))
        .map((row) => row.apiUserId);
}
function rotate_refuseCallersOwn(step, family) {
    const own = membersIn(family, 'current', 'previous', 'undecided', 'retired').find(({ key }) => key.publicKey === step.callerPublicKey);
    if (own === undefined)
        return;
    throw new KeyError('callersOwn', `Key ${nameOf(own.key)} of this desc is the one this step signs in with; the step never changes its own key. Sign ` +
        'in with another one to rotate it.');
}

;// CONCATENATED MODULE: ./lib/modes.js
/** Which function serves which mode. */





function carryOut(step, request) {
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


/***/ })

};
