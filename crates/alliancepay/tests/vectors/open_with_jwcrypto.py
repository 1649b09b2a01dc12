"""Opens envelopes with jwcrypto: {"key": JWK, "jwes": [...]} on stdin, {"tool", "plaintexts"} on stdout.

Run by tests/jwe_interop.rs, live and to record ours_opened_by_jwcrypto.json.
"""

import json
import sys
from importlib.metadata import version

from jwcrypto import jwe, jwk

asked = json.load(sys.stdin)
key = jwk.JWK(**asked["key"])
plaintexts = []
for compact in asked["jwes"]:
    box = jwe.JWE()
    box.allowed_algs = ["ECDH-ES+A256KW", "A256GCM"]
    box.deserialize(compact, key)
    plaintexts.append(box.payload.decode())
json.dump({"tool": f"jwcrypto {version('jwcrypto')}, open_with_jwcrypto.py", "plaintexts": plaintexts}, sys.stdout)
