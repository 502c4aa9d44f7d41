export const id = 706;
export const ids = [706];
export const modules = {

/***/ 2343:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   RO: () => (/* binding */ rowsOf),
/* harmony export */   eN: () => (/* binding */ commitRotation),
/* harmony export */   h_: () => (/* binding */ retireMembers)
/* harmony export */ });
/* harmony import */ var _current_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2353);
/* harmony import */ var _family_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9446);
/* harmony import */ var _key_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2375);
/* harmony import */ var _key_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3636);
/* harmony import */ var _retire_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2773);
/* harmony import */ var _retirement_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6773);
/** How a rotation becomes final, and which keys go then. */






/**
 * Makes the rotation's key the current one: the former become previous, then it gets the plain text, then those
 * beyond `keepPrevious` are retired. May be run again after it was interrupted. Throws `KeyError` when the key is gone.
 */
async function commitRotation(step, rotation) {
    const { desc, apiUserId, groupIds } = rotation;
    const first = await (0,_family_js__WEBPACK_IMPORTED_MODULE_0__/* .readFamily */ .LX)(step.atlas, groupIds[0], desc);
    const mine = first.find((member) => member.key.id === apiUserId);
    if (mine === undefined || mine.state === 'retired') {
        throw new _key_error_js__WEBPACK_IMPORTED_MODULE_1__/* .KeyError */ .e(`Key ${apiUserId} that this rotation made is no longer in use, so it cannot become current. No other key was ` +
            'changed. Somebody revoked it. Run the job again.');
    }
    // What was stored last is the newest; docs/lifecycle.md says why.
    const isSuperseded = (family) => {
        const newest = (0,_current_js__WEBPACK_IMPORTED_MODULE_2__/* .newestCurrent */ .GI)(step, rotation, family);
        return newest !== undefined && (0,_key_js__WEBPACK_IMPORTED_MODULE_3__/* .newestFirst */ .ll)(newest.key, mine.key) < 0;
    };
    if (isSuperseded(first)) {
        await (0,_current_js__WEBPACK_IMPORTED_MODULE_2__/* .demote */ .vr)(step, rotation, mine);
        return superseded(await (0,_family_js__WEBPACK_IMPORTED_MODULE_0__/* .readFamily */ .LX)(step.atlas, groupIds[0], desc));
    }
    const former = (0,_family_js__WEBPACK_IMPORTED_MODULE_0__/* .membersIn */ .Jp)(first, 'current').filter((member) => member !== mine);
    await Promise.all(former.map((member) => (0,_current_js__WEBPACK_IMPORTED_MODULE_2__/* .demote */ .vr)(step, rotation, member)));
    const last = await (0,_current_js__WEBPACK_IMPORTED_MODULE_2__/* .becomeCurrent */ .XH)(step, rotation, apiUserId);
    if (isSuperseded(last))
        return superseded(last);
    const retired = await retireMembers(step, rotation, [
        // An earlier try had made it current already. What has become previous since then is left to the next rotation.
        ...(mine.state === 'current' ? [] : (0,_retirement_js__WEBPACK_IMPORTED_MODULE_4__/* .supersededToRetire */ .t)(first, last, rotation)),
        ...(0,_retirement_js__WEBPACK_IMPORTED_MODULE_4__/* .abandonedToRetire */ .N)(first, rotation, step.atlas.serviceNow()),
    ]);
    return { outcome: 'committed', retired: retired.map(({ key }) => key.id), family: rowsOf(last, retired) };
}
function superseded(family) {
    return { outcome: 'superseded', retired: [], family: rowsOf(family, []) };
}
/** Retires these members side by side, each where it lies within the remit. Returns those that went. */
async function retireMembers(step, place, members) {
    const { deleted } = await (0,_retire_js__WEBPACK_IMPORTED_MODULE_5__/* .retireFound */ .o8)(step, members.map(({ key }) => key), { place, claim: 'member', why: _retire_js__WEBPACK_IMPORTED_MODULE_5__/* .whatItWas */ .Dg, next: 'the next rotation' });
    return members.filter(({ key }) => deleted.includes(key));
}
/** The family as a table, newest first, with what this step deleted. */
function rowsOf(family, retired) {
    const gone = new Set(retired.map(({ key }) => key.id));
    const alive = family.filter(({ key }) => !gone.has(key.id));
    return [...alive, ...retired]
        .sort((left, right) => (0,_key_js__WEBPACK_IMPORTED_MODULE_3__/* .newestFirst */ .ll)(left.key, right.key))
        .map(({ key, state }) => ({
        apiUserId: key.id,
        publicKey: key.publicKey,
        state: gone.has(key.id) ? 'revoked' : state,
    }));
}


/***/ }),

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

/***/ 2353:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GI: () => (/* binding */ newestCurrent),
/* harmony export */   Pv: () => (/* binding */ demoteOlder),
/* harmony export */   XH: () => (/* binding */ becomeCurrent),
/* harmony export */   hO: () => (/* binding */ markUndecided),
/* harmony export */   ld: () => (/* binding */ givePlainText),
/* harmony export */   pt: () => (/* binding */ promote),
/* harmony export */   vr: () => (/* binding */ demote)
/* harmony export */ });
/* harmony import */ var _atlas_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7236);
/* harmony import */ var _family_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9446);
/* harmony import */ var _mark_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3043);
/* harmony import */ var _remit_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3729);
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7168);
/** Giving one key of a family its plain description, so that exactly one has it in the end. */





/** Gives the key that this step made the plain text, then looks whether others did the same at the same moment. */
async function becomeCurrent(step, home, apiUserId) {
    await givePlainText(step, home, apiUserId);
    return demoteOlder(step, home);
}
/** To be followed by `demoteOlder`. */
async function givePlainText(step, home, apiUserId) {
    await describe(step, home, apiUserId, home.desc);
}
/**
 * Should two keys be plain, all but the newest become previous, which everyone computes alike. To be done by everyone
 * after a rename to the plain text: whoever looks last sees all. Returns the family.
 */
