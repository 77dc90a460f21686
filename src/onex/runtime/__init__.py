"""One node and one state in, facts and a result out; see ``onex.runtime.runtime``."""
