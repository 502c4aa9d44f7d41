export const id = 23;
export const ids = [23];
export const modules = {

/***/ 5836:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ concurrently)
/* harmony export */ });
/** Runs `work` on every item, at most `limit` at once; returns what each gave, in their order. `work` should not fail. */
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

/***/ 8023:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  carryOut: () => (/* binding */ carryOut)
});

// EXTERNAL MODULE: ./lib/atlas/errors.js
var errors = __webpack_require__(7236);
// EXTERNAL MODULE: ./lib/keys/mark.js
var keys_mark = __webpack_require__(3043);
// EXTERNAL MODULE: ./lib/keys/key.js
var keys_key = __webpack_require__(2375);
;// CONCATENATED MODULE: ./lib/keys/family.js


/** How long after its deadline a maker's last call may still reach the service, in milliseconds. */
const GRACE = 60_000;
/** The longest `timeout` and that grace: a mark, or a note, that claims more is not waited for. */
const LONGEST_MAKING = 10 * 60_000 + GRACE;
/** The members of the family `desc` among these keys, newest first: named so by us (marked) or by a person. */
function familyOf(desc, keys) {
    return keys.flatMap((key) => memberOf(desc, key) ?? []).sort(keys_key/* newestFirst */.ll);
}
/** The family `desc` as the first project lists it now. */
async function readFamily(step, home) {
    return familyOf(home.desc, await step.atlas.listProjectKeys(home.groupIds[0]));
}
function memberOf(desc, key) {
    if (key.desc === desc)
        return { ...key, state: 'current' };
    const marked = (0,keys_mark/* readMark */.Mp)(key.desc);
    if (marked === undefined || !(0,keys_mark/* isMarkedAs */.Bi)(marked, desc))
        return undefined;
    return { ...key, state: marked.mark.state, mark: marked.mark };
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
 * stored. No maker works longer than `LONGEST_MAKING`.
 */
function inTheMaking(family, serviceNow) {
    return family.filter(({ id, mark }) => {
        if (mark?.until === undefined || mark.state === 'ephemeral')
            return false;
        return serviceNow <= mark.until && mark.until <= (0,keys_key/* createdAt */.CT)(id) + LONGEST_MAKING;
    });
}
/** Pending keys whose maker is gone for good: it had to stop by itself before that time. */
function deadPending(family, serviceNow) {
    return family.filter(({ mark }) => mark?.state === 'pending' && serviceNow > mark.until);
}
/** How long a maker waits before it looks at the other makers again, in milliseconds. */
const LOOK_AGAIN = 700;
/**
 * Whether of several makers at once (`makers` are the ids of their keys) this one has the key; `undefined` while that is
 * open. Each lists after its own create, so of two at least one sees the other: docs/lifecycle.md has the proof.
 */
function electionOf(isMade, makers, mine) {
    if (isMade || makers.some((id) => id < mine))
        return false;
    return makers.length === 1 && makers[0] === mine ? true : undefined;
}
/** Looks until the election is decided, from this family on: whether the maker of the pending key has won. */
async function winElection(step, first, mine) {
    for (let family = first;;) {
        const makers = inTheMaking(family, step.atlas.serviceNow()).map(({ id }) => id);
        const isElected = electionOf(actingCurrent(family) !== undefined, makers, mine.apiUserId);
        if (isElected !== undefined)
            return isElected;
        await step.pause(LOOK_AGAIN);
        family = await readFamily(step, mine);
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
function outsideRemit(key, claim, caller, groupIds) {
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
 * The key as its organisation shows it now, where this step may touch it; else why not. Throws `AtlasError`. A project's
 * list need not show the roles in other projects, so the key is read in the organisation.
 */
async function judge(step, key, claim, place) {
    const { orgId, groupIds } = place;
    const shown = outsideRemit(key, 'named', step.caller, groupIds);
    if (shown !== undefined)
        return { why: shown };
    try {
        const whole = place.whole?.get(key.id) ?? (await step.atlas.readOrganizationKey(orgId, key.id));
        const why = outsideRemit(whole, claim, step.caller, groupIds);
        if (why !== undefined)
            return { why };
        // The post step of its maker may just have made it current.
        if (claim === 'leftOver' && whole.desc !== key.desc)
            return { why: 'its description has just changed' };
        return { key: whole };
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'notAllowed'))
            throw error;
        return { why: 'this step may not read it in the organisation, which shows its roles in other projects' };
    }
}
/** Whether the step may touch this member of the family; where not, the reason is told. */
async function mayTouch(step, key, place) {
    const verdict = await judge(step, key, 'member', place);
    if ('why' in verdict)
        step.leave(key, verdict.why);
    return 'key' in verdict;
}

// EXTERNAL MODULE: ./lib/keys/step.js
var keys_step = __webpack_require__(7168);
;// CONCATENATED MODULE: ./lib/keys/current.js
/** Giving one key of a family its plain description, so that exactly one has it in the end. */





/** Gives a key the plain text, then looks whether others did the same at the same moment. Returns the family. */
async function becomeCurrent(step, key) {
    await rename(step, key, key.desc);
    return demoteOlder(step, key);
}
/** Changes a key's description. Whoever gives the plain text calls `demoteOlder` then. */
async function rename(step, { groupIds, orgId, apiUserId }, desc) {
    await step.atlas.renameKey({ groupId: groupIds[0], orgId, apiUserId }, desc);
}
/**
 * If several keys are plain, all but the newest become previous, which everyone computes alike. Everyone does this after a
 * rename to the plain text, and whoever looks last sees all of them. Returns the family.
 */
async function demoteOlder(step, home) {
    const family = await readFamily(step, home);
    const newest = newestCurrent(step, home, family);
    const others = membersIn(family, 'current').filter((member) => member !== newest);
    await Promise.all(others.map((member) => demote(step, home, member)));
    return family;
}
/** The newest plain key that the list shows within the remit. One that somebody else renamed must decide nothing here. */
function newestCurrent(step, home, family) {
    const isOurs = (key) => outsideRemit(key, 'member', step.caller, home.groupIds) === undefined;
    return membersIn(family, 'current').find(isOurs);
}
/** Marks this step's key: not final, and somebody may hold it. `until`: the step is at work on it till then at most. */
async function markUndecided(step, key, until) {
    const mark = { ...(0,keys_step/* ownMark */.a1)(step), state: 'undecided', ...(until !== undefined && { until }) };
    await rename(step, key, (0,keys_mark/* describeMarked */.MF)(key.desc, mark));
}
/** Marks a key as superseded and alive, unless it was deleted meanwhile, or is not this step's to rename, which is told. */
async function demote(step, home, key) {
    try {
        if (!(await mayTouch(step, key, home)))
            return;
        const marked = (0,keys_mark/* describeMarked */.MF)(home.desc, { ...(0,keys_step/* ownMark */.a1)(step), state: 'previous' });
        await rename(step, { ...home, apiUserId: key.id }, marked);
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'gone'))
            throw error;
    }
}

// EXTERNAL MODULE: ./lib/keys/concurrently.js
var concurrently = __webpack_require__(5836);
;// CONCATENATED MODULE: ./lib/keys/outcome.js
/** An outcome of which only the given parts are remarkable. */
function outcome(parts) {
    return { previous: [], retired: [], family: [], plan: [], ...parts };
}

;// CONCATENATED MODULE: ./lib/keys/retire.js
/**
 * How keys die. To retire a key is to delete it from its organisation, the only true revocation. A caller who may not do
 * that marks it as retired and takes it out of its projects: a sweep with an owner's rights finds it by that mark.
 */






/** Deletions at once: well inside the rate limit of an organisation's key endpoints (500, 250 more a minute). */
const AT_ONCE = 8;
/** Retires the key that this step made. Throws `AtlasError`; a key that is gone already is fine. */
function retireMade(step, made) {
    return retire({ ...step, atlas: step.undoing }, made);
}
/**
 * Retires keys that the step did not make, side by side, each only where it lies within the remit, and tells of each.
 * One failure does not stop the others.
 */
async function retireFound(step, keys, how) {
    const { which = ({ desc }) => `which was ${(0,keys_mark/* stateOf */.L4)(desc)}`, next, orgId } = how;
    const ends = await (0,concurrently/* concurrently */.r)(keys, AT_ONCE, async (key) => {
        const end = await retireOne(step, key, how);
        const name = (0,keys_step/* nameOf */.Vb)(key);
        if (end.fate === 'deleted')
            step.log.info(`Deleted key ${name}, ${which(key)}.`);
        if (end.fate === 'gone')
            step.log.info(`Key ${name} was gone already.`);
        if (end.fate === 'left')
            step.leave(key, end.why);
        if (end.fate === 'failed') {
            step.log.warning(`Key ${name} could not be deleted; ${next} tries again. ${end.why}`);
        }
        return end;
    });
    const unassigned = ends.filter(({ fate }) => fate === 'unassigned').map(({ key }) => (0,keys_step/* nameOf */.Vb)(key));
    if (unassigned.length > 0)
        step.log.warning(livesOn(unassigned.join(', '), orgId));
    return ends;
}
/** Of keys that could only be unassigned: what is left to do, and by whom. */
function livesOn(names, orgId) {
    return (`Out of the project, but still alive in organisation ${orgId}: ${names}. Only an Organization Owner may delete keys: do it ` +
        'there, or run mode: sweep with that role.');
}
/** The ids of those that this step deleted. */
function deletedIn(ends) {
    return ends.filter(({ fate }) => fate === 'deleted').map(({ key }) => key.id);
}
/** What a table shows of a key that has changed. */
const SHOWN = { deleted: 'revoked', unassigned: 'retired' };
/** A table of these keys and of those that were to be retired, but for what somebody else had deleted. */
function rowsOf(family, ends = []) {
    const fates = new Map(ends.map(({ key, fate }) => [key.id, fate]));
    const keys = new Map([...family, ...ends.map(({ key }) => key)].map((key) => [key.id, key]));
    return [...keys.values()]
        .filter(({ id }) => fates.get(id) !== 'gone')
        .map(({ id, publicKey, desc }) => {
        const fate = fates.get(id);
        const marked = (0,keys_mark/* readMark */.Mp)(desc);
        return {
            apiUserId: id,
            publicKey,
            state: (fate && SHOWN[fate]) ?? marked?.mark.state ?? 'current',
            ...(marked && { origin: { desc: marked.text, run: marked.mark } }),
        };
    });
}
/** What a step did that does nothing but retire keys. */
function outcomeOf(result, ends, problem) {
    const retired = deletedIn(ends);
    // One that could only be unassigned may have been in no project already.
    const isTaken = ({ fate, key }) => fate === 'unassigned' && key.roles.some(({ groupId }) => groupId);
    return outcome({
        result,
        changed: retired.length > 0 || ends.some(isTaken),
        retired,
        family: rowsOf([], ends),
        ...(problem !== undefined && { problem }),
    });
}
async function retireOne(step, key, { claim, ...place }) {
    try {
        const verdict = await judge(step, key, claim, place);
        if ('why' in verdict)
            return { key, fate: 'left', why: verdict.why };
        const { desc, roles } = verdict.key;
        const marked = (0,keys_mark/* readMark */.Mp)(desc);
        const groupIds = [...new Set(roles.flatMap(({ groupId }) => groupId ?? []))];
        const doomed = { apiUserId: key.id, orgId: place.orgId, groupIds, desc: marked?.text ?? desc };
        // While it has its plain text, an ensure at the same moment would take it for the key to use.
        if (marked === undefined)
            await markRetired(step, doomed);
        const why = 'it is out of its projects, but only an Organization Owner may delete it';
        return { key, fate: await retire(step, doomed), why };
    }
    catch (error) {
        return { key, fate: (0,errors/* isAtlasError */.yH)(error, 'gone') ? 'gone' : 'failed', why: (0,errors/* messageOf */.bD)(error) };
    }
}
async function retire(step, doomed) {
    const { apiUserId, orgId, groupIds } = doomed;
    try {
        return await step.atlas.deleteKey(orgId, apiUserId);
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'notAllowed'))
            throw error;
        await markRetired(step, doomed);
        await Promise.all(groupIds.map((groupId) => step.atlas.unassignKey(groupId, apiUserId)));
        return 'unassigned';
    }
}
/** The mark only helps readers: a key that cannot be renamed, or is gone, still has to be retired. */
async function markRetired(step, { desc, apiUserId, orgId, groupIds: [groupId] }) {
    if (groupId === undefined)
        return;
    try {
        const retired = (0,keys_mark/* describeMarked */.MF)(desc, { ...(0,keys_step/* ownMark */.a1)(step), state: 'retired' });
        await step.atlas.renameKey({ apiUserId, orgId, groupId }, retired);
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'gone', 'notAllowed', 'badRequest', 'unintelligible'))
            throw error;
    }
}

