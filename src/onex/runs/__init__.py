"""The run folder: what a run leaves behind, `reports/runs/<run id>/`."""
