"""Opens envelopes with jwcrypto. Reads {"key": JWK, "jwes": [...]} on stdin, writes the plaintexts as JSON (latin-1).

Used by tests/jwe_interop.rs, and to make ours_opened_by_jwcrypto.json.
"""

import json
import sys

from jwcrypto import jwe, jwk

asked = json.load(sys.stdin)
key = jwk.JWK(**asked["key"])
opened = []
for compact in asked["jwes"]:
    box = jwe.JWE()
    box.allowed_algs = ["ECDH-ES+A256KW", "A256GCM"]
    box.deserialize(compact, key)
    opened.append(box.payload.decode("latin-1"))
json.dump(opened, sys.stdout)