;// CONCATENATED MODULE: ./lib/keys/commit.js
/** How a rotation becomes final, and which keys go then. */





/**
 * Makes the rotation's key the current one: the former become previous, then it gets the plain text, then those
 * beyond `keepPrevious` are retired. May be run again after it was interrupted. Throws `KeyError` when the key is gone.
 */
async function commitRotation(step, made, keepPrevious) {
    const { apiUserId } = made;
    const first = await readFamily(step, made);
    const mine = first.find(({ id }) => id === apiUserId);
    if (mine === undefined || mine.state === 'retired') {
        throw new keys_step/* KeyError */.eN(`Key ${apiUserId}, which this rotation made, cannot become current, because somebody revoked it. No other key was ` +
            'changed. Run the job again.');
    }
    // What was stored last is the newest; docs/lifecycle.md says why.
    const isSuperseded = (family) => {
        const newest = newestCurrent(step, made, family);
        return newest !== undefined && newest.id > apiUserId;
    };
    if (isSuperseded(first)) {
        await demote(step, made, mine);
        return superseded(step, apiUserId, await readFamily(step, made));
    }
    const former = membersIn(first, 'current').filter((member) => member !== mine);
    await Promise.all(former.map((member) => demote(step, made, member)));
    const last = await becomeCurrent(step, made);
    if (isSuperseded(last))
        return superseded(step, apiUserId, last);
    const doomed = [
        // An earlier try had made it current already. What has become previous since then is left to the next rotation.
        ...(mine.state === 'current' ? [] : supersededToRetire(first, last, made, keepPrevious)),
        ...abandonedToRetire(first, apiUserId, keepPrevious, step.atlas.serviceNow()),
    ];
    const left = await retireMembers(step, made, last, doomed);
    step.log.info(`The rotation is final: key ${apiUserId} is current.`);
    return { outcome: 'committed', ...left };
}
function superseded(step, apiUserId, family) {
    step.log.info(`A newer rotation was committed meanwhile; key ${apiUserId} counts as previous.`);
    const previous = supersededIn(family, apiUserId);
    return { outcome: 'superseded', retired: [], previous, family: rowsOf(family) };
}
/** The ids of the members that this key takes over from. */
function supersededIn(family, apiUserId) {
    return membersIn(allBut(apiUserId, family), 'current', 'previous').map(({ id }) => id);
}
/** Retires these members side by side, each where it lies within the remit. `family` is what the table shows besides. */
async function retireMembers(step, { groupIds, orgId, apiUserId }, family, doomed) {
    const how = { groupIds, orgId, claim: 'member', next: 'the next rotation' };
    const ends = await retireFound(step, doomed, how);
    const gone = ends.filter(({ fate }) => fate === 'deleted' || fate === 'gone').map(({ key }) => key.id);
    const previous = supersededIn(family, apiUserId).filter((id) => !gone.includes(id));
    return { retired: deletedIn(ends), previous, family: rowsOf(family, ends) };
}
/** No job runs longer, in milliseconds: https://docs.github.com/en/actions/reference/limits has five days. */
const LONGEST_JOB = 6 * 24 * 3_600_000;
/**
 * Which superseded members a commit retires. It keeps `keepPrevious` of them: first the one that was current in its first
 * look, then the newest. They are counted as the last look shows them. A member that is current there, or was demoted only
 * since the first look, is left to the next rotation, because somebody may just have got it.
 */
function supersededToRetire(first, last, { apiUserId, nonce }, keepPrevious) {
    const before = allBut(apiUserId, first);
    const previous = membersIn(before, 'previous');
    // Where an earlier try has demoted it, the former current key is known by the nonce with which it did.
    const formerFirst = [
        ...membersIn(before, 'current'),
        ...previous.filter(({ mark }) => mark?.nonce === nonce),
        ...previous,
    ];
    const known = formerFirst.map(({ id }) => id);
    const rank = ({ id }) => (id === known[0] ? 0 : 1);
    return membersIn(allBut(apiUserId, last), 'current', 'previous')
        .sort((left, right) => rank(left) - rank(right))
        .slice(keepPrevious)
        .filter(({ id, state }) => state === 'previous' && known.includes(id));
}
/**
 * Which members any rotation retires, whether it becomes final or not: those that are marked as retired, and undecided
 * ones whose job cannot commit them any more. It keeps the newest `keepPrevious` of the undecided ones, and the one that
 * stands in for a current key.
 */
function abandonedToRetire(family, apiUserId, keepPrevious, serviceNow) {
    const others = allBut(apiUserId, family);
    const acting = actingCurrent(others);
    const undecided = membersIn(others, 'undecided').slice(keepPrevious);
    return [
        ...undecided.filter((member) => member !== acting && serviceNow - (0,keys_key/* createdAt */.CT)(member.id) > LONGEST_JOB),
        ...membersIn(others, 'retired'),
    ];
}
function allBut(apiUserId, family) {
    return family.filter(({ id }) => id !== apiUserId);
}

;// CONCATENATED MODULE: ./lib/keys/journal.js
/** Nothing is left to do, unless a lost create of the same step may still turn up. */
function nothingLeft(intent) {
    return intent.answerLost ? { phase: 'making', ...intent } : { phase: 'idle' };
}

;// CONCATENATED MODULE: ./lib/keys/make-key.js
/**
 * Making a key so that none is ever left that nobody holds: the intent is saved, the create is sent, the id is
 * saved; a create that was answered to nobody is found by its nonce, deleted and made again; every failure
 * before the hand-over deletes the key.
 */








/** How often a create is sent in all, when its answers get lost. */
const CREATES = 3;
/** The roles that call `POST /groups/{groupId}/apiKeys`. */
const MAKE_KEYS = ['GROUP_OWNER', 'GROUP_ACCESS_MANAGER'];
/** The marks of a key that nobody holds. */
const CAME_TO_NOTHING = ['pending', 'ephemeral', 'retired'];
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
/** Makes a key that nobody may take for a current one: it is marked as one of this run, or else as pending. */
async function makeKey(step, purpose, wish) {
    const { desc, groupIds, roles, ttl } = wish;
    const [first, ...others] = groupIds;
    // A pending key's step is certainly over by then. Marks know whole seconds alone.
    const end = step.atlas.serviceNow() + (ttl ?? step.remaining() + GRACE);
    const until = Math.floor(end / 1000) * 1000;
    const state = ttl === undefined ? 'pending' : 'ephemeral';
    const marked = (0,keys_mark/* describeMarked */.MF)(desc, { ...(0,keys_step/* ownMark */.a1)(step), state, until });
    let intent = { purpose, desc, groupIds, nonce: step.nonce, until, answerLost: false };
    let key;
    for (let tries = 1; key === undefined; tries += 1) {
        step.journal({ phase: 'making', ...intent });
        try {
            key = await step.atlas.createKey(first, { desc: marked, roles });
        }
        catch (error) {
            if (!(0,errors/* isAtlasError */.yH)(error, 'answerLost', 'timeout', 'cancelled')) {
                step.journal(nothingLeft(intent));
                throw error;
            }
            intent = { ...intent, answerLost: true };
            step.journal({ phase: 'making', ...intent });
            try {
                await retireStrays(step, intent);
            }
            catch {
                step.log.warning('Atlas did not answer when a key was made, and could not be searched for that key; the post step does it.');
                throw error;
            }
            if (tries === CREATES || step.isOver())
                throw error;
        }
    }
    const { id } = key;
    const orgId = await (0,keys_key/* organizationOf */.d1)(step, first, [key]);
    const made = { key, intent: { ...intent, apiUserId: id, orgId } };
    step.journal({ phase: 'made', ...made.intent });
    await orUndo(step, made, async () => {
        // Waits for all of them: an assignment that ends after the undoing would put the key back into its project.
        const assigned = await Promise.allSettled(others.map((groupId) => step.atlas.assignKey(groupId, id, roles)));
        const failed = assigned.find((result) => result.status === 'rejected');
        if (failed !== undefined)
            throw failed.reason;
    });
    const powers = roles.filter((role) => MAKE_KEYS.includes(role));
    if (powers.length > 0) {
        step.log.info(`Whoever holds the new key can make further keys with ${powers.join(', ')}, and revoking this one does not end ` +
            'those. Give it narrower roles where they suffice.');
    }
    return made;
}
/** What a step did that has made a key and handed it out. */
function outcomeOfMade({ key, intent }, rest) {
    const { desc, orgId, groupIds } = intent;
    return outcome({
        result: 'created',
        changed: true,
        facts: { key, desc, orgId, groupIds, roles: (0,keys_key/* rolesIn */.t4)(groupIds[0], key) },
        privateKey: key.privateKey,
        ...rest,
    });
}
/** Does what a new key needs before somebody holds it. Where that fails, or gives `false`, the key is undone. */
async function orUndo(step, made, act) {
    try {
        if ((await act()) !== false)
            return true;
    }
    catch (error) {
        await undo(step, made);
        throw error;
    }
    await undo(step, made);
    return false;
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
/** Retires every key that a create of this intent made, but for `keep`. Returns whether there was any. */
async function retireStrays(step, intent, keep) {
    const { groupIds, nonce } = intent;
    step.log.info('Atlas did not answer when a key was made; looking for that key.');
    const undoing = { ...step, atlas: step.undoing };
    const keys = await undoing.atlas.listProjectKeys(groupIds[0]);
    const strays = keys.filter(({ id, desc }) => {
        const mark = (0,keys_mark/* readMark */.Mp)(desc)?.mark;
        // A step writes its nonce on keys of others, too: on the former current one when that becomes previous.
        return id !== keep && mark?.nonce === nonce && CAME_TO_NOTHING.includes(mark.state);
    });
    if (strays.length === 0)
        return false;
    const ends = await retireFound(undoing, strays, {
        orgId: await (0,keys_key/* organizationOf */.d1)(undoing, groupIds[0], strays),
        groupIds,
        claim: 'member',
        which: () => 'which had been made without an answer',
        next: 'the post step',
    });
    const failed = ends.find((end) => end.fate === 'failed');
    if (failed !== undefined)
        throw new keys_step/* KeyError */.eN(failed.why);
    return ends.some(({ fate }) => fate === 'deleted' || fate === 'unassigned');
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
 * nothing is left.
 */
function unfinishedBusiness(entry, jobStatus) {
    if (entry.phase === 'idle')
        return undefined;
    const isMade = entry.phase !== 'making';
    const task = isMade ? taskOf(entry, jobStatus) : findUnanswered(entry);
    const mayTurnUp = isMade && entry.answerLost;
    return {
        ...task,
        asksAtlas: mayTurnUp || task.asksAtlas !== false,
        mayWarn: (error) => {
            // A limit strikes many jobs at once, and each would leave a key behind, so this has to be seen.
            const reasons = [error, error instanceof Error && error.cause];
            if (reasons.some((reason) => (0,errors/* isAtlasError */.yH)(reason, 'rateLimited')))
                return false;
            return task.mayWarn?.(error) ?? true;
        },
        settle: async (step) => {
            const settlement = await task.settle(step);
            if (mayTurnUp)
                await retireStrays(step, entry, entry.apiUserId);
            return settlement;
        },
    };
}
function taskOf(entry, jobStatus) {
    const { phase, purpose } = entry;
    if (phase === 'made' || purpose.mode === 'ephemeral')
        return withdrawal(entry);
    if (phase === 'delivering')
        return undecided(entry, 'the step ended while it stored the key');
    if (purpose.mode === 'ensure')
        return finishEnsure(entry);
    if (jobStatus === 'success' || purpose.commit === 'step')
        return commit(entry, purpose.keepPrevious);
    const left = undecided(entry, whyOpen(jobStatus));
    if (phase !== 'open')
        return left;
    // Its key is marked already.
    return { ...left, asksAtlas: false, settle: async (step) => warn(step, left.told) };
}
/** Why a rotation was not made final when its job ended, as the end of a sentence. */
function whyOpen(jobStatus) {
    return jobStatus === undefined
        ? 'the runner did not tell the post step how the job went (inside composite actions inputs get lost; commit: step ' +
            'does not wait for the job)'
        : 'the job did not succeed';
}
function warn(step, warning) {
    step.log.warning(warning);
    return { warning };
}
function findUnanswered(intent) {
    return {
        task: 'findUnanswered',
        told: `A key with the mark ${intent.nonce} may have been made in project ${intent.groupIds[0]} and is held by nobody: delete ` +
            'it if it is there.',
        settle: async (step) => {
            if (!(await retireStrays(step, intent))) {
                await step.pause(LATE_CREATE);
                await retireStrays(step, intent);
            }
            return {};
        },
    };
}
/** Nobody shall hold the key any more, or nobody ever did. */
function withdrawal(made) {
    const { purpose, apiUserId, orgId } = made;
    const mustRevoke = purpose.mode === 'ephemeral' && purpose.onRevokeFailure === 'fail';
    return {
        task: purpose.mode === 'ephemeral' ? 'revoke' : 'withdraw',
        told: `Key ${apiUserId} of organisation ${orgId} is still alive: delete it.`,
        mayWarn: () => !mustRevoke,
        settle: async (step) => {
            const retirement = await retireMade(step, made);
            if (retirement === 'unassigned') {
                const told = livesOn(apiUserId, orgId);
                return mustRevoke ? { problem: told } : warn(step, told);
            }
            step.log.info(retirement === 'gone' ? `Key ${apiUserId} was gone already.` : `Revoked key ${apiUserId}.`);
            return {};
        },
    };
}
/** The key was handed out, and what ends its making is missing. */
function finishEnsure(made) {
    const { desc, groupIds, apiUserId } = made;
    return {
        task: 'finishEnsure',
        told: `Key ${apiUserId} of project ${groupIds[0]} was handed out and still carries a mark: give it the description ` +
            `"${desc}".`,
        settle: async (step) => {
            const family = await readFamily(step, made);
            const state = family.find(({ id }) => id === apiUserId)?.state;
            if (state === undefined) {
                return warn(step, `Key ${apiUserId}, which this step handed out, is gone: somebody else deleted it. Run the job again for a new one.`);
            }
            // The time of a pending one may be over, and another run may have made the key meanwhile.
            const isLate = state === 'pending' && membersIn(family, 'current').length > 0;
            if (isLate || state === 'retired')
                return withdrawal(made).settle(step);
            if (state === 'current')
                await demoteOlder(step, made);
            if (state === 'pending' || state === 'undecided') {
                await becomeCurrent(step, made);
                step.log.info(`The step had ended before key ${apiUserId} got its description; it has it now.`);
            }
            // Otherwise it was current, and a later rotation has superseded it.
            return {};
        },
    };
}
/** The key was handed out, or may have been, and the job did not succeed. */
function undecided(made, why) {
    const { groupIds, apiUserId, purpose } = made;
    const told = `Key ${apiUserId} of project ${groupIds[0]} stays alive, undecided, because ${why}, and somebody may have stored it. ` +
        (purpose.mode === 'ensure'
            ? 'The next run makes another one. Delete this one when nobody holds it.'
            : `Later rotations remove it. ${tellFormer(made)}`);
    return {
        task: 'leaveUndecided',
        told,
        settle: async (step) => {
            const family = await readFamily(step, made);
            const mine = family.find(({ id }) => id === apiUserId);
            if (mine === undefined || mine.state === 'retired') {
                return warn(step, `Key ${apiUserId}, which this step made, is no longer in use: somebody revoked it. ${tellFormer(made)}`);
            }
            if (mine.mark?.until !== undefined)
                await markUndecided(step, made);
            return warn(step, told);
        },
    };
}
function commit(made, keepPrevious) {
    const { groupIds, apiUserId } = made;
    return {
        task: 'commit',
        told: `The rotation to key ${apiUserId} of project ${groupIds[0]} is not final. ${tellFormer(made)} The next rotation makes ` +
            'another key.',
        mayWarn: (error) => (0,errors/* isAtlasError */.yH)(error, 'gone'),
        settle: async (step) => ({ commit: await commitRotation(step, made, keepPrevious) }),
    };
}
/** Which key others find meanwhile. */
function tellFormer({ purpose }) {
    return purpose.mode === 'rotate' && purpose.former !== undefined
        ? `The former key ${purpose.former} stays current.`
        : 'There was no current key before it.';
}

;// CONCATENATED MODULE: ./lib/accounts/account.js
/** Two secrets an account; an expired one keeps its place until it is deleted. */
const PLACES = 2;
const HOUR = 3_600_000;
/** The longest that a job may run, in milliseconds: https://docs.github.com/en/actions/reference/limits */
const account_LONGEST_JOB = 5 * 24 * HOUR;
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
        isLeased && 'leased',
        pending && `pending ${pending.nonce} ${Math.floor(pending.until / 1000)}`,
        current && `current ${current}`,
        previous && `previous ${previous}`,
        next && `next ${next.id} ${next.state}`,
    ]
        .filter((words) => words)
        .join(' ');
}
/** What the failure of its job makes of a rotation's secret. */
function afterFailure(state) {
    return state === 'stored' || state === 'kept' ? 'kept' : 'failed';
}
/** What an account's description says; nothing, where we did not write it or the account is gone. */
function noteOf(account) {
    return readNote(account?.description ?? '') ?? {};
}
/** The account as the project lists it now; `undefined` where it does not. */
async function accountIn({ accounts }, { groupId, clientId }) {
    return (await accounts.list(groupId)).find((listed) => listed.clientId === clientId);
}
/** Makes this the account's description. */
async function writeNote({ accounts }, { groupId, clientId }, note) {
    await accounts.update(groupId, clientId, { description: describe(note) });
}
/**
 * The accounts of exactly this name, oldest first; never the one that the step signs in as. A new secret brings the end of
 * the others on its account nearer, so a lease must not stand beside a secret that is to last: `leasable` and `lasting`
 * keep such accounts apart.
 */
