"""Who can do what: the model of permission, decided exactly and offline."""
