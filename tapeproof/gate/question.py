"""What is asked of the gate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from tapeproof.account.asking import Account
    from tapeproof.gate.engine.drafts import Drafts

__all__ = ["Question"]


class Question(NamedTuple):
    """What is asked of the gate.

    Attributes:
        roots: Folders of root modules; every one below the working directory when there are none.
        policies: Ids; the whole catalogue when there are none.
        var_files: Variable files, over what ``.tapeproof.yaml`` sets.
        variables: Single values.
        plan: A plan as ``terraform show -json`` prints it.
        live: Whether to judge the account too.
        region: The account's region.
        suffix: What names in the account end in.
        cached: Whether an answer to the same question may be given again.
        folder: Where settings, waivers and baseline are looked for; for an account, it need not be here.
        accepting: Whether the project's baseline is applied.
        catalogs: Folders of policies besides the gate's own, and their digests.
        trusted: The revision whose settings, waivers and baseline count; those of the working tree when empty.
        drafts: What an editor holds and has not saved; then one process judges alone, without limits of its own.
        account: One that others of this run ask as well; that of the credentials at hand when None.
    """

    roots: tuple[Path, ...] = ()
    policies: tuple[str, ...] = ()
    var_files: tuple[Path, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    plan: Path | None = None
    live: bool = False
    region: str | None = None
    suffix: str = ""
    cached: bool = True
    folder: Path = Path()
    accepting: bool = True
    catalogs: tuple[tuple[Path, str], ...] = ()
    trusted: str = ""
    account: Account | None = None
    drafts: Drafts | None = None

    @property
    def source(self) -> bool:
        """Whether source is judged: always, unless only a plan or an account is named."""
        return bool(self.roots) or not (self.plan or self.live)