async function demoteOlder(step, home) {
    const family = await (0,_family_js__WEBPACK_IMPORTED_MODULE_0__/* .readFamily */ .LX)(step.atlas, home.groupIds[0], home.desc);
    const newest = newestCurrent(step, home, family);
    const others = (0,_family_js__WEBPACK_IMPORTED_MODULE_0__/* .membersIn */ .Jp)(family, 'current').filter((member) => member !== newest);
    await Promise.all(others.map((member) => demote(step, home, member)));
    return family;
}
/** The newest plain key that the list does not show out of the remit: what somebody else renamed decides nothing here. */
function newestCurrent({ caller }, { groupIds }, family) {
    return (0,_family_js__WEBPACK_IMPORTED_MODULE_0__/* .membersIn */ .Jp)(family, 'current').find(({ key }) => (0,_remit_js__WEBPACK_IMPORTED_MODULE_1__/* .outsideRemit */ .NK)(key, 'member', { caller, groupIds }) === undefined);
}
/**
 * Gives the plain text to the key that stands in for a current one, after a commit that was interrupted. Whether it has
 * it now: `false` where it is not this step's to rename.
 */
async function promote(step, home, { key }) {
    if ((await (0,_remit_js__WEBPACK_IMPORTED_MODULE_1__/* .lookAt */ .t5)(step, key, home)) === undefined)
        return false;
    await becomeCurrent(step, home, key.id);
    return true;
}
/**
 * Marks this step's own key as one that somebody may hold, and that is not final; with `until`, that the step is still
 * at work on it or on older ones.
 */
async function markUndecided(step, home, apiUserId, until) {
    const mark = { ...(0,_step_js__WEBPACK_IMPORTED_MODULE_2__/* .ownMark */ .a1)(step), state: 'undecided', ...(until !== undefined && { until }) };
    await describe(step, home, apiUserId, (0,_mark_js__WEBPACK_IMPORTED_MODULE_3__/* .describeMarked */ .MF)(home.desc, mark));
}
/** Marks a key as superseded and alive, unless it was deleted meanwhile, or is not this step's to rename, which is told. */
async function demote(step, home, { key }) {
    try {
        if ((await (0,_remit_js__WEBPACK_IMPORTED_MODULE_1__/* .lookAt */ .t5)(step, key, home)) === undefined)
            return;
        await describe(step, home, key.id, (0,_mark_js__WEBPACK_IMPORTED_MODULE_3__/* .describeMarked */ .MF)(home.desc, { ...(0,_step_js__WEBPACK_IMPORTED_MODULE_2__/* .ownMark */ .a1)(step), state: 'previous' }));
    }
    catch (error) {
        if (!(0,_atlas_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .isAtlasError */ .yH)(error, 'gone'))
            throw error;
    }
}
async function describe(step, { groupIds, orgId }, apiUserId, desc) {
    await step.atlas.renameKey({ groupId: groupIds[0], orgId, apiUserId }, desc);
}


/***/ }),

/***/ 497:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FZ: () => (/* binding */ electionOf),
/* harmony export */   OJ: () => (/* binding */ winElection),
/* harmony export */   hs: () => (/* binding */ LOOK_AGAIN)
/* harmony export */ });
/* harmony import */ var _family_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9446);
/**
 * Who of several makers at once has the key. Each lists after its own create, so of two makers at least one
 * sees the other; whoever sees a current key, or a pending one with a smaller id, gives up, and whoever sees
 * only larger ones waits until they have given up or one of them is current. docs/lifecycle.md has the proof.
 */

/** How long a maker waits before it looks at the other makers again, in milliseconds. */
const LOOK_AGAIN = 700;
/** How the election stands for the maker of `mine`; `makers` are the ids of all who are at work, its own among them. */
function electionOf(isMade, makers, mine) {
    if (isMade || makers.some((id) => id < mine))
        return 'lost';
    return makers.length === 1 && makers[0] === mine ? 'won' : 'undecided';
}
/** Looks until the election is decided, from this family on: whether the maker of the pending key has won. */
async function winElection(step, first, { groupIds, desc, apiUserId }) {
    for (let family = first;;) {
        const makers = (0,_family_js__WEBPACK_IMPORTED_MODULE_0__/* .inTheMaking */ .AD)(family, step.atlas.serviceNow()).map(({ key }) => key.id);
        const election = electionOf((0,_family_js__WEBPACK_IMPORTED_MODULE_0__/* .actingCurrent */ .y9)(family) !== undefined, makers, apiUserId);
        if (election !== 'undecided')
            return election === 'won';
        await step.pause(LOOK_AGAIN);
        family = await (0,_family_js__WEBPACK_IMPORTED_MODULE_0__/* .readFamily */ .LX)(step.atlas, groupIds[0], desc);
    }
}


/***/ }),

/***/ 9446:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AD: () => (/* binding */ inTheMaking),
/* harmony export */   Jp: () => (/* binding */ membersIn),
/* harmony export */   LX: () => (/* binding */ readFamily),
/* harmony export */   gQ: () => (/* binding */ deadPending),
/* harmony export */   hY: () => (/* binding */ passesForMember),
/* harmony export */   y9: () => (/* binding */ actingCurrent)
/* harmony export */ });
/* unused harmony export familyOf */
/* harmony import */ var _key_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2375);
/* harmony import */ var _mark_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3043);


/** The longest `timeout`, and what may pass until the last call of its step arrives, in milliseconds. */
const LONGEST_MAKING = 11 * 60_000;
/** The members of the family `desc` among these keys, newest first: named so by us (marked) or by a person. */
function familyOf(desc, keys) {
    return keys
        .flatMap((key) => memberOf(desc, key) ?? [])
        .sort((left, right) => (0,_key_js__WEBPACK_IMPORTED_MODULE_0__/* .newestFirst */ .ll)(left.key, right.key));
}
/** The family `desc` as the project lists it now. */
async function readFamily(atlas, groupId, desc) {
    return familyOf(desc, await atlas.listProjectKeys(groupId));
}
function memberOf(desc, key) {
    if (key.desc === desc)
        return { state: 'current', key };
    const marked = (0,_mark_js__WEBPACK_IMPORTED_MODULE_1__/* .readMark */ .Mp)(key.desc);
    if (marked === undefined || !(0,_mark_js__WEBPACK_IMPORTED_MODULE_1__/* .isMarkedAs */ .Bi)(marked, desc))
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
    return key.desc.startsWith(desc) && (0,_mark_js__WEBPACK_IMPORTED_MODULE_1__/* .beginsLikeMark */ .Jo)(key.desc.slice(desc.length));
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
        return serviceNow <= mark.until && mark.until <= (0,_key_js__WEBPACK_IMPORTED_MODULE_0__/* .createdAt */ .CT)(key.id) + LONGEST_MAKING;
    });
}
/** Pending keys whose maker is gone for good: it had to stop by itself before that time. */
function deadPending(family, serviceNow) {
    return family.filter(({ mark }) => mark?.state === 'pending' && serviceNow > mark.until);
}


