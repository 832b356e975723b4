"""Serves ministack with what AWS enforces and it leaves out, to its owner only."""

from __future__ import annotations

import ministack.app

from tapeproof.local import owner_only
from tapeproof.local.emulator import alarms, authorization, deliveries, quotas
from tapeproof.local.emulator.rates import Rates
from tapeproof.local.emulator.requests import Requests

alarms.install()
authorization.install()
deliveries.install()
ministack.app.app = Requests(ministack.app.app, [authorization.find_refusal, quotas.find_refusal], Rates())
owner_only.install().main()
