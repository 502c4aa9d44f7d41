"""
A round through the calls for keys, service accounts and their access lists with pyatlassdk, a client generated from MongoDB's own specification: it
checks every answer against its models. Prints what it understood, as one line of JSON.
"""

import json
import sys
from typing import Any

import httpx
from pyatlassdk import AtlasAdminClient
from pyatlassdk.admin import AtlasApiError
from pyatlassdk.admin.models.create_atlas_organization_api_key import CreateAtlasOrganizationApiKey
from pyatlassdk.admin.models.create_atlas_project_api_key import CreateAtlasProjectApiKey
from pyatlassdk.admin.models.group_service_account_request import GroupServiceAccountRequest
from pyatlassdk.admin.models.group_service_account_role_assignment import GroupServiceAccountRoleAssignment
from pyatlassdk.admin.models.group_service_account_update_request import GroupServiceAccountUpdateRequest
from pyatlassdk.admin.models.org_service_account_request import OrgServiceAccountRequest
from pyatlassdk.admin.models.org_service_account_update_request import OrgServiceAccountUpdateRequest
from pyatlassdk.admin.models.service_account_ip_access_list_entry import ServiceAccountIPAccessListEntry
from pyatlassdk.admin.models.service_account_secret_request import ServiceAccountSecretRequest
from pyatlassdk.admin.models.update_atlas_organization_api_key import UpdateAtlasOrganizationApiKey
from pyatlassdk.admin.models.update_atlas_project_api_key import UpdateAtlasProjectApiKey
from pyatlassdk.admin.models.user_access_list_request import UserAccessListRequest
from pyatlassdk.admin.models.user_access_role_assignment import UserAccessRoleAssignment

told = json.load(sys.stdin)
origin, org, group, other = told["origin"], told["orgId"], told["groupId"], told["otherGroupId"]


class Client(AtlasAdminClient):
    """pyatlassdk, but for two things in which MongoDB's documentation and recordings are against it."""

    def request(self, method, path, **rest):
        """An answer of 204 has no body; pyatlassdk reads one where the specification gives no schema."""
        try:
            return super().request(method, path, **rest)
        except json.JSONDecodeError:
            if rest["response_model"] is not Any:
                raise
            return None

    def _access_token(self, *, refresh: bool = False) -> str:
        """The token endpoint is documented with Basic; pyatlassdk sends the secret in the form."""
        if self._oauth_token is None or refresh:
            answer = httpx.post(
                self._oauth_token_url,
                data={"grant_type": "client_credentials"},
                auth=(self._oauth_client_id, self._oauth_client_secret),
            )
            answer.raise_for_status()
            self._oauth_token = answer.json()["access_token"]
        return self._oauth_token


def plain(value):
    return value.model_dump(mode="json", by_alias=True, exclude_none=True)


def signed_in(**credentials):
    return Client(**credentials, base_url=f"{origin}/api/atlas/v2", oauth_token_url=f"{origin}/api/oauth/token")


def refused(call, *args):
    try:
        call(*args)
    except AtlasApiError as error:
        return [error.status_code, error.payload["errorCode"]]
    return None


def accounts_of_project(accounts):
    """Every call that a project has for its service accounts."""
    seen = {}
    made = accounts.create_group_service_account(
        group,
        GroupServiceAccountRequest(
            name="in a project", description="of a test", roles=["GROUP_OWNER"], secret_expires_after_hours=2160
        ),
    )
    id, first = made.client_id, made.secrets[0]
    seen["made"] = plain(made)
    seen["listed"] = [plain(account) for account in accounts.list_group_service_accounts(group).results]
    change = GroupServiceAccountUpdateRequest(name="renamed", roles=["GROUP_READ_ONLY"])
    seen["updated"] = plain(accounts.update_group_service_account(id, group, change))

    second = accounts.create_group_service_account_secret(
        id, group, ServiceAccountSecretRequest(secret_expires_after_hours=8760)
    )
    seen["second"] = plain(second)
    third = ServiceAccountSecretRequest(secret_expires_after_hours=8)
    seen["third"] = refused(accounts.create_group_service_account_secret, id, group, third)
    seen["cut"] = [plain(secret) for secret in accounts.get_group_service_account(id, group).secrets]
    with signed_in(client_id=id, client_secret=second.secret) as itself:
        seen["asItself"] = plain(itself.projects.get_group(group))["id"]
        write = GroupServiceAccountUpdateRequest(name="mine")
        seen["tooMuch"] = refused(itself.service_accounts.update_group_service_account, id, group, write)
        accounts.delete_group_service_account_secret(id, group, second.id)
        itself._oauth_client_secret = first.secret
        seen["afterwards"] = refused(itself.service_accounts.get_org_service_account, id, org)

    address = ServiceAccountIPAccessListEntry(ip_address="192.0.2.7")
    block = ServiceAccountIPAccessListEntry(cidr_block="198.51.100.0/24")
    accounts.create_group_service_account_access_list(id, group, [address, block])
    accounts.delete_group_service_account_access_list_entry(id, group, "198.51.100.0/24")
    left = accounts.list_group_service_account_access_list(id, group)
    seen["entries"] = [entry.cidr_block for entry in left.results]

    reading = GroupServiceAccountRoleAssignment(roles=["GROUP_READ_ONLY"])
    seen["invited"] = plain(accounts.invite_group_service_account(id, other, reading))["roles"]
    seen["projects"] = [plain(each) for each in accounts.get_org_service_account_groups(id, org).results]
    accounts.delete_group_service_account(id, group)
    seen["gone"] = refused(accounts.get_group_service_account, id, group)
    seen["inOrganization"] = plain(accounts.get_org_service_account(id, org))
    accounts.delete_org_service_account(id, org)
    return seen