/***/ }),

/***/ 7377:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cl: () => (/* binding */ handOver),
/* harmony export */   KC: () => (/* binding */ whileUnknown),
/* harmony export */   XK: () => (/* binding */ makeUsable),
/* harmony export */   jo: () => (/* binding */ tellWhatIsForNewKeys),
/* harmony export */   p: () => (/* binding */ resolveAccessList)
/* harmony export */ });
/* harmony import */ var _atlas_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7236);
/* harmony import */ var _current_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2353);
/* harmony import */ var _election_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(497);
/* harmony import */ var _family_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9446);
/* harmony import */ var _key_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3636);
/* harmony import */ var _make_key_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2338);
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7168);
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
        if (!(0,_atlas_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .isAtlasError */ .yH)(error, 'credentials', 'notAllowed', 'gone', 'badRequest', 'unintelligible'))
            throw error;
        // A 401 may be about this address of the service alone. Credentials that are wrong everywhere are told as such.
        if (error.kind === 'credentials')
            await step.atlas.whoAmI();
        throw new _key_error_js__WEBPACK_IMPORTED_MODULE_1__/* .KeyError */ .e('accessList: current cannot be used: Atlas did not tell the address of this machine ' +
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
        if (!(0,_atlas_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .isAtlasError */ .yH)(error, 'notAllowed'))
            throw error;
    }
    try {
        await whileUnknown(step, `key ${(0,_step_js__WEBPACK_IMPORTED_MODULE_2__/* .nameOf */ .Vb)(key)}`, () => step.atlas.addAccessListEntries(orgId, key.id, entries, key));
        step.log.info(`The caller may not write the access list of key ${(0,_step_js__WEBPACK_IMPORTED_MODULE_2__/* .nameOf */ .Vb)(key)}; the key wrote it itself.`);
    }
    catch (error) {
        throw new _key_error_js__WEBPACK_IMPORTED_MODULE_1__/* .KeyError */ .e(`The access list of the new key ${(0,_step_js__WEBPACK_IMPORTED_MODULE_2__/* .nameOf */ .Vb)(key)} could not be written: the caller may not do it, for which it ` +
            `needs Organization Owner, and the key itself could not, either. ${(0,_atlas_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)}`, { cause: error });
    }
}
async function verifyKey(step, key, limited) {
    try {
        await whileUnknown(step, `key ${(0,_step_js__WEBPACK_IMPORTED_MODULE_2__/* .nameOf */ .Vb)(key)}`, () => step.atlas.signInAs(key));
    }
    catch (error) {
        if (!(0,_atlas_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .isAtlasError */ .yH)(error, 'addressRefused'))
            throw error;
        if (limited) {
            throw new _key_error_js__WEBPACK_IMPORTED_MODULE_1__/* .KeyError */ .e(`The new key ${(0,_step_js__WEBPACK_IMPORTED_MODULE_2__/* .nameOf */ .Vb)(key)} may not be used from this machine: its access list does not hold this ` +
                "machine's address. Add `current` to accessList, or set verify: false when the key is for another " +
                'machine.', { cause: error });
        }
        step.log.warning(`The new key ${(0,_step_js__WEBPACK_IMPORTED_MODULE_2__/* .nameOf */ .Vb)(key)} may not be used from this machine: its organisation requires an access list, ` +
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
            if (!(0,_atlas_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .isAtlasError */ .yH)(error, 'credentials'))
                throw error;
            if (step.remaining() - SIGN_IN_PAUSE <= patience) {
                throw new _key_error_js__WEBPACK_IMPORTED_MODULE_1__/* .KeyError */ .e(`Atlas still refuses the new ${name} after ${SIGN_IN_PATIENCE / 1000} seconds, so it was not ` +
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
            await (0,_make_key_js__WEBPACK_IMPORTED_MODULE_3__/* .undo */ .tN)(step, made);
            throw error;
        }
        step.journal({ phase: 'delivering', ...intent });
    }
    try {
        await step.deliver({ key, orgId: intent.orgId });
    }
    catch (error) {
        const nobodyHasIt = error instanceof _key_error_js__WEBPACK_IMPORTED_MODULE_1__/* .DeliveryError */ .V ? error.nobodyHasIt : store === undefined;
        if (!nobodyHasIt) {
            step.log.warning(`Key ${(0,_step_js__WEBPACK_IMPORTED_MODULE_2__/* .nameOf */ .Vb)(key)} stays alive, undecided: some of it may have been stored. No other key was changed.`);
        }
        else
            await (0,_make_key_js__WEBPACK_IMPORTED_MODULE_3__/* .undo */ .tN)(step, made);
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
    await (0,_current_js__WEBPACK_IMPORTED_MODULE_4__/* .markUndecided */ .hO)(step, intent, key.id, until);
    for (;;) {
        const family = await (0,_family_js__WEBPACK_IMPORTED_MODULE_5__/* .readFamily */ .LX)(step.atlas, groupIds[0], desc);
        const newer = (0,_family_js__WEBPACK_IMPORTED_MODULE_5__/* .membersIn */ .Jp)(family, 'current', 'undecided', 'previous').find((member) => member.key.id > key.id);
        if (newer !== undefined) {
            step.log.info(`Key ${(0,_step_js__WEBPACK_IMPORTED_MODULE_2__/* .nameOf */ .Vb)(newer.key)} is newer and may be stored already, so the new key ${(0,_step_js__WEBPACK_IMPORTED_MODULE_2__/* .nameOf */ .Vb)(key)} was not stored.`);
            return false;
        }
        const others = (0,_family_js__WEBPACK_IMPORTED_MODULE_5__/* .membersIn */ .Jp)((0,_family_js__WEBPACK_IMPORTED_MODULE_5__/* .inTheMaking */ .AD)(family, step.atlas.serviceNow()), 'undecided');
        if (others.every((member) => member.key.id === key.id))
            return true;
        await step.pause(_election_js__WEBPACK_IMPORTED_MODULE_6__/* .LOOK_AGAIN */ .hs);
    }
}


/***/ }),

/***/ 5579:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ nothingLeft)
/* harmony export */ });
/** Nothing is left to do, unless a lost create of the same step may still turn up. */
function nothingLeft(intent) {
    return intent.answerLost ? { phase: 'making', ...intent } : { phase: 'idle' };
}