function account_familyOf(name, accounts, caller) {
    return accounts
        .filter((account) => account.name === name && account.clientId !== caller)
        .sort((left, right) => (left.clientId < right.clientId ? -1 : 1));
}
/** The accounts that runs may lease: those made for that, and those of a person without a secret that still works. */
function leasable(family, serviceNow) {
    return family.filter((account) => {
        const note = readNote(account.description);
        return note === undefined ? secretsOf(account, serviceNow).alive.length === 0 : note.isLeased;
    });
}
/** Those that are to last. */
function lasting(family) {
    return family.filter((account) => !noteOf(account).isLeased);
}
/** Secrets by the service's clock: those that still work, newest first, and those that only keep a place. */
function secretsOf({ secrets }, serviceNow) {
    return {
        alive: secrets.filter(({ expiresAt }) => expiresAt > serviceNow).sort(newestFirst),
        expired: secrets.filter(({ expiresAt }) => expiresAt <= serviceNow),
    };
}
/**
 * What each living secret is. The one that ends like `known` is current, because this job uses it. Without a note the
 * oldest is current: the newer of two may have been made by a lost run, and then nobody holds it. One that a rotation
 * stored is current even if its job did not succeed, because whoever reads the store holds it. No job runs longer than
 * `LONGEST_JOB`; one that has not decided by then counts as failed. A secret that no note names is somebody else's.
 */
function standingOf(account, serviceNow, known) {
    const { alive } = secretsOf(account, serviceNow);
    const note = noteOf(account);
    const next = alive.find(({ id }) => id === note.next?.id);
    const isOver = next !== undefined && serviceNow - next.createdAt > account_LONGEST_JOB;
    const state = next && note.next && (isOver ? afterFailure(note.next.state) : note.next.state);
    const open = state === 'open' || state === 'stored' ? next : undefined;
    const held = alive.find((secret) => secret !== open && secret.tail && known?.endsWith(secret.tail));
    const named = state === 'kept' ? next : alive.find(({ id }) => id === note.current);
    const oldest = note.current === undefined ? alive.findLast((secret) => secret !== next) : undefined;
    const current = held ?? named ?? oldest;
    const ours = [note.current, note.previous, note.next?.id];
    const others = alive.filter((secret) => secret !== current);
    const isSpare = (secret) => secret !== open && ours.includes(secret.id);
    return {
        current,
        spare: others.filter(isSpare),
        taken: others.filter((secret) => !isSpare(secret)),
    };
}
/** Ids begin with their time; of one second the rest only has to be the same order for everybody. */
function newestFirst(left, right) {
    return right.createdAt - left.createdAt || right.id.localeCompare(left.id);
}

;// CONCATENATED MODULE: ./lib/accounts/revoke.js
/**
 * revoke: every secret of the accounts of this name, then the accounts. What is gone already is a success. And what a step
 * may end at all, and how, in any mode.
 */



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
    for (const account of family) {
        const why = await withdrawFound(step, { groupId, orgId }, account).catch(errors/* messageOf */.bD);
        if (why !== undefined)
            left.push(`${account.clientId}: ${why}`);
    }
    return outcome({
        result: 'revoked',
        changed: left.length < family.length,
        ...(left.length > 0 && {
            problem: `Not every service account could be revoked. ${left.join('; ')}. Delete by hand in Atlas whatever has to go all the same.`,
        }),
    });
}
/**
 * Why an account is left alone, as the end of a sentence; `undefined` where it may be touched. A Project Owner cannot see
 * an account's other projects, and Atlas itself then refuses him: an account in a second project is beyond his role.
 */
