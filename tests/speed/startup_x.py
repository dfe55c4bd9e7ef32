"""The same measurement on the X server it is started under."""

import os
import sys
from pathlib import Path

from tests.speed.startup import measure

measure(Path(sys.argv[1]), int(sys.argv[2]), dict(os.environ))
