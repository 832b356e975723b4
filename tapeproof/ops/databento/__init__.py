"""Databento's binary encoding (DBN), read into ``tapeproof/1`` events; needs the extra ``databento``."""
