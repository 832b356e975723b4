"""Checks for checkov: ``checkov -d FOLDER --external-checks-dir policies/frontends/checkov``."""
