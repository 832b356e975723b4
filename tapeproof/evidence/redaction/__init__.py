"""Takes secrets out of evidence before it is written: by name, by shape, by attribute, and by this process's values."""

from tapeproof.evidence.redaction.names import SECRET_NAME, is_secret_name
from tapeproof.evidence.redaction.redactor import Redaction, Redactor, secrets_of

__all__ = ["SECRET_NAME", "Redaction", "Redactor", "is_secret_name", "secrets_of"]
