"""LibreOffice without a window, with a profile of its own."""

import subprocess

# Formulas are computed when a file is opened, whoever has written it.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""


def convert(path, kind, folder, profile, options=()):
    """Opens a file and saves it as another kind in a folder; gives the new file. The profile is made where it is missing."""
    settings = profile / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True)
        settings.write_text(SETTINGS)
    command = ["soffice", f"-env:UserInstallation={profile.resolve().as_uri()}", "--headless", *options]
    command += ["--convert-to", kind, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True)
    made = folder / path.with_suffix("." + kind.split(":")[0]).name
    if not made.exists():
        raise SystemExit(f"LibreOffice has not written {made}")
    return made
