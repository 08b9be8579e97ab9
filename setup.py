"""What pyproject.toml cannot say: a wheel carries the templates inside the package."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).parent


class BuildWithTemplates(build_py):
    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            shutil.copytree(HERE / "templates", Path(self.build_lib, "kring/templates"), dirs_exist_ok=True)


setup(cmdclass={"build_py": BuildWithTemplates})
