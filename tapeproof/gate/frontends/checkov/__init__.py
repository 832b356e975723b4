"""Checks for checkov: ``checkov -d FOLDER --external-checks-dir tapeproof/gate/frontends/checkov``."""
