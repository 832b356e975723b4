"""RFC 3161 timestamps over a bundle's manifest: somebody else's clock says that the bundle was there.

A request leaves here as a file and the answer comes back as one: no machine with evidence on it needs a network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tapeproof.evidence.errors import EvidenceError

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["request_timestamp", "stamped_time"]

NEEDED: Final = "pip install 'tapeproof[evidence]'"


def request_timestamp(manifest: bytes) -> bytes:
    """Return a request (TimeStampReq, RFC 3161 2.4.1) for the SHA-256 of a manifest, asking for the certificate."""
    builder = _client().TimestampRequestBuilder().data(manifest)
    hashed = builder.hash_algorithm(_client().HashAlgorithm.SHA256)
    request: bytes = hashed.cert_request(cert_request=True).build().as_bytes()
    return request


def stamped_time(response: bytes, manifest: bytes, roots: bytes) -> datetime:
    """Return the time in an authority's answer, once it is shown to be about a manifest.

    Args:
        response: TimeStampResp, as the authority sent it.
        manifest: The manifest's bytes.
        roots: PEM certificates that the reader trusts; the authority's must lead to one of them.

    Raises:
        EvidenceError: It is no answer, about something else, or not by a trusted authority.
    """
    from cryptography import x509  # noqa: PLC0415 - only timestamps need it

    client = _client()
    try:
        answer = client.decode_timestamp_response(response)
        builder = client.VerifierBuilder()
        for root in x509.load_pem_x509_certificates(roots):
            builder = builder.add_root_certificate(root)
        builder.build().verify_message(answer, manifest)
    except (ValueError, client.VerificationError) as error:
        fix = "ask the authority again, and name its root with --roots; its own certificate comes first in the answer"
        raise EvidenceError("the timestamp does not verify", why=str(error), fix=fix) from error
    moment: datetime = answer.tst_info.gen_time
    return moment


def _client() -> Any:  # noqa: ANN401 - an optional library
    try:
        import rfc3161_client  # noqa: PLC0415 - only timestamps need it
    except ImportError as error:
        raise EvidenceError("timestamps need rfc3161-client", fix=NEEDED) from error
    return rfc3161_client
