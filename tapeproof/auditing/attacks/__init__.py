"""Every attack the log claims to detect: the drill runs them, and the tests hold the verifier to them."""

from __future__ import annotations

from tapeproof.auditing.attacks import around, lanes, stores
from tapeproof.auditing.attacks.model import Done, Row

__all__ = ["ATTACKS", "Done", "Row"]

ATTACKS = (
    Row("edit a byte of an entry", lanes.edit_entry),
    Row("edit an entry and recompute its hash", lanes.edit_and_rehash),
    Row("edit an entry and recompute the whole lane", lanes.rewrite_lane),
    Row("delete an entry", lanes.delete_entry),
    Row("delete a lane's tail", lanes.delete_tail),
    Row("delete a whole lane", lanes.delete_lane),
    Row("delete the newest checkpoints", stores.delete_checkpoints, masks=True),
    Row("wipe everything", stores.wipe, masks=True),
    Row("roll the store back", stores.roll_back, masks=True),
    Row("insert a forged entry into a closed hour", lanes.insert_entry),
    Row("insert a lane", lanes.insert_lane),
    Row("reorder entries", lanes.reorder),
    Row("duplicate an entry", lanes.duplicate_entry),
    Row("swap two lanes", lanes.swap_lanes),
    Row("fork a lane", lanes.fork_lane),
    Row("fork the log", stores.fork_log),
    Row("edit a record but not its entry", stores.edit_record),
    Row("delete a record", stores.delete_record),
    Row("delete CloudWatch lines", stores.delete_lines),
    Row("add a CloudWatch line", stores.add_line),
    Row("replace the public key", stores.replace_key),
    Row("sign with another key", stores.sign_with_another_key, masks=True),
    Row("truncate a tile", stores.truncate_tile),
    Row("swap tiles", stores.swap_tiles),
    Row("chain that the tree does not know (linear fake)", lanes.linear_fake),
    Row("stale checkpoint", stores.go_stale),
    Row("future timestamps", lanes.future_times),
    Row("cut an export back, its times too", around.cut_back, masks=True),
    Row("narrow the window of witness lines", around.narrow_window),
    Row("leave the witness lines out", around.leave_lines_out, masks=True, leaves_out=True),
    Row("leave the records out", around.leave_records_out, masks=True, leaves_out=True),
    Row("a member twice in an entry", around.repeat_member),
    Row("date an entry back", around.date_back),
    Row("set a time to live", around.add_time_to_live),
    Row("strike a lane from its list", around.strike_from_list),
    Row("serve another newest record", around.serve_other_newest),
    Row("delete a checkpoint from the middle", around.delete_middle_checkpoint),
    Row("delete a SEAL leaf", around.strike_control),
    Row("forge a request to prune", around.forge_request),
    Row("forge the sealer's head", around.forge_head),
    Row("strike an event from the index", around.strike_event),
    Row("publish another entry", around.edit_bundle),
)