async function outsideAccountRemit(step, { groupId, orgId }, { clientId }) {
    if (clientId === step.caller)
        return 'it is the account that this step signs in as';
    const projects = await step.atlas.accounts.listProjects(orgId, clientId).catch((error) => {
        if ((0,errors/* isAtlasError */.yH)(error, 'notAllowed'))
            return [];
        throw error;
    });
    const other = projects.find((project) => project !== groupId);
    return other && `it is in project ${other}, too, which this step does not name`;
}
/** Withdraws an account that the step did not make. Where it may not, that is told, and why is returned. */
async function withdrawFound(step, place, account) {
    const why = await outsideAccountRemit(step, place, account);
    if (why === undefined)
        await withdrawAccount(step, place, account);
    else
        step.log.warning(`Left service account ${account.clientId} as it is: ${why}.`);
    return why;
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






/** Keys alone have a family that is told. */
const COMMITTED = { outcome: 'committed', retired: [], previous: [], family: [] };
/** Decides from the journal and the job's status, which is undefined where the runner did not say. */
function unfinishedLease({ phase, ...lease }, jobStatus) {
    const { purpose, clientId, secretId, former } = lease;
    const name = `Secret ${secretId} of service account ${clientId}`;
    if (phase === 'made' || purpose.mode === 'ephemeral') {
        return {
            task: 'deleteSecret',
            told: `${name} is still alive. Atlas ends it on ${(0,keys_mark/* isoSeconds */.nE)(lease.expiresAt)}; delete it to end it now.`,
            asksAtlas: true,
            mayWarn: () => purpose.mode !== 'ephemeral' || purpose.onRevokeFailure === 'warn',
            settle: (step) => takeBack(step, lease).then(() => ({})),
        };
    }
    if (purpose.mode === 'ensure') {
        return {
            task: 'finishAccount',
            told: `${name} was handed out, and the account's description still says that it is being made. Run the job again.`,
            asksAtlas: true,
            mayWarn: () => true,
            settle: async (step) => {
                // An account that is not pending any more may have been rotated since.
                const { pending } = noteOf(await accountIn(step.atlas, lease));
                if (pending !== undefined)
                    await writeNote(step.atlas, lease, {});
                return {};
            },
        };
    }
    const next = former === undefined
        ? 'Run the job again.'
        : `Atlas ends the former secret by ${(0,keys_mark/* isoSeconds */.nE)(former.expiresAt)}: run the job again before then.`;
    const mayWarn = (error) => (0,errors/* isAtlasError */.yH)(error, 'gone');
    if (phase === 'handedOut' && (jobStatus === 'success' || purpose.commit === 'step')) {
        return {
            task: 'commitSecret',
            told: `The rotation to secret ${secretId} of service account ${clientId} is not final. ${next}`,
            asksAtlas: true,
            mayWarn,
            settle: (step) => commitLease(step, lease, purpose.keepPrevious).then(() => ({ commit: COMMITTED })),
        };
    }
    const why = phase === 'stored' ? 'the step ended while it stored the secret' : whyOpen(jobStatus);
    const beside = former === undefined ? '' : ' beside the former one';
    const told = `${name} stays alive${beside}, because ${why}. ${next}`;
    return {
        task: 'leaveSecret',
        told,
        asksAtlas: true,
        mayWarn,
        settle: async (step) => {
            const note = noteOf(await accountIn(step.atlas, lease));
            if (note.next?.id === secretId) {
                // So that the next rotation knows which secret may go.
                const state = afterFailure(note.next.state);
                await writeNote(step.atlas, lease, { ...note, next: { id: secretId, state } });
            }
            return { problem: told };
        },
    };
}
/** Makes the new secret the current one. With `keepPrevious: 0` the former one is deleted. */
async function commitLease(step, lease, keepPrevious) {
    const { groupId, clientId, secretId, former } = lease;
    const account = await accountIn(step.atlas, lease);
    if (!account?.secrets.some(({ id }) => id === secretId)) {
        throw new keys_step/* KeyError */.eN(`Secret ${secretId} of service account ${clientId}, which this rotation made, is gone: somebody deleted it. Run the job ` +
            'again for a new one.');
    }
    const { current, next } = noteOf(account);
    // Unless it was done before, by a run that was interrupted then: another rotation may have followed since.
    if (current === undefined || next?.id === secretId) {
        // The former one is named even where it is about to be deleted: were that lost, nobody could tell whose secret it is.
        const note = { current: secretId, ...(former && { previous: former.id }) };
        await writeNote(step.atlas, lease, note);
        step.log.info(`The rotation is final: secret ${secretId} of service account ${clientId} is current.`);
    }
    if (keepPrevious === 1 || former === undefined)
        return;
    await step.atlas.accounts.deleteSecret(groupId, clientId, former.id);
    step.log.info(`Deleted the former secret ${former.id} of service account ${clientId}.`);
}

;// CONCATENATED MODULE: ./lib/business.js
/** What main left for post to do, for a key or for a secret of a service account. */


/** Decides from the journal and the job's status; `undefined` when nothing is left. */
function businessOf(entry, jobStatus) {
    return 'credential' in entry ? unfinishedLease(entry, jobStatus) : unfinishedBusiness(entry, jobStatus);
}

;// CONCATENATED MODULE: ./lib/keys/dry-run.js
/**
 * dryRun: the mode itself, and then what the job's success would bring, on an Atlas that reads from the real one and only
 * remembers what is written. What differs in the end is the plan, so it cannot say anything else than what would be done.
 */





class Memory {
    /** All that was read, as it really is. */
    found = new Map();
    /** What has become of those that were written to; `undefined` for one that is gone. */
    written = new Map();
    list(things, idOf) {
        for (const thing of things)
            this.found.set(idOf(thing), thing);
        const now = new Map([...things.map((thing) => [idOf(thing), thing]), ...this.written]);
        return [...now.values()].filter((thing) => thing !== undefined);
    }
    read(id) {
        const thing = this.written.has(id) ? this.written.get(id) : this.found.get(id);
        // not covered: no mode asks for what it has deleted.
        if (thing === undefined)
            throw new errors/* AtlasError */.qL(`${id} is gone.`, { kind: 'gone' });
        return thing;
    }
    write(id, change) {
        const after = { ...this.read(id), ...change };
        this.written.set(id, after);
        return after;
    }
    delete(id) {
        this.written.set(id, undefined);
        return 'deleted';
    }
}
/** Carries out `mode` and its post without changing anything. Only its warnings are told: the other lines would be untrue. */
async function rehearse(step, mode, { memory: { found, written }, atlas, ...stage }) {
    let entry = { phase: 'idle' };
    const acting = {
        ...step,
        atlas,
        undoing: atlas,
        log: { ...step.log, info: () => { }, notice: () => { } },
        journal: (next) => {
            entry = next;
        },
        deliver: async () => { },
        recall: () => { },
    };
    const done = await mode(acting);
    const made = new Map(written);
    await businessOf(entry, 'success')?.settle(acting);
    const plan = [];
    const add = (action, what, key) => void plan.push({ action, what, ...(key && { key }) });
    for (const [id, after] of written) {
        const [before, atOnce] = [found.get(id), made.get(id)];
        const later = made.has(id) && atOnce === after ? '' : ' when the job succeeds';
        if (before !== undefined)
            stage.tell({ before, atOnce, after, later }, add);
        else if (atOnce !== undefined)
            add('create', stage.tellNew(atOnce, after, later));
    }
    return outcome({
        result: 'planned',
        changed: false,
        plan,
        ...stage.factsOf(done),
        ...(done.problem !== undefined && { problem: done.problem }),
    });
}
function stageOfKeys(real) {
    const memory = new Memory();
    const list = (keys) => memory.list(keys, ({ id }) => id);
    const setRoles = (groupId, apiUserId, roles) => {
        const others = memory.read(apiUserId).roles.filter((role) => role.groupId !== groupId);
        const given = roles.map((roleName) => ({ roleName, groupId }));
        return memory.write(apiUserId, { roles: [...others, ...given] });
    };
    let caller;
    const atlas = {
        ...real,
        listProjectKeys: async (groupId) => list(await real.listProjectKeys(groupId)).filter((key) => (0,keys_key/* rolesIn */.t4)(groupId, key).length > 0),
        listOrganizationKeys: async (orgId) => list(await real.listOrganizationKeys(orgId)),
        readOrganizationKey: async (orgId, apiUserId) => {
            if (!memory.written.has(apiUserId))
                list([await real.readOrganizationKey(orgId, apiUserId)]);
            return memory.read(apiUserId);
        },
        createKey: async (groupId, { desc, roles }) => {
            const { orgId } = await real.readProject(groupId);
            // Newer than any key that is there.
            const id = Math.floor(real.serviceNow() / 1000).toString(16) + 'f'.repeat(16);
            const member = { roleName: 'ORG_MEMBER', orgId };
            memory.written.set(id, { id, publicKey: 'new', desc, privateKeyTail: '', roles: [member] });
            return { ...setRoles(groupId, id, roles), privateKey: '' };
        },
        assignKey: async (groupId, apiUserId, roles) => void setRoles(groupId, apiUserId, roles),
        updateRoles: async (groupId, apiUserId, roles) => setRoles(groupId, apiUserId, roles),
        renameKey: async ({ apiUserId }, desc) => memory.write(apiUserId, { desc }),
        unassignKey: async (groupId, apiUserId) => {
            setRoles(groupId, apiUserId, []);
            return 'deleted';
        },
        deleteKey: async (_orgId, apiUserId) => {
            // Of a service account Atlas does not tell the roles; then only the real run finds out whether it may delete.
            caller ??= real.whoAmI();
            const known = await caller;
            if (known !== undefined && !(0,keys_key/* isOwner */.u8)(known)) {
                throw new errors/* AtlasError */.qL(`Key ${apiUserId} may not be deleted.`, { kind: 'notAllowed' });
            }
            return memory.delete(apiUserId);
        },
        signInAs: async (key) => (key.publicKey === 'new' ? undefined : real.signInAs(key)),
        addAccessListEntries: async () => { },
    };
    return {
        memory,
        atlas,
        tell: tellKey,
        tellNew: tellNewKey,
        factsOf: ({ facts }) => {
            const key = facts && memory.found.get(facts.key.id);
            return facts && key ? { facts: { ...facts, roles: (0,keys_key/* rolesIn */.t4)(facts.groupIds[0], key) } } : {};
        },
    };
}
function tellKey({ before, after, later }, add) {
    const key = { id: before.id, publicKey: before.publicKey };
    const was = `is ${(0,keys_mark/* stateOf */.L4)(before.desc)}`;
    if (after === undefined) {
        add('revoke', `"${before.desc}", ${was}${later && `, goes${later}`}`, key);
        return;
    }
    if (after.desc !== before.desc)
        add('rename', `${was}, becomes ${(0,keys_mark/* stateOf */.L4)(after.desc)}${later}`, key);
    for (const groupId of new Set([...projectsOf(before), ...projectsOf(after)])) {
        const old = (0,keys_key/* rolesIn */.t4)(groupId, before).join(', ');
        const roles = (0,keys_key/* rolesIn */.t4)(groupId, after).join(', ');
        const where = `project ${groupId}${old && `, was ${old}`}`;
        if (roles === old)
            continue;
        if (roles === '')
            add('unassign', `from ${where}`, key);
        else
            add(old === '' ? 'assign' : 'update', `${roles} in ${where}`, key);
    }
}
function tellNewKey(made, after, later) {
    const text = (0,keys_mark/* readMark */.Mp)(made.desc)?.text ?? made.desc;
    const [first = '', ...others] = projectsOf(made);
    const elsewhere = others.length === 0 ? '' : `, assigned to ${others.join(', ')}`;
    const end = after === undefined ? 'revoked when the job ends' : `${(0,keys_mark/* stateOf */.L4)(after.desc)}${later || ' at once'}`;
    return `"${text}" with ${(0,keys_key/* rolesIn */.t4)(first, made).join(', ')} in project ${first}${elsewhere}, ${end}`;
}
function projectsOf({ roles }) {
    return new Set(roles.flatMap(({ groupId }) => groupId ?? []));
}

;// CONCATENATED MODULE: ./lib/accounts/dry-run.js



/** No id of Atlas's own: what would be made has none yet. */
const NEW = 'f'.repeat(24);
function stageOfAccounts(atlas) {
    const real = atlas.accounts;
    const memory = new Memory();
    const newSecret = (hours) => {
        const createdAt = atlas.serviceNow();
        return { id: NEW, createdAt, expiresAt: createdAt + hours * 3_600_000, secret: '' };
    };
    const accounts = {
        ...real,
        list: async (groupId) => memory.list(await real.list(groupId), ({ clientId }) => clientId),
        create: async (_groupId, { hours, ...account }) => {
            const clientId = `mdb_sa_id_${NEW}`;
            const secret = newSecret(hours);
            const made = { ...account, clientId, secrets: [secret] };
            memory.written.set(clientId, made);
            return { ...made, secret };
        },
        update: async (_groupId, clientId, change) => memory.write(clientId, change),
        createSecret: async (_groupId, clientId, hours) => {
            const secret = newSecret(hours);
            memory.write(clientId, { secrets: [...memory.read(clientId).secrets, secret] });
            return secret;
        },
        deleteSecret: async (_groupId, clientId, secretId) => {
            const { secrets } = memory.read(clientId);
            memory.write(clientId, { secrets: secrets.filter(({ id }) => id !== secretId) });
            return 'deleted';
        },
        delete: async (_orgId, clientId) => memory.delete(clientId),
        // not covered: a rehearsed deletion is never refused; without this line the real call would be made.
        unassign: async (_groupId, clientId) => memory.delete(clientId),
        addEntries: async () => { },
        removeEntry: async () => 'deleted',
        listEntries: async (groupId, clientId) => memory.found.has(clientId) ? real.listEntries(groupId, clientId) : [],
        signInAs: async (account) => (account.clientSecret === '' ? undefined : real.signInAs(account)),
    };
    return {
        memory,
        atlas: { ...atlas, accounts },
        tell,
        tellNew,
        factsOf: ({ account, expiresAt }) => {
            const found = account && memory.found.get(account.clientId);
            if (found === undefined)
                return {};
            const isThere = found.secrets.some((secret) => secret.expiresAt === expiresAt);
            return {
                account: { ...account, roles: [...found.roles].sort() },
                ...(isThere && expiresAt !== undefined && { expiresAt }),
            };
        },
    };
}
function tell({ before, atOnce, after }, add) {
    const name = `service account ${before.clientId}`;
    if (after !== undefined && !(0,keys_key/* sameRoles */.io)(before.roles, after.roles)) {
        add('update', `${after.roles.join(', ')} of ${name}, was ${before.roles.join(', ')}`);
    }
    for (const made of secretsBeside(atOnce, before)) {
        add('create', `a secret of ${name} ${tellEnd(made, after)}`);
    }
    for (const { id } of secretsBeside(before, after)) {
        const isLater = atOnce?.secrets.some((secret) => secret.id === id);
        add('revoke', `secret ${id} of ${name}${isLater ? ' when the job succeeds' : ''}`);
    }
    // Who signs in as a service account does not learn its own roles, so both are told.
    if (after === undefined) {
        add('revoke', `${name}, "${before.name}"; without Organization Owner it is taken out of the project, empty`);
    }
}
function tellNew({ name, roles, secrets }, after) {
    const ends = secrets.map((secret) => tellEnd(secret, after)).join();
    return `service account "${name}" with ${roles.join(', ')}, with a secret ${ends}`;
}
function tellEnd(made, after) {
    const isKept = after?.secrets.some(({ id }) => id === made.id);
    return `that ends on ${(0,keys_mark/* isoSeconds */.nE)(made.expiresAt)}${isKept ? '' : ', deleted when the job ends'}`;
}
function secretsBeside(account, other) {
    return (account?.secrets ?? []).filter(({ id }) => !other?.secrets.some((secret) => secret.id === id));
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
        step.log.info(`Atlas sees this machine as ${current.ipAddress}; the access list gets that address.`);
        const entries = wishes.map((wish) => (wish === 'current' ? current : wish));
        // Atlas takes no address twice, and `current` may be one that is written out as well.
        return [...new Map(entries.map((entry) => [JSON.stringify(entry), entry])).values()];
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'credentials', 'notAllowed', 'gone', 'badRequest', 'unintelligible'))
            throw error;
        // A 401 may concern this endpoint alone. Credentials that are wrong everywhere fail in `whoAmI`, too, and are told so.
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
async function makeUsable(step, made, { verify }, entries) {
    const isLimited = entries.length > 0;
    if (isLimited)
        await writeAccessList(step, made, entries);
    if (verify)
        await verifyKey(step, made.key, isLimited);
}
/** A caller who may not write the key's list leaves that to the key, which may write its own. */
async function writeAccessList(step, { key, intent }, entries) {
    const add = (as) => step.atlas.addAccessListEntries(intent.orgId, key.id, entries, as);
    try {
        return await add();
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'notAllowed'))
            throw error;
    }
    try {
        await whileUnknown(step, `key ${(0,keys_step/* nameOf */.Vb)(key)}`, () => add(key));
        step.log.info(`The caller may not write the access list of key ${(0,keys_step/* nameOf */.Vb)(key)}; the key wrote it itself.`);
    }
    catch (error) {
        throw new keys_step/* KeyError */.eN(`The access list of the new key ${(0,keys_step/* nameOf */.Vb)(key)} could not be written: the caller may not do it, since that takes ` +
            `Organization Owner, and the key itself could not, either. ${(0,errors/* messageOf */.bD)(error)}`, { cause: error });
    }
}
async function verifyKey(step, key, isLimited) {
    try {
        await whileUnknown(step, `key ${(0,keys_step/* nameOf */.Vb)(key)}`, () => step.atlas.signInAs(key));
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'addressRefused'))
            throw error;
        if (isLimited) {
            throw new keys_step/* KeyError */.eN(`The new key ${(0,keys_step/* nameOf */.Vb)(key)} may not be used from this machine: its access list does not hold this machine's ` +
                'address. Add `current` to accessList, or set verify: false when the key is for another machine.', { cause: error });
        }
        step.log.warning(`The new key ${(0,keys_step/* nameOf */.Vb)(key)} may not be used from this machine: its organisation requires an access list, and the key ` +
            'has none. Set accessList: current, unless the key is meant for another machine whose address you add yourself.');
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
 * Gives the key to those who will hold it. Returns `false` where a newer key of the family is being stored, or was. Then,
 * and after a failure, the key is deleted again, unless somebody may hold it.
 */
