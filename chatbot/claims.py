def check_claims(*a, **k):
    return ()
