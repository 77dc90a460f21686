def run(first, /, txt, *, limit=3, mode="a"):
    """Nothing that the contract says."""
    return {"é": first, "text": txt, "limit": limit, "mode": mode}