/***/ }),

/***/ 3636:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ DeliveryError),
/* harmony export */   e: () => (/* binding */ KeyError)
/* harmony export */ });
/** What stops a mode although Atlas answered as it should. One sentence for a person: what failed, why, what to do. */
class KeyError extends Error {
    name = 'KeyError';
}
/** A new key could not be given to those who were to hold it. */
class DeliveryError extends Error {
    name = 'DeliveryError';
    /** Whether it is certain that nobody got any of it. */
    nobodyHasIt;
    constructor(message, details) {
        super(message, { cause: details.cause });
        this.nobodyHasIt = details.nobodyHasIt;
    }
}


/***/ }),

/***/ 2338:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CM: () => (/* binding */ retireStrays),
/* harmony export */   NG: () => (/* binding */ makeEphemeralKey),
/* harmony export */   a9: () => (/* binding */ outlastSecondOf),
/* harmony export */   dA: () => (/* binding */ makePendingKey),
/* harmony export */   tN: () => (/* binding */ undo),
/* harmony export */   xS: () => (/* binding */ factsOf),
/* harmony export */   yB: () => (/* binding */ checkMayRename)
/* harmony export */ });
/* harmony import */ var _atlas_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7236);
/* harmony import */ var _journal_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5579);
/* harmony import */ var _key_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2375);
/* harmony import */ var _key_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3636);
/* harmony import */ var _mark_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3043);
/* harmony import */ var _retire_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2773);
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7168);
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
    if (caller === undefined || (0,_key_js__WEBPACK_IMPORTED_MODULE_0__/* .isOwner */ .u8)(caller))
        return;
    throw new _key_error_js__WEBPACK_IMPORTED_MODULE_1__/* .KeyError */ .e('A key cannot be made in this mode: it is made under a provisional description, and on api: public/v1.0 only an ' +
        'Organization Owner may change descriptions, which the caller is not. Nothing was made. Give the caller that role, or ' +
        'make the key by hand and let mode: ensure keep its roles.');
}
/**
 * Waits until the service's clock has left the second in which the newest of these keys was made: within one second ids
 * tell no order, and by their order the newest is current.
 */
async function outlastSecondOf(step, keys) {
    const newest = Math.max(0, ...keys.map(({ id }) => (0,_key_js__WEBPACK_IMPORTED_MODULE_0__/* .createdAt */ .CT)(id)));
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
    const marked = (0,_mark_js__WEBPACK_IMPORTED_MODULE_2__/* .describeMarked */ .MF)(desc, { ...step.run, nonce: step.nonce, state, until });
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
        if ((0,_atlas_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .isAtlasError */ .yH)(error, 'answerLost', 'timeout', 'cancelled'))
            return { lost: error };
        step.journal((0,_journal_js__WEBPACK_IMPORTED_MODULE_4__/* .nothingLeft */ .Z)(intent));
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
    const orgId = await (0,_key_js__WEBPACK_IMPORTED_MODULE_0__/* .organizationOfProject */ .Sk)(step.atlas, first, [key]);
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
    return { key, desc, orgId, groupIds, roles: (0,_key_js__WEBPACK_IMPORTED_MODULE_0__/* .rolesIn */ .t4)(groupIds[0], key) };
}
/**
 * Retires a key that was made and that nobody shall hold, with the budget for undoing. What fails here is only told:
 * post does it again from the journal.
 */
async function undo(step, { key, intent }) {
    step.journal({ phase: 'made', ...intent });
    try {
        const retirement = await (0,_retire_js__WEBPACK_IMPORTED_MODULE_5__/* .retireMade */ .Pe)(step, intent);
        step.journal((0,_journal_js__WEBPACK_IMPORTED_MODULE_4__/* .nothingLeft */ .Z)(intent));
        if (retirement === 'unassigned')
            step.log.warning((0,_retire_js__WEBPACK_IMPORTED_MODULE_5__/* .livesOn */ .pC)((0,_step_js__WEBPACK_IMPORTED_MODULE_6__/* .nameOf */ .Vb)(key), intent.orgId));
        else
            step.log.info(`The new key ${(0,_step_js__WEBPACK_IMPORTED_MODULE_6__/* .nameOf */ .Vb)(key)} was deleted again.`);
    }
    catch {
        step.log.warning(`The new key ${(0,_step_js__WEBPACK_IMPORTED_MODULE_6__/* .nameOf */ .Vb)(key)} could not be deleted yet; the post step tries again.`);
    }
}
/** Retires every key that a create of this intent made, but for `keep`. Returns how many went. */
async function retireStrays(step, intent, keep) {
    const { groupIds, nonce } = intent;
    const keys = await step.undoing.listProjectKeys(groupIds[0]);
    const strays = keys.filter((key) => key.id !== keep && isStray(key, nonce));
    if (strays.length === 0)
        return 0;
    const orgId = await (0,_key_js__WEBPACK_IMPORTED_MODULE_0__/* .organizationOfProject */ .Sk)(step.undoing, groupIds[0], strays);
    const { deleted, unassigned, failed } = await (0,_retire_js__WEBPACK_IMPORTED_MODULE_5__/* .retireFound */ .o8)(step, strays, {
        place: { orgId, groupIds },
        claim: 'member',
        why: () => 'which a create without an answer had made',
        next: 'the post step',
        atlas: step.undoing,
    });
    if (failed[0] !== undefined)
        throw new _key_error_js__WEBPACK_IMPORTED_MODULE_1__/* .KeyError */ .e(failed[0].why);
    return deleted.length + unassigned.length;
}
/**
 * Whether a create of this nonce's step made the key and nothing became of it. A step writes its nonce on keys of
 * others, too: on the former current one when that becomes previous.
 */
function isStray(key, nonce) {
    const mark = (0,_mark_js__WEBPACK_IMPORTED_MODULE_2__/* .readMark */ .Mp)(key.desc)?.mark;
    return (mark?.nonce === nonce &&
        (mark.state === 'pending' || mark.state === 'ephemeral' || mark.state === 'retired'));
}


