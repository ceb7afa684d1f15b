"""Why a backup is not made, not believed, not put back."""

from eventday.kernel.errors import Refusal


class NotABackup(Refusal):
    """The file is none of ours, or it is not whole. `name`: of which part."""

    code = "not_a_backup"


class InstanceInUse(Refusal):
    """There is an event in the instance: a backup is put back into an empty one only."""

    code = "instance_in_use"


class OtherDatabase(Refusal):
    """It was made of another kind of database (`made`) than the one that is set."""

    code = "other_database"


class DumpFailed(Refusal):
    """The database's own program is missing or refused; `said` is its last line."""

    code = "dump_failed"
