"""Where the scripts find and leave things."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_MODULES = ROOT / "node_modules"
STATIC = ROOT / "static"
VENDOR = STATIC / "vendor"
VAR = ROOT / "var"
LOGS = VAR / "log"
STAMPS = VAR / "stamps"
