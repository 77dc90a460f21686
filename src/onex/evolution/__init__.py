"""Two contracts: what one takes that the other refuses, and what that means for those who rely on it."""