/***/ }),

/***/ 1884:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ outcome)
/* harmony export */ });
/** An outcome of which only the given parts are remarkable. */
function outcome(parts) {
    return { previous: [], retired: [], family: [], plan: [], ...parts };
}


/***/ }),

/***/ 3729:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NK: () => (/* binding */ outsideRemit),
/* harmony export */   S4: () => (/* binding */ judge),
/* harmony export */   t5: () => (/* binding */ lookAt)
/* harmony export */ });
/* harmony import */ var _atlas_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7236);
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
        if (!(0,_atlas_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .isAtlasError */ .yH)(error, 'notAllowed'))
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


/***/ }),

/***/ 2773:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dg: () => (/* binding */ whatItWas),
/* harmony export */   Pe: () => (/* binding */ retireMade),
/* harmony export */   i1: () => (/* binding */ rowsAfter),
/* harmony export */   o8: () => (/* binding */ retireFound),
/* harmony export */   pC: () => (/* binding */ livesOn)
/* harmony export */ });
/* harmony import */ var _atlas_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7236);
/* harmony import */ var _concurrently_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5836);
/* harmony import */ var _mark_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3043);
/* harmony import */ var _remit_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3729);
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7168);
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
    await (0,_concurrently_js__WEBPACK_IMPORTED_MODULE_0__/* .concurrently */ .r)(keys, AT_ONCE, async (key) => {
        try {
            const fate = await retireOne(step, atlas, key, claim, place);
            if (fate === 'gone') {
                gone.push(key);
                step.log.info(`Key ${(0,_step_js__WEBPACK_IMPORTED_MODULE_1__/* .nameOf */ .Vb)(key)} was gone already.`);
            }
            else if (fate === 'deleted') {
                deleted.push(key);
                step.log.info(`Deleted key ${(0,_step_js__WEBPACK_IMPORTED_MODULE_1__/* .nameOf */ .Vb)(key)}, ${why(key)}.`);
            }
            else if (fate === 'unassigned')
                unassigned.push(key);
            else {
                left.push({ key, ...fate });
                step.leave(key, fate.why);
            }
        }
        catch (error) {
            failed.push({ key, why: (0,_atlas_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error) });
            step.log.warning(`Key ${(0,_step_js__WEBPACK_IMPORTED_MODULE_1__/* .nameOf */ .Vb)(key)} could not be deleted; ${next} tries again. ${(0,_atlas_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)}`);
        }
        ended += 1;
        if (ended % PROGRESS_EVERY === 0)
            step.log.info(`${ended} of ${(0,_step_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(keys, 'key')} done.`);
    });
    if (unassigned.length > 0)
        step.log.warning(livesOn(unassigned.map(_step_js__WEBPACK_IMPORTED_MODULE_1__/* .nameOf */ .Vb).join(', '), place.orgId));
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
        const marked = (0,_mark_js__WEBPACK_IMPORTED_MODULE_3__/* .readMark */ .Mp)(desc);
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
    return `which was ${(0,_mark_js__WEBPACK_IMPORTED_MODULE_3__/* .readMark */ .Mp)(desc)?.mark.state ?? 'current'}`;
}
/** Of keys that could only be unassigned: what is left to do, and by whom. */
function livesOn(names, orgId) {
    return (`Out of the project, but still alive in organisation ${orgId}: ${names}. Only an Organization Owner may delete keys: do it ` +
        'there, or run mode: sweep with that role.');
}
async function retireOne(step, atlas, key, claim, place) {
    try {
        const verdict = await (0,_remit_js__WEBPACK_IMPORTED_MODULE_4__/* .judge */ .S4)({ caller: step.caller, atlas }, key, claim, place);
        if ('why' in verdict)
            return verdict;
        const whole = verdict.key;
        // The post step of its maker may just have made it current.
        if (claim === 'leftOver' && whole.desc !== key.desc)
            return { why: 'its description has just changed' };
        const marked = (0,_mark_js__WEBPACK_IMPORTED_MODULE_3__/* .readMark */ .Mp)(whole.desc);
        const groupIds = [...new Set(whole.roles.flatMap(({ groupId }) => groupId ?? []))];
        const doomed = { apiUserId: key.id, orgId: place.orgId, groupIds, desc: marked?.text ?? whole.desc };
        // While it has its plain text, an ensure at the same moment would take it for the key to use.
        if (marked === undefined)
            await markRetired(step, atlas, doomed);
        return await retire(step, atlas, doomed);
    }
    catch (error) {
        if ((0,_atlas_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isAtlasError */ .yH)(error, 'gone'))
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
        if (!(0,_atlas_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isAtlasError */ .yH)(error, 'notAllowed'))
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
        const retired = (0,_mark_js__WEBPACK_IMPORTED_MODULE_3__/* .describeMarked */ .MF)(desc, { ...(0,_step_js__WEBPACK_IMPORTED_MODULE_1__/* .ownMark */ .a1)(step), state: 'retired' });
        await atlas.renameKey({ apiUserId, orgId, groupId }, retired);
    }
    catch (error) {
        if (!(0,_atlas_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isAtlasError */ .yH)(error, 'gone', 'notAllowed', 'badRequest', 'unintelligible'))
            throw error;
    }
}


/***/ }),

/***/ 6773:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ abandonedToRetire),
/* harmony export */   t: () => (/* binding */ supersededToRetire)
/* harmony export */ });
/* harmony import */ var _family_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9446);
/* harmony import */ var _key_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2375);
/** Which members of a family go when a rotation has made a new key. Decides alone; `commit.ts` carries it out. */


/** No job runs longer, in milliseconds: https://docs.github.com/en/actions/reference/limits has five days. */
const LONGEST_JOB = 6 * 24 * 3_600_000;
/**
 * Which superseded members a commit retires: all but the one that was current in its first look and then the newest, up
 * to `keepPrevious`. They are counted as the last look shows them. What is current there, or was demoted only since the
 * first, is left to the next rotation: somebody may just have got it.
 */
