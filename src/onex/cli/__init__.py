"""The command ``onex``: one module a command; each reads arguments, calls one function, prints, exits."""
