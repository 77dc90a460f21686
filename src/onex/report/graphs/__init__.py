"""Pictures of the graph of a workspace, one module a form; each form escapes what names may hold."""