function supersededToRetire(first, last, { apiUserId, nonce, purpose: { keepPrevious } }) {
    const before = allBut(apiUserId, first);
    const previous = (0,_family_js__WEBPACK_IMPORTED_MODULE_0__/* .membersIn */ .Jp)(before, 'previous');
    // Where an earlier try has demoted it, the former current key is known by the nonce with which it did.
    const formerFirst = [
        ...(0,_family_js__WEBPACK_IMPORTED_MODULE_0__/* .membersIn */ .Jp)(before, 'current'),
        ...previous.filter(({ mark }) => mark?.nonce === nonce),
        ...previous,
    ];
    const known = formerFirst.map(({ key }) => key.id);
    const superseded = (0,_family_js__WEBPACK_IMPORTED_MODULE_0__/* .membersIn */ .Jp)(allBut(apiUserId, last), 'current', 'previous');
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
    const acting = (0,_family_js__WEBPACK_IMPORTED_MODULE_0__/* .actingCurrent */ .y9)(others);
    const undecided = (0,_family_js__WEBPACK_IMPORTED_MODULE_0__/* .membersIn */ .Jp)(others, 'undecided').slice(keepPrevious);
    return [
        ...undecided.filter((member) => member !== acting && serviceNow - (0,_key_js__WEBPACK_IMPORTED_MODULE_1__/* .createdAt */ .CT)(member.key.id) > LONGEST_JOB),
        ...(0,_family_js__WEBPACK_IMPORTED_MODULE_0__/* .membersIn */ .Jp)(others, 'retired'),
    ];
}
function allBut(apiUserId, family) {
    return family.filter(({ key }) => key.id !== apiUserId);
}


/***/ }),

