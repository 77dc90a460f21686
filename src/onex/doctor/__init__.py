"""The surroundings that onex works in, looked at one thing at a time; nothing is changed."""
