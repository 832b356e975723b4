"""Market data: native messages of the venues, the records they become, and the tables that hold them."""
