"""Framework catalogues, mappings and criteria, as data, and the reader that checks them."""
