#!/usr/bin/env bash
# The job as people write it into a workflow today: list the project's keys and the organisation's with curl, look
# with jq, create what is missing. The organisation's id is configured, so it needs no call.
set -euo pipefail

api="$BASE_URL/api/atlas/v2"
keys="$api/groups/$GROUP_ID/apiKeys"
atlas() {
  curl --silent --show-error --fail --digest --user "$PUBLIC_KEY:$PRIVATE_KEY" \
    --header 'Accept: application/vnd.atlas.2023-01-01+json' \
    --header 'Content-Type: application/vnd.atlas.2023-01-01+json' "$@"
}

named='[.results[] | select(.desc == $desc)][0]'
key=$(atlas "$keys?itemsPerPage=500" | jq --arg desc "$DESC" "$named")
result=unchanged
if [ "$key" = null ]; then
  key=$(atlas "$api/orgs/$ORG_ID/apiKeys?itemsPerPage=500" | jq --arg desc "$DESC" "$named")
  if [ "$key" != null ]; then
    atlas --data "$(jq -n --arg role "$ROLE" '[{roles: [$role]}]')" "$keys/$(jq -r .id <<<"$key")"
    result=assigned
  fi
fi
if [ "$key" = null ]; then
  key=$(atlas --data "$(jq -n --arg desc "$DESC" --arg role "$ROLE" '{desc: $desc, roles: [$role]}')" "$keys")
  echo "::add-mask::$(jq -r .privateKey <<<"$key")"
  echo "privateKey=$(jq -r .privateKey <<<"$key")" >>"$GITHUB_OUTPUT"
  result=created
fi
echo "$result"
echo "publicKey=$(jq -r .publicKey <<<"$key")" >>"$GITHUB_OUTPUT"
