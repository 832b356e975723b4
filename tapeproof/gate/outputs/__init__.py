"""The gate's answer in the forms that people and programs read; each module has ``render(report) -> str``."""