def accounts_of_organization(accounts):
    """Those calls that only an organisation has."""
    seen = {}
    made = accounts.create_org_service_account(
        org,
        OrgServiceAccountRequest(
            name="in no project", description="of a test", roles=["ORG_READ_ONLY"], secret_expires_after_hours=8
        ),
    )
    id = made.client_id
    change = OrgServiceAccountUpdateRequest(description="changed", roles=["ORG_MEMBER"])
    seen["updated"] = plain(accounts.update_org_service_account(id, org, change))
    seen["listed"] = [account.client_id for account in accounts.list_org_service_accounts(org).results]
    secret = accounts.create_org_service_account_secret(
        id, org, ServiceAccountSecretRequest(secret_expires_after_hours=8)
    )
    accounts.delete_org_service_account_secret(id, org, secret.id)
    entry = ServiceAccountIPAccessListEntry(ip_address="192.0.2.7")
    accounts.create_org_service_account_access_list(id, org, [entry])
    accounts.delete_org_service_account_access_list_entry(id, "192.0.2.7", org)
    seen["entries"] = accounts.list_org_service_account_access_list(id, org).results
    seen["secrets"] = len(accounts.get_org_service_account(id, org).secrets)
    accounts.delete_org_service_account(id, org)
    seen["gone"] = refused(accounts.get_org_service_account, id, org)
    return seen


NAMES = {
    "public_key": "publicKey",
    "private_key": "privateKey",
    "client_id": "clientId",
    "client_secret": "clientSecret",
}
credentials = {ours: told[name] for ours, name in NAMES.items() if name in told}
with signed_in(**credentials) as client:
    keys = client.programmatic_api_keys
    seen = {}

    made = keys.create_group_api_key(group, CreateAtlasProjectApiKey(desc="in a project", roles=["GROUP_READ_ONLY"]))
    seen["created"] = plain(made)
    listed = keys.list_group_api_keys(group, items_per_page=1, include_count=True)
    seen["project"] = [key.id for key in listed.results]
    seen["total"] = listed.total_count

    keys.update_group_api_key_roles(made.id, group, UpdateAtlasProjectApiKey(desc="renamed", roles=["GROUP_OWNER"]))
    seen["updated"] = plain(keys.get_org_api_key(made.id, org))
    reading = [UserAccessRoleAssignment(roles=["GROUP_READ_ONLY"])]
    keys.add_group_api_key(made.id, other, reading)
    seen["assignedTwice"] = refused(keys.add_group_api_key, made.id, other, reading)
    seen["assigned"] = plain(keys.get_org_api_key(made.id, org))
    keys.remove_group_api_key(made.id, other)
    seen["unassigned"] = plain(keys.get_org_api_key(made.id, org))

    member = keys.create_org_api_key(org, CreateAtlasOrganizationApiKey(desc="in no project", roles=["ORG_MEMBER"]))
    keys.update_org_api_key(member.id, org, UpdateAtlasOrganizationApiKey(desc="a reader", roles=["ORG_READ_ONLY"]))
    seen["organization"] = {key.id: key.desc for key in keys.list_org_api_keys(org).results}
    seen["member"] = plain(keys.get_org_api_key(member.id, org))

    entries = [UserAccessListRequest(ip_address="192.0.2.7"), UserAccessListRequest(cidr_block="198.51.100.0/24")]
    added = keys.create_org_api_key_access_list_entry(member.id, org, entries)
    seen["added"] = [plain(entry) for entry in added.results]
    seen["block"] = plain(keys.get_org_api_key_access_list_entry(member.id, "198.51.100.0/24", org))
    keys.delete_org_api_key_access_list_entry(member.id, "192.0.2.7", org)
    left = keys.list_org_api_key_access_list_entries(member.id, org)
    seen["left"] = [entry.cidr_block for entry in left.results]

    for key in (made, member):
        keys.delete_org_api_key(key.id, org)
    seen["gone"] = refused(keys.get_org_api_key, made.id, org)
    seen["project"] += [key.id for key in keys.list_group_api_keys(group).results]
    seen["accounts"] = accounts_of_project(client.service_accounts)
    seen["organizationAccounts"] = accounts_of_organization(client.service_accounts)
    seen["groupOf"] = plain(client.projects.get_group(group))["orgId"]

print(json.dumps(seen))
