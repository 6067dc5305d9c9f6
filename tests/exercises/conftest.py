import pytest

from nbhelpers.exercises import record


@pytest.fixture(autouse=True)
def own_record(tmp_path, monkeypatch):
    """Keep the record of what is done away from that of whoever runs the tests."""
    monkeypatch.setenv(record.FOLDER, str(tmp_path / "record"))
