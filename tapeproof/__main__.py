"""Run the command as ``python -m tapeproof``."""

import sys

from tapeproof.cli import main

sys.exit(main())
