"""Values that stand beside the names of secrets."""

from __future__ import annotations

import pytest

from tapeproof.gate.secrets.beside import find_beside
from tapeproof.gate.secrets.masking import mask_secrets

PASSWORD = "Tr4de-W1nd"


@pytest.mark.parametrize(
    "text",
    [
        "<server><password>{}</password></server>",
        "<ns:password>{}</ns:password>",
        '<add key="ApiKey" value="{}"/>',
        '<property name="db.password" value="{}"/>',
        '[{{"name": "DB_PASSWORD", "value": "{}"}}]',
        '[{{\\"name\\": \\"DB_PASSWORD\\", \\"value\\": \\"{}\\"}}]',
        "env:\n  - name: DB_PASSWORD\n    value: {}\n",
        'env:\n  - name: "DB_PASSWORD"\n    value: "{}"\n',
        "define('DB_PASSWORD', '{}');",
        '[Environment]::SetEnvironmentVariable("DB_PASSWORD", "{}", "Machine")',
        'os.environ["DB_PASSWORD"] = "{}"',
        "FROM scratch\nENV DB_PASSWORD {}",
        "machine api.example.com login feed password {}",
        "db.example.com:5432:prices:feed:{}",
    ],
)
def test_a_value_beside_the_name_of_a_secret_is_found_and_not_shown(text: str) -> None:
    whole = text.format(PASSWORD)
    found = list(find_beside(whole))
    assert [whole[one.offset : one.offset + one.length] for one in found] == [PASSWORD]
    assert PASSWORD not in mask_secrets(whole)


@pytest.mark.parametrize(
    "text",
    [
        "<password>${db.password}</password>",
        '<xs:element name="password" type="xs:string"/>',
        '<add key="ApiKey" value="#{ApiKey}#"/>',
        '<input type="password" name="password" value="">',
        "env:\n  - name: DB_PASSWORD\n    valueFrom:\n      secretKeyRef: {name: db, key: password}\n",
        "env:\n  - name: DB_PASSWORD\n    value: $(DB_PASSWORD)\n",
        "define('DB_PASSWORD', getenv('DB_PASSWORD'));",
        'password = os.environ["DB_PASSWORD"]',
        "ENV DB_PASSWORD $DB_PASSWORD",
        "machine api.example.com login feed password $TOKEN",
        "2001:1234:abcd:ef01:1234:5678:9abc:def0",
        "root:x:0:0:root:/root:/bin/bash",
    ],
)
def test_references_types_and_addresses_are_none(text: str) -> None:
    assert not list(find_beside(text))
