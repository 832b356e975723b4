"""Live evidence: what read-only calls to AWS answer, one item a service."""

from compliance.evidence.collectors.live.account import Account, open_account
from compliance.evidence.collectors.live.address_book import AddressBook
from compliance.evidence.collectors.live.collector import ServiceCollector, live_collectors

__all__ = ["Account", "AddressBook", "ServiceCollector", "live_collectors", "open_account"]