/***/ 9706:
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
// EXTERNAL MODULE: ./lib/keys/key-error.js
var key_error = __webpack_require__(3636);
// EXTERNAL MODULE: ./lib/keys/outcome.js
var outcome = __webpack_require__(1884);
// EXTERNAL MODULE: ./lib/keys/remit.js
var remit = __webpack_require__(3729);
// EXTERNAL MODULE: ./lib/keys/step.js
var keys_step = __webpack_require__(7168);
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
    return (0,outcome/* outcome */.b)({
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
    const verdict = await (0,remit/* judge */.S4)(step, key, claim, { orgId, groupIds: request.groupIds });
    if ('key' in verdict)
        return;
    throw new key_error/* KeyError */.e(`Key ${(0,keys_step/* nameOf */.Vb)(key)} has other roles than those declared, and this step may not change them: ${verdict.why}. ` +
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

// EXTERNAL MODULE: ./lib/keys/current.js
var keys_current = __webpack_require__(2353);
// EXTERNAL MODULE: ./lib/keys/election.js
var election = __webpack_require__(497);
// EXTERNAL MODULE: ./lib/keys/family.js
var keys_family = __webpack_require__(9446);
// EXTERNAL MODULE: ./lib/keys/handover.js
var keys_handover = __webpack_require__(7377);
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
    throw new key_error/* KeyError */.e(`knownPrivateKey is not the secret of key ${(0,keys_step/* nameOf */.Vb)(key)}: ${misfit(verdict, known)}. Store the secret again, or use mode: ` +
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

// EXTERNAL MODULE: ./lib/keys/journal.js
var journal = __webpack_require__(5579);
// EXTERNAL MODULE: ./lib/keys/make-key.js
var make_key = __webpack_require__(2338);
// EXTERNAL MODULE: ./lib/keys/retire.js
var retire = __webpack_require__(2773);
;// CONCATENATED MODULE: ./lib/keys/make-current.js
/**
 * How ensure makes the key: as pending, in an election with all others who do the same, and current only when it has
 * been handed out.
 */










/** Makes the key; `undefined` when another maker has it. */
async function makeCurrent(step, request, desc) {
    const { groupIds, roles, handover } = request;
    const entries = await (0,keys_handover/* resolveAccessList */.p)(step, handover.accessList);
    const made = await (0,make_key/* makePendingKey */.dA)(step, { purpose: { mode: 'ensure' }, desc, groupIds, roles });
    if (!(await isElected(step, made, request, entries))) {
        await (0,make_key/* undo */.tN)(step, made);
        return undefined;
    }
    step.log.info(`Created key ${(0,keys_step/* nameOf */.Vb)(made.key)}.`);
    if ((await (0,keys_handover/* handOver */.Cl)(step, made, handover.store)) === 'tooLate') {
        await (0,make_key/* undo */.tN)(step, made);
        return undefined;
    }
    const family = await finish(step, made, handover.store !== undefined);
    if (handover.store === undefined) {
        step.log.notice(`Key ${(0,keys_step/* nameOf */.Vb)(made.key)} is permanent, and this step did not store its private key: unless a later step of this job ` +
            'does, nobody has it when the job ends. Give githubToken and combinedSecret and let mode: rotate make a new key, or ' +
            'use mode: ephemeral for a key that ends with the job.');
    }
    const retired = await retireDead(step, made, (0,keys_family/* deadPending */.gQ)(family, step.atlas.serviceNow()));
    return (0,outcome/* outcome */.b)({
        result: 'created',
        changed: true,
        facts: (0,make_key/* factsOf */.xS)(made),
        privateKey: made.key.privateKey,
        retired,
    });
}
/** Makes the key usable and stands for election with it. After a failure the key is gone. */
async function isElected(step, made, { handover }, entries) {
    const { intent } = made;
    try {
        const [family] = await Promise.all([
            (0,keys_family/* readFamily */.LX)(step.atlas, intent.groupIds[0], intent.desc),
            (0,keys_handover/* makeUsable */.XK)(step, made, handover, entries),
        ]);
        return await (0,election/* winElection */.OJ)(step, family, intent);
    }
    catch (error) {
        await (0,make_key/* undo */.tN)(step, made);
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
        await (0,keys_current/* givePlainText */.ld)(step, intent, intent.apiUserId);
    }
    catch (error) {
        if (!isStored && (0,errors/* isAtlasError */.yH)(error, 'notAllowed', 'badRequest', 'gone')) {
            step.recall();
            await (0,make_key/* undo */.tN)(step, made);
        }
        throw error;
    }
    try {
        // A rotation takes no part in the election: it may have committed since.
        const family = await (0,keys_current/* demoteOlder */.Pv)(step, intent);
        step.journal((0,journal/* nothingLeft */.Z)(intent));
        return family;
    }
    catch {
        step.log.warning('Whether a rotation was committed at the same moment is left to the post step to find out.');
        return [];
    }
}
/** Pending keys of makers that are gone: after the new key is safe, and only as a favour. */
async function retireDead(step, { intent }, dead) {
    const { deleted } = await (0,retire/* retireFound */.o8)(step, dead.map(({ key }) => key), {
        place: intent,
        claim: 'leftOver',
        why: () => 'which a run that died had made and handed to nobody',
        next: 'a sweep',
    });
    return deleted.map(({ id }) => id);
}

// EXTERNAL MODULE: ./lib/keys/mark.js
var keys_mark = __webpack_require__(3043);
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
        const family = await (0,keys_family/* readFamily */.LX)(step.atlas, groupId, desc);
        const stored = memberOfSecret((0,keys_family/* membersIn */.Jp)(family, 'undecided', 'previous'), request);
        if (stored !== undefined && stored !== (0,keys_family/* actingCurrent */.y9)(family)) {
            return useStored(step, request, desc, stored);
        }
        if (looks < LOOKS && isBetweenRenames(family)) {
            looks += 1;
            await step.pause(election/* LOOK_AGAIN */.hs);
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
        const [rival] = (0,keys_family/* inTheMaking */.AD)(family, step.atlas.serviceNow());
        if (rival !== undefined) {
            if (!saidWaiting)
                step.log.info(`Another run is making this key (${(0,keys_step/* nameOf */.Vb)(rival.key)}); waiting for it.`);
            saidWaiting = true;
            await waitForRival(step, rival);
            continue;
        }
        await (0,make_key/* checkMayRename */.yB)(step);
        const made = await makeCurrent(step, request, desc);
        if (made !== undefined)
            return made;
        step.log.info('Another run was first; using its key.');
    }
}
/** Within a commit no key is plain for a moment; of two at once both may be, until they have looked and renamed. */
function isBetweenRenames(family) {
    const plain = (0,keys_family/* membersIn */.Jp)(family, 'current');
    return plain.length > 1 || (plain.length === 0 && (0,keys_family/* actingCurrent */.y9)(family) !== undefined);
}
/** The key that carries this text; the newest of those handed out where a commit was interrupted. */
function onlyCurrent(desc, family) {
    const plain = (0,keys_family/* membersIn */.Jp)(family, 'current');
    if (plain.length > 1) {
        throw new key_error/* KeyError */.e(`${plain.length} keys of the project are named "${desc}": ${plain.map(({ key }) => (0,keys_step/* nameOf */.Vb)(key)).join(', ')}. Say ` +
            'which one with apiUserId, or give the others another description.');
    }
    return (0,keys_family/* actingCurrent */.y9)(family);
}
async function useCurrent(step, request, desc, current) {
    const [groupId] = request.groupIds;
    step.log.info(`Found key ${(0,keys_step/* nameOf */.Vb)(current.key)} in the project.`);
    (0,keys_handover/* tellWhatIsForNewKeys */.jo)(step, request.handover);
    const orgId = await (0,keys_key/* organizationOfProject */.Sk)(step.atlas, groupId, [current.key]);
    let isPromoted = false;
    if (current.state !== 'current') {
        isPromoted = await (0,keys_current/* promote */.pt)(step, { groupIds: request.groupIds, orgId, desc }, current);
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
    if (step.remaining() <= election/* LOOK_AGAIN */.hs) {
        // not covered: every key in the making has that time in its mark; only the type of a member allows none.
        const until = rival.mark?.until === undefined ? 'a while' : (0,keys_mark/* isoSeconds */.nE)(rival.mark.until);
        throw new key_error/* KeyError */.e(`Another run began to make this key (${(0,keys_step/* nameOf */.Vb)(rival.key)}) and has not finished. If that run is gone, its key ` +
            `counts as left over after ${until}: run this job again then, or give a longer timeout.`);
    }
    await step.pause(election/* LOOK_AGAIN */.hs);
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
    return (0,outcome/* outcome */.b)({
        result: 'swept',
        changed: swept.changed,
        retired: swept.deleted.map(({ id }) => id),
        family: (0,retire/* rowsAfter */.i1)(due, [swept]),
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
    return (0,retire/* retireFound */.o8)(step, due, {
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
        (0,keys_handover/* resolveAccessList */.p)(step, handover.accessList),
        tellWhetherRevocable(step, onRevokeFailure),
    ]);
    const purpose = { mode: 'ephemeral', onRevokeFailure };
    const made = await (0,make_key/* makeEphemeralKey */.NG)(step, { purpose, desc, groupIds, roles }, ttl);
    const sweeping = sweepInPassing(step, request);
    try {
        await (0,keys_handover/* makeUsable */.XK)(step, made, handover, entries);
        await step.deliver({ key: made.key, orgId: made.intent.orgId });
    }
    catch (error) {
        await Promise.all([(0,make_key/* undo */.tN)(step, made), sweeping]);
        throw error;
    }
    step.journal({ phase: 'handedOut', ...made.intent });
    step.log.info(`Created key ${(0,keys_step/* nameOf */.Vb)(made.key)} for this run. The post step revokes it; if that cannot run, it counts as left ` +
        `over after ${(0,keys_mark/* isoSeconds */.nE)(made.intent.until)}.`);
    return (0,outcome/* outcome */.b)({
        result: 'created',
        changed: true,
        facts: (0,make_key/* factsOf */.xS)(made),
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
        throw new key_error/* KeyError */.e(`${what}. Nothing was made, because onRevokeFailure is fail. Give the caller Organization Owner, or set ` +
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
    const how = { place, claim, why: retire/* whatItWas */.Dg, next: 'the next run' };
    let keys = first.keys;
    for (let looks = 0; keys.length > 0 && looks < revoke_LOOKS; looks += 1) {
        for (const key of keys)
            seen.set(key.id, key);
        // Current keys go last: without any, an ensure at the same moment would give a superseded key its text back, just
        // before that one is deleted.
        for (const isPlain of [false, true]) {
            const some = keys.filter(({ desc }) => ((0,keys_mark/* readMark */.Mp)(desc) === undefined) === isPlain);
            rounds.push(await (0,retire/* retireFound */.o8)(step, some, how));
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
        problem.push((0,retire/* livesOn */.pC)(unassigned.map(keys_step/* nameOf */.Vb).join(', '), place.orgId));
    return (0,outcome/* outcome */.b)({
        result: 'revoked',
        changed: rounds.some(({ changed }) => changed),
        retired: rounds.flatMap(({ deleted }) => deleted.map(({ id }) => id)),
        family: (0,retire/* rowsAfter */.i1)([...seen.values()], rounds),
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
    return [...all.values()].filter((key) => (0,keys_family/* passesForMember */.hY)(desc, key)).sort(keys_key/* newestFirst */.ll);
}

// EXTERNAL MODULE: ./lib/keys/commit.js
var keys_commit = __webpack_require__(2343);
// EXTERNAL MODULE: ./lib/keys/retirement.js
var retirement = __webpack_require__(6773);
;// CONCATENATED MODULE: ./lib/keys/rotate.js














async function rotate(step, request) {
    const { desc, groupIds } = request;
    const family = await (0,keys_family/* readFamily */.LX)(step.atlas, groupIds[0], desc);
    const current = (0,keys_family/* actingCurrent */.y9)(family);
    if (current !== undefined) {
        const verdict = await checkKnownSecret(step, current.key, request);
        const reason = reasonToRotate(step, request, current, verdict);
        if (reason === undefined)
            return keep(step, request, family, current);
        await rotate_refuseOutside(step, request, current);
        step.log.info(`The current key is ${(0,keys_step/* nameOf */.Vb)(current.key)}; ${reason}`);
    }
    else {
        step.log.info('There is no key of this desc yet.');
    }
    await (0,make_key/* checkMayRename */.yB)(step);
    await (0,make_key/* outlastSecondOf */.a9)(step, family.map(({ key }) => key));
    const made = await makeUndecided(step, request, current);
    const final = request.commit === 'step' ? await commitNow(step, made) : await leaveOpen(step, made, family);
    return (0,outcome/* outcome */.b)({
        result: current === undefined ? 'created' : 'rotated',
        changed: true,
        facts: (0,make_key/* factsOf */.xS)(made),
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
    const age = (0,keys_key/* ageAt */.h_)(step.atlas.serviceNow(), current.key.id);
    return age >= rotateAfter ? 'a new one is due.' : undefined;
}
/** The current key stays; its roles are brought to those declared. A known secret fits it by now. */
async function keep(step, request, family, current) {
    const { desc, groupIds } = request;
    const orgId = await (0,keys_key/* organizationOfProject */.Sk)(step.atlas, groupIds[0], [current.key]);
    const isPromoted = current.state !== 'current' && (await (0,keys_current/* promote */.pt)(step, { groupIds, orgId, desc }, current));
    step.log.info(`Key ${(0,keys_step/* nameOf */.Vb)(current.key)} is younger than rotateAfter; it stays.`);
    (0,keys_handover/* tellWhatIsForNewKeys */.jo)(step, request.handover);
    const key = await readRolesEverywhere(step, current.key, orgId, groupIds);
    const rows = (0,keys_commit/* rowsOf */.RO)(family, []);
    const privateKey = request.knownPrivateKey;
    const kept = await converge(step, { request, key, claim: 'member', orgId, desc, isPromoted, privateKey });
    return { ...kept, family: rows, previous: supersededIn(rows, key.id) };
}
/** The new key, made, tried and handed over. */
async function makeUndecided(step, request, former) {
    const { desc, groupIds, roles, handover, commit, keepPrevious } = request;
    const entries = await (0,keys_handover/* resolveAccessList */.p)(step, handover.accessList);
    const purpose = { mode: 'rotate', commit, keepPrevious, ...(former && { former: former.key.id }) };
    const made = await (0,make_key/* makePendingKey */.dA)(step, { purpose, desc, groupIds, roles });
    try {
        await (0,keys_handover/* makeUsable */.XK)(step, made, handover, entries);
    }
    catch (error) {
        await (0,make_key/* undo */.tN)(step, made);
        throw error;
    }
    step.log.info(`Created key ${(0,keys_step/* nameOf */.Vb)(made.key)}.`);
    if ((await (0,keys_handover/* handOver */.Cl)(step, made, handover.store)) === 'tooLate') {
        await (0,make_key/* undo */.tN)(step, made);
        throw new key_error/* KeyError */.e('Another run rotated this key at the same moment and has the newer key, so nothing of this run was stored. Run the ' +
            'job again if a new key is still needed, and let concurrency in the workflow keep its runs apart.');
    }
    return made;
}
async function commitNow(step, { intent }) {
    const commit = await (0,keys_commit/* commitRotation */.eN)(step, intent);
    step.journal((0,journal/* nothingLeft */.Z)(intent));
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
    await (0,keys_current/* markUndecided */.hO)(step, intent, key.id);
    step.journal({ phase: 'open', ...intent });
    const abandoned = (0,retirement/* abandonedToRetire */.N)(family, intent, step.atlas.serviceNow());
    const retired = await (0,keys_commit/* retireMembers */.h_)(step, intent, abandoned);
    const until = (0,keys_family/* actingCurrent */.y9)(family) === undefined ? '' : '; until then the former key stays current';
    step.log.info(`The rotation becomes final when the job succeeds${until}.`);
    const mine = { apiUserId: key.id, publicKey: key.publicKey, state: 'undecided' };
    return { retired: retired.map(({ key: { id } }) => id), family: [mine, ...(0,keys_commit/* rowsOf */.RO)(family, retired)] };
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
    const verdict = await (0,remit/* judge */.S4)(step, key, 'member', { orgId, groupIds });
    if ('key' in verdict)
        return;
    throw new key_error/* KeyError */.e(`Key ${(0,keys_step/* nameOf */.Vb)(key)} has this desc, and this step may not touch it: ${verdict.why}. Nothing was changed. Give that key ` +
        'another description, or rotate under another desc.');
}

;// CONCATENATED MODULE: ./lib/modes.js
/** Which function serves which mode. */





/** Carries out what is asked for, or rehearses it. What service accounts need is loaded for them alone. */
async function carryOut(step, request) {
    if (request.credential === 'serviceAccount') {
        const { carryOutForAccounts } = await __webpack_require__.e(/* import() */ 206).then(__webpack_require__.bind(__webpack_require__, 8206));
        return carryOutForAccounts(step, request);
    }
    if (!request.dryRun)
        return perform(step, request);
    const { rehearse } = await __webpack_require__.e(/* import() */ 170).then(__webpack_require__.bind(__webpack_require__, 2170));
    return rehearse(step, (acting) => perform(acting, request));
}
function perform(step, request) {
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
