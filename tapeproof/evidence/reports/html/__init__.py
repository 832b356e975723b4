"""The report as one HTML file: no network, no scripts, whole when printed."""
