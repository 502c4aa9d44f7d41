export const id = 170;
export const ids = [170];
export const modules = {

/***/ 2170:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  rehearse: () => (/* binding */ rehearse)
});

// EXTERNAL MODULE: ./lib/atlas/errors.js
var errors = __webpack_require__(7236);
// EXTERNAL MODULE: ./lib/keys/key.js
var keys_key = __webpack_require__(2375);
// EXTERNAL MODULE: ./lib/keys/mark.js
var mark = __webpack_require__(3043);
// EXTERNAL MODULE: ./lib/keys/outcome.js
var outcome = __webpack_require__(1884);
// EXTERNAL MODULE: ./lib/keys/commit.js
var commit = __webpack_require__(2343);
// EXTERNAL MODULE: ./lib/keys/current.js
var current = __webpack_require__(2353);
// EXTERNAL MODULE: ./lib/keys/family.js
var keys_family = __webpack_require__(9446);
// EXTERNAL MODULE: ./lib/keys/make-key.js
var make_key = __webpack_require__(2338);
// EXTERNAL MODULE: ./lib/keys/retire.js
var retire = __webpack_require__(2773);
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
        await (0,make_key/* retireStrays */.CM)(step, unfinished.made, unfinished.made.apiUserId);
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
            return settle_commit(step, unfinished.made);
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
    let deleted = await (0,make_key/* retireStrays */.CM)(step, entry);
    if (deleted === 0) {
        await step.pause(LATE_CREATE);
        deleted = await (0,make_key/* retireStrays */.CM)(step, entry);
    }
    step.log.info(deleted === 0
        ? 'A create of this step was not answered; no key came of it.'
        : 'A create of this step was not answered; the key that came of it, which nobody holds, was deleted.');
    return {};
}
async function withdraw(step, made) {
    const { apiUserId, orgId } = made;
    if ((await (0,retire/* retireMade */.Pe)(step, made)) === 'unassigned')
        return warn(step, (0,retire/* livesOn */.pC)(apiUserId, orgId));
    step.log.info(`The step ended before key ${apiUserId} was final; it was deleted.`);
    return {};
}
async function revokeEphemeral(step, made) {
    const { purpose, apiUserId, orgId } = made;
    const retirement = await (0,retire/* retireMade */.Pe)(step, made);
    if (retirement === 'unassigned') {
        const warning = (0,retire/* livesOn */.pC)(apiUserId, orgId);
        const mustFail = purpose.mode === 'ephemeral' && purpose.onRevokeFailure === 'fail';
        return mustFail ? { problem: warning } : warn(step, warning);
    }
    step.log.info(retirement === 'deleted' ? `Revoked key ${apiUserId}.` : `Key ${apiUserId} was gone already.`);
    return {};
}
/** The key was handed out, and what ends its making is missing. */
async function finishEnsure(step, made) {
    const { desc, groupIds, apiUserId } = made;
    const family = await (0,keys_family/* readFamily */.LX)(step.atlas, groupIds[0], desc);
    const mine = family.find(({ key }) => key.id === apiUserId);
    switch (mine?.state) {
        case undefined:
            return warn(step, `Key ${apiUserId}, which this step handed out, is gone: somebody else deleted it. Run the job again for a new one.`);
        case 'pending':
            // Its time may be over, and another run may have made the key meanwhile.
            if ((0,keys_family/* membersIn */.Jp)(family, 'current').length > 0)
                return withdraw(step, made);
            break;
        case 'undecided':
            break;
        case 'retired':
            return withdraw(step, made);
        case 'current':
            await (0,current/* demoteOlder */.Pv)(step, made);
            return {};
        default:
            // It was current, and a later rotation has superseded it.
            return {};
    }
    await (0,current/* becomeCurrent */.XH)(step, made, apiUserId);
    step.log.info(`The step had ended before key ${apiUserId} got its description; it has it now.`);
    return {};
}
/** The key was handed out, or may have been, and the job did not succeed. */
async function keepUndecided(step, made, why) {
    const { desc, groupIds, apiUserId } = made;
    const family = await (0,keys_family/* readFamily */.LX)(step.atlas, groupIds[0], desc);
    const mine = family.find(({ key }) => key.id === apiUserId);
    if (mine === undefined || mine.state === 'retired') {
        return warn(step, `Key ${apiUserId}, which this step made, is no longer in use: somebody revoked it. ${tellFormer(made)}`);
    }
    if (mine.mark?.until !== undefined)
        await (0,current/* markUndecided */.hO)(step, made, apiUserId);
    return warn(step, tellUnfinished({ task: 'leaveUndecided', made, why }));
}
async function settle_commit(step, made) {
    const done = await (0,commit/* commitRotation */.eN)(step, made);
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
    const memory = rememberWrites(step.atlas);
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
    return (0,outcome/* outcome */.b)({
        result: 'planned',
        changed: false,
        plan: changesIn(memory, atOnce),
        ...(facts && key && { facts: { ...facts, roles: (0,keys_key/* rolesIn */.t4)(facts.groupIds[0], key) } }),
        ...(problem !== undefined && { problem }),
    });
}
function rememberWrites(real) {
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
    const text = (0,mark/* readMark */.Mp)(made.desc)?.text ?? made.desc;
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
    return (0,mark/* readMark */.Mp)(desc)?.mark.state ?? 'current';
}


/***/ })

};
