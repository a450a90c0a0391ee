"""Tries `shenbao preview` in headless Chromium, as its readers use it. `tools/preview/run` starts it.

Each test has a declaration, a program and an origin of its own; the browser is shared.
"""

import unittest

from access import *
from adding import *
from campaign import *
from editing import *
from fixing import *
from looks import *
from mistakes import *
from output import *
from places import *
from reading import *
from several import *
from whole import *

unittest.main(verbosity=2)
