"""`audit verify`."""

import sys

import click

from eventday.access.queries import commune_place
from eventday.audit import queries
from eventday.audit.messages import FAULTS
from eventday.audit.queries import Verified
from eventday.web.translation import translated as _


@click.command("verify")
@click.option("--commune", help="Code of a commune, 5 digits; else every chain there is.")
def verify_command(commune: str | None) -> None:
    """Walk the audit's chains; name the first altered, missing or added entry of each, with exit 1.

    For each whole chain: its code, how many entries it has and the last hash. Who keeps these lines elsewhere also finds out later
    whether a whole chain was written anew.
    """
    codes = [commune_place(commune).commune or ""] if commune else queries.chains()
    found = [queries.verify(code) for code in codes]
    for chain in found:
        _tell(chain)
    if any(chain.fault for chain in found):
        sys.exit(1)


def _tell(chain: Verified) -> None:
    if chain.fault:
        what = str(FAULTS[chain.fault.code]) % {"number": chain.fault.number, "next": chain.fault.number + 1}
        click.echo(f"{chain.chain}: {what}", err=True)
    else:
        click.echo(_("%(chain)s: %(count)s dòng, nguyên vẹn. %(hash)s", chain=chain.chain, count=chain.count, hash=chain.hash.hex()))


COMMANDS = [("audit", verify_command)]
