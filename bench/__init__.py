"""Ratios to reach: each of ours measured beside the floor or the peer, in turn, on the same data (`make bench`)."""