async function handOver(step, made, store) {
    const { key, intent } = made;
    if (store !== undefined) {
        if (!(await orUndo(step, made, () => claimStore(step, made))))
            return false;
        step.journal({ phase: 'delivering', ...intent });
    }
    try {
        await step.deliver({ key, orgId: intent.orgId });
    }
    catch (error) {
        const nobodyHasIt = error instanceof keys_step/* DeliveryError */.VE ? error.nobodyHasIt : store === undefined;
        if (nobodyHasIt)
            await undo(step, made);
        else {
            step.log.warning(`Key ${(0,keys_step/* nameOf */.Vb)(key)} stays alive, undecided: some of it may have been stored. No other key was changed.`);
        }
        throw error;
    }
    step.journal({ phase: 'handedOut', ...intent });
    return true;
}
/**
 * What is stored last shall be the newest key, for that is the one which commits leave current. So each step first marks
 * its key as being stored, then gives way to a newer key and waits for an older one that is being stored. The mark also
 * keeps a sweep off a key whose machine is lost. docs/lifecycle.md has the proof.
 */
async function claimStore(step, { key, intent }) {
    await markUndecided(step, intent, intent.until);
    for (;;) {
        const family = await readFamily(step, intent);
        const newer = membersIn(family, 'current', 'undecided', 'previous').find(({ id }) => id > key.id);
        if (newer !== undefined) {
            step.log.info(`Key ${(0,keys_step/* nameOf */.Vb)(newer)} is newer and may be stored already, so the new key ${(0,keys_step/* nameOf */.Vb)(key)} was not stored.`);
            return false;
        }
        const others = membersIn(inTheMaking(family, step.atlas.serviceNow()), 'undecided');
        if (others.every(({ id }) => id === key.id))
            return true;
        await step.pause(LOOK_AGAIN);
    }
}

;// CONCATENATED MODULE: ./lib/accounts/hand-over.js
/** What comes between the making of a secret and its use: the account's access list, a first sign-in, the hand-over. */






/** Tells post of a secret that was made just now. */
function saveMade(step, { purpose, groupId, orgId }, clientId, secret, account = {}) {
    const credential = 'serviceAccount';
    const { id: secretId, expiresAt } = secret;
    const lease = { credential, purpose, groupId, orgId, clientId, secretId, expiresAt, ...account };
    step.journal({ phase: 'made', ...lease });
    return { secret, lease };
}
/**
 * Makes the secret usable and gives it to those who will hold it. Where it is going to be stored beyond this machine, its
 * account says so before the first write. After a failure the secret is deleted, unless somebody may hold it.
 */
async function hand_over_handOver(step, wish, { secret, lease }) {
    const { clientId, orgId } = lease;
    const { verify, store } = wish.handover;
    const clientSecret = secret.secret;
    const trySignIn = () => whileUnknown(step, `secret of service account ${clientId}`, () => step.atlas.accounts.signInAs({ clientId, clientSecret }));
    try {
        await Promise.all([bringAccessList(step, clientId, wish), verify ? trySignIn() : undefined]);
        if (store !== undefined) {
            await noteHandOver(step, lease, 'stored');
            step.journal({ phase: 'stored', ...lease });
        }
        await step.deliver({ clientId, clientSecret, orgId });
    }
    catch (error) {
        if (error instanceof keys_step/* DeliveryError */.VE && !error.nobodyHasIt) {
            step.log.warning(`The new secret of service account ${clientId} stays: some of it may have been stored. Atlas ends it on ` +
                `${(0,keys_mark/* isoSeconds */.nE)(secret.expiresAt)}.`);
        }
        else
            await hand_over_undo(step, lease);
        throw error;
    }
    step.journal({ phase: 'handedOut', ...lease });
}
/** Says in the description that the account is made, and of a rotation that its secret is not final. */
function noteHandOver(step, lease, state) {
    const { purpose, secretId, former } = lease;
    const rotation = { ...(former && { current: former.id }), next: { id: secretId, state } };
    return writeNote(step.atlas, lease, purpose.mode === 'rotate' ? rotation : {});
}
/**
 * Adds what is missing on the account's access list. An account that is leased also loses single addresses that were
 * added longer ago than any lease lives, or its list would fill up: runs behind one address share an entry, so no run may
 * remove its own.
 */
async function bringAccessList(step, clientId, { groupId, entries, mode, hours }) {
    if (entries.length === 0)
        return;
    const { accounts } = step.atlas;
    const isAmong = (entry, others) => others.some((other) => other.ipAddress === entry.ipAddress && other.cidrBlock === entry.cidrBlock);
    const add = async () => {
        const there = await accounts.listEntries(groupId, clientId);
        const missing = entries.filter((entry) => !isAmong(entry, there));
        if (missing.length > 0)
            await accounts.addEntries(groupId, clientId, missing);
        return there;
    };
    const listed = await add().catch((error) => {
        // Another run was quicker with one of them, and Atlas added none.
        if ((0,errors/* isAtlasError */.yH)(error, 'alreadyThere'))
            return add();
        throw error;
    });
    if (mode !== 'ephemeral')
        return;
    const oldest = step.atlas.serviceNow() - hours * 3_600_000;
    const old = listed.filter((entry) => !isAmong(entry, entries) && entry.usedAt < oldest);
    const addresses = old.flatMap(({ ipAddress }) => ipAddress ?? []);
    await Promise.all(addresses.map((address) => accounts.removeEntry(groupId, clientId, address)));
}
/** Deletes a secret that nobody has. What fails here is only told: post does it again, and in the end Atlas does. */
async function hand_over_undo(step, lease) {
    try {
        await takeBack(step, lease);
        step.journal({ phase: 'idle' });
    }
    catch (error) {
        step.journal({ phase: 'made', ...lease });
        step.log.warning(`The new secret of service account ${lease.clientId} could not be deleted yet; the post step tries again, and Atlas ends ` +
            `it on ${(0,keys_mark/* isoSeconds */.nE)(lease.expiresAt)}. ${(0,errors/* messageOf */.bD)(error)}`);
    }
}

;// CONCATENATED MODULE: ./lib/accounts/make-account.js
/**
 * Finding the one account of a name that is to last, or making it: any number of steps at the same moment leave one. It is
 * made under a description that says pending, by the election of keys (docs/lifecycle.md).
 */






/** The account of this name; where there is none, one that this step has made, with its first secret. */
async function findOrMakeAccount(step, wish) {
    for (;;) {
        const account = (await findAccount(step, wish)) ?? (await makeAccount(step, wish));
        if (account !== undefined)
            return account;
        step.log.info('Another run was first; using its account.');
    }
}
/**
 * The account of this name, once nobody is making it any more; `undefined` where there is none. Those whose makers are
 * gone are removed. Throws `KeyError` where there are several.
 */
async function findAccount(step, wish) {
    for (let saidWaiting = false;;) {
        const { family, made, makers } = await make_account_readFamily(step, wish);
        if (made.length > 1) {
            throw new keys_step/* KeyError */.eN(`${made.length} service accounts of the project are named "${wish.desc}": ${made.map(({ clientId }) => clientId).join(', ')}. ` +
                'This step cannot tell which of them is meant: delete the others in Atlas, or give them another name.');
        }
        if (made[0] !== undefined)
            return made[0];
        if (makers[0] === undefined) {
            // A description proves nothing about who wrote it, so `withdrawFound` looks whether the account may be touched.
            for (const dead of family)
                await withdrawFound(step, wish, dead);
            return undefined;
        }
        if (!saidWaiting) {
            step.log.info(`Another run is making this account (${makers[0]}); waiting for it.`);
        }
        saidWaiting = true;
        await step.pause(LOOK_AGAIN);
    }
}
/** Makes the account with its first secret; `undefined` when another maker has it. After a failure it is gone. */
async function makeAccount(step, wish) {
    const { groupId, desc, roles, hours } = wish;
    const until = step.atlas.serviceNow() + step.remaining() + GRACE;
    const description = describe({ pending: { nonce: step.nonce, until } });
    const account = await explained(step, wish, () => step.atlas.accounts.create(groupId, { name: desc, description, roles, hours })).catch(async (error) => {
        if ((0,errors/* isAtlasError */.yH)(error, 'answerLost', 'timeout', 'cancelled')) {
            // Otherwise other runs would wait for this maker. If this fails, they wait until its time is over.
            await withdrawUnanswered(step, wish, description).catch(() => undefined);
        }
        throw error;
    });
    const made = saveMade(step, wish, account.clientId, account.secret, { isNewAccount: true });
    const withdraw = async () => {
        await withdrawAccount(step, wish, account);
        step.journal({ phase: 'idle' });
    };
    const isMine = await isElected(step, wish, account).catch(async (error) => {
        // Post does it again where this fails.
        await withdraw().catch(() => undefined);
        throw error;
    });
    if (isMine) {
        step.log.info(`Created service account ${account.clientId}.`);
        return made;
    }
    await withdraw();
    return undefined;
}
/** Withdraws an account that may have been made although nobody said so: no other has this description. */
async function withdrawUnanswered(step, wish, description) {
    const listed = await step.undoing.accounts.list(wish.groupId);
    const lost = listed.find((account) => account.description === description);
    if (lost !== undefined)
        await withdrawAccount(step, wish, lost);
}
async function isElected(step, wish, { clientId }) {
    for (;;) {
        const { made, makers } = await make_account_readFamily(step, wish);
        const isElected = electionOf(made.length > 0, makers, clientId);
        if (isElected !== undefined)
            return isElected;
        await step.pause(LOOK_AGAIN);
    }
}
/** The accounts of this name that are to last. `makers`: the ids of those whose makers may still be at work. */
async function make_account_readFamily(step, { groupId, desc }) {
    const family = lasting(account_familyOf(desc, await step.atlas.accounts.list(groupId), step.caller));
    const now = step.atlas.serviceNow();
    const untilOf = (account) => noteOf(account).pending?.until;
    const isAtWork = (until = 0) => now <= until && until <= now + LONGEST_MAKING;
    return {
        family,
        made: family.filter((account) => untilOf(account) === undefined),
        makers: family.filter((account) => isAtWork(untilOf(account))).map(({ clientId }) => clientId),
    };
}
/**
 * Makes something on an account, or a new account. Where the organisation's longest validity of secrets, or the place of
 * the account, explains a refusal, that is told.
 */
