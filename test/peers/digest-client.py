"""
Signs in by Digest with requests and with the standard library, twice each, so that a nonce is used again where the
client does so. Prints the status of each answer.
"""

import json
import sys
import urllib.request

import requests
from requests.auth import HTTPDigestAuth

told = json.load(sys.stdin)
url = f"{told['origin']}/api/atlas/v2/groups/{told['groupId']}/apiKeys?itemsPerPage=5"
accept = {"Accept": "application/vnd.atlas.2023-01-01+json"}
seen = {"requests": [], "urllib": []}

with requests.Session() as session:
    session.auth = HTTPDigestAuth(told["publicKey"], told["privateKey"])
    session.trust_env = False
    for _ in range(2):
        seen["requests"].append(session.get(url, headers=accept, timeout=10).status_code)

passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
passwords.add_password(None, told["origin"], told["publicKey"], told["privateKey"])
opener = urllib.request.build_opener(
    urllib.request.ProxyHandler({}), urllib.request.HTTPDigestAuthHandler(passwords)
)
for _ in range(2):
    with opener.open(urllib.request.Request(url, headers=accept), timeout=10) as answer:
        seen["urllib"].append(answer.status)

print(json.dumps(seen))
