"""One module for each place that evidence comes from."""
