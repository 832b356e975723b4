"""Passwords that commands take without a name."""

from __future__ import annotations

import pytest

from tapeproof.gate.secrets.commands import find_commanded
from tapeproof.gate.secrets.masking import mask_secrets

PASSWORD = "Tr4de-W1nd"


@pytest.mark.parametrize(
    "command",
    [
        "mysql -h db -u root -p{} prices",
        "mysqldump -u root -p'{}' prices",
        "mariadb-dump -p{} prices",
        "curl -sS -u feed:{} https://api.example.com",
        'curl --user "feed:{}" https://api.example.com',
        "curl --proxy-user feed:{} https://api.example.com",
        "sshpass -p '{}' ssh host",
        "docker login -u feed -p {} registry.example.com",
        "az login --service-principal -u app -p {} --tenant one",
        "redis-cli -h cache -a {} ping",
        "echo root:{} | sudo chpasswd",
        "echo '{}' | passwd --stdin root",
        "echo {} | docker login -u feed --password-stdin",
        "net user ops {} /add",
        'ConvertTo-SecureString "{}" -AsPlainText -Force',
        "htpasswd -b -c /etc/passwords feed {}",
        "htpasswd -nb feed {}",
        "ldapsearch -x -D cn=admin -w {} -b dc=example",
        "mongosh -u feed -p {} prices",
        'sqlcmd -S host -U sa -P "{}"',
        "unzip -P {} a.zip",
        "smbclient //host/share -U ops%{}",
        'setx DB_PASSWORD "{}" /M',
    ],
)
def test_a_password_is_found_where_a_command_takes_it_and_is_not_shown(command: str) -> None:
    text = f"set -e; {command.format(PASSWORD)}"
    found = list(find_commanded(text))
    assert [text[one.offset : one.offset + one.length] for one in found] == [PASSWORD]
    assert PASSWORD not in mask_secrets(text)


@pytest.mark.parametrize(
    "command",
    [
        "mysql -u root -p prices",
        'mysql -u root -p"$DB_PASSWORD" prices',
        "mysql -P 3306 prices; mkdir -p /var/lib/prices",
        'curl -u "$FEED" https://api.example.com',
        'curl -u "feed:$FEED_PASSWORD" https://api.example.com',
        "curl -u feed https://api.example.com:8443/prices",
        "docker run -u 1000:1000 -p 8080:8080 app",
        'echo "$PASSWORD" | docker login -u feed --password-stdin',
        "net user ops * /add",
        "sshpass -p {{password}} ssh host",
        "redis-cli -a <password> ping",
        'setx LOG_LEVEL "debug" /M',
        "ssh -p 2222 ops@host",
    ],
)
def test_what_asks_for_a_password_or_takes_it_from_a_variable_holds_none(command: str) -> None:
    assert not list(find_commanded(command))
