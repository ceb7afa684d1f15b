"""How large a workbook may be, before and after it is opened (docs/decisions/0010)."""

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 5_000, 100, 150_000
MAX_ROW_NUMBER = 20_000
MAX_ENTRIES, MAX_UNPACKED = 1_000, 48 * 1024 * 1024
MAX_MEMORY, MAX_SECONDS = 320 * 1024 * 1024, 9
MAX_DEPTH, MAX_FORMATS = 100, 65_000  # elements within elements; Excel itself writes no more formats
MAX_STRINGS = 300_000
MAX_TEXT = 4_000
LARGE, MANY = 700_000, 200  # bytes unpacked, rows with something in them: above, the worker reads it; up to there a request takes 0.3 s of CPU
SHOWN, SHOWN_WARNINGS = 50, 200  # problems that a page tells, each with its sentence; an error has its field as well
