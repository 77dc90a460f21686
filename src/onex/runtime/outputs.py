"""The artifacts of one execution: files that it took, and files that it gave."""

import os

from onex.core.document import JSON
from onex.runtime.executor import FaultError
from onex.runtime.files import collect, marked
from onex.runtime.scratch import Work
from onex_types.common import Artifact
from onex_types.node_result import NodeResult


class Outputs:
    """Collects what a node wrote into its work folder and names in its result.

    Args:
        schema: the output side of the contract.
        work: the work folder.
        most: how large each file may be, in bytes.
        artifacts_dir: where to copy the files to, in a folder of the execution's own; or None.
    """

    def __init__(self, schema: JSON, work: Work, most: int, artifacts_dir: str | None) -> None:
        self._schema = schema
        self._work = work
        self._most = most
        self._artifacts_dir = artifacts_dir
        self._target: str | None = None
        self._shown = ""
        self._taken: list[Artifact] = []
        self._given: list[Artifact] = []

    def took(self, artifacts: list[Artifact]) -> None:
        """The files that were staged for the node."""
        self._taken = artifacts

    def number(self, seq_exec: int, node_id: str) -> None:
        """Name the folder of this execution among those of its run."""
        if self._artifacts_dir is not None:
            own = f"{seq_exec}-{node_id.replace('.', '-')}"
            self._target = os.path.join(self._artifacts_dir, own)
            self._shown = f"{os.path.basename(os.path.normpath(self._artifacts_dir))}/{own}/"

    def collect(self, result: NodeResult) -> None:
        """Digest and copy the files that the contract marks or the node reports.

        Raises:
            FaultError: a file is not there, is too large, or is not what the node says it is.
        """
        done: dict[str, Artifact] = {}
        for name, media_type in marked(self._schema, "out"):
            path = result["state"].get(name)
            if isinstance(path, str):
                done[path] = self._collect(path, name, media_type)
        names = {artifact["name"] for artifact in (*self._taken, *done.values())}
        for told in result.get("artifacts", []):
            path, name = told["path"], told["name"]
            known = done.get(path)
            if name in names and (known is None or known["name"] != name):
                raise FaultError(code="bad-output", message=f"two artifacts have the name {name}")
            names.add(name)
            found = known or self._collect(path, name, told["type"])
            if found["hash"] != told["hash"]:
                message = f"the artifact {name} does not have the digest {told['hash']}"
                raise FaultError(code="bad-output", message=message)
            done[path] = found
        self._given = list(done.values())

    def recorded(self, result: NodeResult) -> NodeResult:
        """``result`` with the artifacts that onex saw itself, in place of those that were told."""
        artifacts = [*self._taken, *self._given]
        told: NodeResult = {**result}
        told.pop("artifacts", None)
        return {**told, "artifacts": artifacts} if artifacts else told

    def _collect(self, path: str, name: str, media_type: str) -> Artifact:
        return collect(
            self._work.path,
            path,
            name=name,
            media_type=media_type,
            most=self._most,
            target=self._target,
            shown=self._shown,
        )
