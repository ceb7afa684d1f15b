"""What a start does not pay for."""

import os
import subprocess
import sys


def test_serving_a_migrated_instance_loads_nothing_that_only_others_need(tmp_path):
    environ = {name: value for name, value in os.environ.items() if not name.startswith("EVENTDAY_")} | {"EVENTDAY_INSTANCE": str(tmp_path)}
    program = "import wsgi, sys; print(*({'alembic', 'huey', 'redis', 'weasyprint', 'openpyxl'} & sys.modules.keys()))"
    runs = [subprocess.run([sys.executable, "-c", program], env=environ, check=True, capture_output=True, text=True) for _ in range(2)]

    assert [run.stdout.strip() for run in runs] == ["alembic", ""]
