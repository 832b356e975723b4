"""Live evidence: what read-only calls to AWS answer, one item a service."""

from tapeproof.account.asking import Account, open_account
from tapeproof.evidence.collectors.live.address_book import AddressBook
from tapeproof.evidence.collectors.live.collector import ServiceCollector, live_collectors

__all__ = ["Account", "AddressBook", "ServiceCollector", "live_collectors", "open_account"]
