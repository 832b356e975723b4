"""A certificate for a server on loopback, checked by libraries that did not make it."""

from __future__ import annotations

import ssl
import stat
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography import x509

from tapeproof.local.certificate import VALID_DAYS, make_certificate

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_it_is_for_one_address_and_few_days(tmp_path: Path, host: str) -> None:
    certificate = x509.load_pem_x509_certificate(make_certificate(tmp_path, host)[0].read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert [str(one) for one in names.get_values_for_type(x509.IPAddress)] == [host]
    lasts = certificate.not_valid_after_utc - certificate.not_valid_before_utc
    assert lasts == timedelta(days=VALID_DAYS, hours=1)
    assert certificate.not_valid_before_utc < datetime.now(UTC) - timedelta(minutes=30)


def test_it_may_sign_no_other_authority(tmp_path: Path) -> None:
    certificate = x509.load_pem_x509_certificate(make_certificate(tmp_path, "127.0.0.1")[0].read_bytes())
    limits = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
    assert (limits.critical, limits.value.path_length) == (True, 0)
    certificate.verify_directly_issued_by(certificate)


def test_openssl_takes_the_pair_and_trusts_it_only_where_it_is_told_to(tmp_path: Path) -> None:
    certificate, key = make_certificate(tmp_path, "127.0.0.1")
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)
    trusting = ssl.create_default_context(cafile=str(certificate))
    assert trusting.cert_store_stats()["x509_ca"] == 1


def test_both_files_are_for_their_owner_only_and_replace_older_ones(tmp_path: Path) -> None:
    for name in ("server.crt", "server.key"):
        (tmp_path / name).write_text("old")
        (tmp_path / name).chmod(0o666)
    paths = make_certificate(tmp_path, "127.0.0.1")
    assert [stat.S_IMODE(path.stat().st_mode) for path in paths] == [0o600, 0o600]
    assert all("old" not in path.read_text() for path in paths)


def test_an_address_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="localhost"):
        make_certificate(tmp_path, "localhost")
    assert list(tmp_path.iterdir()) == []
