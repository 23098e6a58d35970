"""Routes that several apps have alike."""
