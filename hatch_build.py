"""Packs the shipped rules, vocabulary and firms into the wheel.

An editable install reads them from the checkout instead (huiqi.library.paths), so nothing is
copied there and an edit to a rule is seen at once.
"""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = ("policies", "vocabulary", "firms")


class PackData(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        for folder in SHIPPED:
            build_data["force_include"][f"{self.root}/{folder}"] = f"huiqi/data/{folder}"