async function explained(step, { orgId, hours }, make, clientId) {
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

;// CONCATENATED MODULE: ./lib/accounts/wish.js


/** Adds to a request what Atlas knows of it. */
async function wishOf(step, request, purpose) {
    const [groupId] = request.groupIds;
    const [{ orgId }, entries] = await Promise.all([
        step.atlas.readProject(groupId),
        resolveAccessList(step, request.handover.accessList),
    ]);
    return { ...request, purpose, groupId, orgId, entries };
}
/** What a mode did that leaves the account with the declared roles and, where there is one, with this secret. */
function wish_outcomeOf({ groupIds, orgId, desc, roles }, result, clientId, secret, more = {}) {
    const account = { clientId, desc, orgId, groupIds, roles: [...roles].sort(), ...more };
    return outcome({
        result,
        changed: result !== 'unchanged',
        account: secret === undefined ? account : { ...account, createdAt: secret.createdAt },
        ...(secret !== undefined && { expiresAt: secret.expiresAt }),
        ...(secret?.secret !== undefined && { privateKey: secret.secret }),
    });
}

;// CONCATENATED MODULE: ./lib/accounts/ensure.js
/**
 * ensure: the account is there, once, with exactly the declared roles. One that this step makes is handed out with its
 * first secret.
 */









/** A secret that ends sooner than this is warned of, in milliseconds. */
const SOON = 14 * 24 * 3_600_000;
async function ensureAccount(step, request) {
    const wish = await wishOf(step, request, { mode: 'ensure' });
    const account = await findOrMakeAccount(step, wish);
    if ('clientId' in account)
        return useAccount(step, wish, account);
    const { secret, lease } = account;
    await hand_over_handOver(step, wish, account);
    if (wish.handover.store === undefined)
        await noteHandOver(step, lease, 'open');
    step.journal({ phase: 'idle' });
    step.log.info(`Atlas ends the secret of service account ${lease.clientId} on ${(0,keys_mark/* isoSeconds */.nE)(secret.expiresAt)}.`);
    return wish_outcomeOf(wish, 'created', lease.clientId, secret);
}
async function useAccount(step, wish, account) {
    const { clientId } = account;
    step.log.info(`Found service account ${clientId} in the project.`);
    if (await knownSecretMisfits(step, wish, clientId)) {
        throw new keys_step/* KeyError */.eN(`knownPrivateKey is not a secret of service account ${clientId}. Store the secret again, or use mode: rotate, which ` +
            'makes a new one when the stored secret does not fit.');
    }
    const now = step.atlas.serviceNow();
    const { current } = standingOf(account, now, wish.knownSecret);
    const kept = await keepAccount(step, wish, account, current);
    if (current === undefined) {
        step.log.warning(`Service account ${clientId} has no secret that still works. Use mode: rotate to make one.`);
    }
    else if (current.expiresAt - now < SOON) {
        step.log.warning(`Secret ${current.id} of service account ${clientId} ends on ${(0,keys_mark/* isoSeconds */.nE)(current.expiresAt)}. Use mode: rotate to ` +
            'replace it before then.');
    }
    return kept;
}
/** Leaves an account the secrets that it has, and brings its roles to those declared. Throws where it may not. */
async function keepAccount(step, wish, account, current) {
    const { groupId, roles, knownSecret: known } = wish;
    const { clientId } = account;
    const changed = !(0,keys_key/* sameRoles */.io)(account.roles, roles);
    if (changed) {
        const why = await outsideAccountRemit(step, wish, account);
        if (why !== undefined) {
            throw new keys_step/* KeyError */.eN(`Service account ${clientId} has other roles than those declared, and this step may not change them: ${why}. Declare another desc.`);
        }
        await step.atlas.accounts.update(groupId, clientId, { roles });
        step.log.info(`Updated the roles of service account ${clientId}; they were ${account.roles.join(', ')}.`);
    }
    else
        step.log.info(`Service account ${clientId} has these roles already.`);
    const kept = wish_outcomeOf(wish, changed ? 'updated' : 'unchanged', clientId, current);
    return known === undefined ? kept : { ...kept, privateKey: known };
}
/** Whether a client secret is given that is none of this account's. No list shows secrets, so only a sign-in tells. */
async function knownSecretMisfits(step, { knownSecret: clientSecret, knownId }, clientId) {
    if (clientSecret === undefined)
        return false;
    if (knownId !== undefined && knownId !== clientId)
        return true;
    try {
        await step.atlas.accounts.signInAs({ clientId, clientSecret });
        return false;
    }
    catch (error) {
        if ((0,errors/* isAtlasError */.yH)(error, 'credentials'))
            return true;
        throw error;
    }
}

;// CONCATENATED MODULE: ./lib/accounts/lease.js
/**
 * ephemeral: a secret for this run. Post deletes it; if there is no post, Atlas ends it by itself. Runs share accounts, and
 * their secrets are independent of each other.
 */







async function lease(step, request) {
    const { onRevokeFailure, groupIds, desc } = request;
    const [listed, wish] = await Promise.all([
        step.atlas.accounts.list(groupIds[0]),
        wishOf(step, request, { mode: 'ephemeral', onRevokeFailure }),
    ]);
    const family = account_familyOf(desc, listed, step.caller);
    const { clientId, secret } = await takePlace(step, wish, leasable(family, step.atlas.serviceNow()));
    await hand_over_handOver(step, wish, saveMade(step, wish, clientId, secret));
    step.log.info(`Made a secret of service account ${clientId} for this run. The post step deletes it; if that cannot run, Atlas ` +
        `ends it on ${(0,keys_mark/* isoSeconds */.nE)(secret.expiresAt)}.`);
    return wish_outcomeOf(wish, 'created', clientId, secret, { standing: 'ephemeral' });
}
/** A secret on the oldest account with a free place; on a new one where there is none. */
async function takePlace(step, wish, family) {
    const { groupId, desc, roles, hours } = wish;
    const { accounts } = step.atlas;
    for (const account of family) {
        const { clientId } = account;
        const { alive, expired } = secretsOf(account, step.atlas.serviceNow());
        if (alive.length >= PLACES)
            continue;
        const take = async () => {
            // An expired secret keeps its place. If another run has just deleted it, that is fine.
            await Promise.all(expired.map(({ id }) => accounts.deleteSecret(groupId, clientId, id)));
            if (!(0,keys_key/* sameRoles */.io)(account.roles, roles))
                await accounts.update(groupId, clientId, { roles });
            return { clientId, secret: await accounts.createSecret(groupId, clientId, hours) };
        };
        try {
            return await take();
        }
        catch (error) {
            if (!(0,errors/* isAtlasError */.yH)(error) || (0,errors/* isAtlasError */.yH)(error, 'timeout', 'cancelled'))
                throw error;
            // Atlas documents no error code for an account without a free place, so a look tells. A secret that nobody has,
            // because the answer to its making was lost, takes a place, too, until it ends.
            const now = await accountIn(step.atlas, { groupId, clientId });
            const places = now === undefined ? 0 : PLACES - now.secrets.length;
            // Other runs may have given places back since the refusal, so only a second refusal must have another reason.
            if (places > 0)
                return await explained(step, wish, take, clientId);
            step.log.info(`Service account ${clientId} has no place for another secret; trying the next one.`);
        }
    }
    const description = describe({ isLeased: true });
    const account = await explained(step, wish, () => accounts.create(groupId, { name: desc, description, roles, hours }));
    step.log.info(`Created service account ${account.clientId}.`);
    return account;
}

;// CONCATENATED MODULE: ./lib/accounts/rotate.js









async function rotateAccount(step, request) {
    const { commit, keepPrevious } = request;
    const wish = await wishOf(step, request, { mode: 'rotate', commit, keepPrevious });
    const account = await findOrMakeAccount(step, wish);
    if (!('clientId' in account))
        return finish(step, wish, account);
    const { clientId } = account;
    const { current } = standingOf(account, step.atlas.serviceNow(), wish.knownSecret);
    if (current !== undefined) {
        const reason = await reasonToRotate(step, wish, clientId, current);
        if (reason === undefined) {
            const kept = await keepAccount(step, wish, account, current);
            step.log.info(`Secret ${current.id} of service account ${clientId} is younger than rotateAfter; it stays.`);
            return kept;
        }
        step.log.info(`The current secret of service account ${clientId} is ${current.id}; ${reason}`);
    }
    return finish(step, wish, await makeSecret(step, wish, account));
}
/** Hands the new secret out, and leaves it to the job to make it current, or does so at once. */
async function finish(step, wish, made) {
    const { commit, keepPrevious, handover } = wish;
    const { secret, lease } = made;
    const { former, clientId } = lease;
    await hand_over_handOver(step, wish, made);
    if (commit === 'step') {
        await commitLease(step, lease, keepPrevious);
        step.journal({ phase: 'idle' });
    }
    else {
        if (lease.isNewAccount && handover.store === undefined)
            await noteHandOver(step, lease, 'open');
        step.log.info('The rotation becomes final when the job succeeds.');
    }
    const isFormerGone = commit === 'step' && keepPrevious === 0;
    return wish_outcomeOf(wish, former === undefined ? 'created' : 'rotated', clientId, secret, {
        ...(commit === 'job' && { standing: 'undecided' }),
        ...(former !== undefined && !isFormerGone && { formerEndsAt: former.expiresAt }),
    });
}
/** Why a new secret is due, as the end of a sentence; `undefined` when the current one is to stay. */
async function reasonToRotate(step, wish, clientId, { createdAt, expiresAt }) {
    if (await knownSecretMisfits(step, wish, clientId)) {
        return 'the stored secret is not one of its secrets, so a new one is due now.';
    }
    if (step.atlas.serviceNow() - createdAt >= wish.rotateAfter)
        return 'a new one is due.';
    return expiresAt <= createdAt + wish.rotateAfter
        ? `it ends on ${(0,keys_mark/* isoSeconds */.nE)(expiresAt)}, before a rotation would be due, so a new one is due now.`
        : undefined;
}
/**
 * Makes room on the account, and then the secret. Rotations at the same moment compete for the second place. Only the one
 * that has it writes the note, and looks again before that, so none overwrites what another has written meanwhile.
 */
async function makeSecret(step, wish, found) {
    const { groupId, roles, hours, knownSecret: known } = wish;
    const { accounts } = step.atlas;
    const { clientId } = found;
    const { expired } = secretsOf(found, step.atlas.serviceNow());
    const { spare, taken } = standingOf(found, step.atlas.serviceNow(), known);
    if (taken[0] !== undefined)
        throw noPlace(found, taken[0]);
    const why = await outsideAccountRemit(step, wish, found);
    if (why !== undefined) {
        throw new keys_step/* KeyError */.eN(`Service account ${clientId} is not this step's to change: ${why}. Declare another desc.`);
    }
    // This shows that the account may be changed. Without that right, a secret that is made could not be taken back.
    await explained(step, wish, () => accounts.update(groupId, clientId, { roles }), clientId);
    for (const { id } of expired)
        await accounts.deleteSecret(groupId, clientId, id);
    for (const { id } of spare) {
        await accounts.deleteSecret(groupId, clientId, id);
        step.log.info(`Deleted secret ${id} of service account ${clientId} to make room.`);
    }
    const secret = await explained(step, wish, () => accounts.createSecret(groupId, clientId, hours), clientId);
    const { lease } = saveMade(step, wish, clientId, secret);
    step.log.info(`Made secret ${secret.id} of service account ${clientId}.`);
    try {
        const now = await accountIn(step.atlas, lease);
        const beside = {
            description: now?.description ?? '',
            secrets: now?.secrets.filter(({ id }) => id !== secret.id) ?? [],
        };
        const { current: former, taken: others } = standingOf(beside, step.atlas.serviceNow(), known);
        if (others[0] !== undefined)
            throw noPlace(found, others[0]);
        const full = { ...lease, ...(former && { former: { id: former.id, expiresAt: former.expiresAt } }) };
        if (former !== undefined) {
            step.log.info(`Atlas ends the former secret ${former.id} by ${(0,keys_mark/* isoSeconds */.nE)(former.expiresAt)}.`);
        }
        await noteHandOver(step, full, 'open');
        return { secret, lease: full };
    }
    catch (error) {
        await hand_over_undo(step, lease);
        throw error;
    }
}
/** Atlas keeps two secrets an account, and this one is not this step's to delete. */
function noPlace(account, { id, expiresAt }) {
    const { clientId } = account;
    return new keys_step/* KeyError */.eN(noteOf(account).next?.id === id
        ? `Another run made secret ${id} of service account ${clientId}, and its job has not decided about it yet, so no other was ` +
            'made. Run the job again when that one has ended; if it was lost, delete that secret in Atlas.'
        : `Service account ${clientId} has no place for another secret: ${id} was made by somebody else, or by a run that was lost ` +
            `just then, and ends on ${(0,keys_mark/* isoSeconds */.nE)(expiresAt)}. Delete it in Atlas if nobody needs it, or declare another desc.`);
}

;// CONCATENATED MODULE: ./lib/keys/converge.js







/** A member of the family as it was found. One that stands in for a current key is made current first. */
async function takeMember(step, { groupIds, handover }, desc, family, member) {
    tellWhatIsForNewKeys(step, handover);
    const orgId = await (0,keys_key/* organizationOf */.d1)(step, groupIds[0], [member]);
    const home = { groupIds, orgId, desc };
    const standsIn = member.state !== 'current' && member === actingCurrent(family);
    const isPromoted = standsIn && (await mayTouch(step, member, home));
    if (isPromoted) {
        await becomeCurrent(step, { ...home, apiUserId: member.id });
        step.log.info('An earlier rotation was interrupted before it was final; this key is the newest that was handed out.');
    }
    // A project's list need not show the roles in other projects.
    const key = groupIds.length === 1 ? member : await step.atlas.readOrganizationKey(orgId, member.id);
    return { key, claim: 'member', orgId, desc, isPromoted };
}
/** Assigns or updates where the roles differ. `privateKey` is the key's, where that is known and fits. */
async function converge(step, { groupIds, roles }, { key, claim, orgId, desc, isPromoted }, privateKey) {
    const name = (0,keys_step/* nameOf */.Vb)(key);
    const changes = groupIds
        .map((groupId) => ({ groupId, was: (0,keys_key/* rolesIn */.t4)(groupId, key) }))
        .filter(({ was }) => !(0,keys_key/* sameRoles */.io)(was, roles));
    // A named key may be given roles whatever else it is, the caller's own aside.
    const isOwn = key.publicKey === step.caller;
    if (changes.length > 0 && (claim !== 'named' || isOwn)) {
        const verdict = await judge(step, key, claim, { orgId, groupIds });
        if ('why' in verdict) {
            throw new keys_step/* KeyError */.eN(`Key ${name} has other roles than those declared, and this step may not change them: ${verdict.why}. ` +
                `${isOwn ? 'Sign in with another key' : 'Name the key with apiUserId if it is the one that is meant'}, or declare another desc.`);
        }
    }
    const done = await Promise.allSettled(changes.map(async ({ groupId, was }) => {
        if (was.length === 0) {
            await step.atlas.assignKey(groupId, key.id, roles);
            step.log.info(`Assigned key ${name} to project ${groupId}.`);
        }
        else {
            await step.atlas.updateRoles(groupId, key.id, roles);
            step.log.info(`Updated the roles of key ${name} in project ${groupId}; they were ${was.join(', ')}.`);
        }
    }));
    const failed = done.find((result) => result.status === 'rejected');
    if (failed !== undefined) {
        if (done.some((result) => result.status === 'fulfilled')) {
            step.log.warning(`Key ${name} has its new roles in some of the projects only; the next run goes on from there.`);
        }
        throw failed.reason;
    }
    const changed = changes.length > 0 || isPromoted;
    if (!changed)
        step.log.info(`Key ${name} has these roles already.`);
    return outcome({
        result: changes.some(({ was }) => was.length === 0) ? 'assigned' : changed ? 'updated' : 'unchanged',
        changed,
        facts: { key, desc, orgId, groupIds, roles: [...roles].sort() },
        ...(privateKey !== undefined && { privateKey }),
    });
}

;// CONCATENATED MODULE: ./lib/keys/known-secret.js
/** Whether a secret that was stored in an earlier run is the secret of the key that was found. */


/**
 * Why the given secret is not the key's, as the end of a sentence; `undefined` where it is, or none is given. Compares its
 * end with the one that Atlas shows, which costs no call, then signs in.
 */
async function misfitOf(step, key, known) {
    const { knownSecret: privateKey, knownId } = known;
    if (privateKey === undefined)
        return undefined;
    if (knownId !== undefined && knownId !== key.publicKey)
        return `it belongs to the key ${knownId}`;
    if (key.privateKeyTail !== '' && !privateKey.endsWith(key.privateKeyTail))
        return 'its end is another one';
    try {
        await step.atlas.signInAs({ publicKey: key.publicKey, privateKey });
    }
    catch (error) {
        if ((0,errors/* isAtlasError */.yH)(error, 'credentials'))
            return 'Atlas refuses it';
        if (!(0,errors/* isAtlasError */.yH)(error, 'addressRefused'))
            throw error;
        // Then that its last 12 characters fit has to be enough.
        step.log.warning(`Key ${(0,keys_step/* nameOf */.Vb)(key)} may not be used from this machine: its own access list does not hold this machine's address. ` +
            'Add the address to it in Atlas, if the key is for this machine.');
    }
    return undefined;
}
/** The member of the family that the known secret belongs to, by public key or by tail; not yet signed in with. */
function memberOfSecret(family, known) {
    const { knownSecret, knownId } = known;
    if (knownSecret === undefined)
        return undefined;
    return family.find(({ publicKey, privateKeyTail }) => knownId === undefined
        ? privateKeyTail !== '' && knownSecret.endsWith(privateKeyTail)
        : publicKey === knownId);
}

;// CONCATENATED MODULE: ./lib/keys/ensure.js
/**
 * ensure: the key is there, once, with exactly the declared roles. Any number of these steps at the same moment
 * leave one key; one of them reports `created`.
 */











/** How often ensure looks again before it believes what only a commit in this very moment would explain. */
const LOOKS = 3;
async function ensure(step, request) {
    if (request.key.by === 'desc')
        return ensureByDesc(step, request, request.key.desc);
    const { orgId } = await step.atlas.readProject(request.groupIds[0]);
    const key = await step.atlas.readOrganizationKey(orgId, request.key.apiUserId);
    step.log.info(`Found key ${(0,keys_step/* nameOf */.Vb)(key)} in the organisation.`);
    return bringToDeclared(step, request, { key, claim: 'named', orgId, desc: key.desc, isPromoted: false });
}
async function ensureByDesc(step, request, desc) {
    let missed;
    for (let saidWaiting = false, looks = 0;;) {
        const family = await readFamily(step, { groupIds: request.groupIds, desc });
        const current = actingCurrent(family);
        const stored = memberOfSecret(membersIn(family, 'undecided', 'previous'), request);
        if (stored !== undefined && stored !== current) {
            // A rotation has superseded it, or has not made it final. It is alive for those who hold it, as this job does.
            step.log.info(`knownPrivateKey belongs to key ${(0,keys_step/* nameOf */.Vb)(stored)}, which is ${stored.state} and still alive.`);
            return bringToDeclared(step, request, await takeMember(step, request, desc, family, stored));
        }
        // During a commit no key is plain for a moment. During two at once both keys may be, until each has looked and renamed.
        const plain = membersIn(family, 'current');
        if (current !== undefined && plain.length !== 1 && looks < LOOKS) {
            looks += 1;
            await step.pause(LOOK_AGAIN);
            continue;
        }
        if (plain.length > 1) {
            throw new keys_step/* KeyError */.eN(`${plain.length} keys of the project are named "${desc}": ${plain.map(keys_step/* nameOf */.Vb).join(', ')}. Say which one with ` +
                'apiUserId, or give the others another description.');
        }
        if (current !== undefined) {
            if (missed?.id === current.id)
                throw missed.error;
            try {
                step.log.info(`Found key ${(0,keys_step/* nameOf */.Vb)(current)} in the project.`);
                return await bringToDeclared(step, request, await takeMember(step, request, desc, family, current));
            }
            catch (error) {
                if (!(0,errors/* isAtlasError */.yH)(error, 'gone'))
                    throw error;
                // A rotation may have retired it since that look; another look tells.
                missed = { id: current.id, error };
                continue;
            }
        }
        const [rival] = inTheMaking(family, step.atlas.serviceNow());
        if (rival !== undefined) {
            if (!saidWaiting)
                step.log.info(`Another run is making this key (${(0,keys_step/* nameOf */.Vb)(rival)}); waiting for it.`);
            saidWaiting = true;
            await waitFor(step, rival);
            continue;
        }
        await checkMayRename(step);
        const made = await makeCurrent(step, request, desc);
        if (made !== undefined)
            return made;
        step.log.info('Another run was first; using its key.');
    }
}
/** Brings the key that was found to the declared roles, and hands its secret on where that is known and fits. */
async function bringToDeclared(step, request, found) {
    const name = (0,keys_step/* nameOf */.Vb)(found.key);
    const { knownSecret } = request;
    const misfit = await misfitOf(step, found.key, request);
    if (misfit !== undefined) {
        throw new keys_step/* KeyError */.eN(`knownPrivateKey is not the secret of key ${name}: ${misfit}. Store the secret again, or use mode: rotate, which makes a ` +
            'new key when the stored secret does not fit.');
    }
    if (knownSecret !== undefined) {
        step.log.info(`knownPrivateKey is the secret of key ${name}; it is handed on.`);
    }
    else if (!request.handover.exportEnv) {
        // With exportEnv, `exportVariables` says so.
        step.log.notice(`privateKey is empty: key ${name} was there before this step, and Atlas shows a private key only when the key is made. ` +
            'To hand it out, give the stored one as knownPrivateKey, or let mode: rotate make a new key.');
    }
    return converge(step, request, found, knownSecret);
}
async function waitFor(step, rival) {
    if (step.remaining() > LOOK_AGAIN)
        return step.pause(LOOK_AGAIN);
    // not covered: every key in the making has that time in its mark; only the type of a member allows none.
    const until = (0,keys_mark/* isoSeconds */.nE)(rival.mark?.until ?? 0);
    throw new keys_step/* KeyError */.eN(`Another run began to make this key (${(0,keys_step/* nameOf */.Vb)(rival)}) and has not finished. If that run is gone, its key counts as ` +
        `left over after ${until}: run this job again then, or give a longer timeout.`);
}
/**
 * Makes the key as pending, in an election with all others who do the same, and gives it its name only when it has been
 * handed out; `undefined` when another maker has it.
 */
async function makeCurrent(step, request, desc) {
    const { groupIds, roles, handover } = request;
    const entries = await resolveAccessList(step, handover.accessList);
    const made = await makeKey(step, { mode: 'ensure' }, { desc, groupIds, roles });
    const { key, intent } = made;
    const isElected = await orUndo(step, made, async () => {
        const [family] = await Promise.all([readFamily(step, intent), makeUsable(step, made, handover, entries)]);
        return winElection(step, family, intent);
    });
    if (!isElected)
        return undefined;
    step.log.info(`Created key ${(0,keys_step/* nameOf */.Vb)(key)}.`);
    if (!(await handOver(step, made, handover.store)))
        return undefined;
    const family = await ensure_finish(step, made, handover.store !== undefined);
    if (handover.store === undefined) {
        step.log.notice(`Key ${(0,keys_step/* nameOf */.Vb)(key)} is permanent, and this step did not store its private key: unless a later step of this job ` +
            'does, nobody has it when the job ends. Give githubToken and combinedSecret and let mode: rotate make a new key, or ' +
            'use mode: ephemeral for a key that ends with the job.');
    }
    // After the new key is safe, and only as a favour.
    const dead = await retireFound(step, deadPending(family, step.atlas.serviceNow()), {
        groupIds,
        orgId: intent.orgId,
        claim: 'leftOver',
        which: () => 'which a run that died had made and handed to nobody',
        next: 'a sweep',
    });
    return outcomeOfMade(made, { retired: deletedIn(dead) });
}
/**
 * The last rename. It stays within the deadline that the mark tells everybody, because every call does. When it is
 * refused for good, a key that was not stored is undone; when it is only unanswered, post sends it again. Returns the
 * family.
 */
async function ensure_finish(step, made, isStored) {
    const { intent } = made;
    try {
        await rename(step, intent, intent.desc);
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
        step.log.warning('Whether a rotation became final at the same moment could not be seen; the post step looks again.');
        return [];
    }
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
    const orgId = await (0,keys_key/* organizationOf */.d1)(step, groupIds[0], lists.flat());
    const whole = await listWhole(step, orgId);
    const orphans = [...whole.values()].filter(({ roles }) => roles.every(({ groupId }) => groupId === undefined));
    const keys = new Map([...lists.flat(), ...orphans].map((key) => [key.id, key]));
    const due = [...keys.values()].filter((key) => isLeftOver(step, request, key));
    if (due.length === 0)
        step.log.info('Nothing is left over.');
    const ends = await retireLeftOver(step, due, { groupIds, orgId, whole });
    const failed = ends.filter(({ fate }) => fate === 'failed').map(({ key }) => (0,keys_step/* nameOf */.Vb)(key));
    if (failed.length === 0)
        return outcomeOf('swept', ends);
    const problem = `${(0,keys_step/* count */.U9)(failed, 'left-over key')} could not be deleted: ${failed.join(', ')}.`;
    return outcomeOf('swept', ends, `${problem} The warnings above say why; the next sweep tries again.`);
}
/**
 * What an ephemeral step does in passing for its own text. Never rejects: another run's left-overs are no
 * reason to fail this one.
 */
async function sweepInPassing(step, request) {
    const { groupIds } = request;
    try {
        const keys = await step.atlas.listProjectKeys(groupIds[0]);
        const due = keys.filter((key) => isLeftOver(step, request, key));
        if (due.length === 0)
            return [];
        const orgId = await (0,keys_key/* organizationOf */.d1)(step, groupIds[0], due);
        return deletedIn(await retireLeftOver(step, due, { groupIds, orgId }));
    }
    catch (error) {
        step.log.warning(`Left-over keys of earlier runs were not looked for; the next run does it. ${(0,errors/* messageOf */.bD)(error)}`);
        return [];
    }
}
/**
 * Whether a key's mark says that it is left over: ours, due by the service's clock, and within what is asked for, which
 * is one human text, or else this repository.
 */
function isLeftOver(step, asked, key) {
    const { desc, ttl } = asked;
    const marked = (0,keys_mark/* readMark */.Mp)(key.desc);
    if (marked === undefined)
        return false;
    const { mark } = marked;
    const isAsked = desc === undefined ? mark.repository === step.run.repository : (0,keys_mark/* isMarkedAs */.Bi)(marked, desc);
    if (!isAsked)
        return false;
    const now = step.atlas.serviceNow();
    // Its deletion was begun and did not end, or was not allowed.
    if (mark.state === 'retired')
        return true;
    if (mark.state === 'pending')
        return now > mark.until;
    if (mark.state !== 'ephemeral')
        return false;
    return mark.until <= (0,keys_key/* createdAt */.CT)(key.id) + LONGEST_TTL && now > mark.until && (0,keys_key/* ageAt */.h_)(now, key.id) >= ttl;
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
function retireLeftOver(step, due, place) {
    const which = ({ desc }) => `left over: "${desc}"`;
    return retireFound(step, due, { ...place, claim: 'leftOver', which, next: 'the next sweep' });
}

;// CONCATENATED MODULE: ./lib/keys/ephemeral.js






async function ephemeral(step, request) {
    const { handover, onRevokeFailure } = request;
    const [entries] = await Promise.all([
        resolveAccessList(step, handover.accessList),
        tellWhetherRevocable(step, onRevokeFailure),
    ]);
    const made = await makeKey(step, { mode: 'ephemeral', onRevokeFailure }, request);
    const { until } = made.intent;
    const sweeping = sweepInPassing(step, request);
    try {
        await orUndo(step, made, () => makeUsable(step, made, handover, entries));
        await handOver(step, made);
    }
    finally {
        await sweeping;
    }
    step.log.info(`Created key ${(0,keys_step/* nameOf */.Vb)(made.key)} for this run. The post step revokes it; if that cannot run, it counts as left ` +
        `over after ${(0,keys_mark/* isoSeconds */.nE)(until)}.`);
    return outcomeOfMade(made, { expiresAt: until, retired: await sweeping });
}
/** Says before minting that post will only be able to unassign, where the caller's own roles can be read. */
async function tellWhetherRevocable(step, onRevokeFailure) {
    // Atlas does not tell the roles of a service account. But the answer brings its clock, too, which the expiry needs.
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
async function revoke(step, { key, groupIds }) {
    const ends = key.by === 'apiUserId'
        ? await revokeById(step, groupIds, key.apiUserId)
        : await revokeFamily(step, groupIds, key.desc);
    if (ends.length === 0)
        step.log.info('There is no such key any more.');
    const alive = ends.filter(({ fate }) => fate !== 'deleted' && fate !== 'gone');
    if (alive.length === 0)
        return outcomeOf('revoked', ends);
    const reasons = alive.map(({ key, why }) => `${(0,keys_step/* nameOf */.Vb)(key)}: ${why}`).join('; ');
    const problem = `${(0,keys_step/* count */.U9)(alive, 'key')} could not be revoked. ${reasons}.`;
    return outcomeOf('revoked', ends, `${problem} Delete by hand in Atlas whatever has to go all the same.`);
}
async function revokeById(step, groupIds, apiUserId) {
    const { orgId } = await step.atlas.readProject(groupIds[0]);
    try {
        const key = await step.atlas.readOrganizationKey(orgId, apiUserId);
        return await retireFound(step, [key], { groupIds, orgId, claim: 'named', next: 'the next run' });
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'gone'))
            throw error;
        return [];
    }
}
async function revokeFamily(step, groupIds, desc) {
    let keys = await findFamily(step, groupIds, desc);
    const orgId = await (0,keys_key/* organizationOf */.d1)(step, groupIds[0], keys);
    const how = { groupIds, orgId, claim: 'member', next: 'the next run' };
    const ends = [];
    for (let looks = 0; keys.length > 0 && looks < revoke_LOOKS; looks += 1) {
        // Current keys go last: without any, an ensure at the same moment would give a superseded key its text back, just
        // before that one is deleted.
        const isCurrent = ({ desc }) => (0,keys_mark/* stateOf */.L4)(desc) === 'current';
        const others = keys.filter((key) => !isCurrent(key));
        ends.push(...(await retireFound(step, others, how)));
        ends.push(...(await retireFound(step, keys.filter(isCurrent), how)));
        const known = ends.map(({ key }) => key.id);
        keys = (await findFamily(step, groupIds, desc)).filter(({ id }) => !known.includes(id));
    }
    const late = keys.map((key) => ({ key, fate: 'left', why: 'it was made meanwhile' }));
    return [...ends, ...late];
}
/** Whatever passes for a member in any of the projects, newest first. */
async function findFamily(step, groupIds, desc) {
    const lists = await Promise.all(groupIds.map((groupId) => step.atlas.listProjectKeys(groupId)));
    const all = new Map(lists.flat().map((key) => [key.id, key]));
    return [...all.values()].filter((key) => passesForMember(desc, key)).sort(keys_key/* newestFirst */.ll);
}

;// CONCATENATED MODULE: ./lib/keys/rotate.js












async function rotate(step, request) {
    const { groupIds, handover, commit, keepPrevious } = request;
    const family = await readFamily(step, request);
    const current = actingCurrent(family);
    if (current === undefined)
        step.log.info('There is no key of this desc yet.');
    else {
        const isOther = (await misfitOf(step, current, request)) !== undefined;
        const isDue = (0,keys_key/* ageAt */.h_)(step.atlas.serviceNow(), current.id) >= request.rotateAfter;
        if (!isOther && !isDue)
            return keep(step, request, family, current);
        const orgId = await (0,keys_key/* organizationOf */.d1)(step, groupIds[0], [current]);
        const verdict = await judge(step, current, 'member', { orgId, groupIds });
        if ('why' in verdict) {
            // It would stay current beside the new one.
            throw new keys_step/* KeyError */.eN(`Key ${(0,keys_step/* nameOf */.Vb)(current)} has this desc, and this step may not touch it: ${verdict.why}. Nothing was changed. Give that ` +
                'key another description, or rotate under another desc.');
        }
        const reason = isOther
            ? 'the stored secret is not its secret, so a new one is due now'
            : 'a new one is due';
        step.log.info(`The current key is ${(0,keys_step/* nameOf */.Vb)(current)}; ${reason}.`);
    }
    await checkMayRename(step);
    await outlastSecondOf(step, family);
    const entries = await resolveAccessList(step, handover.accessList);
    const purpose = { mode: 'rotate', commit, keepPrevious, ...(current && { former: current.id }) };
    const made = await makeKey(step, purpose, request);
    await orUndo(step, made, () => makeUsable(step, made, handover, entries));
    step.log.info(`Created key ${(0,keys_step/* nameOf */.Vb)(made.key)}.`);
    if (!(await handOver(step, made, handover.store))) {
        throw new keys_step/* KeyError */.eN('Another run rotated this key at the same moment and has the newer key, so nothing of this run was stored. Run the ' +
            'job again if a new key is still needed, and let concurrency in the workflow keep its runs apart.');
    }
    const final = commit === 'step'
        ? await commitRotation(step, made.intent, keepPrevious)
        : await leaveOpen(step, made, keepPrevious, family);
    if (commit === 'step')
        step.journal(nothingLeft(made.intent));
    return outcomeOfMade(made, {
        result: current === undefined ? 'created' : 'rotated',
        retired: final.retired,
        previous: final.previous,
        family: final.family,
    });
}
/** The current key stays; its roles are brought to those declared. A known secret fits it by now. */
async function keep(step, request, family, current) {
    step.log.info(`Key ${(0,keys_step/* nameOf */.Vb)(current)} is younger than rotateAfter; it stays.`);
    const found = await takeMember(step, request, request.desc, family, current);
    const kept = await converge(step, request, found, request.knownSecret);
    return { ...kept, family: rowsOf(family), previous: supersededIn(family, current.id) };
}
/**
 * The job decides. A key that was not stored is marked undecided only now: were the machine lost with its outputs before,
 * nobody had it, and a sweep shall find it. Undecided keys of jobs that are long over are retired.
 */
async function leaveOpen(step, { key, intent }, keepPrevious, family) {
    await markUndecided(step, intent);
    step.journal({ phase: 'open', ...intent });
    const abandoned = abandonedToRetire(family, key.id, keepPrevious, step.atlas.serviceNow());
    const { family: rows, ...left } = await retireMembers(step, intent, family, abandoned);
    const until = actingCurrent(family) === undefined ? '' : '; until then the former key stays current';
    step.log.info(`The rotation becomes final when the job succeeds${until}.`);
    const mine = { apiUserId: key.id, publicKey: key.publicKey, state: 'undecided' };
    return { ...left, family: [mine, ...rows] };
}

;// CONCATENATED MODULE: ./lib/modes.js
/** Which function serves which mode. */











/** Carries out what is asked for, or rehearses it. */
function carryOut(step, request) {
    const act = (acting) => perform(acting, request);
    if (!request.dryRun)
        return act(step);
    return request.credential === 'serviceAccount'
        ? rehearse(step, act, stageOfAccounts(step.atlas))
        : rehearse(step, act, stageOfKeys(step.atlas));
}
function perform(step, request) {
    const ofAccount = request.credential === 'serviceAccount';
    switch (request.mode) {
        case 'ensure':
            return ofAccount ? ensureAccount(step, request) : ensure(step, request);
        case 'ephemeral':
            return ofAccount ? lease(step, request) : ephemeral(step, request);
        case 'rotate':
            return ofAccount ? rotateAccount(step, request) : rotate(step, request);
        case 'revoke':
            return ofAccount ? revokeAccounts(step, request) : revoke(step, request);
        case 'sweep':
            return sweep(step, request);
    }
}


/***/ })

};
