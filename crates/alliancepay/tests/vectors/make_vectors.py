"""Makes jwcrypto.json: keys made for this file only, and envelopes made by jwcrypto for them.

Run: python3 make_vectors.py > jwcrypto.json      (needs `pip install jwcrypto`)
"""

import json
from importlib.metadata import version

from jwcrypto import jwe, jwk

TEXTS = {
    "empty object": "{}",
    "empty text": "",
    "cyrillic": json.dumps({"purpose": "Оплата замовлення № 1"}, ensure_ascii=False),
    "authorize payload": json.dumps({
        "refreshToken": "0e0b6a1c-5a39-4c2b-9d0e-2f3f5a0c7b11",
        "deviceId": "4b7f1f7e-8c55-4b53-a6a0-6c2c34f6a9d2",
        "authToken": "6d6f5a0e-31a5-41d5-8a3f-7b6a9a1f2e3d",
        "tokenExpirationDateTime": "2026-07-10 10:00:00.0430 +0000",
    }),
    "long": "0123456789abcdef" * 64,
}


def seal(key, text, header):
    box = jwe.JWE(text.encode(), protected=json.dumps(header))
    box.allowed_algs = ["ECDH-ES+A256KW", "A256GCM", "A128KW", "ECDH-ES", "ECDH-ES+A128KW", "A128GCM"]
    box.add_recipient(jwk.JWK.from_json(key.export_public()))
    return box.serialize(compact=True)


key = jwk.JWK.generate(kty="EC", crv="P-384")
usual = {"alg": "ECDH-ES+A256KW", "enc": "A256GCM"}
print(json.dumps({
    "tool": f"jwcrypto {version('jwcrypto')}, make_vectors.py",
    "key": json.loads(key.export_private()),
    "opens": [{"name": name, "plaintext": text, "jwe": seal(key, text, usual)} for name, text in TEXTS.items()],
    "refused": [
        {"name": "another key agreement", "jwe": seal(key, "{}", {"alg": "ECDH-ES", "enc": "A256GCM"})},
        {"name": "another key wrap", "jwe": seal(key, "{}", {"alg": "ECDH-ES+A128KW", "enc": "A256GCM"})},
        {"name": "another cipher", "jwe": seal(key, "{}", {"alg": "ECDH-ES+A256KW", "enc": "A128GCM"})},
        {"name": "party information", "jwe": seal(key, "{}", {**usual, "apu": "QQ"})},
        {"name": "compression", "jwe": seal(key, "{}", {**usual, "zip": "DEF"})},
    ],
}, indent=2, ensure_ascii=False))
