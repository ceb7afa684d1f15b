"""What an import refuses as a whole."""

from eventday.kernel.errors import Refusal


class BadWorkbook(Refusal):
    """A file that is not read at all; nothing of it was taken."""

    code = "workbook_damaged"
    status = 422


class NoSuchPlan(Refusal):
    """Facts: event, commune; one of them is not there, or the event is another province's."""

    code = "plan_not_found"
    status = 404


class NotXlsx(BadWorkbook):
    code = "workbook_not_xlsx"


class OldXls(BadWorkbook):
    code = "workbook_old_xls"


class Protected(BadWorkbook):
    code = "workbook_protected"


class OpenDocument(BadWorkbook):
    code = "workbook_ods"


class TooLargeWorkbook(BadWorkbook):
    """Facts: megabytes."""

    code = "workbook_too_large"
    status = 413


class TooManyRows(BadWorkbook):
    """Facts: rows, columns."""

    code = "workbook_too_many_rows"


class Suspicious(BadWorkbook):
    """An XML document type or entities, which no spreadsheet program writes."""

    code = "workbook_suspicious"


class NoTable(BadWorkbook):
    """No sheet has a heading that is known."""

    code = "workbook_no_table"


class PlanHasProblems(Refusal):
    """Errors by cell: nothing was imported. Facts: count."""

    code = "plan_has_problems"
    status = 422


class UploadGone(Refusal):
    """The file that was looked at is no longer kept, or is not this person's, or never was: nobody can tell which."""

    code = "upload_gone"
    status = 404
